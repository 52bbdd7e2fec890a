//! `batch`: ten million lines of questions, as a whole process.

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

fn main() {
    let many = if is_trial() { 10_000 } else { 10_000_000 };
    let made = Made::new(|out| lines(out, many));
    let batch = |jobs: Option<&str>| {
        let mut command = clio_rules();
        command.arg("batch");
        command.args(jobs.iter().flat_map(|jobs| ["--jobs", jobs]));
        command.stdin(File::open(made.path()).expect("it was made"));
        run(command.stdout(Stdio::null()).stderr(Stdio::null()))
    };
    for (what, jobs) in [("all cores", None), ("one core", Some("1"))] {
        let run = median(if is_trial() { 1 } else { 5 }, || batch(jobs));
        let rate = many as f64 / run.time.as_secs_f64() / 1e6;
        println!("batch, {many} lines, {what}: {rate:.2} million lines/s, {run}");
    }
}
