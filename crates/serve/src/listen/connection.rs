//! One connection.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use super::slow::BoundedWrites;
use crate::config::Limits;
use crate::operation::Pipeline;

/// Headers that hyper takes without memory of their own.
const USUAL_HEADERS: usize = 100;

/// Answers the requests of a connection until it ends. The permit is the connection's place among those that may be open.
pub(super) async fn serve(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    pipeline: Arc<Pipeline>,
    ended: watch::Receiver<bool>,
    _permit: OwnedSemaphorePermit,
) {
    let open = Open::new(&pipeline);
    // Answers are short and complete: there is nothing to wait for that could go with them.
    let _ = stream.set_nodelay(true);
    let served = match tls {
        None => serve_stream(stream, &pipeline, ended).await,
        Some(tls) => {
            let limit = pipeline.operation.limits.header_time;
            match timeout(limit, tls.accept(stream)).await {
                Ok(Ok(stream)) => serve_stream(stream, &pipeline, ended).await,
                Ok(Err(_)) | Err(_) => false,
            }
        }
    };
    open.close(served);
}

/// Answers what comes over a stream; tells whether it came to a good end.
async fn serve_stream<S>(
    stream: S,
    pipeline: &Arc<Pipeline>,
    mut ended: watch::Receiver<bool>,
) -> bool
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let limits = pipeline.operation.limits;
    let io = TokioIo::new(BoundedWrites::new(stream, limits.write_time));
    let service = service_fn(|request| {
        let pipeline = Arc::clone(pipeline);
        async move { Ok::<_, Infallible>(pipeline.answer(request).await) }
    });
    let mut connection = std::pin::pin!(builder(&limits).serve_connection(io, service));
    let stopped = async move {
        // The sender lives as long as anybody accepts connections.
        let _ = ended.wait_for(|ended| *ended).await;
    };
    let served = tokio::select! {
        biased;
        served = connection.as_mut() => served,
        () = stopped => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = &served {
        tracing::debug!("a connection ended: {error}");
    }
    served.is_ok()
}

fn builder(limits: &Limits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        .max_buf_size(limits.header_bytes);
    if limits.headers != USUAL_HEADERS {
        builder.max_headers(limits.headers);
    }
    builder
}

/// Counts a connection as long as it lives, even where its task is cut off.
struct Open<'p> {
    pipeline: &'p Pipeline,
    is_good: bool,
}

impl<'p> Open<'p> {
    fn new(pipeline: &'p Pipeline) -> Self {
        pipeline.operation.metrics.connections.add(1);
        Self {
            pipeline,
            is_good: false,
        }
    }

    fn close(mut self, is_good: bool) {
        self.is_good = is_good;
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        let metrics = &self.pipeline.operation.metrics;
        metrics.connections.subtract(1);
        metrics.broken.add(u64::from(!self.is_good));
    }
}

/// What [`BoundedWrites`] says where a client takes nothing.
pub(super) fn too_slow() -> io::Error {
    io::Error::new(
        io::ErrorKind::TimedOut,
        "the client takes no more of the answer",
    )
}
