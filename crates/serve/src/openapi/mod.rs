//! What there is to ask, for programs: an `OpenAPI` document, made from the types that are read and written.

mod operation;
mod shapes;

use clio_rules::{Rulebook, SchemaKind};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::ask::FirmReply;
use crate::authzen::{Metadata, SearchReply};
use crate::http::WELL_KNOWN;
use crate::json::put;
use operation::{OperationEntry, parameter};
use shapes::{
    ActionSearchRequest, DecisionReply, DecisionsReply, EvaluationRequest, EvaluationsRequest,
    ResourceSearchRequest, SubjectSearchRequest,
};

/// Where schemas stand in the document.
const SCHEMAS: &str = "/components/schemas";

/// The document of a tenant, whose path stands behind the address of the server.
///
/// ```
/// let rulebook = clio_rules::Rulebook::builtin()?;
/// let document = clio_rules_serve::openapi::document(&rulebook, "https://pdp.example.com", "/t/one");
/// assert_eq!(document["openapi"], "3.1.0");
/// assert_eq!(document["servers"][0]["url"], "https://pdp.example.com/t/one");
/// # Ok::<(), clio_rules::LoadError>(())
/// ```
pub fn document(rulebook: &Rulebook, server: &str, tenant: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = SCHEMAS.into();
        settings.meta_schema = None;
    });
    let mut schemas = settings.into_generator();
    let paths = paths(&mut schemas, server, tenant);
    let mut all: Map<String, Value> = schemas.take_definitions(true);
    for (name, kind) in [("Ask", SchemaKind::Request), ("Answer", SchemaKind::Reply)] {
        add_message(&mut all, name, rulebook.schema(kind));
    }
    let url = format!("{server}{tenant}");
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "clio-rules-serve",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Who may do what, and why",
            "description": "The OpenID AuthZEN Authorization API 1.0, and the protocol of clio-rules.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": url}],
        "security": [{}, {"key": []}],
        "paths": paths,
        "components": {
            "schemas": all,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "headers": {
                "Digest": {"description": "The digest of the rules and the firm that answered.", "schema": {"type": "string"}},
                "RequestId": {"description": "The name of the request.", "schema": {"type": "string"}},
            },
        },
    })
}

/// The schema of a type, which stands among those of the document.
fn schema<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Value {
    schemas.subschema_for::<T>().to_value()
}

