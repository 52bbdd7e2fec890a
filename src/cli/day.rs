//! The day on which a firm is looked at.

use clap::error::ErrorKind;
use clio_rules::{Day, FirmLoader, Rulebook};

use super::failure::CommandFailure;

/// A value of `--on`: a day; for some commands also a thing.
#[derive(Debug, Clone)]
pub(crate) enum OnArg {
    Day(Day),
    Thing(String),
}

impl OnArg {
    /// Only a day.
    pub(crate) fn day(text: &str) -> Result<Self, String> {
        text.parse()
            .map(Self::Day)
            .map_err(|wrong: clio_rules::NotADay| wrong.to_string())
    }

    /// A day, else the id of a thing.
    pub(crate) fn day_or_thing(text: &str) -> Result<Self, String> {
        Ok(Self::day(text).unwrap_or_else(|_| Self::Thing(text.to_owned())))
    }
}

/// The one value that an option may have.
pub(crate) fn only<T>(
    what: &str,
    mut values: impl Iterator<Item = T>,
) -> Result<Option<T>, CommandFailure> {
    match (values.next(), values.next()) {
        (first, None) => Ok(first),
        _ => Err(usage(&format!("--on takes one {what} here"))),
    }
}

/// Arguments that do not go together.
pub(crate) fn usage(what: &str) -> CommandFailure {
    CommandFailure::Usage(clap::Error::raw(
        ErrorKind::ArgumentConflict,
        format!("{what}\n\nFor more information, try '--help'.\n"),
    ))
}

/// Today in the time zone of this computer.
fn today() -> Option<Day> {
    let today = jiff::ZonedDateTime::now().date();
    let [month, day] = [today.month(), today.day()].map(i8::unsigned_abs);
    Day::new(today.year().unsigned_abs(), month, day)
}

/// Loads firms as they are on a day, or today.
pub(crate) fn loader(rulebook: &Rulebook, day: Option<Day>) -> FirmLoader<'_> {
    let loader = FirmLoader::new(rulebook);
    day.or_else(today).map_or(loader, |day| loader.on(day))
}
