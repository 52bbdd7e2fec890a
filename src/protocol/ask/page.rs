//! Pages of a long list of users.

use std::sync::Arc;

use crate::finding::AskError;
use crate::protocol::world::World;

/// A page of the users of a firm.
#[derive(Clone, Copy)]
pub(super) struct UserPage {
    /// How many users stand in front of it.
    pub(super) behind: usize,
    limit: usize,
}

impl UserPage {
    /// The page that follows a user, with at most so many users; without these, all of them.
    pub(super) fn of(
        world: &World<'_>,
        after: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Self, AskError> {
        let after = after.map(|after| world.firm().user_number(after));
        Ok(Self {
            behind: after.transpose()?.map_or(0, |number| number as usize + 1),
            limit: limit.unwrap_or(usize::MAX),
        })
    }

    /// Takes the users of the page, of all those from its start, and says behind whom the next page starts where there is one.
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
