//! Names: which ones are well formed, which are taken, and which is meant by a misspelt one.

pub(crate) mod nearest;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use hashbrown::Equivalent;

/// A map from names to values. Each map has a hash seed of its own.
pub(crate) type NameMap<T> = hashbrown::HashMap<Arc<str>, T>;

/// The value of a name.
#[inline]
pub(crate) fn find<'m, T>(map: &'m NameMap<T>, name: &str) -> Option<&'m T> {
    map.get(&WantedName(name))
}

/// A name as it is looked for.
struct WantedName<'n>(&'n str);

impl Hash for WantedName<'_> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl Equivalent<Arc<str>> for WantedName<'_> {
    #[inline]
    fn equivalent(&self, known: &Arc<str>) -> bool {
        are_same(self.0.as_bytes(), known.as_bytes())
    }
}

/// Whether two names are the same. Names are short: comparing the first and the last bytes, which may overlap, is faster than a
/// call of `memcmp`.
#[inline]
pub(crate) fn are_same(one: &[u8], other: &[u8]) -> bool {
    fn ends<const N: usize>(one: &[u8], other: &[u8]) -> Option<bool> {
        let starts = (one.first_chunk::<N>()?, other.first_chunk::<N>()?);
        let ends = (one.last_chunk::<N>()?, other.last_chunk::<N>()?);
        Some((starts.0 == starts.1) & (ends.0 == ends.1))
    }
    if one.len() != other.len() {
        return false;
    }
    match one.len() {
        4..8 => ends::<4>(one, other),
        8..=16 => ends::<8>(one, other),
        17..=32 => ends::<16>(one, other),
        _ => None,
    }
    .unwrap_or_else(|| one == other)
}

/// Words that no role, action, setting or other id may be: Rhai's own, and those that the engine gives to scripts.
pub(crate) const RESERVED: &[&str] = &[
    "abs",
    "as",
    "async",
    "await",
    "break",
    "call",
    "case",
    "catch",
    "const",
    "continue",
    "curry",
    "debug",
    "default",
    "do",
    "else",
    "enabled",
    "eval",
    "everyone",
    "exit",
    "export",
    "false",
    "fn",
    "for",
    "global",
    "go",
    "goto",
    "if",
    "import",
    "in",
    "is",
    "is_def_fn",
    "is_def_var",
    "is_shared",
    "let",
    "loop",
    "match",
    "module",
    "new",
    "nil",
    "null",
    "package",
    "print",
    "private",
    "protected",
    "public",
    "return",
    "same_user",
    "shared",
    "spawn",
    "static",
    "super",
    "switch",
    "sync",
    "target",
    "this",
    "thread",
    "throw",
    "true",
    "try",
    "type_of",
    "until",
    "use",
    "user",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// Whether a name is one that ids may not have.
pub(crate) fn is_reserved(name: &str) -> bool {
    RESERVED.binary_search(&name).is_ok()
}

/// Whether a name is an id: a lower-case letter, then lower-case letters, digits and `_`, 64 at most.
pub(crate) fn is_id(name: &str) -> bool {
    let mut bytes = name.bytes();
    name.len() <= 64
        && bytes.next().is_some_and(|first| first.is_ascii_lowercase())
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[cfg(test)]
mod tests;
