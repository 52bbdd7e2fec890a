//! Permission changes: what both sides make of each, with everything it does and all that follows.

use super::actions::{NamedSides, enter};
use super::compared_answer::{ComparedAnswer, DifferenceAspect};
use super::firms::FirmConstraints;
use super::function::{ComparedDecision, DifferenceConditions, DifferenceScope, UnfinishedReason};
use super::joint::{JointInput, JointPerson, JointProduct, Sides};
use super::people::{HOLDER, JointPeople, TARGET, USER};
use super::walk::{ArgumentNumbers, ComparedQuestion, PathWalk, WalkStop};
use crate::change::arguments::Arguments;
use crate::change::{AlteredValue, Change as Request, Verdict};
use crate::explore::compile::CompiledProduct;
use crate::explore::table::YesOrNo;
use crate::link::product::{
    AlteredPerson, Argument, ArgumentChoice, ChangeId, DeclaredAlteration, EffectTrigger,
    LinkedChange, RoleId, SettingId,
};
use crate::rulebook::Rulebook;
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;

/// The changes of both sides: those of the new one in its order, then those that are gone.
pub(super) fn changes<'r>(joint: &JointProduct<'r>) -> Vec<NamedSides<'r, ChangeId>> {
    let mut changes: Vec<NamedSides<'r, ChangeId>> = Vec::new();
    for side in [1, 0] {
        let declared = joint.side(side).map(|compiled| &compiled.product.changes);
        for (number, change) in declared.into_iter().flatten().enumerate() {
            enter(&mut changes, &change.id, side, ChangeId::from(number));
        }
    }
    changes
}

/// A change as one side declares it.
#[derive(Clone, Copy)]
struct DeclaredChange<'r> {
    rulebook: &'r Rulebook,
    compiled: &'r CompiledProduct,
    id: ChangeId,
    change: &'r LinkedChange,
}

/// In what the sides differ about one change, and where.
pub(super) fn differences<'r>(
    joint: &JointProduct<'r>,
    firms: &FirmConstraints,
    rulebooks: Sides<&'r Rulebook>,
    (id, numbers): NamedSides<'_, ChangeId>,
    scope: DifferenceScope<'_>,
) -> Result<Vec<(DifferenceAspect, DifferenceConditions)>, UnfinishedReason> {
    let declared = |side: usize| -> Option<DeclaredChange<'r>> {
        let (compiled, id) = (joint.side(side)?, (*numbers.get(side)?)?);
        Some(DeclaredChange {
            rulebook: rulebooks.get(side).copied()?,
            compiled,
            id,
            change: compiled.product.change(id)?,
        })
    };
    let sides = [declared(0), declared(1)];
    let forms = sides.map(|side| side.map(|declared| &declared.change.takes));
    // A change that takes other words is another change: the one is gone, and the other one is new.
    let rounds = match forms {
        [Some(old), Some(new)] if old != new => vec![[sides[0], None], [None, sides[1]]],
        _ => vec![sides],
    };
    let mut differences = Vec::new();
    for sides in rounds {
        let mut arguments = Vec::new();
        for (side, declared) in sides.iter().enumerate() {
            for one in declared.iter().flat_map(|it| offered(joint, side, it)) {
                if !arguments.contains(&one) {
                    arguments.push(one);
                }
            }
        }
        let matter = ComparedDecision {
            joint,
            firms,
            asking: ComparedQuestion {
                has_target: true,
                silent: Vec::new(),
                arguments: Some(arguments),
            },
            id,
            words: ["reject", "accept"],
            limits: rulebooks[1].limits(),
            scope,
        };
        let say = |walk: &PathWalk<'_, '_>, side: usize| match sides.get(side) {
            Some(Some(declared)) => declared.said(walk, firms, side),
            _ => Err(WalkStop::CannotBeAsked),
        };
        differences.extend(matter.differences(&say)?);
    }
    Ok(differences)
}

