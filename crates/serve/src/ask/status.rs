//! The status of HTTP that says why something could not be asked.

use axum::http::StatusCode;

/// Names that the rules or the firm do not know.
const UNKNOWN: [&str; 14] = [
    "unknown-product",
    "unknown-user",
    "unknown-action",
    "unknown-change",
    "unknown-role",
    "unknown-setting",
    "unknown-value",
    "unknown-reading",
    "unknown-fact",
    "unknown-kind",
    "unknown-thing",
    "unknown-group",
    "unknown-list",
    "unknown-source",
];

/// What is meant for another state, or was changed meanwhile.
const CONFLICT: [&str; 2] = ["stale-verdict", "changed-meanwhile"];

/// The status for the code of an error.
///
/// ```
/// use axum::http::StatusCode;
/// use clio_rules_serve::ask::status;
///
/// assert_eq!(status("unknown-user"), StatusCode::NOT_FOUND);
/// assert_eq!(status("stale-verdict"), StatusCode::CONFLICT);
/// assert_eq!(status("bulk-too-large"), StatusCode::PAYLOAD_TOO_LARGE);
/// assert_eq!(status("not-json"), StatusCode::BAD_REQUEST);
/// ```
pub fn status(code: &str) -> StatusCode {
    let is_beyond = code.starts_with("too-many-")
        || code.ends_with("-too-large")
        || code.ends_with("-too-long")
        || code.ends_with("-too-deep");
    match code {
        _ if UNKNOWN.contains(&code) => StatusCode::NOT_FOUND,
        _ if CONFLICT.contains(&code) => StatusCode::CONFLICT,
        _ if is_beyond => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::BAD_REQUEST,
    }
}
