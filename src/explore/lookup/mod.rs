//! Lookups: the tables of all actions of a rulebook side by side, and how to find an answer in them.

mod places;

use std::hint::select_unpredictable;
use std::sync::Arc;

use super::code::DecisionCode;
use super::compile::CompiledProduct;
use super::gather::GatherRange;
use super::index::{CellIndex, IndexPart};
use super::layout::{Word, WordOrigin};
use super::table::{ActionRuling, Decider, TableOutcome};
use crate::link::product::{Action, ActionId, RulingId};
use crate::vocabulary::Person;
use places::IndexPlaces;

/// How to find an answer in one table. It fills one cache line, and actions with equal rules share it.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Lookup {
    user: GatherRange,
    target: GatherRange,
    /// What is added to the number of the cell where user and target are the same person.
    same_user: u32,
    /// Number of the first cell.
    first: u32,
    /// Where the profiles of the product begin among those of the firm.
    column: u32,
    /// The parts that are read beside one word of each person: where they begin, and how many there are.
    more: (u32, u16),
    /// Which word of the user's profile is read, and which of the target's.
    words: [u16; 2],
    /// The answers before any rule.
    pub(crate) ground: DecisionCode,
    pub(crate) product: u16,
    flags: u8,
}

/// Another word of a person that counts in the number of a cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ExtraWord {
    person: Person,
    pub(crate) word: u16,
    pub(crate) pick: GatherRange,
}

impl ExtraWord {
    /// Whose word it is.
    #[inline]
    pub(crate) fn of<T: Copy>(&self, [user, target]: [T; 2]) -> T {
        select_unpredictable(self.person == Person::Target, target, user)
    }
}

impl Lookup {
    const ON_TARGET: u8 = 1;
    /// Profiles have more than one word.
    const WIDE: u8 = 2;
    /// More than one word of a person is read, or one word in several ways.
    const MORE: u8 = 4;
    /// There is no table.
    const WALKED: u8 = 8;
    /// Profiles do not fit half a word.
    const LONG: u8 = 16;
    /// Changes have altered people of the firm.
    const ALTERED: u8 = 32;

    /// Whether the short way of answering works, and the question has a target exactly if one is expected.
    #[inline]
    pub(crate) fn is_plain(&self, has_target: bool) -> bool {
        self.flags == u8::from(has_target) * Self::ON_TARGET
    }

    /// Whether it would be plain if changes had altered nobody.
    #[inline]
    pub(crate) fn is_plain_but_altered(&self, has_target: bool) -> bool {
        self.flags == Self::ALTERED | (u8::from(has_target) * Self::ON_TARGET)
    }

    /// The same in a firm of which changes have altered people: the short way of answering does not work.
    pub(crate) fn of_altered(&self) -> Self {
        Self {
            flags: self.flags | Self::ALTERED,
            ..*self
        }
    }

    /// The place of a user's profile among those of the firm.
    #[inline]
    pub(crate) fn profile_of(&self, user: u32) -> usize {
        self.column as usize + user as usize
    }

    pub(crate) fn is_on_target(&self) -> bool {
        self.flags & Self::ON_TARGET != 0
    }

    #[inline]
    pub(crate) fn is_wide(&self) -> bool {
        self.flags & Self::WIDE != 0
    }

    pub(crate) fn is_walked(&self) -> bool {
        self.flags & Self::WALKED != 0
    }

    /// The number of the cell. `facts` is what the facts add to it.
    #[inline]
    pub(crate) fn cell(&self, facts: u32, same_user: bool, user: Word, target: Word) -> u32 {
        let same_user = select_unpredictable(same_user, self.same_user, 0);
        // Each has bits of its own.
        let number = facts | same_user | self.user.number(user) | self.target.number(target);
        self.first.wrapping_add(number)
    }

    /// Which word of the user's profile is read, and which of the target's.
    #[inline]
    pub(crate) fn words(&self) -> [u16; 2] {
        self.words
    }

