//! Replies, and the headers that each of them has.

use axum::body::Body;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{Method, Response, StatusCode};

/// Names the request: what the client sends comes back.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The digest of the rules and the firm that answered.
pub const DIGEST: HeaderName = HeaderName::from_static("x-rules-digest");
/// Browsers do not guess what something is.
pub const SNIFF: HeaderName = HeaderName::from_static("x-content-type-options");

/// JSON.
pub const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// Words for people.
pub const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// A reply with a body.
pub fn reply(status: StatusCode, kind: HeaderValue, body: impl Into<Body>) -> Response<Body> {
    let mut reply = Response::new(body.into());
    *reply.status_mut() = status;
    reply.headers_mut().insert(CONTENT_TYPE, kind);
    reply
}

/// An answer in JSON.
pub fn json(body: Vec<u8>) -> Response<Body> {
    reply(StatusCode::OK, JSON, body)
}

/// JSON that changes only with the server.
pub fn lasting_json(body: Vec<u8>) -> Response<Body> {
    let mut reply = json(body);
    let age = HeaderValue::from_static("public, max-age=300");
    reply.headers_mut().insert(CACHE_CONTROL, age);
    reply
}

/// What is wrong, in one line.
pub fn error(status: StatusCode, message: impl Into<String>) -> Response<Body> {
    reply(status, TEXT, message.into())
}

/// A path that takes another method.
pub fn other_method(method: &Method) -> Response<Body> {
    let message = format!("this takes {method} only");
    let mut reply = error(StatusCode::METHOD_NOT_ALLOWED, message);
    if let Ok(method) = HeaderValue::from_str(method.as_str()) {
        reply.headers_mut().insert(ALLOW, method);
    }
    reply
}
