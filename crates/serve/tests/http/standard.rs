//! What the standard says beside its scenarios: semantics, defaults, headers, errors, tenants.

use clio_rules_serve::authzen::AuthzenOptions;
use clio_rules_serve::tenant::{Tenant, Tenants};
use serde_json::{Value, json};

use super::server::{PUBLIC, Server, example, loaded};
use super::strict::{decision, decisions};

const EVALUATIONS: &str = "/access/v1/evaluations";

/// Alice on record-1: reading, deleting for good, writing; allowed, denied, allowed.
fn three(semantic: &str) -> Value {
    json!({
        "subject": {"type": "user", "id": "alice"},
        "resource": {"type": "record", "id": "record-1"},
        "options": {"evaluations_semantic": semantic, "future": 1},
        "evaluations": [
            {"action": {"name": "read"}},
            {"action": {"name": "delete"}},
            {"action": {"name": "write"}},
        ],
    })
}

#[test]
fn semantics() {
    let server = Server::of_rulebook("authzen");
    for (semantic, expected) in [
        ("execute_all", vec![true, false, true]),
        ("deny_on_first_deny", vec![true, false]),
        ("permit_on_first_permit", vec![true]),
    ] {
        let reply = server.post(EVALUATIONS, &three(semantic)).json();
        assert_eq!(
            decisions(&reply, expected.len()),
            Ok(expected),
            "{semantic}"
        );
    }
    assert_eq!(server.post(EVALUATIONS, &three("whatever")).status, 400);
    let mut wrong = three("execute_all");
    wrong["options"]["evaluations_semantic"] = json!(1);
    assert_eq!(server.post(EVALUATIONS, &wrong).status, 400);
    wrong["options"] = json!("execute_all");
    assert_eq!(server.post(EVALUATIONS, &wrong).status, 400);
    // An item that cannot be asked counts as a denial, and ends where a denial ends.
    let mut broken = three("deny_on_first_deny");
    broken["evaluations"][0] = json!({"action": "read"});
    let reply = server.post(EVALUATIONS, &broken).json();
    assert_eq!(decisions(&reply, 1), Ok(vec![false]));
}

#[test]
fn entities_are_replaced_as_wholes() {
    let server = Server::of_rulebook("authzen");
    let reply = server.post(
        EVALUATIONS,
        &json!({
            "subject": {"type": "user", "id": "bob", "properties": {"role": "admin"}},
            "action": {"name": "delete", "properties": {"soft": true}},
            "resource": {"type": "record", "id": "record-1", "properties": {"status": "archived"}},
            "evaluations": [
                {"action": {"name": "write"}},
                // The status goes with the resource that had it.
                {"action": {"name": "write"}, "resource": {"type": "record", "id": "record-1"}},
                // The property goes with the action that had it.
                {"subject": {"type": "user", "id": "alice"}},
                {"subject": {"type": "user", "id": "alice"}, "action": {"name": "delete"}},
                // What is missing in an entity is not taken from the default.
                {"subject": {"type": "user"}},
            ],
        }),
    );
    let expected = vec![true, false, true, false, false];
    assert_eq!(decisions(&reply.json(), 5), Ok(expected));
}

#[test]
fn items_that_are_wrong_are_denied_and_the_others_answered() {
    let server = Server::of_rulebook("authzen");
    let good = json!({"resource": {"type": "record", "id": "record-1"}});
    let reply = server.post(
        EVALUATIONS,
        &json!({
            "subject": {"type": "user", "id": "alice"}, "action": {"name": "read"},
            "evaluations": [good, 7, {"resource": []}, {"resource": {"type": "record", "id": 1}}, null, good],
        }),
    );
    let reply = reply.json();
    let expected = vec![true, false, false, false, false, true];
    assert_eq!(decisions(&reply, 6), Ok(expected));
    assert_eq!(reply["evaluations"][0], json!({"decision": true}));
    for place in 1..5 {
        let error = &reply["evaluations"][place]["context"]["error"];
        assert_eq!(error["status"], 400);
        assert!(error["message"].is_string());
    }
}

#[test]
fn batches_have_a_limit() {
    let options = AuthzenOptions {
        most_evaluations: 2,
        ..AuthzenOptions::default()
    };
    let tenants = || Tenants::of_one(Tenant::new(loaded("authzen")));
    let server = Server::with(tenants(), options);
    assert_eq!(server.post(EVALUATIONS, &three("execute_all")).status, 400);
    let mut two = three("execute_all");
    two["evaluations"].as_array_mut().expect("a list").pop();
    assert_eq!(server.post(EVALUATIONS, &two).status, 200);
    let empty = json!({"evaluations": {}});
    assert_eq!(server.post(EVALUATIONS, &empty).status, 400);
}

