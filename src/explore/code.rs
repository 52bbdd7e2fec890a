//! Codes: the contents of table cells, and the answers that need no table.

use super::layout::{QuestionBits, Word};
use super::table::{ActionRuling, TableOutcome};
use crate::link::product::{GroundRulings, RulingId};

/// The ruling, whether it allows, and whether changing one reading alone would reverse it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DecisionCode(u32);

impl DecisionCode {
    const ALLOWED: u32 = 1;
    const TURNED: u32 = 2;
    /// No table was asked: the rest is a standing.
    const GROUND: u32 = 1 << 31;
    /// Where the number of the ruling begins.
    const RULING: u32 = 2;
    /// Where the number of the product begins, behind a standing.
    const PRODUCT: u32 = 5;
    /// Rulings of all products: there are so many bits for their numbers.
    pub(crate) const MOST_RULINGS: usize = 1 << (u32::BITS - 1 - Self::RULING);

    pub(super) fn new(ruling: RulingId, allowed: bool, turned: bool) -> Self {
        let flags = u32::from(allowed) * Self::ALLOWED + u32::from(turned) * Self::TURNED;
        Self(ruling.0 << Self::RULING | flags)
    }

    /// The answer of a table. Its rulings are counted from the action's first.
    pub(crate) fn of(outcome: TableOutcome<&ActionRuling>) -> Self {
        let ActionRuling { ruling, allows } = *outcome.answer;
        Self::new(RulingId(u32::from(ruling)), allows, outcome.turned)
    }

    /// The answer of a product before any rule. The standing selects which one.
    pub(super) fn of_ground(product: u16) -> Self {
        Self(Self::GROUND | u32::from(product) << Self::PRODUCT)
    }

    /// The same code with its ruling counted through all products, where those of the action begin.
    #[inline]
    pub(crate) fn after(self, first: RulingId) -> Self {
        Self(self.0.wrapping_add(first.0 << Self::RULING))
    }

    #[inline]
    pub(crate) fn is_allowed(self) -> bool {
        self.0 & Self::ALLOWED != 0
    }

    pub(crate) fn is_turned(self) -> bool {
        self.0 & Self::TURNED != 0
    }

    /// Who ruled, in a product whose rulings begin with `first`.
    pub(crate) fn ruling(self, grounds: &GroundRulings, first: RulingId) -> RulingId {
        let number = self.0 >> Self::RULING;
        if self.0 & Self::GROUND == 0 {
            RulingId(number.saturating_sub(first.0))
        } else {
            StandingCode(number & StandingCode::GOOD).ground(grounds)
        }
    }

    /// The code with this number.
    #[inline]
    pub(crate) fn numbered(number: u32) -> Self {
        Self(number)
    }

    /// A different number for each code.
    #[inline]
    pub(crate) fn number(self) -> u32 {
        self.0
    }
}

/// Whether user and target are in a position to be asked about: what comes before any rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StandingCode(u32);

impl StandingCode {
    const USER_SEAT: u32 = 1;
    const USER_ENABLED: u32 = 2;
    const GOOD: u32 = 7;

    /// From the first words of two profiles, as [`Layout`](super::layout::Layout) has them: the lowest bit a seat, the next
    /// one whether the person is enabled. Without a target, the user stands in for it.
    #[inline]
    pub(crate) fn of(user: Word, target: Word) -> Self {
        Self(user & (Self::USER_SEAT | Self::USER_ENABLED) | (target & Self::USER_SEAT) << 2)
    }

    /// What answers: what a table says, or the ground. Which it is follows no pattern in a busy firm, so that guessing
    /// would cost more than choosing.
    #[inline]
    pub(crate) fn or(self, code: DecisionCode, ground: DecisionCode) -> DecisionCode {
        let ground = DecisionCode(self.0 << DecisionCode::RULING | ground.0);
        std::hint::select_unpredictable(self.0 == Self::GOOD, code, ground)
    }

    /// The first of the three questions before any rule that denies.
    pub(crate) fn denied(self, grounds: &GroundRulings) -> Option<RulingId> {
        (self.0 != Self::GOOD).then(|| self.ground(grounds))
    }

    fn ground(self, grounds: &GroundRulings) -> RulingId {
        if self.0 & Self::USER_ENABLED == 0 {
            grounds.user_disabled
        } else if self.0 & Self::USER_SEAT == 0 {
            grounds.user_has_no_seat
        } else {
            grounds.target_has_no_seat
        }
    }
}

impl QuestionBits<'_> {
    /// What comes before any rule.
    pub(crate) fn standing(&self) -> StandingCode {
        let first = |words: &[Word]| words.first().copied().unwrap_or_default();
        StandingCode::of(first(self.user), first(self.target))
    }
}
