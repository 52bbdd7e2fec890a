use crate::finding::Findings;
use crate::limits::Limits;
use crate::text::Source;
use crate::yaml::{read, read_long, read_usual};

fn findings(text: &str) -> String {
    let mut findings = Findings::new();
    let node = read(&Source::new("f", text), &Limits::default(), &mut findings);
    assert_eq!(
        node.is_none(),
        findings.has_errors(),
        "{text:?}: {findings}"
    );
    findings.to_string()
}

#[test]
fn what_both_readers_see_alike_passes() {
    for text in [
        "a: text\nb: 12\nc: true\nd:\ne: ~\nf: null\ng: '~'\n",
        "a: 012\n",
        "a: yes\nb: 2024-01-01\nc: .inf\n",
        "a: |\n  x\n\n  y\nb: >-\n  x\n  y\n",
        "a: [b, {c: d}, [], {}]\n",
        "12: a\ntrue: b\n",
        "a: \"x\\ty\\u00e9\"\n",
        "{\"a\": [1, {\"b\": null}]}",
    ] {
        assert_eq!(findings(text), "", "{text:?}");
    }
}

#[test]
fn what_they_see_differently_is_a_finding_with_its_place() {
    for (text, place, words) in [
        ("a: 0x1F\n", "f:1:4", "`0x1F` or `31`"),
        ("a: b\nc: 0o14\n", "f:2:4", "`0o14` or `12`"),
        ("a: 1e3\n", "f:1:4", "`1e3` or `1000.0`"),
        ("a: .5\n", "f:1:4", "`.5` or `0.5`"),
        ("a: +1\n", "f:1:4", "`+1` or `1`"),
        ("a: Null\n", "f:1:4", "`Null` or `nothing`"),
        ("a: True\n", "f:1:4", "`True` or `true`"),
        ("a: 1.10\n", "f:1:4", "`1.10` or `1.1`"),
        (
            "a:\n  - b\n  -\tc\n",
            "f:3:4",
            "`YAML` or `not YAML: found character that cannot start any token`",
        ),
        ("0x10: a\n", "f:1:1", "`0x10` or `16`"),
    ] {
        let found = findings(text);
        assert!(
            found.starts_with(place) && found.contains("yaml-ambiguous"),
            "{text:?}: {found}"
        );
        assert!(found.contains(words), "{text:?}: {found}");
    }
}

/// Texts that two readers may see differently, and texts that they see alike.
const WORDS: &[&str] = &[
    "grant",
    "_a",
    "a b",
    "a-b",
    "a.b",
    "O'Hara",
    "\u{e9}va",
    "true",
    "false",
    "True",
    "FALSE",
    "null",
    "Null",
    "~",
    "yes",
    "0x1F",
    "0o14",
    "012",
    "12",
    "1e3",
    "1.10",
    ".5",
    "+1",
    "-1",
    ".inf",
    "inf",
    "nan",
    "2024-01-01",
    "1:30",
    "'q'",
    "'it''s'",
    "\"d\"",
    "\"\\u00e9\"",
    "\"\\x41\"",
    "''",
    "",
    "&a b",
    "*a",
    "!t x",
    "<<",
    "a: b",
    "a #b",
    "# c",
    "|",
    "?",
    "-",
    "a,b",
    "[x]",
    "{x: y}",
    "{x: y, x: z}",
    "a\tb",
    "\u{85}",
    "\u{feff}",
];

/// Where each of them stands in turn.
const SHAPES: &[&str] = &[
    "- @\n",
    "- b\n- @\n",
    "- @ x\n",
    "- {c: @, t: x}\n",
    "- {@: c}\n",
    "- c: @\n  t: x\n",
    "- @: c\n  t: x\n",
    "-   @   # w\n",
    "---\n- @\n",
    "# w\n\n- @\n\n",
    "[@, b]",
    "[\"b\", @]\n",
    "[{\"c\": @}]",
    "[{\"c\": \"@\"}]",
    "{\"c\": [@]}",
    "{c: [@]}\n",
    "c:\n- @\n",
    "c:\n  - @\n",
    "c: @\n",
    "@: c\n",
    "- - @\n",
    "- @\n  @\n",
    "- @\n-\n",
    "- @",
    "@",
];

#[test]
fn a_long_file_reads_as_any_other_one() {
    let limits = Limits::default();
    let mut usual = 0;
    for shape in SHAPES {
        for word in WORDS {
            for text in [
                shape.replace('@', word),
                shape.replace('@', word).replace('\n', "\r\n"),
            ] {
                let source = Source::new("f", &*text);
                let (mut wanted, mut found) = (Findings::new(), Findings::new());
                assert_eq!(
                    read_long(&source, &limits, &mut found),
                    read(&source, &limits, &mut wanted),
                    "{text:?}"
                );
                assert_eq!(found.to_string(), wanted.to_string(), "{text:?}");
                usual += usize::from(
                    read_usual(&text, &limits).is_some_and(|node| super::is_sure_to_agree(&node)),
                );
            }
        }
    }
    // Half of what is not odd by its shape is read in one sweep.
    assert!(usual > 500, "{usual} texts are usual");
}
