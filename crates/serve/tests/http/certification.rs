//! The certification scenario of AuthZEN, every test of it, by its numbers.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::server::{PUBLIC, Server};
use super::strict::{decision, decisions, entity, results};
use super::vectors::{all, expected, request, requests};

const EVALUATION: &str = "/access/v1/evaluation";
const EVALUATIONS: &str = "/access/v1/evaluations";
const SUBJECT: &str = "/access/v1/search/subject";
const RESOURCE: &str = "/access/v1/search/resource";
const ACTION: &str = "/access/v1/search/action";

fn server() -> Server {
    Server::of_rulebook("authzen")
}

#[test]
fn basic() {
    let server = server();
    for id in [
        "c-2-2-1", "c-2-2-2", "c-2-2-4", "c-2-2-5", "c-2-2-6", "c-2-2-7",
    ] {
        let reply = server.post(EVALUATION, &request(id));
        assert_eq!((reply.status, reply.json()), (200, expected(id)), "{id}");
    }
    for id in ["c-2-2-3", "c-2-2-8", "c-2-2-9"] {
        let reply = server.post(EVALUATION, &request(id));
        assert_eq!(decision(&reply.json()), Ok(true), "{id}");
        assert_eq!(reply.header("content-type"), Some("application/json"));
    }
}

#[test]
fn malformed_requests() {
    let server = server();
    for id in ["c-2-4-1", "c-2-4-2", "c-2-4-6"] {
        for request in requests(id) {
            for path in [EVALUATION, EVALUATIONS] {
                let reply = server.post(path, &request);
                assert_eq!(reply.status, 400, "{id} {request}");
                assert!(!reply.body.is_empty(), "{id} {request}");
            }
        }
    }
    let good = request("c-2-2-1").to_string();
    let json = ("Content-Type", "application/json");
    let bad = |headers: &[(&str, &str)], body: &str| {
        let reply = server.call("POST", EVALUATION, headers, body.as_bytes());
        assert_eq!(reply.status, 400, "{headers:?} {body}");
    };
    // c-2-4-3, c-2-4-4 and c-2-4-5
    bad(&[("Content-Type", "text/plain")], &good);
    bad(&[("Content-Type", "application/xml")], &good);
    bad(&[], &good);
    bad(&[json], "{\"subject\": ");
    bad(&[json], "");
    let with_parameter = [("Content-Type", "application/json; charset=utf-8")];
    let reply = server.call("POST", EVALUATION, &with_parameter, good.as_bytes());
    assert_eq!(decision(&reply.json()), Ok(true));
}

#[test]
fn requests_are_named() {
    let server = server();
    let body = request("c-2-2-1").to_string();
    let named = [
        ("Content-Type", "application/json"),
        ("X-Request-ID", "bfe9eb29-ab87-4ca3-be83-a1d5d8305716"),
    ];
    // c-2-5-1, errors included
    for (path, body) in [
        (EVALUATION, &*body),
        (EVALUATION, "{}"),
        (EVALUATIONS, &*body),
        (SUBJECT, "{}"),
        ("/nowhere", "{}"),
        (EVALUATION, ""),
    ] {
        let reply = server.call("POST", path, &named, body.as_bytes());
        assert_eq!(
            reply.header("x-request-id"),
            Some(named[1].1),
            "{path} {body}"
        );
    }
    // c-2-5-2
    let reply = server.post(EVALUATION, &request("c-2-2-1"));
    assert_eq!(reply.status, 200);
    assert!(
        reply
            .header("x-request-id")
            .is_some_and(|id| !id.is_empty())
    );
    // c-2-6
    for _ in 0..5 {
        let reply = server.post(EVALUATION, &request("c-2-2-1"));
        assert_eq!(decision(&reply.json()), Ok(true));
    }
}

#[test]
fn batch() {
    let server = server();
    for id in [
        "c-3-2-2", "c-3-2-3", "c-3-2-4", "c-3-2-5", "c-3-2-7", "c-3-4-2", "c-3-4-3",
    ] {
        let reply = server.post(EVALUATIONS, &request(id));
        assert_eq!((reply.status, reply.json()), (200, expected(id)), "{id}");
    }
    for id in ["c-3-2-1", "c-3-2-6"] {
        let reply = server.post(EVALUATIONS, &request(id));
        assert_eq!(decisions(&reply.json(), 2), Ok(vec![true, true]), "{id}");
    }
    let reply = server.post(EVALUATIONS, &request("c-3-4-1"));
    assert_eq!(reply.status, 200);
    assert_eq!(decisions(&reply.json(), 2), Ok(vec![true, false]));
    assert_eq!(
        reply.json()["evaluations"][1]["context"]["error"]["status"],
        400
    );
}

/// The results of a search, as a set.
fn found(server: &Server, path: &str, request: &Value) -> BTreeSet<String> {
    let reply = server.post(path, request);
    assert_eq!(reply.status, 200, "{request}: {}", reply.body);
    let results = results(&reply.json()).expect("results");
    results.into_iter().collect()
}

