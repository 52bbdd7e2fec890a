//! Options as they are given: on the command line, in the environment, in a file.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;
use serde::Deserialize;

use super::{LimitOptions, LogFormat, LogLevel, ReadingChoice};

/// The end of the help.
const EXAMPLES: &str = "\
Each option is also a key of the file (`public_url` for `--public-url`; limits stand under `limits:`, by the names that docs/server.md \
lists) and a variable (CLIO_RULES_SERVE_PUBLIC_URL). An option goes before a variable, and a variable before the file.

Examples:
  clio-rules-serve
      the built-in rules and example firm, for this computer alone
  clio-rules-serve --rules rules --firm firm.yaml
      your own; each change of a file is checked, tested and swapped in
  clio-rules-serve --new-key billing
      makes a key and prints the lines for the file of keys
  clio-rules-serve --rules rules --firm firm.yaml --listen 0.0.0.0:8443 \\
      --tls-cert cert.pem --tls-key key.pem --keys keys.yaml --public-url https://pdp.example.com
      for other computers, with TLS and keys
  clio-rules-serve --config server.yaml --check
      says what is wrong, and starts nothing

Ask:
  curl -s http://127.0.0.1:8181/access/v1/evaluation -H 'Content-Type: application/json' -d \\
      '{\"subject\": {\"type\": \"user\", \"id\": \"wren\"}, \"action\": {\"name\": \"create_bill\"}, \"resource\": {\"type\": \"product\", \"id\": \"manage\"}}'";

/// Answers over HTTP who may do what
#[derive(Debug, Clone, Default, Parser, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[command(name = "clio-rules-serve", version, after_help = EXAMPLES)]
pub struct Options {
    /// Folder of rule files and scripts [default: the built-in rules]
    #[arg(
        long,
        value_name = "DIR",
        env = "CLIO_RULES_SERVE_RULES",
        hide_env = true
    )]
    pub rules: Option<PathBuf>,
    /// Firm file [default: the built-in example firm]
    #[arg(
        long,
        value_name = "FILE",
        env = "CLIO_RULES_SERVE_FIRM",
        hide_env = true
    )]
    pub firm: Option<PathBuf>,
    /// Chooses a reading (may be repeated; with commas in the variable)
    #[arg(
        long,
        value_name = "NAME=true|false",
        value_delimiter = ',',
        env = "CLIO_RULES_SERVE_READING",
        hide_env = true
    )]
    #[serde(deserialize_with = "ReadingChoice::read_map")]
    pub reading: Vec<ReadingChoice>,
    /// Folder of tests that new rules and firms have to pass [default: `fixtures` beside the folder of rules, where it is]
    #[arg(
        long,
        value_name = "DIR",
        env = "CLIO_RULES_SERVE_FIXTURES",
        hide_env = true
    )]
    pub fixtures: Option<PathBuf>,
    /// Takes rules and firms without running tests
    #[arg(
        long,
        conflicts_with = "fixtures",
        env = "CLIO_RULES_SERVE_NO_FIXTURES",
        hide_env = true
    )]
    pub no_fixtures: bool,
    /// Address to listen on [default: 127.0.0.1:8181]
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "CLIO_RULES_SERVE_LISTEN",
        hide_env = true
    )]
    pub listen: Option<SocketAddr>,
    /// How clients reach the server, for the URLs that it tells [default: the address that it listens on]
    #[arg(
        long,
        value_name = "URL",
        env = "CLIO_RULES_SERVE_PUBLIC_URL",
        hide_env = true
    )]
    pub public_url: Option<String>,
    /// Certificate chain for TLS, as PEM
    #[arg(
        long,
        value_name = "FILE",
        requires = "tls_key",
        env = "CLIO_RULES_SERVE_TLS_CERT",
        hide_env = true
    )]
    pub tls_cert: Option<PathBuf>,
    /// Private key for TLS, as PEM
    #[arg(
        long,
        value_name = "FILE",
        env = "CLIO_RULES_SERVE_TLS_KEY",
        hide_env = true
    )]
    pub tls_key: Option<PathBuf>,
    /// File of the keys that clients show, each with what it may ask
    #[arg(
        long,
        value_name = "FILE",
        env = "CLIO_RULES_SERVE_KEYS",
        hide_env = true
    )]
    pub keys: Option<PathBuf>,
    /// Listens for other computers without TLS: whoever is between can read keys, questions and answers
    #[arg(long, env = "CLIO_RULES_SERVE_INSECURE_NO_TLS", hide_env = true)]
    pub insecure_no_tls: bool,
    /// Listens for other computers without keys: whoever reaches the address can ask everything
    #[arg(long, env = "CLIO_RULES_SERVE_INSECURE_NO_KEYS", hide_env = true)]
    pub insecure_no_keys: bool,
    /// Type of subjects that are users of the firm (may be repeated; with commas in the variable) [default: user]
    #[arg(
        long,
        value_name = "TYPE",
        value_delimiter = ',',
        env = "CLIO_RULES_SERVE_SUBJECT_TYPE",
        hide_env = true
    )]
    pub subject_type: Vec<String>,
    /// Decisions say why in their `context`, where a request does not choose
    #[arg(long, env = "CLIO_RULES_SERVE_REASONS", hide_env = true)]
    pub reasons: bool,
    /// Takes access requests, after a draft profile: denials say which permitted changes could turn them, and approved ones are written into the firm file
    #[arg(long, env = "CLIO_RULES_SERVE_ACCESS_REQUESTS", hide_env = true)]
    pub access_requests: bool,
    /// Writes each decision as a line of JSON to a file, or to standard output with `-`
    #[arg(
        long,
        value_name = "FILE",
        env = "CLIO_RULES_SERVE_DECISION_LOG",
        hide_env = true
    )]
    pub decision_log: Option<PathBuf>,
    /// Which share of the requests the decision log has, from 0 to 1 [default: 1]
    #[arg(
        long,
        value_name = "SHARE",
        env = "CLIO_RULES_SERVE_DECISION_LOG_SHARE",
        hide_env = true
    )]
    pub decision_log_share: Option<f64>,
    /// Serves no page to look at
    #[arg(long, env = "CLIO_RULES_SERVE_NO_PAGE", hide_env = true)]
    pub no_page: bool,
    /// How the log of the program is written [default: text]
    #[arg(
        long,
        value_name = "FORMAT",
        env = "CLIO_RULES_SERVE_LOG_FORMAT",
        hide_env = true
    )]
    pub log_format: Option<LogFormat>,
    /// From which weight on the log of the program is written [default: info]
    #[arg(
        long,
        value_name = "LEVEL",
        env = "CLIO_RULES_SERVE_LOG_LEVEL",
        hide_env = true
    )]
    pub log_level: Option<LogLevel>,
    /// Threads that answer [default: one for each core]
    #[arg(
        long,
        value_name = "N",
        env = "CLIO_RULES_SERVE_THREADS",
        hide_env = true
    )]
    pub threads: Option<usize>,
    /// Tenants under `/t/NAME`, each with one firm; only in the file.
    #[arg(skip)]
    pub tenants: BTreeMap<String, TenantOptions>,
    /// File with these options, and with tenants
    #[arg(
        long,
        value_name = "FILE",
        env = "CLIO_RULES_SERVE_CONFIG",
        hide_env = true
    )]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Loads everything, says what is wrong, and stops
    #[arg(long)]
    #[serde(skip)]
    pub check: bool,
    /// Makes a key for a client of this name and stops: prints the key once, and the lines for the file of keys
    #[arg(long, value_name = "NAME")]
    #[serde(skip)]
    pub new_key: Option<String>,
    /// Limits on clients.
    #[command(flatten)]
    pub limits: LimitOptions,
}

