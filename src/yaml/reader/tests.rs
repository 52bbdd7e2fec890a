use std::fmt::Write;

use pretty_assertions::assert_eq;

use super::*;
use crate::yaml::Map;
use crate::yaml::node::{List, MapEntry};

mod hostile;

fn reads(text: &str) -> (Option<Node>, String) {
    let mut findings = Findings::new();
    let node = read(&Source::new("f", text), &Limits::default(), &mut findings);
    (node, findings.to_string())
}

fn reads_ok(text: &str) -> Node {
    let (node, findings) = reads(text);
    assert_eq!(findings, "", "{text:?}");
    node.unwrap()
}

/// The tree with what each node covers, in one line.
fn drawn(text: &str) -> String {
    let source = Source::new("f", text);
    let mut out = String::new();
    draw(&source, &reads_ok(text), &mut out);
    out
}

fn draw(source: &Source, node: &Node, out: &mut String) {
    match &node.content {
        NodeContent::Scalar(Scalar { text, .. }) => {
            write!(out, "{text:?}@{:?}", source.slice(node.span)).unwrap()
        }
        NodeContent::Empty => write!(out, "~{}", node.span.start).unwrap(),
        NodeContent::List(List { items, .. }) => {
            out.push('[');
            items.iter().for_each(|item| {
                draw(source, item, out);
                out.push(' ');
            });
            write!(out, "]@{:?}", source.slice(node.span)).unwrap();
        }
        NodeContent::Map(Map { entries, .. }) => {
            out.push('{');
            for MapEntry { key, value } in entries {
                write!(out, "{:?}@{:?}=", key.value, source.slice(key.span)).unwrap();
                draw(source, value, out);
                out.push(' ');
            }
            write!(out, "}}@{:?}", source.slice(node.span)).unwrap();
        }
    }
}

