//! Pages of searches.

use std::sync::Arc;

use clio_rules_serve::authzen::{AuthzenOptions, SearchKind, search};
use clio_rules_serve::tenant::{Tenant, Tenants};
use serde_json::{Value, json};

use super::server::{Server, loaded};
use super::strict::{entity, results};

const RESOURCE: &str = "/access/v1/search/resource";

/// The records that Alice may view, all of them, on pages of so many.
fn viewed(page: Value) -> Value {
    json!({
        "subject": {"type": "user", "id": "alice"}, "action": {"name": "view"},
        "resource": {"type": "record"}, "page": page,
    })
}

#[test]
fn pages_together_are_the_whole() {
    let server = Server::of_rulebook("authzen-search");
    let whole = server.post(RESOURCE, &viewed(Value::Null)).json();
    let whole = results(&whole).expect("results");
    assert_eq!(whole.len(), 20);
    for limit in [1, 3, 7, 19, 20, 21] {
        let mut all = Vec::new();
        let mut page = json!({"limit": limit});
        for _ in 0..=whole.len() {
            let reply = server.post(RESOURCE, &viewed(page)).json();
            let some = results(&reply).expect("results");
            assert_eq!(reply["page"]["count"], some.len());
            all.extend(some);
            let token = reply["page"]["next_token"]
                .as_str()
                .expect("a token")
                .to_owned();
            if token.is_empty() {
                break;
            }
            page = json!({"token": token});
        }
        assert_eq!(all, whole, "{limit}");
    }
}

#[test]
fn a_token_belongs_to_its_query() {
    let server = Server::of_rulebook("authzen-search");
    let first = server.post(RESOURCE, &viewed(json!({"limit": 2}))).json();
    let token = &first["page"]["next_token"];
    let status = |request: &Value| server.post(RESOURCE, request).status;
    assert_eq!(status(&viewed(json!({"token": token}))), 200);
    assert_eq!(status(&viewed(json!({"token": token, "limit": 2}))), 200);
    assert_eq!(status(&viewed(json!({"token": token, "limit": 3}))), 400);
    let mut other = viewed(json!({"token": token}));
    other["action"]["name"] = json!("edit");
    assert_eq!(status(&other), 400);
    let mut other = viewed(json!({"token": token}));
    other["context"] = json!({"time": "noon"});
    assert_eq!(status(&other), 400);
    // The id of what is searched for never counts.
    let mut same = viewed(json!({"token": token}));
    same["resource"]["id"] = json!("101");
    assert_eq!(status(&same), 200);
    for token in [
        "x",
        "0123456789abcdef",
        "é",
        "00000000000000000000000000000002zz",
    ] {
        assert_eq!(status(&viewed(json!({"token": token}))), 400, "{token}");
    }
    for page in [
        json!({"limit": -1}),
        json!({"limit": "2"}),
        json!({"limit": 1.5}),
        json!({"token": 1}),
        json!([]),
    ] {
        assert_eq!(status(&viewed(page.clone())), 400, "{page}");
    }
    let huge = r#"{"limit": 23926340253320413184000}"#;
    let huge: Value = serde_json::from_str(huge).expect("JSON");
    assert_eq!(status(&viewed(huge)), 200);
    assert_eq!(status(&viewed(json!({"limit": 0, "properties": {}}))), 200);
}

/// A token names the last result, so that it goes on in another state; where that result is not there, it says so.
#[test]
fn a_token_survives_a_reload_or_says_that_it_does_not() {
    let (options, before) = (AuthzenOptions::default(), loaded("authzen-search"));
    let ask = |loaded: &_, request: &Value| {
        search(
            SearchKind::Resource,
            loaded,
            &options,
            request.to_string().as_bytes(),
        )
    };
    let first: Value =
        serde_json::from_slice(&ask(&before, &viewed(json!({"limit": 2}))).expect("it is asked"))
            .expect("JSON");
    let next = viewed(json!({"token": first["page"]["next_token"]}));
    let again = loaded("authzen-search");
    assert_eq!(ask(&again, &next), ask(&before, &next));
    let rules = before.rulebook().clone();
    let text = "firm: One\nusers: [{id: alice, records: {position: manager}}]\nthings: {record: [{id: 103}]}";
    let other = clio_rules::Firm::from_text(&rules, "firm.yaml", text).expect("it loads");
    let other = clio_rules_serve::tenant::Loaded::new(other);
    let error = ask(&other, &next).expect_err("the last result is gone");
    assert!(error.to_string().contains("earlier state"), "{error}");
}

#[test]
fn the_server_has_a_limit_of_its_own() {
    let options = AuthzenOptions {
        most_results: 8,
        ..AuthzenOptions::default()
    };
    let tenants = Tenants::of_one(Tenant::new(loaded("authzen-search")));
    let server = Server::with(tenants, options);
    let reply = server.post(RESOURCE, &viewed(Value::Null)).json();
    assert_eq!(results(&reply).map(|all| all.len()), Ok(8));
    let token = &reply["page"]["next_token"];
    assert!(token.as_str().is_some_and(|token| !token.is_empty()));
    let next = server
        .post(RESOURCE, &viewed(json!({"token": token})))
        .json();
    assert_eq!(
        results(&next).expect("results").first(),
        Some(&entity("record", "109"))
    );
}

/// Who is asked about again is allowed again.
#[test]
fn each_result_is_allowed_when_it_is_asked_about() {
    let server = Arc::new(Server::of_rulebook("authzen-search"));
    let alice = json!({"type": "user", "id": "bob", "properties": {"position": "manager"}});
    let asked =
        json!({"subject": alice, "action": {"name": "edit"}, "resource": {"type": "record"}});
    let found = server.post(RESOURCE, &asked).json();
    let found = found["results"].as_array().expect("results").clone();
    assert!(!found.is_empty());
    for resource in found {
        let mut again = asked.clone();
        again["resource"] = resource;
        let reply = server.post("/access/v1/evaluation", &again).json();
        assert_eq!(reply, json!({"decision": true}), "{again}");
    }
}
