//! Who makes a change: the first of the firm who may, or else the one who comes closest.

use hashbrown::HashMap;

use crate::change::resolve::ResolvedChange;
use crate::explore::compile::CompiledProduct;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::firm::profiles::ProfileClass;
use crate::link::product::RulingKind;

impl Firm {
    /// The first user whose change would be accepted. Where nobody's is, the first of those who come closest: stopped by a
    /// refusal, by a condition, by what they do not hold, and last by having no say at all.
    pub(in crate::analyse) fn maker(
        &self,
        compiled: &CompiledProduct,
        resolved: &ResolvedChange,
    ) -> Result<u32, AskError> {
        let mut known: HashMap<(Option<ProfileClass>, bool), u8> = HashMap::new();
        let mut closest: Option<(u8, u32)> = None;
        for user in 0..self.roster.len() as u32 {
            let class = self.tables.class(resolved.product, user);
            let key = (class, user == resolved.target);
            if known.contains_key(&key) {
                // Equal users are answered alike, and the first of them was looked at.
                continue;
            }
            let rank = self.rank(compiled, &ResolvedChange { user, ..*resolved })?;
            known.insert(key, rank);
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
        let kinds = rulings.filter_map(|ruling| compiled.product.rulings.get(ruling.index()));
        let ranks = kinds.map(|ruling| match ruling.kind {
            RulingKind::Ground => 4,
            RulingKind::NotGranted => 3,
            RulingKind::Unmet => 2,
            _ => 1,
        });
        Ok(ranks.max().unwrap_or(4))
    }
}
