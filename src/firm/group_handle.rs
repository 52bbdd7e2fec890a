//! Groups of people by id and by handle.

use std::num::NonZeroU32;
use std::sync::Arc;

use super::Firm;
use crate::finding::{AskError, error, foreign, names as unknown};
use crate::name::nearest::KnownName;

/// A group of a firm, resolved once. It stays valid in every state of the firm that follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GroupHandle {
    /// The stamp of the things and groups of its firm.
    stamp: NonZeroU32,
    number: u32,
}

impl GroupHandle {
    pub(crate) fn stamp(self) -> NonZeroU32 {
        self.stamp
    }

    pub(crate) fn number(self) -> u32 {
        self.number
    }
}

impl Firm {
    /// How many groups of people there are.
    pub fn group_count(&self) -> usize {
        self.things.groups.len()
    }

    /// Ids of the groups, in the order of the firm file.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// assert!(firm.groups().any(|group| group == "litigation"));
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        self.things.groups.iter().map(|(id, _)| id)
    }

    /// Looks a group up.
    ///
    /// # Errors
    /// [`AskError`] when no group has this id. Its help names the nearest one.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// assert!(firm.group("litigation").is_ok());
    /// let unknown = firm.group("litigatoin").unwrap_err();
    /// assert_eq!(unknown.help(), Some("did you mean `litigation`?"));
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn group(&self, id: &str) -> Result<GroupHandle, AskError> {
        let number = self.group_number(id)?;
        Ok(GroupHandle {
            stamp: self.things.stamp,
            number,
        })
    }

    /// The number of the group with this id.
    pub(crate) fn group_number(&self, id: &str) -> Result<u32, AskError> {
        let number = self.things.groups.find(id);
        number.ok_or_else(|| self.unknown_group(id))
    }

    /// The number of a handle's group.
    pub(crate) fn group_of(&self, group: GroupHandle) -> Result<u32, AskError> {
        let is_ours = self.things.has_stamp(group.stamp);
        is_ours
            .then_some(group.number)
            .ok_or_else(|| foreign("firm"))
    }

    #[cold]
    pub(crate) fn unknown_group(&self, id: &str) -> AskError {
        let things = Arc::clone(&self.things);
        let known = move || {
            KnownName::new(move |look| things.groups.iter().map(|(id, _)| id).try_for_each(look))
        };
        error(&unknown::UNKNOWN_GROUP, &[&id])
            .with_nearest_of(id, known)
            .into()
    }
}
