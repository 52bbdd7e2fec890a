//! Long lists that are serialized from iterators.

use serde::ser::{Serialize, Serializer};

/// The items of an iterator, serialized as a list.
pub(super) struct IteratorList<F>(pub(super) F);

impl<F, I> Serialize for IteratorList<F>
where
    F: Fn() -> I,
    I: Iterator,
    I::Item: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Names with values, serialized as a map.
pub(super) struct PairMap<'p>(pub(super) &'p [(String, String)]);

impl Serialize for PairMap<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::answer::FactMap::serialize(self.0, serializer)
    }
}
