//! What requests are counted by.

/// A group of paths. Paths of strangers make no new ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// One decision.
    Evaluation,
    /// Decisions of a batch.
    Evaluations,
    /// Who may.
    SearchSubject,
    /// On what.
    SearchResource,
    /// What somebody may.
    SearchAction,
    /// What the server can do.
    Configuration,
    /// The protocol.
    Ask,
    /// People of a firm.
    Firm,
    /// Access requests.
    AccessRequest,
    /// The page and its files.
    Page,
    /// Whether the server is alive and ready, and these numbers.
    Operation,
    /// Everything else.
    Other,
}

impl Endpoint {
    /// All of them, in their order.
    pub(super) const ALL: [Self; 12] = [
        Self::Evaluation,
        Self::Evaluations,
        Self::SearchSubject,
        Self::SearchResource,
        Self::SearchAction,
        Self::Configuration,
        Self::Ask,
        Self::Firm,
        Self::AccessRequest,
        Self::Page,
        Self::Operation,
        Self::Other,
    ];

    /// The group of a path, behind the name of a tenant.
    pub(crate) fn of(path: &str) -> Self {
        match path {
            "/access/v1/evaluation" => Self::Evaluation,
            "/access/v1/evaluations" => Self::Evaluations,
            "/access/v1/search/subject" => Self::SearchSubject,
            "/access/v1/search/resource" => Self::SearchResource,
            "/access/v1/search/action" => Self::SearchAction,
            "/v1/ask" => Self::Ask,
            "/v1/firm" => Self::Firm,
            "/" => Self::Page,
            "/healthz" | "/readyz" | "/metrics" => Self::Operation,
            _ if path.starts_with("/.well-known/") => Self::Configuration,
            _ if path.starts_with("/assets/") => Self::Page,
            _ if path.starts_with("/access/v1/request") => Self::AccessRequest,
            _ => Self::Other,
        }
    }

    /// Its name in numbers and traces.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Evaluation => "evaluation",
            Self::Evaluations => "evaluations",
            Self::SearchSubject => "search_subject",
            Self::SearchResource => "search_resource",
            Self::SearchAction => "search_action",
            Self::Configuration => "configuration",
            Self::Ask => "ask",
            Self::Firm => "firm",
            Self::AccessRequest => "access_request",
            Self::Page => "page",
            Self::Operation => "operation",
            Self::Other => "other",
        }
    }
}
