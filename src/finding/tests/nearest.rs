//! Nearest names are looked for only where somebody reads them.

use pretty_assertions::assert_eq;

use super::*;
use crate::{AskError, Change, Firm, Question, Rulebook};

#[test]
fn help_that_takes_a_while_is_looked_for_only_where_it_is_kept() {
    let mut findings = Findings::new();
    let mut looked = 0;
    for number in 0..5_000 {
        for _ in 0..2 {
            let finding = Finding::new(&names::UNKNOWN_USER, None, &[&number]);
            findings.push_with(finding, |finding| {
                looked += 1;
                finding.with_nearest("wern", ["wren"])
            });
        }
    }
    assert_eq!(looked, Findings::KEPT);
    // Beyond those that are kept, nobody remembers what was met before.
    assert_eq!(findings.beyond(), 2 * (5_000 - Findings::KEPT));
    let help = |finding: &Finding| finding.help() == Some("did you mean `wren`?");
    assert!(findings.iter().all(help));
}

/// An unknown name at each door through which strangers' names come in.
fn unknown_names(name: &str) -> Vec<(&'static str, AskError)> {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    let ask = |question: Question<'_>| firm.ask(&question).unwrap_err();
    let judge = |change: Change| firm.judge(&change).unwrap_err();
    let grant = || {
        Change::new("tomas", "grant")
            .product("manage")
            .target("wren")
    };
    let set = |setting: &str, value: &str| {
        let set = Change::new("tomas", "set_visibility").target("wren");
        judge(set.setting(setting, value))
    };
    let open = rulebook.action(None, "open_matter").unwrap();
    let change = rulebook.change(Some("manage"), "grant").unwrap();
    let setting = rulebook.change(None, "set_visibility").unwrap();
    let bulk = |part: Change| crate::Bulk::new("tomas").product("manage").part(part);
    vec![
        ("a user", firm.user(name).unwrap_err()),
        ("who asks", ask(Question::new(name, "create_bill"))),
        (
            "a target",
            ask(Question::new("wren", "edit_user_profile").target(name)),
        ),
        ("an action", ask(Question::new("wren", name))),
        (
            "an action of one",
            ask(Question::new("wren", name).product("manage")),
        ),
        (
            "a product",
            ask(Question::new("wren", "create_bill").product(name)),
        ),
        (
            "a fact",
            ask(Question::new("wren", "open_matter").fact(name, "listed")),
        ),
        (
            "a fact's value",
            ask(Question::new("wren", "open_matter").fact("matter_access", name)),
        ),
        (
            "an action's handle",
            rulebook.action(None, name).unwrap_err(),
        ),
        (
            "a fact of a handle",
            open.with_fact(&rulebook, name, "listed").unwrap_err(),
        ),
        (
            "who changes",
            judge(Change::new(name, "grant").product("manage")),
        ),
        ("a change", judge(Change::new("tomas", name))),
        (
            "a change of one",
            judge(Change::new("tomas", name).product("manage")),
        ),
        ("a role", judge(grant().role(name))),
        ("a setting", set(name, "own")),
        ("a setting's value", set("billing_rate_visibility", name)),
        (
            "a change's handle",
            rulebook.change(None, name).unwrap_err(),
        ),
        (
            "a role of a handle",
            change.with_role(&rulebook, name).unwrap_err(),
        ),
        (
            "a setting of a handle",
            setting.with_setting(&rulebook, name, "own").unwrap_err(),
        ),
        (
            "a part",
            firm.judge_bulk(&bulk(grant().role(name))).unwrap_err(),
        ),
        (
            "a reading",
            firm.with_reading(None, name, true).unwrap_err(),
        ),
        (
            "a reader's setting",
            firm.setting("manage", "wren", name).unwrap_err(),
        ),
        (
            "a change in words",
            Change::from_words(&rulebook, None, "tomas", &[name, "wren"]).unwrap_err(),
        ),
    ]
}

#[test]
fn no_door_searches_for_a_nearest_name_before_somebody_reads_it() {
    for (door, error) in unknown_names("wern") {
        let finding = error.into_finding();
        assert!(
            finding.code().name().starts_with("unknown-"),
            "{door}: {finding}"
        );
        let finding = finding.clone();
        assert!(finding.awaits_search(), "{door}");
        // What a search may take bounds it.
        let mut steps = 7;
        finding.help_within(&mut steps);
        assert!(steps < 7 && !finding.awaits_search(), "{door}");
    }
    for (door, error) in unknown_names(&"a".repeat(1 << 20)) {
        let finding = error.into_finding();
        assert!(!finding.awaits_search(), "{door}: there is nothing near");
        assert!(finding.message().len() < 1_000, "{door}");
    }
}
