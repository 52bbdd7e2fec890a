//! New keys.

use super::KeysError;
use super::file::hash;
use crate::reload::hex;

/// A key that was just made.
#[derive(Debug)]
pub struct NewKey {
    /// The key, which nobody can find out again.
    pub key: String,
    /// The lines for the file of keys.
    pub lines: String,
}

/// Makes a key for a client of this name.
///
/// # Errors
/// [`KeysError::Random`] when the system gives no random bytes.
pub fn new_key(name: &str) -> Result<NewKey, KeysError> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(KeysError::Random)?;
    // The first letters say what it is, to people and to programs that look for secrets in texts.
    let key = format!("clio_rules_{}", hex(&random));
    let hash = hex(&hash(key.as_bytes()));
    let name = serde_json::Value::from(name);
    let lines = format!("  - name: {name}\n    hash: sha256:{hash}\n    may: [evaluate, search]\n");
    Ok(NewKey { key, lines })
}
