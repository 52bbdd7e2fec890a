//! The search through every path of a scene, and the counterexamples on the way.

use super::counterexample::Counterexample;
use super::made::{Made, Part};
use super::people::{Known, id_of};
use super::scene::{Ask, Other, Scene, Step, Who};
use crate::answer::Question;
use crate::change::{Bulk, Change};
use crate::explore::compile::Compiled;
use crate::explore::{Halt, Path, Unexplored, explore};
use crate::firm::Firm;
use crate::link::product::{ActionId, RoleId};
use crate::rulebook::Rulebook;
use crate::value::Value;

/// How many counterexamples are made before the shortest of them is taken.
const ENOUGH: usize = 16;

/// How many levels there may be, and how many roles that exactly one holds: a firm that breaks a property has somebody for each.
pub(super) const MOST_ROLES: usize = 256;

/// Why a property could not be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undecided {
    /// It takes more states than the limit.
    TooLarge,
    /// More roles are levels, or have exactly one holder, than a firm of a few people is made for.
    TooManyRoles,
    /// What the proof found is not so in a firm.
    NotSo,
}

/// What a search came to.
#[derive(Default)]
pub(super) struct Searched {
    /// Paths to their end.
    pub(super) states: usize,
    pub(super) broken: Option<Counterexample>,
}

impl Searched {
    /// Adds another search.
    pub(super) fn and(&mut self, other: Self) {
        self.states += other.states;
        let broken = self.broken.take().into_iter().chain(other.broken);
        self.broken = broken.min_by_key(Counterexample::size);
    }
}

/// What a property is proven of.
#[derive(Clone, Copy)]
pub(super) struct Room<'r> {
    pub(super) rulebook: &'r Rulebook,
    pub(super) compiled: &'r Compiled,
    /// Roles that exactly one holds.
    pub(super) of_one: &'r [RoleId],
}

/// The end of a path on which a property is broken.
pub(super) struct Ending {
    pub(super) people: Vec<Who>,
    pub(super) other: Option<Other>,
    /// Changes that are made at once.
    pub(super) parts: Vec<Part>,
}

impl Ending {
    pub(super) fn of(scene: &Scene<'_>, other: Option<Other>, parts: &[Part]) -> Self {
        Self {
            people: scene.people(),
            other,
            parts: parts.to_vec(),
        }
    }
}

/// A firm in which a path ends as it does, with the words for what is asked there.
pub(super) struct Staged<'s> {
    pub(super) room: Room<'s>,
    pub(super) firm: Firm,
    pub(super) ending: &'s Ending,
    pub(super) answers: &'s [(Ask, Value)],
}

impl<'r> Room<'r> {
    /// Goes down every path. `run` tells where the property is broken, and `stage` makes a counterexample of a firm in which it is.
    pub(super) fn search<E>(
        self,
        options: usize,
        used: usize,
        mut run: impl FnMut(&Path<Ask>) -> Step<Option<(Ending, E)>>,
        stage: impl Fn(&Staged<'_>, &E) -> Result<Option<Counterexample>, Undecided>,
    ) -> Result<Searched, Undecided> {
        let limit = self.rulebook.limits().proof_states.saturating_sub(used);
        let (mut states, mut found, mut undecided) = (0, Vec::new(), None);
        let compiled = self.compiled;
        let product = &compiled.product;
        if self.of_one.len().max(product.levels.len()) > MOST_ROLES {
            return Err(Undecided::TooManyRoles);
        }
        let width = |ask| match ask {
            Ask::Setting(_, setting) => product.setting(setting).map_or(1, |s| s.domain.len()),
            Ask::Fact(fact) => product
                .facts
                .get(fact.index())
                .map_or(1, |f| f.domain.len()),
            Ask::Part(_) => options,
            _ => 2,
        };
        let explored = explore(limit, width, |path: &Path<Ask>| {
            let ended = run(path)?;
            states += 1;
            let Some((ending, end)) = ended else {
                return Ok(());
            };
            let known = Known {
                answers: path.asked(),
                people: &ending.people,
                other: ending.other.map(|other| (other.role, other.enabled)),
            };
            let counterexample = known.firms(self, &mut |firm| {
                let staged = Staged {
                    room: self,
                    firm,
                    ending: &ending,
                    answers: path.asked(),
                };
                stage(&staged, &end).transpose()
            });
            match counterexample {
                Some(Ok(counterexample)) => found.push(counterexample),
                Some(Err(why)) => undecided = Some(why),
                None => {}
            }
            match undecided.is_some() || found.len() >= ENOUGH {
                true => Err(Halt::Fail(())),
                false => Ok(()),
            }
        });
        match (undecided, explored) {
            (Some(why), _) => Err(why),
            (None, Err(Unexplored::TooManyPaths)) if found.is_empty() => Err(Undecided::TooLarge),
            _ => Ok(Searched {
                states,
                broken: found.into_iter().min_by_key(Counterexample::size),
            }),
        }
    }
}

impl Staged<'_> {
    pub(super) fn id(&self, who: Who) -> String {
        id_of(who, &self.ending.people)
    }

    /// Whether somebody may do something in a firm, and the question by which that is known.
    pub(super) fn asks(
        &self,
        firm: &Firm,
        action: ActionId,
        target: Option<Who>,
    ) -> (bool, Question<'static>) {
        let product = &self.room.compiled.product;
        let Some(declared) = product.actions.get(action.index()) else {
            return (false, Question::new(String::new(), String::new()));
        };
        let id = declared.id.to_string();
        let mut question = Question::new(self.id(Who::User), id).product(product.id.to_string());
        if let Some(target) = target.filter(|_| declared.on_target) {
            question = question.target(self.id(target));
        }
        for used in &declared.facts {
            let known = self
                .answers
                .iter()
                .find(|(ask, _)| *ask == Ask::Fact(used.fact));
            let value = known.map(|(_, value)| *value).or(used.default);
            if let Some(fact) = product.facts.get(used.fact.index()) {
                let word = fact.domain.word(value.unwrap_or_default()).to_owned();
                question = question.fact(fact.id.to_string(), word);
            }
        }
        let allowed = firm
            .answer(&question)
            .is_ok_and(|answer| answer.is_allowed());
        (allowed, question)
    }

    fn change(&self, part: &Part) -> Change {
        let product = &self.room.compiled.product;
        let Made {
            change,
            role,
            setting,
            value,
        } = part.made;
        let id = product
            .changes
            .get(change.index())
            .map_or("", |change| &*change.id);
        let mut change = Change::new(self.id(Who::User), id)
            .product(&*product.id)
            .target(self.id(part.target));
        change.role = role.map(|role| product.role_name(role).to_owned());
        if let Some(setting) = setting.and_then(|setting| product.setting(setting)) {
            change.setting = Some(setting.id.to_string());
            change.value = value.map(|value| setting.domain.word(value).to_owned());
        }
        change
    }

    /// The change that the parts are, or the bulk change.
    pub(super) fn step(&self) -> Option<super::counterexample::Step> {
        match self.ending.parts.as_slice() {
            [] => None,
            [part] => Some(super::counterexample::Step::Change(self.change(part))),
            parts => {
                let product = &*self.room.compiled.product.id;
                let bulk = Bulk::new(self.id(Who::User)).product(product);
                let bulk = parts
                    .iter()
                    .fold(bulk, |bulk, part| bulk.part(self.change(part)));
                Some(super::counterexample::Step::Bulk(bulk))
            }
        }
    }
}
