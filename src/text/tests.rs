use super::character::{CharacterClass, CodePoint, SAMPLES, hidden_in_id, seen};
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

#[test]
fn every_sample_is_of_its_class() {
    for (class, samples) in SAMPLES {
        for c in samples.chars() {
            assert_eq!(CharacterClass::of(c), Some(*class), "{}", CodePoint(c));
            assert_eq!(hidden_in_id(&format!("a{c}b")), Some(CodePoint(c)));
        }
    }
}

#[test]
fn letters_of_all_scripts_are_simply_characters() {
    let texts = "az AZ ~ é ß я ش א 中 ㄅ 한 😀 \u{a0} \u{3000} \u{301} \u{fffd}";
    for c in texts.chars() {
        assert_eq!(CharacterClass::of(c), None, "{}", CodePoint(c));
    }
    assert_eq!(hidden_in_id(texts), None);
}

#[test]
fn scripts_and_emoji_keep_their_joiners() {
    for text in ["می\u{200c}خواهم", "👩\u{200d}💻", "❤\u{fe0f}"] {
        assert_eq!(text.chars().map(seen).collect::<String>(), text);
    }
    assert_eq!(
        "a\u{202e}b\n".chars().map(seen).collect::<String>(),
        "a\u{fffd}b\u{fffd}"
    );
}
