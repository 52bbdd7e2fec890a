use askama::filters::Escaper;

use super::{HtmlDoor, StyleDoor};

fn through(door: impl Escaper, text: &str) -> String {
    let mut out = String::new();
    door.write_escaped_str(&mut out, text)
        .expect("a string takes all");
    out
}

#[test]
fn nothing_is_a_tag_and_nothing_turns_the_text() {
    let hostile = "<b title='\"'>&\u{202e}\u{0}\n\té";
    assert_eq!(
        through(HtmlDoor, hostile),
        "&lt;b title=&#39;&quot;&#39;&gt;&amp;\u{fffd}\u{fffd}\n\té"
    );
    assert_eq!(through(HtmlDoor, ""), "");
}

#[test]
fn nothing_ends_a_string_of_a_style_sheet() {
    let hostile = "a\"b\\</style>&\n\u{2066}";
    assert_eq!(
        through(StyleDoor, hostile),
        "a\\22 b\\5c \\3c /style>\\26 \\a \u{fffd}"
    );
}
