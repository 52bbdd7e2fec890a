//! The body of a request: JSON of a bounded size.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};

/// Why there is no body to read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// It says that it is something else. The standard wants 400, and not 415.
    #[error("the content type has to be application/json")]
    Kind,
    /// It is larger than the limit.
    #[error("the body has more than {0} bytes")]
    TooLarge(usize),
    /// The client left, or sent no HTTP.
    #[error("the body cannot be read")]
    CutOff,
}

impl BodyError {
    /// The status that says so.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Kind | Self::CutOff => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
        }
    }
}

/// A body as it comes to the door.
#[derive(Debug)]
pub(crate) enum RequestBody {
    /// What was read before, within limits of its own.
    Read(Bytes),
    /// What is still to be read.
    Unread(Body),
}

/// Whether the headers say that the body is JSON.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next());
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// Reads a body of so many bytes at most.
///
/// # Errors
/// [`BodyError`] where it is no JSON by its headers, too large or cut off.
pub(super) async fn read(
    headers: &HeaderMap,
    body: RequestBody,
    most: usize,
) -> Result<Bytes, BodyError> {
    if !is_json(headers) {
        return Err(BodyError::Kind);
    }
    let body = match body {
        RequestBody::Read(body) if body.len() > most => return Err(BodyError::TooLarge(most)),
        RequestBody::Read(body) => return Ok(body),
        RequestBody::Unread(body) => body,
    };
    match Limited::new(body, most).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(BodyError::TooLarge(most)),
        Err(_) => Err(BodyError::CutOff),
    }
}
