use super::*;
use crate::yaml::apply;
use pretty_assertions::assert_eq;

fn without(text: &str, edits: impl Fn(&Source, &Node) -> Vec<TextEdit>) -> String {
    let source = Source::new("a.yaml", text);
    let mut findings = crate::Findings::new();
    let node = crate::yaml::read_once(&source, &crate::Limits::default(), &mut findings);
    let node = node.expect("it can be read");
    apply(text, edits(&source, &node)).expect("the edits fit")
}

#[test]
fn an_entry_goes_with_its_lines() {
    let text = "a: 1\nb:\n  - c: 2\n    d: 3\ne: 4 # four\nf: 5\n";
    let gone = |key| without(text, |source, node| remove_entry(source, node, key));
    assert_eq!(gone("b"), "a: 1\ne: 4 # four\nf: 5\n");
    assert_eq!(gone("e"), "a: 1\nb:\n  - c: 2\n    d: 3\nf: 5\n");
    assert_eq!(gone("none"), text);
}

#[test]
fn the_first_entry_of_an_item_leaves_the_dash() {
    let first = |source: &Source, node: &Node| match &node.content {
        NodeContent::List(list) => remove_entry(source, &list.items[0], "a"),
        _ => Vec::new(),
    };
    assert_eq!(without("- a: 1\n  b: 2\n", first), "- b: 2\n");
    assert_eq!(without("- {a: 1, b: 2}\n", first), "- {b: 2}\n");
    assert_eq!(without("- {b: 2, a: 1}\n", first), "- {b: 2}\n");
}

#[test]
fn an_item_goes_with_its_comma_or_its_lines() {
    let second = |source: &Source, node: &Node| remove_item(source, node, 1);
    assert_eq!(without("[a, b, c]\n", second), "[a, c]\n");
    assert_eq!(without("- a\n- b: 1\n  c: 2\n- d\n", second), "- a\n- d\n");
}
