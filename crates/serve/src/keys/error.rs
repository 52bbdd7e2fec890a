//! What is wrong with a file of keys.

use crate::config::ConfigError;

/// Why a file of keys is not taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeysError {
    /// It cannot be read.
    #[error("{0}")]
    File(#[from] ConfigError),
    /// A hash that is none.
    #[error(
        "the hash of `{0}` is not `sha256:` and 64 hexadecimal digits; `--new-key NAME` makes a key with its hash"
    )]
    Hash(String),
    /// Two clients with one name.
    #[error("two keys are called `{0}`")]
    Twice(String),
    /// Two clients with one key.
    #[error("`{0}` and `{1}` have the same key")]
    SameKey(String, String),
    /// More keys than are compared for each request.
    #[error("{0} keys are more than the limit of {1}")]
    TooMany(usize, usize),
    /// A file without keys, in which nobody could ask anything.
    #[error("there is no key in the file")]
    Empty,
    /// The system gives no random bytes.
    #[error("no random bytes: {0}")]
    Random(getrandom::Error),
}
