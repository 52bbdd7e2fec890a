//! Pages of a long list of users.

use std::sync::Arc;

use crate::finding::AskError;
use crate::protocol::world::World;

/// A page of the users of a firm.
#[derive(Clone, Copy)]
pub(super) struct UserPage {
    /// The number of users before it.
    pub(super) behind: usize,
    limit: usize,
}

impl UserPage {
    /// The page after a user, with a limit of users. Without them, all users.
    pub(super) fn of(
        world: &World<'_>,
        after: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Self, AskError> {
        let after = after.map(|after| world.firm().user_number(after));
        Ok(Self::behind(after.transpose()?, limit))
    }

    /// The page after a number in the list, with a limit. Without them, everything.
    pub(super) fn behind(after: Option<u32>, limit: Option<usize>) -> Self {
        Self {
            behind: after.map_or(0, |number| number as usize + 1),
            limit: limit.unwrap_or(usize::MAX),
        }
    }

    /// Hands over the users of the page. `users` are all from its start on. Returns the last one if another page follows.
    pub(super) fn take<'u, T>(
        self,
        mut users: impl Iterator<Item = (&'u str, T)>,
        mut take: impl FnMut(Arc<str>, T),
    ) -> Option<Arc<str>> {
        let mut last = None;
        for (user, row) in users.by_ref().take(self.limit) {
            let user: Arc<str> = user.into();
            last = Some(Arc::clone(&user));
            take(user, row);
        }
        last.filter(|_| users.next().is_some())
    }
}
