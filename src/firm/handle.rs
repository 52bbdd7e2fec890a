//! Handles of users: ids resolved once, for hot loops.

use std::num::NonZeroU32;

use super::Firm;
use crate::finding::{AskError, SubjectRole, ask as codes, error, foreign};

/// A user of a firm, resolved once.
///
/// A handle stays valid in every state that follows, by [changes](Firm::after) and [edits](Firm::edit) alike, and is the same in all
/// of them. Where its user was removed, or is not there yet, there is no answer but an [`AskError`] with the code `not-in-state`. A
/// firm that is loaded again is another firm, whose users have other handles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UserHandle {
    pub(crate) stamp: NonZeroU32,
    /// A number that stays with the user: the position, for users whom the firm began with while all of them are there.
    pub(crate) serial: u32,
}

impl Firm {
    /// The user at a position, counted from 0 as [`Firm::users`] counts; none beyond the last. It compares no names.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// let first = firm.users().next().expect("somebody works here");
    /// assert_eq!(firm.user_at(0), firm.user(first).ok());
    /// assert_eq!(firm.user_at(firm.users().count()), None);
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    #[inline]
    pub fn user_at(&self, position: usize) -> Option<UserHandle> {
        let position = u32::try_from(position).ok();
        self.handle_of(position.filter(|position| (*position as usize) < self.tables.users())?)
    }

    /// The user with this id; none when nobody has it. No error is made, so that an unknown id costs no more than a known one:
    /// this is for programs that do not show errors.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// assert_eq!(firm.find_user("wren"), firm.user("wren").ok());
    /// assert_eq!(firm.find_user("nobody"), None);
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    #[inline]
    pub fn find_user(&self, id: &str) -> Option<UserHandle> {
        self.handle_of(self.roster.find(id)?)
    }

    /// Looks a user up.
    ///
    /// # Errors
    /// [`AskError`] when nobody has this id. Its help names the nearest one, which is searched for when the help is read.
    pub fn user(&self, id: &str) -> Result<UserHandle, AskError> {
        self.find_user(id).ok_or_else(|| self.unknown_user(id))
    }

    /// The id of a handle's user.
    ///
    /// # Errors
    /// [`AskError`] when the handle belongs to another firm, or its user is not there.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// assert_eq!(firm.id_of(firm.user("wren")?)?, "wren");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn id_of(&self, user: UserHandle) -> Result<&str, AskError> {
        Ok(self.roster.id(self.number_of(user, SubjectRole::User)?))
    }

    #[inline]
    fn handle_of(&self, position: u32) -> Option<UserHandle> {
        let stamp = self.roster.stamp();
        let serial = self.roster.serial(position)?;
        Some(UserHandle { stamp, serial })
    }

    /// The position of a handle's user, who is this in the request.
    #[inline]
    pub(crate) fn number_of(&self, user: UserHandle, role: SubjectRole) -> Result<u32, AskError> {
        let number = self.position_of(user);
        number.ok_or_else(|| self.no_such_user(user, role))
    }

    /// The position of a handle's user; none of another firm, and where they are not there.
    #[inline]
    pub(crate) fn position_of(&self, user: UserHandle) -> Option<u32> {
        let is_ours = user.stamp == self.roster.stamp();
        is_ours.then(|| self.roster.position(user.serial)).flatten()
    }

    #[cold]
    fn no_such_user(&self, user: UserHandle, role: SubjectRole) -> AskError {
        if user.stamp == self.roster.stamp() {
            AskError::from(error(&codes::NOT_IN_STATE, &[])).about(role)
        } else {
            foreign("firm").about(role)
        }
    }
}
