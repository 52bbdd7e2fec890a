//! Applying: a verdict takes effect only in the state of the firm in which it was given.

use super::request::{Bulk, Change};
use super::verdict::Verdict;
use crate::finding::{AskError, Finding, ask as codes};
use crate::firm::Firm;

/// The result of a change that was judged and applied in one step.
#[derive(Debug, Clone)]
pub struct AppliedChange {
    /// Whether it was accepted, why, and what follows.
    pub verdict: Verdict,
    /// The firm afterwards. After a rejection it is the same firm in the same state.
    pub firm: Firm,
}

impl Firm {
    /// Validates one change, and applies it if it is accepted.
    ///
    /// # Errors
    /// [`AskError`] when the change cannot be asked. An error is never a rejection.
    ///
    /// ```
    /// use clio_rules::{AppliedChange, Change, Firm, Rulebook};
    ///
    /// let mut firm = Firm::example(&Rulebook::builtin()?)?;
    /// let transfer = |target: &str| Change::new("nadia", "transfer_ownership").target(target);
    /// for (target, is_accepted) in [("tomas", true), ("priya", false)] {
    ///     let AppliedChange { verdict, firm: after } = firm.apply(&transfer(target))?;
    ///     assert_eq!(verdict.is_accepted(), is_accepted);
    ///     firm = after;
    /// }
    /// assert!(firm.roles("manage", "tomas")?.contains(&"primary_subscriber"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&self, change: &Change) -> Result<AppliedChange, AskError> {
        Ok(self.with_verdict(self.judge(change)?))
    }

    /// Validates many changes by one user and applies all of them, or none.
    ///
    /// # Errors
    /// [`AskError`] when the bulk change as a whole cannot be asked, as for [`Firm::judge_bulk`].
    pub fn apply_bulk(&self, bulk: &Bulk) -> Result<AppliedChange, AskError> {
        Ok(self.with_verdict(self.judge_bulk(bulk)?))
    }

    /// The firm after what a verdict of this state alters.
    fn altered_by(&self, verdict: &Verdict) -> Self {
        let firm = self.altered(&verdict.alterations);
        firm.with_altered_things(&verdict.things)
    }

    /// A verdict of this state, applied.
    fn with_verdict(&self, verdict: Verdict) -> AppliedChange {
        let firm = self.altered_by(&verdict);
        AppliedChange { verdict, firm }
    }

    /// The firm after an accepted change. Every change and every choice of readings creates a new state of the firm,
    /// and a verdict is valid only for the state it was given in. When a firm is shared and somebody else's change
    /// comes first, an earlier verdict is refused. Handles of users stay valid after a change.
    ///
    /// # Errors
    /// [`AskError`] with `stale-verdict` when the verdict is about another state, or another firm: judge again. With
    /// `rejected-verdict` when it is a rejection.
    ///
    /// ```
    /// use clio_rules::{Change, Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let transfer = |target: &str| Change::new("nadia", "transfer_ownership").target(target);
    /// let (to_tomas, to_priya) = (firm.judge(&transfer("tomas"))?, firm.judge(&transfer("priya"))?);
    /// let after = firm.after(&to_tomas)?;
    /// assert_eq!(after.after(&to_priya).unwrap_err().code().name(), "stale-verdict");
    /// let again = after.judge(&transfer("priya"))?;
    /// assert_eq!(after.after(&again).unwrap_err().code().name(), "rejected-verdict");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn after(&self, verdict: &Verdict) -> Result<Self, AskError> {
        self.can_apply(verdict)?;
        Ok(self.altered_by(verdict))
    }

    /// Refuses a request that expects another state.
    pub(super) fn is_in_state(&self, wanted: Option<&str>) -> Result<(), Finding> {
        match wanted {
            Some(wanted) if wanted != self.state() => {
                Err(Finding::new(&codes::STALE_VERDICT, None, &[]))
            }
            _ => Ok(()),
        }
    }

    /// Refuses a verdict about another state, and a rejection.
    pub(crate) fn can_apply(&self, verdict: &Verdict) -> Result<(), Finding> {
        if verdict.state != self.state {
            return Err(Finding::new(&codes::STALE_VERDICT, None, &[]));
        }
        if !verdict.is_accepted() {
            let reason = &*verdict.grounds.reason;
            return Err(Finding::new(&codes::REJECTED_VERDICT, None, &[&reason]));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
