//! Handles of users: ids resolved once, for hot loops.

use std::num::NonZeroU32;

use super::Firm;
use crate::finding::AskError;

/// A user of a firm, resolved once. Changes to the firm keep it valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UserHandle {
    pub(crate) stamp: NonZeroU32,
    pub(crate) number: u32,
}

impl UserHandle {
    /// Whether the handle comes from this firm, or from an earlier or later state of it.
    pub(crate) fn is_of(self, firm: &Firm) -> bool {
        self.stamp == firm.roster.stamp()
    }
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
        let [stamp, _] = self.tables.stamps;
        let number = u32::try_from(position)
            .ok()
            .filter(|_| position < self.tables.users())?;
        Some(UserHandle { stamp, number })
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
        let [stamp, _] = self.tables.stamps;
        let number = self.roster.find(id)?;
        Some(UserHandle { stamp, number })
    }

    /// Looks a user up.
    ///
    /// # Errors
    /// [`AskError`] when nobody has this id. Its help names the nearest one, which is searched for when the help is read.
    pub fn user(&self, id: &str) -> Result<UserHandle, AskError> {
        Ok(UserHandle {
            stamp: self.roster.stamp(),
            number: self.user_number(id)?,
        })
    }
}