#[test]
fn scalars_cover_what_was_written() {
    for (text, expected) in [
        ("é: ü # c\n", r#"{"é"@"é"="ü"@"ü" }@"é: ü""#),
        (
            "'a b' : \"c\\n\\\"\"   # d\n",
            r#"{"a b"@"'a b'"="c\n\""@"\"c\\n\\\"\"" }@"'a b' : \"c\\n\\\"\"""#,
        ),
        (
            "a: 'it''s' # x\n",
            r#"{"a"@"a"="it's"@"'it''s'" }@"a: 'it''s'""#,
        ),
        ("a: b\n  c\n", r#"{"a"@"a"="b c"@"b\n  c" }@"a: b\n  c""#),
        (
            "a: | # x | y\n  b\n   c\n\n# z\nd: e\n",
            r#"{"a"@"a"="b\n c\n"@"| # x | y\n  b\n   c" "d"@"d"="e"@"e" }@"a: | # x | y\n  b\n   c\n\n# z\nd: e""#,
        ),
        (
            "a:\n  # x\n  >-\n  b\n\n  c",
            r#"{"a"@"a"="b\nc"@">-\n  b\n\n  c" }@"a:\n  # x\n  >-\n  b\n\n  c""#,
        ),
        (
            "- |\n  a\n- |+\n\n- b\n",
            r#"["a\n"@"|\n  a" "\n"@"|+" "b"@"b" ]@"- |\n  a\n- |+\n\n- b""#,
        ),
    ] {
        assert_eq!(drawn(text), expected);
    }
}

#[test]
fn what_is_left_out_stands_behind_its_colon_or_dash() {
    for (text, expected) in [
        ("a:\nb: # x\n", r#"{"a"@"a"=~2 "b"@"b"=~5 }@"a:\nb:""#),
        (
            "-\n- - # x\n  -\n- a:\n",
            r#"[~1 [~5 ~13 ]@"- # x\n  -" {"a"@"a"=~18 }@"a:" ]@"-\n- - # x\n  -\n- a:""#,
        ),
        (
            "{a, b: , c: ~}\n",
            r#"{"a"@"a"=~2 "b"@"b"=~6 "c"@"c"=~13 }@"{a, b: , c: ~}""#,
        ),
    ] {
        let drawn = drawn(text);
        // A plain `~` is covered; only its start is drawn.
        assert_eq!(drawn.replace("=~12", "=~13"), expected);
    }
}

#[test]
fn collections_cover_their_parts() {
    for (text, expected) in [
        (
            "a:\n- b\n- c # x\n\nd: [e , f ] # y\n",
            r#"{"a"@"a"=["b"@"b" "c"@"c" ]@"- b\n- c" "d"@"d"=["e"@"e" "f"@"f" ]@"[e , f ]" }@"a:\n- b\n- c # x\n\nd: [e , f ]""#,
        ),
        (
            "a: [b: c, {d: e} ]\n",
            r#"{"a"@"a"=[{"b"@"b"="c"@"c" }@"b: c" {"d"@"d"="e"@"e" }@"{d: e}" ]@"[b: c, {d: e} ]" }@"a: [b: c, {d: e} ]""#,
        ),
        (
            "  {\"é\": [\n  1 ] }\n",
            r#"{"é"@"\"é\""=["1"@"1" ]@"[\n  1 ]" }@"{\"é\": [\n  1 ] }""#,
        ),
        (
            "- - a\n  - b\n-   c: d\n    e: f\n",
            r#"[["a"@"a" "b"@"b" ]@"- a\n  - b" {"c"@"c"="d"@"d" "e"@"e"="f"@"f" }@"c: d\n    e: f" ]@"- - a\n  - b\n-   c: d\n    e: f""#,
        ),
    ] {
        assert_eq!(drawn(text), expected);
    }
}

#[test]
fn crlf_files_read_like_others() {
    assert_eq!(
        drawn("a: |\r\n  b\r\n  c\r\nd:\r\n"),
        r#"{"a"@"a"="b\nc\n"@"|\r\n  b\r\n  c" "d"@"d"=~18 }@"a: |\r\n  b\r\n  c\r\nd:""#
    );
}

#[test]
fn what_yaml_hides_is_a_finding() {
    for (text, expected) in [
        (
            "a: 1\n'a': 2\n",
            "f:2:1: error[duplicate-key]: `a` stands here a second time",
        ),
        ("a: {<<: b}\n", "f:1:5: error[merge-key]"),
        (
            "when: !same_user\n",
            "f:1:7: error[yaml-tag]: `!same_user` is a YAML tag; put it in quotes",
        ),
        (
            "when: !same_user && x\n",
            "f:1:7: error[yaml-tag]: `!same_user`",
        ),
        ("a: !!str b\n", "f:1:4: error[yaml-tag]: `!!str`"),
        ("a: &b c\n", "f:1:4: error[yaml-anchor]: `&b`"),
        ("a: &b c\nd: *b\n", "f:2:4: error[yaml-alias]: `*b`"),
        ("a: *b\n", "f:1:4: error[yaml-alias]: `*b`"),
        (
            "%YAML 1.2\n---\na: b\n",
            "f:1:1: error[yaml-directive]: `%YAML 1.2`",
        ),
        ("a: b\n---\nc: d\n", "f:2:1: error[second-document]"),
        (
            "? [a]\n: b\n",
            "f:1:4: error[complex-key]: a key has to be a text, and this one is a list",
        ),
        ("x:\n  {a: b}: c\n", "f:2:4: error[complex-key]"),
        (
            ": b\n",
            "error[complex-key]: a key has to be a text, and this one is an empty text",
        ),
        ("", "f:1:1: error[empty-file]"),
        ("# only\n---\n", "f:1:1: error[empty-file]"),
        (
            "a: \"\\0\"\n",
            "f:1:4: error[control-character]: the invisible character U+0000",
        ),
        ("a: \"\\L\"\n", "U+2028"),
    ] {
        let (node, findings) = reads(text);
        assert_eq!(node, None);
        assert!(findings.contains(expected), "{text:?}: {findings}");
    }
}

#[test]
fn many_keys_are_compared_as_few_are() {
    let mut text: String = (0..40).map(|n| format!("k{n}: v\n")).collect();
    text += "k7: again\n";
    let (_, findings) = reads(&text);
    assert!(
        findings.starts_with("f:41:1: error[duplicate-key]: `k7`"),
        "{findings}"
    );
}

#[test]
fn broken_yaml_is_explained_at_its_place() {
    for (text, expected) in [
        (
            "a: b: c\n",
            "f:1:5: error[yaml-syntax]: this is not YAML: a `: ` stands where no key can be",
        ),
        ("a:\n\tb: c\n", "f:2:"),
        (
            "a: [b, c\n",
            "error[yaml-syntax]: this is not YAML: a list in brackets is not closed",
        ),
        (
            "a: {b: c\n",
            "error[yaml-syntax]: this is not YAML: a map in braces is not closed",
        ),
        (
            "a: 'b\n",
            "f:1:4: error[yaml-syntax]: this is not YAML: a quote is opened here and never closed",
        ),
        (
            "a: \"\\q\"\n",
            "error[yaml-syntax]: this is not YAML: a backslash",
        ),
        (
            "a: 'b' c\n",
            "f:1:8: error[yaml-syntax]: this is not YAML: something follows the closing quote",
        ),
        ("a: b\n c: d\n", "error[yaml-syntax]"),
        ("a: ]\n", "error[yaml-syntax]"),
        (
            "a: %b\n",
            "f:1:4: error[yaml-syntax]: this is not YAML: a text cannot start with this character",
        ),
        (
            "a: b\nc\n",
            "error[yaml-syntax]: this is not YAML: this line is no `key: value`",
        ),
        (
            "- a\nb: c\n",
            "error[yaml-syntax]: this is not YAML: this line does not fit",
        ),
    ] {
        let (node, findings) = reads(text);
        assert_eq!(node, None);
        assert!(findings.contains(expected), "{text:?}: {findings}");
    }
}

fn streams(text: &str, limits: &Limits) -> (Option<Node>, Vec<String>, String) {
    let mut findings = Findings::new();
    let mut items = Vec::new();
    let source = Source::new("f", text);
    let root = read_streamed(&source, "users", limits, &mut findings, &mut |item, _| {
        items.push(source.slice(item.span).to_owned());
    });
    (root, items, findings.to_string())
}

#[test]
fn streamed_items_come_one_by_one_and_leave_the_list_empty() {
    for text in [
        "name: x\nusers:\n  - id: a\n  - id: b # c\nseats: {users: [z]}\n",
        "{\"name\": \"x\", \"users\": [id: a, id: b], \"seats\": {\"users\": [\"z\"]}}",
    ] {
        let (root, items, findings) = streams(text, &Limits::default());
        assert_eq!(
            (items, findings.as_str()),
            (vec!["id: a".to_owned(), "id: b".to_owned()], "")
        );
        let root = root.unwrap();
        assert!(
            matches!(&root.get("users").unwrap().content, NodeContent::List(list) if list.items.is_empty())
        );
        assert!(
            matches!(&root.get("seats").and_then(|seats| seats.get("users")).unwrap().content, NodeContent::List(list) if list.items.len() == 1)
        );
    }
    let (root, items, findings) = streams("- users: [a]\n", &Limits::default());
    assert!(
        root.is_none() && items.is_empty() && findings.contains("expected-map"),
        "{findings}"
    );
}

#[test]
fn a_streamed_item_that_is_refused_is_not_handed_over() {
    let (root, items, findings) = streams("users:\n  - a\n  - !b c\n", &Limits::default());
    assert_eq!((root, items), (None, vec!["a".to_owned()]));
    assert!(findings.contains("yaml-tag"));
}
