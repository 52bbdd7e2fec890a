//! Whatever asks more than one question at once: from tables, and never from scripts.

mod listed;
mod missing;
mod who_can;

pub use missing::Missing;
pub use who_can::{WhoCan, WhoCanAllowed, WhoCanDenied};
