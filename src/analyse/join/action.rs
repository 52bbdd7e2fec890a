//! One action as tables: which kinds of people it tells apart, and the answer for each pair of them.

use super::JoinTables;
use super::fact::{mask_of, packed};
use crate::answer::Answer;
use crate::explore::layout::Word;
use crate::link::product::{Action, ActionId, DecisionInput, FactUse};
use crate::rulebook::ActionHandle;
use crate::vocabulary::Person;
use crate::world::kinds::UserKinds;

/// What an action is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JoinTarget<'f> {
    /// Nobody and nothing: a question names no target.
    Nothing,
    /// A user, whom each question names.
    User,
    /// A thing of the kind with this id.
    Thing(&'f str),
}

/// The kinds of one profile for one action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct JoinKinds {
    /// The number of the profile.
    pub profile: u32,
    /// The kind of these users where they ask.
    pub user: u32,
    /// The kind of these users where it is done to them; 0 where it is done to nobody.
    pub target: u32,
}

/// The answer for one pair of kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct JoinCell<'f> {
    /// The kind of whoever asks.
    pub user: u32,
    /// The kind of the target; 0 where the action is done to nobody.
    pub target: u32,
    /// Whether user and target are the same person. False where the action is done to nobody.
    pub is_same: bool,
    /// The bits of the facts that the action reads.
    pub facts: i64,
    /// The answer.
    pub answer: Answer<'f>,
}

/// One action of [`JoinTables`].
pub struct JoinAction<'t> {
    tables: &'t JoinTables<'t>,
    declared: &'t Action,
    /// With every fact at its default.
    handle: ActionHandle,
    form: u32,
    /// The facts that it reads.
    read: Vec<&'t FactUse>,
    /// Profiles that are alike, for the user and for the target.
    users: UserKinds,
    targets: UserKinds,
}

impl<'t> JoinAction<'t> {
    /// None for a number that is no action.
    pub(super) fn new(tables: &'t JoinTables<'_>, action: ActionId) -> Option<Self> {
        let (compiled, rulebook) = (tables.compiled, &tables.firm.rulebook);
        let declared = compiled.product.action(action)?;
        let inputs = compiled.decider(action)?.tree().questions();
        let number = rulebook.lookups().action(tables.number, action);
        let is_read = |used: &&FactUse| inputs.contains(&DecisionInput::Fact(used.fact));
        let alike = |of: Person| {
            let read = inputs.iter().filter(|input| input.person() == Some(of));
            let mask = compiled.layout.mask(read.filter_map(|input| input.part()));
            UserKinds::by(tables.profiles.len(), |profile| {
                let words = tables.words(profile).iter().zip(&mask);
                Some(words.map(|(word, mask)| word & mask).collect::<Vec<Word>>())
            })
        };
        Some(Self {
            tables,
            declared,
            handle: *rulebook.directory().handle(number)?,
            form: tables.form_of.get(action.index()).copied()?,
            read: declared.facts.iter().filter(is_read).collect(),
            users: alike(Person::User),
            targets: alike(Person::Target),
        })
    }

