//! Pipes: closed ones, slow ones, and ones that are talked through.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Child;

use pretty_assertions::assert_eq;

use crate::program::Folder;

/// Closes the reading end of its output at once, and waits for it.
fn deaf(mut child: Child) -> (i32, String) {
    drop(child.stdout.take());
    drop(child.stdin.take());
    let mut stderr = Vec::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_end(&mut stderr)
        .unwrap();
    let code = child.wait().unwrap().code().unwrap();
    (code, crate::program::errors(&stderr))
}

#[test]
fn a_closed_pipe_ends_quietly_and_keeps_the_answer() {
    let folder = Folder::new().with_firm();
    let denied = folder.run(["can", "wren", "create_bill"]).start();
    assert_eq!(deaf(denied), (1, String::new()));
    let allowed = folder.run(["can", "wren", "share_calendars"]).start();
    assert_eq!(deaf(allowed), (0, String::new()));
    for command in ["explain", "prove", "batch", "--help"] {
        let (status, stderr) = deaf(folder.run([command]).start());
        assert_eq!((status, stderr.as_str()), (0, ""), "{command}");
    }
    // What is found about the firm is no answer: it goes elsewhere.
    let (status, stderr) = deaf(folder.run(["check"]).start());
    assert_eq!(
        (status, stderr.matches("warning[").count()),
        (0, 3),
        "{stderr}"
    );
}

/// Every way to end: an answer, findings, pages, lists, help.
const WRITES: &[&str] = &[
    "can wren share_calendars",
    "can wren share_calendars --why --format json",
    "who-can create_bill",
    "what-can wren",
    "where-can tomas edit_user_profile",
    "how-can wren create_bill",
    "why-not wren create_bill",
    "simulate wren --grant billing",
    "change tomas grant billing wren",
    "test",
    "test --coverage --format json",
    "sources",
    "check",
    "check --format json",
    "matrix",
    "matrix --format html",
    "matrix --format csv",
    "review",
    "review --format markdown",
    "review --format csv",
    "access",
    "access --format csv",
    "prove",
    "diff RULES RULES",
    "diff --firm firm.yaml firm.yaml",
    "schema firm",
    "explain",
    "explain unknown-user --format json",
    "completions bash",
    "completions zsh",
    "can nobody share_calendars --format json",
    "--help",
    "--version",
    "help",
    "can --help",
    "help can",
];

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_reported_once_and_is_no_answer() {
    let folder = Folder::new().with_firm();
    let rules = Folder::new().with_rules();
    for line in WRITES {
        let line = line.replace("RULES", rules.path().join("rules").to_str().unwrap());
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_clio-rules"))
            .args(line.split(' '))
            .current_dir(folder.path())
            .stdout(full)
            .output()
            .unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        let report = "error: the answer cannot be written: no storage space\n";
        assert_eq!(output.status.code(), Some(2), "{line}: {stderr}");
        assert_eq!(stderr.matches(report).count(), 1, "{line}: {stderr}");
        assert!(stderr.ends_with(report), "{line}: {stderr}");
    }
}

#[test]
fn batch_stops_when_nobody_reads_on() {
    let folder = Folder::new().with_firm();
    let mut child = folder.run(["batch"]).start();
    let mut stdin = child.stdin.take().unwrap();
    drop(child.stdout.take());
    let line = b"{\"user\":\"wren\",\"action\":\"create_bill\"}\n".repeat(1000);
    // It would write for ever, were it not for the pipe that breaks when the run ends.
    while stdin.write_all(&line).is_ok() {}
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn batch_answers_each_line_before_it_waits_for_the_next() {
    let folder = Folder::new().with_firm();
    let mut child = folder.run(["batch"]).start();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for (id, decision) in [(1, "deny"), (2, "deny")] {
        writeln!(
            stdin,
            r#"{{"id":{id},"user":"wren","action":"create_bill"}}"#
        )
        .unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let answer: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["id"], id);
        assert_eq!(answer["decision"], decision);
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
