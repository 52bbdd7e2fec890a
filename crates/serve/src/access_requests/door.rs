//! Access requests over HTTP.

use axum::body::Body;
use axum::http::header::{HeaderValue, LOCATION};
use axum::http::{Method, Response, StatusCode};
use serde_json::{Value, json};

use super::AccessRequests;
use super::approve::TaskDecision;
use super::offer::is_now_allowed;
use super::problem::Problem;
use super::store::{Task, TaskStatus};
use crate::authzen::AskedNumbers;
use crate::http::App;
use crate::http::reply::{JSON, error, other_method, reply};
use crate::json::put;
use crate::tenant::Tenant;

/// Where requests are made, behind the path of a tenant.
pub(crate) const PATH: &str = "/access/v1/requests";

/// Answers what is asked about requests: `behind` is the path behind [`PATH`].
pub(crate) fn answer(
    app: &App,
    (name, tenant): (Option<&str>, &Tenant),
    (method, behind): (&Method, &str),
    body: &[u8],
) -> Response<Body> {
    let Some(requests) = app.access_requests() else {
        return error(StatusCode::NOT_FOUND, "there is nothing here");
    };
    let mut parts = behind.split('/');
    let (start, id, step, rest) = (parts.next(), parts.next(), parts.next(), parts.next());
    let is_get = matches!(*method, Method::GET | Method::HEAD);
    let decision = |id| decision(app, (name, tenant), id, body);
    let done = match (start, id, step, rest) {
        (Some(""), None, None, None) if *method == Method::POST => {
            return submit(app, requests, name, body).unwrap_or_else(Problem::response);
        }
        (Some(""), Some(id), None, None) if is_get => status(requests, name, id),
        (Some(""), Some(id), Some(step @ ("approve" | "deny" | "cancel")), None) => {
            if *method != Method::POST {
                return other_method(&Method::POST);
            }
            match step {
                "approve" => decision(id).and_then(|decision| decision.approve()),
                "deny" => decision(id).and_then(|decision| decision.deny()),
                _ => TaskDecision {
                    app,
                    tenant,
                    name,
                    id,
                    user: "",
                }
                .cancel(),
            }
        }
        (Some(""), None, None, None) => return other_method(&Method::POST),
        (Some(""), Some(_), None, None) => return other_method(&Method::GET),
        _ => return error(StatusCode::NOT_FOUND, "there is nothing here"),
    };
    match (done, id) {
        (Ok(task), Some(id)) => {
            let shown = shown(app, (name, tenant), id, &task);
            reply(StatusCode::OK, JSON, shown.to_string())
        }
        (Ok(_), None) => Problem::UnknownTask.response(),
        (Err(problem), _) => problem.response(),
    }
}

/// Makes a task of a denial.
fn submit(
    app: &App,
    requests: &AccessRequests,
    name: Option<&str>,
    body: &[u8],
) -> Result<Response<Body>, Problem> {
    let request: Value = serde_json::from_slice(body).map_err(|_| Problem::Malformed)?;
    let asked = AskedNumbers::read(&app.options().authzen, body).ok_or(Problem::Malformed)?;
    let text = |key: &str| request.get("denial")?.get(key)?.as_str();
    let id = text("evaluation_id").ok_or(Problem::DenialBinding)?;
    let mut store = requests.store();
    let denial = store.denial(id).ok_or(Problem::DenialBinding)?;
    let is_bound = denial.tenant.as_deref() == name
        && denial.asked.are_in(&asked)
        && json!(denial.until).as_str() == text("expires_at");
    if !is_bound {
        return Err(Problem::DenialBinding);
    }
    let denial = denial.clone();
    let id = store.begin(denial).ok_or(Problem::TooMany)?;
    let task = store.task(name, &id).ok_or(Problem::TooMany)?;
    let shown = json!({"task": handle(app, name, &id, task)});
    let location = HeaderValue::from_str(&address(app, name, &id));
    let mut accepted = reply(StatusCode::ACCEPTED, JSON, shown.to_string());
    if let Ok(location) = location {
        accepted.headers_mut().insert(LOCATION, location);
    }
    Ok(accepted)
}

fn status(requests: &AccessRequests, name: Option<&str>, id: &str) -> Result<Task, Problem> {
    let mut store = requests.store();
    store.task(name, id).cloned().ok_or(Problem::UnknownTask)
}

/// Whose decision it is: the subject that the body names.
fn decision<'d>(
    app: &'d App,
    (name, tenant): (Option<&'d str>, &'d Tenant),
    id: &'d str,
    body: &'d [u8],
) -> Result<TaskDecision<'d>, Problem> {
    #[derive(serde::Deserialize)]
    struct DecisionBody<'b> {
        #[serde(borrow)]
        subject: Approver<'b>,
    }
    #[derive(serde::Deserialize)]
    struct Approver<'b> {
        #[serde(rename = "type")]
        kind: &'b str,
        id: &'b str,
    }
    let body: DecisionBody<'_> = serde_json::from_slice(body).map_err(|_| Problem::Malformed)?;
    let mut types = app.options().authzen.subject_types.iter();
    if !types.any(|known| known == body.subject.kind) {
        return Err(Problem::NotAnApprover);
    }
    Ok(TaskDecision {
        app,
        tenant,
        name,
        id,
        user: body.subject.id,
    })
}

fn address(app: &App, name: Option<&str>, id: &str) -> String {
    format!("{}{PATH}/{id}", app.base_of(name))
}

/// A task as clients see it.
fn handle(app: &App, name: Option<&str>, id: &str, task: &Task) -> Value {
    let address = address(app, name, id);
    let mut handle = json!({
        "id": id,
        "status": task.status,
        "status_endpoint": address,
        "expires_at": task.until,
    });
    if task.status == TaskStatus::Pending {
        let awaiting = &task.denial.approvers;
        let progress = json!({"current_step": 1, "total_steps": 1, "awaiting": awaiting});
        put(&mut handle, &["progress"], progress);
        for step in ["approve", "deny", "cancel"] {
            let address = format!("{address}/{step}");
            put(&mut handle, &["links", step], address.into());
        }
    }
    handle
}

/// A task with its result. An approved question is asked again in the firm as it is now.
fn shown(app: &App, (name, tenant): (Option<&str>, &Tenant), id: &str, task: &Task) -> Value {
    let mut shown = json!({"task": handle(app, name, id, task)});
    if let Some(approval) = &task.approval {
        let decision = is_now_allowed(tenant.current().firm(), &task.denial.question);
        let result = json!({"mode": "reevaluate", "approval": approval, "decision": decision});
        put(&mut shown, &["result"], result);
    }
    shown
}
