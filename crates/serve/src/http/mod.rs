//! HTTP: requests become questions, and answers become replies.

mod access;
mod apart;
mod body;
mod door;
mod metadata;
pub mod reply;
mod request_id;
mod route;

use std::sync::Arc;

use axum::Router;
use tokio::sync::Semaphore;

use crate::access_requests::AccessRequests;
use crate::authzen::AuthzenOptions;
use crate::operation::Operation;
use crate::tenant::Tenants;

pub use body::BodyError;
pub(crate) use body::RequestBody;
pub(crate) use door::answer;
pub(crate) use request_id::fresh_id;
pub use route::{ROUTES, Route, WELL_KNOWN, tenant_of};

/// How the server answers.
#[derive(Debug, Clone)]
pub struct HttpOptions {
    /// The address under which clients reach the server.
    pub public_url: String,
    /// How the standard is spoken.
    pub authzen: AuthzenOptions,
    /// The most bytes of a body.
    pub body_bytes: usize,
    /// Whether there is a page to look at.
    pub page: bool,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:8181".to_owned(),
            authzen: AuthzenOptions::default(),
            body_bytes: 1 << 20,
            page: true,
        }
    }
}

/// What every request is answered with.
#[derive(Debug, Clone)]
pub struct App {
    tenants: Arc<Tenants>,
    options: Arc<HttpOptions>,
    operation: Arc<Operation>,
    access_requests: Option<Arc<AccessRequests>>,
    /// Long searches at one time: as many as there are cores, so that the others wait instead of filling the memory.
    searches: Arc<Semaphore>,
}

impl App {
    /// Answers for these tenants.
    pub fn new(tenants: Arc<Tenants>, options: HttpOptions) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            tenants,
            options: Arc::new(options),
            operation: Arc::default(),
            access_requests: None,
            searches: Arc::new(Semaphore::new(cores)),
        }
    }

    /// Counts and logs what is answered.
    #[must_use]
    pub fn with_operation(self, operation: Arc<Operation>) -> Self {
        Self { operation, ..self }
    }

    /// Takes access requests.
    #[must_use]
    pub fn with_access_requests(self, requests: AccessRequests) -> Self {
        Self {
            access_requests: Some(Arc::new(requests)),
            ..self
        }
    }

    /// The access requests; none where they are not taken.
    pub fn access_requests(&self) -> Option<&AccessRequests> {
        self.access_requests.as_deref()
    }

    /// What is around the questions: limits, numbers, logs, reloads.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// The tenants.
    pub fn tenants(&self) -> &Tenants {
        &self.tenants
    }

    /// How it answers.
    pub fn options(&self) -> &HttpOptions {
        &self.options
    }

    /// The address of a tenant, as clients know it.
    pub fn base_of(&self, tenant: Option<&str>) -> String {
        let base = self.options.public_url.trim_end_matches('/');
        match tenant {
            None => base.to_owned(),
            Some(name) => format!("{base}/t/{name}"),
        }
    }
}

/// Every path. One function answers them all, because what the standard says of errors and headers holds for each.
pub fn router(app: App) -> Router {
    Router::new().fallback(door::answer_routed).with_state(app)
}
