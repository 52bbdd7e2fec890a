//! The shape of users and lists in a firm file.

use std::fmt;

use serde::ser::{Serialize, Serializer};

use crate::value::{Day, Domain, Value};

/// A user in the shape of a firm file. Defaults are left out.
#[derive(serde::Serialize)]
pub(crate) struct UserShape<'f> {
    pub(crate) id: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<&'f str>,
    #[serde(skip_serializing_if = "Clone::clone")]
    pub(crate) enabled: bool,
    #[serde(flatten)]
    pub(crate) seats: NamedShapes<'f, SeatShape<'f>>,
}

/// A seat in the shape of a firm file.
#[derive(serde::Serialize)]
pub(crate) struct SeatShape<'f> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) roles: Vec<EntryShape<'f>>,
    #[serde(flatten)]
    pub(crate) settings: NamedShapes<'f, SettingShape<'f>>,
}

/// An id on a list, alone or with the day until which it stands there.
#[derive(Clone, Copy, serde::Serialize)]
#[serde(untagged)]
pub(crate) enum EntryShape<'f> {
    Id(&'f str),
    Until { id: &'f str, until: Day },
}

impl<'f> EntryShape<'f> {
    pub(crate) fn of(id: &'f str, until: Option<Day>) -> Self {
        match until {
            Some(until) => Self::Until { id, until },
            None => Self::Id(id),
        }
    }
}

/// As it stands in a list of a firm file.
impl fmt::Display for EntryShape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => f.write_str(id),
            Self::Until { id, until } => write!(f, "{{ id: {id}, until: {until} }}"),
        }
    }
}

/// The value of a setting. A flag stands without quotes.
#[derive(serde::Serialize)]
#[serde(untagged)]
pub(crate) enum SettingShape<'f> {
    Flag(bool),
    Word(&'f str),
}

impl<'f> SettingShape<'f> {
    pub(super) fn of(domain: &'f Domain, value: Value) -> Self {
        match domain {
            Domain::Flag => Self::Flag(value.is_yes()),
            domain => Self::Word(domain.word(value)),
        }
    }
}

/// Named parts, written as a map.
pub(crate) struct NamedShapes<'f, T>(pub(crate) Vec<(&'f str, T)>);

impl<T: Serialize> Serialize for NamedShapes<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, part)| (name, part)))
    }
}
