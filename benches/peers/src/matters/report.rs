//! What came out for a firm of one size.

use serde_json::{Value, json};

use super::firm::Size;
use crate::report::Table;
use crate::timing::Timed;

pub(crate) struct MattersReport {
    pub(super) size: Size,
    /// Queries whose answers were compared and that were timed, and how many of them were allowed.
    pub(super) verified: usize,
    pub(super) allowed: usize,
    pub(super) rounds: usize,
    pub(super) timed: Vec<Timed>,
}

impl MattersReport {
    pub(crate) fn text(&self) -> String {
        format!(
            "{}\n{} queries, who opens which matter: every engine gave the same answers, {} of them allow\n\
             median of {} interleaved rounds; ns a query\n\n{}",
            self.size,
            self.verified,
            self.allowed,
            self.rounds,
            Table(&self.timed).text()
        )
    }

    pub(crate) fn json(&self) -> Value {
        let table = Table(&self.timed);
        json!({
            "people": self.size.people,
            "matters": self.size.matters,
            "entries": self.size.entries,
            "queries_verified": self.verified,
            "queries_allowed": self.allowed,
            "rounds": self.rounds,
            "engines": table.json(),
            "fastest_peer": table.fastest_peer().map(|peer| table.engine(peer)),
        })
    }
}
