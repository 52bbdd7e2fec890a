use pretty_assertions::assert_eq;

use super::*;
use crate::finding::Findings;
use crate::limits::Limits;
use crate::text::Source;
use crate::yaml::{Node, NodeContent, read, read_streamed};

fn reads(text: &str) -> (std::sync::Arc<Source>, Node) {
    let mut findings = Findings::new();
    let source = Source::new("f", text);
    let node = read_streamed(
        &source,
        "none",
        &Limits::default(),
        &mut findings,
        &mut |_, _| {},
    );
    assert_eq!(findings.to_string(), "", "{text:?}");
    (source, node.unwrap())
}

fn items(node: &Node) -> Vec<String> {
    match &node.content {
        NodeContent::List(list) => list
            .items
            .iter()
            .map(|item| item.as_text().unwrap().to_owned())
            .collect(),
        _ => node.as_text().map(str::to_owned).into_iter().collect(),
    }
}

/// Sets the list under `r`, checks by reading again that it holds what was asked, and gives the text.
fn set(text: &str, wanted: &[&str]) -> String {
    let (source, root) = reads(text);
    let edited = apply(text, set_items(&source, root.get("r").unwrap(), wanted)).unwrap();
    let (_, root) = reads(&edited);
    let mut found = items(root.get("r").unwrap());
    let mut wanted = wanted.to_vec();
    found.sort();
    wanted.sort_unstable();
    assert_eq!(found, wanted, "{edited}");
    edited
}

#[test]
fn block_lists_change_by_lines() {
    let text = "a: b # x\nr: # roles\n  # above\n  - one # 1\n  # between\n  - two # 2\n  - three\n\n# below\nz: y\n";
    assert_eq!(set(text, &["one", "two", "three"]), text);
    assert_eq!(
        set(text, &["three", "one"]),
        text.replace("  - two # 2\n", "")
    );
    assert_eq!(
        set(text, &["two"]),
        text.replace("  - one # 1\n", "").replace("  - three\n", "")
    );
    assert_eq!(
        set(text, &["one", "two", "three", "four five"]),
        text.replace("  - three\n", "  - three\n  - four five\n")
    );
    assert_eq!(
        set(text, &["x", "w"]),
        "a: b # x\nr: # roles\n  # above\n  # between\n  - x\n  - w\n\n# below\nz: y\n"
    );
    assert_eq!(
        set(text, &[]),
        "a: b # x\nr: [] # roles\n  # above\n  # between\n\n# below\nz: y\n"
    );
}

#[test]
fn block_lists_without_indentation_or_final_newline() {
    assert_eq!(set("r:\n- a\n- b", &["a", "b", "c"]), "r:\n- a\n- b\n- c");
    assert_eq!(set("r:\n- a\n- b", &["a", "c"]), "r:\n- a\n- c");
    assert_eq!(set("r:\n- a\n- b", &["a"]), "r:\n- a\n");
    assert_eq!(set("r:\n- a\n- b", &[]), "r: []\n");
    assert_eq!(set("r:\n- a\nb: c\n", &[]), "r: []\nb: c\n");
    assert_eq!(
        set("r:\n-   a\n-   'b'\n", &["b", "c"]),
        "r:\n-   'b'\n- c\n"
    );
}

#[test]
fn crlf_stays_crlf() {
    assert_eq!(
        set("r:\r\n  - a\r\n  - b\r\nz: y\r\n", &["b", "c"]),
        "r:\r\n  - b\r\n  - c\r\nz: y\r\n"
    );
    assert_eq!(
        set("r:\r\n  - a\r\n  - b", &["a", "b", "c"]),
        "r:\r\n  - a\r\n  - b\r\n  - c"
    );
    assert_eq!(set("r: [a,\r\n  b]\r\n", &["a"]), "r: [a\r\n  ]\r\n");
}

