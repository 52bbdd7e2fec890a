//! How the words of the standard stand for users, things and facts: the table of `docs/server.md`.

use clio_rules::{Firm, Rulebook};
use clio_rules_serve::authzen::AuthzenOptions;
use clio_rules_serve::tenant::{Loaded, Tenant, Tenants};
use serde_json::{Value, json};

use super::searching::searches_find_what_fits_their_properties;
use super::server::{Server, example, loaded};

/// The decision with its code or rule.
fn decided(server: &Server, subject: Value, action: Value, resource: Value) -> (bool, String) {
    let asked = json!({"subject": subject, "action": action, "resource": resource, "options": {"reasons": true}});
    let reply = server.post("/access/v1/evaluation", &asked).json();
    let why = &reply["context"];
    let word = why["code"].as_str().or(why["rule"].as_str());
    let decision = reply["decision"].as_bool().expect("a decision");
    (decision, word.unwrap_or_default().to_owned())
}

pub(crate) fn user(id: &str) -> Value {
    json!({"type": "user", "id": id})
}

pub(crate) fn named(name: &str) -> Value {
    json!({"name": name})
}

#[test]
fn people_products_and_the_firm_are_resources() {
    let server = Server::of(example());
    let decided = |who, what, on: Value| decided(&server, user(who), named(what), on);
    let manage = || json!({"type": "product", "id": "manage"});
    assert_eq!(
        decided("wren", "create_bill", manage()),
        (false, "create_bill".into())
    );
    assert_eq!(
        decided("nadia", "create_bill", manage()),
        (true, "create_bill".into())
    );
    let firm = || json!({"type": "firm", "id": "Hartley Moss LLP"});
    assert_eq!(
        decided("nadia", "create_bill", firm()),
        (true, "create_bill".into())
    );
    let this = json!({"type": "firm", "id": "firm"});
    assert_eq!(
        decided("nadia", "create_bill", this),
        (true, "create_bill".into())
    );
    let elsewhere = json!({"type": "firm", "id": "Elsewhere"});
    assert_eq!(
        decided("nadia", "create_bill", elsewhere),
        (false, "unknown-firm".into())
    );
    let nowhere = json!({"type": "product", "id": "nowhere"});
    assert_eq!(
        decided("nadia", "create_bill", nowhere),
        (false, "unknown-product".into())
    );
    let (allowed, rule) = decided("tomas", "edit_user_profile", user("nadia"));
    assert_eq!(
        (allowed, &*rule),
        (false, "nobody_edits_the_primary_subscriber")
    );
    assert!(decided("tomas", "edit_user_profile", user("wren")).0);
    // An action is asked of what it is done to.
    assert_eq!(
        decided("tomas", "edit_user_profile", manage()),
        (false, "unknown-action".into())
    );
    assert_eq!(
        decided("nadia", "create_bill", user("wren")),
        (false, "unknown-action".into())
    );
}

#[test]
fn actions_are_called_by_their_id() {
    let server = Server::of(example());
    let manage = || json!({"type": "product", "id": "manage"});
    let firm = || json!({"type": "firm", "id": "Hartley Moss LLP"});
    for name in ["create_bill", "CREATE_BILL", "manage:create_bill"] {
        let answer = decided(&server, user("nadia"), named(name), manage());
        assert_eq!(answer, (true, "create_bill".into()), "{name}");
    }
    let of_other = decided(&server, user("nadia"), named("grow:create_bill"), firm());
    assert_eq!(of_other, (false, "unknown-action".into()));
}

#[test]
fn whatever_is_unknown_is_denied() {
    let server = Server::of_rulebook("authzen");
    let record = |id| json!({"type": "record", "id": id});
    let decided = |who, what, on| decided(&server, who, named(what), on);
    assert_eq!(
        decided(user("nobody"), "read", record("record-1")),
        (false, "unknown-user".into())
    );
    assert_eq!(
        decided(user("alice"), "read", record("none")),
        (false, "unknown-thing".into())
    );
    assert_eq!(
        decided(user("alice"), "fly", record("record-1")),
        (false, "unknown-action".into())
    );
    let ship = || json!({"type": "spaceship", "id": "s1"});
    assert_eq!(
        decided(ship(), "read", record("record-1")),
        (false, "unknown-type".into())
    );
    assert_eq!(
        decided(user("alice"), "read", ship()),
        (false, "unknown-type".into())
    );
}

