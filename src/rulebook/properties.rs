//! Properties beside those of the rule files, looked up in a rulebook.

use std::num::NonZeroU32;

use crate::link::product::Property;

/// Properties of a file, to be proven instead of those of the rule files.
///
/// A file of them has the two keys `product` and `properties`, the second as in a rule file, where `basis` and `section` may be
/// left out. For several products it is a list of such parts. Its ids are its own: a promise of the rule files can stand there
/// again, with more or less in it.
#[derive(Debug, Clone)]
pub struct Properties {
    /// Each with the number of its product.
    pub(crate) list: Vec<(usize, Property)>,
    /// Of the rulebook whose names were looked up.
    pub(crate) stamp: NonZeroU32,
}

impl Properties {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
