use super::*;
use pretty_assertions::assert_eq;

#[test]
fn a_line_and_column_cover_the_word_that_starts_there() {
    let text = "é == user\n!x";
    assert_eq!(span_at(text, 1, 6), Span::new(6, 10));
    assert_eq!(span_at(text, 2, 1), Span::new(11, 12));
    assert_eq!(span_at(text, 9, 9), Span::new(13, 13));
}
