//! Lookups: all action tables of a rulebook side by side, and what it takes to find an action's answer in them.

use std::hint::select_unpredictable;
use std::sync::Arc;

use super::code::Code;
use super::compile::{Compiled, Ruled};
use super::gather::{Gather, Pick};
use super::index::Part;
use super::layout::{Bits, Layout, Origin, Word};
use super::table::{Decider, Outcome};
use crate::link::product::{Action, ActionId, RulingId};
use crate::value::Value;
use crate::vocabulary::Person;

/// What it takes to find an action's answer. It fills one line of the cache.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Lookup {
    user: Pick,
    target: Pick,
    /// What it adds to the number of the cell that user and target are the same person.
    same_user: u32,
    /// Number of the first cell.
    first: u32,
    /// The code of the action's first ruling.
    ruling: Code,
    pub(crate) product: u16,
    flags: u8,
}

impl Lookup {
    const ON_TARGET: u8 = 1;
    /// It takes more than one word of a person, or more than one of the facts.
    const WIDE: u8 = 2;
    /// There is no table.
    const WALKED: u8 = 4;

    /// Whether it is as short as can be, and whether a target is expected as one is there.
    #[inline]
    pub(crate) fn is_plain(&self, has_target: bool) -> bool {
        self.flags == u8::from(has_target) * Self::ON_TARGET
    }

    pub(crate) fn is_on_target(&self) -> bool {
        self.flags & Self::ON_TARGET != 0
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

    /// What stands in a cell.
    #[inline]
    pub(crate) fn code(&self, cells: &[Code], cell: u32) -> Option<Code> {
        let code = cells.get(cell as usize)?;
        Some(code.from(self.ruling))
    }

    /// The code where there is no table.
    pub(crate) fn walked(&self, outcome: Outcome<&Ruled>) -> Code {
        Code::of(outcome).from(self.ruling)
    }
}

/// Cells of all tables together; beyond them, trees are walked.
const MOST_CELLS: usize = 1 << 28;

/// The tables of all actions of a rulebook. Actions are numbered through all products.
#[derive(Debug)]
pub(crate) struct Lookups {
    /// Number of the first action of each product.
    first: Vec<u32>,
    /// With the readings that the rule files choose.
    usual: Arc<[Lookup]>,
    /// Without any readings.
    bare: Vec<Lookup>,
    /// By action, what the facts add to the number of a cell.
    facts: Vec<Pick>,
    /// By action, the parts of its index, where it is not plain.
    parts: Vec<Box<[Part]>>,
    /// By action, the parts that readings have.
    readings: Vec<Vec<Part>>,
    /// What tables say; rulings are counted from an action's first.
    cells: Arc<[Code]>,
}

impl Lookups {
    /// Lays the tables of all products side by side.
    pub(crate) fn of(products: &[Compiled]) -> Self {
        let mut cells = Vec::new();
        let mut lookups = Self {
            first: Vec::new(),
            usual: Arc::new([]),
            bare: Vec::new(),
            facts: Vec::new(),
            parts: Vec::new(),
            readings: Vec::new(),
            cells: Arc::new([]),
        };
        for (number, compiled) in products.iter().enumerate() {
            lookups.first.push(lookups.bare.len() as u32);
            lookups.product(number, compiled, &mut cells);
        }
        lookups.cells = cells.into();
        let usual = |compiled: &Compiled| Layout::usual_readings(&compiled.product);
        let usual: Vec<Vec<Word>> = products.iter().map(usual).collect();
        lookups.usual = lookups.with(&usual);
        lookups
    }

    fn product(&mut self, number: usize, compiled: &Compiled, cells: &mut Vec<Code>) {
        let mut first_of: Vec<Option<u32>> = vec![None; compiled.deciders.len()];
        for (action, decider) in compiled.product.actions.iter().zip(&compiled.of_action) {
            let decider = *decider as usize;
            let table = compiled.deciders.get(decider);
            let first = first_of.get_mut(decider).and_then(|first| {
                *first = first.or_else(|| append(cells, action.silent, table?));
                *first
            });
            let index = table.and_then(Decider::index);
            let parts = index.map_or(&[][..], |index| index.parts());
            let (readings, parts): (Vec<Part>, Vec<Part>) =
                parts.iter().partition(|part| part.origin == Origin::Firm);
            let mut places = Places::of(&parts);
            places.is_wide |= compiled.layout.words() > 1;
            self.bare.push(places.lookup(number, action, first));
            self.facts.push(places.facts.pick());
            let is_kept = places.is_wide && first.is_some();
            self.parts
                .push(if is_kept { parts.into() } else { [].into() });
            self.readings.push(readings);
        }
    }

