//! The file of keys.

use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::{Client, KeysError, Right};
use crate::config;

/// Keys of a file. Each request is compared with all of them.
const MOST: usize = 1_000;

/// All keys, kept as hashes.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    keys: Vec<KnownKey>,
}

#[derive(Debug, Clone)]
struct KnownKey {
    hash: [u8; 32],
    client: Arc<Client>,
}

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    keys: Vec<KeyEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyEntry {
    name: String,
    hash: String,
    may: Vec<Right>,
    tenants: Option<Vec<String>>,
}

impl Keys {
    /// Reads a file of keys.
    ///
    /// # Errors
    /// [`KeysError`] with the first thing that is wrong.
    pub fn from_file(path: &Path) -> Result<Self, KeysError> {
        Self::of(config::read(path)?)
    }

    /// Reads the text of a file of keys.
    ///
    /// # Errors
    /// [`KeysError`] with the first thing that is wrong.
    pub fn from_text(name: &str, text: &str) -> Result<Self, KeysError> {
        Self::of(config::of_text(name, text)?)
    }

    fn of(file: KeyFile) -> Result<Self, KeysError> {
        if file.keys.is_empty() {
            return Err(KeysError::Empty);
        }
        if file.keys.len() > MOST {
            return Err(KeysError::TooMany(file.keys.len(), MOST));
        }
        let mut keys: Vec<KnownKey> = Vec::new();
        for entry in file.keys {
            let Some(hash) = entry.hash.strip_prefix("sha256:").and_then(bytes) else {
                return Err(KeysError::Hash(entry.name));
            };
            if keys.iter().any(|key| key.client.name == entry.name) {
                return Err(KeysError::Twice(entry.name));
            }
            if let Some(same) = keys.iter().find(|key| key.hash == hash) {
                return Err(KeysError::SameKey(same.client.name.clone(), entry.name));
            }
            let client = Client {
                name: entry.name,
                may: entry.may,
                tenants: entry.tenants,
            };
            keys.push(KnownKey {
                hash,
                client: Arc::new(client),
            });
        }
        Ok(Self { keys })
    }

    /// The client that a key belongs to. All keys are compared, each in the same time, whatever the key is.
    pub fn client(&self, key: &[u8]) -> Option<&Arc<Client>> {
        let hash = hash(key);
        let mut client = None;
        for known in &self.keys {
            if bool::from(known.hash.ct_eq(&hash)) {
                client = Some(&known.client);
            }
        }
        client
    }
}

/// A key as it is kept.
pub(super) fn hash(key: &[u8]) -> [u8; 32] {
    Sha256::digest(key).into()
}

/// The bytes of 64 hexadecimal digits.
fn bytes(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let is_hexadecimal = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    is_hexadecimal.then_some(bytes)
}
