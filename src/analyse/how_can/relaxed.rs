//! Relaxation: what people could become if nobody ever lost anything and any two values could be held together. If
//! the answer is out of reach here, it is out of reach. And no real sequence is shorter than the shortest one here.

use super::moves::PlanMove;
use super::possible_change::PossibleChange;
use crate::change::writes::Write;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{QuestionBits, Word};
use crate::explore::table::{ActionRuling, Decider, YesOrNo};
use crate::firm::Firm;
use crate::link::product::{AlteredPerson, DecisionInput, UserPart};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::question::ResolvedQuestion;

/// A person, or several who are alike, with all values that each of their roles and settings could get.
#[derive(Clone)]
pub(super) struct PossibleValues {
    /// Their profile, used for the seat and whether they are enabled. No change alters those.
    words: Vec<Word>,
    /// By position of a value, whether it is possible.
    values: Vec<bool>,
    /// Whether it stands for several people, one of whom can act on another.
    are_several: bool,
}

/// Who makes a change.
struct PossibleMaker<'a> {
    could: &'a PossibleValues,
    /// The position in the list of people, if it is one of them.
    number: Option<usize>,
}

/// A question with everything that could alter its answer.
pub(super) struct RelaxedQuestion<'a> {
    compiled: &'a CompiledProduct,
    readings: Vec<Word>,
    goal: &'a Decider<ActionRuling>,
    question: [Word; 2],
    doings: Vec<PossibleChange>,
    /// The position of the first value of each setting. Two values for each role come before.
    settings: Vec<usize>,
    values: usize,
}

impl<'a> RelaxedQuestion<'a> {
    pub(super) fn of(firm: &Firm, asked: &ResolvedQuestion<'a>, moves: &[PlanMove]) -> Self {
        let (compiled, product) = (asked.compiled, asked.product);
        let bits = asked.bits(firm, asked.user.unwrap_or_default());
        let mut values = 2 * compiled.product.roles.len();
        let mut settings = Vec::new();
        for setting in &compiled.product.settings {
            settings.push(values);
            values += setting.domain.len();
        }
        let doings = moves
            .iter()
            .map(|one| PossibleChange::of(firm, compiled, product, one.bound));
        Self {
            compiled,
            readings: firm.readings_of(product).to_vec(),
            goal: asked.decider,
            question: bits.question,
            doings: doings.collect(),
            settings,
            values,
        }
    }

    /// People as they are.
    pub(super) fn people(&self, words: &[Word], are_several: bool) -> PossibleValues {
        let product = &self.compiled.product;
        let layout = &self.compiled.layout;
        let mut could = PossibleValues {
            words: words.to_vec(),
            values: vec![false; self.values],
            are_several,
        };
        for part in product.parts() {
            could.add(self.place(part, layout.part(part).read(words)));
        }
        could
    }

    fn place(&self, what: UserPart, value: Value) -> usize {
        match what {
            UserPart::Role(role) => 2 * role.index() + usize::from(value.0),
            UserPart::Setting(setting) => {
                let first = self.settings.get(setting.index()).copied();
                first
                    .unwrap_or(self.values)
                    .saturating_add(usize::from(value.0))
            }
        }
    }

    /// The fewest changes after which the question could be allowed. `None` when no changes lead there. The user is
    /// the first of the people; `target` is the number of the target. `step` is called before each piece of work.
    pub(super) fn distance<E>(
        &self,
        people: &mut [PossibleValues],
        target: usize,
        mut step: impl FnMut() -> Result<(), E>,
    ) -> Result<Option<usize>, E> {
        let mut steps = 0;
        while !self.may_be_allowed(people, target) {
            if !self.widen(people, MakerChoice::Joined, &mut step)? {
                return Ok(None);
            }
            steps += 1;
        }
        Ok(Some(steps))
    }

