//! Some of the users of a firm, chosen by their ids.

use std::sync::Arc;

use super::Firm;
use crate::finding::{AskError, error, rules as codes};

/// The users that a question lists: everybody, or those who were chosen. The others stay in the firm.
#[derive(Debug, Clone, Default)]
pub(crate) struct ChosenUsers {
    /// Their numbers, sorted; none for everybody.
    numbers: Option<Arc<[u32]>>,
}

impl ChosenUsers {
    pub(crate) fn nobody() -> Self {
        Self {
            numbers: Some(Arc::default()),
        }
    }

    /// Whether everybody is.
    pub(crate) fn is_everybody(&self) -> bool {
        self.numbers.is_none()
    }

    /// Whether a user is among them.
    pub(crate) fn has(&self, user: u32) -> bool {
        let numbers = self.numbers.as_ref();
        numbers.is_none_or(|numbers| numbers.binary_search(&user).is_ok())
    }

    /// How many of so many users.
    #[inline]
    pub(crate) fn count(&self, users: usize) -> usize {
        self.numbers.as_ref().map_or(users, |numbers| numbers.len())
    }

    /// The user at a place among them.
    #[inline]
    pub(crate) fn at(&self, place: u32) -> u32 {
        let chosen = self.numbers.as_ref();
        chosen.map_or(place, |numbers| {
            numbers.get(place as usize).copied().unwrap_or(u32::MAX)
        })
    }

    /// How many of them stand before a user.
    pub(crate) fn before(&self, user: u32) -> u32 {
        let chosen = self.numbers.as_ref();
        chosen.map_or(user, |numbers| {
            numbers.partition_point(|number| *number < user) as u32
        })
    }
}

impl Firm {
    /// The users with these ids, in the order of the firm; without ids, everybody.
    pub(crate) fn chosen<S: AsRef<str>>(
        &self,
        users: Option<&[S]>,
    ) -> Result<ChosenUsers, AskError> {
        let Some(users) = users else {
            return Ok(ChosenUsers::default());
        };
        if users.is_empty() {
            return Err(error(&codes::EMPTY_LIST, &[]).into());
        }
        let numbers = users.iter().map(|user| self.user_number(user.as_ref()));
        let mut numbers = numbers.collect::<Result<Vec<u32>, _>>()?;
        numbers.sort_unstable();
        numbers.dedup();
        Ok(ChosenUsers {
            numbers: Some(numbers.into()),
        })
    }

    /// The numbers of chosen users, those of the first `behind` users of the firm left out.
    pub(crate) fn numbers_of(
        &self,
        chosen: &ChosenUsers,
        behind: usize,
    ) -> impl Iterator<Item = u32> + use<> {
        let users = self.roster.len();
        let first = chosen.before(u32::try_from(behind.min(users)).unwrap_or(u32::MAX));
        let chosen = chosen.clone();
        (first..chosen.count(users) as u32).map(move |place| chosen.at(place))
    }
}
