use super::*;
use crate::finding::AskError;
use crate::firm::UserHandle;
use crate::link::product::Basis;
use crate::value::Domain;
use crate::{Firm, Loader, Rulebook, SubjectRole};
use pretty_assertions::assert_eq;

mod explained;
mod handles;
mod unasked;

fn example() -> Firm {
    Firm::example(&Rulebook::builtin().unwrap()).unwrap()
}

#[test]
fn the_first_ground_answers() {
    let firm = example();
    for (user, action, target, rule) in [
        // Greta is disabled. Whether she has a seat, and who the target is, no longer matters.
        ("greta", "create_bill", None, "user_disabled"),
        ("greta", "edit_user_profile", Some("zeno"), "user_disabled"),
        ("zeno", "create_bill", None, "user_has_no_seat"),
        ("zeno", "edit_user_profile", Some("bea"), "user_has_no_seat"),
        (
            "wren",
            "edit_user_profile",
            Some("zeno"),
            "target_has_no_seat",
        ),
        (
            "nadia",
            "edit_user_profile",
            Some("bea"),
            "target_has_no_seat",
        ),
        // A disabled target does not block the action.
        (
            "nadia",
            "edit_user_profile",
            Some("greta"),
            "administrators_edit_the_details_of_others",
        ),
    ] {
        let question = Question {
            target: target.map(Into::into),
            ..Question::new(user, action)
        };
        let decision = firm.ask(&question).unwrap();
        assert_eq!(&*decision.grounds.rule, rule, "{user} {action} {target:?}");
        if rule.ends_with("disabled") || rule.ends_with("seat") {
            assert!(!decision.is_allowed());
            assert_eq!(decision.grounds.basis, Basis::Inferred);
            assert_eq!(decision.grounds.site.as_deref(), None);
            assert!(decision.needs.is_empty());
        }
    }
}

#[test]
fn a_basis_is_inferred_where_another_reading_would_turn_the_answer() {
    let firm = example();
    let closed = firm
        .with_reading(Some("manage"), "administrator_opens_every_area", false)
        .unwrap();
    for (user, action, target, open, shut) in [
        // Tomas holds administrator only; Priya holds billing itself.
        (
            "tomas",
            "create_bill",
            None,
            (true, Basis::Inferred),
            (false, Basis::Inferred),
        ),
        (
            "priya",
            "create_bill",
            None,
            (true, Basis::Stated),
            (true, Basis::Stated),
        ),
        (
            "wren",
            "create_bill",
            None,
            (false, Basis::Stated),
            (false, Basis::Stated),
        ),
        (
            "tomas",
            "receive_payment_notifications",
            None,
            (false, Basis::Stated),
            (false, Basis::Stated),
        ),
        (
            "tomas",
            "add_court_rules",
            None,
            (true, Basis::Stated),
            (true, Basis::Stated),
        ),
        (
            "nadia",
            "view_reports_tab",
            None,
            (true, Basis::Inferred),
            (false, Basis::Inferred),
        ),
        (
            "leila",
            "delete_bill",
            None,
            (true, Basis::Inferred),
            (true, Basis::Inferred),
        ),
        // A reading that would turn the answer counts. This one does not affect it.
        (
            "wren",
            "edit_user_profile",
            Some("wren"),
            (true, Basis::Inferred),
            (true, Basis::Inferred),
        ),
        (
            "wren",
            "edit_user_profile",
            Some("otto"),
            (false, Basis::Stated),
            (false, Basis::Stated),
        ),
    ] {
        let question = Question {
            target: target.map(Into::into),
            ..Question::new(user, action)
        };
        for (firm, expected) in [(&firm, open), (&closed, shut)] {
            let decision = firm.ask(&question).unwrap();
            assert_eq!(
                (decision.is_allowed(), decision.grounds.basis),
                expected,
                "{user} {action}"
            );
        }
    }
}

#[test]
fn a_decision_says_where_it_comes_from_and_what_would_have_been_needed() {
    let firm = example();
    let denied = firm.ask(&Question::new("wren", "create_bill")).unwrap();
    assert_eq!(
        (&*denied.grounds.rule, &*denied.grounds.reason),
        ("create_bill", "needs billing")
    );
    assert_eq!(denied.needs, ["billing"]);
    assert_eq!(
        &*denied.grounds.section,
        "Change user permissions in Clio Manage"
    );
    let (file, line) = denied.grounds.place.split_once(':').unwrap();
    assert_eq!(file, "rules/manage.yaml");
    let text = crate::load::builtin::RULES
        .iter()
        .find(|(name, _)| *name == file)
        .unwrap()
        .1;
    let line = text
        .lines()
        .nth(line.parse::<usize>().unwrap() - 1)
        .unwrap();
    assert_eq!(line.trim(), "create_bill: Create a bill");

    let allowed = firm
        .ask(&Question::new("nadia", "open_settings_billing"))
        .unwrap();
    assert_eq!(allowed.grounds.site.as_deref(), Some("Settings > Billing"));
    assert_eq!(&*allowed.grounds.reason, "granted by billing");
    assert_eq!(
        serde_json::to_value(&allowed).unwrap(),
        serde_json::json!({
            "product": "manage", "user": "nadia", "action": "open_settings_billing", "decision": "allow", "basis": "stated",
            "rule": "open_settings_billing", "reason": "granted by billing", "place": &*allowed.grounds.place,
            "section": "Change user permissions in Clio Manage", "where": "Settings > Billing", "needs": [],
        })
    );
}

#[test]
fn a_code_stands_for_one_answer_in_all_products() {
    let firm = example();
    let mut known = std::collections::HashMap::new();
    for product in firm.rulebook().products() {
        for row in firm.access(product).unwrap().rows() {
            for answer in row.answers() {
                let wording = (
                    answer.product(),
                    answer.rule(),
                    answer.place().clone(),
                    answer.reason(),
                    answer.basis(),
                );
                let first = known
                    .entry(answer.code())
                    .or_insert_with(|| wording.clone());
                assert_eq!(*first, wording);
            }
        }
    }
    let grounds = known.values();
    let disabled = grounds.filter(|(_, rule, ..)| *rule == "user_disabled");
    assert_eq!(disabled.count(), 2, "one for each product");
    assert!(known.len() > 50, "only {}", known.len());
}

#[test]
fn an_answer_is_shown_with_its_rule_and_there_is_nobody_behind_the_last() {
    let firm = example();
    let answer = firm.answer(&Question::new("wren", "create_bill")).unwrap();
    assert_eq!(format!("{answer:?}"), "Answer(deny, create_bill, stated)");
    assert!(firm.user_at(13).is_some());
    assert_eq!(firm.user_at(14), None);
}
