//! The maker of a change: the first user of the firm who may make it, or else the one who comes closest.

use crate::change::resolve::ResolvedChange;
use crate::explore::compile::CompiledProduct;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::link::product::RulingKind;
use crate::world::kinds::first_of_each;

impl Firm {
    /// The first user whose change would be accepted. If there is none, the first of those who come closest: stopped
    /// by a refusal, then by a condition, then by a missing role, and last by having no right to ask.
    pub(in crate::analyse) fn maker(
        &self,
        compiled: &CompiledProduct,
        resolved: &ResolvedChange,
    ) -> Result<u32, AskError> {
        let mut closest: Option<(u8, u32)> = None;
        // Equal users get equal answers.
        let declared = compiled.product.change(resolved.change);
        let reads_more = declared.is_some_and(|change| !change.is_about_users());
        let alike = |user| {
            let class = self.tables.class(resolved.product, user);
            let question = reads_more.then(|| {
                let asked = ResolvedChange { user, ..*resolved };
                self.change_bits(compiled, &asked).question
            });
            (class, resolved.target.user() == Some(user), question)
        };
        for user in first_of_each(self.roster.len(), 1, alike) {
            let rank = self.rank(compiled, &ResolvedChange { user, ..*resolved })?;
            if rank == 0 {
                return Ok(user);
            }
            if closest.is_none_or(|(known, _)| rank < known) {
                closest = Some((rank, user));
            }
        }
        Ok(closest.map_or(resolved.user, |(_, user)| user))
    }

    /// How far a user is from acceptance. 0 means accepted.
    fn rank(&self, compiled: &CompiledProduct, resolved: &ResolvedChange) -> Result<u8, AskError> {
        let outcome = self.outcome(compiled, resolved)?;
        if outcome.judged.accepted {
            return Ok(0);
        }
        let rulings = outcome.judged.rulings.iter();
        let kinds = rulings.filter_map(|ruling| compiled.product.ruling(*ruling));
        let ranks = kinds.map(|ruling| match ruling.kind {
            RulingKind::Ground => 4,
            RulingKind::NotGranted => 3,
            RulingKind::Unmet => 2,
            _ => 1,
        });
        Ok(ranks.max().unwrap_or(4))
    }
}
