//! Groups and things: whatever is different of them is told, and the state is another one.

use super::*;
use crate::ThingChangeKind::{Added, Altered, Removed};
use pretty_assertions::assert_eq;

const FIRM: &str = "firm: Two
users:
  - id: ada
    manage: { roles: [primary_subscriber] }
  - id: ben
    manage: {}
groups:
  team: [ada, ben]
  other: [team]
things:
  matter:
    - { id: m1, title: One, access: [team] }
    - { id: m2 }
";

#[test]
fn every_difference_of_a_group_or_thing_is_told() {
    let rules = builtin();
    let firm = |text: &str| Firm::from_text(&rules, "firm.yaml", text).unwrap();
    let old = firm(FIRM);
    let told = |from: &str, to: &str| {
        let text = FIRM.replace(from, to);
        assert_ne!(text, FIRM);
        let new = firm(&text);
        let difference = old.difference(&new).unwrap();
        assert!(!difference.equal && old.state() != new.state());
        let all = difference.groups.iter().chain(&difference.things);
        let all: Vec<_> = all
            .map(|change| {
                let parts = change.parts.iter();
                let parts =
                    parts.map(|part| format!("{}: {} -> {}", part.part, part.from, part.to));
                (
                    change.id.to_string(),
                    change.change,
                    parts.collect::<Vec<_>>().join(", "),
                )
            })
            .collect();
        all
    };
    let one = |id: &str, change, parts: &str| vec![(id.to_owned(), change, parts.to_owned())];
    let members = "members: [ada, ben] -> [ada]";
    assert_eq!(
        told("team: [ada, ben]", "team: ada"),
        one("team", Altered, members)
    );
    assert_eq!(told("  other: [team]\n", ""), one("other", Removed, ""));
    assert_eq!(
        told("  other:", "  third: ben\n  other:"),
        one("third", Added, "")
    );
    assert_eq!(
        told("title: One", "title: Won"),
        one("m1", Altered, "title: One -> Won")
    );
    assert_eq!(
        told("access: [team]", "access: []"),
        one("m1", Altered, "access: [team] -> []")
    );
    let open = one("m1", Altered, "access: [team] -> ");
    assert_eq!(told(", access: [team]", ""), open);
    assert_eq!(told("    - { id: m2 }\n", ""), one("m2", Removed, ""));
    assert_eq!(
        told("id: m2 }", "id: m2 }\n    - { id: m3 }"),
        one("m3", Added, "")
    );
    let same = firm(&FIRM.replace("[ada, ben]", "[ben, ada]"));
    assert!(old.difference(&same).unwrap().equal);
}
