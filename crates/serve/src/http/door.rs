//! One request, from its head to its reply.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderValue;
use axum::http::request::Parts;
use axum::http::{Method, Request, Response, StatusCode, Uri};
use bytes::Bytes;
use http_body_util::BodyExt;

use super::reply::{DIGEST, REQUEST_ID, SNIFF, error, json, lasting_json, other_method};
use super::request_id::request_id;
use super::route::{Route, WELL_KNOWN, tenant_of};
use super::{App, body};
use crate::ask;
use crate::authzen::{self, Metadata, RequestError};
use crate::decisions::DecisionEntry;
use crate::openapi;
use crate::page;
use crate::tenant::{Loaded, Tenant};

/// Answers a request. Every reply names the request, errors too.
pub(super) async fn answer(State(app): State<App>, request: Request<Body>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let id = request_id(&head.headers);
    let mut reply = find(&app, &head, body).await;
    let headers = reply.headers_mut();
    headers.insert(REQUEST_ID, id);
    headers.insert(SNIFF, HeaderValue::from_static("nosniff"));
    reply
}

/// Finds what is asked, and asks it.
async fn find(app: &App, head: &Parts, body: Body) -> Response<Body> {
    let path = head.uri.path();
    if let Some(behind) = path.strip_prefix(WELL_KNOWN) {
        return metadata(app, &head.method, behind);
    }
    let (name, behind) = tenant_of(path);
    let Some(tenant) = app.tenants().find(name) else {
        return error(StatusCode::NOT_FOUND, "there is nothing here");
    };
    match Route::of(behind) {
        Some(route) if is_taken(&route.method(), &head.method) => {
            ask_tenant(app, tenant, route, head, body).await
        }
        Some(route) => other_method(&route.method()),
        None if app.options().page => page::serve(head, behind),
        None => error(StatusCode::NOT_FOUND, "there is nothing here"),
    }
}

/// Whether a path with one method takes another: whatever can be got can be looked at.
fn is_taken(method: &Method, given: &Method) -> bool {
    method == given || (method == Method::GET && given == Method::HEAD)
}

/// The metadata of the tenant whose path stands behind the well-known one, as the standard inserts it.
fn metadata(app: &App, method: &Method, behind: &str) -> Response<Body> {
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
    let metadata = Metadata::of(&app.base_of(name));
    match serde_json::to_vec(&metadata) {
        Ok(body) => lasting_json(body),
        Err(_) => error(StatusCode::INTERNAL_SERVER_ERROR, "this cannot be written"),
    }
}

/// Asks what counts now for a tenant, and says under which rules and firm it was answered.
async fn ask_tenant(
    app: &App,
    tenant: &Arc<Tenant>,
    route: Route,
    head: &Parts,
    body: Body,
) -> Response<Body> {
    let body = match route.method() {
        Method::POST => match body::read(&head.headers, body, app.options().body_bytes).await {
            Ok(body) => body,
            Err(wrong) => return error(wrong.status(), wrong.to_string()),
        },
        _ => Bytes::new(),
    };
    let loaded = tenant.current();
    let digest = HeaderValue::from_str(loaded.digest());
    let options = &app.options().authzen;
    let mut tally = app.operation().tally(route);
    let question = tally.rules.is_some().then(|| body.clone());
    let mut reply = match route {
        Route::Evaluation => answered(authzen::evaluation(&loaded, options, &body, &mut tally)),
        Route::Evaluations => answered(authzen::evaluations(&loaded, options, &body, &mut tally)),
        Route::Search(kind) => {
            let options = options.clone();
            let search =
                move |loaded: &Loaded| answered(authzen::search(kind, loaded, &options, &body));
            apart(app, Arc::clone(&loaded), search).await
        }
        Route::Ask if ask::is_quick(&body) => ask::ask(&loaded, &body),
        Route::Ask => {
            apart(app, Arc::clone(&loaded), move |loaded| {
                ask::ask(loaded, &body)
            })
            .await
        }
        Route::Firm => {
            let query = head.uri.query().unwrap_or_default().to_owned();
            let most = options.most_results;
            let list = move |loaded: &Loaded| ask::firm(loaded, &query, most);
            apart(app, Arc::clone(&loaded), list).await
        }
        Route::OpenApi => {
            let server = app.base_of(None);
            let (name, _) = tenant_of(head.uri.path());
            let tenant = name.map_or_else(String::new, |name| format!("/t/{name}"));
            let describe = move |loaded: &Loaded| {
                let document = openapi::document(loaded.rulebook(), &server, &tenant);
                lasting_json(document.to_string().into_bytes())
            };
            apart(app, Arc::clone(&loaded), describe).await
        }
    };
    if let Ok(digest) = digest {
        reply.headers_mut().insert(DIGEST, digest);
    }
    app.operation().metrics.decided(tally.allowed, tally.denied);
    match (question, tally.rules) {
        (Some(question), Some(rules)) => {
            let asked = Asked {
                head,
                route,
                question,
                rules,
            };
            log(app, asked, &loaded, reply).await
        }
        _ => reply,
    }
}

/// What the decision log says of a request.
struct Asked<'h> {
    head: &'h Parts,
    route: Route,
    question: Bytes,
    rules: Vec<Box<str>>,
}

/// Logs a reply, and gives it back. Replies are complete when they come here, so that nothing is waited for.
async fn log(
    app: &App,
    asked: Asked<'_>,
    loaded: &Loaded,
    reply: Response<Body>,
) -> Response<Body> {
    let (head, body) = reply.into_parts();
    let answer = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => Bytes::new(),
    };
    let id = asked.head.headers.get(REQUEST_ID);
    let (tenant, _) = tenant_of(asked.head.uri.path());
    app.operation().decisions.record(DecisionEntry {
        tenant: tenant.map(Into::into),
        path: asked.route.path(),
        client: asked.head.extensions.get().cloned(),
        request_id: id.map(|id| String::from_utf8_lossy(id.as_bytes()).into()),
        digest: loaded.digest().into(),
        question: asked.question,
        answer: answer.clone(),
        rules: asked.rules,
    });
    Response::from_parts(head, Body::from(answer))
}

/// The answer to a question of the standard, or what is wrong with the request.
fn answered(answer: Result<Vec<u8>, RequestError>) -> Response<Body> {
    match answer {
        Ok(body) => json(body),
        Err(wrong) => error(StatusCode::BAD_REQUEST, wrong.to_string()),
    }
}

/// Answers away from the threads that carry connections, as many at a time as there are cores.
async fn apart(
    app: &App,
    loaded: Arc<Loaded>,
    answer: impl FnOnce(&Loaded) -> Response<Body> + Send + 'static,
) -> Response<Body> {
    let failed = || error(StatusCode::INTERNAL_SERVER_ERROR, "this cannot be answered");
    let Ok(permit) = Arc::clone(&app.searches).acquire_owned().await else {
        return failed();
    };
    let answered = tokio::task::spawn_blocking(move || {
        let answered = answer(&loaded);
        drop(permit);
        answered
    });
    answered.await.unwrap_or_else(|_| failed())
}
