//! Where the bits of every input are: in the packed profile of user or target, in the firm's
//! readings, or in the word that comes with a question.

use crate::link::bits;
use crate::link::product::{Argument, FactUse, Input, Product, ReadingId, RoleId, SettingId};
use crate::value::Value;
use crate::vocabulary::Person;

/// Which words an input's bits are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    /// The profile of a person.
    Profile(Person),
    /// The firm's readings.
    Firm,
    /// What comes with the question.
    Question,
}

/// A few bits in a sequence of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Field {
    word: u32,
    shift: u8,
    width: u8,
}

impl Field {
    pub(crate) fn read(self, words: &[u64]) -> Value {
        self.read_word(words.get(self.word as usize).copied().unwrap_or_default())
    }

    /// The value in its word.
    fn read_word(self, word: u64) -> Value {
        Value((word >> self.shift) as u16 & self.mask())
    }

    pub(crate) fn write(self, words: &mut [u64], value: Value) {
        if let Some(word) = words.get_mut(self.word as usize) {
            let mask = u64::from(self.mask()) << self.shift;
            *word = (*word & !mask) | (u64::from(value.0) << self.shift & mask);
        }
    }

    /// The word it is in, and its bits there.
    pub(crate) fn place(self) -> (u32, u64) {
        (self.word, u64::from(self.mask()) << self.shift)
    }

    /// A value in the place of the field.
    pub(crate) fn bits(self, value: Value) -> u64 {
        u64::from(value.0 & self.mask()) << self.shift
    }

    fn mask(self) -> u16 {
        ((1_u32 << self.width) - 1) as u16
    }

    fn single(shift: u8, width: u32) -> Self {
        Self {
            word: 0,
            shift,
            width: width as u8,
        }
    }
}

/// Where an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Slot {
    pub(crate) origin: Origin,
    pub(crate) field: Field,
}

/// The bits of one question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bits<'a> {
    pub(crate) user: &'a [u64],
    pub(crate) target: &'a [u64],
    pub(crate) firm: &'a [u64],
    pub(crate) question: u64,
}

impl Bits<'_> {
    /// A word; nothing is set in one that is not there.
    pub(crate) fn word(&self, origin: Origin, word: u32) -> u64 {
        let words = match origin {
            Origin::Profile(Person::User) => self.user,
            Origin::Profile(Person::Target) => self.target,
            Origin::Firm => self.firm,
            Origin::Question => std::slice::from_ref(&self.question),
        };
        words.get(word as usize).copied().unwrap_or_default()
    }

    pub(crate) fn read(&self, slot: Slot) -> Value {
        slot.field
            .read_word(self.word(slot.origin, slot.field.word))
    }
}

/// The layout of a product's profiles: seat, enabled, roles, settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    words: usize,
    roles: Vec<Field>,
    settings: Vec<Field>,
    arguments: [Field; 3],
}

/// Hands out bits one field after the other; a field never lies across two words.
struct Cursor {
    word: u32,
    shift: u32,
}

impl Cursor {
    fn take(&mut self, width: u32) -> Field {
        if self.shift + width > u64::BITS {
            self.word += 1;
            self.shift = 0;
        }
        let field = Field {
            word: self.word,
            shift: self.shift as u8,
            width: width as u8,
        };
        self.shift += width;
        field
    }
}

impl Layout {
    /// Whether there is a seat at all.
    pub(crate) const SEAT: Field = Field {
        word: 0,
        shift: 0,
        width: 1,
    };
    /// Whether the person is enabled.
    pub(crate) const ENABLED: Field = Field {
        word: 0,
        shift: 1,
        width: 1,
    };
    /// Whether user and target are the same person.
    pub(crate) const SAME_USER: Field = Field {
        word: 0,
        shift: 0,
        width: 1,
    };

    pub(crate) fn of(product: &Product) -> Self {
        let mut cursor = Cursor { word: 0, shift: 2 };
        let roles = product.roles.iter().map(|_| cursor.take(1)).collect();
        let settings = product
            .settings
            .iter()
            .map(|setting| cursor.take(bits(setting.domain.len())))
            .collect();
        let mut question = Cursor { word: 0, shift: 1 };
        let arguments = Argument::ALL.map(|argument| {
            let values = product
                .argument_domain(argument)
                .map_or(1, |domain| domain.len());
            question.take(bits(values))
        });
        Self {
            words: cursor.word as usize + 1,
            roles,
            settings,
            arguments,
        }
    }

    /// Words of one profile.
    pub(crate) fn words(&self) -> usize {
        self.words
    }

    pub(crate) fn role(&self, role: RoleId) -> Field {
        self.roles
            .get(role.index())
            .copied()
            .unwrap_or(Field::single(0, 0))
    }

    pub(crate) fn setting(&self, setting: SettingId) -> Field {
        self.settings
            .get(setting.index())
            .copied()
            .unwrap_or(Field::single(0, 0))
    }

    pub(crate) fn argument(&self, argument: Argument) -> Field {
        let [role, setting, value] = self.arguments;
        match argument {
            Argument::Role => role,
            Argument::Setting => setting,
            Argument::Value => value,
        }
    }

    pub(crate) fn reading(reading: ReadingId) -> Field {
        let (word, shift) = (reading.index() / 64, reading.index() % 64);
        Field {
            word: word as u32,
            shift: shift as u8,
            width: 1,
        }
    }

    /// Words that hold the readings of a firm.
    pub(crate) fn reading_words(product: &Product) -> usize {
        product.readings.len().div_ceil(64)
    }

    /// The readings that the rule file chooses, packed.
    pub(crate) fn usual_readings(product: &Product) -> Vec<u64> {
        let mut words = vec![0; Self::reading_words(product)];
        for (number, reading) in product.readings.iter().enumerate() {
            Self::reading(number.into()).write(&mut words, Value::from(reading.default));
        }
        words
    }

    pub(crate) fn fact(used: &FactUse, product: &Product) -> Field {
        let values = product
            .facts
            .get(used.fact.index())
            .map_or(1, |fact| fact.domain.len());
        Field::single(used.shift, bits(values))
    }

    /// Where an input is, for an action or change that takes these facts.
    pub(crate) fn slot(&self, input: Input, facts: &[FactUse], product: &Product) -> Slot {
        let (origin, field) = match input {
            Input::SameUser => (Origin::Question, Self::SAME_USER),
            Input::Enabled(person) => (Origin::Profile(person), Self::ENABLED),
            Input::Holds(person, role) => (Origin::Profile(person), self.role(role)),
            Input::Setting(person, setting) => (Origin::Profile(person), self.setting(setting)),
            Input::Reading(reading) => (Origin::Firm, Self::reading(reading)),
            Input::Argument(argument) => (Origin::Question, self.argument(argument)),
            Input::Fact(fact) => {
                let used = facts.iter().find(|used| used.fact == fact);
                (
                    Origin::Question,
                    used.map_or(Field::single(0, 0), |used| Self::fact(used, product)),
                )
            }
        };
        Slot { origin, field }
    }
}

#[cfg(test)]
mod tests;
