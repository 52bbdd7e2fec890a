//! Changes that can be made together, and how they relate to a role.

use crate::explore::compile::CompiledProduct;
use crate::link::product::{AlteredPerson, DeclaredAlteration, RoleId, UserPart};
use crate::world::bound_change::BoundChange;

/// Changes that can be made together.
pub(super) struct ChangeOptions {
    pub(super) made: Vec<BoundChange>,
    /// Whether the order of the parts matters: it does when effects of two parts may write the same property.
    pub(super) ordered: bool,
}

impl ChangeOptions {
    pub(super) fn of(compiled: &CompiledProduct, made: Vec<BoundChange>) -> Self {
        let mut effects = made.iter().flat_map(|made| made.effects(compiled));
        let ordered = effects.any(|(_, effect)| !effect.does.is_empty());
        Self { made, ordered }
    }

    /// Whether any of them, or an effect, reads or alters a role, or affects its holder.
    pub(super) fn looks_at(&self, compiled: &CompiledProduct, role: RoleId) -> bool {
        let part = UserPart::Role(role);
        let is_holder = |one: &DeclaredAlteration| one.whose() == AlteredPerson::Holder(role);
        self.made.iter().any(|made| {
            let judge = compiled.judges.get(made.change.index());
            let mut effects = made.effects(compiled);
            let mut does = made.does(compiled);
            judge.is_some_and(|judge| judge.parts().any(|read| read == part))
                || does.any(is_holder)
                || made.parts(compiled).contains(&part)
                || effects.any(|(id, _)| {
                    let follows = compiled.effects.get(id.index());
                    follows.is_some_and(|follows| follows.parts().any(|read| read == part))
                })
        })
    }

    /// Those that can be part of a bulk change.
    pub(super) fn in_bulk(&self, compiled: &CompiledProduct) -> Self {
        let bulk = compiled.product.bulk.as_ref();
        let may =
            |made: &&BoundChange| bulk.is_some_and(|bulk| bulk.changes.contains(&made.change));
        Self::of(compiled, self.made.iter().filter(may).copied().collect())
    }
}