#[test]
fn reasons_are_given_to_whoever_wants_them() {
    let asked = json!({
        "subject": {"type": "user", "id": "alice"}, "action": {"name": "delete"},
        "resource": {"type": "record", "id": "record-1"},
    });
    let with = |wish: bool| {
        let mut asked = asked.clone();
        asked["options"] = json!({"reasons": wish});
        asked
    };
    let evaluation = "/access/v1/evaluation";
    let expected = json!({
        "decision": false,
        "context": {
            "reason": "A record is deleted softly, so that it can be brought back",
            "rule": "records_are_not_wiped",
            "section": "Deleting records",
        },
    });
    let server = Server::of_rulebook("authzen");
    let reply = |server: &Server, asked: &Value| server.post(evaluation, asked).json();
    assert_eq!(reply(&server, &asked), json!({"decision": false}));
    assert_eq!(reply(&server, &with(true)), expected);
    let options = AuthzenOptions {
        reasons: true,
        ..AuthzenOptions::default()
    };
    let server = Server::with(Tenants::of_one(Tenant::new(loaded("authzen"))), options);
    assert_eq!(reply(&server, &asked), expected);
    assert_eq!(reply(&server, &with(false)), json!({"decision": false}));
}

#[test]
fn each_tenant_answers_from_a_firm_of_its_own() {
    let tenants = Tenants::of_one(Tenant::new(loaded("authzen")))
        .with("todo", Tenant::new(loaded("authzen-todo")));
    let server = Server::with(tenants, AuthzenOptions::default());
    let asked = json!({
        "subject": {"type": "user", "id": "alice"}, "action": {"name": "read"},
        "resource": {"type": "record", "id": "record-1"},
    });
    let of = |path: &str| server.post(path, &asked);
    assert_eq!(decision(&of("/access/v1/evaluation").json()), Ok(true));
    assert_eq!(
        decision(&of("/t/todo/access/v1/evaluation").json()),
        Ok(false)
    );
    assert_eq!(of("/t/nobody/access/v1/evaluation").status, 404);
    let metadata = server
        .get("/.well-known/authzen-configuration/t/todo")
        .json();
    assert_eq!(
        metadata["policy_decision_point"],
        format!("{PUBLIC}/t/todo")
    );
    let evaluation = format!("{PUBLIC}/t/todo/access/v1/evaluation");
    assert_eq!(metadata["access_evaluation_endpoint"], evaluation);
    assert_eq!(
        server
            .get("/.well-known/authzen-configuration/t/nobody")
            .status,
        404
    );
    let digest = |path: &str| of(path).header("x-rules-digest").map(str::to_owned);
    assert!(digest("/access/v1/evaluation").is_some());
    assert_ne!(
        digest("/access/v1/evaluation"),
        digest("/t/todo/access/v1/evaluation")
    );
}

#[test]
fn other_paths_and_methods() {
    let server = Server::of(example());
    let reply = server.get("/access/v1/evaluation");
    assert_eq!((reply.status, reply.header("allow")), (405, Some("POST")));
    let reply = server.call("DELETE", "/v1/firm", &[], b"");
    assert_eq!((reply.status, reply.header("allow")), (405, Some("GET")));
    let reply = server.call("POST", "/.well-known/authzen-configuration", &[], b"{}");
    assert_eq!(reply.status, 405);
    for path in [
        "/nowhere",
        "/access/v1/evaluation/",
        "/access/v2/evaluation",
        "/t/",
        "/t",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    assert_eq!(server.call("HEAD", "/v1/firm", &[], b"").status, 200);
}

#[test]
fn bodies_have_a_limit_and_a_depth() {
    let server = Server::of_rulebook("authzen");
    let json = [("Content-Type", "application/json")];
    let large = vec![b' '; (1 << 20) + 1];
    let reply = server.call("POST", "/access/v1/evaluation", &json, &large);
    assert_eq!(reply.status, 413);
    let nested = |depth: usize| {
        let context = format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        let body = format!(
            r#"{{"subject":{{"type":"user","id":"alice"}},"action":{{"name":"read"}},
            "resource":{{"type":"record","id":"record-1"}},"future":{context}}}"#
        );
        server
            .call("POST", "/access/v1/evaluation", &json, body.as_bytes())
            .status
    };
    assert_eq!(nested(60), 200);
    assert_eq!(nested(64), 400);
    assert_eq!(nested(20_000), 400);
    let twice = br#"{"subject":{"type":"user","id":"alice","id":"bob"},"action":{"name":"read"},"resource":{"type":"record","id":"record-1"}}"#;
    assert_eq!(
        server
            .call("POST", "/access/v1/evaluation", &json, twice)
            .status,
        400
    );
    let list =
        br#"[{"type":"user","id":"alice"},{"name":"read"},{"type":"record","id":"record-1"}]"#;
    assert_eq!(
        server
            .call("POST", "/access/v1/evaluation", &json, list)
            .status,
        400
    );
}
