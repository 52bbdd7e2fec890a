//! Pages of a long list of users.

use std::sync::Arc;

/// Takes the users of one page, at most so many, and says behind whom the next page starts where there is one.
pub(super) fn page<'u, T>(
    mut users: impl Iterator<Item = (&'u str, T)>,
    limit: Option<usize>,
    mut take: impl FnMut(Arc<str>, T),
) -> Option<Arc<str>> {
    let mut last = None;
    for (user, said) in users.by_ref().take(limit.unwrap_or(usize::MAX)) {
        let user: Arc<str> = user.into();
        last = Some(Arc::clone(&user));
        take(user, said);
    }
    last.filter(|_| users.next().is_some())
}
