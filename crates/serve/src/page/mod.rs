//! The page to look at: built files that come with the program.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG, HeaderValue, IF_NONE_MATCH, LOCATION,
    REFERRER_POLICY,
};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};

use crate::http::reply::{error, other_method, reply};

/// A file of the page.
struct PageFile {
    path: &'static str,
    kind: HeaderValue,
    content: &'static [u8],
}

/// Every file, by its path behind that of a tenant.
static FILES: [PageFile; 4] = [
    PageFile {
        path: "/",
        kind: HeaderValue::from_static("text/html; charset=utf-8"),
        content: include_bytes!("../../page/dist/index.html"),
    },
    PageFile {
        path: "/explorer.js",
        kind: HeaderValue::from_static("text/javascript; charset=utf-8"),
        content: include_bytes!("../../page/dist/explorer.js"),
    },
    PageFile {
        path: "/explorer.css",
        kind: HeaderValue::from_static("text/css; charset=utf-8"),
        content: include_bytes!("../../page/dist/explorer.css"),
    },
    PageFile {
        path: "/icon.svg",
        kind: HeaderValue::from_static("image/svg+xml"),
        content: include_bytes!("../../page/dist/icon.svg"),
    },
];

/// Nothing from elsewhere, nothing to elsewhere, and in no frame.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'",
);

/// Browsers ask each time whether it is still the same.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// Whether a path is one of the page.
pub(crate) fn is_part(path: &str) -> bool {
    path.is_empty() || FILES.iter().any(|file| file.path == path)
}

/// The file under a path behind that of a tenant.
pub(crate) fn serve(head: &Parts, path: &str) -> Response<Body> {
    if path.is_empty() {
        return with_slash(head);
    }
    let Some(file) = FILES.iter().find(|file| file.path == path) else {
        return error(StatusCode::NOT_FOUND, "there is nothing here");
    };
    if !matches!(head.method, Method::GET | Method::HEAD) {
        return other_method(&Method::GET);
    }
    let tag = tag(file);
    let is_known = head.headers.get(IF_NONE_MATCH) == tag.as_ref();
    let mut reply = if is_known {
        reply(StatusCode::NOT_MODIFIED, file.kind.clone(), Body::empty())
    } else {
        reply(StatusCode::OK, file.kind.clone(), file.content)
    };
    let headers = reply.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(CACHE_CONTROL, REVALIDATE);
    if let Some(tag) = tag {
        headers.insert(ETAG, tag);
    }
    reply
}

/// A word for the content of a file.
fn tag(file: &PageFile) -> Option<HeaderValue> {
    let mut hasher = DefaultHasher::new();
    file.content.hash(&mut hasher);
    HeaderValue::from_str(&format!("\"{:016x}\"", hasher.finish())).ok()
}

/// The address of a tenant without the slash at its end: what the page asks for is relative to the one with it.
fn with_slash(head: &Parts) -> Response<Body> {
    let mut reply = error(StatusCode::PERMANENT_REDIRECT, "this is a folder");
    let last = head.uri.path().rsplit('/').next().unwrap_or_default();
    if let Ok(location) = HeaderValue::from_str(&format!("{last}/")) {
        reply.headers_mut().insert(LOCATION, location);
    }
    reply
}
