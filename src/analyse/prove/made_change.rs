//! Changes in a state: which can be made, whether they are accepted, and what they alter.

use super::options::ChangeOptions;
use super::state::{ProofInput, ProofPerson, ProofRead, ProofState, ProofView};
use super::subject::{ProofSubject, UndecidedReason};
use crate::change::holders::broken_holder;
use crate::explore::Halt;
use crate::link::product::{
    AlteredPerson, DecisionInput, Effect, EffectTrigger, RuleTargets, UserPart,
};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;
use crate::world::outcome::{ChangeScene, SceneAlteration, SceneOutcome, set};

/// An alteration: person, property and new value.
pub(super) type StateAlterations = Vec<SceneAlteration<ProofPerson>>;

/// A change in a state, with its target.
#[derive(Debug, Clone, Copy)]
pub(super) struct TargetedChange {
    pub(super) made: BoundChange,
    pub(super) target: ProofPerson,
}

/// Every possible change.
pub(super) fn all(subject: ProofSubject<'_>) -> Result<Vec<BoundChange>, UndecidedReason> {
    let most = subject.rulebook.limits().proof_states;
    let all: Vec<BoundChange> = BoundChange::all(subject.compiled)
        .take(most.saturating_add(1))
        .collect();
    if all.len() > most {
        Err(UndecidedReason::TooManyChanges)
    } else {
        Ok(all)
    }
}

/// The result of changes: the parts, and the differences after them.
pub(super) type ChosenChanges = (Vec<TargetedChange>, StateAlterations);

impl ProofState<'_> {
    /// This many changes made at once, each of which alters something relevant, with all alterations. `None` when one
    /// is refused or alters nothing relevant.
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

    /// The outcome of changes made at once. `None` when one is refused. `relevant` selects what has to be known
    /// exactly.
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
            let contradicts = |one: &SceneAlteration<ProofPerson>| {
                let mut same = written.iter().filter(|it| (it.0, it.1) == (one.0, one.1));
                same.next().is_some_and(|other| other.2 != one.2)
            };
            if writes.iter().any(contradicts) {
                return Ok(None);
            }
            written.extend(writes);
            for one in altered {
                set(&mut together, one);
            }
        }
        let product = &self.compiled.product;
        let broken = broken_holder(product, together.iter().copied(), |who| self.enabled(who))?;
        Ok(broken.is_none().then_some(together))
    }

    /// The writes of one change, and the differences after it with all effects. `None` when it is refused.
    fn outcome(
        &self,
        part: &TargetedChange,
        relevant: &dyn Fn(UserPart) -> bool,
    ) -> ProofRead<Option<(StateAlterations, StateAlterations)>> {
        let scene = PartScene {
            view: ProofView::before(self, part.target),
            part,
            relevant,
        };
        Ok(match part.made.outcome(self.compiled, &scene)? {
            SceneOutcome::Accepted(done) => Some((done.written, done.altered)),
            SceneOutcome::Refused(_) | SceneOutcome::Broken(_) => None,
        })
    }
}

/// One change in a state. Only relevant inputs have to be known exactly.
struct PartScene<'p, 's> {
    view: ProofView<'p, 's>,
    part: &'p TargetedChange,
    relevant: &'p dyn Fn(UserPart) -> bool,
}

impl ChangeScene for PartScene<'_, '_> {
    type Who = ProofPerson;
    type Halt = Halt<ProofInput, ()>;

    fn who(&self, whose: AlteredPerson) -> ProofRead<ProofPerson> {
        match whose {
            AlteredPerson::Person(Person::User) => Ok(ProofPerson::User),
            AlteredPerson::Person(Person::Target) => Ok(self.part.target),
            AlteredPerson::Holder(role) => self.view.state.holder(role),
        }
    }

    fn part(&self, who: ProofPerson, part: UserPart) -> ProofRead<Value> {
        self.view.state.value(who, part)
    }

    fn is_enabled(&self, who: ProofPerson) -> ProofRead<bool> {
        self.view.state.enabled(who)
    }

    fn input(&self, input: DecisionInput) -> ProofRead<Value> {
        match input {
            DecisionInput::Argument(argument) => Ok(self.part.made.arguments.read(argument)),
            input => self.view.read(input),
        }
    }

    fn matters(&self, part: UserPart) -> bool {
        (self.relevant)(part)
    }

    fn wants(&self, effect: &Effect) -> bool {
        let follows_change = effect.after != EffectTrigger::NothingChanged;
        follows_change && !effect.does.is_empty()
    }
}
