//! The metadata of the standard.

use axum::body::Body;
use axum::http::{Method, Response, StatusCode, Uri};

use super::App;
use super::door::is_taken;
use super::reply::{error, lasting_json, other_method};
use super::route::tenant_of;
use crate::authzen::Metadata;

/// The metadata of the tenant whose path stands behind the well-known one, as the standard inserts it.
pub(super) fn serve(app: &App, method: &Method, behind: &str) -> Response<Body> {
    let url: Option<Uri> = app.options().public_url.parse().ok();
    let base = url
        .as_ref()
        .map_or("", |url| url.path().trim_end_matches('/'));
    let behind = behind.strip_prefix(base).unwrap_or(behind);
    let (name, rest) = tenant_of(behind);
    let is_here = rest.is_empty() || rest == "/";
    if !is_here || app.tenants().find(name).is_none() {
        return error(StatusCode::NOT_FOUND, "there is no decision point here");
    }
    if !is_taken(&Method::GET, method) {
        return other_method(&Method::GET);
    }
    let mut metadata = Metadata::of(&app.base_of(name));
    if app
        .access_requests()
        .is_some_and(|requests| requests.are_for(name))
    {
        metadata = metadata.with_access_requests();
    }
    match serde_json::to_vec(&metadata) {
        Ok(body) => lasting_json(body),
        Err(_) => error(StatusCode::INTERNAL_SERVER_ERROR, "this cannot be written"),
    }
}
