//! Classes of characters that people cannot see, or that change how the text around them is shown.

use std::fmt;

/// What is special about a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CharacterClass {
    /// It ends a line, for some programs at least.
    LineBreak,
    /// It steers a terminal. A tab is one.
    Control,
    /// It turns the direction in which the text around it is shown.
    Direction,
    /// It takes no room, or looks like a space.
    Invisible,
    /// It takes no room, but some scripts and emoji cannot be written without it.
    Joiner,
    /// Unicode keeps it for programs: it is in no text.
    Noncharacter,
}

impl CharacterClass {
    /// The class of a character; none for what is simply a character.
    #[inline]
    pub(crate) fn of(c: char) -> Option<Self> {
        if matches!(c, ' '..='~') {
            return None;
        }
        Self::of_odd(c)
    }

    fn of_odd(c: char) -> Option<Self> {
        match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                Some(Self::LineBreak)
            }
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Some(Self::Control),
            '\u{61c}' | '\u{200e}' | '\u{200f}' => Some(Self::Direction),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(Self::Direction),
            // The last ones choose how the character in front of them looks, or write flags.
            '\u{200c}' | '\u{200d}' | '\u{180b}'..='\u{180d}' | '\u{180f}' => Some(Self::Joiner),
            '\u{fe00}'..='\u{fe0f}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}' => {
                Some(Self::Joiner)
            }
            '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => {
                Some(Self::Invisible)
            }
            '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' => {
                Some(Self::Invisible)
            }
            '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' => Some(Self::Invisible),
            '\u{e0000}'..='\u{e001f}' => Some(Self::Invisible),
            '\u{fdd0}'..='\u{fdef}' => Some(Self::Noncharacter),
            c if u32::from(c) & 0xfffe == 0xfffe => Some(Self::Noncharacter),
            _ => None,
        }
    }
}

/// The first character of an id that is not simply a character: what ids may not hold.
pub(crate) fn hidden_in_id(id: &str) -> Option<CodePoint> {
    if id.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    id.chars()
        .find(|c| CharacterClass::of(*c).is_some())
        .map(CodePoint)
}

/// What stands for a character in a line that people read. What they could not see is replaced by something they do see.
pub(crate) fn seen(c: char) -> char {
    match CharacterClass::of(c) {
        None | Some(CharacterClass::Joiner) => c,
        Some(_) => char::REPLACEMENT_CHARACTER,
    }
}

/// What stands for a character where people read it: a space where it would begin a line or a column, something that people see where they would
/// not see it or where it turns the direction of the text behind it.
#[cfg(any(feature = "batch", feature = "render"))]
pub(crate) fn harmless(c: char) -> char {
    match CharacterClass::of(c) {
        Some(CharacterClass::LineBreak) => ' ',
        Some(CharacterClass::Control) if c == '\t' => ' ',
        _ => seen(c),
    }
}

/// The name of a character that cannot be shown: its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CodePoint(pub(crate) char);

impl fmt::Display for CodePoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "U+{:04X}", u32::from(self.0))
    }
}

/// For tests of doors: every class with characters of it.
#[cfg(test)]
pub(crate) const SAMPLES: &[(CharacterClass, &str)] = &[
    (
        CharacterClass::LineBreak,
        "\n\r\u{b}\u{c}\u{85}\u{2028}\u{2029}",
    ),
    (CharacterClass::Control, "\0\t\u{7}\u{8}\u{1b}\u{7f}\u{9b}"),
    (
        CharacterClass::Direction,
        "\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}",
    ),
    (
        CharacterClass::Invisible,
        "\u{ad}\u{200b}\u{2060}\u{feff}\u{3164}\u{e0001}",
    ),
    (CharacterClass::Joiner, "\u{200c}\u{200d}\u{fe0f}\u{e0067}"),
    (
        CharacterClass::Noncharacter,
        "\u{fdd0}\u{fdef}\u{fffe}\u{ffff}\u{1fffe}\u{10ffff}",
    ),
];
