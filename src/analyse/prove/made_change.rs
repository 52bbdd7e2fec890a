//! Changes in a state: which can be made, whether they are accepted, and what they alter.

use std::collections::BTreeSet;

use super::options::ChangeOptions;
use super::search::{ProofSubject, UndecidedReason};
use super::state::{ProofInput, ProofPerson, ProofRead, ProofState, ProofView};
use crate::link::product::{
    AlteredPerson, DecisionInput, DeclaredAlteration, RuleTargets, UserPart,
};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;

/// What changes alter: whose what, and to which value.
pub(super) type StateAlterations = Vec<(ProofPerson, UserPart, Value)>;

/// A change in a state, with the person it is made to.
#[derive(Debug, Clone, Copy)]
pub(super) struct TargetedChange {
    pub(super) made: BoundChange,
    pub(super) target: ProofPerson,
}

/// Every change that can be asked for.
pub(super) fn all(subject: ProofSubject<'_>) -> Result<Vec<BoundChange>, UndecidedReason> {
    let most = subject.rulebook.limits().proof_states;
    let all = BoundChange::all(subject.compiled).take(most.saturating_add(1));
    let all: Vec<BoundChange> = all.collect();
    match all.len() > most {
        true => Err(UndecidedReason::TooManyChanges),
        false => Ok(all),
    }
}

/// What changes come to: the parts, and what is different after them.
pub(super) type ChosenChanges = (Vec<TargetedChange>, StateAlterations);

