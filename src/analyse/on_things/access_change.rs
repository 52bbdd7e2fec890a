//! What changes for people on a thing.

/// That something is allowed in one state and not in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct AccessChange {
    pub(super) is_lost: bool,
    /// The number of the lists through which it is allowed.
    pub(super) paths: u32,
}

/// What changes for people of a kind whom no list names.
pub(super) type KindChange = (u32, AccessChange);

/// A person for whom something else changes than for their kind, or nothing.
pub(super) type OwnChange = (u32, Option<AccessChange>);

/// What changes for people of a kind.
pub(super) fn of_kind(changes: &[KindChange], kind: u32) -> Option<AccessChange> {
    let place = changes.binary_search_by_key(&kind, |(kind, _)| *kind);
    let (_, change) = changes.get(place.ok()?)?;
    Some(*change)
}
