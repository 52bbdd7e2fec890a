//! Traces of requests, sent by OTLP over HTTP to whoever collects them.

use std::env;

use axum::http::{HeaderMap, Request};
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{SdkTracerProvider, Tracer};
use tracing::{Span, Subscriber, field};
use tracing_opentelemetry::{OpenTelemetryLayer, OpenTelemetrySpanExt};
use tracing_subscriber::registry::LookupSpan;

/// The variables that say where traces go. Without them nothing is sent.
const ENDPOINTS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
];

/// Sends traces as long as it lives, and what is left of them at its end.
pub(crate) struct Traces {
    provider: SdkTracerProvider,
}

impl Traces {
    /// Begins, where the environment says to whom traces go.
    pub(crate) fn start() -> Option<Self> {
        if !ENDPOINTS.iter().any(|name| env::var_os(name).is_some()) {
            return None;
        }
        let exporter = SpanExporter::builder().with_http().build();
        let exporter =
            exporter.inspect_err(|error| eprintln!("warning: no traces are sent: {error}"));
        let service = Resource::builder()
            .with_service_name(env!("CARGO_PKG_NAME"))
            .build();
        let provider = SdkTracerProvider::builder().with_resource(service);
        Some(Self {
            provider: provider.with_batch_exporter(exporter.ok()?).build(),
        })
    }

    pub(crate) fn layer<S>(&self) -> OpenTelemetryLayer<S, Tracer>
    where
        S: Subscriber + for<'s> LookupSpan<'s>,
    {
        tracing_opentelemetry::layer().with_tracer(self.provider.tracer("http"))
    }
}

impl Drop for Traces {
    fn drop(&mut self) {
        // Whoever collects them may be gone.
        let _ = self.provider.shutdown();
    }
}

/// The span of a request, within the trace that its client began. It has no path of strangers, and nothing of what is asked.
pub(crate) fn span<B>(request: &Request<B>, endpoint: &'static str) -> Span {
    let span = tracing::info_span!(
        "request",
        otel.kind = "server",
        http.request.method = request.method().as_str(),
        http.route = endpoint,
        http.response.status_code = field::Empty,
    );
    let headers = Headers(request.headers());
    let parent = TraceContextPropagator::new().extract(&headers);
    // A span that nobody wants has no parent either.
    let _ = span.set_parent(parent);
    span
}

struct Headers<'h>(&'h HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(axum::http::HeaderName::as_str).collect()
    }
}
