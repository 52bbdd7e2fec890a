//! Finite values. Everything a rule may read has a declared domain, and a value is a place in it.

mod day;

pub use day::{Day, NotADay};

use std::sync::Arc;

/// A finite set of values: no and yes, or words in the order in which they were declared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Domain {
    /// `false` and `true`.
    Flag,
    /// Words, at least one, all different.
    Words(Arc<[Arc<str>]>),
}

/// A value by its position in its domain; of a flag, 0 is `false` and 1 is `true`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Value(pub(crate) u16);

impl Value {
    pub(crate) const NO: Self = Self(0);
    pub(crate) const YES: Self = Self(1);

    pub(crate) fn is_yes(self) -> bool {
        self == Self::YES
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self(u16::from(yes))
    }
}

const FLAGS: [&str; 2] = ["false", "true"];

impl Domain {
    /// The most values that a domain may have. Linking refuses a file with more.
    pub(crate) const MOST: usize = 4_096;

    /// The domain of these words; `false` and `true` alone, in either order, are a flag.
    pub(crate) fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let words: Vec<Arc<str>> = words.into_iter().map(Arc::from).collect();
        let is_flag =
            words.len() == 2 && FLAGS.iter().all(|flag| words.iter().any(|w| **w == **flag));
        if is_flag {
            Self::Flag
        } else {
            Self::Words(words.into())
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Flag => 2,
            Self::Words(words) => words.len(),
        }
    }

    pub(crate) fn is_flag(&self) -> bool {
        matches!(self, Self::Flag)
    }

    /// The value written as this word.
    pub(crate) fn find(&self, word: &str) -> Option<Value> {
        let at = self.words().position(|known| known == word)?;
        Some(Value(at as u16))
    }

    /// How a value is written; empty for a value of another domain.
    pub(crate) fn word(&self, value: Value) -> &str {
        self.words().nth(usize::from(value.0)).unwrap_or_default()
    }

    /// All values, each with how it is written, in order.
    pub(crate) fn values_and_words(&self) -> impl Iterator<Item = (Value, &str)> {
        (0..).map(Value).zip(self.words())
    }

    /// All values as they are written, in order.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        let (flags, words): (&[&str], &[Arc<str>]) = match self {
            Self::Flag => (&FLAGS, &[]),
            Self::Words(words) => (&[], words),
        };
        flags
            .iter()
            .copied()
            .chain(words.iter().map(|word| &**word))
    }
}

#[cfg(test)]
mod tests;
