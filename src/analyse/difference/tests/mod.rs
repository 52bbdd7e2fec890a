mod brute;
mod edits;

use super::*;
use crate::Loader;
use crate::fixtures::Mutants;
use crate::tests::dice::cases;
use pretty_assertions::assert_eq;

const HOUSE: &str = include_str!("../../../../tests/cases/loads/a_house/rules/door.yaml");
const RECORDS: [(&str, &str); 2] = [
    (
        "records.yaml",
        include_str!("../../../../tests/rulebooks/records/rules/records.yaml"),
    ),
    (
        "records.rhai",
        include_str!("../../../../tests/rulebooks/records/rules/records.rhai"),
    ),
];

/// Edited rules. Each edit has to apply exactly once.
fn edited(texts: &[(&str, &str)], edits: &[(&str, &str)]) -> Rulebook {
    let mut made = 0;
    let texts = texts.iter().map(|(name, text)| {
        let text = edits.iter().fold((*text).to_owned(), |text, (from, to)| {
            made += usize::from(text.contains(from));
            text.replace(from, to)
        });
        (*name, text)
    });
    let texts: Vec<(&str, String)> = texts.collect();
    assert_eq!(made, edits.len());
    Rulebook::from_texts(texts.iter().map(|(name, text)| (*name, text.as_str()))).unwrap()
}

/// The differences in short.
fn lines_of(difference: &RulebookDifference) -> Vec<String> {
    let changes = difference.changes.iter();
    let lines = changes.map(|it| {
        let id = it.action.as_deref().or(it.change.as_deref());
        let what = id.or(it.what.as_deref()).unwrap();
        let when = it
            .when
            .as_ref()
            .map_or_else(String::new, |when| format!(": {when}"));
        format!("{what} {:?} {} -> {}{when}", it.kind, it.from, it.to)
    });
    lines.collect()
}

#[test]
fn kinds_have_the_words_of_json() {
    let new = edited(&RECORDS, &[("allow: [owner, reader]", "allow: owner")]);
    let difference = edited(&RECORDS, &[]).difference(&new).unwrap();
    for change in difference.changes {
        let word = serde_json::to_value(change.kind).unwrap();
        assert_eq!(word, change.kind.word());
    }
    assert!(!difference.equal);
}

/// A sentence names the first alternatives and counts the others.
#[test]
fn many_alternatives_are_counted() {
    let odd = "(one != two) != (three != four)";
    let new = "(one != two) != (three != four) || one && two && three && four";
    let rules = |when: &str| {
        // Nothing passes the keys on here.
        let house = HOUSE.replacen("    moves_by: pass_on\n", "", 1);
        let [head, _] = house
            .split_once("\nactions:")
            .map(<[&str; 2]>::from)
            .unwrap();
        let facts =
            ["one", "two", "three", "four"].map(|id| format!("{id}: {{ values: [false, true] }}"));
        let facts = facts.join(", ");
        format!(
            "{head}\nactions:\n  - group: Doors\n    section: doors\n    basis: stated\n    actions:\n      knock: {{ title: Knock, facts: {{ {facts} }}, allow: everyone, when: '{when}', because: No }}\n"
        )
    };
    let when = |old: &str, new: &str| {
        let [old, new] =
            [old, new].map(|when| Rulebook::from_texts([("door.yaml", &*rules(when))]).unwrap());
        let changes = old.difference(&new).unwrap().changes;
        changes[0].when.clone().unwrap()
    };
    let many = when(odd, "true");
    assert_eq!(many.matches("; or ").count(), 6, "{many}");
    assert!(many.ends_with("; or in 2 more cases"), "{many}");
    let one = when(odd, new);
    assert!(!one.contains("more"), "{one}");
}

#[test]
fn rules_are_equal_to_themselves() {
    let records = edited(&RECORDS, &[]);
    let house = edited(&[("door.yaml", HOUSE)], &[]);
    for rulebook in [Rulebook::builtin().unwrap(), records, house] {
        let difference = rulebook.difference(&rulebook.clone()).unwrap();
        assert!(difference.equal);
        assert_eq!(difference.changes, []);
    }
}

