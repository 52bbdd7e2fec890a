//! Names of requests: that of the client, or one of our own.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::{HeaderMap, HeaderValue};

use super::reply::REQUEST_ID;

static NEXT: AtomicU64 = AtomicU64::new(1);
static START: OnceLock<u64> = OnceLock::new();

/// The name that the client gave a request, or a new one.
pub(super) fn request_id(headers: &HeaderMap) -> HeaderValue {
    headers.get(REQUEST_ID).cloned().unwrap_or_else(fresh_id)
}

/// A name that no other request of this computer has: when the program was first asked, and a number.
pub(crate) fn fresh_id() -> HeaderValue {
    let start = START.get_or_init(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| since.as_millis() as u64)
    });
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let id = HeaderValue::from_str(&format!("{start:x}-{number:x}"));
    id.unwrap_or(HeaderValue::from_static("unnamed"))
}
