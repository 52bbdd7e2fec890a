//! Changes of things and groups in a state: whether they are accepted, and what they write.

use std::collections::BTreeSet;

use super::input::{
    ProofInput, ProofMember, ProofPlace, ProofRead, ProofTarget, ProofThing, ThingFrame,
};
use super::made_change::{JointOutcome, PartScene, TargetedChange};
use super::options::{ChangeOption, ChangeOptions, TargetForm, ThingForm};
use super::standing::{ProofWrite, ThingsAfter};
use super::state::ProofState;
use crate::explore::compile::CompiledProduct;
use crate::link::product::{
    AlteredPerson, Argument, ArgumentChoice, FactId, KindId, RuleTargets, StepPlace, ThingStep,
    UserPart,
};
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;
use crate::world::outcome::ChangeScene;

/// What one part writes: by its own steps, and by those of its effects.
type PartWrites = (Vec<ProofWrite>, Vec<ProofWrite>);

/// What a step of a change writes into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StepSlot {
    /// A property or a list of the thing, by the fact that its kind declares.
    OfThing(FactId),
    Group,
}

impl ChangeOption {
    /// Its steps and those of its effects, each with what it writes into.
    pub(super) fn steps(
        self,
        compiled: &CompiledProduct,
    ) -> impl Iterator<Item = (&ThingStep, StepSlot)> {
        let declared = self.made.declared(compiled);
        let own = declared.map_or(&[][..], |declared| &declared.steps);
        let effects = self.made.effects(compiled);
        let steps = own
            .iter()
            .chain(effects.flat_map(|(_, effect)| &effect.steps));
        steps.filter_map(move |step| Some((step, self.slot(compiled, step)?)))
    }

    /// Whether it alters nothing for anybody but its target: it puts them somewhere or takes them off, and nobody else.
    fn matters_to_target_alone(self, compiled: &CompiledProduct, frame: &ThingFrame) -> bool {
        let product = &compiled.product;
        let of_target = AlteredPerson::Person(Person::Target);
        let is_alone = |(step, slot): (&ThingStep, StepSlot)| {
            let is_entry = match *step {
                ThingStep::Add(_, who) | ThingStep::Remove(_, who) => who == of_target,
                ThingStep::Only(..) | ThingStep::Reset(_) | ThingStep::Set(..) => false,
            };
            let is_shared = match slot {
                StepSlot::Group => true,
                StepSlot::OfThing(list) => {
                    let declared = product.list_of_fact(list);
                    declared.is_some_and(|list| !list.is_single) && !frame.taken.contains(&list)
                }
            };
            is_entry && is_shared
        };
        self.is_of_things(compiled) && self.steps(compiled).all(is_alone)
    }

    /// Whether effects of it alter things.
    pub(super) fn has_effects_on_things(self, compiled: &CompiledProduct) -> bool {
        let mut effects = self.made.effects(compiled);
        effects.any(|(_, effect)| !effect.steps.is_empty())
    }

    fn slot(self, compiled: &CompiledProduct, step: &ThingStep) -> Option<StepSlot> {
        let kind = self.made.declared(compiled)?.kind;
        slot(compiled, (kind, self.made), step)
    }
}

fn slot(
    compiled: &CompiledProduct,
    (kind, made): (Option<KindId>, BoundChange),
    step: &ThingStep,
) -> Option<StepSlot> {
    let kind = kind.and_then(|kind| compiled.product.kind(kind));
    let list = |choice: ArgumentChoice<usize>| {
        let number = choice.or(made.arguments.list)?;
        Some(StepSlot::OfThing(kind?.lists.get(number)?.fact))
    };
    match *step {
        ThingStep::Add(place, _) | ThingStep::Remove(place, _) | ThingStep::Only(place, _) => {
            match place {
                StepPlace::List(choice) => list(choice),
                StepPlace::Group => Some(StepSlot::Group),
            }
        }
        ThingStep::Reset(choice) => list(choice),
        ThingStep::Set(property, _) => {
            Some(StepSlot::OfThing(kind?.properties.get(property)?.fact))
        }
    }
}

impl ThingFrame {
    /// What these options make it necessary to tell apart.
    pub(super) fn with_options(mut self, compiled: &CompiledProduct, all: &ChangeOptions) -> Self {
        for option in &all.made {
            let has_effects = option.has_effects_on_things(compiled);
            for (step, slot) in option.steps(compiled) {
                let takes_off = matches!(step, ThingStep::Remove(..)) || has_effects;
                match slot {
                    StepSlot::Group => {
                        self.leaves_groups |= takes_off || matches!(step, ThingStep::Only(..));
                    }
                    StepSlot::OfThing(fact) => {
                        self.silent.insert(fact);
                        if takes_off {
                            self.emptied.insert(fact);
                        }
                    }
                }
            }
        }
        self
    }
}

