use super::*;
use crate::{Firm, Limits, Loader, Question, Rulebook};
use pretty_assertions::assert_eq;

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
fn bulk_changes_are_all_or_nothing() {
    let firm = example();
    for (parts, expected) in [
        (
            &["tomas grant billing wren", "tomas grant reports wren"][..],
            "accept stated [\"payment_notifications_start\"]",
        ),
        (
            &[
                "tomas grant billing wren",
                "tomas grant billing nadia",
                "tomas revoke billing tomas",
            ],
            "reject stated 2:nobody_edits_the_primary_subscriber 3:nobody_edits_their_own_permissions",
        ),
        // A repeated part counts once.
        (
            &["tomas grant billing wren", "tomas grant billing wren"],
            "accept stated [\"payment_notifications_start\"]",
        ),
        // Parts that undo each other are all refused.
        (
            &["tomas grant billing wren", "tomas revoke billing wren"],
            "reject inferred 1:parts_contradict 2:parts_contradict",
        ),
        (
            &[
                "tomas grant billing wren",
                "tomas grant reports wren",
                "tomas revoke billing wren",
            ],
            "reject inferred 1:parts_contradict 3:parts_contradict",
        ),
        (
            &["tomas grant billing nadia", "tomas revoke billing nadia"],
            "reject stated 1:nobody_edits_the_primary_subscriber 1:parts_contradict 2:nobody_edits_the_primary_subscriber 2:parts_contradict",
        ),
        // Every part is judged against the firm as it is: nobody becomes administrator half-way.
        (
            &["wren grant reports otto", "wren grant billing otto"],
            "reject stated 1:grant 2:grant",
        ),
        // Effects in the order of the rule file, whatever the order of the parts.
        (
            &["tomas grant billing wren", "tomas revoke billing leila"],
            "accept stated [\"payment_notifications_start\", \"payment_notifications_stop\"]",
        ),
        (
            &["tomas revoke billing sami", "tomas grant billing wren"],
            "accept stated [\"bill_reminder_replies_go_to_primary_subscriber\", \"payment_notifications_start\", \"payment_notifications_stop\"]",
        ),
        // `no_effect` only when nothing at all changes.
        (
            &["tomas grant billing leila", "tomas grant reports wren"],
            "accept stated []",
        ),
        (
            &["tomas grant billing leila", "tomas revoke reports wren"],
            "accept stated [\"no_effect\"]",
        ),
        (
            &["hugo grant billing wren", "hugo revoke billing wren"],
            "reject inferred 1:user_disabled 2:user_disabled",
        ),
        (
            &["tomas grant billing bea", "tomas grant billing wren"],
            "reject inferred 1:target_has_no_seat",
        ),
    ] {
        let verdict = firm.judge_bulk(&bulk(parts)).unwrap();
        let actual = line(&verdict);
        assert_eq!(actual, expected, "{parts:?}");
        if !verdict.is_accepted() {
            assert!(verdict.altered.is_empty() && verdict.effects.is_empty());
        }
        // The first rejected part gives the reason for the whole bulk change.
        let spoke = verdict.reasons.first().map(|reason| &*reason.grounds.rule);
        assert_eq!(&*verdict.grounds.rule, spoke.unwrap_or("bulk"), "{parts:?}");
    }
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
fn changes_that_cannot_be_asked() {
    let firm = example();
    for (asked, code, help) in [
        (
            change("tomas grnt billing wren"),
            "unknown-change",
            Some("did you mean `grant`?"),
        ),
        (
            change("tomsa grant billing wren"),
            "unknown-user",
            Some("did you mean `tomas`?"),
        ),
        (
            change("tomas grant billing wern"),
            "unknown-user",
            Some("did you mean `wren`?"),
        ),
        (
            change("tomas grant biling wren"),
            "unknown-role",
            Some("did you mean `billing`?"),
        ),
        (change("tomas grant admin wren"), "unknown-role", None),
        (
            change("tomas grant primary_subscriber wren"),
            "role-not-granted",
            Some("it is passed on by `transfer_ownership`"),
        ),
        (
            change("tomas set_visibility billing_rate_visibilty own wren"),
            "unknown-setting",
            Some("did you mean `billing_rate_visibility`?"),
        ),
        (
            change("tomas set_visibility receives_bill_reminder_replies true wren"),
            "setting-not-changed",
            Some("it can be billing_rate_visibility, activity_hours_visibility"),
        ),
        (
            change("tomas set_visibility billing_rate_visibility owm wren"),
            "unknown-value",
            Some("did you mean `own`?"),
        ),
        (
            change("tomas set_visibility activity_hours_visibility none wren"),
            "unknown-value",
            Some("its values are all, own"),
        ),
        (change("tomas grant wren"), "missing-argument", None),
        (
            Change::new("tomas", "grant").role("billing"),
            "missing-target",
            Some("name the user it is done to"),
        ),
        (
            Change::new("nadia", "transfer_ownership")
                .role("billing")
                .target("tomas"),
            "unexpected-argument",
            None,
        ),
        (
            Change::new("tomas", "grant")
                .role("billing")
                .setting("a", "b")
                .target("wren"),
            "unexpected-argument",
            None,
        ),
        (
            change("nadia assign admin wren").product("manage"),
            "unknown-change",
            None,
        ),
        (
            change("nadia assign admn wren"),
            "unknown-role",
            Some("did you mean `admin`?"),
        ),
    ] {
        let error = firm.judge(&asked).unwrap_err();
        assert_eq!(error.code().name(), code, "{asked:?}");
        if help.is_some() {
            assert_eq!(error.help(), help, "{asked:?}");
        }
    }
}

#[test]
fn bulk_changes_that_cannot_be_asked() {
    let firm = example();
    let good = "tomas grant billing wren";
    for (asked, code) in [
        (Bulk::new("tomas"), "empty-bulk"),
        (Bulk::new("tomsa"), "unknown-user"),
        (
            Bulk::new("nadia")
                .product("grow")
                .part(change("nadia assign admin wren")),
            "no-bulk",
        ),
        (Bulk::new("nadia").product("gorw"), "unknown-product"),
        (
            bulk(&[
                good,
                "tomas set_visibility billing_rate_visibility own wren",
            ]),
            "bulk-part-not-allowed",
        ),
        (
            bulk(&[good, "tomas transfer_ownership wren"]),
            "bulk-part-not-allowed",
        ),
        (bulk(&[good, "tomas grnt billing wren"]), "unknown-change"),
        (bulk(&[good, "tomas grant biling wren"]), "unknown-role"),
        (bulk(&[good, "tomas grant billing wern"]), "unknown-user"),
    ] {
        assert_eq!(
            firm.judge_bulk(&asked).unwrap_err().code().name(),
            code,
            "{asked:?}"
        );
    }
    let limits = Limits {
        bulk_parts: 2,
        ..Limits::default()
    };
    let rulebook = Loader::new()
        .limits(&limits)
        .rulebook_from_texts(crate::load::builtin::RULES.iter().copied())
        .unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    assert!(firm.judge_bulk(&bulk(&[good, good])).is_ok());
    let error = firm.judge_bulk(&bulk(&[good, good, good])).unwrap_err();
    assert_eq!(error.code().name(), "bulk-too-large");
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

#[test]
fn handles_say_what_names_say() {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    let users: Vec<&str> = firm.users().collect();
    let (mut accepted, mut rejected) = (0, 0);
    let mut compare = |handle: ChangeHandle, change: Change, user: &str, target: &str| {
        let [by, to] = [user, target].map(|id| firm.user(id).unwrap());
        let judgement = firm.validate(by, handle, to).unwrap();
        let verdict = firm.judge(&change.target(target)).unwrap();
        assert_eq!(judgement.is_accepted(), verdict.is_accepted());
        assert!(
            judgement
                .effects()
                .eq(verdict.effects.iter().map(|id| &**id))
        );
        assert_eq!(judgement.basis(), verdict.grounds.basis);
        assert_eq!(judgement.altered(), verdict.altered.len());
        assert_eq!(judgement.reasons().next(), Some(&*verdict.grounds.reason));
        let rules: Vec<&str> = judgement.rules().collect();
        let actual: Vec<&str> = verdict
            .reasons
            .iter()
            .map(|reason| &*reason.grounds.rule)
            .collect();
        assert_eq!(
            rules,
            if verdict.is_accepted() {
                vec![&*verdict.grounds.rule]
            } else {
                actual
            }
        );
        *if verdict.is_accepted() {
            &mut accepted
        } else {
            &mut rejected
        } += 1;
    };
    for product in rulebook.products() {
        let catalogue = rulebook.catalogue(product).unwrap();
        for (user, target, declared) in users.iter().flat_map(|user| {
            let changes = &catalogue.changes;
            users
                .iter()
                .flat_map(move |target| changes.iter().map(move |change| (*user, *target, change)))
        }) {
            let named = || Change::new(user, &declared.id).product(product);
            let plain = rulebook.change(Some(product), &declared.id).unwrap();
            if declared.takes.is_empty() {
                compare(plain, named(), user, target);
            }
            for role in &catalogue.roles {
                if let Ok(handle) = plain.with_role(&rulebook, &role.id) {
                    compare(handle, named().role(&role.id), user, target);
                }
            }
            for setting in &catalogue.settings {
                if let Ok(handle) = plain.with_setting(&rulebook, &setting.id, &setting.values[0]) {
                    compare(
                        handle,
                        named().setting(&setting.id, &setting.values[0]),
                        user,
                        target,
                    );
                }
            }
        }
    }
    assert!(
        accepted > 100 && rejected > 1_000,
        "{accepted} accepted, {rejected} rejected"
    );
}

#[test]
fn handles_that_do_not_fit_are_errors() {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    let other = Firm::example(&rulebook).unwrap();
    let user = firm.user("tomas").unwrap();
    let grant = rulebook.change(Some("manage"), "grant").unwrap();
    let code = |error: crate::finding::AskError| error.code().name();
    assert_eq!(
        code(firm.validate(user, grant, user).unwrap_err()),
        "missing-argument"
    );
    let full = grant.with_role(&rulebook, "billing").unwrap();
    let stranger = other.user("wren").unwrap();
    assert_eq!(
        code(firm.validate(user, full, stranger).unwrap_err()),
        "foreign-handle"
    );
    assert_eq!(
        code(
            full.with_setting(&rulebook, "billing_rate_visibility", "own")
                .unwrap_err()
        ),
        "unexpected-argument"
    );
    assert_eq!(
        code(grant.with_role(&rulebook, "biling").unwrap_err()),
        "unknown-role"
    );
    let elsewhere = Rulebook::builtin()
        .unwrap()
        .change(None, "transfer_ownership")
        .unwrap();
    assert_eq!(
        code(firm.validate(user, elsewhere, user).unwrap_err()),
        "foreign-handle"
    );
    assert_eq!(
        code(rulebook.change(None, "grnat").unwrap_err()),
        "unknown-change"
    );
}

#[test]
fn a_judgement_is_shown_with_its_rules() {
    let firm = example();
    let grant = firm.rulebook().change(Some("manage"), "grant").unwrap();
    let grant = grant.with_role(firm.rulebook(), "billing").unwrap();
    let user = |id| firm.user(id).unwrap();
    let shown = |by, to| format!("{:?}", firm.validate(user(by), grant, user(to)).unwrap());
    assert_eq!(shown("tomas", "wren"), "Judgement(accept, [\"grant\"])");
    assert_eq!(
        shown("tomas", "tomas"),
        "Judgement(reject, [\"nobody_edits_their_own_permissions\"])"
    );
}

#[test]
fn conditions_read_the_value_that_is_set_by_names_and_by_handles() {
    let rules = include_str!("../../tests/cases/loads/a_house/rules/door.yaml");
    let allow = "      value: a value of setting\n    allow: owner\n";
    assert_eq!(rules.matches(allow).count(), 1);
    let only_days = "    when: value != \"night\"\n    because: Nobody comes at night\n";
    let rules = rules.replace(allow, &format!("{allow}{only_days}"));
    let rulebook = Rulebook::from_texts([("door.yaml", rules.as_str())]).unwrap();
    let firm = include_str!("../../tests/cases/loads/a_house/firm.yaml");
    let firm = Firm::from_text(&rulebook, "firm.yaml", firm).unwrap();
    let (olga, gus) = (firm.user("olga").unwrap(), firm.user("gus").unwrap());
    for (value, is_accepted) in [("day", true), ("night", false)] {
        let change = Change::new("olga", "set_hours")
            .setting("hours", value)
            .target("gus");
        assert_eq!(firm.judge(&change).unwrap().is_accepted(), is_accepted);
        let handle = rulebook.change(Some("door"), "set_hours").unwrap();
        let handle = handle.with_setting(&rulebook, "hours", value).unwrap();
        let judgement = firm.validate(olga, handle, gus).unwrap();
        assert_eq!(judgement.is_accepted(), is_accepted);
    }
}

#[test]
fn a_change_as_words_reads_as_the_same_change() {
    let rulebook = Rulebook::builtin().unwrap();
    for words in [
        &["grant", "billing", "wren"][..],
        &["set_visibility", "billing_rate_visibility", "own", "wren"],
        &["transfer_ownership", "tomas"],
        &["assign", "admin", "wren"],
    ] {
        let change = Change::from_words(&rulebook, None, "nadia", words).unwrap();
        assert_eq!(change.line(&rulebook).unwrap(), words.join(" "));
    }
}