impl ProofState<'_> {
    /// So many changes that are made at once, each of which alters something that matters, and all that they alter; none where one
    /// is refused or does not matter.
    pub(super) fn choose(
        &self,
        options: &ChangeOptions,
        parts: u8,
        relevant: &dyn Fn(UserPart) -> bool,
        matters: &dyn Fn(ProofPerson, UserPart) -> bool,
    ) -> ProofRead<Option<ChosenChanges>> {
        let mut chosen: Vec<TargetedChange> = Vec::new();
        let mut least = 0;
        for number in 0..parts {
            if options.made.is_empty() {
                return Ok(None);
            }
            let option = usize::from(self.path.read(ProofInput::Part(number))?.0);
            let is_next = option >= least || options.ordered;
            let Some(made) = options.made.get(option).copied().filter(|_| is_next) else {
                return Ok(None);
            };
            least = option;
            let target = self.enter(number, RuleTargets::Anyone)?;
            let part = TargetedChange { made, target };
            let is_same = |other: &TargetedChange| other.made == made && other.target == target;
            if chosen.iter().any(is_same) {
                return Ok(None);
            }
            let Some((_, altered)) = self.outcome(&part, relevant)? else {
                return Ok(None);
            };
            if !altered.iter().any(|(who, what, _)| matters(*who, *what)) {
                return Ok(None);
            }
            chosen.push(part);
        }
        let altered = self.make(&chosen, relevant)?;
        Ok(altered.map(|altered| (chosen, altered)))
    }

    /// What comes of changes that are made at once; none where one is refused. `relevant` tells what has to be known exactly.
    pub(super) fn make(
        &self,
        parts: &[TargetedChange],
        relevant: &dyn Fn(UserPart) -> bool,
    ) -> ProofRead<Option<StateAlterations>> {
        let mut together: StateAlterations = Vec::new();
        let mut written: StateAlterations = Vec::new();
        for part in parts {
            let Some((writes, altered)) = self.outcome(part, relevant)? else {
                return Ok(None);
            };
            let contradicts = |one: &(ProofPerson, UserPart, Value)| {
                let same =
                    |other: &&(ProofPerson, UserPart, Value)| (other.0, other.1) == (one.0, one.1);
                written
                    .iter()
                    .find(same)
                    .is_some_and(|other| other.2 != one.2)
            };
            if writes.iter().any(contradicts) {
                return Ok(None);
            }
            written.extend(writes);
            for one in altered {
                set(&mut together, one);
            }
        }
        Ok(self.keeps_holders(&together)?.then_some(together))
    }

    /// What one change writes, and what is different after it with all that follows; none where it is refused.
    fn outcome(
        &self,
        part: &TargetedChange,
        relevant: &dyn Fn(UserPart) -> bool,
    ) -> ProofRead<Option<(StateAlterations, StateAlterations)>> {
        let (compiled, made) = (self.compiled, &part.made);
        let (Some(change), Some(judge)) = (
            made.declared(compiled),
            compiled.judges.get(made.change.index()),
        ) else {
            return Ok(None);
        };
        let view = ProofView::before(self, part.target);
        let read = |input| match input {
            DecisionInput::Argument(argument) => Ok(made.arguments.read(argument)),
            input => view.read(input),
        };
        let refusals = judge.tree().walk(read)?;
        if refusals.is_none_or(|refusals| !refusals.0.is_empty()) {
            return Ok(None);
        }
        let mut written = StateAlterations::new();
        self.perform(&change.does, part, &mut written)?;
        let mut all = written.clone();
        let effects = made.effects(compiled);
        let effects: Vec<_> = effects
            .filter(|(_, effect)| !effect.does.is_empty())
            .collect();
        // What follows from a change follows only where it alters anything.
        if !effects.is_empty() && !self.different(&written, &|_| true)?.is_empty() {
            for (id, effect) in effects {
                let follows = compiled.effects.get(id.index());
                let follows = match follows {
                    Some(follows) => follows.tree().walk(read)?.copied(),
                    None => None,
                };
                if follows == Some(true) {
                    self.perform(&effect.does, part, &mut all)?;
                }
            }
        }
        let product = &compiled.product;
        let holders =
            |what| matches!(what, UserPart::Role(role) if product.single_holder(role).is_some());
        let altered = self.different(&all, &|what| relevant(what) || holders(what))?;
        Ok(self.keeps_holders(&altered)?.then_some((written, altered)))
    }

    /// Those that are different from what was there.
    fn different(
        &self,
        written: &StateAlterations,
        relevant: &dyn Fn(UserPart) -> bool,
    ) -> ProofRead<StateAlterations> {
        let mut different = StateAlterations::new();
        for (who, what, to) in written
            .iter()
            .copied()
            .filter(|(_, what, _)| relevant(*what))
        {
            if self.value(who, what)? != to {
                different.push((who, what, to));
            }
        }
        Ok(different)
    }

    /// Whether roles that exactly one holds still have one holder, who is enabled where that has to be.
    fn keeps_holders(&self, altered: &StateAlterations) -> ProofRead<bool> {
        let product = &self.compiled.product;
        let roles: BTreeSet<UserPart> = altered.iter().map(|(_, what, _)| *what).collect();
        for role in roles {
            let UserPart::Role(id) = role else { continue };
            let Some(holders) = product.single_holder(id) else {
                continue;
            };
            let of_role = || altered.iter().filter(|(_, what, _)| *what == role);
            let gained = || of_role().filter(|(_, _, to)| to.is_yes());
            if gained().count() * 2 != of_role().count() {
                return Ok(false);
            }
            for (who, ..) in gained().filter(|_| holders.enabled) {
                if !self.enabled(*who)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn perform(
        &self,
        does: &[DeclaredAlteration],
        part: &TargetedChange,
        written: &mut StateAlterations,
    ) -> ProofRead<()> {
        let levels = &self.compiled.product.levels;
        for one in does {
            let who = self.somebody(one.whose(), part)?;
            for (_, what, to) in one.writes(levels, part.made.arguments) {
                set(written, (who, what, to));
            }
        }
        Ok(())
    }

    fn somebody(&self, whose: AlteredPerson, part: &TargetedChange) -> ProofRead<ProofPerson> {
        match whose {
            AlteredPerson::Person(Person::User) => Ok(ProofPerson::User),
            AlteredPerson::Person(Person::Target) => Ok(part.target),
            AlteredPerson::Holder(role) => self.holder(role),
        }
    }
}

fn set(altered: &mut StateAlterations, one: (ProofPerson, UserPart, Value)) {
    let known = altered
        .iter_mut()
        .find(|known| (known.0, known.1) == (one.0, one.1));
    match known {
        Some(known) => known.2 = one.2,
        None => altered.push(one),
    }
}
