//! Profiles: what one person is in one product, packed into words.

use crate::explore::layout::{Layout, Word};
use crate::link::product::{Product, RoleId};
use crate::value::Value;

/// The profile of a seat without roles, with every setting at its default.
pub(crate) fn empty_seat(layout: &Layout, product: &Product, enabled: bool) -> Vec<Word> {
    let mut words = no_seat(layout, enabled);
    layout.write_seat(product, &mut words);
    words
}

/// The profile of somebody without a seat.
pub(super) fn no_seat(layout: &Layout, enabled: bool) -> Vec<Word> {
    let mut words = vec![0; layout.words()];
    Layout::ENABLED.write(&mut words, Value::from(enabled));
    words
}

/// Whether a profile is a seat.
pub(crate) fn has_seat(words: &[Word]) -> bool {
    Layout::SEAT.read(words).is_yes()
}

/// Whether the person is enabled.
pub(crate) fn is_enabled(words: &[Word]) -> bool {
    Layout::ENABLED.read(words).is_yes()
}

/// The roles that a profile holds itself, in the order of the rule file.
pub(crate) fn roles<'l>(
    layout: &'l Layout,
    product: &Product,
    words: &'l [Word],
) -> impl Iterator<Item = RoleId> + use<'l> {
    let all = (0..product.roles.len()).map(RoleId::from);
    all.filter(|role| layout.role(*role).read(words).is_yes())
}
