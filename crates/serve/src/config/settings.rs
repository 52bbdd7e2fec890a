//! Options with everything that follows from them.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use super::{ConfigError, Limits, LogFormat, LogLevel, Options, TenantOptions};
use crate::authzen::AuthzenOptions;
use crate::reload::TenantSource;

/// What the server runs with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// How clients reach the server, without a slash at the end; none where it is the address.
    pub public_url: Option<String>,
    /// Certificate and key.
    pub tls: Option<TlsFiles>,
    /// The file of keys.
    pub keys: Option<PathBuf>,
    /// The types of subjects that are users of the firm.
    pub subject_types: Vec<String>,
    /// Whether decisions say why, where a request does not choose.
    pub reasons: bool,
    /// Whether access requests are taken.
    pub access_requests: bool,
    /// Where decisions are written.
    pub decision_log: Option<DecisionLogSettings>,
    /// Whether the page is served.
    pub page: bool,
    /// How the log is written.
    pub log_format: LogFormat,
    /// How much is written into it.
    pub log_level: LogLevel,
    /// Threads that answer.
    pub threads: Option<usize>,
    /// Limits on clients.
    pub limits: Limits,
    /// The tenant without a name, and those with names.
    pub tenants: Vec<(Option<String>, TenantSource)>,
    /// Whether to stop when everything is loaded.
    pub check: bool,
}

/// The files of TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// Certificate chain.
    pub cert: PathBuf,
    /// Private key.
    pub key: PathBuf,
}

/// Where decisions are written.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionLogSettings {
    /// To what.
    pub target: LogTarget,
    /// Which share of the requests.
    pub share: f64,
}

/// Where lines go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogTarget {
    /// Standard output.
    Stdout,
    /// The end of a file.
    File(PathBuf),
}

impl LogTarget {
    fn of(path: PathBuf) -> Self {
        if path.as_os_str() == "-" {
            Self::Stdout
        } else {
            Self::File(path)
        }
    }
}

impl Settings {
    /// Reads the file that the options name, and checks everything that can be checked without loading.
    ///
    /// # Errors
    /// [`ConfigError`] with the first thing that is wrong.
    pub fn resolve(options: Options) -> Result<Self, ConfigError> {
        let file = options
            .config
            .as_deref()
            .map(Options::from_file)
            .transpose()?;
        let options = options.or(file.unwrap_or_default());
        let loopback = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8181);
        let listen = options.listen.unwrap_or(loopback);
        protected(listen, &options)?;
        let share = options.decision_log_share.unwrap_or(1.0);
        if !(0.0..=1.0).contains(&share) {
            return Err(ConfigError::Share(share));
        }
        let tls = match (&options.tls_cert, &options.tls_key) {
            (Some(cert), Some(key)) => Some(TlsFiles {
                cert: cert.clone(),
                key: key.clone(),
            }),
            (None, None) => None,
            _ => return Err(ConfigError::HalfTls),
        };
        Ok(Self {
            listen,
            public_url: options.public_url.as_deref().map(public_url).transpose()?,
            tls,
            keys: options.keys.clone(),
            decision_log: options
                .decision_log
                .clone()
                .map(|path| DecisionLogSettings {
                    target: LogTarget::of(path),
                    share,
                }),
            subject_types: subject_types(&options),
            reasons: options.reasons,
            access_requests: options.access_requests,
            page: !options.no_page,
            log_format: options.log_format.unwrap_or_default(),
            log_level: options.log_level.unwrap_or_default(),
            threads: options.threads,
            limits: options.limits.resolve(),
            tenants: tenants(&options)?,
            check: options.check,
        })
    }
}

/// Other computers reach the address only over TLS and with keys, unless somebody says that they need neither.
fn protected(address: SocketAddr, options: &Options) -> Result<(), ConfigError> {
    if address.ip().is_loopback() {
        return Ok(());
    }
    let unprotected = |wanted, word| ConfigError::Unprotected {
        address,
        wanted,
        word,
    };
    if options.tls_cert.is_none() && !options.insecure_no_tls {
        return Err(unprotected("--tls-cert and --tls-key", "--insecure-no-tls"));
    }
    if options.keys.is_none() && !options.insecure_no_keys {
        return Err(unprotected("--keys", "--insecure-no-keys"));
    }
    Ok(())
}

fn subject_types(options: &Options) -> Vec<String> {
    if options.subject_type.is_empty() {
        AuthzenOptions::default().subject_types
    } else {
        options.subject_type.clone()
    }
}

/// A URL as clients use it, without the slash at its end.
fn public_url(url: &str) -> Result<String, ConfigError> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let is_url = rest.is_some_and(|rest| {
        let is_sound = |byte: u8| byte.is_ascii_graphic() && !b"?#\"\\<>@`{}|^".contains(&byte);
        !rest.is_empty() && !rest.starts_with('/') && rest.bytes().all(is_sound)
    });
    if is_url {
        Ok(url.trim_end_matches('/').to_owned())
    } else {
        Err(ConfigError::PublicUrl(url.to_owned()))
    }
}

/// The tenants: one without a name unless only named ones are given, and those of the file.
fn tenants(options: &Options) -> Result<Vec<(Option<String>, TenantSource)>, ConfigError> {
    let own = TenantOptions {
        rules: options.rules.clone(),
        firm: options.firm.clone(),
        reading: options.reading.clone(),
        fixtures: options.fixtures.clone(),
        no_fixtures: options.no_fixtures,
    };
    let has_own = own.rules.is_some() || own.firm.is_some() || options.tenants.is_empty();
    let limits = options.limits.resolve();
    let mut tenants = Vec::new();
    if has_own {
        tenants.push((None, TenantSource::new(own, &limits)));
    }
    for (name, tenant) in &options.tenants {
        let is_sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let fits =
            (1..=64).contains(&name.len()) && name.bytes().all(is_sound) && !name.starts_with('.');
        if !fits {
            return Err(ConfigError::TenantName(name.clone()));
        }
        tenants.push((
            Some(name.clone()),
            TenantSource::new(tenant.clone(), &limits),
        ));
    }
    Ok(tenants)
}
