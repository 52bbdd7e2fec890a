//! Lookups: all action tables of a rulebook side by side, and what it takes to find an action's answer in them.

use std::sync::Arc;

use super::compile::{Compiled, Ruled};
use super::gather::Gather;
use super::index::Part;
use super::layout::{Bits, Layout, Origin};
use super::table::Outcome;
use crate::link::product::{ActionId, Grounds, RulingId};
use crate::vocabulary::Person;

/// What stands in a cell: who ruled, whether it allows, and whether one reading alone would turn it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code(u32);

impl Code {
    const ALLOWED: u32 = 1;
    const TURNED: u32 = 2;
    const GROUND: u32 = 4;
    const RULING: u32 = 3;

    fn ruled(ruling: u16, allowed: bool, turned: bool) -> Self {
        let flags = u32::from(allowed) * Self::ALLOWED + u32::from(turned) * Self::TURNED;
        Self(u32::from(ruling) << Self::RULING | flags)
    }

    pub(crate) fn of(outcome: Outcome<&Ruled>) -> Self {
        let Ruled { ruling, allows } = *outcome.answer;
        Self::ruled(ruling, allows, outcome.turned)
    }

    /// What the standing of user and target comes to, when it is not good.
    #[inline]
    fn ground(standing: u32) -> Self {
        Self(standing << Self::RULING | Self::GROUND)
    }

    #[inline]
    pub(crate) fn is_allowed(self) -> bool {
        self.0 & Self::ALLOWED != 0
    }

    pub(crate) fn is_turned(self) -> bool {
        self.0 & Self::TURNED != 0
    }

    /// Who ruled. The rulings of an action count from its first.
    pub(crate) fn ruling(self, grounds: &Grounds, first: RulingId) -> RulingId {
        let number = self.0 >> Self::RULING;
        if self.0 & Self::GROUND == 0 {
            RulingId(first.0 + number)
        } else {
            Standing(number).ground(grounds)
        }
    }
}

/// Whether user and target are in a position to be asked about: what comes before any rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing(u32);

impl Standing {
    const USER_SEAT: u32 = 1;
    const USER_ENABLED: u32 = 2;
    const TARGET_SEAT: u32 = 4;
    const GOOD: u32 = Self::USER_SEAT | Self::USER_ENABLED | Self::TARGET_SEAT;

    /// From the flags of two profiles, as [`Layout`](super::layout::Layout) has them: the lowest bit a seat, the next
    /// one whether the person is enabled. Without a target, the user stands in for it.
    #[inline]
    pub(crate) fn of(user: u32, target: u32) -> Self {
        Self(user & (Self::USER_SEAT | Self::USER_ENABLED) | (target & Self::USER_SEAT) << 2)
    }

    #[inline]
    fn is_good(self) -> bool {
        self.0 == Self::GOOD
    }

    /// The first of the three questions before any rule that denies.
    pub(crate) fn denied(self, grounds: &Grounds) -> Option<RulingId> {
        (!self.is_good()).then(|| self.ground(grounds))
    }

    fn ground(self, grounds: &Grounds) -> RulingId {
        if self.0 & Self::USER_ENABLED == 0 {
            grounds.user_disabled
        } else if self.0 & Self::USER_SEAT == 0 {
            grounds.user_has_no_seat
        } else {
            grounds.target_has_no_seat
        }
    }

    /// What answers: the code that was looked up, or the ground. Which it is follows no pattern in a busy firm, so that
    /// guessing would cost more than choosing.
    #[inline]
    pub(crate) fn or(self, code: Code) -> Code {
        std::hint::select_unpredictable(self.is_good(), code, Code::ground(self.0))
    }
}

/// What it takes to find an action's answer. It fills one line of the cache.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Lookup {
    question: Pick,
    user: Pick,
    target: Pick,
    /// Number of the first cell.
    first: u32,
    words: [u16; 2],
    pub(crate) product: u16,
    /// Of the question, the user and the target.
    downs: [u8; 3],
    /// Of the user and the target.
    ups: [u8; 2],
    flags: u8,
}

/// The two large numbers of a gather.
#[derive(Debug, Clone, Copy)]
struct Pick {
    mask: u64,
    factor: u64,
}

/// A part that has nothing to add.
const NOTHING: Part = Part {
    origin: Origin::Question,
    word: 0,
    gather: Gather::NOTHING,
    up: 0,
};

impl Lookup {
    const ON_TARGET: u8 = 1;
    /// More words have a part in the number of the cell.
    const MORE: u8 = 2;
    /// There is no table.
    const WALKED: u8 = 4;

    /// A lookup with room for one word of the question, one of the user and one of the target; what is left over.
    fn of(product: usize, on_target: bool, parts: &[Part]) -> (Self, Vec<Part>) {
        let [mut question, mut user, mut target] = [None; 3];
        let mut left = Vec::new();
        for part in parts {
            let place = match part.origin {
                Origin::Question if part.up == 0 => &mut question,
                Origin::Profile(Person::User) => &mut user,
                Origin::Profile(Person::Target) => &mut target,
                Origin::Question | Origin::Firm => {
                    left.push(*part);
                    continue;
                }
            };
            match (&place, u16::try_from(part.word)) {
                (None, Ok(_)) => *place = Some(*part),
                _ => left.push(*part),
            }
        }
        let [question, user, target] = [question, user, target].map(|part| part.unwrap_or(NOTHING));
        let pick = |part: Part| Pick {
            mask: part.gather.mask,
            factor: part.gather.factor,
        };
        let lookup = Self {
            question: pick(question),
            user: pick(user),
            target: pick(target),
            first: 0,
            words: [user, target].map(|part| part.word as u16),
            product: product as u16,
            downs: [question, user, target].map(|part| part.gather.shift),
            ups: [user, target].map(|part| part.up),
            flags: if on_target { Self::ON_TARGET } else { 0 },
        };
        (lookup, left)
    }

