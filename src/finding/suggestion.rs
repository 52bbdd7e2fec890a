//! The nearest existing name. The search runs when somebody reads the help.

use std::sync::OnceLock;

use super::code;
use crate::name::nearest::{KnownName, STEPS, is_beyond};

/// A search for the nearest name, which runs when its result is first read.
#[derive(Debug, Clone)]
pub(super) struct Suggestion {
    name: String,
    known: KnownName,
    /// The help that the search found.
    help: OnceLock<Option<String>>,
}

impl Suggestion {
    /// A search for a name among known ones; none where the name is too long to be near any.
    pub(super) fn of(name: &str, known: impl FnOnce() -> KnownName) -> Option<Self> {
        (!is_beyond(name)).then(|| Self {
            name: name.to_owned(),
            known: known(),
            help: OnceLock::new(),
        })
    }

    /// Whether the search has not run yet.
    pub(super) fn awaits_search(&self) -> bool {
        self.help.get().is_none()
    }

    /// The help that names the nearest name. The first call runs the search, in at most `steps` steps.
    pub(super) fn help(&self, steps: &mut usize) -> Option<&str> {
        let help = self.help.get_or_init(|| {
            let most = STEPS.min(*steps);
            let mut left = most;
            let near = self.known.nearest(&self.name, &mut left);
            *steps -= most - left;
            near.map(|near| code::help_line(&did_you_mean(&near)))
        });
        help.as_deref()
    }
}

/// The help that names the nearest name.
pub(super) fn did_you_mean(near: &str) -> String {
    format!("did you mean `{near}`?")
}
