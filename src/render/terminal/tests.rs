use pretty_assertions::assert_eq;

use super::{HEADING, PaintedRows, PaintedText};
use crate::render::Renderer;

#[test]
fn nothing_steers_the_terminal() {
    let text = PaintedText::of(HEADING, "\u{1b}[31mred\u{202e}", &());
    assert_eq!(text.to_string(), "\u{fffd}[31mred\u{fffd}");
}

#[test]
fn colours_are_there_where_they_are_wanted() {
    let wanted = Renderer::default().coloured(true);
    let text = PaintedText::of(HEADING, "3 users", &wanted);
    assert_eq!(text.to_string(), "\u{1b}[1m3 users\u{1b}[0m");
    assert_eq!(
        PaintedText::of(HEADING, "3 users", &Renderer::default()).to_string(),
        "3 users"
    );
}

#[test]
fn texts_of_rows_stand_in_one_column() {
    let rows = |lines: &str| PaintedRows::of(lines.to_owned(), &()).to_string();
    assert_eq!(
        rows("\na\tone\nété\ttwo\tmore\n"),
        "  a    one\n  été  two\tmore"
    );
    assert_eq!(rows("a\tone\n\nmore\nb\ttwo"), "  a  one\n\nmore\n  b  two");
    assert_eq!(rows(""), "");
}
