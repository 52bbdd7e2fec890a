//! What is wrong with an access request.

use axum::body::Body;
use axum::http::header::HeaderValue;
use axum::http::{Response, StatusCode};
use serde_json::json;

use crate::http::reply::reply;

/// Why a step of an access request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It is no access request as it is written.
    #[error("this is no access request")]
    Malformed,
    /// The denial is not known, has expired, or is about something else.
    #[error("the denial is not known here, has expired, or is about another question")]
    DenialBinding,
    /// There is no such task.
    #[error("there is no such task")]
    UnknownTask,
    /// The task has ended.
    #[error("the task has ended")]
    TaskState,
    /// The rules do not let this user make the changes.
    #[error("this user may not make the changes")]
    NotAnApprover,
    /// The firm is not what it was, or its file cannot be written.
    #[error("the changes cannot be made in the firm as it is now")]
    CannotApply,
    /// Too many tasks wait already.
    #[error("too many tasks are waiting")]
    TooMany,
}

impl Problem {
    fn word(self) -> &'static str {
        match self {
            Self::Malformed => "invalid_request",
            Self::DenialBinding => "invalid_denial_binding",
            Self::UnknownTask => "unknown_task",
            Self::TaskState => "invalid_task_state",
            Self::NotAnApprover => "not_an_approver",
            Self::CannotApply => "cannot_apply",
            Self::TooMany => "too_many_tasks",
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::Malformed | Self::DenialBinding => StatusCode::BAD_REQUEST,
            Self::UnknownTask => StatusCode::NOT_FOUND,
            Self::NotAnApprover => StatusCode::FORBIDDEN,
            Self::TaskState | Self::CannotApply => StatusCode::CONFLICT,
            Self::TooMany => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The reply that says so.
    pub(crate) fn response(self) -> Response<Body> {
        let (status, word) = (self.status(), self.word());
        let body = json!({
            "type": format!("urn:openid:authzen:access-request:error:{word}"),
            "title": self.to_string(),
            "status": status.as_u16(),
        });
        let kind = HeaderValue::from_static("application/problem+json");
        reply(status, kind, body.to_string())
    }
}
