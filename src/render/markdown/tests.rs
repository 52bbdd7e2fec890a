use askama::filters::Escaper;

use super::{CodeSpan, MarkdownDoor};

fn through(text: &str) -> String {
    let mut out = String::new();
    MarkdownDoor
        .write_escaped_str(&mut out, text)
        .expect("a string takes all");
    out
}

#[test]
fn nothing_is_markdown_and_a_line_stays_a_line() {
    assert_eq!(
        through("a|b_c*`[x](y)<i>#\\&\r\n\u{202e}"),
        "a\\|b_c\\*\\`\\[x\\](y)\\<i\\>\\#\\\\\\&  \u{fffd}"
    );
}

/// Emphasis starts and ends at the edge of a word only.
#[test]
fn what_is_nothing_to_markdown_stays_as_it_is() {
    assert_eq!(through("open_door: no -> yes"), "open_door: no -> yes");
    assert_eq!(through("_a_ b_ _c a__b"), "\\_a\\_ b\\_ \\_c a\\_\\_b");
    assert_eq!(through("> a > b"), "\\> a \\> b");
}

#[test]
fn nothing_ends_a_code_span() {
    assert_eq!(CodeSpan("open_door").to_string(), "`open_door`");
    assert_eq!(CodeSpan("a`b|c\nd").to_string(), "`a b c d`");
}