#[test]
fn properties_of_people_stand_in_place_of_what_the_firm_says() {
    let server = Server::of_rulebook("authzen");
    let archived = || json!({"type": "record", "id": "record-2"});
    let with = |id: &str, properties: Value| {
        let subject = json!({"type": "user", "id": id, "properties": properties});
        decided(&server, subject, named("write"), archived()).0
    };
    assert!(!with("alice", json!({})));
    assert!(with("alice", json!({"role": "admin"})));
    assert!(with("alice", json!({"roles": ["admin", "unheard_of"]})));
    // Somebody whom only the request knows.
    assert!(with("carol", json!({"role": "admin"})));
    assert!(!with("carol", json!({"role": "unheard_of"})));
    assert!(!with("carol", json!({"roles": []})));
    // Bob is an admin in the firm.
    assert!(with(
        "bob",
        json!({"role": "unheard_of", "department": "Sales"})
    ));
    assert!(!with("bob", json!({"roles": []})));
    assert!(!with("bob", json!({"role": 7})));
    assert!(!with("bob", json!({"role": "admin", "roles": ["admin"]})));
    let server = Server::of_rulebook("authzen-search");
    let sees = |properties: Value| {
        let subject = json!({"type": "user", "id": "erin", "properties": properties});
        decided(
            &server,
            subject,
            named("view"),
            json!({"type": "record", "id": "101"}),
        )
        .0
    };
    assert!(!sees(json!({})));
    assert!(sees(json!({"position": "manager"})));
    assert!(sees(json!({"department": "Legal"})));
    assert!(!sees(json!({"department": "Unheard of"})));
    assert!(!sees(json!({"department": ["Legal"]})));
}

/// Somebody whom only the request knows needs to bring something, also for what everybody with a seat may do.
#[test]
fn nobody_comes_in_with_nothing() {
    let server = Server::of_rulebook("authzen-gateway");
    let get = |properties: Value| {
        let subject = json!({"type": "user", "id": "ghost", "properties": properties});
        decided(
            &server,
            subject,
            named("GET"),
            json!({"type": "route", "id": "/todos"}),
        )
    };
    let unknown = (false, "unknown-user".to_owned());
    for nothing in [
        json!({}),
        json!({"role": "unheard_of"}),
        json!({"roles": []}),
        json!({"colour": "red"}),
    ] {
        assert_eq!(get(nothing), unknown);
    }
    assert_eq!(get(json!({"role": "editor"})), (true, "get".to_owned()));
}

#[test]
fn a_target_has_properties_too() {
    let server = Server::of(example());
    let edit = |properties: Value| {
        let target = json!({"type": "user", "id": "wren", "properties": properties});
        decided(&server, user("tomas"), named("edit_user_profile"), target)
    };
    assert!(edit(json!({})).0);
    // There is one primary subscriber, so that nobody else can be said to be one.
    assert!(!edit(json!({"role": "primary_subscriber"})).0);
}

#[test]
fn properties_of_things_stand_in_place_of_what_the_firm_says() {
    let server = Server::of_rulebook("authzen");
    let write = |who: &str, id: &str, properties: Value| {
        let resource = json!({"type": "record", "id": id, "properties": properties});
        decided(&server, user(who), named("write"), resource).0
    };
    assert!(write("alice", "record-1", json!({})));
    assert!(!write("alice", "record-1", json!({"status": "archived"})));
    assert!(write("bob", "record-1", json!({"status": "archived"})));
    assert!(!write("alice", "record-1", json!({"status": "unheard of"})));
    assert!(!write("alice", "record-1", json!({"status": {}})));
    assert!(write(
        "alice",
        "record-1",
        json!({"status": null, "colour": ["red"]})
    ));
    // Who owns a record of the firm is for the firm to say.
    assert!(!write("bob", "record-1", json!({"owner": "bob"})));
    // What only the request knows is judged by what it brings.
    for owner in [
        json!("bob"),
        json!(["alice", "bob"]),
        json!({"type": "user", "id": "bob"}),
    ] {
        assert!(
            write("bob", "new", json!({"owner": owner, "status": "active"})),
            "{owner}"
        );
    }
    assert!(!write(
        "bob",
        "new",
        json!({"owner": "alice", "status": "active"})
    ));
    assert!(write("bob", "new", json!({"status": "archived"})));
}

#[test]
fn properties_of_the_action_and_the_context_are_facts() {
    let server = Server::of_rulebook("authzen");
    let delete = |properties: Value, context: Value| {
        let asked = json!({
            "subject": user("alice"), "action": {"name": "delete", "properties": properties},
            "resource": {"type": "record", "id": "record-1"}, "context": context,
        });
        server.post("/access/v1/evaluation", &asked).json() == json!({"decision": true})
    };
    assert!(!delete(json!({}), json!({})));
    assert!(delete(json!({"soft": true}), json!({})));
    assert!(delete(json!({"soft": "true"}), json!({})));
    assert!(delete(json!({}), json!({"soft": true, "ip": "::1"})));
    // The action is closer to the question than the context.
    assert!(!delete(json!({"soft": false}), json!({"soft": true})));
    assert!(!delete(json!({"soft": "perhaps"}), json!({})));
}

