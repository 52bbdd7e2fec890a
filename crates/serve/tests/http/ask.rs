//! The protocol over HTTP.

use serde_json::{Value, json};

use super::server::{Server, example, loaded};

#[test]
fn every_reply_is_that_of_the_protocol() {
    let server = Server::of(example());
    let loaded = example();
    for request in [
        json!({"user": "wren", "action": "create_bill"}),
        json!({"id": 7, "user": "wern", "action": "create_bill"}),
        json!({"ask": "explain", "user": "wren", "action": "create_bill"}),
        json!({"ask": "who_can", "action": "create_bill", "limit": 2}),
        json!({"ask": "how_can", "user": "wren", "action": "create_bill"}),
        json!({"user": "tomas", "change": "grant", "role": "billing", "target": "wren"}),
        json!({"ask": "matrix", "product": "grow"}),
        json!({"ask": "review", "product": "grow"}),
        json!({"ask": "check"}),
        json!({"ask": "what_can", "user": "wren", "product": "grow"}),
        json!({"ask": "where_can", "user": "wren", "action": "edit_user_profile"}),
        json!({"ask": "why_not", "user": "tomas", "action": "edit_user_profile", "target": "nadia"}),
        json!({"ask": "simulate", "user": "ines", "changes": [{"grant": "billing"}]}),
        json!({"user": "tomas", "parts": [{"change": "grant", "role": "billing", "target": "wren"}]}),
        json!({"ask": "access", "product": "grow", "limit": 2}),
        json!({"ask": "catalogue", "product": "grow"}),
        json!({"ask": "test", "fixtures": {
            "a.yaml": "suite: A\nproduct: grow\nfirm: firm.yaml\ntests: [{test: T, actions: view_reports, allow: ada}]",
            "firm.yaml": "firm: One\nusers: [{id: ada, grow: {roles: [admin]}}]",
        }}),
    ] {
        let reply = server.post("/v1/ask", &request);
        let mut answer = reply.json();
        let digest = answer
            .as_object_mut()
            .and_then(|answer| answer.remove("digest"));
        assert_eq!(digest, Some(json!(loaded.digest())), "{request}");
        assert_eq!(reply.header("x-rules-digest"), Some(loaded.digest()));
        let bench = clio_rules::fixtures::SuiteBench::default();
        let world = loaded.world().with_tests(&bench);
        let expected: Value =
            serde_json::from_str(&world.answer_text(&request.to_string())).expect("JSON");
        assert!(answer.get("error").is_none() || request.get("id").is_some());
        assert_eq!(answer, expected, "{request}");
        let is_error = expected.get("error").is_some();
        assert_eq!(reply.status == 200, !is_error, "{request}");
    }
}

#[test]
fn what_cannot_be_asked_has_a_status() {
    let server = Server::of(example());
    let grant = json!({"user": "tomas", "change": "grant", "role": "billing", "target": "wren"});
    let mut stale = grant.clone();
    stale["if_state"] = json!("00000000000000000000000000000000");
    let mut applied = grant.clone();
    applied["ask"] = json!("apply");
    let bulk = json!({"user": "tomas", "parts": vec![grant; 20_000]});
    for (request, status, code) in [
        (
            json!({"user": "wern", "action": "create_bill"}),
            404,
            "unknown-user",
        ),
        (
            json!({"user": "wren", "action": "creat_bill"}),
            404,
            "unknown-action",
        ),
        (json!({"user": "wren"}), 400, "not-one-question"),
        (
            json!({"user": "wren", "action": "create_bill", "v": 2}),
            400,
            "unknown-version",
        ),
        (
            json!({"ask": "diff", "old": "before"}),
            404,
            "unknown-source",
        ),
        (stale, 409, "stale-verdict"),
        (applied, 400, "nothing-is-applied"),
        (bulk, 413, ""),
        (json!([]), 400, "wrong-type"),
    ] {
        let reply = server.post("/v1/ask", &request);
        assert_eq!(reply.status, status, "{}", reply.body);
        if status != 413 {
            assert_eq!(reply.json()["error"]["code"], code);
        }
    }
    let json = [("Content-Type", "application/json")];
    for body in [&b""[..], b"{", b"\xff\xfe", b"null"] {
        let reply = server.call("POST", "/v1/ask", &json, body);
        assert_eq!(reply.status, 400);
        assert!(reply.json()["error"]["code"].is_string());
    }
}

#[test]
fn the_firm_is_listed_in_pages() {
    let server = Server::of(example());
    let whole = server.get("/v1/firm").json();
    let people = whole["entries"].as_array().expect("entries");
    assert_eq!((whole["users"].clone(), people.len()), (json!(14), 14));
    assert_eq!(whole["firm"], "Hartley Moss LLP");
    assert!(whole.get("next").is_none());
    assert!(
        people
            .iter()
            .any(|user| user["id"] == "wren" && user["name"] == "Wren Abernathy"),
        "{people:?}"
    );
    let mut all = Vec::new();
    let mut path = "/v1/firm?limit=4".to_owned();
    loop {
        let page = server.get(&path).json();
        all.extend(page["entries"].as_array().expect("entries").clone());
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/v1/firm?limit=4&after={next}");
    }
    assert_eq!(&all, people);
    let groups = server.get("/v1/firm?of=groups").json();
    assert!(
        groups["entries"]
            .as_array()
            .is_some_and(|all| all.iter().any(|one| one["id"] == "litigation"))
    );
    let matters = server.get("/v1/firm?kind=matter&limit=1").json();
    assert_eq!(matters["entries"].as_array().map(Vec::len), Some(1));
    assert_eq!(matters["things"]["matter"], 4);
    assert!(matters["next"].is_string());
    for (query, status) in [
        ("of=things", 400),
        ("kind=ship", 404),
        ("of=ships", 400),
        ("limit=0", 400),
        ("limit=x", 400),
        ("after=nobody", 404),
        ("colour=red", 400),
    ] {
        assert_eq!(
            server.get(&format!("/v1/firm?{query}")).status,
            status,
            "{query}"
        );
    }
}

#[test]
fn a_firm_without_anybody_is_listed() {
    let server = Server::of_rulebook("authzen");
    let rules = loaded("authzen").rulebook().clone();
    let empty = clio_rules::Firm::of_users(&rules, "Nobody", []).expect("a firm");
    let empty = Server::of(clio_rules_serve::tenant::Loaded::new(empty));
    assert_eq!(empty.get("/v1/firm").json()["entries"], json!([]));
    assert_eq!(
        empty.get("/v1/firm?kind=record").json()["entries"],
        json!([])
    );
    assert_eq!(
        server.get("/v1/firm?of=groups").json()["entries"],
        json!([])
    );
}
