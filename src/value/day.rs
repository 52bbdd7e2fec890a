//! Days of the calendar, for entries that hold until one.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

/// A day of the calendar, written `YYYY-MM-DD`.
///
/// The engine has no clock: whoever loads a firm with entries that end says which day it is looked at.
///
/// ```
/// use clio_rules::Day;
///
/// let day: Day = "2026-12-31".parse()?;
/// assert!(day < Day::new(2027, 1, 1).expect("it is in the calendar"));
/// assert_eq!(day.to_string(), "2026-12-31");
/// assert!("2026-02-30".parse::<Day>().is_err());
/// # Ok::<(), clio_rules::NotADay>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

/// A text is no day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write a day as YYYY-MM-DD, such as 2026-12-31")]
pub struct NotADay;

impl Day {
    /// A day of the years 1 to 9999; none where the calendar has no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let is_known = (1..=9999).contains(&year) && day >= 1 && day <= days_of(year, month)?;
        is_known.then_some(Self { year, month, day })
    }

    /// How many days after this one another day is; less than zero where it is before.
    ///
    /// ```
    /// use clio_rules::Day;
    ///
    /// let day: Day = "2026-12-02".parse()?;
    /// assert_eq!(day.days_to("2027-01-01".parse()?), 30);
    /// assert_eq!(day.days_to("2026-12-01".parse()?), -1);
    /// # Ok::<(), clio_rules::NotADay>(())
    /// ```
    pub fn days_to(self, other: Self) -> i32 {
        other.number() - self.number()
    }

    /// The number of the day, counted from the first one.
    fn number(self) -> i32 {
        let years = i32::from(self.year) - 1;
        let before = (1..self.month).filter_map(|month| days_of(self.year, month));
        let days: i32 = before.map(i32::from).sum();
        years * 365 + years / 4 - years / 100 + years / 400 + days + i32::from(self.day)
    }
}

/// How many days a month has; none where there is no such month.
fn days_of(year: u16, month: u8) -> Option<u8> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    Some(match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    })
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let is_digit = |byte: u8| byte.is_ascii_digit();
        let mut parts = text.split('-');
        let mut part = |length: usize| {
            let part = parts.next().filter(|part| part.len() == length);
            let part = part.filter(|part| part.bytes().all(is_digit));
            part.and_then(|part| part.parse::<u16>().ok())
                .ok_or(NotADay)
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        if parts.next().is_some() {
            return Err(NotADay);
        }
        Self::new(year, month as u8, day as u8).ok_or(NotADay)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
    }
}

#[cfg(test)]
mod tests;