#[test]
fn flow_lists_change_by_commas() {
    for (text, wanted, expected) in [
        ("r: [a, b, c] # x\n", &["a", "c"][..], "r: [a, c] # x\n"),
        ("r: [a, b, c] # x\n", &["a"], "r: [a] # x\n"),
        ("r: [a, b, c] # x\n", &["c"], "r: [c] # x\n"),
        (
            "r: [a, b, c] # x\n",
            &["a", "b", "c", "d, e"],
            "r: [a, b, c, 'd, e'] # x\n",
        ),
        ("r: [a, b, c] # x\n", &["b", "d"], "r: [b, d] # x\n"),
        ("r: [a, b, c] # x\n", &["d"], "r: [d] # x\n"),
        ("r: [ a, b ] # x\n", &["a"], "r: [ a ] # x\n"),
        ("r: [a, b,]\n", &["a", "c"], "r: [a, c, ]\n"),
        ("r: [a , b]\n", &["a", "c"], "r: [a, c ]\n"),
        ("r: [] # x\n", &["a", "b"], "r: [a, b] # x\n"),
        ("r: [\n  # none\n  ]\n", &["a"], "r: [a\n  # none\n  ]\n"),
        ("r: [a, b]\n", &[], "r: []\n"),
        (
            "r: [\n  a, # 1\n  b, # 2\n  c # 3\n  ]\n",
            &["a", "c"],
            "r: [\n  a, # 1\n  c # 3\n  ]\n",
        ),
        (
            "r: [\n  a, # 1\n  b, # 2\n  c # 3\n  ]\n",
            &["a", "b"],
            "r: [\n  a, # 1\n  b # 2\n  ]\n",
        ),
        (
            "r: [\n  a, # 1\n  b, # 2\n  ]\n",
            &["a", "b", "d"],
            "r: [\n  a, # 1\n  b, d, # 2\n  ]\n",
        ),
        ("r: [a, b]", &["b"], "r: [b]"),
    ] {
        assert_eq!(set(text, wanted), expected);
    }
}

#[test]
fn a_single_text_or_nothing_becomes_a_list() {
    assert_eq!(set("r: a # x\n", &["a"]), "r: a # x\n");
    assert_eq!(set("r: a # x\n", &["a", "b"]), "r: [a, b] # x\n");
    assert_eq!(set("r: # x\nb: c\n", &["a"]), "r: [a] # x\nb: c\n");
    assert_eq!(set("r: ~\n", &["a"]), "r: [a]\n");
}

/// Sets a key of the map under `m`, reads again, and gives the text.
fn put(text: &str, key: &str, value: &str) -> String {
    let (source, root) = reads(text);
    let edited = apply(text, set_entry(&source, root.get("m").unwrap(), key, value)).unwrap();
    let (_, root) = reads(&edited);
    assert_eq!(
        root.get("m")
            .and_then(|map| map.get(key))
            .and_then(Node::as_text),
        Some(value),
        "{edited}"
    );
    edited
}

