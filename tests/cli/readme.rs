//! What the README and the documents show is run: every console block of a file in order, in one folder, with its
//! output compared. `BLESS=1` writes the outputs anew.

use std::path::{Path, PathBuf};
use std::process::Command;

use pretty_assertions::assert_eq;

use crate::program::Folder;

const PROGRAM: &str = env!("CARGO_BIN_EXE_clio-rules");
const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// A shell session whose folder stays from one command to the next.
struct Session {
    folder: PathBuf,
}

impl Session {
    /// What a command prints, standard error included, as a person sees it.
    fn run(&mut self, command: &str) -> String {
        if let Some(folder) = command.strip_prefix("cd ") {
            self.folder = self.folder.join(folder.trim());
            return String::new();
        }
        let programs = Path::new(PROGRAM).parent().expect("it stands in a folder");
        let path = std::env::var("PATH").unwrap_or_default();
        let output = Command::new("sh")
            .args(["-c", &format!("{{ {command}\n}} 2>&1")])
            .current_dir(&self.folder)
            .env("PATH", format!("{}:{path}", programs.display()))
            .output()
            .expect("there is a shell");
        String::from_utf8(output.stdout).expect("the output is text")
    }

    /// A console block with the outputs that its commands really have.
    fn replay(&mut self, block: &str) -> String {
        let mut replayed = String::new();
        let mut lines = block.lines().peekable();
        while let Some(line) = lines.next() {
            let Some(command) = line.strip_prefix("$ ") else {
                continue;
            };
            let mut command = command.to_owned();
            if command.contains("<<'END'") {
                for line in lines.by_ref() {
                    command.push('\n');
                    command.push_str(line);
                    if line == "END" {
                        break;
                    }
                }
            }
            replayed.push_str(&format!("$ {command}\n"));
            replayed.push_str(&self.run(&command));
        }
        replayed
    }
}

/// Runs the console blocks of a file, of which there are this many at least, and compares.
fn replay(file: &str, at_least: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let written = || std::fs::read_to_string(&path).expect("the file is there");
    let text = written();
    let place = Folder::new();
    let mut session = Session {
        folder: place.path().to_owned(),
    };
    let mut replayed = String::new();
    let mut rest = text.as_str();
    let mut blocks = 0;
    while let Some((before, after)) = rest.split_once("```console\n") {
        let (block, after) = after.split_once("```\n").expect("a block ends");
        replayed.push_str(before);
        replayed.push_str(&format!("```console\n{}```\n", session.replay(block)));
        rest = after;
        blocks += 1;
    }
    replayed.push_str(rest);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &replayed).expect("it can be written");
    }
    assert!(blocks >= at_least, "only {blocks} blocks were run");
    assert_eq!(
        written(),
        replayed,
        "BLESS=1 cargo test --test cli readme writes the outputs anew"
    );
}

#[test]
fn every_console_block_of_the_readme_works_as_written() {
    replay("README.md", 11);
}

#[test]
fn every_question_of_the_documents_is_answered_as_written() {
    replay("docs/questions.md", 9);
}

#[test]
fn every_suite_of_the_documents_runs_as_written() {
    replay("docs/fixtures.md", 5);
}

#[test]
fn the_first_of_the_two_commands_ends_with_a_yes() {
    let readme = std::fs::read_to_string(README).expect("there is a README");
    let commands: Vec<&str> = readme
        .lines()
        .filter(|line| line.starts_with("cargo "))
        .collect();
    assert_eq!(commands.len(), 2, "{commands:?}");
    let words = commands[0]
        .strip_prefix("cargo run -- ")
        .expect("it runs the program");
    let status = Command::new(PROGRAM)
        .args(words.split(' '))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program runs")
        .status;
    assert_eq!(status.code(), Some(0));
    assert_eq!(commands[1], "cargo test");
}