impl ProofState<'_> {
    /// This many changes made at once, at least one of which alters things or groups. `None` when one is refused.
    pub(super) fn choose_with_things(
        &self,
        options: &ChangeOptions,
        parts: u8,
        relevant: &dyn Fn(UserPart) -> bool,
    ) -> ProofRead<Option<(Vec<TargetedChange>, JointOutcome)>> {
        let mut chosen: Vec<TargetedChange> = Vec::new();
        let (mut least, mut of_things) = (0, false);
        // Everybody and every group is known before any rule is asked: each can be what somebody stands on a list through.
        for number in 0..parts {
            if options.made.is_empty() {
                return Ok(None);
            }
            let option = usize::from(self.path.read(ProofInput::Part(number))?.0);
            let is_next = option >= least || options.ordered;
            let Some(option_made) = options.made.get(option).filter(|_| is_next) else {
                return Ok(None);
            };
            least = option;
            of_things |= option_made.is_of_things(self.compiled);
            let whom = if option_made.matters_to_target_alone(self.compiled, self.frame) {
                RuleTargets::Oneself
            } else {
                RuleTargets::Anyone
            };
            let part = self.targeted(number, *option_made, whom)?;
            if chosen.contains(&part) {
                return Ok(None);
            }
            chosen.push(part);
        }
        if !of_things {
            return Ok(None);
        }
        let made = self.make(&chosen, relevant)?;
        Ok(made.map(|made| (chosen, made)))
    }

    /// A change with all that it names.
    pub(super) fn targeted(
        &self,
        number: u8,
        option: ChangeOption,
        whom: RuleTargets,
    ) -> ProofRead<TargetedChange> {
        let declared = option.made.declared(self.compiled);
        let kind = declared.and_then(|declared| declared.kind);
        let takes_group = declared.is_some_and(|one| one.takes.contains(&Argument::Group));
        let names = number.saturating_mul(2);
        let group = if takes_group {
            Some(self.enter_group(names)?)
        } else {
            None
        };
        let target = match option.target {
            TargetForm::User => ProofTarget::Person(self.enter(number, whom)?),
            TargetForm::Group => ProofTarget::Group(self.enter_group(names.saturating_add(1))?),
            TargetForm::Nobody => ProofTarget::Nobody,
        };
        let thing = option.thing.zip(kind).map(|(form, kind)| match form {
            ThingForm::Above(steps) => (ProofThing::FIRST.above(steps), kind),
            ThingForm::Another => (self.enter_thing(number.saturating_add(1), kind), kind),
        });
        Ok(TargetedChange {
            made: option.made,
            target,
            thing,
            group,
        })
    }

    /// What changes of things and groups write that are made at once. `None` when one is refused.
    pub(super) fn written_together(
        &self,
        parts: &[TargetedChange],
    ) -> ProofRead<Option<Vec<ProofWrite>>> {
        let product = &self.compiled.product;
        let is_single = |place| match place {
            ProofPlace::List(_, list) => product
                .list_of_fact(list)
                .is_some_and(|declared| declared.is_single),
            ProofPlace::Group(_) => false,
        };
        let (mut own, mut of_effects): PartWrites = Default::default();
        for part in parts {
            let Some((writes, effects)) = self.thing_outcome(part)? else {
                return Ok(None);
            };
            let mut pairs = own
                .iter()
                .flat_map(|one: &ProofWrite| writes.iter().map(move |other| (*one, *other)));
            if pairs.any(|(one, other)| one.contradicts(other, is_single)) {
                return Ok(None);
            }
            own.extend(writes);
            of_effects.extend(effects);
        }
        own.extend(of_effects);
        let after = ThingsAfter {
            state: self,
            writes: &own,
        };
        let is_circle = after.is_in_circle()?;
        Ok((!is_circle).then_some(own))
    }

    /// What one change of things and groups writes. `None` when it is refused.
    fn thing_outcome(&self, part: &TargetedChange) -> ProofRead<Option<PartWrites>> {
        let scene = self.scene(part, &|_| false);
        let judge = self.compiled.judges.get(part.made.change.index());
        let Some((declared, judge)) = part.made.declared(self.compiled).zip(judge) else {
            return Ok(None);
        };
        let refusals = judge.tree().walk(|input| scene.input(input))?;
        if refusals.is_none_or(|refusals| !refusals.0.is_empty()) {
            return Ok(None);
        }
        let own = scene.writes(self.compiled, &declared.steps)?;
        let after = ThingsAfter {
            state: self,
            writes: &own,
        };
        if after.is_in_circle()? {
            return Ok(None);
        }
        let mut of_effects = Vec::new();
        let effects = part.made.effects(self.compiled);
        let with_steps: Vec<_> = effects
            .filter(|(_, effect)| !effect.steps.is_empty())
            .collect();
        if with_steps.is_empty() || !after.is_anything_altered()? {
            return Ok(Some((own, of_effects)));
        }
        for (id, effect) in with_steps {
            let Some(follows) = self.compiled.effects.get(id.index()) else {
                continue;
            };
            if follows.tree().walk(|input| scene.input(input))? == Some(&true) {
                of_effects.extend(scene.writes(self.compiled, &effect.steps)?);
            }
        }
        Ok(Some((own, of_effects)))
    }
}

