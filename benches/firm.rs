//! A firm of a million users, loaded from YAML and from JSON, and one of a million users, a million things with ten entries each and
//! a thousand groups nested three deep, whose things stand in JSON lines; each as a whole process that then answers one question.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot be set up has to stop"
)]

mod support {
    pub(crate) mod process;
}

use std::io::{self, Write};
use std::process::Stdio;

use support::process::{Made, clio_rules, is_trial, median, run};

const ROLES: [&str; 6] = [
    "",
    "billing",
    "reports",
    "accounts",
    "reports, billing",
    "administrator",
];
const RATES: [&str; 3] = ["all", "own", "none"];

fn yaml(out: &mut dyn Write, users: usize) -> io::Result<()> {
    writeln!(out, "firm: Large\nusers:")?;
    for user in 0..users {
        let roles = if user == 0 {
            "primary_subscriber"
        } else {
            ROLES[user % 6]
        };
        let level = if user % 50 == 0 { "admin" } else { "normal" };
        writeln!(
            out,
            "  - id: u{user:07}\n    name: Person {user}\n    manage:\n      roles: [{roles}]\n      billing_rate_visibility: {}\n    grow:\n      roles: [{level}]",
            RATES[user % 3]
        )?;
    }
    Ok(())
}

fn json(out: &mut dyn Write, users: usize) -> io::Result<()> {
    write!(out, "{{\"firm\":\"Large\",\"users\":[")?;
    for user in 0..users {
        let roles = if user == 0 {
            "primary_subscriber"
        } else {
            ROLES[user % 6]
        };
        let roles: Vec<String> = roles
            .split(", ")
            .filter(|role| !role.is_empty())
            .map(|role| format!("\"{role}\""))
            .collect();
        let level = if user % 50 == 0 { "admin" } else { "normal" };
        let comma = if user == 0 { "" } else { "," };
        write!(
            out,
            "{comma}\n{{\"id\":\"u{user:07}\",\"name\":\"Person {user}\",\"manage\":{{\"roles\":[{}],\"billing_rate_visibility\":\"{}\"}},\"grow\":{{\"roles\":[\"{level}\"]}}}}",
            roles.join(","),
            RATES[user % 3]
        )?;
    }
    writeln!(out, "]}}")
}

/// People, of whom everyone but the first is a guest, and groups: every group but the first of three holds the one before it.
fn hub_people(out: &mut dyn Write, users: usize, groups: usize) -> io::Result<()> {
    write!(out, "{{\"firm\":\"Large\",\"users\":[")?;
    for user in 0..users {
        let comma = if user == 0 { "" } else { "," };
        let role = if user == 0 { "owner" } else { "guest" };
        write!(
            out,
            "{comma}\n{{\"id\":\"u{user:07}\",\"name\":\"Person {user}\",\"hub\":{{\"roles\":[\"{role}\"]}}}}"
        )?;
    }
    write!(out, "],\n\"groups\":{{")?;
    for group in 0..groups {
        let comma = if group == 0 { "" } else { "," };
        write!(out, "{comma}\n\"g{group:04}\":[")?;
        for member in 0..10 {
            write!(out, "\"u{:07}\",", spread(group * 10 + member, users))?;
        }
        match group % 3 {
            0 => write!(out, "\"u{:07}\"]", spread(group * 10 + 10, users))?,
            _ => write!(out, "\"g{:04}\"]", group - 1)?,
        }
    }
    writeln!(
        out,
        "}},\n\"things\":{{\"repository\":{{\"file\":\"repositories.jsonl\"}}}}}}"
    )
}

/// Things with eight people and two groups on their lists, a line each.
fn hub_things(out: &mut dyn Write, things: usize, users: usize, groups: usize) -> io::Result<()> {
    for thing in 0..things {
        let user = |entry: usize| spread(thing * 8 + entry, users);
        let four = |first: usize| {
            let users = (first..first + 4).map(|entry| format!("\"u{:07}\"", user(entry)));
            users.collect::<Vec<_>>().join(",")
        };
        let [one, other] = [thing % groups, (thing + groups / 2) % groups];
        writeln!(
            out,
            "{{\"id\":\"r{thing:07}\",\"write\":[{},\"g{one:04}\",\"g{other:04}\"],\"read\":[{}]}}",
            four(0),
            four(4)
        )?;
    }
    Ok(())
}

/// Numbers below a bound that differ from each other as long as there are enough, and lie far apart.
fn spread(number: usize, below: usize) -> usize {
    number.wrapping_mul(7_919) % below
}

/// A folder with rules about things, and a firm of so many users and as many things.
fn hub(many: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    let groups = (many / 10).min(1_000);
    let write = |name: &str, write: &dyn Fn(&mut dyn Write) -> io::Result<()>| {
        let file = std::fs::File::create(folder.path().join(name)).expect("there is room");
        let mut out = io::BufWriter::new(file);
        write(&mut out)
            .and_then(|()| out.flush())
            .expect("there is room");
    };
    std::fs::create_dir(folder.path().join("rules")).expect("there is room");
    let rules = include_bytes!("../src/tests/things/hub.yaml");
    write("rules/hub.yaml", &|out| out.write_all(rules));
    write("firm.json", &|out| hub_people(out, many, groups));
    write("repositories.jsonl", &|out| {
        hub_things(out, many, many, groups)
    });
    folder
}

/// Writes a firm of so many users.
type WriteFirm = fn(&mut dyn Write, usize) -> io::Result<()>;

fn main() {
    let many = if is_trial() { 1_000 } else { 1_000_000 };
    for (what, write) in [("YAML", yaml as WriteFirm), ("JSON", json)] {
        let made = Made::new(|out| write(out, many));
        let size = std::fs::metadata(made.path()).expect("it was made").len() >> 20;
        let load = || {
            let mut command = clio_rules();
            command.arg("can").arg("--firm").arg(made.path());
            run(command
                .args(["u0000001", "create_bill"])
                .stdout(Stdio::null())
                .stderr(Stdio::null()))
        };
        let run = median(if is_trial() { 1 } else { 5 }, load);
        println!("{many} users from {what} ({size} MB): {run}");
    }
    let folder = hub(many);
    let load = || {
        let mut command = clio_rules();
        command.current_dir(folder.path());
        run(command
            .args(["can", "--firm", "firm.json", "u0000000", "push", "r0000001"])
            .stdout(Stdio::null())
            .stderr(Stdio::null()))
    };
    let run = median(if is_trial() { 1 } else { 5 }, load);
    println!("{many} users from JSON and as many things from JSON lines: {run}");
}
