//! Bounds on what strangers can send and on how long they can take.

use std::time::Duration;

use clap::Args;
use serde::Deserialize;

use super::Seconds;

/// Declares every limit once: what it bounds, its name, its type as given and as kept, its default, its option and its variable.
macro_rules! limits {
    ($($(#[doc = $doc:literal])+ $name:ident: $given:ty => $kept:ty, $default:expr, $from:expr, $option:literal, $env:literal;)+) => {
        /// Limits as they are given; what is left out has its default.
        #[derive(Debug, Clone, Default, PartialEq, Args, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        #[command(next_help_heading = "Limits")]
        pub struct LimitOptions {
            $($(#[doc = $doc])+ #[arg(long = $option, value_name = "N", env = $env, hide_env = true)] pub $name: Option<$given>,)+
        }

        /// Limits that the server keeps to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Limits {
            $($(#[doc = $doc])+ pub $name: $kept,)+
        }

        impl Limits {
            /// The limits of a server that nobody gives others.
            pub const DEFAULT: Self = Self { $($name: $default,)+ };
        }

        impl LimitOptions {
            /// These limits, and where there is none the other's.
            pub(super) fn or(self, other: Self) -> Self {
                Self { $($name: self.$name.or(other.$name),)+ }
            }

            /// These limits, and where there is none its default.
            pub(super) fn resolve(&self) -> Limits {
                Limits { $($name: self.$name.map_or(Limits::DEFAULT.$name, $from),)+ }
            }
        }
    };
}

limits! {
    /// Connections at one time; those above it are answered 503 and closed [default: 1000]
    connections: usize => usize, 1_000, |n| n, "max-connections", "CLIO_RULES_SERVE_MAX_CONNECTIONS";
    /// Bytes of the request line and the headers of one request, at least 8192 [default: 16384]
    header_bytes: usize => usize, 16 << 10, |n: usize| n.max(8 << 10), "max-header-bytes", "CLIO_RULES_SERVE_MAX_HEADER_BYTES";
    /// Headers of one request [default: 64]
    headers: usize => usize, 64, |n| n, "max-headers", "CLIO_RULES_SERVE_MAX_HEADERS";
    /// Bytes of the body of one request [default: 1048576]
    body_bytes: usize => usize, 1 << 20, |n| n, "max-body-bytes", "CLIO_RULES_SERVE_MAX_BODY_BYTES";
    /// Levels of nesting in JSON, at most 127 [default: 64]
    depth: usize => usize, 64, |n: usize| n.min(127), "max-depth", "CLIO_RULES_SERVE_MAX_DEPTH";
    /// Items of one batch [default: 1000]
    batch_items: usize => usize, 1_000, |n| n, "max-batch-items", "CLIO_RULES_SERVE_MAX_BATCH_ITEMS";
    /// Results on one page of a search [default: 1000]
    page_results: usize => usize, 1_000, |n: usize| n.max(1), "max-page-results", "CLIO_RULES_SERVE_MAX_PAGE_RESULTS";
    /// Seconds for the headers of a request to arrive, and for the next request on a connection [default: 10]
    header_time: Seconds => Duration, Duration::from_secs(10), |it| it.0, "header-seconds", "CLIO_RULES_SERVE_HEADER_SECONDS";
    /// Seconds for the body of a request to arrive [default: 10]
    body_time: Seconds => Duration, Duration::from_secs(10), |it| it.0, "body-seconds", "CLIO_RULES_SERVE_BODY_SECONDS";
    /// Seconds for an answer to be found: long searches are cut off after them, and say so [default: 10]
    answer_time: Seconds => Duration, Duration::from_secs(10), |it| it.0, "answer-seconds", "CLIO_RULES_SERVE_ANSWER_SECONDS";
    /// Seconds for a client to take more of an answer [default: 10]
    write_time: Seconds => Duration, Duration::from_secs(10), |it| it.0, "write-seconds", "CLIO_RULES_SERVE_WRITE_SECONDS";
    /// Seconds for requests that have begun to be answered when the server stops [default: 1.5]
    stop_time: Seconds => Duration, Duration::from_millis(1_500), |it| it.0, "stop-seconds", "CLIO_RULES_SERVE_STOP_SECONDS";
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
