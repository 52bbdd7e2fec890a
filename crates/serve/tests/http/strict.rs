//! Readers of replies that accept nothing beside what the standard says. The runners of the interoperability events are laxer: to them a
//! missing `decision` is a denial.

use serde_json::{Value, json};

/// What is wrong with a reply.
pub(crate) type Wrong = String;

/// The decision of a reply.
pub(crate) fn decision(reply: &Value) -> Result<bool, Wrong> {
    let reply = reply.as_object().ok_or("a decision is an object")?;
    if reply
        .get("context")
        .is_some_and(|context| !context.is_object())
    {
        return Err("`context` is no object".to_owned());
    }
    let decision = reply.get("decision").ok_or("`decision` is missing")?;
    decision
        .as_bool()
        .ok_or_else(|| "`decision` is no boolean".to_owned())
}

/// The decisions of a batch of so many questions.
pub(crate) fn decisions(reply: &Value, count: usize) -> Result<Vec<bool>, Wrong> {
    let all = reply.get("evaluations").and_then(Value::as_array);
    let all = all.ok_or("`evaluations` is missing")?;
    if reply.get("decision").is_some() {
        return Err("a batch has no decision of its own".to_owned());
    }
    if all.len() != count {
        return Err(format!("{} answers to {count} questions", all.len()));
    }
    all.iter().map(decision).collect()
}

/// The results of a search, as texts: a key more is another text.
pub(crate) fn results(reply: &Value) -> Result<Vec<String>, Wrong> {
    let all = reply.get("results").and_then(Value::as_array);
    let all = all.ok_or("`results` is missing")?;
    Ok(all.iter().map(Value::to_string).collect())
}

/// The result as its text stands in the reply.
pub(crate) fn entity(kind: &str, id: &str) -> String {
    format!(r#"{{"type":{},"id":{}}}"#, json!(kind), json!(id))
}

#[test]
fn wrong_replies_are_noticed() {
    assert_eq!(decision(&json!({"decision": true})), Ok(true));
    assert_eq!(
        decision(&json!({"decision": false, "context": {"reason": "no"}})),
        Ok(false)
    );
    for wrong in [
        json!({}),
        json!([]),
        json!({"decision": "true"}),
        json!({"decision": null}),
        json!({"decision": true, "context": "because"}),
        json!({"evaluations": [{"decision": true}]}),
    ] {
        assert!(decision(&wrong).is_err(), "{wrong}");
    }
    let two = json!({"evaluations": [{"decision": true}, {"decision": false}]});
    assert_eq!(decisions(&two, 2), Ok(vec![true, false]));
    for wrong in [
        json!({"evaluations": [{"decision": true}]}),
        json!({"evaluations": [{"decision": true}, {}]}),
        json!({"decision": true, "evaluations": [{"decision": true}, {"decision": true}]}),
        json!({"decision": true}),
    ] {
        assert!(decisions(&wrong, 2).is_err(), "{wrong}");
    }
    let one = results(&json!({"results": [{"type": "user", "id": "ada"}]})).expect("a list");
    assert_eq!(one, [entity("user", "ada")]);
    for wrong in [
        json!({"results": [{"type": "user", "id": "ada", "name": "Ada"}]}),
        json!({"results": [{"id": "ada", "type": "user"}]}),
        json!({"results": ["ada"]}),
        json!({"results": []}),
    ] {
        let wrong = results(&wrong).expect("a list");
        assert_ne!(wrong, [entity("user", "ada")]);
    }
    assert!(results(&json!({"page": {}})).is_err());
}
