//! Loading: files and texts to rulebooks, firms, changes and properties, and changes back into files.

pub(crate) mod builtin;
pub(crate) mod changes;
pub(crate) mod firm;
mod loader;
mod properties;
pub(crate) mod rulebook;
pub mod starter;

pub use firm::{FirmEdit, FirmLoader, Progress};
pub use loader::Loader;