/// Everything that a change can be made with, in the names of both sides.
fn offered(
    joint: &JointProduct<'_>,
    side: usize,
    declared: &DeclaredChange<'_>,
) -> Vec<ArgumentNumbers> {
    let product = &declared.compiled.product;
    let offered = BoundChange::of(declared.compiled, declared.id);
    let named = offered.map(|bound| {
        let Arguments { role, setting, .. } = bound.arguments;
        let value = bound.word(product, Argument::Value);
        ArgumentNumbers {
            role: role.map(|role| joint.roles.from(side, role.index())),
            setting: setting.map(|setting| joint.settings.from(side, setting.index())),
            value: value.and_then(|word| joint.shared_values.find(word)),
        }
    });
    named.collect()
}

impl DeclaredChange<'_> {
    /// What this side says of the change on a path.
    fn said(
        &self,
        walk: &PathWalk<'_, '_>,
        firms: &FirmConstraints,
        side: usize,
    ) -> Result<ComparedAnswer, WalkStop> {
        let product = &self.compiled.product;
        let mut given = ArgumentNumbers::default();
        for argument in &self.change.takes {
            let value = walk.var(JointInput::Argument(*argument))?;
            match argument {
                Argument::Role => given.role = Some(value),
                Argument::Setting => given.setting = Some(value),
                Argument::Value => given.value = Some(value),
            }
        }
        if !offered(walk.joint, side, self).contains(&given) {
            return Err(WalkStop::CannotBeAsked);
        }
        for who in [JointPerson::User, JointPerson::Target] {
            if walk.is_unknown(firms, side, who)? {
                return Err(WalkStop::CannotBeAsked);
            }
        }
        self.look(walk, side, given)?;
        walk.var(JointInput::SameUser)?;
        let people = JointPeople::of(walk.joint, firms, walk.path.asked());
        let target = if people.same { USER } else { TARGET };
        let mut request = Request::new(USER, &*self.change.id)
            .product(&*product.id)
            .target(target);
        let words = [
            ("role", given.role, &walk.joint.roles),
            ("setting", given.setting, &walk.joint.settings),
            ("value", given.value, &walk.joint.shared_values),
        ];
        for (name, value, merged) in words {
            if let Some(value) = value {
                // These are the names of all arguments.
                let _ = request.argument(name, merged.word(value));
            }
        }
        let firm = people.firm(side, self.rulebook);
        let verdict = firm.and_then(|firm| firm.judge(&request).ok());
        let verdict = verdict.ok_or(WalkStop::CannotBeAsked)?;
        Ok(said_of(&verdict, self.rulebook))
    }

    /// Asks for everything on which the verdict of this side depends.
    fn look(
        &self,
        walk: &PathWalk<'_, '_>,
        side: usize,
        given: ArgumentNumbers,
    ) -> Result<(), WalkStop> {
        let product = &self.compiled.product;
        let judge = self.compiled.judges.get(self.id.index());
        let judge = judge.ok_or(WalkStop::CannotBeAsked)?;
        let (refusals, _) = walk.decided(side, judge, &[])?;
        if !refusals.is_yes() {
            return Ok(());
        }
        self.touch(walk, side, &self.change.does, given)?;
        for (effect, follows) in product.effects.iter().zip(&self.compiled.effects) {
            let is_candidate = match effect.after {
                EffectTrigger::Change(after) => after == self.id,
                EffectTrigger::NothingChanged => true,
            };
            if is_candidate && *walk.tree(side, follows.tree(), &[])? {
                self.touch(walk, side, &effect.does, given)?;
            }
        }
        Ok(())
    }

    /// Asks what was there before something is altered.
    fn touch(
        &self,
        walk: &PathWalk<'_, '_>,
        side: usize,
        does: &[DeclaredAlteration],
        given: ArgumentNumbers,
    ) -> Result<(), WalkStop> {
        for one in does {
            match one {
                DeclaredAlteration::Give(choice, whose)
                | DeclaredAlteration::Take(choice, whose) => {
                    if let Some(role) = self.role(walk, side, *choice, given) {
                        self.touch_role(walk, side, role, *whose)?;
                    }
                }
                DeclaredAlteration::Set(choice, whose, _) => {
                    if let Some(setting) = setting(walk, side, *choice, given) {
                        for who in people(walk, side, *whose)? {
                            walk.var(JointInput::Setting(who, setting))?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn touch_role(
        &self,
        walk: &PathWalk<'_, '_>,
        side: usize,
        role: RoleId,
        whose: AlteredPerson,
    ) -> Result<(), WalkStop> {
        let product = &self.compiled.product;
        let is_level = product.levels.contains(&role);
        let levels = product.levels.iter().filter(|_| is_level);
        let touched: Vec<RoleId> = levels.copied().chain([role]).collect();
        for who in people(walk, side, whose)?
            .into_iter()
            .filter(|who| *who != JointPerson::Holder)
        {
            for role in &touched {
                let role = walk.joint.roles.from(side, role.index());
                walk.var(JointInput::Holds(who, role))?;
            }
        }
        if product.single_holder(role).is_some() && walk.var(JointInput::SameUser)? == 0 {
            walk.var(JointInput::Enabled(JointPerson::Target))?;
        }
        Ok(())
    }

    fn role(
        &self,
        walk: &PathWalk<'_, '_>,
        side: usize,
        choice: ArgumentChoice<RoleId>,
        given: ArgumentNumbers,
    ) -> Option<RoleId> {
        match choice {
            ArgumentChoice::Fixed(role) => Some(role),
            ArgumentChoice::Argument => walk.joint.roles.to(side, given.role?).map(RoleId),
        }
    }
}

fn setting(
    walk: &PathWalk<'_, '_>,
    side: usize,
    choice: ArgumentChoice<SettingId>,
    given: ArgumentNumbers,
) -> Option<u16> {
    match choice {
        ArgumentChoice::Fixed(setting) => {
            let from = walk.joint.settings.from.get(side)?;
            from.get(setting.index()).copied()
        }
        ArgumentChoice::Argument => given.setting,
    }
}

/// Those who are meant: of a target who is the user, the user; a holder may be one of the two, or neither.
fn people(
    walk: &PathWalk<'_, '_>,
    side: usize,
    whose: AlteredPerson,
) -> Result<Vec<JointPerson>, WalkStop> {
    let same = walk.var(JointInput::SameUser)? == 1;
    match whose {
        AlteredPerson::Person(Person::Target) if !same => Ok(vec![JointPerson::Target]),
        AlteredPerson::Person(_) => Ok(vec![JointPerson::User]),
        AlteredPerson::Holder(role) => {
            let role = walk.joint.roles.from(side, role.index());
            if walk.var(JointInput::Holds(JointPerson::User, role))? == 1 {
                return Ok(vec![JointPerson::User]);
            }
            if !same && walk.var(JointInput::Holds(JointPerson::Target, role))? == 1 {
                return Ok(vec![JointPerson::Target]);
            }
            Ok(vec![JointPerson::Holder])
        }
    }
}

/// What a verdict says. A role or setting that only one side knows is altered on that side alone.
fn said_of(verdict: &Verdict, rulebook: &Rulebook) -> ComparedAnswer {
    let product = verdict.product();
    let effect = |id: &str| match rulebook.effect_title(product, id) {
        Some(title) => format!("{title} ({id})").into(),
        None => id.into(),
    };
    let reasons = verdict.reasons();
    let (rules, texts, sections): (Vec<_>, Vec<_>, Vec<_>) = match reasons {
        [] => (
            vec![verdict.rule()],
            vec![verdict.reason()],
            vec![verdict.section()],
        ),
        reasons => (
            reasons.iter().map(|reason| reason.rule()).collect(),
            reasons.iter().map(|reason| reason.reason()).collect(),
            reasons.iter().map(|reason| reason.section()).collect(),
        ),
    };
    let mut sections = sections;
    sections.dedup();
    let texts_of = |texts: Vec<&str>| texts.into_iter().map(Into::into).collect();
    ComparedAnswer {
        yes: verdict.is_accepted(),
        rules: texts_of(rules),
        reasons: texts_of(texts),
        basis: verdict.basis(),
        sections: texts_of(sections),
        site: verdict.site().map(Into::into),
        needs: Vec::new(),
        effects: verdict.effects().into_iter().map(effect).collect(),
        altered: verdict.altered().iter().map(altered).collect(),
    }
}

fn altered(altered: &AlteredValue) -> std::sync::Arc<str> {
    let whose = match altered.user.as_str() {
        HOLDER => "the holder's",
        TARGET => "the target's",
        _ => "the user's",
    };
    let AlteredValue { what, to, .. } = altered;
    format!("{whose} {what} becomes {to}").into()
}
