use super::*;
use crate::{Firm, Limits, Loader, Question, Rulebook};
use pretty_assertions::assert_eq;

mod bulk;
mod handles;
mod unasked;

fn example() -> Firm {
    Firm::example(&Rulebook::builtin().unwrap()).unwrap()
}

/// A house whose rules leave more to the engine than the built-in rules do.
fn house() -> Firm {
    let rules = include_str!("../../tests/cases/loads/a_house/rules/door.yaml");
    let firm = include_str!("../../tests/cases/loads/a_house/firm.yaml");
    let rulebook = Rulebook::from_texts([("door.yaml", rules)]).unwrap();
    Firm::from_text(&rulebook, "firm.yaml", firm).unwrap()
}

/// `tomas grant billing wren`, as on the command line.
fn change(words: &str) -> Change {
    let words: Vec<&str> = words.split(' ').collect();
    match words.as_slice() {
        [user, change @ "set_visibility", setting, value, target] => Change::new(*user, *change)
            .setting(*setting, *value)
            .target(*target),
        [user, change, role, target] => Change::new(*user, *change).role(*role).target(*target),
        [user, change, target] => Change::new(*user, *change).target(*target),
        _ => Change::default(),
    }
}

fn bulk(parts: &[&str]) -> Bulk {
    let user = parts[0].split(' ').next().unwrap();
    parts
        .iter()
        .fold(Bulk::new(user), |bulk, part| bulk.part(change(part)))
}

/// A verdict in one line.
fn line(verdict: &Verdict) -> String {
    if verdict.is_accepted() {
        return format!("accept {} {:?}", verdict.grounds.basis, &verdict.effects);
    }
    let reasons = verdict.reasons.iter().map(|reason| match reason.part {
        Some(part) => format!("{part}:{}", &*reason.grounds.rule),
        None => reason.grounds.rule.to_string(),
    });
    format!(
        "reject {} {}",
        verdict.grounds.basis,
        reasons.collect::<Vec<_>>().join(" ")
    )
}

