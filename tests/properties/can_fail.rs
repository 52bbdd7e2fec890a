//! Each property fails where what it says does not hold.

use std::panic::{AssertUnwindSafe, catch_unwind};

use clio_rules::direct::Direct;
use clio_rules::fixtures::{Options, Suites};
use clio_rules::{Change, Finding, Findings, Firm, Question, Rulebook, codes};

use crate::targets::{
    asking, batch_line, change_and_inverse, firm, fixture, refusal, write_touches_only_the_change,
};

/// Whether a property does not hold.
fn fails(property: impl FnOnce()) -> bool {
    catch_unwind(AssertUnwindSafe(property)).is_err()
}

fn example() -> Firm {
    Firm::example(&firm::BUILTIN).unwrap()
}

#[test]
fn a_refusal_without_an_error_is_found() {
    assert!(fails(|| refusal::is_sound(&Findings::new())));
    let sound = Finding::new(&codes::UNKNOWN_KEY, None, &[&"tarqet"]);
    assert!(!fails(|| refusal::finding_is_sound(&sound)));
    assert!(fails(|| refusal::is_printable("\u{1b}[2J")));
}

#[test]
fn a_question_without_an_answer_is_found() {
    let firm = example();
    let declared = Question::new("wren", "create_bill");
    assert!(!fails(|| asking::is_answered(&firm, &declared)));
    assert!(fails(|| asking::is_answered(
        &firm,
        &Question::new("wren", "open_matte")
    )));
}

#[test]
fn scripts_that_differ_from_the_tables_are_found() {
    let rules = [
        ("manage.yaml", include_str!("../../rules/manage.yaml")),
        ("manage.rhai", include_str!("../../rules/manage.rhai")),
    ];
    let rulebook = Rulebook::from_texts(rules).unwrap();
    let firm = Firm::from_text(
        &rulebook,
        "firm.yaml",
        include_str!("../../fixtures/firms/lindqvist.yaml"),
    )
    .unwrap();
    let user = firm.users().next().unwrap();
    let question = Question::new(user, "view_own_billing_rate");
    let changed = |from: &str, to: &str| {
        let texts = rules.map(|(name, text)| (name, text.replace(from, to)));
        Direct::from_texts(texts.iter().map(|(name, text)| (*name, text.as_str()))).unwrap()
    };
    let (same, flipped) = (
        changed("", ""),
        changed("\"all\" => true", "\"all\" => false"),
    );
    assert!(!fails(|| asking::answer_alike(&firm, &same, &question)));
    assert!(fails(|| asking::answer_alike(&firm, &flipped, &question)));
    let grant = Change::new(user, "grant").role("billing").target(user);
    let dropped = changed("unless: [nobody_edits_their_own_permissions, ", "unless: [");
    assert!(!fails(|| asking::judge_alike(&firm, &same, &grant)));
    assert!(fails(|| asking::judge_alike(&firm, &dropped, &grant)));
}

#[test]
fn a_firm_that_reads_otherwise_is_found() {
    let firm = example();
    let text = serde_json::to_string(&firm).unwrap();
    assert!(!fails(|| firm::reads_as(&text, &firm)));
    assert!(fails(|| firm::reads_as(
        &text.replacen("[\"billing\"]", "[\"reports\"]", 1),
        &firm
    )));
    assert!(fails(|| firm::reads_as(
        &text.replacen("Wren", "Wern", 1),
        &firm
    )));
}

#[test]
fn a_test_that_is_not_counted_is_found() {
    let mut report = Suites::builtin()
        .unwrap()
        .run(&firm::BUILTIN, &Options::default())
        .unwrap();
    assert!(!fails(|| fixture::counts_every_test(&report)));
    report.totals.passed -= 1;
    assert!(fails(|| fixture::counts_every_test(&report)));
}

#[test]
fn a_line_without_its_reply_is_found() {
    let asked = b"{\"user\":\"wren\",\"action\":\"create_bill\"}\n";
    let reply = br#"{"user":"wren","action":"create_bill","product":"manage","decision":"deny"}"#;
    assert!(fails(|| batch_line::are_answered(asked, true, b"")));
    // The other reader gives another answer than this one.
    assert!(fails(|| batch_line::are_answered(asked, true, reply)));
    assert!(fails(|| batch_line::are_answered(
        asked,
        true,
        b"{\"error\":{}}"
    )));
    assert!(!fails(|| batch_line::are_answered(
        asked,
        false,
        b"{\"error\":{}}"
    )));
    assert!(!fails(|| batch_line::are_a_table(
        true,
        b"user,error.code\nwren,\n"
    )));
    assert!(fails(|| batch_line::are_a_table(
        true,
        b"user,error.code\nwr\ren,\n"
    )));
    assert!(fails(|| batch_line::are_a_table(
        true,
        b"user,error.code\nwren,unknown-user\n"
    )));
}

#[test]
fn a_change_that_alters_something_else_or_stays_is_found() {
    let (firm, products) = (example(), asking::catalogue(&firm::BUILTIN));
    let grant = Change::new("tomas", "grant").role("billing").target("wren");
    let verdict = firm.judge(&grant).unwrap();
    let after = firm.after(&verdict).unwrap();
    assert!(!fails(|| change_and_inverse::alters_what_it_lists(
        &firm, &verdict, &after, &products
    )));
    assert!(fails(|| change_and_inverse::alters_what_it_lists(
        &firm, &verdict, &firm, &products
    )));
    let revoke = |role| Change::new("tomas", "revoke").role(role).target("wren");
    assert!(!fails(|| change_and_inverse::undoes(
        &firm,
        &grant,
        &after,
        &revoke("billing"),
        &products
    )));
    assert!(fails(|| change_and_inverse::undoes(
        &firm,
        &grant,
        &after,
        &revoke("reports"),
        &products
    )));
}

#[test]
fn a_byte_that_is_touched_elsewhere_is_found() {
    use write_touches_only_the_change::differ_only_in;
    let old = "firm: Moss  # ours\nroles: [billing]\nmore: x\n";
    let place = old.find("[billing]").unwrap();
    let roles: Vec<_> = std::iter::once(place..place + "[billing]".len()).collect();
    assert!(differ_only_in(
        old,
        &old.replace("billing", "billing, reports"),
        roles.clone()
    ));
    for (from, to) in [
        ("  # ours", " # ours"),
        ("more: x\n", "more: x"),
        ("more", "less"),
        ("firm", "Firm"),
    ] {
        assert!(
            !differ_only_in(old, &old.replace(from, to), roles.clone()),
            "{from:?}"
        );
    }
}
