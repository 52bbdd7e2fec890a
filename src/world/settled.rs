//! What follows of people's roles from what every firm keeps to, so that nobody has to ask.

use crate::link::product::{Product, RoleId};

/// Some people of a firm, no two of whom are the same, and what is known of their roles.
pub(crate) trait KnownRoles {
    /// Somebody.
    type Who: Copy + PartialEq;

    /// Everybody who is known of.
    fn people(&self) -> Vec<Self::Who>;

    /// Whether somebody holds a role itself, where that is said.
    fn said(&self, who: Self::Who, role: RoleId) -> Option<bool>;

    /// Whether somebody is known to be disabled.
    fn is_disabled(&self, who: Self::Who) -> bool;
}

/// Whether somebody holds a role itself: what is said, or follows from what is said of everybody.
pub(crate) fn held<K: KnownRoles>(
    product: &Product,
    known: &K,
    who: K::Who,
    role: RoleId,
) -> Option<bool> {
    if let Some(said) = known.said(who, role) {
        return Some(said);
    }
    if let Some(holders) = product.single_holder(role) {
        let others = known.people().into_iter().filter(|other| *other != who);
        let by_other = others
            .into_iter()
            .any(|other| known.said(other, role) == Some(true));
        if by_other || holders.enabled && known.is_disabled(who) {
            return Some(false);
        }
    }
    if !product.levels.contains(&role) {
        return None;
    }
    let others = product.levels.iter().filter(|level| **level != role);
    let said: Vec<Option<bool>> = others.map(|level| known.said(who, *level)).collect();
    if said.contains(&Some(true)) {
        Some(false)
    } else {
        said.iter().all(|said| *said == Some(false)).then_some(true)
    }
}

/// Whether somebody has to be enabled, for what they hold.
pub(crate) fn must_be_enabled<K: KnownRoles>(product: &Product, known: &K, who: K::Who) -> bool {
    let mut holders = product.single_holders();
    holders.any(|(role, holders)| holders.enabled && known.said(who, role) == Some(true))
}
