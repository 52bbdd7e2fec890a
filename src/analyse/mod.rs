//! Whatever asks more than one question at once: from tables, and never from scripts.

mod cover;
mod difference;
mod firm_difference;

pub use difference::{ChangeKind, RuleChange, RulebookDifference};
pub use firm_difference::{
    Access, FirmDifference, GivenTaken, Impossible, OnWhom, Outside, OutsideKind, ReadingChange,
    Renamed, SettingChange, Step, UserDifference,
};