    /// Everything that people could become after any number of changes, and for each change whether anybody could
    /// ever make it.
    pub(super) fn closed<E>(
        &self,
        people: &mut [PossibleValues],
        mut step: impl FnMut() -> Result<(), E>,
    ) -> Result<Vec<bool>, E> {
        while self.widen(people, MakerChoice::Each, &mut step)? {}
        let mut can_be_made = Vec::new();
        for doing in &self.doings {
            let mut is_made = false;
            for target in 0..people.len() {
                step()?;
                let mut makers = people
                    .iter()
                    .enumerate()
                    .map(|(number, could)| PossibleMaker {
                        could,
                        number: Some(number),
                    });
                is_made =
                    is_made || makers.any(|maker| self.is_accepted(doing, people, &maker, target));
            }
            can_be_made.push(is_made);
        }
        Ok(can_be_made)
    }

    /// Whether the answer could be yes with these possible values.
    pub(super) fn may_be_allowed(&self, people: &[PossibleValues], target: usize) -> bool {
        let (Some(user), Some(target)) = (people.first(), people.get(target)) else {
            return false;
        };
        self.can_be(self.goal, user, target, self.question, None)
    }

    /// Adds the results of one more change by everybody. Returns whether there was anything to add.
    fn widen<E>(
        &self,
        people: &mut [PossibleValues],
        who: MakerChoice,
        step: &mut impl FnMut() -> Result<(), E>,
    ) -> Result<bool, E> {
        let mut more: Vec<(usize, usize)> = Vec::new();
        let joined = self.joined(people);
        for doing in &self.doings {
            for target in 0..people.len() {
                let all = |maker| self.missing(people, &doing.own, maker, target);
                let effects = doing.effects.iter();
                let is_done = all(None).is_empty()
                    && !doing.alters_maker
                    && effects
                        .map(|(_, writes)| self.missing(people, writes, None, target))
                        .all(|missing| missing.is_empty());
                if is_done {
                    continue;
                }
                step()?;
                match who {
                    MakerChoice::Joined if !doing.alters_maker => {
                        let maker = joined.as_ref().map(|could| PossibleMaker {
                            could,
                            number: None,
                        });
                        more.extend(
                            maker
                                .iter()
                                .flat_map(|maker| self.after(doing, people, maker, target)),
                        );
                    }
                    _ => {
                        for (number, could) in people.iter().enumerate() {
                            let number = Some(number);
                            more.extend(self.after(
                                doing,
                                people,
                                &PossibleMaker { could, number },
                                target,
                            ));
                        }
                    }
                }
            }
        }
        let is_wider = !more.is_empty();
        for (person, place) in more {
            if let Some(could) = people.get_mut(person) {
                could.add(place);
            }
        }
        Ok(is_wider)
    }

    /// All possible makers merged into one person who could be any of them.
    fn joined(&self, people: &[PossibleValues]) -> Option<PossibleValues> {
        let mut able = people.iter().filter(|could| {
            let bits = self.bits(could, could, [0; 2]);
            self.compiled.ground(&bits).is_none()
        });
        let mut joined = able.next()?.clone();
        for could in able {
            for (value, other) in joined.values.iter_mut().zip(&could.values) {
                *value |= *other;
            }
        }
        joined.are_several = true;
        Some(joined)
    }

    /// The values that a change could add, if it could be accepted.
    fn after(
        &self,
        doing: &PossibleChange,
        people: &[PossibleValues],
        maker: &PossibleMaker<'_>,
        target: usize,
    ) -> Vec<(usize, usize)> {
        let own = self.missing(people, &doing.own, maker.number, target);
        let effects: Vec<_> = doing
            .effects
            .iter()
            .map(|(id, writes)| (id, self.missing(people, writes, maker.number, target)))
            .filter(|(_, missing)| !missing.is_empty())
            .collect();
        if own.is_empty() && effects.is_empty() || !self.is_accepted(doing, people, maker, target) {
            return Vec::new();
        }
        let mut more = own;
        for (id, missing) in effects {
            let decider = self.compiled.effects.get(id.index());
            let follows = decider
                .zip(people.get(target))
                .is_some_and(|(decider, could)| {
                    let same = Self::same(maker, target, could);
                    self.can_be(decider, maker.could, could, doing.question, Some(same))
                });
            if follows {
                more.extend(missing);
            }
        }
        more
    }

