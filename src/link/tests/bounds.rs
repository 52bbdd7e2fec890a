//! What is numbered has a bound, and a rule file beyond it is refused before a number could mean something else.

use super::DOOR;
use crate::{Firm, Loader, Question, Rulebook};
use pretty_assertions::assert_eq;

/// The rulebook of a house with these actions, and what stands after them.
fn house(before: &str, actions: &str) -> Result<Rulebook, String> {
    let head = DOOR.split("actions:").next().unwrap();
    let text = format!("{head}{before}{actions}");
    Rulebook::from_texts([("door.yaml", text.as_str())]).map_err(|error| error.to_string())
}

fn one_action(more: &str) -> String {
    format!(
        "actions:\n  - group: Doors\n    basis: stated\n    section: doors\n    actions:\n      open:\n        title: Open\n        allow: everyone\n{more}"
    )
}

/// A fact that can have one value only needs no bit, but there are only so many of them.
#[test]
fn facts_of_one_value_are_bounded_as_well() {
    let facts = |count: usize| -> String {
        let all = (0..count).map(|n| format!("          f{n}: {{ values: [only] }}\n"));
        one_action(&format!("        facts:\n{}", all.collect::<String>()))
    };
    let refused = house("", &facts(70)).unwrap_err();
    assert!(refused.contains("error[facts-too-wide]"), "{refused}");
    let rulebook = house("", &facts(63)).unwrap();
    let user = crate::User::new("ada").seat(crate::Seat::new("door").role("owner"));
    let firm = Firm::of_users(&rulebook, "House", [user]).unwrap();
    let error = firm.ask(&Question::new("ada", "open")).unwrap_err();
    assert_eq!(error.code().name(), "missing-fact");
    let all = (0..63).fold(Question::new("ada", "open"), |asked, n| {
        asked.fact(format!("f{n}"), "only")
    });
    assert!(firm.ask(&all).unwrap().is_allowed());
}

#[test]
fn refusals_of_one_action_are_bounded() {
    let names: Vec<String> = (0..4_000).map(|n| format!("r{n}")).collect();
    let refusals: String = names
        .iter()
        .map(|name| format!("  {name}: {{ when: same_user, because: No }}\n"))
        .collect();
    let list = names.join(", ");
    let rules: String = (0..16)
        .map(|n| format!("          - {{ rule: rule_{n}, allow: owner, unless: [{list}] }}\n"))
        .collect();
    let action = format!(
        "actions:\n  - group: Doors\n    basis: stated\n    section: doors\n    target: user\n    actions:\n      open:\n        title: Open\n        rules:\n{rules}"
    );
    let limits = crate::Limits {
        rule_file_bytes: 8 << 20,
        ..crate::Limits::default()
    };
    let head = DOOR.split("actions:").next().unwrap();
    let text = format!("{head}refusals:\n{refusals}{action}");
    let refused = Loader::new()
        .limits(&limits)
        .rulebook_from_texts([("door.yaml", text.as_str())])
        .unwrap_err();
    let found = refused
        .findings()
        .iter()
        .any(|finding| finding.code().name() == "too-many-names");
    assert!(found, "{refused}");
}

#[test]
fn refusals_that_a_group_gives_to_many_actions_are_bounded() {
    let names: Vec<String> = (0..2_000).map(|n| format!("r{n}")).collect();
    let refusals: String = names
        .iter()
        .map(|name| format!("  {name}: {{ when: \"!user.owner\", because: No }}\n"))
        .collect();
    let actions: String = (0..2_000).map(|n| format!("      a{n}: A\n")).collect();
    let group = format!(
        "actions:\n  - group: Doors\n    basis: stated\n    section: doors\n    allow: owner\n    unless: [{}]\n    actions:\n{actions}",
        names.join(", ")
    );
    let refused = house(&format!("refusals:\n{refusals}"), &group).unwrap_err();
    assert!(refused.contains("error[too-many-names]"), "{refused}");
}

