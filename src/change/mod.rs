//! Permission changes: validated, with every reason and effect, and the resulting firm.

mod alterations;
mod applied;
mod apply;
pub(crate) mod arguments;
mod bulk;
mod handle;
pub(crate) mod holders;
pub(crate) mod judge;
mod judgement;
pub(crate) mod offered;
mod request;
pub(crate) mod resolve;
mod thing_writes;
mod verdict;
mod words;
pub(crate) mod writes;
mod written_entries;
mod written_things;

pub(crate) use alterations::Consequences;
pub use applied::AppliedChange;
pub use handle::{ChangeHandle, ChangeTarget};
pub use judgement::Judgement;
pub(crate) use request::ChangeNames;
#[cfg(feature = "protocol")]
pub(crate) use request::with_arguments;
pub use request::{Bulk, Change, ChangePart};
pub(crate) use verdict::in_words;
pub use verdict::{AlteredThing, AlteredValue, Reason, Verdict, VerdictWord};

#[cfg(test)]
mod tests;