    /// Its id.
    pub fn id(&self) -> &'t str {
        &self.declared.id
    }

    /// What it is done to.
    pub fn target(&self) -> JoinTarget<'t> {
        let kind = self.declared.on_thing;
        match kind.and_then(|kind| self.tables.compiled.product.kind(kind)) {
            Some(kind) => JoinTarget::Thing(&kind.id),
            None if self.declared.on_target => JoinTarget::User,
            None => JoinTarget::Nothing,
        }
    }

    /// The number of the form of its facts.
    pub fn form(&self) -> u32 {
        self.form
    }

    /// The bits of the facts that its answers depend on: those of a cell, and no others.
    pub fn reads(&self) -> i64 {
        let product = &self.tables.compiled.product;
        let masks = self.read.iter().map(|used| mask_of(used, product));
        masks.fold(0, |all, mask| all | mask)
    }

    /// The kinds of every profile, in the order of the profiles.
    pub fn kinds(&self) -> impl Iterator<Item = JoinKinds> {
        let profiles = self.tables.profiles.numbers();
        profiles.filter_map(|profile| {
            Some(JoinKinds {
                profile,
                user: self.users.of_user(profile)?,
                target: self.target_kind(profile)?,
            })
        })
    }

    fn target_kind(&self, profile: u32) -> Option<u32> {
        if self.declared.on_target {
            self.targets.of_user(profile)
        } else {
            Some(0)
        }
    }

    /// How many cells it has at most. A pair that nobody is has no cell.
    pub fn most_cells(&self) -> u64 {
        let pairs = if self.declared.on_target {
            2 * self.users.len() as u64 * self.targets.len() as u64
        } else {
            self.users.len() as u64
        };
        pairs.saturating_mul(self.choices())
    }

    /// Every pair of kinds that there is in the firm, with every choice of the facts that are read.
    pub fn cells(&self) -> impl Iterator<Item = JoinCell<'t>> {
        let choices = (0..self.choices()).filter_map(|choice| self.choice(choice));
        choices.flat_map(move |(facts, handle)| {
            let pairs = self.pairs();
            pairs.filter_map(move |pair| self.cell(pair, facts, &handle))
        })
    }

    /// How many choices of the facts that are read there are.
    fn choices(&self) -> u64 {
        let domains = self.read.iter().map(|used| self.width(used));
        domains.fold(1, u64::saturating_mul)
    }

    /// How many values a fact has.
    fn width(&self, used: &FactUse) -> u64 {
        let fact = self.tables.compiled.product.fact(used.fact);
        fact.map_or(1, |fact| fact.domain.len() as u64).max(1)
    }

    /// The bits of one choice of the facts that are read, and the action with them. A question that gives every fact leaves
    /// nothing to follow from anything else.
    fn choice(&self, number: u64) -> Option<(i64, ActionHandle)> {
        let (tables, rulebook) = (self.tables, &self.tables.firm.rulebook);
        let product = &tables.compiled.product;
        let (mut rest, mut handle) = (number, self.handle);
        for used in &self.declared.facts {
            let fact = product.fact(used.fact)?;
            let mut value = 0;
            if self.read.iter().any(|read| read.fact == used.fact) {
                value = rest % self.width(used);
                rest /= self.width(used);
            }
            let word = fact.domain.words().nth(usize::try_from(value).ok()?)?;
            handle = handle.with_fact(rulebook, &fact.id, word).ok()?;
        }
        if self.declared.on_thing.is_some() {
            handle = handle.with_thing(rulebook, (product, self.declared), |_| None);
        }
        Some((packed(handle.facts.bits) & self.reads(), handle))
    }

    /// Pairs of kinds with two people who are them.
    fn pairs(&self) -> impl Iterator<Item = NumberedPair> {
        let on_target = self.declared.on_target;
        let alone = self.users.numbers().filter(move |_| !on_target);
        let alone = alone.filter_map(|user| {
            let [person, _] = self.first_two(&self.users, user);
            Some(NumberedPair::of((user, 0), [person?, person?], false))
        });
        let users = self.users.numbers().filter(move |_| on_target);
        let others = users.flat_map(move |user| {
            let targets = self.targets.numbers();
            targets.filter_map(move |target| self.two_people(user, target))
        });
        let profiles = self.tables.profiles.numbers().filter(move |_| on_target);
        alone.chain(others).chain(self.oneselves(profiles))
    }

    /// Two people of these kinds; none where one person is all of both.
    fn two_people(&self, user: u32, target: u32) -> Option<NumberedPair> {
        let [first, second] = self.first_two(&self.users, user);
        let [other, another] = self.first_two(&self.targets, target);
        let people = match (first?, other?) {
            (first, other) if first != other => [first, other],
            (first, _) => match (second, another) {
                (Some(second), _) => [second, other?],
                (None, another) => [first, another?],
            },
        };
        Some(NumberedPair::of((user, target), people, false))
    }

    /// Whoever asks about themselves: each pair of kinds that one person is, once.
    fn oneselves(&self, profiles: impl Iterator<Item = u32>) -> impl Iterator<Item = NumberedPair> {
        let mut seen = hashbrown::HashSet::new();
        profiles.filter_map(move |profile| {
            let kinds = (self.users.of_user(profile)?, self.targets.of_user(profile)?);
            let person = self.tables.profiles.first(profile)?;
            let pair = NumberedPair::of(kinds, [person, person], true);
            seen.insert(kinds).then_some(pair)
        })
    }

    /// The first two people of a kind of profiles.
    fn first_two(&self, kinds: &UserKinds, kind: u32) -> [Option<u32>; 2] {
        let profiles = kinds.members(kind).iter();
        let people = profiles.flat_map(|profile| self.tables.profiles.members(*profile));
        let mut people = people.copied();
        [people.next(), people.next()]
    }

    fn cell(&self, pair: NumberedPair, facts: i64, handle: &ActionHandle) -> Option<JoinCell<'t>> {
        let firm = self.tables.firm;
        let code = firm.code(handle, pair.people, self.declared.on_target)?;
        Some(JoinCell {
            user: pair.user,
            target: pair.target,
            is_same: pair.is_same,
            facts,
            answer: Answer::new(&firm.rulebook, handle.number, code),
        })
    }
}

/// Two kinds, and the people who are asked about for them.
#[derive(Clone, Copy)]
struct NumberedPair {
    user: u32,
    target: u32,
    people: [u32; 2],
    is_same: bool,
}

impl NumberedPair {
    fn of((user, target): (u32, u32), people: [u32; 2], is_same: bool) -> Self {
        Self {
            user,
            target,
            people,
            is_same,
        }
    }
}

impl std::fmt::Debug for JoinAction<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "JoinAction({})", self.id())
    }
}
