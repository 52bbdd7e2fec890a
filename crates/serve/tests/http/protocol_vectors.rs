//! The vectors of the protocol, `tests/vectors`, through HTTP.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clio_rules::{FirmLoader, Rulebook};
use clio_rules_serve::tenant::Loaded;
use serde_json::{Value, json};

use super::server::Server;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("the file is there")
}

/// A server for each world.
fn servers() -> BTreeMap<String, Server> {
    let worlds: Value = serde_json::from_str(&read("tests/vectors/worlds.json")).expect("JSON");
    let worlds = worlds.as_object().expect("worlds by name").clone();
    let served = worlds.into_iter().map(|(name, world)| {
        let paths = world["rules"].as_object().expect("texts by name");
        let texts = paths
            .iter()
            .map(|(name, path)| (name, read(path.as_str().expect("a path"))));
        let texts: Vec<(&String, String)> = texts.collect();
        let texts = texts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        let rules = Rulebook::from_texts(texts).expect("the rules load");
        let day = world["on"].as_str().expect("a day").parse().expect("a day");
        let firm = read(world["firm"].as_str().expect("a path"));
        let firm = FirmLoader::new(&rules)
            .on(day)
            .from_text("firm.yaml", &firm);
        (name, Server::of(Loaded::new(firm.expect("the firm loads"))))
    });
    served.collect()
}

/// All vectors but sessions.
fn vectors() -> Vec<Value> {
    let files = ["asked", "documented", "fixtures", "refused"];
    let texts = files.map(|name| read(&format!("tests/vectors/{name}.jsonl")));
    let lines = texts.iter().flat_map(|text| text.lines());
    let vectors = lines.map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    vectors
        .filter(|vector| vector.get("session").is_none())
        .collect()
}

/// The vectors to which a server replied otherwise.
fn noticed(vectors: &[Value], replies: &[Value]) -> usize {
    let pairs = vectors.iter().zip(replies);
    pairs
        .filter(|(vector, reply)| vector["reply"] != **reply)
        .count()
}

fn reply(server: &Server, vector: &Value) -> Value {
    let text = match vector.get("text") {
        Some(text) => text.as_str().expect("a text").to_owned(),
        None => vector["request"].to_string(),
    };
    let json = [("Content-Type", "application/json")];
    let reply = server.call("POST", "/v1/ask", &json, text.as_bytes());
    let mut body = reply.json();
    assert_eq!(reply.status == 200, body.get("error").is_none(), "{text}");
    // What the server adds.
    let digest = body.as_object_mut().and_then(|body| body.remove("digest"));
    assert!(digest.is_some(), "{text}");
    body
}

#[test]
fn the_server_replies_as_the_vectors_say() {
    let (servers, mut vectors) = (servers(), vectors());
    assert!(vectors.len() > 500, "{}", vectors.len());
    let server = |vector: &Value| &servers[vector["world"].as_str().expect("a name")];
    let replies: Vec<Value> = vectors
        .iter()
        .map(|vector| reply(server(vector), vector))
        .collect();
    let wrong = vectors
        .iter()
        .zip(&replies)
        .find(|(vector, reply)| vector["reply"] != **reply);
    assert_eq!(wrong, None);
    // A reply that is not the right one would be noticed.
    for vector in &mut vectors {
        vector["reply"]["added"] = json!(true);
    }
    assert_eq!(noticed(&vectors, &replies), vectors.len());
}

#[test]
fn a_session_leaves_no_trace_in_the_server() {
    let servers = servers();
    let sessions = read("tests/vectors/sessions.jsonl");
    let mut applied = 0;
    for line in sessions.lines() {
        let vector: Value = serde_json::from_str(line).expect("JSON");
        let server = &servers[vector["world"].as_str().expect("a name")];
        for exchange in vector["session"].as_array().expect("exchanges") {
            if exchange["request"]["ask"] == "apply" {
                let reply = server.post("/v1/ask", &exchange["request"]).json();
                assert_eq!(reply["error"]["code"], "nothing-is-applied");
                applied += 1;
            }
        }
    }
    assert!(applied > 5, "{applied}");
}
