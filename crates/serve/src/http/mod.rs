//! HTTP: requests become questions, and answers become replies.

use std::sync::Arc;

use axum::Router;

use crate::tenant::Tenants;

/// What every request is answered with.
#[derive(Debug, Clone)]
pub struct App {
    tenants: Arc<Tenants>,
}

impl App {
    /// Answers for these tenants.
    pub fn new(tenants: Arc<Tenants>) -> Self {
        Self { tenants }
    }

    /// The tenants.
    pub fn tenants(&self) -> &Tenants {
        &self.tenants
    }
}

/// The routes.
pub fn router(app: App) -> Router {
    Router::new().with_state(app)
}