    /// Whether the change could be accepted.
    fn is_accepted(
        &self,
        doing: &PossibleChange,
        people: &[PossibleValues],
        maker: &PossibleMaker<'_>,
        target: usize,
    ) -> bool {
        let parts = people
            .get(target)
            .zip(self.compiled.judges.get(doing.judge));
        parts.is_some_and(|(could, judge)| {
            let bits = self.bits(maker.could, could, doing.question);
            let same = Self::same(maker, target, could);
            self.compiled.ground(&bits).is_none()
                && same != [false, false]
                && self.can_be(judge, maker.could, could, doing.question, Some(same))
        })
    }

    /// Whether maker and target can be different people, and whether they can be the same.
    fn same(maker: &PossibleMaker<'_>, target: usize, could: &PossibleValues) -> [bool; 2] {
        match maker.number {
            None => [true, true],
            Some(number) if number == target => [could.are_several, true],
            Some(_) => [true, false],
        }
    }

    fn can_be<T: YesOrNo>(
        &self,
        decider: &Decider<T>,
        user: &PossibleValues,
        target: &PossibleValues,
        question: [Word; 2],
        same: Option<[bool; 2]>,
    ) -> bool {
        let bits = self.bits(user, target, question);
        let of = |person: Person| match person {
            Person::User => user,
            Person::Target => target,
        };
        decider.tree().can_lead(T::is_yes, |input, value| {
            if let (Some(person), Some(part)) = (input.person(), input.part()) {
                return of(person).is(self.place(part, value));
            }
            match (input, same) {
                (DecisionInput::SameUser, Some(same)) => {
                    same.get(usize::from(value.0)) == Some(&true)
                }
                _ => decider.value(input, &bits) == value,
            }
        })
    }

    fn bits<'b>(
        &'b self,
        user: &'b PossibleValues,
        target: &'b PossibleValues,
        question: [Word; 2],
    ) -> QuestionBits<'b> {
        QuestionBits {
            user: &user.words,
            target: &target.words,
            firm: &self.readings,
            question,
        }
    }

    /// The values that writes would add, by person and position.
    fn missing(
        &self,
        people: &[PossibleValues],
        writes: &[Write],
        maker: Option<usize>,
        target: usize,
    ) -> Vec<(usize, usize)> {
        let mut missing = Vec::new();
        for (whose, what, value) in writes {
            let place = self.place(*what, *value);
            let mut add = |number: usize| {
                if people.get(number).is_some_and(|could| !could.is(place)) {
                    missing.push((number, place));
                }
            };
            match whose {
                AlteredPerson::Person(Person::Target) => add(target),
                AlteredPerson::Person(Person::User) => maker.into_iter().for_each(add),
                AlteredPerson::Holder(role) => {
                    let holds = self.place(UserPart::Role(*role), Value::YES);
                    let holders = people
                        .iter()
                        .enumerate()
                        .filter(|(_, could)| could.is(holds));
                    holders.for_each(|(number, _)| add(number));
                }
            }
        }
        missing
    }
}

/// Who is tried as the maker of a change.
#[derive(Clone, Copy)]
enum MakerChoice {
    /// One by one.
    Each,
    /// All merged into one, which is faster and rules out less.
    Joined,
}

impl PossibleValues {
    fn add(&mut self, place: usize) {
        if let Some(value) = self.values.get_mut(place) {
            *value = true;
        }
    }

    fn is(&self, place: usize) -> bool {
        self.values.get(place) == Some(&true)
    }
}
