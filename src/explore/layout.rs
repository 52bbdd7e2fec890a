//! Where the bits of every input are: in the packed profile of user or target, in the firm's
//! readings, or in the word that comes with a question.

use crate::link::bits;
use crate::link::product::{
    Argument, DecisionInput, FactId, FactUse, Product, ReadingId, RoleId, SettingId, UserPart,
};
use crate::value::Value;
use crate::vocabulary::Person;

/// A word of packed bits. Picking bits from words of this size takes one multiplication of machine words.
pub(crate) type Word = u32;

/// Half a word. The profiles of most products fit it, so that a large firm takes half as much of the caches.
pub(crate) type HalfWord = u16;

/// Which words an input's bits are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum WordOrigin {
    /// The profile of a person.
    Profile(Person),
    /// The firm's readings.
    Firm,
    /// What comes with the question.
    Question,
}

/// A few bits in a sequence of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct BitField {
    word: u32,
    shift: u8,
    width: u8,
}

impl BitField {
    pub(crate) fn read(self, words: &[Word]) -> Value {
        self.read_word(words.get(self.word as usize).copied().unwrap_or_default())
    }

    /// The value in its word.
    fn read_word(self, word: Word) -> Value {
        Value((word >> self.shift) as u16 & self.mask())
    }

    pub(crate) fn write(self, words: &mut [Word], value: Value) {
        if let Some(word) = words.get_mut(self.word as usize) {
            let mask = Word::from(self.mask()) << self.shift;
            *word = (*word & !mask) | (Word::from(value.0) << self.shift & mask);
        }
    }

    /// The word it is in, and its bits there.
    pub(crate) fn place(self) -> (u32, Word) {
        (self.word, Word::from(self.mask()) << self.shift)
    }

    /// The word it is in, and its first bit there.
    fn start(self) -> (u32, u32) {
        (self.word, u32::from(self.shift))
    }

    /// A value in the place of the field.
    pub(crate) fn bits(self, value: Value) -> Word {
        Word::from(value.0 & self.mask()) << self.shift
    }

    fn mask(self) -> u16 {
        ((1_u32 << self.width) - 1) as u16
    }

    /// The field that begins at a bit counted through all words.
    const fn at(bit: usize, width: u32) -> Self {
        Self {
            word: bit as u32 / Word::BITS,
            shift: (bit as u32 % Word::BITS) as u8,
            width: width as u8,
        }
    }
}

/// Where an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct InputSlot {
    pub(crate) origin: WordOrigin,
    pub(crate) field: BitField,
}

/// The bits of one question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct QuestionBits<'a> {
    pub(crate) user: &'a [Word],
    pub(crate) target: &'a [Word],
    pub(crate) firm: &'a [Word],
    pub(crate) question: [Word; 2],
}

impl QuestionBits<'_> {
    /// A word of these; zero where there is none.
    pub(crate) fn word(&self, origin: WordOrigin, word: u32) -> Word {
        let words = match origin {
            WordOrigin::Profile(Person::User) => self.user,
            WordOrigin::Profile(Person::Target) => self.target,
            WordOrigin::Firm => self.firm,
            WordOrigin::Question => &self.question,
        };
        words.get(word as usize).copied().unwrap_or_default()
    }

    pub(crate) fn read(&self, slot: InputSlot) -> Value {
        slot.field
            .read_word(self.word(slot.origin, slot.field.word))
    }
}

/// The layout of a product's profiles: seat, enabled, roles, settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    words: usize,
    /// Bits of the last word that are used.
    last: u32,
    roles: Vec<BitField>,
    settings: Vec<BitField>,
    arguments: [BitField; 4],
    /// The first bit of a change's question that no argument takes.
    facts: u32,
}

/// Hands out bits one field after the other; a field never lies across two words.
struct LayoutCursor {
    word: u32,
    shift: u32,
}

