//! Nothing is lost: a firm file is whole at every moment, whoever is stopped, whoever else writes, whatever the disk says.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Output;
use std::time::{Duration, Instant};

use pretty_assertions::assert_eq;

use crate::program::{Folder, cases, shipped};

#[cfg(unix)]
mod unix;

const GRANT: [&str; 6] = ["change", "tomas", "grant", "accounts", "otto", "--write"];
const REVOKE: [&str; 6] = ["change", "tomas", "revoke", "accounts", "otto", "--write"];

/// The example firm, its comments included, with many more people, so that writing takes a while.
fn large_firm() -> String {
    let mut text = shipped("fixtures/firm.yaml");
    for number in 0..400 {
        let seat = "manage: { roles: [billing] }";
        writeln!(text, "  # Hired as number {number}.").unwrap();
        writeln!(text, "  - id: hired_{number}\n    name: Hired\n    {seat}").unwrap();
    }
    text
}

/// Numbers that look like chance and are the same in every run.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// A number from 0 to 1.
    pub(crate) fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[test]
fn whoever_is_killed_leaves_the_old_or_the_new_file_whole() {
    let folder = Folder::new().with("firm.yaml", large_firm());
    let without = folder.read("firm.yaml");
    let started = Instant::now();
    assert_eq!(folder.run(GRANT).done().status, 0);
    let whole_run = started.elapsed();
    let with = folder.read("firm.yaml");
    assert!(with != without && with.contains("# Hired as number 399."));
    assert_eq!(folder.run(REVOKE).done().status, 0);
    assert_eq!(folder.read("firm.yaml"), without);

    let (mut old, mut new) = (0, 0);
    let seed = 0x5EED;
    println!("seed {seed:#x}");
    let mut chance = Chance(seed);
    // Two of three are killed around the moment of writing, which is looked for on the way; the third at any moment.
    let mut moment = whole_run.as_secs_f64();
    let rounds = cases(90, 300);
    for round in 0..rounds {
        let before = folder.read("firm.yaml");
        let (words, after) = if before == without {
            (GRANT, &with)
        } else {
            (REVOKE, &without)
        };
        let wait = match round % 3 {
            0 => chance.next() * 1.2 * whole_run.as_secs_f64(),
            _ => moment * (0.9 + 0.2 * chance.next()),
        };
        let mut run = folder.run(words).start();
        std::thread::sleep(Duration::from_secs_f64(wait));
        run.kill().unwrap();
        run.wait().unwrap();
        let found = folder.read("firm.yaml");
        if found == before {
            old += 1;
            moment *= if round % 3 == 0 { 1.0 } else { 1.03 };
        } else {
            assert_eq!(&found, after, "round {round}");
            new += 1;
            moment *= if round % 3 == 0 { 1.0 } else { 0.97 };
        }
    }
    println!("killed {rounds} times: {old} times the old file, {new} times the new one");
    assert!(
        old >= rounds / 10 && new >= rounds / 10,
        "{old} old, {new} new: nothing was shown"
    );

    // What was left behind is no hindrance, and is cleared away.
    let words = if folder.read("firm.yaml") == without {
        GRANT
    } else {
        REVOKE
    };
    assert_eq!(folder.run(words).done().status, 0);
    assert_eq!(folder.names(), ["firm.yaml"]);
}

#[test]
fn of_several_writers_at_once_each_is_done_or_told() {
    // Two for one person, who would be written over first.
    let grants = [
        ["accounts", "otto"],
        ["billing", "otto"],
        ["accounts", "wren"],
        ["billing", "ines"],
    ];
    let words = |[role, who]: [&'static str; 2]| ["change", "tomas", "grant", role, who, "--write"];
    let (mut done, mut told) = (0, 0);
    for _ in 0..20 {
        let folder = Folder::new().with_firm();
        let runs = grants.map(|grant| (grant, folder.run(words(grant)).start()));
        let outcomes: BTreeMap<[&str; 2], Output> = runs
            .into_iter()
            .map(|(grant, run)| (grant, run.wait_with_output().unwrap()))
            .collect();
        let mut written: Vec<[&str; 2]> = Vec::new();
        for (grant, outcome) in &outcomes {
            let error = crate::program::errors(&outcome.stderr);
            if outcome.status.success() {
                written.push(*grant);
                continue;
            }
            assert_eq!(outcome.status.code(), Some(2), "{error}");
            assert!(error.starts_with("error[changed-meanwhile]: "), "{error}");
        }
        done += written.len();
        told += grants.len() - written.len();
        // The same as if those that were accepted had come one after the other, in either order for one person.
        let one_by_one = [written.clone(), written.into_iter().rev().collect()].map(|order| {
            let alone = Folder::new().with_firm();
            for grant in order {
                assert_eq!(alone.run(words(grant)).done().status, 0);
            }
            alone.read("firm.yaml")
        });
        assert!(one_by_one.contains(&folder.read("firm.yaml")));
        assert_eq!(folder.names(), ["firm.yaml"]);
    }
    println!("80 writers, four at once: {done} wrote, {told} were told that somebody else did");
    assert!(done >= 20 && told > 0, "{done} wrote, {told} were told");
}
