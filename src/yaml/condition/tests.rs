use pretty_assertions::assert_eq;

use super::*;
use crate::finding::Findings;
use crate::limits::Limits;
use crate::yaml::read;

fn decode(text: &str) -> (Arc<Source>, Option<Condition>, String) {
    let mut findings = Findings::new();
    let source = Source::new("f", text);
    let node = read(&source, &Limits::default(), &mut findings);
    let mut cx = DecodeContext {
        source: &source,
        findings: &mut findings,
    };
    let condition = node.and_then(|node| Condition::decode(node.get("when").unwrap(), &mut cx));
    (source, condition, findings.to_string())
}

/// Every visible character of the condition is found in the file, at its own place.
fn check(text: &str, is: &str) {
    let (source, condition, findings) = decode(text);
    assert_eq!(findings, "");
    let condition = condition.unwrap();
    assert_eq!(condition.text, is);
    for (n, line) in condition.text.split('\n').enumerate() {
        for (m, c) in line
            .chars()
            .enumerate()
            .filter(|(_, c)| !written::is_blank(*c))
        {
            let place = condition.place_at(&source, n + 1, m + 1);
            let written = source.slice(place.span());
            assert!(
                written.starts_with(c) || written.starts_with('\\'),
                "{text:?} {n}:{m} {c:?} {written:?}"
            );
        }
    }
}

#[test]
fn places_lead_back_to_the_file() {
    check("when: a && é.b # c\n", "a && é.b");
    check("when: a\n  && b\n\n  && c\n", "a && b\n&& c");
    check("when: 'a == ''b'' && c'\n", "a == 'b' && c");
    check("when: 'a\n  && b'\n", "a && b");
    check(
        "when: \"a == \\\"b\\\" && \\u00e9\\x20\\t&& d \\\n  && e\"\n",
        "a == \"b\" && é \t&& d && e",
    );
    check(
        "when: | # say\n  a // why\n    && b\n\n  && c\nx: y\n",
        "a // why\n  && b\n\n&& c\n",
    );
    check("when: |-\r\n  a\r\n  && b\r\n", "a\n&& b");
    check("when: true\n", "true");
}

#[test]
fn a_place_is_exact() {
    let at = |text: &str, line, column| {
        let (source, condition, _) = decode(text);
        condition
            .unwrap()
            .place_at(&source, line, column)
            .to_string()
    };
    assert_eq!(at("when: 'it''s' # x\n", 1, 4), "f:1:12");
    assert_eq!(at("when: |\n  a\n   && b\n", 2, 2), "f:3:4");
    assert_eq!(at("when: a && b\n", 1, 2), "f:1:9");
    assert_eq!(at("when: a && b\n", 1, 7), "f:1:13");
    assert_eq!(at("when: a && b\n", 9, 9), "f:1:13");
    assert_eq!(at("when: a && b\n", 0, 0), "f:1:7");
}

#[test]
fn conditions_that_could_lose_a_restriction_are_refused() {
    for (text, code) in [
        ("when: >\n  a\n  && b\n", "condition-folded"),
        ("when: a // b\n", "condition-comment"),
        ("when: 'a // b'\n", "condition-comment"),
        ("when: ''\n", "condition-empty"),
        ("when:\n", "condition-empty"),
        ("when: |\n\nb: c\n", "condition-empty"),
        ("when: [a]\n", "expected-text"),
    ] {
        let (_, condition, findings) = decode(text);
        assert!(
            condition.is_none() && findings.contains(code),
            "{text:?}: {findings}"
        );
    }
}
