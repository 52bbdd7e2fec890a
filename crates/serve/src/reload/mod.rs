//! Files that change while the server answers: rules and firms, keys, certificates.
//!
//! Files are looked at a few times a second. That finds what events of the system miss: folders of other computers, links that are
//! turned to another folder, editors that put a new file in the place of the old one. A change counts once nothing has changed for
//! two looks, and what is loaded is thrown away if something changed while it was loaded. So no half-written file is answered from,
//! as long as its writer does not pause; a file that is written beside and renamed is never half.

mod failure;
mod reloader;
mod source;
mod stamps;
mod status;
mod watch;

pub use failure::LoadFailure;
pub use reloader::Reloader;
pub use source::TenantSource;
pub(crate) use source::hex;
pub use status::{FailureSummary, ReloadStatus};
pub(crate) use watch::{Commit, Watchable};

#[cfg(test)]
mod tests;
