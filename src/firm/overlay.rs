//! Values that lie over those of a table: what changes have altered, in memory that all states of a firm share.

use std::sync::Arc;

/// Values by place; few places have one. A copy shares everything. A value that is set in it copies only the blocks on the way to
/// that value, so it takes the same time however large the table is.
#[derive(Debug, Clone)]
pub(crate) struct Overlay<T> {
    /// None where no place has a value.
    root: Option<Arc<OverlayRoot<T>>>,
}

/// By the upper bits of a place.
type OverlayRoot<T> = [Option<Arc<OverlayBranch<T>>>];

/// By the bits in the middle.
type OverlayBranch<T> = [Option<Arc<OverlayLeaf<T>>>; FANOUT];

/// By the lowest bits.
type OverlayLeaf<T> = [Option<T>; FANOUT];

/// So few values are copied as quickly as one is laid over them, and then read faster.
pub(super) const FEW: usize = 4_096;

/// Each level takes so many bits of a place.
const BITS: u32 = 8;
const FANOUT: usize = 1 << BITS;

/// The numbers on the way to a place.
#[inline]
fn way(place: usize) -> [usize; 3] {
    let step = |level: u32| (place >> (level * BITS)) as u8;
    [
        place >> (2 * BITS),
        usize::from(step(1)),
        usize::from(step(0)),
    ]
}

impl<T> Default for Overlay<T> {
    fn default() -> Self {
        Self { root: None }
    }
}

impl<T> Overlay<T> {
    /// Whether no place has a value.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    /// The value of a place; none where what lies below still holds.
    #[inline]
    pub(crate) fn get(&self, place: usize) -> Option<&T> {
        let root = self.root.as_ref()?;
        let [first, second, third] = way(place);
        let branch = root.get(first)?.as_ref()?;
        let leaf = branch.get(second)?.as_ref()?;
        leaf.get(third)?.as_ref()
    }

    /// All values, in the order of their places.
    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        let branches = self.root.iter().flat_map(|root| root.iter()).flatten();
        let leaves = branches.flat_map(|branch| branch.iter()).flatten();
        leaves.flat_map(|leaf| leaf.iter()).flatten()
    }
}

impl<T: Clone> Overlay<T> {
    /// Gives a place a value.
    pub(crate) fn set(&mut self, place: usize, value: T) {
        let [first, second, third] = way(place);
        let known = self.root.get_or_insert_with(|| Arc::new([]));
        if known.len() <= first {
            let more = (known.len()..=first).map(|_| None);
            *known = known.iter().cloned().chain(more).collect();
        }
        let root = Arc::make_mut(known);
        let branch = root.get_mut(first).map(block);
        let leaf = branch.and_then(|branch| branch.get_mut(second).map(block));
        if let Some(known) = leaf.and_then(|leaf| leaf.get_mut(third)) {
            *known = Some(value);
        }
    }
}

/// A block that nobody else sees.
fn block<T: Clone>(place: &mut Option<Arc<[Option<T>; FANOUT]>>) -> &mut [Option<T>; FANOUT] {
    let empty = || Arc::new(std::array::from_fn(|_| None));
    Arc::make_mut(place.get_or_insert_with(empty))
}

#[cfg(test)]
mod tests;
