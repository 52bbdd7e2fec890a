//! Opens the pages of the program in a real browser: what they show, say, load and look like.
//!
//! Where no browser is, every test is skipped with its reason. `BLESS=1` writes the screenshots of the documents anew.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod chromium;
mod review;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// Something that is tried in a browser of its own.
type Test = fn(&mut chromium::Browser);

/// Every test by its name.
const TESTS: &[(&str, Test)] = &[
    (
        "the_page_is_drawn_and_asks_nobody",
        review::the_page_is_drawn_and_asks_nobody,
    ),
    (
        "every_cell_says_what_can_says",
        review::every_cell_says_what_can_says,
    ),
    (
        "notes_come_with_the_keyboard",
        review::notes_come_with_the_keyboard,
    ),
    ("no_script_is_needed", review::no_script_is_needed),
    (
        "nothing_runs_over_on_a_phone_or_a_desk",
        review::nothing_runs_over_on_a_phone_or_a_desk,
    ),
    (
        "contrast_is_enough_in_light_and_dark",
        review::contrast_is_enough_in_light_and_dark,
    ),
    ("it_prints_with_its_notes", review::it_prints_with_its_notes),
    (
        "hostile_names_are_harmless",
        review::hostile_names_are_harmless,
    ),
    ("screenshots", review::screenshots),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--list") {
        for (name, _) in TESTS {
            println!("{name}: test");
        }
        return ExitCode::SUCCESS;
    }
    let filters: Vec<&String> = arguments
        .iter()
        .filter(|word| !word.starts_with('-'))
        .collect();
    let is_asked =
        |name: &str| filters.is_empty() || filters.iter().any(|f| name.contains(f.as_str()));
    let asked = TESTS.iter().filter(|(name, _)| is_asked(name));
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    let program = chromium::found();
    for (name, test) in asked {
        let Some(program) = &program else {
            println!("test {name} ... skipped: no chromium or google-chrome on this machine");
            skipped += 1;
            continue;
        };
        let run = || {
            let mut browser = chromium::Browser::start(program);
            test(&mut browser);
        };
        match catch_unwind(AssertUnwindSafe(run)) {
            Ok(()) => {
                println!("test {name} ... ok");
                passed += 1;
            }
            Err(_) => {
                println!("test {name} ... FAILED");
                failed += 1;
            }
        }
    }
    println!("\nbrowser: {passed} passed; {failed} failed; {skipped} skipped");
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
