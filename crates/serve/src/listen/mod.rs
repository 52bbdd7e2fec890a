//! Accepts connections.

use std::net::SocketAddr;

use axum::Router;
use tokio::net::TcpListener;

use crate::ServeError;

/// Answers on an address until the process is asked to stop.
///
/// # Errors
/// [`ServeError::Listen`] when the address cannot be listened on.
pub async fn serve(address: SocketAddr, router: Router) -> Result<(), ServeError> {
    let failed = |source| ServeError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    axum::serve(listener, router)
        .with_graceful_shutdown(async {
            // Without signals there is nothing to wait for but the end of the process.
            let _ = tokio::signal::ctrl_c().await;
        })
        .await
        .map_err(failed)
}
