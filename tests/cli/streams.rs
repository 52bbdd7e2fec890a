//! Pipes: closed ones, slow ones, and ones that are talked through.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Child;

use pretty_assertions::assert_eq;

use crate::program::Folder;

/// Closes the reading end of its output at once, and waits for it.
fn deaf(mut child: Child) -> (i32, String) {
    drop(child.stdout.take());
    drop(child.stdin.take());
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    (child.wait().unwrap().code().unwrap(), stderr)
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

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_once_and_is_no_answer() {
    let folder = Folder::new().with_firm();
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_clio-rules"))
        .args(["can", "wren", "share_calendars"])
        .current_dir(folder.path())
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        stderr,
        "error: the answer cannot be written: no storage space\n"
    );
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
