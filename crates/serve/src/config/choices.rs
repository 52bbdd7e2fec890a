//! Values of options.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::time::Duration;

use clap::ValueEnum;
use serde::{Deserialize, Deserializer};

/// How the log of the program is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object on each line.
    Json,
}

/// From which weight on the log of the program is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Only what failed.
    Error,
    /// What is suspicious as well.
    Warn,
    /// What happened as well: starts, stops, reloads.
    #[default]
    Info,
    /// Every request as well.
    Debug,
}

/// The choice of one reading, written `NAME=true` or `NAME=false`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingChoice {
    /// The reading.
    pub name: String,
    /// What is chosen.
    pub choice: bool,
}

impl FromStr for ReadingChoice {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, choice) = text.rsplit_once('=').ok_or(Self::FORM)?;
        let choice = choice.parse().map_err(|_| Self::FORM)?;
        let name = name.to_owned();
        Ok(Self { name, choice })
    }
}

impl ReadingChoice {
    const FORM: &str = "write it as NAME=true or NAME=false";

    /// Readings of a file: a map of names to `true` and `false`.
    pub(super) fn read_map<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<Self>, D::Error> {
        let map = BTreeMap::<String, bool>::deserialize(source)?;
        let choice = |(name, choice)| Self { name, choice };
        Ok(map.into_iter().map(choice).collect())
    }
}

/// A time in seconds; parts of a second follow a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seconds(pub Duration);

impl Seconds {
    const FORM: &str = "write it as a number of seconds above 0, such as 2 or 0.5";

    fn of(seconds: f64) -> Option<Self> {
        let time = Duration::try_from_secs_f64(seconds).ok()?;
        // A year is longer than anybody waits, and clocks can still add it.
        let most = Duration::from_secs(365 * 24 * 3600);
        (!time.is_zero() && time <= most).then_some(Self(time))
    }
}

impl FromStr for Seconds {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let seconds = text.parse().map_err(|_| Self::FORM)?;
        Self::of(seconds).ok_or(Self::FORM)
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let seconds = f64::deserialize(source)?;
        Self::of(seconds).ok_or_else(|| serde::de::Error::custom(Self::FORM))
    }
}
