//! `batch`: ten million questions as lines of JSON, and as a table of comma-separated values; each a whole process.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot be set up has to stop"
)]

mod support {
    pub(crate) mod process;
}

use std::fs::File;
use std::io::{self, Write};
use std::process::Stdio;

use support::process::{Made, clio_rules, is_trial, median, run};

/// Questions about the example firm, of which the lines are made in turn.
const QUESTIONS: [&str; 8] = [
    r#"{"product":"manage","user":"wren","action":"create_bill"}"#,
    r#"{"product":"manage","user":"tomas","action":"edit_user_profile","target":"wren"}"#,
    r#"{"product":"manage","user":"wren","action":"open_matter","facts":{"matter_access":"listed"}}"#,
    r#"{"product":"grow","user":"tomas","action":"view_reports"}"#,
    r#"{"user":"nadia","action":"create_bill"}"#,
    r#"{"product":"manage","user":"nadia","action":"view_firm_feed"}"#,
    r#"{"product":"manage","user":"wren","action":"edit_user_profile","target":"wren"}"#,
    r#"{"id":17,"product":"manage","user":"tomas","action":"create_bill"}"#,
];

fn lines(out: &mut dyn Write, lines: usize) -> io::Result<()> {
    for question in QUESTIONS.iter().cycle().take(lines) {
        writeln!(out, "{question}")?;
    }
    Ok(())
}

/// The same kind of questions as records below a header.
const RECORDS: [&str; 4] = [
    "manage,wren,create_bill,,",
    "manage,tomas,edit_user_profile,wren,",
    "manage,wren,open_matter,,listed",
    ",nadia,view_firm_feed,,",
];

fn table(out: &mut dyn Write, records: usize) -> io::Result<()> {
    writeln!(out, "product,user,action,target,facts.matter_access")?;
    for record in RECORDS.iter().cycle().take(records) {
        writeln!(out, "{record}")?;
    }
    Ok(())
}

fn main() {
    let many = if is_trial() { 10_000 } else { 10_000_000 };
    measure("lines of JSON", "jsonl", many, |out| lines(out, many));
    measure("records", "csv", many, |out| table(out, many));
}

fn measure(
    what: &str,
    format: &str,
    many: usize,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) {
    let made = Made::new(write);
    let batch = |jobs: Option<&str>| {
        let mut command = clio_rules();
        command.args(["batch", "--format", format]);
        command.args(jobs.iter().flat_map(|jobs| ["--jobs", jobs]));
        command.stdin(File::open(made.path()).expect("it was made"));
        run(command.stdout(Stdio::null()).stderr(Stdio::null()))
    };
    for (cores, jobs) in [("all cores", None), ("one core", Some("1"))] {
        let run = median(if is_trial() { 1 } else { 5 }, || batch(jobs));
        let rate = many as f64 / run.time.as_secs_f64() / 1e6;
        println!("batch, {many} {what}, {cores}: {rate:.2} million a second, {run}");
    }
}