#[test]
fn search() {
    let server = server();
    for (path, id) in [
        (SUBJECT, "c-4-2-1"),
        (SUBJECT, "c-4-2-4"),
        (RESOURCE, "c-4-3-1"),
        (RESOURCE, "c-4-3-4"),
        (ACTION, "c-4-4-1"),
        (ACTION, "c-4-4-3"),
    ] {
        let expected = results(&expected(id)).expect("results");
        let found = found(&server, path, &request(id));
        assert!(
            expected.iter().all(|one| found.contains(one)),
            "{id}: {found:?}"
        );
    }
    for (path, ids) in [
        (SUBJECT, ["c-4-2-1", "c-4-2-2", "c-4-2-3"].as_slice()),
        (RESOURCE, &["c-4-3-1", "c-4-3-2", "c-4-3-3"]),
        (ACTION, &["c-4-4-1", "c-4-4-2"]),
    ] {
        let sets = ids.iter().map(|id| found(&server, path, &request(id)));
        let sets: BTreeSet<_> = sets.collect();
        assert_eq!(sets.len(), 1, "{ids:?}");
    }
    // Nothing is found beside what the rules say.
    let writers = found(&server, SUBJECT, &request("c-4-2-4"));
    assert_eq!(writers, BTreeSet::from([entity("user", "bob")]));
}

#[test]
fn search_by_pages() {
    let server = server();
    let reply = server.post(SUBJECT, &request("c-4-5-1")).json();
    let first = results(&reply).expect("results");
    assert_eq!(first.len(), 1);
    let token = reply["page"]["next_token"].as_str().expect("a token");
    assert!(!token.is_empty());
    let mut next = request("c-4-5-2");
    next["page"]["token"] = json!(token);
    let reply = server.post(SUBJECT, &next).json();
    assert_eq!(reply["page"]["next_token"], "");
    let both = [first, results(&reply).expect("results")].concat();
    assert_eq!(both, [entity("user", "alice"), entity("user", "bob")]);
}

#[test]
fn search_of_what_is_unknown() {
    let server = server();
    let nothing = json!({"results": []});
    assert_eq!(
        server.post(ACTION, &request("c-4-6-1")).json(),
        expected("c-4-6-1")
    );
    assert_eq!(
        server.post(SUBJECT, &request("c-4-6-2")).json(),
        expected("c-4-6-2")
    );
    let (alice, read) = (
        json!({"type": "user", "id": "alice"}),
        json!({"name": "read"}),
    );
    let record = json!({"type": "record", "id": "record-1"});
    let ship = json!({"type": "spaceship", "id": "s1"});
    for (path, request) in [
        (
            SUBJECT,
            json!({"subject": {"type": "user"}, "action": read, "resource": {"type": "record", "id": "none"}}),
        ),
        (
            SUBJECT,
            json!({"subject": {"type": "user"}, "action": read, "resource": ship}),
        ),
        (
            SUBJECT,
            json!({"subject": {"type": "user"}, "action": {"name": "fly"}, "resource": record}),
        ),
        (
            RESOURCE,
            json!({"subject": {"type": "user", "id": "nobody"}, "action": read, "resource": {"type": "record"}}),
        ),
        (
            RESOURCE,
            json!({"subject": alice, "action": read, "resource": {"type": "spaceship"}}),
        ),
        (
            RESOURCE,
            json!({"subject": ship, "action": read, "resource": {"type": "record"}}),
        ),
        (ACTION, json!({"subject": alice, "resource": ship})),
        (ACTION, json!({"subject": ship, "resource": record})),
        (
            ACTION,
            json!({"subject": alice, "resource": {"type": "record", "id": "none"}}),
        ),
    ] {
        let reply = server.post(path, &request);
        assert_eq!(
            (reply.status, reply.json()),
            (200, nothing.clone()),
            "{request}"
        );
    }
}

#[test]
fn malformed_searches() {
    let server = server();
    for id in ["c-4-7-1", "c-4-7-2"] {
        let requests = all(id);
        assert_eq!(requests.len(), 3);
        for (path, request) in [SUBJECT, RESOURCE, ACTION].into_iter().zip(requests) {
            let reply = server.post(path, &request);
            assert_eq!(reply.status, 400, "{id} {path} {request}");
        }
    }
    let with_action = request("c-2-2-1");
    assert_eq!(server.post(ACTION, &with_action).status, 400);
}

#[test]
fn discovery() {
    let server = server();
    let reply = server.get("/.well-known/authzen-configuration");
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert!(reply.header("cache-control").is_some());
    // The address is the one that the server was given, whatever host the client named.
    let mut expected = expected_metadata();
    expected
        .as_object_mut()
        .expect("an object")
        .remove("signed_metadata");
    assert_eq!(reply.json(), expected);
    assert_eq!(reply.json()["policy_decision_point"], PUBLIC);
    assert_eq!(
        server
            .get("/.well-known/authzen-configuration/nobody")
            .status,
        404
    );
}

fn expected_metadata() -> Value {
    all("c-6-2").remove(0)
}
