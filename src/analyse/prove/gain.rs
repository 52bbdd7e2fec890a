//! What a user gains by changes: asked of a firm before and after.

use super::counterexample::BrokenFirm;
use super::input::ProofPerson;
use super::search::ProofFirm;
use super::subject::UndecidedReason;
use crate::link::product::ActionId;

/// Most ways to an allow that are analysed for the inputs they need.
pub(super) const MOST_WAYS: usize = 2_000;

/// What a user is said to gain.
pub(super) struct GainStage {
    pub(super) action: ActionId,
    pub(super) target: Option<ProofPerson>,
}

impl GainStage {
    /// Asks the firm before and after.
    pub(super) fn stage(
        &self,
        staged: &ProofFirm<'_>,
    ) -> Result<Option<BrokenFirm>, UndecidedReason> {
        let step = staged.step().ok_or(UndecidedReason::NotSo)?;
        let after = step.made(&staged.firm).ok_or(UndecidedReason::NotSo)?;
        let before = staged.asks(&staged.firm, self.action, self.target)?;
        let now = staged.asks(&after, self.action, self.target)?;
        if before.is_allowed() || !now.is_allowed() {
            return Err(UndecidedReason::NotSo);
        }
        let user = staged.id(ProofPerson::User);
        let action = staged.subject.compiled.product.action(self.action);
        let id = action.map_or("", |action| &*action.id);
        let of = before.question.target.as_ref();
        let of = of.map_or(String::new(), |target| format!(" of {target}"));
        Ok(Some(BrokenFirm {
            firm: staged.firm.clone(),
            steps: vec![step],
            asked: vec![before],
            asked_after: vec![now],
            end: format!("{user} may {id}{of} now, and could not before"),
            is_smallest: true,
        }))
    }
}