#[test]
fn every_row_of_the_change_tables() {
    let firm = example();
    for (asked, expected) in [
        // Grant and revoke.
        ("tomas grant accounts wren", "accept stated []"),
        (
            "tomas grant billing wren",
            "accept stated [\"payment_notifications_start\"]",
        ),
        ("nadia grant administrator wren", "accept stated []"),
        ("tomas grant billing leila", "accept stated [\"no_effect\"]"),
        (
            "tomas revoke billing leila",
            "accept stated [\"payment_notifications_stop\"]",
        ),
        (
            "tomas revoke billing sami",
            "accept stated [\"bill_reminder_replies_go_to_primary_subscriber\", \"payment_notifications_stop\"]",
        ),
        ("tomas revoke reports sami", "accept stated [\"no_effect\"]"),
        (
            "tomas grant billing hugo",
            "accept stated [\"payment_notifications_start\"]",
        ),
        ("wren grant billing otto", "reject stated grant"),
        ("leila revoke billing sami", "reject stated revoke"),
        (
            "tomas grant billing tomas",
            "reject stated nobody_edits_their_own_permissions",
        ),
        (
            "tomas revoke billing nadia",
            "reject stated nobody_edits_the_primary_subscriber",
        ),
        (
            "nadia grant reports nadia",
            "reject stated nobody_edits_their_own_permissions nobody_edits_the_primary_subscriber",
        ),
        ("wren grant billing wren", "reject stated grant"),
        ("hugo grant billing wren", "reject inferred user_disabled"),
        ("bea grant billing wren", "reject inferred user_has_no_seat"),
        (
            "tomas grant billing bea",
            "reject inferred target_has_no_seat",
        ),
        // Visibility.
        (
            "tomas set_visibility billing_rate_visibility own wren",
            "accept inferred []",
        ),
        (
            "tomas set_visibility billing_rate_visibility all wren",
            "accept inferred [\"no_effect\"]",
        ),
        (
            "tomas set_visibility activity_hours_visibility own tomas",
            "reject inferred nobody_edits_their_own_permissions",
        ),
        (
            "tomas set_visibility activity_hours_visibility own nadia",
            "reject inferred nobody_edits_the_primary_subscriber",
        ),
        (
            "wren set_visibility activity_hours_visibility own otto",
            "reject inferred set_visibility",
        ),
        // Ownership.
        (
            "nadia transfer_ownership tomas",
            "accept stated [\"firm_calendar_control_moves\"]",
        ),
        (
            "tomas transfer_ownership priya",
            "reject stated transfer_ownership",
        ),
        (
            "nadia transfer_ownership nadia",
            "reject stated ownership_stays_where_it_is",
        ),
        (
            "nadia transfer_ownership wren",
            "reject stated only_an_administrator_can_receive",
        ),
        (
            "nadia transfer_ownership hugo",
            "reject inferred a_disabled_person_cannot_receive",
        ),
        (
            "nadia transfer_ownership greta",
            "reject stated a_disabled_person_cannot_receive only_an_administrator_can_receive",
        ),
        (
            "nadia transfer_ownership bea",
            "reject inferred target_has_no_seat",
        ),
        // Grow.
        ("nadia assign admin wren", "accept stated []"),
        ("nadia assign normal wren", "accept stated [\"no_effect\"]"),
        ("nadia assign normal priya", "accept stated []"),
        (
            "nadia assign normal nadia",
            "reject inferred nobody_edits_their_own_level",
        ),
        ("wren assign admin otto", "reject stated assign"),
        ("hugo assign admin wren", "reject inferred user_disabled"),
        (
            "leila assign admin wren",
            "reject inferred user_has_no_seat",
        ),
        (
            "nadia assign admin leila",
            "reject inferred target_has_no_seat",
        ),
    ] {
        let verdict = firm.judge(&change(asked)).unwrap();
        assert_eq!(line(&verdict), expected, "{asked}");
        if verdict.is_accepted() {
            assert!(verdict.reasons.is_empty());
            assert_eq!(
                verdict.altered.is_empty(),
                verdict.effects.join(" ") == "no_effect",
                "{asked}"
            );
        } else {
            assert!(
                verdict.effects.is_empty()
                    && verdict.altered.is_empty()
                    && verdict.grounds.site.as_deref().is_none()
            );
            assert_eq!(&*verdict.grounds.rule, &*verdict.reasons[0].grounds.rule);
        }
    }
}

#[test]
fn the_firm_after_a_change_is_what_the_change_says() {
    let firm = example();
    let does = |firm: &Firm, user: &str, action: &str| {
        firm.ask(&Question::new(user, action)).unwrap().is_allowed()
    };
    let altered = |verdict: &Verdict| -> Vec<String> {
        verdict
            .altered
            .iter()
            .map(|a| format!("{} {} {} {}", a.user, a.what, a.from, a.to))
            .collect()
    };
    let verdict = firm.judge(&change("tomas revoke billing sami")).unwrap();
    assert_eq!(
        altered(&verdict),
        [
            "sami billing true false",
            "sami receives_bill_reminder_replies true false",
            "nadia receives_bill_reminder_replies false true",
        ]
    );
    let after = firm.after(&verdict).unwrap();
    assert!(does(&firm, "sami", "create_bill") && !does(&after, "sami", "create_bill"));
    // Granting again does not restore the flag. Revoking afterwards therefore has one effect less.
    let again = after
        .after(&after.judge(&change("tomas grant billing sami")).unwrap())
        .unwrap();
    let verdict = again.judge(&change("tomas revoke billing sami")).unwrap();
    assert_eq!(verdict.effects.join(" "), "payment_notifications_stop");

    let verdict = firm
        .judge(&change("nadia transfer_ownership tomas"))
        .unwrap();
    let after = firm.after(&verdict).unwrap();
    assert!(
        does(&after, "tomas", "control_firm_calendar")
            && !does(&after, "nadia", "control_firm_calendar")
    );
    assert!(
        does(&after, "nadia", "add_court_rules")
            && does(&after, "nadia", "receive_payment_notifications")
    );
    // The receiver is the new primary subscriber afterwards.
    let verdict = after.judge(&change("tomas revoke billing sami")).unwrap();
    assert!(
        altered(&verdict).contains(&"tomas receives_bill_reminder_replies false true".to_owned())
    );
    assert!(
        after
            .judge(&change("tomas transfer_ownership nadia"))
            .unwrap()
            .is_accepted()
    );

    let verdict = firm.judge(&change("nadia assign admin wren")).unwrap();
    assert_eq!(
        altered(&verdict),
        ["wren normal true false", "wren admin false true"]
    );
    // A rejection changes nothing.
    let refused = firm.apply(&change("wren grant billing otto")).unwrap();
    assert!(!refused.verdict.is_accepted());
    assert_eq!(refused.firm.state, firm.state);
    assert_eq!(
        serde_yaml::to_string(&refused.firm).unwrap(),
        serde_yaml::to_string(&firm).unwrap()
    );
}

