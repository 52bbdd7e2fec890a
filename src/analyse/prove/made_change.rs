//! Changes in a state: which can be made, whether they are accepted, and what they alter.

use super::input::{ProofInput, ProofPerson, ProofRead, ProofTarget, ProofThing};
use super::options::ChangeOptions;
use super::standing::ProofWrite;
use super::state::ProofState;
use super::subject::{ProofSubject, UndecidedReason};
use super::view::ProofView;
use crate::change::holders::broken_holder;
use crate::explore::Halt;
use crate::link::product::{
    AlteredPerson, ChangeId, DecisionInput, Effect, EffectTrigger, KindId, RuleTargets, UserPart,
};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;
use crate::world::outcome::{ChangeScene, SceneAlteration, SceneOutcome, set};

/// An alteration: person, property and new value.
pub(super) type StateAlterations = Vec<SceneAlteration<ProofPerson>>;

/// A change in a state, with its target and what else it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TargetedChange {
    pub(super) made: BoundChange,
    pub(super) target: ProofTarget,
    pub(super) thing: Option<(ProofThing, KindId)>,
    pub(super) group: Option<u8>,
}

impl TargetedChange {
    pub(super) fn on(made: BoundChange, target: ProofPerson) -> Self {
        Self {
            made,
            target: ProofTarget::Person(target),
            thing: None,
            group: None,
        }
    }
}

/// Every possible change of what people hold.
pub(super) fn all(subject: ProofSubject<'_>) -> Result<Vec<BoundChange>, UndecidedReason> {
    within(subject, BoundChange::all(subject.compiled))
}

/// Every possible change of things and groups, with any thing, group and target.
pub(super) fn all_of_things(
    subject: ProofSubject<'_>,
) -> Result<Vec<BoundChange>, UndecidedReason> {
    let compiled = subject.compiled;
    let changes = (0..).map(ChangeId::from).zip(&compiled.product.changes);
    let changes = changes.filter(|(_, declared)| !declared.is_about_users());
    let all = changes.flat_map(|(change, _)| BoundChange::of(compiled, change));
    within(subject, all)
}

pub(super) fn within(
    subject: ProofSubject<'_>,
    all: impl Iterator<Item = BoundChange>,
) -> Result<Vec<BoundChange>, UndecidedReason> {
    let most = subject.rulebook.limits().proof_states;
    let all: Vec<BoundChange> = all.take(most.saturating_add(1)).collect();
    if all.len() > most {
        Err(UndecidedReason::TooManyChanges)
    } else {
        Ok(all)
    }
}

/// The result of changes: the parts, and the differences after them.
pub(super) type ChosenChanges = (Vec<TargetedChange>, StateAlterations);

/// The outcome of changes made at once: what differs of people, and what was written into things and groups.
#[derive(Default)]
pub(super) struct JointOutcome {
    pub(super) altered: StateAlterations,
    pub(super) writes: Vec<ProofWrite>,
}

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
            let Some(chosen_option) = options.made.get(option).filter(|_| is_next) else {
                return Ok(None);
            };
            least = option;
            let target = self.enter(number, RuleTargets::Anyone)?;
            let part = TargetedChange::on(chosen_option.made, target);
            if chosen.contains(&part) {
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
        let made = self.make(&chosen, relevant)?;
        Ok(made.map(|made| (chosen, made.altered)))
    }

    /// The outcome of changes made at once. `None` when one is refused. `relevant` selects what has to be known
    /// exactly.
    pub(super) fn make(
        &self,
        parts: &[TargetedChange],
        relevant: &dyn Fn(UserPart) -> bool,
    ) -> ProofRead<Option<JointOutcome>> {
        let mut together: StateAlterations = Vec::new();
        let mut written: StateAlterations = Vec::new();
        let mut of_things = Vec::new();
        for part in parts {
            let declared = part.made.declared(self.compiled);
            if declared.is_some_and(|declared| !declared.is_about_users()) {
                of_things.push(*part);
                continue;
            }
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
        if broken.is_some() {
            return Ok(None);
        }
        let writes = self.written_together(&of_things)?;
        Ok(writes.map(|writes| JointOutcome {
            altered: together,
            writes,
        }))
    }

    /// The writes of one change, and the differences after it with all effects. `None` when it is refused.
    fn outcome(
        &self,
        part: &TargetedChange,
        relevant: &dyn Fn(UserPart) -> bool,
    ) -> ProofRead<Option<(StateAlterations, StateAlterations)>> {
        let scene = self.scene(part, relevant);
        Ok(match part.made.outcome(self.compiled, &scene)? {
            SceneOutcome::Accepted(done) => Some((done.written, done.altered)),
            SceneOutcome::Refused(_) | SceneOutcome::Broken(_) => None,
        })
    }
}

impl<'s> ProofState<'s> {
    /// One change as its rules see it.
    pub(super) fn scene<'p>(
        &'p self,
        part: &'p TargetedChange,
        relevant: &'p dyn Fn(UserPart) -> bool,
    ) -> PartScene<'p, 's> {
        let view = ProofView {
            about: part.thing,
            ..ProofView::before(self, part.target)
        };
        PartScene {
            view,
            part,
            relevant,
        }
    }
}

/// One change in a state. Only relevant inputs have to be known exactly.
pub(super) struct PartScene<'p, 's> {
    pub(super) view: ProofView<'p, 's>,
    pub(super) part: &'p TargetedChange,
    pub(super) relevant: &'p dyn Fn(UserPart) -> bool,
}

impl ChangeScene for PartScene<'_, '_> {
    type Who = ProofPerson;
    type Halt = Halt<ProofInput, ()>;

    fn who(&self, whose: AlteredPerson) -> ProofRead<ProofPerson> {
        match whose {
            AlteredPerson::Person(Person::User) => Ok(ProofPerson::User),
            // What people hold is altered by changes that are done to people.
            AlteredPerson::Person(Person::Target) => Ok(match self.part.target {
                ProofTarget::Person(who) => who,
                ProofTarget::Group(_) | ProofTarget::Nobody => ProofPerson::User,
            }),
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
