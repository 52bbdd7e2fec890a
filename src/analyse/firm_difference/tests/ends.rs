//! Entries that end on another day are named, and two states are equal where they have one state.

use super::*;
use crate::{Day, FirmLoader};
use pretty_assertions::assert_eq;

const FIRM: &str = "firm: Two
users:
  - id: ada
    manage: { roles: [primary_subscriber] }
  - id: ben
    manage: { roles: [billing] }
groups:
  team: [ada, ben]
things:
  matter:
    - { id: m1, access: [team, ben] }
";

/// Where an entry stands in the text, and how it is named.
const ENTRIES: [(&str, &str, &str); 4] = [
    ("[billing]", "billing", "role billing"),
    ("[ada, ben]", "ben", "team members ben"),
    ("[team, ben]", "team", "m1 access team"),
    ("[team, ben]", "ben", "m1 access ben"),
];

fn firm(rules: &Rulebook, on: &str, text: &str) -> Firm {
    let day: Day = on.parse().unwrap();
    let firm = FirmLoader::new(rules).on(day).from_text("firm.yaml", text);
    firm.unwrap()
}

/// The text with an entry written another way, or without it.
fn with(list: &str, entry: &str, written: Option<&str>) -> String {
    let entries = list.trim_matches(['[', ']']).split(", ");
    let entries = entries.filter_map(|one| if one == entry { written } else { Some(one) });
    let written = entries.collect::<Vec<_>>().join(", ");
    FIRM.replace(list, &format!("[{written}]"))
}

/// All ends that differ, in words.
fn ends(difference: &FirmDifference) -> Vec<String> {
    let of_users = difference.users.iter().flat_map(|user| &*user.ends);
    let of_users = of_users.map(|end| format!("role {}: {} -> {}", end.role, end.from, end.to));
    let things = difference.groups.iter().chain(&difference.things);
    let of_things = things.flat_map(|thing| {
        thing.ends.iter().map(|end| {
            let (id, part, member) = (&thing.id, &end.part, &end.member);
            format!("{id} {part} {member}: {} -> {}", end.from, end.to)
        })
    });
    of_users.chain(of_things).collect()
}

/// Each entry without an end, with an end that is to come, with ends that have passed, and not there at all; and each of these against
/// each other one.
#[test]
fn every_end_that_differs_is_named() {
    const TERMS: [&str; 5] = [
        "no entry",
        "no end",
        "until 2026-12-31",
        "until 2027-12-31",
        "until 2020-01-01",
    ];
    let rules = builtin();
    for (list, entry, name) in ENTRIES {
        let texts = TERMS.map(|term| match term.strip_prefix("until ") {
            Some(day) => with(
                list,
                entry,
                Some(&format!("{{ id: {entry}, until: {day} }}")),
            ),
            None if term == "no end" => with(list, entry, Some(entry)),
            None => with(list, entry, None),
        });
        for (from, old) in TERMS.iter().zip(&texts) {
            for (to, new) in TERMS.iter().zip(&texts) {
                let [old, new] = [old, new].map(|text| firm(&rules, "2026-11-27", text));
                let difference = old.difference(&new).unwrap();
                let is_named = from != to && [from, to].iter().any(|term| term.contains("until"));
                let expected = is_named.then(|| format!("{name}: {from} -> {to}"));
                assert_eq!(ends(&difference), Vec::from_iter(expected));
                assert_eq!(difference.equal, from == to, "{name}: {from} -> {to}");
                assert_eq!(difference.equal, old.state() == new.state());
                let json = serde_json::to_string(&difference).unwrap();
                let read: FirmDifference = serde_json::from_str(&json).unwrap();
                assert_eq!(read, difference);
            }
        }
    }
}

/// Between two days of one file no end differs, only what has ended by the second.
#[test]
fn between_two_days_of_one_file_no_end_is_another() {
    let rules = builtin();
    for (list, entry, name) in ENTRIES {
        let text = with(
            list,
            entry,
            Some(&format!("{{ id: {entry}, until: 2026-12-31 }}")),
        );
        let [last, after] = ["2026-12-31", "2027-01-01"].map(|on| firm(&rules, on, &text));
        let difference = last.difference(&after).unwrap();
        assert_eq!(ends(&difference), Vec::<String>::new(), "{name}");
        assert!(!difference.equal, "{name}");
        let before = firm(&rules, "2026-01-01", &text);
        assert!(before.difference(&last).unwrap().equal, "{name}");
    }
}

#[test]
fn ends_of_roles_belong_to_their_product_and_user() {
    let rules = builtin();
    let new = with(
        "[billing]",
        "billing",
        Some("{ id: billing, until: 2099-12-31 }"),
    );
    let [old, new] = [FIRM, &new].map(|text| firm(&rules, "2026-11-27", text));
    let mut difference = old.difference(&new).unwrap();
    difference.keep_product("manage");
    assert!(!difference.equal);
    difference.keep_product("grow");
    assert!(difference.equal && difference.users.is_empty());
    let of = |user| old.difference_of(&new, &[user].into()).unwrap().equal;
    assert_eq!([of("ada"), of("ben")], [true, false]);
}