    #[inline]
    pub(crate) fn is_on_target(&self) -> bool {
        self.flags & Self::ON_TARGET != 0
    }

    /// Whether three words are all it takes.
    #[inline]
    pub(crate) fn is_plain(&self) -> bool {
        self.flags & (Self::MORE | Self::WALKED) == 0
    }

    pub(crate) fn is_walked(&self) -> bool {
        self.flags & Self::WALKED != 0
    }

    /// Which word of the user's profile is read, and which of the target's.
    #[inline]
    pub(crate) fn words(&self) -> [usize; 2] {
        let [user, target] = self.words;
        [usize::from(user), usize::from(target)]
    }

    /// The number of the cell, as far as three words make it.
    #[inline]
    pub(crate) fn cell(&self, question: u64, user: u64, target: u64) -> usize {
        let [down_question, down_user, down_target] = self.downs;
        let [up_user, up_target] = self.ups;
        let question = self.question.number(question, down_question);
        let user = self.user.number(user, down_user) << (up_user & 63);
        let target = self.target.number(target, down_target) << (up_target & 63);
        self.first as usize + (question + user + target) as usize
    }
}

impl Pick {
    /// What [`Gather::number`] says, without a branch.
    #[inline]
    fn number(self, word: u64, down: u8) -> u64 {
        (word & self.mask).wrapping_mul(self.factor) >> (down & 63)
    }
}

/// The tables of all actions of a rulebook. Actions are numbered through all products.
#[derive(Debug)]
pub(crate) struct Lookups {
    /// Number of the first action of each product.
    first: Vec<u32>,
    /// With the readings that the rule files choose.
    usual: Arc<[Lookup]>,
    /// Without any readings.
    bare: Vec<Lookup>,
    /// For each action, the parts that its lookup has no room for.
    more: Vec<Arc<[Part]>>,
    /// For each action, the parts that the readings have.
    readings: Vec<Arc<[Part]>>,
    cells: Vec<Code>,
}

impl Lookups {
    /// Lays the tables of all products side by side.
    pub(crate) fn of(products: &[Compiled]) -> Self {
        let mut lookups = Self {
            first: Vec::new(),
            usual: Arc::new([]),
            bare: Vec::new(),
            more: Vec::new(),
            readings: Vec::new(),
            cells: Vec::new(),
        };
        for (number, compiled) in products.iter().enumerate() {
            lookups.first.push(lookups.bare.len() as u32);
            lookups.product(number, compiled);
        }
        let usual = |compiled: &Compiled| Layout::usual_readings(&compiled.product);
        let usual: Vec<Vec<u64>> = products.iter().map(usual).collect();
        lookups.usual = lookups.with(&usual);
        lookups
    }

    fn product(&mut self, number: usize, compiled: &Compiled) {
        let mut first_of: Vec<Option<u32>> = vec![None; compiled.deciders.len()];
        for (action, decider) in compiled.product.actions.iter().zip(&compiled.of_action) {
            let decided = compiled.deciders.get(*decider as usize);
            let table = decided.and_then(|decider| Some((decider, decider.index()?)));
            let parts = table.map_or(&[][..], |(_, index)| index.parts());
            let of_firm = |part: &Part| part.origin == Origin::Firm;
            let (readings, parts): (Vec<Part>, Vec<Part>) = parts.iter().partition(|p| of_firm(p));
            let (mut lookup, more) = Lookup::of(number, action.on_target, &parts);
            match (table, first_of.get_mut(*decider as usize)) {
                (Some((table, _)), Some(first)) => {
                    let append = || self.append(action.silent, table.outcomes());
                    lookup.first = *first.get_or_insert_with(append);
                }
                _ => lookup.flags |= Lookup::WALKED,
            }
            if !more.is_empty() {
                lookup.flags |= Lookup::MORE;
            }
            self.bare.push(lookup);
            self.more.push(more.into());
            self.readings.push(readings.into());
        }
    }

    /// Appends a table. Where no values lead, nothing is allowed.
    fn append<'o>(
        &mut self,
        silent: u16,
        outcomes: impl Iterator<Item = Option<&'o Outcome<Ruled>>>,
    ) -> u32 {
        let first = self.cells.len() as u32;
        let nowhere = Code::ruled(silent, false, false);
        let code = |outcome: &Outcome<Ruled>| {
            Code::of(Outcome {
                answer: &outcome.answer,
                turned: outcome.turned,
            })
        };
        self.cells
            .extend(outcomes.map(|outcome| outcome.map_or(nowhere, code)));
        first
    }

    /// The lookups of a firm with these readings, by product.
    pub(crate) fn with(&self, readings: &[Vec<u64>]) -> Arc<[Lookup]> {
        let chosen = |(lookup, parts): (&Lookup, &Arc<[Part]>)| {
            let words = readings.get(usize::from(lookup.product));
            let word = |part: &Part| words.and_then(|words| words.get(part.word as usize));
            let number = |part: &Part| part.number(word(part).copied().unwrap_or_default());
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

    /// What stands in a cell.
    #[inline]
    pub(crate) fn code(&self, cell: usize) -> Option<Code> {
        self.cells.get(cell).copied()
    }

    /// What the parts that a lookup has no room for add to the number of the cell.
    pub(crate) fn more(&self, action: u32, bits: &Bits<'_>) -> usize {
        let parts = self.more.get(action as usize);
        let numbers = parts.into_iter().flat_map(|parts| parts.iter());
        let numbers = numbers.map(|part| part.number(bits.word(part.origin, part.word)));
        numbers.fold(0, |cell, number| cell | number) as usize
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