#[test]
fn entries_are_replaced_in_place_or_added_last() {
    for (text, value, expected) in [
        (
            "m:\n  k: a # x\n  b: c\n",
            "own",
            "m:\n  k: own # x\n  b: c\n",
        ),
        ("m:\n  k: 'own'\n", "own", "m:\n  k: 'own'\n"),
        (
            "m:\n  k: # x\n  b: c\n",
            "own",
            "m:\n  k: own # x\n  b: c\n",
        ),
        (
            "m:\n  k: |\n    a\n    b\n  b: c\n",
            "own",
            "m:\n  k: own\n  b: c\n",
        ),
        (
            "m:\n  k:\n  - a\n  - b # x\n  b: c\n",
            "own",
            "m:\n  k: own\n  b: c\n",
        ),
        ("m:\n  k:\n    d: e\n", "own", "m:\n  k: own\n"),
        (
            "m:\n  b: c # x\n\nz: y\n",
            "own",
            "m:\n  b: c # x\n  k: own\n\nz: y\n",
        ),
        ("m:\n  b: c", "own", "m:\n  b: c\n  k: own"),
        (
            "m:\r\n  b:\r\n    - c\r\nz: y\r\n",
            "own",
            "m:\r\n  b:\r\n    - c\r\n  k: own\r\nz: y\r\n",
        ),
        ("m:\n  b:\nz: y\n", "own", "m:\n  b:\n  k: own\nz: y\n"),
        ("m: {b: c} # x\n", "own", "m: {b: c, k: own} # x\n"),
        ("m: {b: c, } # x\n", "own", "m: {b: c, k: own, } # x\n"),
        ("m: {b: [c]}\n", "a: b", "m: {b: [c], k: 'a: b'}\n"),
        ("m: {b}\n", "own", "m: {b, k: own}\n"),
        ("m: {b: }\n", "own", "m: {b:, k: own }\n"),
        ("m: {k: c, b: d}\n", "own", "m: {k: own, b: d}\n"),
        ("m: {k, b: d}\n", "own", "m: {k: own, b: d}\n"),
        ("m: {}\n", "own", "m: {k: own}\n"),
        ("m: # x\nz: y\n", "own", "m: {k: own} # x\nz: y\n"),
        ("m: ~\n", "own", "m: {k: own}\n"),
        ("m:", "own", "m: {k: own}"),
        // What is JSON stays JSON.
        (r#"{"m": {"k": "a"}}"#, "own", r#"{"m": {"k": "own"}}"#),
        (
            r#"{ "m": {"b": ["c"]}}"#,
            "own",
            r#"{ "m": {"b": ["c"], "k": "own"}}"#,
        ),
        (r#"{"m": {}}"#, "true", r#"{"m": {"k": true}}"#),
        (
            r#"{"m": {}}"#,
            "a\"b\\\t",
            r#"{"m": {"k": "a\"b\\\u0009"}}"#,
        ),
    ] {
        assert_eq!(put(text, "k", value), expected);
    }
}

#[test]
fn a_map_in_a_list_keeps_its_indentation() {
    let text = "u:\n  - id: a\n    name: b\n  - id: c\n";
    let (source, root) = reads(text);
    let Some(NodeContent::List(list)) = root.get("u").map(|users| &users.content) else {
        panic!()
    };
    let mut edits = set_list_entry(&source, &list.items[0], "roles", &["x", "w"]);
    edits.extend(set_list_entry(&source, &list.items[1], "roles", &[]));
    assert_eq!(
        apply(text, edits).unwrap(),
        "u:\n  - id: a\n    name: b\n    roles: [x, w]\n  - id: c\n    roles: []\n"
    );
}

#[test]
fn edits_that_overlap_or_fall_outside_are_refused() {
    let edit = |start, end| TextEdit {
        span: Span::new(start, end),
        text: "x".to_owned(),
    };
    assert_eq!(
        apply("abc", vec![edit(1, 2), edit(0, 1)]),
        Some("xxc".to_owned())
    );
    assert_eq!(apply("abc", vec![edit(0, 2), edit(1, 3)]), None);
    assert_eq!(apply("abc", vec![edit(2, 9)]), None);
    assert_eq!(apply("é", vec![edit(1, 2)]), None);
}

#[test]
fn what_is_written_reads_back_the_same_in_both_readers() {
    let texts = [
        "a",
        "a b",
        "",
        " a",
        "a ",
        "true",
        "Yes",
        "null",
        "~",
        "12",
        "012",
        "0x1F",
        "1e3",
        ".5",
        "+1",
        "-",
        "- a",
        "a: b",
        "a #b",
        "#b",
        "a,b",
        "[a]",
        "{a}",
        "it's",
        "\"q\"",
        "a\nb",
        "a\tb",
        "\u{85}",
        "\u{2028}",
        "\u{feff}a",
        "é",
        "𝒳 y",
        "!a",
        "&a",
        "*a",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "?",
        "? a",
        ":",
        "<<",
        "a\\b",
        "\0",
        "\u{1b}[0m",
        "user@example.com",
        "2024-01-01",
        ".inf",
        "99999999999999999999",
        "---",
        "...",
        "n",
        "O'Brien, Ann",
        "a\r\nb",
        "=",
    ];
    for text in texts {
        let written = write_scalar(text);
        for file in [
            format!("k: {written}\n"),
            format!("k: [{written}, {written}]\n"),
            format!("{written}: k\n"),
        ] {
            let parsed: serde_yaml::Value =
                serde_yaml::from_str(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
            if text.is_empty() || text.chars().any(|c| !super::super::encoding::is_allowed(c)) {
                continue;
            }
            let mut findings = Findings::new();
            let node = read(
                &Source::new("f", file.as_str()),
                &Limits::default(),
                &mut findings,
            );
            assert_eq!(findings.to_string(), "", "{file}");
            if let Some(value) = node.unwrap().get("k").and_then(Node::as_text) {
                assert_eq!(value, text);
                assert!(parsed.get("k").is_some());
            }
        }
    }
}
