//! Who makes a change: the first of the firm who may, or else the one who comes closest.

use crate::change::resolve::ResolvedChange;
use crate::explore::compile::CompiledProduct;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::link::product::RulingKind;
use crate::world::kinds::first_of_each;

impl Firm {
    /// The first user whose change would be accepted. Where nobody's is, the first of those who come closest: stopped by a
    /// refusal, by a condition, by what they do not hold, and last by having no say at all.
    pub(in crate::analyse) fn maker(
        &self,
        compiled: &CompiledProduct,
        resolved: &ResolvedChange,
    ) -> Result<u32, AskError> {
        let mut closest: Option<(u8, u32)> = None;
        // Equal users are answered alike.
        let alike = |user| {
            let class = self.tables.class(resolved.product, user);
            (class, user == resolved.target)
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
        Ok(closest.map_or(resolved.target, |(_, user)| user))
    }

    /// How far a user is from having it accepted; 0 where it is.
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