impl LayoutCursor {
    fn take(&mut self, width: u32) -> BitField {
        if width == 0 {
            return BitField::at(0, 0);
        }
        if self.shift + width > Word::BITS {
            self.word += 1;
            self.shift = 0;
        }
        let field = BitField {
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
    pub(crate) const SEAT: BitField = BitField::at(0, 1);
    /// Whether the person is enabled.
    pub(crate) const ENABLED: BitField = BitField::at(1, 1);
    /// Whether user and target are the same person.
    pub(crate) const SAME_USER: BitField = BitField::at(0, 1);

    pub(crate) fn of(product: &Product) -> Self {
        let mut cursor = LayoutCursor { word: 0, shift: 2 };
        let roles = product.roles.iter().map(|_| cursor.take(1)).collect();
        let settings = product
            .settings
            .iter()
            .map(|setting| cursor.take(bits(setting.domain.len())))
            .collect();
        let mut question = LayoutCursor { word: 0, shift: 1 };
        let arguments = Argument::READ.map(|argument| {
            let values = product
                .argument_domain(argument)
                .map_or(1, |domain| domain.len());
            question.take(bits(values))
        });
        Self {
            words: cursor.word as usize + 1,
            last: cursor.shift,
            roles,
            settings,
            arguments,
            facts: question.word * Word::BITS + question.shift,
        }
    }

    /// The places of what a change reads of a thing, behind its arguments, and the bits that all of it takes.
    pub(crate) fn places(
        &self,
        facts: impl Iterator<Item = (FactId, Option<Value>)>,
        product: &Product,
    ) -> (Vec<FactUse>, u32) {
        let mut cursor = LayoutCursor {
            word: self.facts / Word::BITS,
            shift: self.facts % Word::BITS,
        };
        let place = |(fact, default): (FactId, Option<Value>)| {
            let values = product.fact(fact).map_or(1, |fact| fact.domain.len());
            let (word, first) = cursor.take(bits(values)).start();
            FactUse {
                fact,
                default,
                shift: (word * Word::BITS + first).min(u32::from(u8::MAX)) as u8,
            }
        };
        let places = facts.map(place).collect();
        (places, cursor.word * Word::BITS + cursor.shift)
    }

    /// Whether a profile fits half a word.
    pub(crate) fn is_short(&self) -> bool {
        self.words == 1 && self.last <= HalfWord::BITS
    }

    /// Words of one profile.
    pub(crate) fn words(&self) -> usize {
        self.words
    }

    /// Makes a seat without roles, with every setting at its default, of the profile of somebody without a seat.
    pub(crate) fn write_seat(&self, product: &Product, words: &mut [Word]) {
        Self::SEAT.write(words, Value::YES);
        for (number, setting) in product.settings.iter().enumerate() {
            let field = self.setting(SettingId::from(number));
            field.write(words, setting.default);
        }
    }

    /// What rules read of a group where they read a person: enabled, with a seat and no roles.
    pub(crate) fn of_group(&self, product: &Product) -> Vec<Word> {
        let mut words = vec![0; self.words];
        Self::ENABLED.write(&mut words, Value::YES);
        self.write_seat(product, &mut words);
        words
    }

    pub(crate) fn role(&self, role: RoleId) -> BitField {
        self.roles
            .get(role.index())
            .copied()
            .unwrap_or(BitField::at(0, 0))
    }

    pub(crate) fn setting(&self, setting: SettingId) -> BitField {
        self.settings
            .get(setting.index())
            .copied()
            .unwrap_or(BitField::at(0, 0))
    }

    /// Where a part of a user is.
    pub(crate) fn part(&self, part: UserPart) -> BitField {
        match part {
            UserPart::Role(role) => self.role(role),
            UserPart::Setting(setting) => self.setting(setting),
        }
    }

    /// The bits of a profile that hold these parts, the seat and whether the person is enabled.
    pub(crate) fn mask(&self, parts: impl IntoIterator<Item = UserPart>) -> Vec<Word> {
        let mut mask = vec![0; self.words];
        let fields = parts.into_iter().map(|part| self.part(part));
        for field in fields.chain([Self::SEAT, Self::ENABLED]) {
            let (word, bits) = field.place();
            if let Some(known) = mask.get_mut(word as usize) {
                *known |= bits;
            }
        }
        mask
    }

    pub(crate) fn argument(&self, argument: Argument) -> BitField {
        let [role, setting, value, list] = self.arguments;
        match argument {
            Argument::Role => role,
            Argument::Setting => setting,
            Argument::Value => value,
            Argument::List => list,
            // Nothing is decided by which thing or group it is.
            Argument::Thing | Argument::Group => BitField::at(0, 0),
        }
    }

    pub(crate) fn reading(reading: ReadingId) -> BitField {
        BitField::at(reading.index(), 1)
    }

    /// Words that hold the readings of a firm.
    pub(crate) fn reading_words(product: &Product) -> usize {
        product.readings.len().div_ceil(32)
    }

    /// The readings that the rule file chooses, packed.
    pub(crate) fn usual_readings(product: &Product) -> Vec<Word> {
        let mut words = vec![0; Self::reading_words(product)];
        for (number, reading) in product.readings.iter().enumerate() {
            Self::reading(number.into()).write(&mut words, Value::from(reading.default));
        }
        words
    }

    pub(crate) fn fact(used: &FactUse, product: &Product) -> BitField {
        let values = product.fact(used.fact).map_or(1, |fact| fact.domain.len());
        BitField::at(usize::from(used.shift), bits(values))
    }

    /// Where an input is, for an action or change that takes these facts.
    pub(crate) fn slot(
        &self,
        input: DecisionInput,
        facts: &[FactUse],
        product: &Product,
    ) -> InputSlot {
        let (origin, field) = match input {
            DecisionInput::SameUser => (WordOrigin::Question, Self::SAME_USER),
            DecisionInput::Enabled(person) => (WordOrigin::Profile(person), Self::ENABLED),
            DecisionInput::Holds(person, role) => (WordOrigin::Profile(person), self.role(role)),
            DecisionInput::Setting(person, setting) => {
                (WordOrigin::Profile(person), self.setting(setting))
            }
            DecisionInput::Reading(reading) => (WordOrigin::Firm, Self::reading(reading)),
            DecisionInput::Argument(argument) => (WordOrigin::Question, self.argument(argument)),
            DecisionInput::Fact(fact) => {
                let used = facts.iter().find(|used| used.fact == fact);
                (
                    WordOrigin::Question,
                    used.map_or(BitField::at(0, 0), |used| Self::fact(used, product)),
                )
            }
        };
        InputSlot { origin, field }
    }
}

#[cfg(test)]
mod tests;
