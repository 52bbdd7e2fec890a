//! The search along every path over a state, and the counterexamples it finds.

use super::counterexample::{BrokenFirm, ProofAnswer};
use super::input::{
    OtherHolder, ProofInput, ProofPerson, ProofRead, ProofTarget, ProofThing, ThingInput,
};
use super::made_change::TargetedChange;
use super::path_things::PathThings;
use super::people::{PathKnowledge, id_of};
use super::state::ProofState;
use super::subject::{ProofSubject, UndecidedReason};
use crate::answer::{DecisionWord, Question};
use crate::budget::CutOff;
use crate::change::{Bulk, Change};
use crate::explore::{Halt, Path, explore};
use crate::firm::Firm;
use crate::link::product::{Action, ActionId, DecisionInput, FactSource};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::settled::KnownRoles;

/// Of counterexamples that are equally small, this many are built before the one with the shortest description is
/// taken.
const ENOUGH: usize = 16;

/// Most levels and roles with a single holder: a firm that breaks a property has a person for each.
pub(super) const MOST_ROLES: usize = 256;

/// The combined result of several searches.
#[derive(Default)]
pub(super) struct SearchResult {
    /// The smallest counterexample.
    pub(super) broken: Option<BrokenFirm>,
    /// The number of counterexamples built with the same size.
    alike: usize,
    /// Whether some firm meets the premise.
    pub(super) met: bool,
}

impl SearchResult {
    /// The most people of a firm that is still worth building: of those as small as the smallest, enough were built.
    fn most(&self) -> usize {
        match &self.broken {
            Some(broken) if self.alike >= ENOUGH => broken.people().saturating_sub(1),
            Some(broken) => broken.people(),
            None => usize::MAX,
        }
    }

    /// Keeps the smaller of the known counterexample and this one, which has no more people.
    fn keep(&mut self, found: BrokenFirm) {
        let is_first = |known: &BrokenFirm| found.people() < known.people();
        if self.broken.as_ref().is_none_or(is_first) {
            self.alike = 0;
        }
        self.alike += 1;
        let known = self.broken.take().into_iter();
        self.broken = known.chain([found]).min_by_key(BrokenFirm::size);
    }

    /// Notes that a smaller counterexample was not ruled out. Without a counterexample, the property is undecided.
    fn cut(&mut self, by: CutOff) -> Result<(), UndecidedReason> {
        let broken = self.broken.as_mut().ok_or(UndecidedReason::CutOff(by))?;
        broken.is_smallest = false;
        Ok(())
    }
}

/// How a path ends.
pub(super) enum PathEnd<E> {
    /// The premise does not apply to these people.
    Idle,
    /// The premise applies, and the conclusion holds.
    Kept(PathEnding),
    /// The conclusion fails.
    Broken(PathEnding, E),
}

/// The people at the end of a path, and the changes that are made.
pub(super) struct PathEnding {
    pub(super) people: Vec<ProofPerson>,
    pub(super) other: Option<OtherHolder>,
    /// Changes that are made at once.
    pub(super) parts: Vec<TargetedChange>,
    pub(super) things: PathThings,
}

impl PathEnding {
    pub(super) fn of(
        state: &ProofState<'_>,
        other: Option<OtherHolder>,
        parts: &[TargetedChange],
    ) -> Self {
        let asked = state.path.asked().iter();
        let asked = asked.filter_map(|(input, _)| match input {
            ProofInput::Thing(input) => input.thing(),
            _ => None,
        });
        let named = parts.iter().filter_map(|part| Some(part.thing?.0));
        let product = &state.compiled.product;
        let named = asked.chain(named);
        Self {
            people: state.people(),
            other,
            parts: parts.to_vec(),
            things: PathThings::of(product, state.groups(), &state.chains(), named),
        }
    }
}

/// A firm for the end of a path, with the names of its people.
pub(super) struct ProofFirm<'s> {
    pub(super) subject: ProofSubject<'s>,
    pub(super) firm: Firm,
    pub(super) ending: &'s PathEnding,
    pub(super) answers: &'s [(ProofInput, Value)],
}

