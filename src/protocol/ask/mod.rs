//! The questions, a file each: the request, the reply, and how the one comes from the other.

mod bulk;
mod can;
mod change;
mod explain;
mod what_can;
mod who_can;
mod why_not;

pub use bulk::{BulkRequest, PartRequest};
pub use can::{CanReply, CanRequest};
pub use change::{ChangeReply, ChangeRequest};
pub use explain::{ExplainReply, ExplainRequest};
pub use what_can::{WhatCanReply, WhatCanRequest};
pub use who_can::{AllowedUser, DeniedUser, WhoCanReply, WhoCanRequest};
pub use why_not::{WhyNotReply, WhyNotRequest};
