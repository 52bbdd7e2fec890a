//! Servers for tests: each on a port of its own, on the loopback address.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clio_rules::{Firm, Rulebook};
use clio_rules_serve::authzen::AuthzenOptions;
use clio_rules_serve::http::{App, HttpOptions, router};
use clio_rules_serve::tenant::{Loaded, Tenant, Tenants};
use serde_json::Value;

use super::client::{Reply, request, send, send_all};

/// A server that answers until it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    runtime: Option<tokio::runtime::Runtime>,
}

/// The address that the metadata names.
pub(crate) const PUBLIC: &str = "https://pdp.example.com";

/// A folder at the root of the repository.
pub(crate) fn rulebooks() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/rulebooks")
}

/// The firm of a rulebook of the tests.
pub(crate) fn loaded(rulebook: &str) -> Loaded {
    let folder = rulebooks().join(rulebook);
    let rules = Rulebook::from_folder(folder.join("rules")).expect("the rules load");
    Loaded::new(Firm::from_file(&rules, folder.join("firm.yaml")).expect("the firm loads"))
}

/// The built-in rules and the example firm.
pub(crate) fn example() -> Loaded {
    let rules = Rulebook::builtin().expect("the rules load");
    Loaded::new(Firm::example(&rules).expect("the firm loads"))
}

impl Server {
    /// A server for one tenant.
    pub(crate) fn of(loaded: Loaded) -> Self {
        Self::with(
            Tenants::of_one(Tenant::new(loaded)),
            AuthzenOptions::default(),
        )
    }

    /// A server for a rulebook of the tests.
    pub(crate) fn of_rulebook(rulebook: &str) -> Self {
        Self::of(loaded(rulebook))
    }

    /// A server that speaks the standard so.
    pub(crate) fn with(tenants: Tenants, authzen: AuthzenOptions) -> Self {
        let options = HttpOptions {
            public_url: PUBLIC.to_owned(),
            authzen,
            ..HttpOptions::default()
        };
        Self::start(tenants, options)
    }

    /// A server with these options.
    pub(crate) fn start(tenants: Tenants, options: HttpOptions) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("threads start");
        let app = App::new(Arc::new(tenants), options);
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .expect("a port is free");
        let address = listener.local_addr().expect("it listens");
        runtime.spawn(async move { axum::serve(listener, router(app)).await });
        Self {
            address,
            runtime: Some(runtime),
        }
    }

    /// Sends bytes as they are.
    pub(crate) fn send(&self, bytes: &[u8]) -> Option<Reply> {
        send(self.address, bytes)
    }

    /// Sends bytes as they are, and no more.
    pub(crate) fn send_all(&self, bytes: &[u8]) -> Option<Reply> {
        send_all(self.address, bytes)
    }

    /// The reply to a request.
    pub(crate) fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Reply {
        let reply = self.send(&request(method, path, headers, body));
        reply.expect("the server replies")
    }

    /// The reply to JSON.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Reply {
        let headers = [("Content-Type", "application/json")];
        self.call("POST", path, &headers, body.to_string().as_bytes())
    }

    /// What is there.
    pub(crate) fn get(&self, path: &str) -> Reply {
        self.call("GET", path, &[], b"")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
