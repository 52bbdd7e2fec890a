//! What a client may ask.

use serde::{Deserialize, Serialize};

use crate::page;

/// What a key lets its client do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// `/access/v1/evaluation` and `/access/v1/evaluations`.
    Evaluate,
    /// `/access/v1/search/…`.
    Search,
    /// `/v1/ask`: every question of the protocol.
    Ask,
    /// `/v1/firm`: the people of the firm.
    Firm,
    /// Access requests: to make, see and approve them.
    AccessRequest,
    /// `/metrics`, and the names of tenants in `/readyz`.
    Metrics,
}

/// What a path takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    /// Everybody may.
    Open,
    /// A key with this right.
    Right(Right),
    /// Any key: there is nothing here that anybody needs a right for.
    AnyKey,
}

impl Admission {
    /// What a path takes, behind the name of a tenant. What nobody declared open is for clients with a key.
    pub(crate) fn of(path: &str) -> Self {
        match path {
            "/access/v1/evaluation" | "/access/v1/evaluations" => Self::Right(Right::Evaluate),
            "/v1/ask" => Self::Right(Right::Ask),
            "/v1/firm" => Self::Right(Right::Firm),
            "/metrics" => Self::Right(Right::Metrics),
            "/healthz" | "/readyz" => Self::Open,
            _ if page::is_part(path) => Self::Open,
            _ if path.starts_with("/access/v1/search/") => Self::Right(Right::Search),
            _ if path.starts_with("/access/v1/request")
                || path.starts_with("/v1/access-request") =>
            {
                Self::Right(Right::AccessRequest)
            }
            _ if path.starts_with("/.well-known/") || path.starts_with("/assets/") => Self::Open,
            _ => Self::AnyKey,
        }
    }
}
