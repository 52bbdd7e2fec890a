//! How long answers took.

use std::time::Duration;

use super::Count;

/// The upper ends of the buckets in microseconds; one more bucket has no end.
pub(super) const ENDS: [u64; 12] = [
    50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 1_000_000, 10_000_000,
];

/// Times, counted in buckets.
#[derive(Debug, Default)]
pub(super) struct Histogram {
    buckets: [Count; ENDS.len() + 1],
    microseconds: Count,
}

impl Histogram {
    pub(super) fn note(&self, time: Duration) {
        let microseconds = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let bucket = ENDS.partition_point(|&end| end < microseconds);
        if let Some(bucket) = self.buckets.get(bucket) {
            bucket.add(1);
        }
        self.microseconds.add(microseconds);
    }

    /// How many took at most as long as each end, and how many there were.
    pub(super) fn totals(&self) -> ([u64; ENDS.len()], u64) {
        let mut counts = self.buckets.iter().map(Count::get);
        let mut total = 0;
        let up_to = ENDS.map(|_| {
            total += counts.next().unwrap_or_default();
            total
        });
        (up_to, total + counts.sum::<u64>())
    }

    pub(super) fn microseconds(&self) -> u64 {
        self.microseconds.get()
    }
}
