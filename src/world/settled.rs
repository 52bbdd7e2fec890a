//! What the invariants of every firm imply about people's roles, so that it need not be asked.

use crate::link::product::{Product, RoleId};

/// Some different people of a firm, and the knowledge about their roles.
pub(crate) trait KnownRoles {
    /// A person.
    type Who: Copy + PartialEq;

    /// Everybody about whom something is known.
    fn people(&self) -> Vec<Self::Who>;

    /// Whether somebody holds a role directly, if that is recorded.
    fn stated_role(&self, who: Self::Who, role: RoleId) -> Option<bool>;

    /// Whether somebody is known to be disabled.
    fn is_disabled(&self, who: Self::Who) -> bool;
}

/// Whether somebody holds a role directly. It is recorded, or follows from the records about everybody.
pub(crate) fn held<K: KnownRoles>(
    product: &Product,
    known: &K,
    who: K::Who,
    role: RoleId,
) -> Option<bool> {
    if let Some(stated) = known.stated_role(who, role) {
        return Some(stated);
    }
    if let Some(holders) = product.single_holder(role) {
        let others = known.people().into_iter().filter(|other| *other != who);
        let by_other = others
            .into_iter()
            .any(|other| known.stated_role(other, role) == Some(true));
        if by_other || holders.enabled && known.is_disabled(who) {
            return Some(false);
        }
    }
    if !product.levels.contains(&role) {
        return None;
    }
    let others = product.levels.iter().filter(|level| **level != role);
    let stated: Vec<Option<bool>> = others.map(|level| known.stated_role(who, *level)).collect();
    if stated.contains(&Some(true)) {
        Some(false)
    } else {
        stated
            .iter()
            .all(|stated| *stated == Some(false))
            .then_some(true)
    }
}

/// Whether the roles of somebody require them to be enabled.
pub(crate) fn must_be_enabled<K: KnownRoles>(product: &Product, known: &K, who: K::Who) -> bool {
    let mut holders = product.single_holders();
    holders.any(|(role, holders)| holders.enabled && known.stated_role(who, role) == Some(true))
}
