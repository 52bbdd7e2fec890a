//! Changes that can be part of what is made at once, and what they have to do with a role.

use super::made_change::MadeChange;
use crate::explore::compile::CompiledProduct;
use crate::explore::table::InputAxis;
use crate::firm::UserPart;
use crate::link::product::{AlteredPerson, DecisionInput, DeclaredAlteration, RoleId};

/// Changes that can be part of what is made.
pub(super) struct ChangeOptions {
    pub(super) made: Vec<MadeChange>,
    /// Whether it matters which part comes first: it does where what follows from two may write the same thing.
    pub(super) ordered: bool,
}

impl ChangeOptions {
    pub(super) fn of(compiled: &CompiledProduct, made: Vec<MadeChange>) -> Self {
        let product = &compiled.product;
        let changes = made.iter().filter_map(|made| made.declared(compiled));
        let mut effects = changes.flat_map(|change| &change.effects);
        let ordered = effects.any(|effect| {
            let effect = product.effects.get(effect.index());
            effect.is_some_and(|effect| !effect.does.is_empty())
        });
        Self { made, ordered }
    }

    /// Whether any of them, or what follows from it, looks at a role of somebody, alters it, or is done to its holder.
    pub(super) fn looks_at(&self, compiled: &CompiledProduct, role: RoleId) -> bool {
        let product = &compiled.product;
        let reads = |inputs: &[InputAxis]| {
            let mut inputs = inputs.iter().map(|axis| axis.input);
            inputs.any(|input| matches!(input, DecisionInput::Holds(_, read) if read == role))
        };
        let is_holder = |one: &DeclaredAlteration| match one {
            DeclaredAlteration::Give(_, whose)
            | DeclaredAlteration::Take(_, whose)
            | DeclaredAlteration::Set(_, whose, _) => *whose == AlteredPerson::Holder(role),
        };
        self.made.iter().any(|made| {
            let judge = compiled.judges.get(made.change.index());
            let change = made.declared(compiled);
            let effects = change.into_iter().flat_map(|change| &change.effects);
            let mut effects = effects.map(|effect| effect.index());
            judge.is_some_and(|judge| reads(judge.axes()))
                || made.writes(compiled).contains(&UserPart::Role(role))
                || change.is_some_and(|change| change.does.iter().any(is_holder))
                || effects.any(|effect| {
                    let follows = compiled.effects.get(effect);
                    let does = product.effects.get(effect).map(|effect| &effect.does);
                    follows.is_some_and(|follows| reads(follows.axes()))
                        || does.is_some_and(|does| does.iter().any(is_holder))
                })
        })
    }

    /// Those that may stand in a bulk change.
    pub(super) fn in_bulk(&self, compiled: &CompiledProduct) -> Self {
        let bulk = compiled.product.bulk.as_ref();
        let may = |made: &&MadeChange| bulk.is_some_and(|bulk| bulk.changes.contains(&made.change));
        Self::of(compiled, self.made.iter().filter(may).copied().collect())
    }
}
