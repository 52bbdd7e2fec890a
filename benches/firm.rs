//! A firm of a million users, loaded from YAML and from JSON, as a whole process that then answers one question.

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
}
