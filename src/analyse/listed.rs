//! Long lists that are written while they are made.

use serde::ser::{Serialize, Serializer};

/// Whatever an iterator gives, written as a list.
pub(super) struct Each<F>(pub(super) F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator,
    I::Item: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Names with values, written as a map.
pub(super) struct Pairs<'p>(pub(super) &'p [(String, String)]);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::answer::given::serialize(self.0, serializer)
    }
}
