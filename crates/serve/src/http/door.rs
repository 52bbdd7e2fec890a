//! One request, from its head to its reply.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderValue;
use axum::http::request::Parts;
use axum::http::{Method, Request, Response, StatusCode};
use bytes::Bytes;
use http_body_util::BodyExt;

use super::apart::apart;
use super::body::RequestBody;
use super::reply::{DIGEST, REQUEST_ID, SNIFF, error, json, lasting_json, other_method};
use super::request_id::request_id;
use super::route::{Route, WELL_KNOWN, tenant_of};
use super::{App, access, body, metadata};
use crate::access_requests;
use crate::ask;
use crate::authzen::{self, RequestError, Tally};
use crate::decisions::DecisionEntry;
use crate::openapi;
use crate::page;
use crate::tenant::{Loaded, Tenant};

/// Answers a request that comes through a router.
pub(super) async fn answer_routed(
    State(app): State<App>,
    request: Request<Body>,
) -> Response<Body> {
    let (head, body) = request.into_parts();
    answer(&app, &head, RequestBody::Unread(body)).await
}

/// Answers a request. Every reply names the request, errors too.
pub(crate) async fn answer(app: &App, head: &Parts, body: RequestBody) -> Response<Body> {
    let id = request_id(&head.headers);
    let mut reply = find(app, head, &id, body).await;
    let headers = reply.headers_mut();
    headers.insert(REQUEST_ID, id);
    headers.insert(SNIFF, HeaderValue::from_static("nosniff"));
    reply
}

/// Finds what is asked, and asks it.
async fn find(app: &App, head: &Parts, id: &HeaderValue, body: RequestBody) -> Response<Body> {
    let path = head.uri.path();
    if let Some(behind) = path.strip_prefix(WELL_KNOWN) {
        return metadata::serve(app, &head.method, behind);
    }
    let (name, behind) = tenant_of(path);
    let Some(tenant) = app.tenants().find(name) else {
        return error(StatusCode::NOT_FOUND, "there is nothing here");
    };
    if let Some(behind) = behind.strip_prefix(access_requests::PATH) {
        return access::serve(app, (name, tenant), head, behind, body).await;
    }
    match Route::of(behind) {
        Some(route) if is_taken(&route.method(), &head.method) => {
            ask_tenant(app, tenant, route, (head, id), body).await
        }
        Some(route) => other_method(&route.method()),
        None if app.options().page => page::serve(head, behind),
        None => error(StatusCode::NOT_FOUND, "there is nothing here"),
    }
}

/// Whether a path with one method takes another: whatever can be got can be looked at.
pub(super) fn is_taken(method: &Method, given: &Method) -> bool {
    method == given || (method == Method::GET && given == Method::HEAD)
}

/// Asks what counts now for a tenant, and says under which rules and firm it was answered.
async fn ask_tenant(
    app: &App,
    tenant: &Arc<Tenant>,
    route: Route,
    (head, id): (&Parts, &HeaderValue),
    body: RequestBody,
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
    let mut tally = app.operation().tally(route);
    let question = tally.rules.is_some().then(|| body.clone());
    let mut reply = reply_to(app, head, route, (&*loaded, body), &mut tally).await;
    if let Ok(digest) = digest {
        reply.headers_mut().insert(DIGEST, digest);
    }
    app.operation().metrics.decided(tally.allowed, tally.denied);
    match (question, tally.rules) {
        (Some(question), Some(rules)) => {
            let request = LoggedRequest {
                head,
                id,
                route,
                question,
                rules,
            };
            log(app, request, &loaded, reply).await
        }
        _ => reply,
    }
}

/// The reply to what is asked of one set of rules and firm.
async fn reply_to(
    app: &App,
    head: &Parts,
    route: Route,
    (loaded, body): (&Arc<Loaded>, Bytes),
    tally: &mut Tally,
) -> Response<Body> {
    let options = &app.options().authzen;
    match route {
        Route::Evaluation => match authzen::evaluation(loaded, options, &body, tally) {
            Ok(reply) if tally.denied > 0 && app.access_requests().is_some() => {
                access::with_offer(app, head, Arc::clone(loaded), (body, reply)).await
            }
            answer => answered(answer),
        },
        Route::Evaluations => answered(authzen::evaluations(loaded, options, &body, tally)),
        Route::Search(kind) => {
            let options = options.clone();
            let search =
                move |loaded: &Loaded| answered(authzen::search(kind, loaded, &options, &body));
            apart(app, Arc::clone(loaded), search).await
        }
        Route::Ask if ask::is_quick(&body) => ask::ask(loaded, &body),
        Route::Ask => {
            apart(app, Arc::clone(loaded), move |loaded| {
                ask::ask(loaded, &body)
            })
            .await
        }
        Route::Firm => {
            let query = head.uri.query().unwrap_or_default().to_owned();
            let most = options.most_results;
            let list = move |loaded: &Loaded| ask::firm(loaded, &query, most);
            apart(app, Arc::clone(loaded), list).await
        }
        Route::OpenApi => describe(app, head, loaded).await,
    }
}

/// What there is to ask, with the address of the tenant.
async fn describe(app: &App, head: &Parts, loaded: &Arc<Loaded>) -> Response<Body> {
    let server = app.base_of(None);
    let (name, _) = tenant_of(head.uri.path());
    let tenant = name.map_or_else(String::new, |name| format!("/t/{name}"));
    let describe = move |loaded: &Loaded| {
        let document = openapi::document(loaded.rulebook(), &server, &tenant);
        lasting_json(document.to_string().into_bytes())
    };
    apart(app, Arc::clone(loaded), describe).await
}

/// What the decision log says of a request.
struct LoggedRequest<'h> {
    head: &'h Parts,
    id: &'h HeaderValue,
    route: Route,
    question: Bytes,
    rules: Vec<Box<str>>,
}

/// Logs a reply, and gives it back. Replies are complete when they come here, so that nothing is waited for.
async fn log(
    app: &App,
    request: LoggedRequest<'_>,
    loaded: &Loaded,
    reply: Response<Body>,
) -> Response<Body> {
    let (head, body) = reply.into_parts();
    let answer = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => Bytes::new(),
    };
    let (tenant, _) = tenant_of(request.head.uri.path());
    app.operation().decisions.record(DecisionEntry {
        tenant: tenant.map(Into::into),
        path: request.route.path(),
        client: request.head.extensions.get().cloned(),
        request_id: String::from_utf8_lossy(request.id.as_bytes()).into(),
        digest: loaded.digest().into(),
        question: request.question,
        answer: answer.clone(),
        rules: request.rules,
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