#[test]
fn what_has_to_be_true_of_every_firm_stays_true() {
    let firm = house();
    for (asked, expected) in [
        ("olga pass_on gus", "accept stated []"),
        // No refusal of these rules stops it. The engine does.
        ("olga pass_on dan", "reject stated owner"),
        ("olga pass_on olga", "accept stated [\"nothing_happens\"]"),
        ("gus pass_on pia", "reject stated pass_on"),
        ("olga pass_on zoe", "reject inferred target_has_no_seat"),
    ] {
        let verdict = firm.judge(&change(asked)).unwrap();
        assert_eq!(line(&verdict), expected, "{asked}");
    }
    let refused = firm.judge(&change("olga pass_on dan")).unwrap();
    assert_eq!(
        &*refused.grounds.reason,
        "there is always exactly one Owner, and they are enabled"
    );
    // Each part alone leaves one owner. Together they would leave two.
    let twice = firm
        .judge_bulk(&bulk(&[
            "olga pass_on gus",
            "olga grant guest pia",
            "olga pass_on pia",
        ]))
        .unwrap();
    assert_eq!(line(&twice), "reject stated 1:owner 3:owner");
    assert!(twice.altered.is_empty());
    let once = firm
        .judge_bulk(&bulk(&[
            "olga pass_on gus",
            "olga grant guest pia",
            "olga pass_on gus",
        ]))
        .unwrap();
    assert_eq!(line(&once), "accept stated [\"a_key_is_cut\"]");
    let after = firm.after(&once).unwrap();
    assert!(
        after
            .judge(&change("gus pass_on olga"))
            .unwrap()
            .is_accepted()
    );
    assert!(
        !after
            .judge(&change("olga pass_on gus"))
            .unwrap()
            .is_accepted()
    );
}

#[test]
fn verdicts_are_complete_as_data() {
    let firm = example();
    let verdict = firm.judge(&change("tomas grant billing nadia")).unwrap();
    let json = serde_json::to_value(&verdict).unwrap();
    for key in [
        "product", "user", "change", "role", "target", "verdict", "effects", "basis", "rule",
        "reason", "place", "section", "reasons",
    ] {
        assert!(json.get(key).is_some(), "{key} is missing in {json}");
    }
    assert_eq!(json["verdict"], "reject");
    assert_eq!(json["effects"], serde_json::json!([]));
    assert_eq!(
        json["reasons"][0]["rule"],
        "nobody_edits_the_primary_subscriber"
    );
    let bulk = firm
        .judge_bulk(&bulk(&[
            "tomas grant billing wren",
            "tomas grant billing nadia",
        ]))
        .unwrap();
    let json = serde_json::to_value(&bulk).unwrap();
    assert_eq!(json["reasons"][0]["part"], 2);
    assert_eq!(json["parts"][0]["role"], "billing");
}
