//! The numbers as text.

use std::fmt::{self, Display, Write};

use super::histogram::ENDS;
use super::{Endpoint, Metrics, STATUSES};
use crate::decisions::DecisionLog;
use crate::reload::ReloadStatus;

/// The page of `/metrics`.
pub(crate) struct MetricsPage<'m> {
    pub(crate) metrics: &'m Metrics,
    pub(crate) decisions: &'m DecisionLog,
    pub(crate) reloads: Vec<&'m ReloadStatus>,
    pub(crate) tenants: usize,
}

impl Display for MetricsPage<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        head(out, "build_info", "gauge", "The version that answers.")?;
        let version = env!("CARGO_PKG_VERSION");
        writeln!(out, "clio_rules_build_info{{version=\"{version}\"}} 1")?;
        self.single_numbers(out)?;
        self.decisions(out)?;
        self.requests(out)?;
        self.seconds(out)?;
        self.reloads(out)
    }
}

impl MetricsPage<'_> {
    fn single_numbers(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (metrics, log) = (self.metrics, self.decisions.counts());
        let tenants = self.tenants as u64;
        #[rustfmt::skip]
        let rows = [
            ("tenants", "gauge", "Firms that are answered for.", tenants),
            ("connections", "gauge", "Connections that are open.", metrics.connections.get()),
            ("connections_accepted_total", "counter", "Connections that were accepted.", metrics.accepted.get()),
            ("connections_turned_away_total", "counter", "Connections above the limit.", metrics.turned_away.get()),
            ("connections_broken_total", "counter", "Connections of slow or broken clients.", metrics.broken.get()),
            ("decision_log_written_total", "counter", "Lines of the decision log.", log.written.get()),
            ("decision_log_dropped_total", "counter", "Lines that found the queue full.", log.dropped.get()),
            ("decision_log_failed_total", "counter", "Lines that could not be written.", log.failed.get()),
        ];
        for (name, kind, help, value) in rows {
            head(out, name, kind, help)?;
            writeln!(out, "clio_rules_{name} {value}")?;
        }
        Ok(())
    }

    fn decisions(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        head(out, "decisions_total", "counter", "Decisions.")?;
        let counts = [
            ("allow", &self.metrics.allowed),
            ("deny", &self.metrics.denied),
        ];
        for (decision, count) in counts {
            let count = count.get();
            writeln!(
                out,
                "clio_rules_decisions_total{{decision=\"{decision}\"}} {count}"
            )?;
        }
        Ok(())
    }

    fn requests(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        head(
            out,
            "requests_total",
            "counter",
            "Requests that were answered.",
        )?;
        for (endpoint, counts) in Endpoint::ALL.iter().zip(&self.metrics.requests) {
            for (status, count) in STATUSES
                .iter()
                .zip(counts)
                .filter(|(_, count)| count.get() > 0)
            {
                let label = endpoint.label();
                let status: &dyn Display = if *status == 0 { &"other" } else { status };
                writeln!(
                    out,
                    "clio_rules_requests_total{{endpoint=\"{label}\",status=\"{status}\"}} {}",
                    count.get()
                )?;
            }
        }
        Ok(())
    }

    fn seconds(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        head(
            out,
            "request_seconds",
            "histogram",
            "How long answers took, with the arrival of the body.",
        )?;
        for (endpoint, histogram) in Endpoint::ALL.iter().zip(&self.metrics.seconds) {
            let (up_to, total) = histogram.totals();
            if total == 0 {
                continue;
            }
            let label = endpoint.label();
            for (end, count) in ENDS.iter().zip(up_to) {
                let end = Seconds(*end);
                writeln!(
                    out,
                    "clio_rules_request_seconds_bucket{{endpoint=\"{label}\",le=\"{end}\"}} {count}"
                )?;
            }
            writeln!(
                out,
                "clio_rules_request_seconds_bucket{{endpoint=\"{label}\",le=\"+Inf\"}} {total}"
            )?;
            let sum = Seconds(histogram.microseconds());
            writeln!(
                out,
                "clio_rules_request_seconds_sum{{endpoint=\"{label}\"}} {sum}"
            )?;
            writeln!(
                out,
                "clio_rules_request_seconds_count{{endpoint=\"{label}\"}} {total}"
            )?;
        }
        Ok(())
    }

    fn reloads(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        type Read = fn(&ReloadStatus) -> u64;
        let rows: [(&str, &str, &str, Read); 3] = [
            (
                "reloads_total",
                "counter",
                "Changes that were swapped in.",
                ReloadStatus::reloads,
            ),
            (
                "reload_failures_total",
                "counter",
                "Changes that were refused.",
                ReloadStatus::failures,
            ),
            (
                "reload_failed",
                "gauge",
                "1 where the files are wrong and the last good set answers.",
                |status| u64::from(status.failure().is_some()),
            ),
        ];
        for (name, kind, help, read) in rows {
            head(out, name, kind, help)?;
            for status in &self.reloads {
                // Names of tenants are letters, digits, `-`, `_` and `.`: nothing to escape.
                let tenant = status.tenant.as_deref().unwrap_or_default();
                let of = status.kind;
                writeln!(
                    out,
                    "clio_rules_{name}{{of=\"{of}\",tenant=\"{tenant}\"}} {}",
                    read(status)
                )?;
            }
        }
        Ok(())
    }
}

/// Microseconds, written as seconds.
struct Seconds(u64);

impl Display for Seconds {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{:06}", self.0 / 1_000_000, self.0 % 1_000_000)
    }
}

fn head(out: &mut impl Write, name: &str, kind: &str, help: &str) -> fmt::Result {
    writeln!(
        out,
        "# HELP clio_rules_{name} {help}\n# TYPE clio_rules_{name} {kind}"
    )
}
