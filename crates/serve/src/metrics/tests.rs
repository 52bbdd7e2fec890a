use std::time::Duration;

use super::histogram::Histogram;
use super::{Endpoint, Metrics};
use crate::http::ROUTES;

#[test]
fn a_time_at_the_end_of_a_bucket_belongs_to_it() {
    let histogram = Histogram::default();
    for micros in [0, 50, 51, 10_000_000, 10_000_001] {
        histogram.note(Duration::from_micros(micros));
    }
    let (up_to, total) = histogram.totals();
    assert_eq!((up_to[0], up_to[1], up_to[11], total), (2, 3, 4, 5));
    assert_eq!(histogram.microseconds(), 20_000_102);
}

#[test]
fn every_route_is_counted_by_itself() {
    let mut labels: Vec<&str> = ROUTES
        .iter()
        .map(|(path, _)| Endpoint::of(path).label())
        .collect();
    labels.retain(|label| *label != "other");
    let count = labels.len();
    labels.sort_unstable();
    labels.dedup();
    assert_eq!(labels.len(), count);
    assert!(
        Endpoint::ALL
            .iter()
            .enumerate()
            .all(|(place, endpoint)| *endpoint as usize == place)
    );
}

#[test]
fn strangers_make_no_new_numbers() {
    let metrics = Metrics::default();
    metrics.answered(Endpoint::of("/\"} 1\n"), 599, Duration::ZERO);
    let counted: u64 = metrics
        .requests
        .iter()
        .flatten()
        .map(super::Count::get)
        .sum();
    assert_eq!(counted, 1);
}
