use askama::filters::Escaper;
use pretty_assertions::assert_eq;

use super::{CommandProperty, GithubDoor};

const HOSTILE: &str = "50%: a,b\r\n::error::x\u{202e}\u{1b}";

#[test]
fn a_message_starts_no_command_and_keeps_its_colons() {
    let mut out = String::new();
    GithubDoor
        .write_escaped_str(&mut out, HOSTILE)
        .expect("a string takes all");
    assert_eq!(out, "50%25: a,b%0D%0A::error::x\u{fffd}\u{fffd}");
}

#[test]
fn nothing_ends_a_property() {
    assert_eq!(
        CommandProperty(HOSTILE).to_string(),
        "50%25%3A a%2Cb%0D%0A%3A%3Aerror%3A%3Ax\u{fffd}\u{fffd}"
    );
}