fn paths(schemas: &mut SchemaGenerator, server: &str, tenant: &str) -> Value {
    let evaluation = OperationEntry::post(
        "evaluate",
        "Access evaluation",
        "May this subject do this on that resource?",
    );
    let evaluations = OperationEntry::post(
        "evaluateMany",
        "Access evaluations",
        "Many such questions in one request.",
    );
    let subject = OperationEntry::post(
        "searchSubjects",
        "Subject search",
        "Who may do this on that resource?",
    );
    let resource = OperationEntry::post(
        "searchResources",
        "Resource search",
        "On what may this subject do this?",
    );
    let action = OperationEntry::post(
        "searchActions",
        "Action search",
        "What may this subject do on that resource?",
    );
    let found = schema::<SearchReply<'_>>(schemas);
    let mut paths = Map::new();
    let mut enter = |path: &str, entry: OperationEntry, asked, answered| {
        paths.insert(path.to_owned(), entry.standard(asked, answered));
    };
    let decision = schema::<DecisionReply>(schemas);
    enter(
        "/access/v1/evaluation",
        evaluation,
        schema::<EvaluationRequest>(schemas),
        decision,
    );
    let decisions = schema::<DecisionsReply>(schemas);
    enter(
        "/access/v1/evaluations",
        evaluations,
        schema::<EvaluationsRequest>(schemas),
        decisions,
    );
    enter(
        "/access/v1/search/subject",
        subject,
        schema::<SubjectSearchRequest>(schemas),
        found.clone(),
    );
    enter(
        "/access/v1/search/resource",
        resource,
        schema::<ResourceSearchRequest>(schemas),
        found.clone(),
    );
    enter(
        "/access/v1/search/action",
        action,
        schema::<ActionSearchRequest>(schemas),
        found,
    );
    paths.insert("/v1/ask".to_owned(), ask());
    paths.insert(
        "/v1/firm".to_owned(),
        firm(schema::<FirmReply<'_>>(schemas)),
    );
    paths.insert("/openapi.json".to_owned(), own());
    let mut metadata = metadata(schema::<Metadata>(schemas));
    // The standard inserts it before the path of a tenant.
    put(&mut metadata, &["servers"], json!([{"url": server}]));
    paths.insert(format!("{WELL_KNOWN}{tenant}"), metadata);
    Value::Object(paths)
}

/// Any question of the protocol.
fn ask() -> Value {
    let entry = OperationEntry::post(
        "ask",
        "Ask",
        "Any request of the protocol: decisions, changes, who, what, where, how, reviews and differences.",
    );
    let reference = |name: &str| json!({"$ref": format!("#{SCHEMAS}/{name}")});
    let mut ask = entry.standard(reference("Ask"), reference("Answer"));
    for (status, why) in [
        ("400", "It could not be asked."),
        ("404", "A name is unknown."),
        ("409", "It is meant for another state of the firm."),
        ("413", "It is beyond a limit."),
    ] {
        let responses = &["post", "responses", status];
        put(&mut ask, responses, operation::failure(why));
        let content = &[
            "post",
            "responses",
            status,
            "content",
            "application/json",
            "schema",
        ];
        put(&mut ask, content, reference("Answer"));
    }
    ask
}

/// Who and what the firm is.
fn firm(reply: Value) -> Value {
    let entry = OperationEntry::get(
        "firm",
        "Firm",
        "Users, groups or things of the firm, page by page.",
    );
    let mut firm = entry.got(reply);
    let more = [
        parameter(
            "of",
            "What is listed.",
            json!({"enum": ["users", "groups"], "default": "users"}),
        ),
        parameter(
            "kind",
            "Lists things of this kind instead.",
            json!({"type": "string"}),
        ),
        parameter(
            "after",
            "The `next` of the page before.",
            json!({"type": "string"}),
        ),
        parameter(
            "limit",
            "The most entries.",
            json!({"type": "integer", "minimum": 1}),
        ),
    ];
    if let Some(Value::Array(parameters)) = firm.pointer_mut("/get/parameters") {
        parameters.extend(more);
    }
    let unknown = operation::failure("There is no such kind or entry.");
    put(&mut firm, &["get", "responses", "404"], unknown);
    firm
}

fn own() -> Value {
    let entry = OperationEntry::get("openApi", "This document", "What there is to ask.");
    entry.got(json!({"type": "object"}))
}

fn metadata(reply: Value) -> Value {
    let entry = OperationEntry::get("metadata", "Metadata", "The addresses of the standard.");
    entry.got(reply)
}

/// Puts a schema with its own definitions among those of the document.
fn add_message(all: &mut Map<String, Value>, name: &str, mut schema: Value) {
    let definitions = schema.as_object_mut().and_then(|schema| {
        schema.remove("$schema");
        schema.remove("$defs")
    });
    point_into(&mut schema, name);
    all.insert(name.to_owned(), schema);
    if let Some(Value::Object(definitions)) = definitions {
        for (definition, mut schema) in definitions {
            point_into(&mut schema, name);
            all.insert(format!("{name}{definition}"), schema);
        }
    }
}

/// Lets references point at the definitions where they stand now.
fn point_into(schema: &mut Value, name: &str) {
    match schema {
        Value::Object(entries) => {
            for (key, value) in entries {
                match (key.as_str(), &*value) {
                    ("$ref", Value::String(reference)) => {
                        if let Some(definition) = reference.strip_prefix("#/$defs/") {
                            *value = Value::String(format!("#{SCHEMAS}/{name}{definition}"));
                        }
                    }
                    _ => point_into(value, name),
                }
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|one| point_into(one, name)),
        _ => {}
    }
}
