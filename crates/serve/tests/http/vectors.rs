//! The public vectors.

use serde::Deserialize;
use serde_json::Value;

/// A file of vectors.
pub(crate) fn read(file: &str) -> Value {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let text = std::fs::read_to_string(folder.join(file)).expect("it is there");
    serde_json::from_str(&text).expect("it is JSON")
}

/// A request with what is expected of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Vector {
    pub(crate) request: Value,
    pub(crate) expected: Value,
}

/// The vectors under a key of a file.
pub(crate) fn under(file: &str, key: &str) -> Vec<Vector> {
    serde_json::from_value(read(file)[key].clone()).expect("vectors stand there")
}

/// A block of JSON of the certification scenario.
#[derive(Debug, Deserialize)]
struct Block {
    id: String,
    label: Option<String>,
    json: Option<Value>,
}

/// The blocks of a test of the certification scenario whose label begins so.
fn blocks(id: &str, label: &str) -> Vec<Value> {
    let all: Vec<Block> =
        serde_json::from_value(read("certification.json")["blocks"].clone()).expect("blocks");
    let of_test = all.into_iter().filter(|block| block.id == id);
    let labelled =
        of_test.filter(|block| block.label.as_deref().unwrap_or(label).starts_with(label));
    let found: Vec<Value> = labelled.filter_map(|block| block.json).collect();
    assert!(!found.is_empty(), "{id} has no {label}");
    found
}

/// The requests of a test of the certification scenario.
pub(crate) fn requests(id: &str) -> Vec<Value> {
    blocks(id, "Request")
}

/// The request of a test that has one.
pub(crate) fn request(id: &str) -> Value {
    requests(id).remove(0)
}

/// What a test of the certification scenario expects.
pub(crate) fn expected(id: &str) -> Value {
    blocks(id, "Expected").remove(0)
}

/// Every block of a test, whatever its label says: in some, requests stand under the expectation of the one before.
pub(crate) fn all(id: &str) -> Vec<Value> {
    blocks(id, "")
}