    /// The parts that are read beside one word of each person.
    #[inline]
    pub(crate) fn more<'m>(&self, all: &'m [ExtraWord]) -> &'m [ExtraWord] {
        let (first, count) = self.more;
        let first = first as usize;
        all.get(first..first + usize::from(count))
            .unwrap_or_default()
    }
}

/// The most cells of all tables together. Where a table would go beyond them, its tree is walked.
const MOST_CELLS: usize = 1 << 28;

/// The tables of all actions of a rulebook. Actions and lookups are numbered through all products.
#[derive(Debug, Default)]
pub(crate) struct Lookups {
    /// By product.
    first: Vec<ProductOffsets>,
    /// Without any readings.
    bare: Vec<Lookup>,
    /// By lookup, the parts of its index that come from facts.
    facts: Vec<Vec<IndexPart>>,
    /// By lookup, the parts that come from readings.
    readings: Vec<Vec<IndexPart>>,
    more: Arc<[ExtraWord]>,
    /// The answers of the tables. Rulings are counted from an action's first.
    cells: Arc<[DecisionCode]>,
}

/// Where the numbers of a product begin.
#[derive(Debug, Clone, Copy, Default)]
struct ProductOffsets {
    action: u32,
    lookup: u32,
    ruling: u32,
}

impl Lookups {
    /// Lays the tables of all products side by side.
    pub(crate) fn of(products: &[CompiledProduct]) -> Self {
        let mut lookups = Self::default();
        let (mut action, mut ruling) = (0, 0);
        let (mut more, mut cells) = (Vec::new(), Vec::new());
        for (number, compiled) in products.iter().enumerate() {
            let lookup = lookups.bare.len() as u32;
            lookups.first.push(ProductOffsets {
                action,
                lookup,
                ruling,
            });
            action += compiled.product.actions.len() as u32;
            ruling += compiled.product.rulings.len() as u32;
            let indexes = compiled.deciders.iter().filter_map(Decider::index);
            let most = indexes.map(|index| beside(index.parts())).max();
            // If all lookups read the same amount, the processor need not guess the amount each time.
            let is_long = !compiled.layout.is_short();
            let alike = most.filter(|most| is_long && *most <= ALIKE).unwrap_or(0);
            for decider in 0..compiled.deciders.len() as u32 {
                lookups.add(number, compiled, decider, (&mut more, alike), &mut cells);
            }
        }
        lookups.more = more.into();
        lookups.cells = cells.into();
        lookups
    }

    fn add(
        &mut self,
        product: usize,
        compiled: &CompiledProduct,
        decider: u32,
        (more, alike): (&mut Vec<ExtraWord>, usize),
        cells: &mut Vec<DecisionCode>,
    ) {
        let of_decider = compiled.first_action(decider);
        let table = compiled.deciders.get(decider as usize);
        let first = table.and_then(|table| append(cells, of_decider?.silent, table));
        let parts = table
            .and_then(Decider::index)
            .map_or(&[][..], CellIndex::parts);
        let is_fact =
            |part: &&IndexPart| part.origin == WordOrigin::Question && !part.is_same_user();
        let is_reading = |part: &&IndexPart| part.origin == WordOrigin::Firm;
        self.facts
            .push(parts.iter().filter(is_fact).copied().collect());
        self.readings
            .push(parts.iter().filter(is_reading).copied().collect());
        let places = IndexPlaces::of(parts, more, alike);
        let on_target = of_decider.is_some_and(|action| action.on_target);
        self.bare
            .push(places.lookup(product, on_target, &compiled.layout, first));
    }

    /// The lookups of a firm of so many users with these readings, by product.
    pub(crate) fn of_firm(&self, users: usize, readings: &[Vec<Word>]) -> Arc<[Lookup]> {
        let chosen = |(lookup, parts): (&Lookup, &Vec<IndexPart>)| {
            let words = readings.get(usize::from(lookup.product));
            let word = |part: &IndexPart| words.and_then(|words| words.get(part.word as usize));
            let number =
                |part: &IndexPart| part.gather.number(word(part).copied().unwrap_or_default());
            let mut lookup = *lookup;
            lookup.first += parts.iter().map(number).sum::<u32>();
            lookup.column = u32::from(lookup.product) * users as u32;
            lookup
        };
        self.bare.iter().zip(&self.readings).map(chosen).collect()
    }

