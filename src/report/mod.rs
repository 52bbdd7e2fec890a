//! Reports: what a rulebook declares, and who may do what by role.

mod catalogue;
mod census;
mod matrix;
mod phrase;

pub use catalogue::{
    ActionEntry, BulkEntry, ChangeEntry, EffectEntry, FactEntry, ProductEntry, ReadingEntry,
    RoleEntry, SettingEntry,
};
pub use census::Census;
pub use matrix::{Cell, Matrix, MatrixGroup, MatrixRow};

#[cfg(test)]
mod tests;
