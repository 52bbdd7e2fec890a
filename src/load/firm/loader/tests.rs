//! Firms as of a day.

use std::fs;

use pretty_assertions::assert_eq;

use crate::{Change, Day, Firm, FirmLoader, LoadError, Rulebook, Seat, User};

const HEAD: &str =
    "firm: Ends\nusers:\n  - id: june\n    manage: { roles: [primary_subscriber] }\n";

/// What pilar holds, as files usually are, in JSON, and with a text that only the close reader reads.
const WRITTEN: [&str; 4] = [
    "firm: Ends\nusers:\n  - id: june\n    manage: { roles: [primary_subscriber] }\n  - id: pilar\n    manage:\n      roles:\n        - accounts\n        - id: billing\n          until: 2026-11-30\n",
    "firm: Ends\nusers:\n  - id: june\n    manage: { roles: [primary_subscriber] }\n  - id: pilar\n    manage: { roles: [accounts, { id: billing, until: 2026-11-30 }] }\n",
    "{\"firm\":\"Ends\",\"users\":[{\"id\":\"june\",\"manage\":{\"roles\":[\"primary_subscriber\"]}},{\"id\":\"pilar\",\"manage\":{\"roles\":[\"accounts\",{\"id\":\"billing\",\"until\":\"2026-11-30\"}]}}]}",
    "firm: >-\n  Ends\nusers:\n  - id: june\n    manage: { roles: [primary_subscriber] }\n  - id: pilar\n    manage: { roles: [accounts, { until: '2026-11-30', id: billing }] }\n",
];

const LAST: &str = "2026-11-30";
const AFTER: &str = "2026-12-01";

