//! Work that takes a while.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Response, StatusCode};

use super::App;
use super::reply::error;
use crate::tenant::Loaded;

/// Answers away from the threads that carry connections, as many at a time as there are cores.
pub(super) async fn apart(
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
