//! What the README and the documents show is tried: every block of a file in order, in one folder. Commands are run and
//! their outputs compared, files are written and loaded. `BLESS=1` writes the outputs anew.

mod block;
mod session;

use std::path::Path;
use std::process::Command;

use pretty_assertions::assert_eq;

use crate::program::Folder;
use block::{Kind, blocks};
use session::Session;

const PROGRAM: &str = env!("CARGO_BIN_EXE_clio-rules");
const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// Tries the blocks of a file, of which there are this many at least besides those that only show something.
fn replay(file: &str, at_least: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let written = || std::fs::read_to_string(&path).expect("the file is there");
    let text = written();
    let place = Folder::new();
    let mut session = Session::new(place.path());
    let (blocks, after) = blocks(&text);
    let mut replayed = String::new();
    for block in &blocks {
        let (before, info, tried) = (block.before, block.info, session.tried(block));
        replayed.push_str(&format!("{before}```{info}\n{tried}```\n"));
    }
    replayed.push_str(after);
    session.ends();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &replayed).expect("it can be written");
    }
    let tried = blocks
        .iter()
        .filter(|block| !matches!(block.kind, Kind::Other));
    assert!(tried.count() >= at_least, "only few blocks were tried");
    assert_eq!(
        written(),
        replayed,
        "BLESS=1 cargo test --test cli readme writes the outputs anew"
    );
}

/// In these documents nothing is shown that is not tried, but for drawings, and the text says which file a block is.
fn shows_only_what_is_tried(file: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(path).expect("the file is there");
    for block in blocks(&text).0 {
        match &block.kind {
            Kind::Other => assert_eq!(block.info, "mermaid", "{file}"),
            Kind::File(path) | Kind::More(path) => {
                let paragraphs = block.before.trim_end().rsplit("\n\n");
                let close: Vec<&str> = paragraphs.take(2).collect();
                let is_named = close.iter().any(|text| text.contains(&format!("`{path}`")));
                assert!(
                    is_named,
                    "{file}: no text in front says that this is `{path}`"
                );
            }
            Kind::Console | Kind::Part(..) => {}
        }
    }
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
fn what_reviewers_see_is_as_written() {
    replay("docs/ci.md", 1);
}

#[test]
fn every_suite_of_the_documents_runs_as_written() {
    replay("docs/fixtures.md", 5);
}

#[test]
fn the_first_rulebook_comes_to_be_as_written() {
    replay("docs/first-rulebook.md", 20);
    shows_only_what_is_tried("docs/first-rulebook.md");
}

#[test]
fn every_example_of_the_reference_loads() {
    replay("docs/rules.md", 30);
    shows_only_what_is_tried("docs/rules.md");
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