fn rulebook() -> Rulebook {
    Rulebook::builtin().unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn tried(rulebook: &Rulebook, on: &str, text: &str) -> Result<Firm, LoadError> {
    FirmLoader::new(rulebook)
        .on(day(on))
        .from_text("firm.yaml", text)
}

fn load(rulebook: &Rulebook, on: &str, text: &str) -> Firm {
    tried(rulebook, on, text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn refused(rulebook: &Rulebook, on: &str, text: &str) -> Vec<String> {
    let error = tried(rulebook, on, text).unwrap_err();
    let findings = error.findings().iter();
    let found = findings.map(|finding| {
        let place = finding.place().unwrap();
        let place = format!("{}:{}", place.line(), place.column());
        format!("{place} {}", finding.code().name())
    });
    found.collect()
}

fn roles(firm: &Firm) -> Vec<&str> {
    firm.roles("manage", "pilar").unwrap()
}

#[test]
fn an_entry_holds_through_its_last_day_however_it_is_written() {
    let rulebook = rulebook();
    for text in WRITTEN {
        assert_eq!(roles(&load(&rulebook, LAST, text)), ["accounts", "billing"]);
        assert_eq!(roles(&load(&rulebook, AFTER, text)), ["accounts"]);
        let unsaid = Firm::from_text(&rulebook, "firm.yaml", text).unwrap_err();
        let first = unsaid.findings().iter().next().unwrap();
        assert_eq!(first.code().name(), "day-wanted");
        assert!(first.help().unwrap().contains("--on DATE"), "{first}");
        assert_eq!(unsaid.findings().errors(), 1, "{unsaid}");
    }
}

#[test]
fn both_readers_make_the_same_firm() {
    let rulebook = rulebook();
    for on in [LAST, AFTER] {
        let firms = WRITTEN.map(|text| load(&rulebook, on, text));
        for firm in &firms {
            assert!(*firm == firms[0]);
            assert_eq!(firm.state(), firms[0].state());
            assert_eq!(firm.to_yaml(), firms[0].to_yaml());
        }
    }
}

/// What is said of an entry that has ended stands where its last day is written, whichever reader read it.
#[test]
fn what_has_ended_is_warned_of_at_its_place() {
    let rulebook = rulebook();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm.yaml");
    for text in WRITTEN {
        fs::write(&path, text).unwrap();
        let places = |on: &str| {
            let firm = FirmLoader::new(&rulebook).on(day(on)).from_file(&path);
            let firm = firm.unwrap();
            let findings = firm.placed(&path, firm.warnings());
            let found = findings.iter().map(|finding| {
                let at = finding
                    .place()
                    .map(|place| place.source().slice(place.span()));
                format!("{} {}", finding.code().name(), at.unwrap_or("nowhere"))
            });
            found.collect::<Vec<_>>()
        };
        assert_eq!(places(LAST), Vec::<String>::new());
        let [found] = &*places(AFTER) else {
            panic!("one entry has ended");
        };
        assert_eq!(found.replace(['"', '\''], ""), "entry-ended 2026-11-30");
    }
}

#[test]
fn no_entry_is_lost_when_a_firm_is_written() {
    let rulebook = rulebook();
    for on in [LAST, AFTER] {
        let firm = load(&rulebook, on, WRITTEN[0]);
        let yaml = firm.to_yaml();
        assert!(
            yaml.contains("{ id: billing, until: 2026-11-30 }"),
            "{yaml}"
        );
        assert!(load(&rulebook, on, &yaml) == firm);
        let json = serde_json::to_string(&firm).unwrap();
        assert!(
            json.contains(r#"{"id":"billing","until":"2026-11-30"}"#),
            "{json}"
        );
        assert!(load(&rulebook, on, &json) == firm);
        let built = FirmLoader::new(&rulebook).on(day(on));
        assert!(built.of_users("Ends", firm.people()).unwrap() == firm);
    }
}

#[test]
fn firms_with_other_days_are_other_firms() {
    let rulebook = rulebook();
    let firm = load(&rulebook, LAST, WRITTEN[0]);
    let longer = load(&rulebook, LAST, &WRITTEN[0].replace(LAST, "2027-11-30"));
    let open = load(
        &rulebook,
        LAST,
        &WRITTEN[1].replace("{ id: billing, until: 2026-11-30 }", "billing"),
    );
    let later = load(&rulebook, AFTER, WRITTEN[0]);
    for other in [&longer, &open, &later] {
        assert!(*other != firm);
        assert_ne!(other.state(), firm.state());
    }
    // On two days between which nothing ends, a firm is the same.
    let earlier = load(&rulebook, "2026-01-01", WRITTEN[0]);
    assert!(earlier == firm);
    assert_eq!(earlier.state(), firm.state());
    assert_eq!(
        (earlier.day(), firm.day()),
        (Some(day("2026-01-01")), Some(day(LAST)))
    );
}

#[test]
fn what_is_wrong_with_entries_that_end() {
    let rulebook = rulebook();
    let of = |roles: &str| format!("{HEAD}  - id: pilar\n    manage: {{ roles: [{roles}] }}\n");
    let cases = [
        ("{ id: billing, until: 2026-02-30 }", "6:45 not-a-day"),
        ("{ id: billing, until: soon }", "6:45 not-a-day"),
        ("{ id: billing }", "6:25 missing-key"),
        ("{ until: 2026-11-30 }", "6:25 missing-key"),
        (
            "{ id: billing, until: 2026-11-30, from: 2026-11-01 }",
            "6:57 unknown-key",
        ),
        ("{ id: billling, until: 2020-11-30 }", "6:29 unknown-role"),
        (
            "billing, { id: billing, until: 2020-11-30 }",
            "6:38 duplicate-role",
        ),
        (
            "{ id: billing, until: 2020-11-30 }, billing",
            "6:59 duplicate-role",
        ),
        (
            "{ id: billing, until: 2020-11-30 }, { id: billing, until: 2030-11-30 }",
            "6:65 duplicate-role",
        ),
    ];
    for (roles, expected) in cases {
        assert_eq!(refused(&rulebook, LAST, &of(roles)), [expected], "{roles}");
    }
}

/// A role that exactly one user holds needs a holder on the day on which the firm is looked at.
#[test]
fn a_firm_has_to_be_sound_on_its_day() {
    let rulebook = rulebook();
    let text = HEAD.replace(
        "[primary_subscriber]",
        "[{ id: primary_subscriber, until: 2026-11-30 }]",
    );
    assert!(tried(&rulebook, LAST, &text).is_ok());
    assert_eq!(refused(&rulebook, AFTER, &text), ["2:1 no-holder"]);
    let levels = "firm: F\nusers:\n  - id: ada\n    grow: { roles: [{ id: normal, until: 2026-11-30 }, admin] }\n";
    assert_eq!(refused(&rulebook, LAST, levels), ["4:56 levels-not-one"]);
    assert!(tried(&rulebook, AFTER, levels).is_ok());
}

/// The roles of pilar in the file after a change on a day.
fn written(on: &str, text: &str, change: &Change) -> String {
    let rulebook = rulebook();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm.yaml");
    fs::write(&path, text).unwrap();
    let loader = FirmLoader::new(&rulebook).on(day(on));
    let firm = loader.from_file(&path).unwrap();
    let verdict = firm.judge(change).unwrap();
    assert!(verdict.is_accepted(), "{verdict:?}");
    firm.write_change(&path, &verdict).unwrap();
    let after = firm.after(&verdict).unwrap();
    assert!(loader.from_file(&path).unwrap() == after);
    assert!(load(&rulebook, on, &after.to_yaml()) == after);
    fs::read_to_string(&path).unwrap()
}

#[test]
fn a_change_in_the_file_takes_or_replaces_the_whole_entry_and_nothing_else() {
    let change = |word| Change::new("june", word).role("billing").target("pilar");
    let tail = |number: usize, tail: &str| {
        let (head, _) = WRITTEN[number].split_once("accounts").unwrap();
        format!("{head}accounts{tail}")
    };
    // An entry that holds is revoked: it is removed, with its day.
    let revoked = ["\n", "] }\n", "\"]}}]}", "] }\n"];
    // An entry that has ended is granted anew: it gives way to one without an end.
    let granted = [
        "\n        - billing\n",
        ", billing] }\n",
        "\", \"billing\"]}}]}",
        ", billing] }\n",
    ];
    for (number, text) in WRITTEN.iter().enumerate() {
        assert_eq!(
            written(LAST, text, &change("revoke")),
            tail(number, revoked[number])
        );
        assert_eq!(
            written(AFTER, text, &change("grant")),
            tail(number, granted[number])
        );
    }
}

#[test]
fn what_a_change_does_not_touch_keeps_its_day() {
    for (number, text) in WRITTEN.iter().enumerate() {
        for on in [LAST, AFTER] {
            let change = Change::new("june", "grant").role("reports").target("pilar");
            let after = written(on, text, &change);
            assert!(after.contains("reports"), "{number} {after}");
            assert!(after.contains(LAST), "{number} {after}");
        }
    }
}

#[test]
fn a_firm_whose_days_were_changed_meanwhile_is_not_written() {
    let rulebook = rulebook();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm.yaml");
    for text in WRITTEN {
        fs::write(&path, text).unwrap();
        let firm = FirmLoader::new(&rulebook).on(day(LAST)).from_file(&path);
        let firm = firm.unwrap();
        let change = Change::new("june", "grant").role("reports").target("pilar");
        let verdict = firm.judge(&change).unwrap();
        fs::write(&path, text.replace(LAST, "2027-11-30")).unwrap();
        let error = firm.write_change(&path, &verdict).unwrap_err();
        assert_eq!(error.finding().code().name(), "changed-meanwhile");
    }
}

#[test]
fn edits_in_memory_keep_days() {
    let rulebook = rulebook();
    let text = WRITTEN[0].replace("users:\n", "users:\n  - id: ada\n");
    for on in [LAST, AFTER] {
        let firm = load(&rulebook, on, &text);
        let edited = firm.edit().remove("ada").apply().unwrap();
        assert!(edited == load(&rulebook, on, WRITTEN[0]));
        let disabled = firm.edit().disable("pilar").enable("pilar").apply();
        assert!(disabled.unwrap() == firm);
        let seat = Seat::new("manage").role("accounts").role("billing");
        let open = firm.edit().change(User::new("pilar").seat(seat));
        let open = open.apply().unwrap();
        assert!(!open.to_yaml().contains("until"));
        let seat = Seat::new("manage").role_until("reports", day("2030-01-01"));
        let other = firm.edit().change(User::new("pilar").seat(seat));
        assert_eq!(roles(&other.apply().unwrap()), ["reports"]);
    }
    let without_day = Firm::from_text(&rulebook, "firm.yaml", HEAD).unwrap();
    let seat = Seat::new("manage").role_until("reports", day("2030-01-01"));
    let error = without_day
        .edit()
        .insert(User::new("una").seat(seat))
        .apply();
    let error = error.unwrap_err();
    assert_eq!(
        error.findings().iter().next().unwrap().code().name(),
        "day-wanted"
    );
}

const HOUSE: &str = "\
firm: House
users:
  - id: june
    manage: { roles: [primary_subscriber] }
  - id: otto
    manage: {}
  - id: wren
    manage: {}
groups:
  team: [{ id: otto, until: 2026-11-30 }, wren]
things:
  matter:
    - { id: m1, access: [team] }
    - { id: m2, access: { id: otto, until: 2026-11-30 } }
    - { id: m3, access: [{ id: team, until: 2026-11-30 }, june] }
";

/// Who may open which matter.
fn opens(firm: &Firm) -> Vec<String> {
    let mut opens = Vec::new();
    for user in firm.users() {
        for matter in ["m1", "m2", "m3"] {
            let question = crate::Question::new(user, "open_matter").target(matter);
            if firm.ask(&question).unwrap().is_allowed() {
                opens.push(format!("{user} {matter}"));
            }
        }
    }
    opens
}

#[test]
fn groups_and_lists_end_as_well_and_a_list_that_ended_is_open_to_nobody() {
    let rulebook = rulebook();
    // Once as usual, once for the close reader alone.
    for text in [
        HOUSE.to_owned(),
        HOUSE.replacen("firm: House", "firm: >-\n  House", 1),
    ] {
        let firm = load(&rulebook, LAST, &text);
        let all = [
            "june m3", "otto m1", "otto m2", "otto m3", "wren m1", "wren m3",
        ];
        assert_eq!(opens(&firm), all);
        let later = load(&rulebook, AFTER, &text);
        assert_eq!(opens(&later), ["june m3", "wren m1"]);
        assert_eq!(later.warnings().iter().count(), 3);
        for firm in [&firm, &later] {
            let on = firm.day().unwrap().to_string();
            assert!(load(&rulebook, &on, &firm.to_yaml()) == *firm);
            let json = serde_json::to_string(firm).unwrap();
            assert!(load(&rulebook, &on, &json) == *firm);
        }
        let edited = later
            .edit()
            .remove("june")
            .insert(User::new("june").seat(Seat::new("manage").role("primary_subscriber")));
        let edited = edited.apply().unwrap();
        assert!(
            edited
                .to_yaml()
                .contains("access: [{ id: otto, until: 2026-11-30 }]"),
            "{}",
            edited.to_yaml()
        );
    }
    let unsaid = Firm::from_text(&rulebook, "firm.yaml", HOUSE).unwrap_err();
    assert_eq!(
        unsaid.findings().iter().next().unwrap().code().name(),
        "day-wanted"
    );
}

#[test]
fn a_review_names_what_ends_within_thirty_days() {
    let rulebook = rulebook();
    let ending = |on: &str| {
        let review = load(&rulebook, on, HOUSE).review().unwrap();
        let ending = review.ending.iter();
        let ending = ending.map(|ending| format!("{} {} {}", ending.id, ending.until, ending.days));
        ending.collect::<Vec<_>>()
    };
    assert_eq!(ending("2026-10-30"), Vec::<String>::new());
    let all = [
        "otto 2026-11-30 30",
        "otto 2026-11-30 30",
        "team 2026-11-30 30",
    ];
    assert_eq!(ending("2026-10-31"), all);
    assert_eq!(ending(LAST).len(), 3);
    assert_eq!(ending(AFTER), Vec::<String>::new());
    let some = load(&rulebook, LAST, HOUSE);
    assert_eq!(some.review_of(&["otto"], None).unwrap().ending.len(), 2);
    assert_eq!(some.review_of(&["wren"], None).unwrap().ending.len(), 0);
}
