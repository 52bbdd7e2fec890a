//! Whom an answer lists: users by their ids, from the command line or from a file.

use std::ffi::OsString;

use clap::Args;

use super::completion::{IdKind, ids};
use super::failure::CommandFailure;
use super::files::FileArg;

/// Whom an answer lists.
#[derive(Debug, Args)]
pub(crate) struct OnlyArgs {
    /// Lists only these users, by id, with commas between them; @FILE has an id on each line, @- is standard input. The firm stays whole
    #[arg(long, value_name = "IDS", value_delimiter = ',', add = ids(IdKind::User))]
    only: Vec<String>,
}

impl OnlyArgs {
    /// The files that ids stand in.
    pub(crate) fn files(&self) -> impl Iterator<Item = FileArg> {
        let files = self.only.iter().filter_map(|word| word.strip_prefix('@'));
        files.map(|file| OsString::from(file).into())
    }

    /// The ids from a file as an end of standard input.
    pub(crate) fn end(&self) -> (&'static str, bool) {
        ("the ids", self.files().any(|file| file.is_standard()))
    }

    /// The ids; none for everybody.
    pub(crate) fn ids(&self) -> Result<Option<Vec<String>>, CommandFailure> {
        if self.only.is_empty() {
            return Ok(None);
        }
        let is_file = |word: &&String| word.starts_with('@');
        let named = self.only.iter().filter(|word| !is_file(word));
        let mut ids: Vec<String> = named.cloned().collect();
        for file in self.files() {
            ids.extend(file.ids()?);
        }
        Ok(Some(ids))
    }
}
