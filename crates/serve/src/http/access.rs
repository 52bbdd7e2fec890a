//! Access requests at the door.

use std::sync::Arc;

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{Method, Response};
use bytes::Bytes;

use super::apart::apart;
use super::body::RequestBody;
use super::reply::{error, json};
use super::route::tenant_of;
use super::{App, body};
use crate::access_requests;
use crate::tenant::{Loaded, Tenant};

/// A denial with what could turn it.
pub(super) async fn with_offer(
    app: &App,
    head: &Parts,
    loaded: Arc<Loaded>,
    (body, reply): (Bytes, Vec<u8>),
) -> Response<Body> {
    let (tenant, _) = tenant_of(head.uri.path());
    let (tenant, base) = (tenant.map(str::to_owned), app.base_of(tenant));
    let own = app.clone();
    let offer = move |loaded: &Loaded| {
        let Some(requests) = own.access_requests() else {
            return json(reply);
        };
        let (of, options) = ((tenant.as_deref(), &*base), &own.options().authzen);
        json(access_requests::offered(
            requests,
            of,
            loaded,
            options,
            (&body, reply),
        ))
    };
    apart(app, loaded, offer).await
}

/// Answers what is asked about access requests.
pub(super) async fn serve(
    app: &App,
    (name, tenant): (Option<&str>, &Arc<Tenant>),
    head: &Parts,
    behind: &str,
    body: RequestBody,
) -> Response<Body> {
    // A cancellation needs no body, and nobody reads it.
    let is_read = head.method == Method::POST && !behind.ends_with("/cancel");
    let body = match body::read(&head.headers, body, app.options().body_bytes).await {
        Ok(body) => body,
        Err(wrong) if is_read => return error(wrong.status(), wrong.to_string()),
        Err(_) => Bytes::new(),
    };
    let (own, tenant) = (app.clone(), Arc::clone(tenant));
    let (name, method, behind) = (
        name.map(str::to_owned),
        head.method.clone(),
        behind.to_owned(),
    );
    let loaded = Arc::clone(&tenant.current());
    let answer = move |_: &Loaded| {
        access_requests::answer(&own, (name.as_deref(), &tenant), (&method, &behind), &body)
    };
    apart(app, loaded, answer).await
}
