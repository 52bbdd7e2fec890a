//! The scenarios of the interoperability events.

use clio_rules_serve::authzen::AuthzenOptions;
use clio_rules_serve::tenant::{Tenant, Tenants};
use serde_json::Value;

use super::server::{Server, loaded};
use super::strict::{decision, results};
use super::vectors::{Vector, under};

fn asked(server: &Server, path: &str, vector: &Vector) -> Value {
    let reply = server.post(path, &vector.request);
    assert_eq!(reply.status, 200, "{}: {}", vector.request, reply.body);
    reply.json()
}

fn decided(server: &Server, file: &str, count: usize) {
    let vectors = under(file, "evaluation");
    assert_eq!(vectors.len(), count, "{file}");
    for vector in vectors {
        let reply = asked(server, "/access/v1/evaluation", &vector);
        let expected = vector.expected.as_bool().expect("a decision");
        assert_eq!(decision(&reply), Ok(expected), "{file}: {}", vector.request);
    }
}

#[test]
fn todo() {
    let server = Server::of_rulebook("authzen-todo");
    decided(&server, "todo-02.json", 40);
    decided(&server, "todo-01.json", 40);
    let batches = under("todo-02.json", "evaluations");
    assert_eq!(batches.len(), 3);
    for vector in batches {
        let reply = asked(&server, "/access/v1/evaluations", &vector);
        // As texts: a key more is a failure, as it is to the runner of the event.
        let answers = reply["evaluations"].to_string();
        assert_eq!(answers, vector.expected.to_string(), "{}", vector.request);
    }
}

#[test]
fn gateway() {
    let options = AuthzenOptions {
        subject_types: vec!["identity".to_owned()],
        ..AuthzenOptions::default()
    };
    let tenants = Tenants::of_one(Tenant::new(loaded("authzen-gateway")));
    decided(&Server::with(tenants, options), "gateway.json", 25);
}

/// Each search gives the same results in the same order, as texts.
fn searched(server: &Server, path: &str, vectors: &[Vector]) {
    for vector in vectors {
        let reply = asked(server, path, vector);
        let found = results(&reply).expect("results");
        let expected = results(&vector.expected).expect("results");
        assert_eq!(found, expected, "{path}: {}", vector.request);
        assert_eq!(reply.as_object().map(serde_json::Map::len), Some(1));
    }
}

#[test]
fn search_demo() {
    let server = Server::of_rulebook("authzen-search");
    for (kind, count) in [("subject", 60), ("resource", 18), ("action", 120)] {
        let vectors = under(&format!("search-{kind}.json"), "evaluation");
        assert_eq!(vectors.len(), count);
        searched(&server, &format!("/access/v1/search/{kind}"), &vectors);
    }
}

#[test]
fn identity_provider() {
    let server = Server::of_rulebook("authzen-search");
    let vectors = under("idp.json", "search");
    assert_eq!(vectors.len(), 6);
    searched(&server, "/access/v1/search/resource", &vectors);
}