    /// What the facts of a question add to the number of the cell.
    pub(crate) fn facts(&self, lookup: u32, words: [Word; 2]) -> u32 {
        let word = |part: &IndexPart| words.get(part.word as usize).copied().unwrap_or_default();
        self.facts
            .get(lookup as usize)
            .into_iter()
            .flatten()
            .map(|part| part.gather.number(word(part)))
            .fold(0, |all, number| all | number)
    }

    /// What the words of a question add to the number of the cell: which word, and what of it.
    pub(crate) fn fact_parts(&self, lookup: u32) -> impl Iterator<Item = (Word, GatherRange)> {
        let parts = self.facts.get(lookup as usize).into_iter().flatten();
        parts.map(|part| (part.word, part.gather.pick()))
    }

    /// The answers of the tables.
    pub(crate) fn cells(&self) -> Arc<[DecisionCode]> {
        Arc::clone(&self.cells)
    }

    /// The parts that lookups read beside one word of each person.
    pub(crate) fn more(&self) -> Arc<[ExtraWord]> {
        Arc::clone(&self.more)
    }

    /// The number of an action.
    pub(crate) fn action(&self, product: usize, action: ActionId) -> u32 {
        self.first(product).action + action.0
    }

    /// The number of a decider's lookup.
    pub(crate) fn lookup(&self, product: usize, decider: u32) -> u32 {
        self.first(product).lookup + decider
    }

    /// The number of a ruling.
    pub(crate) fn ruling(&self, product: usize, ruling: RulingId) -> RulingId {
        RulingId(self.first(product).ruling + ruling.0)
    }

    fn first(&self, product: usize) -> ProductOffsets {
        self.first.get(product).copied().unwrap_or_default()
    }

    /// The product of an action, and its number there.
    pub(crate) fn place_of(&self, action: u32) -> Option<(usize, ActionId)> {
        let beyond = self.first.partition_point(|first| first.action <= action);
        let product = beyond.checked_sub(1)?;
        Some((product, ActionId(action - self.first(product).action)))
    }
}

/// If any lookup of a product reads more than one word of each person, all its lookups read up to this many more parts.
const ALIKE: usize = 4;

/// How many parts of persons there are beside the first of each.
fn beside(parts: &[IndexPart]) -> usize {
    let of = |person| {
        let is_it = |part: &&IndexPart| part.origin == WordOrigin::Profile(person);
        parts.iter().filter(is_it).count().saturating_sub(1)
    };
    of(Person::User) + of(Person::Target)
}

/// Appends a table if there is one and there is room for it. Cells that no values lead to deny.
fn append(
    cells: &mut Vec<DecisionCode>,
    silent: u16,
    table: &Decider<ActionRuling>,
) -> Option<u32> {
    let room = MOST_CELLS.saturating_sub(cells.len());
    table.index().filter(|index| index.len() <= room)?;
    let first = cells.len() as u32;
    let nowhere = DecisionCode::new(RulingId(u32::from(silent)), false, false);
    let code = |outcome: &TableOutcome<ActionRuling>| {
        DecisionCode::of(TableOutcome {
            answer: &outcome.answer,
            turned: outcome.turned,
        })
    };
    let outcomes = table.outcomes();
    cells.extend(outcomes.map(|outcome| outcome.map_or(nowhere, code)));
    Some(first)
}

impl CompiledProduct {
    /// The first of the actions that a decider decides about.
    fn first_action(&self, decider: u32) -> Option<&Action> {
        self.product
            .actions
            .get(*self.first_of.get(decider as usize)? as usize)
    }
}

#[cfg(test)]
mod tests;
