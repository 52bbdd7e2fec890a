//! Replies: the keys of the request, then those of the answer.

use serde::de::{DeserializeOwned, Deserializer, Error};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::ErrorReply;
use super::json::struct_keys;
use super::questions::{Ask, ProtocolQuestion, ReplyBody, RequestBody};
use super::request::{AROUND, Request, needs_ask};

/// The reply to a request.
///
/// It can be read without knowing the request: its keys show which question it answers. Unknown keys are ignored.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "there is one of them at a time")]
pub enum Reply {
    /// An answer.
    Answer(AnswerReply),
    /// The question could not be asked. That is never a denial.
    Error(ErrorReply),
}

/// An answer with its request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerReply {
    /// What was asked, with the product that was meant.
    #[serde(flatten)]
    pub request: Request,
    /// Yes or no, as the exit code of the command says: allowed, accepted, somebody may, it holds, they are equal.
    pub yes: bool,
    /// What is answered.
    #[serde(flatten)]
    pub body: ReplyBody,
}

/// A request of one question and its reply. Its JSON is that of [`Reply`].
#[derive(Debug, Clone)]
pub struct Exchange<Q: Ask> {
    /// What was asked, with the product that was meant.
    pub request: Q,
    /// Yes or no, as the exit code of the command says.
    pub yes: bool,
    /// What is answered.
    pub reply: Q::Reply,
}

impl<Q: ProtocolQuestion> Serialize for Exchange<Q> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = ExchangeJson {
            ask: Some(Q::WORD).filter(|word| needs_ask(word)),
            request: &self.request,
            yes: self.yes,
            reply: &self.reply,
        };
        written.serialize(serializer)
    }
}

/// The keys of a request and of its reply.
#[derive(Serialize)]
struct ExchangeJson<'e, Q: Serialize, R: Serialize> {
    #[serde(skip_serializing_if = "Option::is_none")]
    ask: Option<&'static str>,
    #[serde(flatten)]
    request: &'e Q,
    yes: bool,
    #[serde(flatten)]
    reply: &'e R,
}

impl<Q: ProtocolQuestion> From<Exchange<Q>> for AnswerReply {
    fn from(exchange: Exchange<Q>) -> Self {
        Self {
            request: Request::new(exchange.request),
            yes: exchange.yes,
            body: Q::body(exchange.reply),
        }
    }
}

/// The part of an answer after the request, which was written before.
#[derive(Serialize)]
pub(super) struct AnswerEnd<'a> {
    /// If the request does not name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) product: Option<&'a str>,
    pub(super) yes: bool,
    #[serde(flatten)]
    pub(super) body: &'a ReplyBody,
}

impl Reply {
    /// Whether it is a yes. An error is not.
    pub fn is_yes(&self) -> bool {
        matches!(self, Self::Answer(answer) if answer.yes)
    }

    /// The answer, or the error.
    ///
    /// # Errors
    /// The [`ErrorReply`] if the question could not be asked.
    pub fn answer(self) -> Result<AnswerReply, Box<ErrorReply>> {
        match self {
            Self::Answer(answer) => Ok(answer),
            Self::Error(error) => Err(Box::new(error)),
        }
    }
}

impl<'de> Deserialize<'de> for Reply {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if value.get("error").is_some() {
            let error = ErrorReply::deserialize(&value);
            return error.map(Self::Error).map_err(Error::custom);
        }
        read(&value).map(Self::Answer).map_err(Error::custom)
    }
}

/// The word of the answered question: from `ask`, or from the keys of the answer.
fn word(reply: &Value) -> &str {
    let word = reply.get("ask").and_then(Value::as_str);
    word.unwrap_or_else(|| match reply.get("verdict") {
        None => "can",
        Some(_) if reply.get("parts").is_some() => "bulk",
        Some(_) => "change",
    })
}

fn read(reply: &Value) -> serde_json::Result<AnswerReply> {
    #[derive(Deserialize)]
    struct ReplyEnvelope {
        v: Option<u32>,
        id: Option<Value>,
        yes: bool,
    }
    let word = word(reply);
    let no_such = || serde_json::Error::custom(format_args!("there is no question `{word}`"));
    let ReplyEnvelope { v, id, yes } = ReplyEnvelope::deserialize(reply)?;
    let asked = RequestBody::of_reply(word, reply).ok_or_else(no_such)??;
    let body = ReplyBody::of(word, reply).ok_or_else(no_such)??;
    let request = Request { v, id, body: asked };
    Ok(AnswerReply { request, yes, body })
}

/// The keys of the answer in a reply.
pub(super) fn keys_beside<T: DeserializeOwned>(reply: &Value) -> Value {
    let asked = struct_keys::<T>();
    let entries = reply.as_object().cloned().unwrap_or_default();
    Value::Object(
        entries
            .into_iter()
            .filter(|(key, _)| {
                let is_around = AROUND.contains(&key.as_str()) || key == "yes";
                !is_around && !asked.contains(&key.as_str())
            })
            .collect(),
    )
}

/// The keys of the request in a reply.
pub(super) fn keys_of<T: DeserializeOwned>(reply: &Value) -> Value {
    let keys = struct_keys::<T>().iter();
    let entries = keys.filter_map(|key| Some(((*key).to_owned(), reply.get(key)?.clone())));
    Value::Object(entries.collect())
}
