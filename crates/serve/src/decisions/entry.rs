//! One line of the decision log.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::clock::Timestamp;
use crate::keys::Client;

/// A question that was answered.
#[derive(Debug, Clone)]
pub struct DecisionEntry {
    /// The tenant, if it has a name.
    pub tenant: Option<Box<str>>,
    /// The path that was asked, without the name of the tenant.
    pub path: &'static str,
    /// Who asked, where keys are wanted.
    pub client: Option<Arc<Client>>,
    /// The reply's `X-Request-ID`: that of the request, or one of our own.
    pub request_id: Box<str>,
    /// The digest of the rules and the firm that answered.
    pub digest: Box<str>,
    /// The body of the request.
    pub question: Bytes,
    /// The body of the reply.
    pub answer: Bytes,
    /// The rule of each decision, in the order of the answer.
    pub rules: Vec<Box<str>>,
}

/// How it is written.
#[derive(Serialize)]
struct Line<'e> {
    time: Timestamp,
    request_id: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<&'e str>,
    path: &'e str,
    digest: &'e str,
    rules: &'e [Box<str>],
    question: Json<'e>,
    answer: Json<'e>,
}

/// A body: as it is where it is JSON, else as a text.
#[derive(Serialize)]
#[serde(untagged)]
enum Json<'e> {
    Json(&'e RawValue),
    Text(Cow<'e, str>),
}

impl<'e> Json<'e> {
    fn of(body: &'e [u8]) -> Self {
        match serde_json::from_slice(body) {
            Ok(json) => Self::Json(json),
            Err(_) => Self::Text(String::from_utf8_lossy(body)),
        }
    }
}

impl DecisionEntry {
    /// About how much memory it takes.
    pub(super) fn size(&self) -> usize {
        let rules: usize = self.rules.iter().map(|rule| rule.len() + 16).sum();
        256 + self.request_id.len() + self.question.len() + self.answer.len() + rules
    }

    /// The line, with its end.
    pub(super) fn line(&self, time: Timestamp) -> Vec<u8> {
        let question = in_one_line(&self.question);
        let answer = in_one_line(&self.answer);
        let line = Line {
            time,
            request_id: &self.request_id,
            tenant: self.tenant.as_deref(),
            client: self.client.as_deref().map(|client| client.name.as_str()),
            path: self.path,
            digest: &self.digest,
            rules: &self.rules,
            question: Json::of(&question),
            answer: Json::of(&answer),
        };
        let mut line = serde_json::to_vec(&line).unwrap_or_default();
        line.push(b'\n');
        line
    }
}

/// JSON in one line: ends of lines stand only between its parts, where a space means the same.
fn in_one_line(json: &[u8]) -> Cow<'_, [u8]> {
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    if json.iter().any(is_end) {
        let in_line = |byte: &u8| if is_end(byte) { b' ' } else { *byte };
        Cow::Owned(json.iter().map(in_line).collect())
    } else {
        Cow::Borrowed(json)
    }
}