    /// The lookups of a firm with these readings, by product.
    pub(crate) fn with(&self, readings: &[Vec<Word>]) -> Arc<[Lookup]> {
        let chosen = |(lookup, parts): (&Lookup, &Vec<Part>)| {
            let words = readings.get(usize::from(lookup.product));
            let word = |part: &Part| words.and_then(|words| words.get(part.word as usize));
            let number = |part: &Part| part.gather.number(word(part).copied().unwrap_or_default());
            let mut lookup = *lookup;
            lookup.first += parts.iter().map(number).sum::<u32>();
            lookup
        };
        self.bare.iter().zip(&self.readings).map(chosen).collect()
    }

    /// The lookups of a firm with the readings that the rule files choose.
    pub(crate) fn usual(&self) -> Arc<[Lookup]> {
        Arc::clone(&self.usual)
    }

    /// What the facts of a question add to the number of the cell, where the action's lookup is plain.
    pub(crate) fn facts(&self, action: u32, [word, _]: [Word; 2]) -> u32 {
        let pick = self.facts.get(action as usize);
        pick.map_or(0, |pick| pick.number(word))
    }

    /// What the tables say.
    pub(crate) fn cells(&self) -> Arc<[Code]> {
        Arc::clone(&self.cells)
    }

    /// The number of the cell of a lookup that is not plain.
    pub(crate) fn cell(&self, action: u32, lookup: &Lookup, bits: &Bits<'_>) -> u32 {
        let parts = self.parts.get(action as usize);
        let parts = parts.map_or(&[][..], |parts| parts);
        let number = |part: &Part| part.gather.number(bits.word(part.origin, part.word));
        parts
            .iter()
            .fold(lookup.first, |cell, part| cell.wrapping_add(number(part)))
    }

    /// The number of an action through all products.
    pub(crate) fn number(&self, product: usize, action: ActionId) -> u32 {
        self.first.get(product).copied().unwrap_or_default() + action.0
    }

    /// The product of an action that is numbered through all products, and its number there.
    pub(crate) fn place_of(&self, action: u32) -> Option<(usize, ActionId)> {
        let product = usize::from(self.bare.get(action as usize)?.product);
        Some((product, ActionId(action - self.first.get(product)?)))
    }
}

/// Appends a table, where there is one and there is room. Where no values lead, nothing is allowed.
fn append(cells: &mut Vec<Code>, silent: u16, table: &Decider<Ruled>) -> Option<u32> {
    let room = MOST_CELLS.saturating_sub(cells.len());
    table.index().filter(|index| index.len() <= room)?;
    let first = cells.len() as u32;
    let nowhere = Code::new(RulingId(u32::from(silent)), false, false);
    let code = |outcome: &Outcome<Ruled>| {
        Code::of(Outcome {
            answer: &outcome.answer,
            turned: outcome.turned,
        })
    };
    cells.extend(
        table
            .outcomes()
            .map(|outcome| outcome.map_or(nowhere, code)),
    );
    Some(first)
}

/// The parts of an index in the places that a plain lookup has for them.
struct Places {
    facts: Gather,
    same_user: Gather,
    user: Gather,
    target: Gather,
    is_wide: bool,
}

impl Places {
    fn of(parts: &[Part]) -> Self {
        let mut places = Self {
            facts: Gather::NOTHING,
            same_user: Gather::NOTHING,
            user: Gather::NOTHING,
            target: Gather::NOTHING,
            is_wide: false,
        };
        for part in parts {
            let place = match part.origin {
                Origin::Question if part.is_same_user() => &mut places.same_user,
                Origin::Question => &mut places.facts,
                Origin::Profile(Person::User) => &mut places.user,
                Origin::Profile(Person::Target) => &mut places.target,
                Origin::Firm => continue,
            };
            if part.word == 0 && *place == Gather::NOTHING {
                *place = part.gather;
            } else {
                places.is_wide = true;
            }
        }
        places
    }

    /// The lookup of an action whose table begins at a cell, or has none.
    fn lookup(&self, product: usize, action: &Action, first: Option<u32>) -> Lookup {
        let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
        let same_user = Layout::SAME_USER.bits(Value::YES);
        Lookup {
            user: self.user.pick(),
            target: self.target.pick(),
            // Nobody is the target of an action without one.
            same_user: if action.on_target {
                self.same_user.number(same_user)
            } else {
                0
            },
            first: first.unwrap_or_default(),
            ruling: Code::new(action.first_ruling, false, false),
            product: product as u16,
            flags: flag(action.on_target, Lookup::ON_TARGET)
                | flag(self.is_wide, Lookup::WIDE)
                | flag(first.is_none(), Lookup::WALKED),
        }
    }
}

#[cfg(test)]
mod tests;
