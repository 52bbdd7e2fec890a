//! A server: loads what it is given, listens, and stops.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::net::TcpListener;
use tokio::runtime::{self, Runtime};
use tokio::sync::watch;

use crate::ServeError;
use crate::access_requests::AccessRequests;
use crate::authzen::AuthzenOptions;
use crate::config::Settings;
use crate::decisions::DecisionLog;
use crate::http::{App, HttpOptions};
use crate::keys::{KeyWatch, Keys};
use crate::listen::{Certificate, CertificateWatch, Listener, accept_all};
use crate::operation::{Operation, Pipeline};
use crate::reload::{LoadFailure, Reloader};
use crate::stop_signals::StopSignals;
use crate::tenant::Tenants;

/// How long the last lines of the decision log may take.
const LAST_LINES: Duration = Duration::from_millis(300);

/// A server that listens. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    operation: Arc<Operation>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Loads everything and listens.
    ///
    /// # Errors
    /// [`ServeError`] when something cannot be loaded or listened on.
    ///
    /// ```
    /// use clap::Parser;
    /// use clio_rules_serve::Server;
    /// use clio_rules_serve::config::{Options, Settings};
    ///
    /// let options = Options::parse_from(["clio-rules-serve", "--listen", "127.0.0.1:0"]);
    /// let server = Server::start(Settings::resolve(options)?)?;
    /// assert!(server.address().port() > 0);
    /// server.stop();
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn start(settings: Settings) -> Result<Self, ServeError> {
        let mut reloader = Reloader::default();
        let mut tenants = Tenants::default();
        for (name, source) in &settings.tenants {
            let tenant = reloader.tenant(name.clone(), source.clone())?;
            tenants.insert(name.as_deref(), tenant);
        }
        let tenants = Arc::new(tenants);
        let keys = keys(&settings, &mut reloader)?;
        let tls = tls(&settings, &mut reloader)?;
        let decisions = match &settings.decision_log {
            Some(log) => DecisionLog::open(log).map_err(ServeError::DecisionLog)?,
            None => DecisionLog::default(),
        };
        let runtime = runtime(settings.threads).map_err(ServeError::Runtime)?;
        let address = settings.listen;
        let failed = |source| ServeError::Listen { address, source };
        let socket = runtime
            .block_on(TcpListener::bind(address))
            .map_err(failed)?;
        let address = socket.local_addr().map_err(failed)?;
        reloader.start().map_err(ServeError::Runtime)?;
        let operation = Arc::new(Operation::new(settings.limits, decisions, reloader, keys));
        let app = App::new(tenants, http_options(&settings, address));
        let mut app = app.with_operation(Arc::clone(&operation));
        if settings.access_requests {
            app = app.with_access_requests(AccessRequests::of(firm_files(&settings)));
        }
        let pipeline = Arc::new(Pipeline {
            app,
            operation: Arc::clone(&operation),
        });
        let (stop, stopped) = watch::channel(false);
        let listener = Listener { socket, tls };
        let thread = thread::Builder::new()
            .name("listen".into())
            .spawn(move || listen(runtime, listener, pipeline, stopped))
            .map_err(ServeError::Runtime)?;
        Ok(Self {
            address,
            operation,
            stop,
            thread: Some(thread),
        })
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it counts, and how loading went.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// Accepts no further connection, answers what has begun as long as the limits give it time, and ends.
    pub fn stop(mut self) {
        self.end();
    }

    /// Waits until the process is asked to stop (SIGTERM, SIGINT), and stops.
    ///
    /// # Errors
    /// [`ServeError::Runtime`] when signals cannot be waited for.
    pub fn run_until_asked(self, signals: StopSignals) -> Result<(), ServeError> {
        signals.wait().map_err(ServeError::Runtime)?;
        tracing::info!("stopping");
        self.stop();
        Ok(())
    }

    fn end(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing more to do.
            let _ = thread.join();
            self.operation.decisions.flush(LAST_LINES);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

fn listen(
    runtime: Runtime,
    listener: Listener,
    pipeline: Arc<Pipeline>,
    mut stopped: watch::Receiver<bool>,
) {
    let stop = async move {
        // A server that is gone has stopped as well.
        let _ = stopped.wait_for(|stopped| *stopped).await;
    };
    runtime.block_on(accept_all(listener, pipeline, stop));
    // Connections that were cut off end now. A search that still runs is waited for by nobody.
    runtime.shutdown_timeout(Duration::from_millis(100));
}

/// The firm files of the tenants that have one.
fn firm_files(settings: &Settings) -> impl Iterator<Item = (Option<String>, PathBuf)> {
    let tenants = settings.tenants.iter();
    tenants.filter_map(|(name, source)| Some((name.clone(), source.firm_file()?.to_owned())))
}

/// How requests are answered.
fn http_options(settings: &Settings, address: SocketAddr) -> HttpOptions {
    let limits = &settings.limits;
    let scheme = if settings.tls.is_some() {
        "https"
    } else {
        "http"
    };
    let public_url = settings.public_url.clone();
    HttpOptions {
        public_url: public_url.unwrap_or_else(|| format!("{scheme}://{address}")),
        authzen: AuthzenOptions {
            subject_types: settings.subject_types.clone(),
            reasons: settings.reasons,
            depth: limits.depth,
            most_evaluations: limits.batch_items,
            most_results: limits.page_results,
        },
        body_bytes: limits.body_bytes,
        page: settings.page,
    }
}

/// Threads for answers, and as many again for questions that take long: those are done beside the others and not in front of them.
fn runtime(threads: Option<usize>) -> std::io::Result<Runtime> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.unwrap_or(cores).max(1);
    runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .max_blocking_threads(threads)
        .thread_name("answer")
        .enable_all()
        .build()
}

fn keys(
    settings: &Settings,
    reloader: &mut Reloader,
) -> Result<Arc<ArcSwapOption<Keys>>, ServeError> {
    let keys = Arc::new(ArcSwapOption::empty());
    if let Some(file) = settings.keys.clone() {
        let loaded = Keys::from_file(&file).map_err(LoadFailure::Keys)?;
        keys.store(Some(Arc::new(loaded)));
        let keys = Arc::clone(&keys);
        reloader.watch("keys", KeyWatch { file, keys });
    }
    Ok(keys)
}

fn tls(
    settings: &Settings,
    reloader: &mut Reloader,
) -> Result<Option<tokio_rustls::TlsAcceptor>, ServeError> {
    let Some(files) = settings.tls.clone() else {
        return Ok(None);
    };
    let certificate = Certificate::load(&files).map_err(LoadFailure::Tls)?;
    let certificate = Arc::new(certificate);
    let acceptor = certificate.acceptor().map_err(LoadFailure::Tls)?;
    reloader.watch("tls", CertificateWatch { files, certificate });
    Ok(Some(acceptor))
}
