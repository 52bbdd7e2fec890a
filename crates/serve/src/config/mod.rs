//! With what the server starts: options, environment variables and a file say the same things.

mod choices;
mod error;
mod file;
mod limits;
mod options;
mod settings;

pub use choices::{LogFormat, LogLevel, ReadingChoice, Seconds};
pub use error::ConfigError;
pub(crate) use file::{of_text, read};
pub use limits::{LimitOptions, Limits};
pub use options::{Options, TenantOptions};
pub use settings::{DecisionLogSettings, LogTarget, Settings, TlsFiles};

#[cfg(test)]
mod tests;
