use pretty_assertions::assert_eq;

use super::{command, join, split};
use crate::tests::dice::Dice;

#[test]
fn words_stand_between_spaces_and_quotes_keep_one_together() {
    for (text, words) in [
        ("", &[][..]),
        ("  grant  billing\twren ", &["grant", "billing", "wren"]),
        ("grant billing 'ada b'", &["grant", "billing", "ada b"]),
        (r#"grant "a\"b" x"#, &["grant", "a\"b", "x"]),
        (
            "grant billing o'neil of d'arcy",
            &["grant", "billing", "o'neil", "of", "d'arcy"],
        ),
        ("grant #12 a\\b", &["grant", "#12", "a\\b"]),
        ("'open wren", &["'open", "wren"]),
        ("'a'\"'\"b\\ c d", &["a'b c", "d"]),
        ("'' x", &["", "x"]),
    ] {
        assert_eq!(split(text), words, "{text}");
    }
}

#[test]
fn what_is_quoted_reads_back() {
    let letters: Vec<char> = " \t'\"\\$`!^#~*?[]{}()<>|&;=,%-/:@+_.azAZ09éñ日\u{a0}\r"
        .chars()
        .collect();
    let mut dice = Dice(7);
    for _ in 0..5_000 {
        let word = |dice: &mut Dice| -> String {
            (0..dice.roll(7))
                .map(|_| letters[dice.roll(letters.len())])
                .collect()
        };
        let words: Vec<String> = (0..3).map(|_| word(&mut dice)).collect();
        for line in [join(&words), command(&words)] {
            assert_eq!(split(&line), words, "{line}");
            // As a shell reads it.
            assert_eq!(shlex::split(&line).as_deref(), Some(&*words), "{line}");
        }
    }
}
