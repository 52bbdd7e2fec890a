//! What a code is, and the macro that declares the tables of codes.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::character;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Suspicious; the file still loads.
    Warning,
    /// Wrong; the file is refused.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A kind of finding: its stable name, text, severity, help and explanation.
#[derive(Debug)]
pub struct Code {
    pub(super) name: &'static str,
    pub(super) severity: Severity,
    /// The message; `{0}`, `{1}`, … stand for the words of one occurrence.
    pub(super) text: &'static str,
    pub(super) help: Option<&'static str>,
    pub(super) explanation: &'static str,
}

impl Code {
    /// The stable kebab-case name, for instance `unknown-role`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it stops a load or only warns.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The message with `{0}`, `{1}`, … where an occurrence puts its words.
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// The way out, where it is the same for every occurrence.
    pub fn help(&self) -> Option<&'static str> {
        self.help
    }

    /// What it means, why it matters and how to mend it.
    pub fn explanation(&self) -> &'static str {
        self.explanation
    }

    /// The message of one occurrence. What a word holds is never read as a placeholder.
    pub(crate) fn message(&self, words: &[&dyn fmt::Display]) -> String {
        let mut message = String::new();
        let mut rest = self.text;
        while let Some((before, after)) = rest.split_once('{') {
            message.push_str(before);
            let (number, after) = after.split_once('}').unwrap_or((after, ""));
            let word = number
                .parse::<usize>()
                .ok()
                .and_then(|number| words.get(number));
            if let Some(word) = word {
                message.push_str(&one_line(&word.to_string()));
            }
            rest = after;
        }
        message.push_str(rest);
        message
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

impl std::hash::Hash for Code {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Words come from files: a message stays one line of bounded length whatever they hold.
pub(super) fn one_line(word: &str) -> String {
    const LONGEST: usize = 200;
    printable(word, LONGEST)
}

/// The same of a help line, which may hold several words.
pub(super) fn help_line(help: &str) -> String {
    const LONGEST: usize = 1_000;
    printable(help, LONGEST)
}

/// At most so many letters, none of which moves a terminal.
fn printable(text: &str, longest: usize) -> String {
    let mut line: String = text.chars().take(longest).map(character::seen).collect();
    if text.chars().nth(longest).is_some() {
        line.push('…');
    }
    line
}

/// Declares codes: a constant each, and `CODES` with all of them.
macro_rules! codes {
    ($( $constant:ident = $severity:ident $name:literal {
        text: $text:literal,
        $( help: $help:literal, )?
        explain: $explain:literal $(,)?
    } )*) => {
        $(
            #[doc = concat!("The code `", $name, "`.")]
            pub static $constant: $crate::finding::Code = $crate::finding::Code {
                name: $name,
                severity: $crate::finding::Severity::$severity,
                text: $text,
                help: $crate::finding::code::optional!($( $help )?),
                explanation: $explain,
            };
        )*
        pub(super) static CODES: &[&$crate::finding::Code] = &[ $( &$constant ),* ];
    };
}

macro_rules! optional {
    () => {
        None
    };
    ($value:literal) => {
        Some($value)
    };
}

pub(super) use {codes, optional};
