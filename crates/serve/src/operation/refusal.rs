//! Answers to requests that no handler sees.

use axum::body::Body;
use axum::http::header::{CONNECTION, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Response, StatusCode};

use crate::http::reply::error;

/// Why a request is refused before it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No key where one is wanted.
    NoKey,
    /// A key that nobody has.
    WrongKey,
    /// A key that is good for other things.
    NotAllowed,
    /// A body above the limit.
    BodyTooLarge,
    /// A body that does not arrive in time.
    BodyTooSlow,
    /// A body that ends before its end.
    BodyBroken,
    /// Brackets within brackets above the limit.
    TooDeep,
    /// An answer that is not found in time.
    TooLong,
}

impl Refusal {
    fn parts(self) -> (StatusCode, &'static str) {
        match self {
            Self::NoKey => (
                StatusCode::UNAUTHORIZED,
                "a key is needed: send `Authorization: Bearer KEY`",
            ),
            Self::WrongKey => (StatusCode::UNAUTHORIZED, "this key is not known"),
            Self::NotAllowed => (StatusCode::FORBIDDEN, "this key may not ask that"),
            Self::BodyTooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "the body is larger than the limit",
            ),
            Self::BodyTooSlow => (
                StatusCode::REQUEST_TIMEOUT,
                "the body did not arrive in time",
            ),
            Self::BodyBroken => (StatusCode::BAD_REQUEST, "the body ended too early"),
            Self::TooDeep => (
                StatusCode::BAD_REQUEST,
                "the JSON is nested deeper than the limit",
            ),
            Self::TooLong => (StatusCode::SERVICE_UNAVAILABLE, "the answer took too long"),
        }
    }

    /// Whether the connection is of no use any more: what is left of the body stands in front of the next request.
    fn closes(self) -> bool {
        matches!(
            self,
            Self::BodyTooLarge | Self::BodyTooSlow | Self::BodyBroken
        )
    }

    pub(super) fn response(self) -> Response<Body> {
        let (status, message) = self.parts();
        let mut response = error(status, message);
        let headers = response.headers_mut();
        if self.closes() {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        let challenge = match self {
            Self::NoKey => Some(r#"Bearer realm="clio-rules""#),
            Self::WrongKey => Some(r#"Bearer realm="clio-rules", error="invalid_token""#),
            Self::NotAllowed => Some(r#"Bearer realm="clio-rules", error="insufficient_scope""#),
            _ => None,
        };
        if let Some(challenge) = challenge {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if self == Self::TooLong {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}
