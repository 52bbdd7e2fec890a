//! The `OpenAPI` document: sound in itself, and true of what is asked and answered.

use clio_rules_serve::http::ROUTES;
use clio_rules_serve::tenant::{Tenant, Tenants};
use serde_json::{Value, json};

use super::server::{PUBLIC, Server, example, loaded};
use super::vectors::{request, requests, under};

fn document(server: &Server) -> Value {
    let reply = server.get("/openapi.json");
    assert_eq!(reply.status, 200);
    reply.json()
}

/// Every reference in a document.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                match (key.as_str(), value) {
                    ("$ref", Value::String(reference)) => found.push(reference.clone()),
                    _ => references(value, found),
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|one| references(one, found)),
        _ => {}
    }
}

/// A schema of the document, which finds the others where they stand.
fn validator(document: &Value, schema: &Value) -> jsonschema::Validator {
    let mut whole = schema.clone();
    whole["components"] = document["components"].clone();
    jsonschema::validator_for(&whole).expect("a schema")
}

#[test]
fn the_document_is_sound() {
    let document = document(&Server::of(example()));
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], PUBLIC);
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 50);
    for reference in found {
        let pointer = reference.strip_prefix('#').expect("nothing elsewhere");
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    let schemas = document["components"]["schemas"]
        .as_object()
        .expect("schemas");
    for (name, schema) in schemas {
        assert!(jsonschema::draft202012::meta::is_valid(schema), "{name}");
    }
    // Every path is described with the method that it takes.
    let paths = document["paths"].as_object().expect("paths");
    for (path, route) in ROUTES {
        let method = route.method().as_str().to_ascii_lowercase();
        let operation = &paths[path][&method];
        assert!(operation["operationId"].is_string(), "{path}");
        assert!(operation["responses"]["200"].is_object(), "{path}");
    }
    assert_eq!(paths.len(), ROUTES.len() + 1);
    let mut ids: Vec<&str> = Vec::new();
    for path in paths.values() {
        let operations = path.as_object().expect("an object").values();
        ids.extend(operations.filter_map(|one| one["operationId"].as_str()));
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), count), (paths.len(), paths.len()));
}

#[test]
fn the_document_of_a_tenant_has_its_address() {
    let tenants = Tenants::default().with("one", Tenant::new(example()));
    let server = Server::with(
        tenants,
        clio_rules_serve::authzen::AuthzenOptions::default(),
    );
    let document = server.get("/t/one/openapi.json").json();
    assert_eq!(document["servers"][0]["url"], format!("{PUBLIC}/t/one"));
    let metadata = &document["paths"]["/.well-known/authzen-configuration/t/one"];
    assert_eq!(metadata["servers"][0]["url"], PUBLIC);
}

/// What the schemas call a request is asked, and what they do not is refused.
#[test]
fn the_schemas_of_requests_are_those_of_the_reader() {
    let server = Server::of_rulebook("authzen");
    let document = document(&server);
    let mut asked = 0;
    let mut check = |path: &str, request: &Value| {
        let body = &document["paths"][path]["post"]["requestBody"];
        let schema = &body["content"]["application/json"]["schema"];
        let is_valid = validator(&document, schema).is_valid(request);
        let reply = server.post(path, request);
        assert_eq!(
            reply.status == 200,
            is_valid,
            "{path} {request}: {}",
            reply.body
        );
        if is_valid {
            let reply_schema = &document["paths"][path]["post"]["responses"]["200"]["content"]["application/json"]
                ["schema"];
            let validator = validator(&document, reply_schema);
            let answer = reply.json();
            let errors: Vec<String> = validator
                .iter_errors(&answer)
                .map(|error| error.to_string())
                .collect();
            assert!(errors.is_empty(), "{path} {answer}: {errors:?}");
        }
        asked += 1;
    };
    let evaluation = "/access/v1/evaluation";
    for id in [
        "c-2-2-1", "c-2-2-3", "c-2-2-4", "c-2-2-5", "c-2-2-6", "c-2-2-8", "c-2-2-9",
    ] {
        check(evaluation, &request(id));
        let mut worded = request(id);
        worded["options"] = json!({"reasons": true});
        check(evaluation, &worded);
    }
    for id in ["c-2-4-1", "c-2-4-2", "c-2-4-6"] {
        for request in requests(id) {
            check(evaluation, &request);
        }
    }
    for id in [
        "c-3-2-1", "c-3-2-5", "c-3-2-7", "c-3-4-1", "c-3-4-2", "c-3-4-3",
    ] {
        check("/access/v1/evaluations", &request(id));
    }
    for wrong in [
        json!({}),
        json!({"evaluations": []}),
        json!({"evaluations": 7}),
        json!({"evaluations": null}),
    ] {
        check("/access/v1/evaluations", &wrong);
    }
    for (kind, id) in [
        ("subject", "c-4-2-1"),
        ("subject", "c-4-5-1"),
        ("resource", "c-4-3-4"),
        ("action", "c-4-4-1"),
        ("action", "c-4-6-1"),
    ] {
        let path = format!("/access/v1/search/{kind}");
        check(&path, &request(id));
        for wrong in [json!([]), json!("x"), json!({}), json!(null)] {
            check(&path, &wrong);
        }
        let mut wrong = request(id);
        wrong["page"] = json!({"limit": "1"});
        check(&path, &wrong);
        wrong["page"] = json!({"limit": -1});
        check(&path, &wrong);
        wrong["page"] = Value::Null;
        wrong["context"] = json!([1]);
        check(&path, &wrong);
    }
    assert!(asked > 40);
}

#[test]
fn replies_of_the_protocol_are_described() {
    let server = Server::of(example());
    let document = document(&server);
    let schema = |path: &str, method: &str, status: &str| {
        document["paths"][path][method]["responses"][status]["content"]["application/json"]["schema"].clone()
    };
    for (request, status) in [
        (json!({"user": "wren", "action": "create_bill"}), "200"),
        (
            json!({"ask": "how_can", "user": "wren", "action": "create_bill"}),
            "200",
        ),
        (json!({"user": "wern", "action": "create_bill"}), "404"),
        (json!({"user": "wren"}), "400"),
    ] {
        let reply = server.post("/v1/ask", &request);
        assert_eq!(reply.status.to_string(), status);
        let validator = validator(&document, &schema("/v1/ask", "post", status));
        assert!(validator.is_valid(&reply.json()), "{}", reply.body);
    }
    for path in [
        "/v1/firm",
        "/v1/firm?of=groups",
        "/v1/firm?kind=matter&limit=1",
    ] {
        let validator = validator(&document, &schema("/v1/firm", "get", "200"));
        assert!(validator.is_valid(&server.get(path).json()), "{path}");
    }
    let path = "/.well-known/authzen-configuration";
    let metadata = server.get(path).json();
    assert!(validator(&document, &schema(path, "get", "200")).is_valid(&metadata));
}

/// Vectors of the events are requests by the schemas as well.
#[test]
fn vectors_are_requests() {
    let server = Server::of(loaded("authzen-todo"));
    let document = document(&server);
    let schema = document["components"]["schemas"]["EvaluationRequest"].clone();
    let validator = validator(&document, &schema);
    let vectors = under("todo-01.json", "evaluation");
    assert!(
        vectors
            .iter()
            .all(|vector| validator.is_valid(&vector.request))
    );
}
