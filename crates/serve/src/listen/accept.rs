//! The loop that accepts connections.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::connection;
use crate::operation::Pipeline;

/// How long to wait where the system can give no further connection: one of those that are open may end.
const PAUSE: Duration = Duration::from_millis(50);

/// Clients that are told at one time that there is no room for them; others are cut off without a word.
const TURNED_AWAY: usize = 64;

/// What is said to a client for whom there is no room.
const NO_ROOM: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 30\r\nRetry-After: 1\r\nConnection: close\r\n\r\nthere are too many connections";

/// Where connections come from.
pub(crate) struct Listener {
    pub(crate) socket: TcpListener,
    pub(crate) tls: Option<TlsAcceptor>,
}

/// Accepts connections until it is told to stop, and then waits for those that are open, as long as the limits say.
pub(crate) async fn accept_all(
    listener: Listener,
    pipeline: Arc<Pipeline>,
    stop: impl Future<Output = ()>,
) {
    let limits = pipeline.operation.limits;
    let most = u32::try_from(limits.connections)
        .unwrap_or(u32::MAX)
        .min(Semaphore::MAX_PERMITS as u32);
    let room = Arc::new(Semaphore::new(most as usize));
    let refusals = Arc::new(Semaphore::new(TURNED_AWAY));
    let (ended, _) = watch::channel(false);
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = listener.socket.accept() => accepted,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) if is_of_one_client(&error) => continue,
            Err(error) => {
                tracing::warn!("no connection can be accepted: {error}");
                sleep(PAUSE).await;
                continue;
            }
        };
        let metrics = &pipeline.operation.metrics;
        let permits = [&room, &refusals].map(|permits| Arc::clone(permits).try_acquire_owned());
        match permits {
            [Ok(permit), _] => {
                metrics.accepted.add(1);
                let (tls, pipeline) = (listener.tls.clone(), Arc::clone(&pipeline));
                tokio::spawn(connection::serve(
                    stream,
                    tls,
                    pipeline,
                    ended.subscribe(),
                    permit,
                ));
            }
            [Err(_), told] => {
                metrics.turned_away.add(1);
                if let (None, Ok(permit)) = (&listener.tls, told) {
                    tokio::spawn(turn_away(stream, permit));
                }
            }
        }
    }
    drop(listener);
    pipeline.operation.stop();
    ended.send_replace(true);
    if timeout(limits.stop_time, room.acquire_many(most))
        .await
        .is_err()
    {
        let open = most as usize - room.available_permits();
        tracing::warn!(
            open,
            "connections are cut off, as they were not done in time"
        );
    }
}

/// Whether only one connection failed, before it was accepted.
fn is_of_one_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted
    )
}

/// Tells a client that there is no room. What it sends is read for a moment: otherwise the system throws the words away with it.
async fn turn_away(mut stream: TcpStream, _permit: OwnedSemaphorePermit) {
    let told = async {
        stream.write_all(NO_ROOM).await?;
        stream.shutdown().await?;
        let mut rest = [0; 1024];
        while stream.read(&mut rest).await? > 0 {}
        Ok::<(), io::Error>(())
    };
    // A client that does not listen is no concern of ours.
    let _ = timeout(Duration::from_secs(1), told).await;
}
