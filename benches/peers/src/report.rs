//! What came out, for people and for machines.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::engine::Role;
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
const CRATES: [(&str, &str); 4] = [
    ("clio-rules", LOCK),
    ("cedar-policy", LOCK),
    ("regorus", LOCK),
    ("casbin", CASBIN_LOCK),
];

impl Report {
    /// The two ways of asking clio-rules.
    fn ours(&self) -> impl Iterator<Item = &Timed> {
        self.timed.iter().filter(|timed| timed.role == Role::Ours)
    }

    fn fastest_peer(&self) -> Option<&Timed> {
        let peers = self.timed.iter().filter(|timed| timed.role == Role::Peer);
        peers.min_by(|a, b| a.median().total_cmp(&b.median()))
    }

    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let versions: Vec<String> = versions()
            .map(|(name, version)| format!("{name} {version}"))
            .collect();
        let _ = writeln!(text, "{}", versions.join(", "));
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
        let _ = writeln!(
            text,
            "{:32} {:>10} {:>22} {:>12} {:>10}",
            "engine", "median", "fastest..slowest", "/ handles", "/ names"
        );
        for timed in &self.timed {
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

    pub(crate) fn json(&self) -> Value {
        let engines: Vec<Value> = self.timed.iter().map(|timed| self.engine(timed)).collect();
        let versions: serde_json::Map<String, Value> = versions()
            .map(|(name, version)| (name.to_owned(), version.into()))
            .collect();
        json!({
            "versions": versions,
            "users": self.users,
            "asked": self.actions,
            "queries_verified": self.verified,
            "queries_allowed": self.allowed,
            "queries_timed": self.sample,
            "rounds": self.rounds,
            "engines": engines,
            "fastest_peer": self.fastest_peer().map(|peer| self.engine(peer)),
        })
    }

    fn engine(&self, timed: &Timed) -> Value {
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

/// The crates that are compared, with the versions that the lock file names.
pub(crate) fn versions() -> impl Iterator<Item = (&'static str, &'static str)> {
    CRATES.into_iter().map(|(name, lock)| {
        let line = format!("name = \"{name}\"\nversion = \"");
        let version = lock
            .split_once(&line)
            .and_then(|(_, rest)| rest.split('"').next());
        (name, version.unwrap_or("?"))
    })
}
