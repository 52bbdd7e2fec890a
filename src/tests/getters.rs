//! What is asked of an answer in Rust and what its JSON says are the same.

use pretty_assertions::assert_eq;
use serde_json::{Value, json};

use crate::{Bulk, Change, Decision, Firm, Question, Reason, Rulebook, Verdict};

fn json_of(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// The keys of a map without those that have no value. Lists are always there.
fn without_nothing(mut value: Value) -> Value {
    if let Value::Object(map) = &mut value {
        map.retain(|_, value| !value.is_null());
    }
    value
}

fn got(decision: &Decision) -> Value {
    let word = if decision.is_allowed() {
        "allow"
    } else {
        "deny"
    };
    without_nothing(json!({
        "product": &*decision.product,
        "user": &*decision.user,
        "action": &*decision.action,
        "target": decision.target.as_deref(),
        "decision": word,
        "basis": decision.grounds.basis.word(),
        "rule": &*decision.grounds.rule,
        "reason": &*decision.grounds.reason,
        "place": &*decision.grounds.place,
        "section": &*decision.grounds.section,
        "where": decision.grounds.site.as_deref(),
        "needs": &decision.needs,
    }))
}

#[test]
fn of_decisions() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let mut seen = [0; 2];
    for user in ["nadia", "wren", "greta", "zeno"] {
        for (action, target) in [
            ("create_bill", None),
            ("control_firm_calendar", None),
            ("view_reports_tab", None),
            ("edit_user_profile", Some("wren")),
        ] {
            let mut question = Question::new(user, action).product("manage");
            if let Some(target) = target {
                question = question.target(target);
            }
            let decision = firm.ask(&question).unwrap();
            let answer = firm.answer(&question).unwrap();
            assert_eq!(got(&decision), json_of(&decision));
            assert_eq!(answer.is_allowed(), decision.is_allowed());
            assert_eq!(answer.product(), &*decision.product);
            assert_eq!(answer.action(), &*decision.action);
            assert_eq!(answer.rule(), &*decision.grounds.rule);
            assert_eq!(answer.basis(), decision.grounds.basis);
            assert_eq!(answer.reason(), &*decision.grounds.reason);
            assert_eq!(answer.place().file_and_line(), &*decision.grounds.place);
            assert_eq!(answer.section(), &*decision.grounds.section);
            assert_eq!(answer.site(), decision.grounds.site.as_deref());
            assert!(answer.needs().eq(&decision.needs));
            let explanation = firm.explain(&question).unwrap();
            assert_eq!(&explanation.decision, &decision);
            let json = json_of(&explanation);
            assert_eq!(json["inputs"], json_of(&explanation.inputs));
            assert_eq!(json["turns"], json_of(&explanation.turns));
            seen[usize::from(decision.is_allowed())] += 1;
        }
    }
    assert!(seen.iter().all(|count| *count > 3), "{seen:?}");
}

fn reason(reason: &Reason) -> Value {
    without_nothing(json!({
        "part": reason.part,
        "rule": &*reason.grounds.rule,
        "reason": &*reason.grounds.reason,
        "basis": reason.grounds.basis.word(),
        "place": &*reason.grounds.place,
        "section": &*reason.grounds.section,
    }))
}

/// Compares all that a verdict says of itself with its JSON.
fn check(verdict: &Verdict) {
    let json = json_of(verdict);
    let word = if verdict.is_accepted() {
        "accept"
    } else {
        "reject"
    };
    assert_eq!(json["verdict"], word);
    assert_eq!(json["product"], verdict.product());
    assert_eq!(json["user"], verdict.user());
    assert_eq!(json["conflicts"], json_of(&&verdict.conflicts));
    assert_eq!(json["effects"], json!(&verdict.effects));
    assert_eq!(json["rule"], &*verdict.grounds.rule);
    assert_eq!(json["reason"], &*verdict.grounds.reason);
    assert_eq!(json["basis"], verdict.grounds.basis.word());
    assert_eq!(json["place"], &*verdict.grounds.place);
    assert_eq!(json["section"], &*verdict.grounds.section);
    assert_eq!(
        json.get("where").and_then(Value::as_str),
        verdict.grounds.site.as_deref()
    );
    let reasons: Vec<Value> = verdict.reasons.iter().map(reason).collect();
    assert_eq!(json["reasons"], json!(reasons));
    assert_eq!(json["altered"], json_of(&&verdict.altered));
}

#[test]
fn of_verdicts() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let grant =
        |user: &str, target: &str| Change::new(user, "grant").role("billing").target(target);
    let mut seen = [0; 2];
    for user in ["nadia", "tomas", "wren"] {
        for target in ["nadia", "wren", "zeno"] {
            let verdict = firm.judge(&grant(user, target)).unwrap();
            check(&verdict);
            seen[usize::from(verdict.is_accepted())] += 1;
            let both = Bulk::new(user)
                .part(grant(user, target))
                .part(grant(user, "otto"));
            check(&firm.judge_bulk(&both).unwrap());
        }
    }
    assert!(seen.iter().all(|count| *count > 1), "{seen:?}");
    check(
        &firm
            .judge(&Change::new("nadia", "transfer_ownership").target("tomas"))
            .unwrap(),
    );
}