#[test]
fn every_mutant_of_small_rules_differs_exactly_as_it_is_said() {
    for (texts, product) in [(&RECORDS[..], "records"), (&[("door.yaml", HOUSE)], "door")] {
        let mutants = Mutants::from_texts(texts.iter().copied()).unwrap();
        let old = mutants.rulebook();
        let mut asked = 0;
        let step = if product == "records" {
            cases(18, 1)
        } else {
            cases(162, 6)
        };
        for (number, (mutant, new)) in mutants.rulebooks().enumerate() {
            if number % step == 0 {
                println!("{mutant:?}");
                asked += brute::check(old, &new, product);
                asked += brute::check(&new, old, product);
            }
        }
        let least = if product == "records" {
            cases(80, 2_000)
        } else {
            cases(250, 10_000)
        };
        assert!(asked > least, "only {asked}");
    }
}

/// Edits of the house rules, and the differences they make.
#[test]
fn what_is_added_and_what_goes_is_named_and_exact() {
    let old = edited(&[("door.yaml", HOUSE)], &[]);
    let guest = "  guest:\n    title: Guest\n    basis: stated\n    section: doors\n";
    let cook = "  cook:\n    title: Cook\n    basis: stated\n    section: doors\n";
    let with_cook = format!("{guest}{cook}");
    let night = "    values: [day, night]";
    let reading = "readings:\n  late:\n    question: Is it late?\n    default: false\n    section: doors\n\ngrounds:\n";
    for (number, (edits, expected)) in [
        // A role that only the new rules know: in the old ones nobody holds it.
        (
            &[
                (guest, &*with_cook),
                (
                    "    allow: owner\n    actions:",
                    "    allow: [owner, cook]\n    actions:",
                ),
            ][..],
            &[
                "the role cook Declared not declared -> held by any number",
                "the basis of the role cook Basis not declared -> stated",
                "what the role cook is called Title not declared -> Cook",
                "open Decision deny -> allow: people with Cook who are not the Owner",
                "open Reason granted by owner -> granted by owner or cook: the Owner",
                "open Reason needs owner -> needs owner or cook: people without Cook who are not the Owner",
            ][..],
        ),
        // A new action and, seen from the other side, a removed one.
        (
            &[(
                "      open: Open the door\n",
                "      open: Open the door\n      close: Close the door\n",
            )],
            &[
                "the action close Declared not declared -> asked about a user",
                "what the action close is called Title not declared -> Close the door",
                "close Decision deny -> allow: the Owner",
            ],
        ),
        // A value that is new: in the old rules such people have the default.
        (
            &[
                (night, "    values: [day, night, always]"),
                (
                    "    allow: owner\n    actions:",
                    "    allow: everyone\n    when: user.hours == \"always\" || user.owner\n    because: Too late\n    actions:",
                ),
            ],
            &[
                "the values of hours Declared day, night -> day, night, always",
                "open Decision deny -> allow: people who are not the Owner, where \"When they come\" is always",
                "open Reason granted by owner -> open to everyone with a seat who meets its condition: the Owner",
                "open Reason needs owner -> Too late: people who are not the Owner, where \"When they come\" is not always",
                "set_hours Decision reject -> accept: the Owner, to always",
                "set_hours Effects Nothing happens (nothing_happens) -> nothing: the Owner, to day, where the other person's \"When they come\" is always",
                "set_hours Altered nothing -> the target's hours becomes day: the Owner, for others, to day, where the other person's \"When they come\" is always",
                "set_hours Altered nothing -> the user's hours becomes day: the Owner, for themselves, to day, where \"When they come\" is always",
            ],
        ),
        // A reading that is new.
        (
            &[
                ("grounds:\n", reading),
                (
                    "    allow: owner\n    actions:",
                    "    allow: owner\n    when: \"!late\"\n    because: It is late\n    actions:",
                ),
            ],
            &[
                "late where a firm says nothing Declared not declared -> false",
                "what the reading late is called Title not declared -> Is it late?",
                "open Decision allow -> deny: the Owner, where the reading late is yes",
                "open Basis stated -> inferred: the Owner, where the reading late is no",
            ],
        ),
        // An action that gains a target is another action.
        (
            &[
                (
                    "    section: doors\n    allow: owner\n    actions:",
                    "    section: doors\n    target: user\n    allow: everyone\n    unless: [not_oneself]\n    actions:",
                ),
                (
                    "actions:\n  - group",
                    "refusals:\n  not_oneself:\n    when: same_user || !target.enabled\n    because: Somebody else has to\n\nactions:\n  - group",
                ),
            ],
            &[
                "the action open Declared asked about a user -> asked about a user with a target",
                "open Decision allow -> deny: the Owner",
                "open Decision deny -> allow: everybody, for others who are enabled",
            ],
        ),
        // What a change does, and its effects.
        (
            &[
                (
                    "      - give: owner\n        to: target\n",
                    "      - give: owner\n        to: target\n      - give: guest\n        to: user\n",
                ),
                (
                    "    after: grant\n",
                    "    after: grant\n    when: \"!same_user\"\n",
                ),
            ],
            &[
                "grant Effects A key is cut (a_key_is_cut) -> nothing: people without Guest, for themselves",
                "pass_on Effects Nothing happens (nothing_happens) -> nothing: the Owner without Guest, for themselves",
                "pass_on Altered nothing -> the user's guest becomes true: the Owner without Guest, for themselves",
                "pass_on Altered the user's owner becomes false, the target's owner becomes true -> the user's owner becomes false, the target's owner becomes true, the user's guest becomes true: the Owner without Guest, for people who are not the Owner who are enabled",
            ],
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let new = edited(&[("door.yaml", HOUSE)], edits);
        assert_eq!(lines_of(&old.difference(&new).unwrap()), expected);
        if number % cases(3, 1) == 0 {
            brute::check(&old, &new, "door");
        }
        if cases(false, true) {
            brute::check(&new, &old, "door");
        }
    }
}

/// The differences found before a bound is met are a prefix of all, and never taken for all of them.
#[test]
fn a_difference_that_is_cut_off_says_so() {
    let text = |name: &str| RECORDS.iter().find(|(known, _)| *known == name).unwrap().1;
    let within = |difference_states: usize, search_time: std::time::Duration, yaml: &str| {
        let limits = crate::Limits {
            difference_states,
            search_time,
            ..crate::Limits::DEFAULT
        };
        let texts = [
            ("records.yaml", yaml),
            ("records.rhai", text("records.rhai")),
        ];
        Loader::new()
            .limits(&limits)
            .rulebook_from_texts(texts)
            .unwrap()
    };
    let forever = std::time::Duration::MAX;
    let rules = text("records.yaml");
    let opened = rules.replacen("allow: [owner, reader]", "allow: everyone", 1);
    let old = within(usize::MAX, forever, rules);
    for yaml in [rules, opened.as_str()] {
        let all = old.difference(&within(usize::MAX, forever, yaml)).unwrap();
        assert_eq!(all.cut_off, None);
        let (mut states, mut partly) = (0, 0);
        loop {
            let part = old.difference(&within(states, forever, yaml)).unwrap();
            let Some(cut_off) = part.cut_off else {
                assert_eq!(part, all);
                break;
            };
            assert_eq!(cut_off.by, crate::SearchBound::States { limit: states });
            assert!(!part.equal && all.changes.starts_with(&part.changes));
            assert_eq!(part.is_decided(), !part.changes.is_empty());
            partly += usize::from(part.is_decided());
            states += 1;
        }
        assert!(
            states > 1 && (partly > 0) == (yaml != rules),
            "{states}, {partly}"
        );
        let hurried = old.difference(&within(usize::MAX, std::time::Duration::ZERO, yaml));
        let by = hurried.unwrap().cut_off.unwrap().by;
        assert_eq!(
            by,
            crate::SearchBound::Time {
                seconds: std::time::Duration::ZERO
            }
        );
    }
}

/// The first difference by a rank is the first of all, with the same conditions as in the full list.
#[test]
fn the_first_difference_is_the_first_of_all() {
    let mutants = Mutants::from_texts(RECORDS).unwrap();
    let rank = |change: &RuleChange| change.kind;
    for (mutant, rulebook) in mutants.rulebooks() {
        let all = mutants.rulebook().difference(&rulebook).unwrap();
        let first = mutants
            .rulebook()
            .first_difference(&rulebook, rank, &ChangeKind::Decision)
            .unwrap();
        // Mutants are compared by what decides, not by what a rule would say alone.
        let deciding: Vec<&RuleChange> = all
            .changes
            .iter()
            .filter(|change| change.kind != ChangeKind::Alone)
            .collect();
        let expected: Vec<&RuleChange> = deciding
            .iter()
            .copied()
            .min_by_key(|it| rank(it))
            .into_iter()
            .collect();
        let found: Vec<&RuleChange> = first.changes.iter().collect();
        assert_eq!(
            (first.equal, found),
            (deciding.is_empty(), expected),
            "{mutant:?}"
        );
    }
}
