use crate::finding::Findings;
use crate::limits::Limits;
use crate::text::Source;
use crate::yaml::read;

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
