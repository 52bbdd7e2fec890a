//! Rows of numbers that are short, one behind the other: of each user the groups that they are in.

use std::sync::Arc;

use super::overlay::Overlay;

/// Rows of numbers in ascending order. A copy shares all rows but those that are set in it.
#[derive(Debug, Clone, Default)]
pub(super) struct NumberRows {
    settled: Arc<SettledRows>,
    altered: Overlay<Arc<[u32]>>,
}

#[derive(Debug, Default)]
struct SettledRows {
    /// Where each row begins, and where the last one ends; nothing where all are empty.
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl NumberRows {
    /// So many rows of pairs, which may come in any order and several times: the row, and a number in it.
    pub(super) fn of(mut pairs: Vec<(u32, u32)>, rows: usize) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let numbers = pairs.iter().map(|(_, number)| *number).collect();
        let mut settled = SettledRows {
            starts: Vec::new(),
            numbers,
        };
        if !pairs.is_empty() {
            let mut rest = pairs.iter().peekable();
            let mut start = 0;
            settled.starts.extend((0..=rows as u32).map(|row| {
                while rest.next_if(|(of, _)| *of < row).is_some() {
                    start += 1;
                }
                start
            }));
        }
        Self {
            settled: Arc::new(settled),
            altered: Overlay::default(),
        }
    }

    /// A row; empty for one that is not there.
    #[inline]
    pub(super) fn row(&self, row: u32) -> &[u32] {
        let place = row as usize;
        if let Some(altered) = self.altered.get(place) {
            return altered;
        }
        let SettledRows { starts, numbers } = &*self.settled;
        let starts = starts.get(place..).and_then(|starts| starts.first_chunk());
        let row = starts.and_then(|[start, end]| numbers.get(*start as usize..*end as usize));
        row.unwrap_or_default()
    }

    /// Replaces a row by numbers in ascending order.
    pub(super) fn set(&mut self, row: u32, numbers: Vec<u32>) {
        if self.row(row) != numbers {
            self.altered.set(row as usize, numbers.into());
        }
    }
}
