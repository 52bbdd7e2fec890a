//! The questions, one file each: the request, the reply, and how to answer.

mod access;
mod apply;
mod can;
mod catalogue;
mod change;
mod check;
mod diff;
mod diff_firm;
mod explain;
mod how_can;
mod matrix;
mod page;
mod prove;
mod review;
mod simulate;
mod test;
mod what_can;
mod where_can;
mod who_can;
mod why_not;

pub use access::{AccessReply, AccessRequest, AccessUser};
pub use apply::{ApplyReply, ApplyRequest};
pub use can::{ActionElsewhere, CanReply};
pub use catalogue::{CatalogueReply, CatalogueRequest};
pub use change::ChangeReply;
pub use check::{CensusReply, CheckReply, CheckRequest};
pub use diff::DiffRequest;
pub use diff_firm::DiffFirmRequest;
pub use explain::{ExplainReply, ExplainRequest};
pub use how_can::HowCanRequest;
pub use matrix::{MatrixReply, MatrixRequest};
pub use prove::ProveRequest;
pub use review::ReviewRequest;
pub use simulate::{AnywayReply, SimulateReply, SimulateRequest, SimulateStep, WishRequest};
pub use test::{
    Failure, Report, RunTime, Status, SuiteReport, TestBench, TestReport, TestRequest, Totals,
};
pub use what_can::WhatCanRequest;
pub use where_can::{AllowedTarget, WhereCanReply, WhereCanRequest};
pub use who_can::{AllowedUser, DeniedUser, WhoCanReply, WhoCanRequest};
pub use why_not::{WhyNotReply, WhyNotRequest};