/// An argument takes the values of all settings: more than its numbers could tell apart are refused.
#[test]
fn the_values_of_all_settings_together_are_bounded() {
    let setting = |n: usize| {
        let values: Vec<String> = (0..4_000).map(|v| format!("v{}", n * 4_000 + v)).collect();
        format!(
            "  s{n}: {{ title: S, values: [{0}], default: v{1}, basis: stated, section: doors }}\n",
            values.join(", "),
            n * 4_000
        )
    };
    let settings: String = (0..5).map(setting).collect();
    let changes = "changes:\n  put:\n    title: Put\n    basis: stated\n    section: doors\n    takes: { setting: [s0], value: a value of setting }\n    allow: owner\n    does:\n      - { set: setting, of: target, to: value }\n";
    let refused = house(
        &format!("settings:\n{settings}"),
        &format!("{}{changes}", one_action("")),
    )
    .unwrap_err();
    assert!(refused.contains("error[too-many-names]"), "{refused}");
}

/// What is found when a house with this text is loaded, each code once.
fn codes(text: &str) -> Vec<&'static str> {
    let limits = crate::Limits {
        rule_file_bytes: 8 << 20,
        events: 1 << 24,
        ..crate::Limits::default()
    };
    match Loader::new()
        .limits(&limits)
        .rulebook_from_texts([("door.yaml", text)])
    {
        Ok(_) => Vec::new(),
        Err(error) => {
            let mut codes: Vec<_> = error.findings().iter().map(|f| f.code().name()).collect();
            codes.dedup();
            codes
        }
    }
}

#[test]
fn a_setting_has_as_many_values_as_can_be_numbered_and_no_more() {
    let values = |count: usize| {
        let values: Vec<String> = (0..count).map(|value| format!("v{value}")).collect();
        let settings = format!(
            "settings:\n  size: {{ title: Size, values: [{}], default: v0, basis: stated, section: doors }}\n",
            values.join(", ")
        );
        house(&settings, &one_action(""))
    };
    assert!(values(4_096).is_ok());
    let refused = values(4_097).unwrap_err();
    assert!(refused.contains("error[too-many-names]"), "{refused}");
    assert!(
        refused.contains("4097 values") && refused.contains("4096"),
        "{refused}"
    );
}

/// Both are numbered together, as both are read by name.
#[test]
fn settings_and_readings_are_counted_together() {
    let setting = |n| {
        format!(
            "  s{n}: {{ title: S, values: [a, b], default: a, basis: stated, section: doors }}\n"
        )
    };
    let settings: String = (0..16_000).map(setting).collect();
    let reading = "readings:\n  r: { question: R, default: true, section: doors }\n";
    let head = DOOR.split("actions:").next().unwrap();
    let text = format!(
        "{head}settings:\n{settings}{reading}{}",
        one_action("        when: nobody\n        because: No\n")
    );
    let codes = codes(&text);
    assert!(codes.contains(&"too-many-names"), "{codes:?}");
}

/// Every rule has at least three rulings. The rulings of one action are numbered with 16 bits.
#[test]
fn rules_of_one_action_are_bounded_where_nothing_is_refused() {
    let rules: String = (0..22_000)
        .map(|n| format!("          - {{ rule: rule_{n}, allow: owner }}\n"))
        .collect();
    let head = DOOR.split("actions:").next().unwrap();
    let text = format!(
        "{head}actions:\n  - group: Doors\n    basis: stated\n    section: doors\n    actions:\n      open:\n        title: Open\n        rules:\n{rules}"
    );
    assert_eq!(codes(&text), ["too-many-names"]);
}

/// Rulings are added up over the actions: a thousand here and a thousand there are two thousand.
#[test]
fn two_actions_with_many_refusals_are_no_more_than_both() {
    let names: Vec<String> = (0..800).map(|n| format!("r{n}")).collect();
    let refusals: String = names
        .iter()
        .map(|name| format!("  {name}: {{ when: \"!user.owner\", because: No }}\n"))
        .collect();
    let group = format!(
        "actions:\n  - group: Doors\n    basis: stated\n    section: doors\n    allow: owner\n    unless: [{}]\n    actions:\n      open: Open\n      shut: Shut\n",
        names.join(", ")
    );
    let rulebook = house(&format!("refusals:\n{refusals}"), &group).unwrap();
    let user = crate::User::new("ada").seat(crate::Seat::new("door").role("owner"));
    let firm = Firm::of_users(&rulebook, "House", [user]).unwrap();
    assert!(
        firm.ask(&Question::new("ada", "shut"))
            .unwrap()
            .is_allowed()
    );
}
