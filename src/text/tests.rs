use super::*;
use pretty_assertions::assert_eq;

#[test]
fn lines_and_columns_count_characters_from_one() {
    let source = Source::new("f", "é: x\nb: y");
    assert_eq!(source.line_and_column(0), (1, 1));
    assert_eq!(source.line_and_column(2), (1, 2));
    assert_eq!(source.line_and_column(6), (2, 1));
    assert_eq!(source.place(Span::new(9, 10)).to_string(), "f:2:4");
}

#[test]
fn a_place_beyond_the_text_is_its_end() {
    let source = Source::new("f", "ab");
    assert_eq!(source.line_and_column(99), (1, 3));
    assert_eq!(source.slice(Span::new(1, 99)), "");
}
