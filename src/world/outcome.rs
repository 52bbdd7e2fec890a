//! The outcome of a change for people whose properties are only known when asked for. It takes the same steps as in a
//! firm.

use super::bound_change::BoundChange;
use crate::change::holders::broken_holder;
use crate::explore::compile::CompiledProduct;
use crate::link::product::{
    AlteredPerson, Clause, DecisionInput, DeclaredAlteration, Effect, EffectId, EffectTrigger,
    RulingId, UserPart,
};
use crate::value::Value;

/// The people around a change. Their properties are asked one by one.
pub(crate) trait ChangeScene {
    /// A person.
    type Who: Copy + PartialEq;
    /// Reports that something is not known yet.
    type Halt;

    /// The person a reference means.
    fn who(&self, whose: AlteredPerson) -> Result<Self::Who, Self::Halt>;

    /// The value of a property of somebody.
    fn part(&self, who: Self::Who, part: UserPart) -> Result<Value, Self::Halt>;

    /// Whether somebody is enabled.
    fn is_enabled(&self, who: Self::Who) -> Result<bool, Self::Halt>;

    /// An input of a decision about the change, its arguments included.
    fn input(&self, input: DecisionInput) -> Result<Value, Self::Halt>;

    /// Whether the caller needs to know if a property is altered.
    fn matters(&self, _: UserPart) -> bool {
        true
    }

    /// Whether the caller needs to know if an effect follows.
    fn wants(&self, _: &Effect) -> bool {
        true
    }

    /// Whether a change that does something to a thing or a group is looked at where that alters it, and not where it is so already.
    fn alters_things(&self) -> bool {
        true
    }
}

/// An alteration: person, property and new value.
pub(crate) type SceneAlteration<W> = (W, UserPart, Value);

/// The outcome of a change.
pub(crate) enum SceneOutcome<W> {
    /// These rulings refuse it.
    Refused(Vec<RulingId>),
    /// It would leave a role without exactly one holder, or with a disabled holder where that is not allowed.
    Broken(RulingId),
    Accepted(AcceptedChange<W>),
}

/// The result of an accepted change.
pub(crate) struct AcceptedChange<W> {
    /// The ruling that accepts it.
    pub(crate) ruling: RulingId,
    /// The values it sets itself, even those that were the same before.
    pub(crate) written: Vec<SceneAlteration<W>>,
    /// The effects that follow, among those that are relevant.
    pub(crate) effects: Vec<EffectId>,
    /// The relevant values that differ afterwards, with all effects included.
    pub(crate) altered: Vec<SceneAlteration<W>>,
}

impl BoundChange {
    /// The outcome in a scene. No ruling can refuse a property that does not exist.
    pub(crate) fn outcome<S: ChangeScene>(
        self,
        compiled: &CompiledProduct,
        scene: &S,
    ) -> Result<SceneOutcome<S::Who>, S::Halt> {
        let judge = compiled.judges.get(self.change.index());
        let Some((change, judge)) = self.declared(compiled).zip(judge) else {
            return Ok(SceneOutcome::Refused(Vec::new()));
        };
        let ruling = |number: &u16| RulingId(change.first_ruling.0 + u32::from(*number));
        match judge.tree().walk(|input| scene.input(input))? {
            Some(refusals) if refusals.0.is_empty() => {}
            refused => {
                let refusals = refused.into_iter().flat_map(|refusals| &refusals.0);
                return Ok(SceneOutcome::Refused(refusals.map(ruling).collect()));
            }
        }
        let mut written = Vec::new();
        self.perform(compiled, &change.does, scene, &mut written)?;
        let mut all = written.clone();
        let effects = self.follow(compiled, scene, &mut all)?;
        let product = &compiled.product;
        let is_single =
            |part| matches!(part, UserPart::Role(role) if product.single_holder(role).is_some());
        let altered = different(scene, &all, |part| scene.matters(part) || is_single(part))?;
        if let Some((_, broken)) = broken_holder(product, altered.iter().copied(), |who| {
            scene.is_enabled(who)
        })? {
            return Ok(SceneOutcome::Broken(broken));
        }
        Ok(SceneOutcome::Accepted(AcceptedChange {
            ruling: ruling(&(change.clause.first + Clause::GRANTED)),
            written,
            effects,
            altered,
        }))
    }

    /// The effects that follow from the given writes. The steps of the effects are applied as well.
    fn follow<S: ChangeScene>(
        self,
        compiled: &CompiledProduct,
        scene: &S,
        all: &mut Vec<SceneAlteration<S::Who>>,
    ) -> Result<Vec<EffectId>, S::Halt> {
        let numbered = (0_usize..)
            .map(EffectId::from)
            .zip(&compiled.product.effects);
        let of_nothing =
            numbered.filter(|(_, effect)| effect.after == EffectTrigger::NothingChanged);
        let wanted = |(_, effect): &(EffectId, &Effect)| scene.wants(effect);
        let of_nothing: Vec<(EffectId, &Effect)> = of_nothing.filter(wanted).collect();
        let own: Vec<(EffectId, &Effect)> = self.effects(compiled).filter(wanted).collect();
        let mut effects = Vec::new();
        if own.is_empty() && of_nothing.is_empty() {
            return Ok(effects);
        }
        let declared = self.declared(compiled);
        let is_of_things = declared.is_some_and(|declared| !declared.steps.is_empty());
        let alters_things = is_of_things && scene.alters_things();
        let is_nothing = !alters_things && different(scene, all, |_| true)?.is_empty();
        let candidates = if is_nothing { of_nothing } else { own };
        for (id, effect) in candidates {
            let Some(follows) = compiled.effects.get(id.index()) else {
                continue;
            };
            if follows.tree().walk(|input| scene.input(input))? == Some(&true) {
                effects.push(id);
                if !is_nothing {
                    self.perform(compiled, &effect.does, scene, all)?;
                }
            }
        }
        Ok(effects)
    }

    fn perform<S: ChangeScene>(
        self,
        compiled: &CompiledProduct,
        does: &[DeclaredAlteration],
        scene: &S,
        written: &mut Vec<SceneAlteration<S::Who>>,
    ) -> Result<(), S::Halt> {
        for one in does {
            let who = scene.who(one.whose())?;
            for (_, part, to) in one.writes(&compiled.product.levels, self.arguments) {
                set(written, (who, part, to));
            }
        }
        Ok(())
    }
}

/// Sets a value. An earlier value of the same property is replaced in its place.
pub(crate) fn set<W: Copy + PartialEq>(
    altered: &mut Vec<SceneAlteration<W>>,
    one: SceneAlteration<W>,
) {
    let is_it = |known: &&mut SceneAlteration<W>| (known.0, known.1) == (one.0, one.1);
    match altered.iter_mut().find(is_it) {
        Some(known) => known.2 = one.2,
        None => altered.push(one),
    }
}

/// The values that differ from those before.
fn different<S: ChangeScene>(
    scene: &S,
    written: &[SceneAlteration<S::Who>],
    matters: impl Fn(UserPart) -> bool,
) -> Result<Vec<SceneAlteration<S::Who>>, S::Halt> {
    let mut different = Vec::new();
    for (who, part, to) in written.iter().copied().filter(|one| matters(one.1)) {
        if scene.part(who, part)? != to {
            different.push((who, part, to));
        }
    }
    Ok(different)
}

#[cfg(test)]
mod tests;
