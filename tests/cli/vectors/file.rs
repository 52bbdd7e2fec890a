//! Files of vectors: an object a line.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

/// Written by hand: every question, to every world.
pub(super) const ASKED: &str = "asked.jsonl";
/// The examples of `docs/protocol.md`.
pub(super) const DOCUMENTED: &str = "documented.jsonl";
/// What the fixtures ask.
pub(super) const FIXTURES: &str = "fixtures.jsonl";
/// Written by hand: what cannot be asked.
pub(super) const REFUSED: &str = "refused.jsonl";
/// Written by hand: changes that are made, and questions after them.
pub(super) const SESSIONS: &str = "sessions.jsonl";

/// A request, or several that are asked one after the other, with the replies.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Vector {
    pub(super) world: String,
    pub(super) is_session: bool,
    pub(super) exchanges: Vec<Exchange>,
}

/// A request as it is sent, and its reply.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Exchange {
    pub(super) request: String,
    /// Whether the request stands in the file as a text, because it is no object of JSON with each key once.
    pub(super) is_text: bool,
    pub(super) reply: Value,
}

pub(super) struct VectorFile {
    pub(super) vectors: Vec<Vector>,
}

impl Vector {
    /// A request to a world, with no reply yet.
    pub(super) fn of(world: &str, request: &Value) -> Self {
        Self {
            world: world.to_owned(),
            is_session: false,
            exchanges: vec![Exchange {
                request: request.to_string(),
                is_text: false,
                reply: Value::Null,
            }],
        }
    }

    pub(super) fn requests(&self) -> Vec<String> {
        let exchanges = self.exchanges.iter();
        exchanges.map(|exchange| exchange.request.clone()).collect()
    }

    pub(super) fn set_replies(&mut self, replies: Vec<Value>) {
        for (exchange, reply) in self.exchanges.iter_mut().zip(replies) {
            exchange.reply = reply;
        }
    }

    pub(super) fn replies(&self) -> Vec<Value> {
        let exchanges = self.exchanges.iter();
        exchanges.map(|exchange| exchange.reply.clone()).collect()
    }

    fn read(line: &str) -> Self {
        let line: Map<String, Value> = serde_json::from_str(line).unwrap();
        let session = line.get("session").map(|all| all.as_array().unwrap());
        Self {
            world: line["world"].as_str().unwrap().to_owned(),
            is_session: session.is_some(),
            exchanges: match session {
                Some(all) => all
                    .iter()
                    .map(|one| Exchange::read(one.as_object().unwrap()))
                    .collect(),
                None => vec![Exchange::read(&line)],
            },
        }
    }

    fn line(&self) -> String {
        let mut line = Map::new();
        line.insert("world".to_owned(), json!(self.world));
        let mut written = self.exchanges.iter().map(Exchange::written);
        if self.is_session {
            line.insert("session".to_owned(), written.map(Value::Object).collect());
        } else {
            line.extend(written.next().unwrap());
        }
        Value::Object(line).to_string()
    }
}

impl Exchange {
    fn read(object: &Map<String, Value>) -> Self {
        let text = object.get("text").map(|text| text.as_str().unwrap());
        Self {
            request: text.map_or_else(|| object["request"].to_string(), str::to_owned),
            is_text: text.is_some(),
            reply: object.get("reply").cloned().unwrap_or_default(),
        }
    }

    fn written(&self) -> Map<String, Value> {
        let (key, request) = if self.is_text {
            ("text", json!(self.request))
        } else {
            ("request", serde_json::from_str(&self.request).unwrap())
        };
        let entries = [(key, request), ("reply", self.reply.clone())];
        entries
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    }

    /// The word of the question that it asks.
    pub(super) fn word(&self) -> String {
        let request: Value = serde_json::from_str(&self.request).unwrap();
        let by_key = [("parts", "bulk"), ("change", "change"), ("action", "can")];
        let said = request.get("ask").map(|word| word.as_str().unwrap());
        let known = by_key.iter().find(|(key, _)| request.get(key).is_some());
        said.or(known.map(|(_, word)| *word)).unwrap().to_owned()
    }
}

impl VectorFile {
    fn path(name: &str) -> PathBuf {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        folder.join("tests/vectors").join(name)
    }

    pub(super) fn read_text(name: &str) -> String {
        std::fs::read_to_string(Self::path(name)).unwrap()
    }

    pub(super) fn read(name: &str) -> Self {
        let text = Self::read_text(name);
        Self {
            vectors: text.lines().map(Vector::read).collect(),
        }
    }

    pub(super) fn write(name: &str, vectors: Vec<Vector>) {
        std::fs::write(Self::path(name), Self { vectors }.text()).unwrap();
    }

    pub(super) fn text(&self) -> String {
        let lines = self.vectors.iter().map(|vector| vector.line() + "\n");
        lines.collect()
    }
}
