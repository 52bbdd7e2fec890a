//! The way of every request: may its client ask this, is it within the limits, what is answered, what is counted.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, Method, Request, Response};
use hyper::body::Incoming;

use super::Operation;
use super::body::{self, within};
use super::health;
use super::nesting::is_deeper_than;
use super::refusal::Refusal;
use crate::http::reply::{REQUEST_ID, other_method};
use crate::http::{self, App, RequestBody, fresh_id, tenant_of};
use crate::keys::{Admission, Client, Keys, Right};
use crate::metrics::Endpoint;

/// What connections hand their requests to.
pub(crate) struct Pipeline {
    pub(crate) app: App,
    pub(crate) operation: Arc<Operation>,
}

impl Pipeline {
    /// Answers a request.
    pub(crate) async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        let endpoint = Endpoint::of(tenant_of(request.uri().path()).1);
        #[cfg(feature = "otel")]
        {
            use tracing::Instrument;
            let span = crate::trace::span(&request, endpoint.label());
            let response = self
                .answer_at(request, endpoint)
                .instrument(span.clone())
                .await;
            span.record("http.response.status_code", response.status().as_u16());
            response
        }
        #[cfg(not(feature = "otel"))]
        self.answer_at(request, endpoint).await
    }

    async fn answer_at(&self, request: Request<Incoming>, endpoint: Endpoint) -> Response<Body> {
        let start = Instant::now();
        let id = request.headers().get(REQUEST_ID).cloned();
        let trace = Trace::of(&request);
        let mut response = match self.answer_within_limits(request, endpoint).await {
            Ok(response) => response,
            Err(refusal) => refusal.response(),
        };
        let headers = response.headers_mut();
        if !headers.contains_key(REQUEST_ID) {
            headers.insert(REQUEST_ID, id.unwrap_or_else(fresh_id));
        }
        let (status, time) = (response.status().as_u16(), start.elapsed());
        self.operation.metrics.answered(endpoint, status, time);
        if let Some(Trace { method, path }) = trace {
            let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
            // Quoted and escaped: whoever asks has chosen it.
            let request_id = response
                .headers()
                .get(REQUEST_ID)
                .map(tracing::field::debug);
            tracing::debug!(request_id, %method, path, status, micros, "answered");
        }
        response
    }

    async fn answer_within_limits(
        &self,
        request: Request<Incoming>,
        endpoint: Endpoint,
    ) -> Result<Response<Body>, Refusal> {
        let limits = &self.operation.limits;
        let client = self.admit(&request)?;
        let path = request.uri().path();
        if let Some(response) = self.health(request.method(), path, client.as_deref()) {
            return Ok(response);
        }
        let (mut parts, body) = request.into_parts();
        let body = body::read(body, limits).await?;
        // What reads the requests of the standard counts for itself.
        if endpoint == Endpoint::Ask && is_deeper_than(limits.depth, &body) {
            return Err(Refusal::TooDeep);
        }
        if let Some(client) = client {
            parts.extensions.insert(client);
        }
        let answer = http::answer(&self.app, &parts, RequestBody::Read(body));
        let answer = within(limits.answer_time, answer).await;
        answer.ok_or(Refusal::TooLong)
    }

    /// The client of a request; none where no keys are wanted, or where everybody may look.
    fn admit(&self, request: &Request<Incoming>) -> Result<Option<Arc<Client>>, Refusal> {
        let keys = self.operation.keys.load();
        let Some(keys) = keys.as_deref() else {
            return Ok(None);
        };
        let (tenant, path) = tenant_of(request.uri().path());
        let admission = Admission::of(path);
        let client = shown(keys, request.headers());
        let client = match (client, admission) {
            // Whoever shows a wrong key to what is open learns what everybody may see.
            (client, Admission::Open) => return Ok(client.ok()),
            (client, _) => client?,
        };
        let may = match admission {
            Admission::Right(right) => client.may(right),
            Admission::AnyKey | Admission::Open => true,
        };
        if may && client.knows(tenant) {
            Ok(Some(client))
        } else {
            Err(Refusal::NotAllowed)
        }
    }

    /// What is asked about the server itself.
    fn health(
        &self,
        method: &Method,
        path: &str,
        client: Option<&Client>,
    ) -> Option<Response<Body>> {
        if !matches!(path, "/healthz" | "/readyz" | "/metrics") {
            return None;
        }
        if !matches!(*method, Method::GET | Method::HEAD) {
            return Some(other_method(&Method::GET));
        }
        let has_keys = self.operation.keys.load().is_some();
        let sees_names = !has_keys || client.is_some_and(|client| client.may(Right::Metrics));
        Some(match path {
            "/healthz" => health::alive(),
            "/readyz" => health::ready(&self.operation, self.app.tenants(), sees_names),
            _ => health::metrics(&self.operation, self.app.tenants()),
        })
    }
}

/// The client whose key a request shows: `Authorization: Bearer KEY`, or the key alone, as some programs send it.
fn shown(keys: &Keys, headers: &HeaderMap) -> Result<Arc<Client>, Refusal> {
    let mut shown = headers.get_all(AUTHORIZATION).iter();
    let (Some(key), None) = (shown.next(), shown.next()) else {
        return Err(Refusal::NoKey);
    };
    let key = key.as_bytes().trim_ascii();
    let key = match key.split_at_checked(7) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case(b"bearer ") => rest.trim_ascii(),
        _ => key,
    };
    keys.client(key).cloned().ok_or(Refusal::WrongKey)
}

/// What a line of the log says of a request. It is kept only where the log takes such lines.
struct Trace {
    method: Method,
    path: String,
}

impl Trace {
    fn of(request: &Request<Incoming>) -> Option<Self> {
        tracing::enabled!(tracing::Level::DEBUG).then(|| Self {
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
        })
    }
}
