//! Paths: which tenant is asked, and what.

use axum::http::Method;

use crate::authzen::SearchKind;

/// What is asked under a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// One question of the standard.
    Evaluation,
    /// Many questions of the standard.
    Evaluations,
    /// A search of the standard.
    Search(SearchKind),
    /// Any question of the protocol.
    Ask,
    /// Who and what the firm is.
    Firm,
    /// What there is to ask, for programs.
    OpenApi,
}

/// Every path behind that of a tenant, with what is asked there.
pub const ROUTES: [(&str, Route); 8] = [
    ("/access/v1/evaluation", Route::Evaluation),
    ("/access/v1/evaluations", Route::Evaluations),
    (
        "/access/v1/search/subject",
        Route::Search(SearchKind::Subject),
    ),
    (
        "/access/v1/search/resource",
        Route::Search(SearchKind::Resource),
    ),
    (
        "/access/v1/search/action",
        Route::Search(SearchKind::Action),
    ),
    ("/v1/ask", Route::Ask),
    ("/v1/firm", Route::Firm),
    ("/openapi.json", Route::OpenApi),
];

/// Where the standard has the metadata, before the path of a tenant.
pub const WELL_KNOWN: &str = "/.well-known/authzen-configuration";

impl Route {
    /// What is asked under a path.
    pub fn of(path: &str) -> Option<Self> {
        let found = ROUTES.iter().find(|(known, _)| *known == path);
        found.map(|(_, route)| *route)
    }

    /// Its path, behind that of a tenant.
    pub fn path(self) -> &'static str {
        let found = ROUTES.iter().find(|(_, route)| *route == self);
        found.map_or("", |(path, _)| path)
    }

    /// The method that it takes.
    pub fn method(self) -> Method {
        match self {
            Self::Evaluation | Self::Evaluations | Self::Search(_) | Self::Ask => Method::POST,
            Self::Firm | Self::OpenApi => Method::GET,
        }
    }
}

/// The tenant that a path names, and the path behind it: `/t/NAME/…`, or the one without a name.
pub fn tenant_of(path: &str) -> (Option<&str>, &str) {
    let Some(rest) = path.strip_prefix("/t/") else {
        return (None, path);
    };
    let end = rest.find('/').unwrap_or(rest.len());
    let (name, behind) = rest.split_at(end);
    (Some(name), behind)
}
