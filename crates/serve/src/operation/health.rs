//! Whether the server is alive and ready, and its numbers.

use axum::body::Body;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, Response, StatusCode};
use serde::Serialize;

use super::Operation;
use crate::http::reply::{JSON, TEXT, reply};
use crate::metrics::MetricsPage;
use crate::reload::FailureSummary;
use crate::tenant::Tenants;

/// The reply of `/readyz`. Strangers learn how it is, but not of whom: names of tenants and digests are for clients that may see the metrics.
#[derive(Debug, Serialize)]
struct Readiness {
    ready: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stale: Vec<Stale>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    firms: Vec<LoadedFirm>,
}

/// Something whose files are wrong, so that the last good set answers.
#[derive(Debug, Serialize)]
struct Stale {
    of: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant: Option<String>,
    #[serde(flatten)]
    failure: FailureSummary,
}

#[derive(Debug, Serialize)]
struct LoadedFirm {
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant: Option<String>,
    digest: String,
}

/// `/healthz`: the process answers.
pub(super) fn alive() -> Response<Body> {
    fresh(TEXT, "ok\n")
}

/// `/readyz`: there is something to answer from. A failed reload is told, and no reason to send clients elsewhere.
pub(super) fn ready(operation: &Operation, tenants: &Tenants, sees_names: bool) -> Response<Body> {
    let name = |name: Option<&str>| name.filter(|_| sees_names).map(str::to_owned);
    let stale = operation.reloader.statuses().iter().filter_map(|status| {
        Some(Stale {
            of: status.kind,
            tenant: name(status.tenant.as_deref()),
            failure: FailureSummary::clone(&*status.failure()?),
        })
    });
    let firms = tenants
        .iter()
        .filter(|_| sees_names)
        .map(|(tenant, loaded)| LoadedFirm {
            tenant: name(tenant),
            digest: loaded.current().digest().to_owned(),
        });
    let mut firms: Vec<LoadedFirm> = firms.collect();
    firms.sort_by(|one, other| one.tenant.cmp(&other.tenant));
    let readiness = Readiness {
        ready: !operation.is_stopping(),
        stale: stale.collect(),
        firms,
    };
    let json = serde_json::to_string(&readiness).unwrap_or_default();
    let mut response = fresh(JSON, json);
    if !readiness.ready {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    response
}

/// The text format of Prometheus.
const PROMETHEUS: HeaderValue =
    HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");

/// `/metrics`.
pub(super) fn metrics(operation: &Operation, tenants: &Tenants) -> Response<Body> {
    let page = MetricsPage {
        metrics: &operation.metrics,
        decisions: &operation.decisions,
        reloads: operation
            .reloader
            .statuses()
            .iter()
            .map(|status| &**status)
            .collect(),
        tenants: tenants.iter().count(),
    };
    fresh(PROMETHEUS, page.to_string())
}

fn fresh(kind: HeaderValue, text: impl Into<Body>) -> Response<Body> {
    let mut response = reply(StatusCode::OK, kind, text);
    let fresh = HeaderValue::from_static("no-store");
    response.headers_mut().insert(CACHE_CONTROL, fresh);
    response
}
