//! The protocol of `clio-rules` over HTTP.

mod firm;
mod status;

use axum::body::Body;
use axum::http::Response;
use clio_rules::fixtures::SuiteBench;
use clio_rules::protocol::{AskFailure, ErrorReply, Request, RequestBody, WrittenRequest};
use serde::Serialize;

use crate::http::reply::{JSON, reply};
use crate::tenant::Loaded;

pub use firm::{FirmReply, firm};
pub use status::status;

/// Whether a question is answered so quickly that nobody needs to wait apart for it.
pub fn is_quick(body: &[u8]) -> bool {
    let text = std::str::from_utf8(body).ok();
    let request = text.and_then(|text| Request::from_json(text).ok());
    // What is no request is answered quickly as well.
    request.is_none_or(|request| {
        matches!(
            request.body,
            RequestBody::Can(_) | RequestBody::Explain(_) | RequestBody::Change(_)
        )
    })
}

/// Answers a request of the protocol. The reply has the digest of what answered.
pub fn ask(loaded: &Loaded, body: &[u8]) -> Response<Body> {
    let text = String::from_utf8_lossy(body);
    let written = match WrittenRequest::read(&text) {
        Ok(written) => written,
        Err(finding) => return failed(loaded, &finding.into(), None),
    };
    let mut out = Vec::new();
    let bench = SuiteBench::default();
    let world = loaded.world().with_tests(&bench);
    match world.answer_written(&written, &mut out) {
        Ok(Ok(())) => {
            // The object is open to another key: requests and replies have none of this name.
            out.pop();
            out.extend_from_slice(br#","digest":""#);
            out.extend_from_slice(loaded.digest().as_bytes());
            out.extend_from_slice(br#""}"#);
            reply(axum::http::StatusCode::OK, JSON, out)
        }
        Ok(Err(failure)) => failed(loaded, &failure, written.id().map(|id| id.get())),
        Err(error) => crate::http::reply::error(
            axum::http::StatusCode::INTERNAL_SERVER_ERROR,
            error.to_string(),
        ),
    }
}

/// The reply to a question that could not be asked.
fn failed(loaded: &Loaded, failure: &AskFailure, id: Option<&str>) -> Response<Body> {
    #[derive(Serialize)]
    struct FailureReply<'f> {
        #[serde(flatten)]
        error: ErrorReply,
        digest: &'f str,
    }
    let error = ErrorReply {
        id: id.and_then(|id| serde_json::from_str(id).ok()),
        ..failure.reply()
    };
    let status = status(&error.error.code);
    let digest = loaded.digest();
    let body = serde_json::to_vec(&FailureReply { error, digest });
    reply(status, JSON, body.unwrap_or_default())
}
