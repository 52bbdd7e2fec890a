//! The writes of each change and the people they affect, whatever people hold.

use crate::change::writes::Write;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::Word;
use crate::firm::Firm;
use crate::link::product::{AlteredPerson, DeclaredAlteration, EffectId};
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;

/// The writes of a change, and the inputs beyond the two people that it depends on.
pub(super) struct PossibleChange {
    pub(super) judge: usize,
    pub(super) question: [Word; 2],
    pub(super) own: Vec<Write>,
    pub(super) effects: Vec<(EffectId, Vec<Write>)>,
    /// Whether it can alter whoever makes it.
    pub(super) alters_maker: bool,
}

impl PossibleChange {
    pub(super) fn of(
        firm: &Firm,
        compiled: &CompiledProduct,
        product: usize,
        one: BoundChange,
    ) -> Self {
        let writes = |does: &[DeclaredAlteration]| one.writes(compiled, does).collect();
        let declared = one.declared(compiled);
        let effects = one.effects(compiled);
        let mut all = one.writes(compiled, one.does(compiled));
        Self {
            judge: one.change.index(),
            question: firm
                .change_bits(compiled, &one.by(product, [0, 0]))
                .question,
            own: declared.map_or_else(Vec::new, |change| writes(&change.does)),
            effects: effects
                .map(|(id, effect)| (id, writes(&effect.does)))
                .collect(),
            alters_maker: all
                .any(|(whose, ..)| matches!(whose, AlteredPerson::Person(Person::User))),
        }
    }
}
