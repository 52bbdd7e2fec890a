//! People whom a question brings along: checked as users of a firm file, whoever else there is.

use super::built::with_entry;
use crate::finding::characters::INVISIBLE_IN_ID;
use crate::finding::{Finding, Findings, LoadError, firm as codes};
use crate::firm::assemble::Assembler;
use crate::firm::{Firm, PeopleOverlay, User};
use crate::text::character::hidden_in_id;

impl Firm {
    /// The firm as it would be if these people were so, to ask about them: [`PeopleOverlay`]. Each is taken as a whole, in the place
    /// of the user of the same id, or in addition to the others; of several with one id the last counts. Someone who is added
    /// stands on no list and in no group.
    ///
    /// What somebody may be is checked as in [`Firm::edit`], in a time that depends on these people and not on the firm.
    ///
    /// # Errors
    /// [`LoadError`] with everything that nobody can be: unknown roles and settings, a role that somebody else holds alone.
    ///
    /// ```
    /// use clio_rules::{Firm, Question, Rulebook, Seat, User};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let guest = User::new("guest").seat(Seat::new("manage").role("billing"));
    /// let overlay = firm.overlay([guest])?;
    /// assert!(overlay.answer(&Question::new("guest", "create_bill"))?.is_allowed());
    /// assert!(firm.answer(&Question::new("guest", "create_bill")).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn overlay(
        &self,
        users: impl IntoIterator<Item = User>,
    ) -> Result<PeopleOverlay<'_>, LoadError> {
        let mut findings = Findings::new();
        let mut overlay = PeopleOverlay::of(self);
        let mut assembler = Assembler::new(&self.rulebook, self.day(), None);
        // A role that seems to have no holder may be theirs.
        let mut is_missing_some = false;
        for (number, user) in (1..).zip(users) {
            let place = (number, &user);
            with_entry(
                &self.rulebook,
                place,
                &mut findings,
                |entry, findings| match entry {
                    Some(entry) => {
                        self.check_place_of(&user.id, overlay.added(), findings);
                        overlay.put(&user.id, assembler.packed(entry, findings));
                    }
                    None => is_missing_some = true,
                },
            );
        }
        overlay.check_holders(is_missing_some, &mut findings);
        if findings.has_errors() {
            return Err(LoadError::new(findings));
        }
        Ok(overlay)
    }

    /// Reports where somebody with this id cannot be added beside others.
    fn check_place_of(&self, id: &str, added: usize, findings: &mut Findings) {
        if self.roster.find(id).is_some() {
            return;
        }
        let most = self.rulebook.limits().users;
        if self.roster.len() + added >= most {
            findings.push(Finding::new(&codes::TOO_MANY_USERS, None, &[&most]));
        }
        if let Some(hidden) = hidden_in_id(id) {
            findings.push(Finding::new(&INVISIBLE_IN_ID, None, &[&hidden, &id]));
        }
        if self.things.groups.find(id).is_some() {
            findings.push(Finding::new(&codes::GROUP_TAKEN, None, &[&id]));
        }
    }
}

#[cfg(test)]
mod tests;
