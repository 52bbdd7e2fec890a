//! Requests: questions as data.

use std::io;

use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::json::{JsonObject, struct_keys, unknown_key};
use super::questions::{RequestBody, WORDS};
use crate::answer::Question;
use crate::change::{Bulk, Change};
use crate::finding::{Finding, line as codes};

/// The version of the protocol.
pub(super) const VERSION: u32 = 1;

/// The keys around every question.
pub(super) const AROUND: [&str; 3] = ["v", "id", "ask"];

/// The questions that may leave out `ask`, each with the key that only it has.
pub(super) const WITHOUT_ASK: [(&str, &str); 3] =
    [("action", "can"), ("change", "change"), ("parts", "bulk")];

/// A question as data.
///
/// In JSON, `ask` names the question, and its keys stand beside that. `can`, `change` and `bulk` may leave `ask` out: only they
/// have the keys `action`, `change` and `parts`. Unknown and duplicate keys are errors.
///
/// ```
/// use clio_rules::Question;
/// use clio_rules::protocol::Request;
///
/// let request = Request::from_json(r#"{"id": 7, "user": "wren", "action": "create_bill"}"#)?;
/// assert_eq!(request, Request::new(Question::new("wren", "create_bill")).id(7));
/// let error = Request::from_json(r#"{"ask": "who_kan", "action": "create_bill"}"#).unwrap_err();
/// assert_eq!(error.to_string(), "error[unknown-question]: there is no question `who_kan`; did you mean `who_can`?");
/// # Ok::<(), clio_rules::Finding>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// The version of the protocol, if it is given: 1.
    pub v: Option<u32>,
    /// Anything; the reply repeats it.
    pub id: Option<Value>,
    /// The question.
    pub body: RequestBody,
}

impl Request {
    /// A request without `id`.
    pub fn new(body: impl Into<RequestBody>) -> Self {
        Self {
            v: None,
            id: None,
            body: body.into(),
        }
    }

    /// Adds something that the reply repeats.
    #[must_use]
    pub fn id(mut self, id: impl Into<Value>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Reads a request.
    ///
    /// # Errors
    /// A [`Finding`] with what is wrong. For a misspelt key it names the nearest one.
    pub fn from_json(json: &str) -> Result<Self, Finding> {
        WrittenRequest::read(json)?.request()
    }
}

/// Whether a question has to be named under `ask`.
pub(super) fn needs_ask(word: &str) -> bool {
    WITHOUT_ASK.iter().all(|(_, question)| *question != word)
}

impl Serialize for Request {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct RequestJson<'r> {
            #[serde(skip_serializing_if = "Option::is_none")]
            v: Option<u32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            id: Option<&'r Value>,
            #[serde(skip_serializing_if = "Option::is_none")]
            ask: Option<&'r str>,
            #[serde(flatten)]
            body: &'r RequestBody,
        }
        let written = RequestJson {
            v: self.v,
            id: self.id.as_ref(),
            ask: Some(self.body.word()).filter(|word| needs_ask(word)),
            body: &self.body,
        };
        written.serialize(serializer)
    }
}

/// From JSON, as [`Request::from_json`].
impl<'de> Deserialize<'de> for Request {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Value::deserialize(deserializer)?.to_string();
        Self::from_json(&json).map_err(Error::custom)
    }
}

/// A request as it was written: an object of JSON whose entries the reply repeats as they are.
#[derive(Debug)]
pub struct WrittenRequest<'j> {
    object: JsonObject<'j>,
}

impl<'j> WrittenRequest<'j> {
    /// Reads the object. [`request`](Self::request) reads the question in it.
    ///
    /// # Errors
    /// A [`Finding`] if it is not an object of JSON.
    pub fn read(json: &'j str) -> Result<Self, Finding> {
        JsonObject::read(json, "a request").map(|object| Self { object })
    }

    /// Whether a text is only the start of a JSON value.
    pub fn is_cut_off(json: &str) -> bool {
        JsonObject::is_started(json)
    }

    /// What the reply repeats.
    pub fn id(&self) -> Option<&'j RawValue> {
        self.object.raw("id")
    }

    /// Whether it names a product.
    pub fn names_product(&self) -> bool {
        self.object.raw("product").is_some()
    }

    /// Starts a reply with its entries, as they were written. The object is not closed.
    ///
    /// # Errors
    /// None: there is room in memory.
    pub fn echo(&self, out: &mut Vec<u8>) -> io::Result<()> {
        for (number, (key, value)) in self.object.entries().enumerate() {
            out.push(if number == 0 { b'{' } else { b',' });
            serde_json::to_writer(&mut *out, key)?;
            out.push(b':');
            out.extend_from_slice(value.get().as_bytes());
        }
        Ok(())
    }

    /// The request.
    ///
    /// # Errors
    /// A [`Finding`] with what is wrong.
    pub fn request(&self) -> Result<Request, Finding> {
        let v = self.version()?;
        let id = self.object.once("id")?;
        // It was read once already, as text.
        let id = id.and_then(|id| serde_json::from_str(id.get()).ok());
        let word = self.word()?;
        let body = RequestBody::read(&word, &self.object, &AROUND);
        let body = body.unwrap_or_else(|| Err(unknown_question(&word)))?;
        Ok(Request { v, id, body })
    }

    fn version(&self) -> Result<Option<u32>, Finding> {
        let Some(raw) = self.object.once("v")? else {
            return Ok(None);
        };
        match serde_json::from_str(raw.get()) {
            Ok(VERSION) => Ok(Some(VERSION)),
            _ => Err(Finding::new(
                &codes::UNKNOWN_VERSION,
                None,
                &[&VERSION, &raw.get()],
            )),
        }
    }

    /// The word of its question: from `ask`, or from a key that only one question has.
    fn word(&self) -> Result<String, Finding> {
        if let Some(raw) = self.object.once("ask")? {
            let word = serde_json::from_str::<String>(raw.get());
            return word.map_err(|_| unknown_question(raw.get()));
        }
        let questions: Vec<&(&str, &str)> = WITHOUT_ASK
            .iter()
            .filter(|(key, _)| self.object.raw(key).is_some())
            .collect();
        match questions.as_slice() {
            [(_, word)] => Ok((*word).to_owned()),
            [] => Err(self
                .unknown_key()
                .unwrap_or_else(|| not_one("this one asks nothing"))),
            several => {
                let names: Vec<String> =
                    several.iter().map(|(key, _)| format!("`{key}`")).collect();
                Err(not_one(&format!("this one has {}", names.join(" and "))))
            }
        }
    }

    /// A key that no question without `ask` has. It is most likely a misspelt one.
    fn unknown_key(&self) -> Option<Finding> {
        let mut known = AROUND.to_vec();
        for keys in [
            struct_keys::<Question<'static>>(),
            struct_keys::<Change>(),
            struct_keys::<Bulk>(),
        ] {
            let new: Vec<&str> = keys
                .iter()
                .copied()
                .filter(|key| !known.contains(key))
                .collect();
            known.extend(new);
        }
        let mut entries = self.object.entries();
        let (key, _) = entries.find(|(key, _)| !known.contains(key))?;
        Some(unknown_key(key, &known))
    }
}

fn not_one(has: &str) -> Finding {
    Finding::new(&codes::NOT_ONE_QUESTION, None, &[&has])
}

fn unknown_question(word: &str) -> Finding {
    let unknown = Finding::new(&codes::UNKNOWN_QUESTION, None, &[&word]);
    let help = format!("the questions are {}", WORDS.join(", "));
    unknown
        .with_help(help)
        .with_nearest(word, WORDS.iter().copied())
}