#[test]
fn types_of_subjects_are_for_the_operator_to_say() {
    let options = AuthzenOptions {
        subject_types: vec!["user".to_owned(), "identity".to_owned()],
        ..AuthzenOptions::default()
    };
    let server = Server::with(Tenants::of_one(Tenant::new(loaded("authzen"))), options);
    let record = || json!({"type": "record", "id": "record-1"});
    for kind in ["user", "identity"] {
        let subject = json!({"type": kind, "id": "alice"});
        assert!(decided(&server, subject, named("read"), record()).0);
        let asked =
            json!({"subject": {"type": kind}, "action": named("read"), "resource": record()});
        let reply = server.post("/access/v1/search/subject", &asked).json();
        assert_eq!(reply["results"][0], json!({"type": kind, "id": "alice"}));
    }
}

/// Two products can have an action of one name; then the product is named with it.
#[test]
fn an_action_of_several_products_is_named_with_its_product() {
    let product = |id: &str| {
        format!(
            "product: {id}\ntitle: {id}\ndocument: {{title: Both, sections: {{all: All}}}}\nroles: {{}}\n\
             grounds:\n  user_disabled: {{because: Disabled, basis: inferred, section: all}}\n  \
             user_has_no_seat: {{because: No seat, basis: inferred, section: all}}\n  \
             target_has_no_seat: {{because: No seat, basis: inferred, section: all}}\n\
             actions: [{{group: All, section: all, basis: stated, actions: {{look: {{title: Look, allow: everyone}}}}}}]\n"
        )
    };
    let (one, two) = (product("one"), product("two"));
    let texts = [("one.yaml", one.as_str()), ("two.yaml", two.as_str())];
    let rules = Rulebook::from_texts(texts).expect("they load");
    let firm = Firm::from_text(
        &rules,
        "firm.yaml",
        "firm: Both\nusers: [{id: ada, one: {}}]",
    )
    .expect("it loads");
    let server = Server::of(Loaded::new(firm));
    let both = || json!({"type": "firm", "id": "Both"});
    let look = |name: &str| decided(&server, user("ada"), named(name), both());
    assert_eq!(look("look"), (false, "ambiguous-product".into()));
    assert_eq!(look("one:look"), (true, "look".into()));
    assert!(!look("two:look").0);
    let asked = json!({"subject": user("ada"), "resource": both()});
    let reply = server.post("/access/v1/search/action", &asked).json();
    assert_eq!(reply, json!({"results": [{"name": "one:look"}]}));
}

/// Each row of the table in `docs/server.md`, with the tests that hold it.
const ROWS: [(&str, fn()); 15] = [
    (
        "subject of the type `user`",
        types_of_subjects_are_for_the_operator_to_say,
    ),
    (
        "resource of the type `user`",
        people_products_and_the_firm_are_resources,
    ),
    (
        "resource of a kind of thing",
        properties_of_things_stand_in_place_of_what_the_firm_says,
    ),
    (
        "resource of the type `product`",
        people_products_and_the_firm_are_resources,
    ),
    (
        "resource of the type `firm`",
        people_products_and_the_firm_are_resources,
    ),
    ("`action.name`", actions_are_called_by_their_id),
    (
        "`role`, `roles` of a person",
        properties_of_people_stand_in_place_of_what_the_firm_says,
    ),
    (
        "other properties of a person",
        properties_of_people_stand_in_place_of_what_the_firm_says,
    ),
    (
        "properties of a thing",
        properties_of_things_stand_in_place_of_what_the_firm_says,
    ),
    (
        "lists of a thing",
        properties_of_things_stand_in_place_of_what_the_firm_says,
    ),
    (
        "properties of the action",
        properties_of_the_action_and_the_context_are_facts,
    ),
    (
        "`context`",
        properties_of_the_action_and_the_context_are_facts,
    ),
    (
        "somebody or something that only the request knows",
        properties_of_things_stand_in_place_of_what_the_firm_says,
    ),
    (
        "properties of what is searched for",
        searches_find_what_fits_their_properties,
    ),
    (
        "whatever else is unknown or missing",
        whatever_is_unknown_is_denied,
    ),
];

#[test]
fn every_row_of_the_document_is_tested() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/server.md");
    let text = std::fs::read_to_string(path).expect("the document is there");
    let (_, table) = text.split_once("<!-- mapping -->").expect("it begins");
    let (table, _) = table
        .split_once("<!-- end of mapping -->")
        .expect("it ends");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| "));
    let rows: Vec<&str> = rows
        .skip(1)
        .filter_map(|row| row.split(" |").next())
        .collect();
    assert_eq!(rows, ROWS.map(|(row, _)| row));
}