impl PartScene<'_, '_> {
    /// What steps write.
    fn writes(
        &self,
        compiled: &CompiledProduct,
        steps: &[ThingStep],
    ) -> ProofRead<Vec<ProofWrite>> {
        let mut writes = Vec::new();
        for step in steps {
            writes.extend(self.write(compiled, step)?);
        }
        Ok(writes)
    }

    fn write(&self, compiled: &CompiledProduct, step: &ThingStep) -> ProofRead<Option<ProofWrite>> {
        let part = self.part;
        let kind = part.thing.map(|(_, kind)| kind);
        let slot = slot(compiled, (kind, part.made), step);
        let place = match (slot, part.thing, part.group) {
            (Some(StepSlot::OfThing(fact)), Some((thing, _)), _) => ProofPlace::List(thing, fact),
            (Some(StepSlot::Group), _, Some(group)) => ProofPlace::Group(group),
            _ => return Ok(None),
        };
        Ok(match (*step, place) {
            (ThingStep::Add(_, who), _) => self.entry(who)?.map(|who| ProofWrite::Add(place, who)),
            (ThingStep::Remove(_, who), _) => {
                self.entry(who)?.map(|who| ProofWrite::Remove(place, who))
            }
            (ThingStep::Only(_, who), _) => {
                self.entry(who)?.map(|who| ProofWrite::Only(place, who))
            }
            (ThingStep::Reset(_), _) => Some(ProofWrite::Reset(place)),
            (ThingStep::Set(_, to), ProofPlace::List(thing, property)) => {
                let to = to.or(part.made.arguments.value);
                to.map(|to| ProofWrite::Property(thing, property, to))
            }
            (ThingStep::Set(..), ProofPlace::Group(_)) => None,
        })
    }

    /// Whom a step puts somewhere or takes off.
    fn entry(&self, who: AlteredPerson) -> ProofRead<Option<ProofMember>> {
        Ok(match (who, self.part.target) {
            (AlteredPerson::Person(Person::Target), ProofTarget::Nobody) => None,
            (AlteredPerson::Person(person), _) => Some(self.view.member(person)),
            (AlteredPerson::Holder(_), _) => Some(ProofMember::Person(self.who(who)?)),
        })
    }
}

/// The changes that can write into any of these facts of a thing of a kind, or of what it is part of; each with how many steps
/// above the thing they stand, and whether they are lists.
pub(super) fn options_on(
    compiled: &CompiledProduct,
    kind: KindId,
    read: &BTreeSet<(u8, FactId)>,
    changes: &[BoundChange],
) -> Vec<ChangeOption> {
    let product = &compiled.product;
    let reads_lists = read
        .iter()
        .any(|(_, fact)| product.list_of_fact(*fact).is_some());
    let mut all = Vec::new();
    for made in changes {
        let Some(declared) = made.declared(compiled) else {
            continue;
        };
        for target in TargetForm::of(declared.targets) {
            let option = |thing| ChangeOption {
                made: *made,
                target,
                thing,
            };
            let plain = option(None);
            let slots: Vec<StepSlot> = plain.steps(compiled).map(|(_, slot)| slot).collect();
            let alters_group = reads_lists && slots.contains(&StepSlot::Group);
            let Some(of) = declared.kind else {
                all.extend(alters_group.then_some(plain));
                continue;
            };
            let above =
                (0..u8::MAX).map_while(|steps| Some((steps, product.kind_above(kind, steps)?)));
            for (steps, _) in above.filter(|(_, at)| *at == of) {
                let is_read = |slot: &StepSlot| matches!(slot, StepSlot::OfThing(fact) if read.contains(&(steps, *fact)));
                if slots.iter().any(is_read) {
                    all.push(option(Some(ThingForm::Above(steps))));
                }
            }
            all.extend(alters_group.then(|| option(Some(ThingForm::Another))));
        }
    }
    all
}
