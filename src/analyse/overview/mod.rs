//! Reports: what a rulebook declares, and who may do what by role.

mod catalogue;
mod census;
mod matrix;
pub(crate) mod phrase;
mod promises;
mod things;

pub use catalogue::{
    ActionEntry, BulkEntry, ChangeEntry, EffectEntry, FactEntry, ProductEntry, ReadingEntry,
    RoleEntry, SettingEntry,
};
pub use census::Census;
pub use matrix::{Cell, Matrix, MatrixGroup, MatrixRow, RolesTogether};
#[cfg(feature = "testing")]
pub(crate) use matrix::{NONE_HELD, roles_of_columns};
pub use promises::{AdviceEntry, ConflictEntry, PropertyEntry};
pub use things::{ThingKindEntry, ThingListEntry, ThingPropertyEntry};

#[cfg(test)]
mod tests;
