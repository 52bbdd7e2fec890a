//! What searches find, by the words of the standard.

use serde_json::{Value, json};

use super::mapping::{named, user};
use super::server::{Server, example};
use super::strict::results;

#[test]
pub(crate) fn searches_find_what_fits_their_properties() {
    let server = Server::of_rulebook("authzen-search");
    let found = |path: &str, asked: Value| {
        let reply = server.post(path, &asked).json();
        let results = reply["results"].as_array().expect("results").clone();
        let ids = results
            .iter()
            .map(|one| one["id"].as_str().expect("an id").to_owned());
        ids.collect::<Vec<_>>()
    };
    let records = |properties: Value| {
        let record = json!({"type": "record", "properties": properties});
        found(
            "/access/v1/search/resource",
            json!({"subject": user("alice"), "action": named("edit"), "resource": record}),
        )
    };
    assert_eq!(records(json!({})), ["101", "107", "110", "113", "119"]);
    assert_eq!(records(json!({"department": "Legal"})), ["101", "119"]);
    assert_eq!(
        records(json!({"department": "Legal", "colour": "red"})),
        ["101", "119"]
    );
    let people = |properties: Value| {
        let subject = json!({"type": "user", "properties": properties});
        found(
            "/access/v1/search/subject",
            json!({"subject": subject, "action": named("view"), "resource": {"type": "record", "id": "101"}}),
        )
    };
    assert_eq!(people(json!({})), ["alice", "bob", "carol", "dan"]);
    assert_eq!(people(json!({"position": "manager"})), ["alice", "dan"]);
    assert_eq!(people(json!({"role": "admin"})), [""; 0]);
}

#[test]
fn searches_find_products_people_and_actions() {
    let server = Server::of(example());
    let texts =
        |path: &str, asked: Value| results(&server.post(path, &asked).json()).expect("results");
    let resources = |kind: &str, action: &str| {
        texts(
            "/access/v1/search/resource",
            json!({"subject": user("nadia"), "action": named(action), "resource": {"type": kind}}),
        )
    };
    assert_eq!(
        resources("product", "create_bill"),
        [r#"{"type":"product","id":"manage"}"#]
    );
    assert_eq!(
        resources("firm", "create_bill"),
        [r#"{"type":"firm","id":"Hartley Moss LLP"}"#]
    );
    assert!(
        resources("user", "edit_user_profile")
            .contains(&r#"{"type":"user","id":"nadia"}"#.to_owned())
    );
    let actions = texts(
        "/access/v1/search/action",
        json!({"subject": user("nadia"), "resource": {"type": "firm", "id": "Hartley Moss LLP"}}),
    );
    assert!(actions.contains(&r#"{"name":"create_bill"}"#.to_owned()));
    // Each is found under a name by which it is allowed again.
    for action in actions {
        let action: Value = serde_json::from_str(&action).expect("JSON");
        let asked = json!({
            "subject": user("nadia"), "action": action, "resource": {"type": "firm", "id": "Hartley Moss LLP"},
        });
        let reply = server.post("/access/v1/evaluation", &asked).json();
        assert_eq!(reply, json!({"decision": true}), "{asked}");
    }
}
