//! The page to look at.

use axum::body::Body;
use axum::http::{Method, Response, StatusCode};

use crate::http::reply::error;

/// A file of the page.
pub(crate) fn serve(_method: &Method, _path: &str) -> Response<Body> {
    error(StatusCode::NOT_FOUND, "there is nothing here")
}