/// A tenant of the file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TenantOptions {
    /// Folder of rule files and scripts; none for the built-in rules.
    pub rules: Option<PathBuf>,
    /// Firm file; none for the built-in example firm.
    pub firm: Option<PathBuf>,
    /// Readings that are chosen.
    #[serde(deserialize_with = "ReadingChoice::read_map")]
    pub reading: Vec<ReadingChoice>,
    /// Folder of tests that new rules and firms have to pass.
    pub fixtures: Option<PathBuf>,
    /// Takes rules and firms without running tests.
    pub no_fixtures: bool,
}

impl Options {
    /// These options, and where there is none the other's.
    #[must_use]
    pub(super) fn or(self, other: Self) -> Self {
        let reading = if self.reading.is_empty() {
            other.reading
        } else {
            self.reading
        };
        let fixtures_chosen = self.fixtures.is_some() || self.no_fixtures;
        let other_fixtures = other.fixtures.filter(|_| !fixtures_chosen);
        Self {
            rules: self.rules.or(other.rules),
            firm: self.firm.or(other.firm),
            reading,
            no_fixtures: self.no_fixtures || (other.no_fixtures && !fixtures_chosen),
            fixtures: self.fixtures.or(other_fixtures),
            listen: self.listen.or(other.listen),
            public_url: self.public_url.or(other.public_url),
            tls_cert: self.tls_cert.or(other.tls_cert),
            tls_key: self.tls_key.or(other.tls_key),
            keys: self.keys.or(other.keys),
            insecure_no_tls: self.insecure_no_tls || other.insecure_no_tls,
            insecure_no_keys: self.insecure_no_keys || other.insecure_no_keys,
            subject_type: if self.subject_type.is_empty() {
                other.subject_type
            } else {
                self.subject_type
            },
            reasons: self.reasons || other.reasons,
            access_requests: self.access_requests || other.access_requests,
            decision_log: self.decision_log.or(other.decision_log),
            decision_log_share: self.decision_log_share.or(other.decision_log_share),
            no_page: self.no_page || other.no_page,
            log_format: self.log_format.or(other.log_format),
            log_level: self.log_level.or(other.log_level),
            threads: self.threads.or(other.threads),
            limits: self.limits.or(other.limits),
            tenants: if self.tenants.is_empty() {
                other.tenants
            } else {
                self.tenants
            },
            config: self.config,
            check: self.check,
            new_key: self.new_key,
        }
    }

    /// Paths of a file begin at its folder.
    #[must_use]
    pub(super) fn beside(mut self, folder: &std::path::Path) -> Self {
        let own = [
            &mut self.rules,
            &mut self.firm,
            &mut self.fixtures,
            &mut self.tls_cert,
            &mut self.tls_key,
            &mut self.keys,
        ];
        let tenants = self.tenants.values_mut();
        let theirs = tenants.flat_map(|it| [&mut it.rules, &mut it.firm, &mut it.fixtures]);
        for path in own.into_iter().chain(theirs).flatten() {
            *path = folder.join(&*path);
        }
        if let Some(log) = self
            .decision_log
            .as_mut()
            .filter(|log| log.as_os_str() != "-")
        {
            *log = folder.join(&*log);
        }
        self
    }
}