impl<'r> ProofSubject<'r> {
    /// Walks every path. `run` returns how it ends. `stage` builds a counterexample from a firm in which the property
    /// is broken.
    ///
    /// A firm is built only if it has no more people than the smallest so far. So a broken property takes as many
    /// states as it would if it held. The search ends early only when one person is enough.
    pub(super) fn search<E>(
        self,
        options: usize,
        searched: &mut SearchResult,
        mut run: impl FnMut(&Path<ProofInput>) -> ProofRead<PathEnd<E>>,
        stage: impl Fn(&ProofFirm<'_>, &E) -> Result<Option<BrokenFirm>, UndecidedReason>,
    ) -> Result<(), UndecidedReason> {
        let product = &self.compiled.product;
        if self.of_one.len().max(product.levels.len()) > MOST_ROLES {
            return Err(UndecidedReason::TooManyRoles);
        }
        let mut undecided = None;
        // The exploration has one leaf. States are counted and the clock is checked here.
        let _ = explore(
            usize::MAX,
            |ask| self.width(ask, options),
            |path: &Path<ProofInput>| {
                self.budget.work().map_err(|_| Halt::Fail(()))?;
                let end = run(path)?;
                self.budget.take_state().map_err(|_| Halt::Fail(()))?;
                if let Err(why) = self.end(path, &end, searched, &stage) {
                    undecided = Some(why);
                }
                if undecided.is_some() || searched.most() == 0 {
                    Err(Halt::Fail(()))
                } else {
                    Ok(())
                }
            },
        );
        match (undecided, self.budget.met()) {
            (Some(why), _) => Err(why),
            (None, Some(by)) => searched.cut(by),
            (None, None) => Ok(()),
        }
    }

    fn width(self, ask: ProofInput, options: usize) -> usize {
        let product = &self.compiled.product;
        match ask {
            ProofInput::Setting(_, setting) => {
                product.width(DecisionInput::Setting(Person::User, setting))
            }
            ProofInput::Fact(fact) => product.width(DecisionInput::Fact(fact)),
            ProofInput::Part(_) => options,
            ProofInput::Thing(ThingInput::Property(_, fact)) => {
                product.width(DecisionInput::Fact(fact))
            }
            _ => 2,
        }
    }

    /// Builds the counterexamples for the end of a path.
    fn end<E>(
        self,
        path: &Path<ProofInput>,
        end: &PathEnd<E>,
        searched: &mut SearchResult,
        stage: impl Fn(&ProofFirm<'_>, &E) -> Result<Option<BrokenFirm>, UndecidedReason>,
    ) -> Result<(), UndecidedReason> {
        let (ending, broken) = match end {
            PathEnd::Idle => return Ok(()),
            PathEnd::Kept(_) if searched.met => return Ok(()),
            PathEnd::Kept(ending) => (ending, None),
            PathEnd::Broken(ending, end) => (ending, Some(end)),
        };
        let known = PathKnowledge {
            answers: path.asked(),
            people: &ending.people,
            other: ending.other.map(|other| (other.role, other.enabled)),
            things: &ending.things,
        };
        let Some(end) = broken else {
            searched.met = known.firms(self, usize::MAX, &mut Some).is_some();
            return Ok(());
        };
        let found = known.firms(self, searched.most(), &mut |firm| {
            let staged = ProofFirm {
                subject: self,
                firm,
                ending,
                answers: path.asked(),
            };
            stage(&staged, end).transpose()
        });
        if let Some(found) = found {
            searched.keep(found?);
        }
        Ok(())
    }
}

impl ProofFirm<'_> {
    pub(super) fn id(&self, who: ProofPerson) -> String {
        id_of(who, &self.ending.people)
    }

    /// Asks a firm whether somebody may do something.
    pub(super) fn asks(
        &self,
        firm: &Firm,
        action: ActionId,
        target: Option<ProofPerson>,
    ) -> Result<ProofAnswer, UndecidedReason> {
        let product = &self.subject.compiled.product;
        let declared = product.action(action).ok_or(UndecidedReason::NotSo)?;
        let id = declared.id.to_string();
        let mut question =
            Question::new(self.id(ProofPerson::User), id).product(product.id.to_string());
        if let Some(target) = target.filter(|_| declared.on_target) {
            question = question.target(self.id(target));
        }
        let thing = self.thing_of(declared);
        if let Some(thing) = thing {
            question = question.target(self.ending.things.thing_id(product, thing));
        }
        for used in &declared.facts {
            let source = product.fact(used.fact).map(|fact| fact.source);
            // What the firm says of the thing is not said again.
            if thing.is_some() && source != Some(FactSource::Question) {
                continue;
            }
            let known = self
                .answers
                .iter()
                .find(|(ask, _)| *ask == ProofInput::Fact(used.fact));
            let value = known.map(|(_, value)| *value).or(used.default);
            if let Some(fact) = product.fact(used.fact) {
                let word = fact.domain.word(value.unwrap_or_default()).to_owned();
                question = question.fact(fact.id.to_string(), word);
            }
        }
        let answer = firm.answer(&question).map_err(|_| UndecidedReason::NotSo)?;
        Ok(ProofAnswer {
            decision: DecisionWord::of(answer.is_allowed()),
            question,
        })
    }

    /// The thing that an action is asked about, where it is one of the firm.
    fn thing_of(&self, action: &Action) -> Option<ProofThing> {
        let mut things = self.ending.things.things.iter();
        let first = things.find(|(thing, _)| *thing == ProofThing::FIRST);
        let first = first.filter(|(_, kind)| action.on_thing == Some(*kind));
        first.map(|(thing, _)| *thing)
    }

    /// The id of whom or what a change is done to.
    pub(super) fn target_id(&self, target: ProofTarget) -> Option<String> {
        match target {
            ProofTarget::Person(who) => Some(self.id(who)),
            ProofTarget::Group(group) => Some(self.ending.things.group_id(group)),
            ProofTarget::Nobody => None,
        }
    }

    fn change(&self, part: &TargetedChange) -> Change {
        let compiled = self.subject.compiled;
        let things = &self.ending.things;
        let thing = part.thing.map(|(thing, _)| thing);
        let named = part.made.named(compiled, &self.id(ProofPerson::User), "");
        Change {
            target: self.target_id(part.target),
            thing: thing.map(|thing| things.thing_id(&compiled.product, thing)),
            group: part.group.map(|group| things.group_id(group)),
            ..named
        }
    }

    /// The parts as one change, or as a bulk change.
    pub(super) fn step(&self) -> Option<super::counterexample::ProofStep> {
        match self.ending.parts.as_slice() {
            [] => None,
            [part] => Some(super::counterexample::ProofStep::Change(self.change(part))),
            parts => {
                let product = &*self.subject.compiled.product.id;
                let bulk = Bulk::new(self.id(ProofPerson::User)).product(product);
                let bulk = parts
                    .iter()
                    .fold(bulk, |bulk, part| bulk.part(self.change(part)));
                Some(super::counterexample::ProofStep::Bulk(bulk))
            }
        }
    }
}
