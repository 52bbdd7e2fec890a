//! Today, and moments as they are written.

use clio_rules::Day;
use serde::Serialize;

/// A moment, written as RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(jiff::Timestamp);

impl Timestamp {
    /// The moment that it is.
    #[must_use]
    pub fn now() -> Self {
        Self(jiff::Timestamp::now())
    }

    /// The moment after so much time.
    pub(crate) fn after(time: std::time::Duration) -> Self {
        let now = jiff::Timestamp::now();
        let time = jiff::SignedDuration::try_from(time).unwrap_or(jiff::SignedDuration::ZERO);
        Self(now.checked_add(time).unwrap_or(now))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{:.3}", self.0))
    }
}

/// Today in the time zone of this computer, as the command line knows it.
pub(crate) fn today() -> Option<Day> {
    let today = jiff::ZonedDateTime::now().date();
    let [month, day] = [today.month(), today.day()].map(i8::unsigned_abs);
    Day::new(today.year().unsigned_abs(), month, day)
}
