//! The program as it is run.

use std::io;
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> io::Result<Output> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clio-rules-conformance"));
    command.args(arguments).output()
}

#[test]
fn in_a_pipe_it_prints_what_it_compared_and_no_progress() {
    let ran =
        run(&["--quick", "--rulebooks", "3", "--firms", "2", "--seed", "8"]).expect("it runs");
    let stdout = String::from_utf8(ran.stdout).expect("it is text");
    assert_eq!(ran.status.code(), Some(0), "{stdout}");
    assert_eq!(String::from_utf8_lossy(&ran.stderr), "");
    for line in [
        "manage\n  decisions      670160,    271040 allowed\n",
        "grow\n  decisions         210,        44 allowed\n",
        "tables, scripts and Cedar agree on this part of what can be asked\n",
        "manage, firms with things, made from seed 8 on\n  firms               2, ",
        "hosting, firms with things, made from seed 8 on\n  firms               2, ",
        "tables, scripts and Cedar agree on all that was asked about things\n",
        "made from seed 8 on\n  rulebooks           3,         0 rejected\n",
        "tables and scripts agree on everything that can be asked of them\n",
    ] {
        assert!(stdout.contains(line), "{line:?} is missing in\n{stdout}");
    }
}

#[test]
fn what_it_does_not_know_it_answers_with_how_it_is_used() {
    let ran = run(&["--fast"]).expect("it runs");
    assert_eq!(ran.status.code(), Some(2));
    assert!(ran.stdout.is_empty());
    assert!(String::from_utf8_lossy(&ran.stderr).starts_with("usage: clio-rules-conformance "));
}
