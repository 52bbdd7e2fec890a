//! Doings: what each change writes, and of whom, whatever people are.

use super::moves::BoundChange;
use crate::change::resolve::ResolvedChange;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::Word;
use crate::firm::{Firm, UserPart};
use crate::link::product::{AlteredPerson, DeclaredAlteration as Does, EffectId};
use crate::value::Value;
use crate::vocabulary::Person;

/// One thing that a change does.
pub(super) type Write = (AlteredPerson, UserPart, Value);

/// What a change can do, and what it turns on beside the two people.
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
        one: &BoundChange,
    ) -> Self {
        let declared = compiled.product.changes.get(one.change.index());
        let resolved = ResolvedChange {
            product,
            change: one.change,
            user: 0,
            target: 0,
            arguments: one.arguments,
        };
        let own = declared.map_or(Vec::new(), |change| {
            writes(compiled, &change.does, &resolved)
        });
        let ids = declared.map_or(&[][..], |change| &change.effects);
        let effects = ids.iter().filter_map(|id| {
            let effect = compiled.product.effects.get(id.index())?;
            Some((*id, writes(compiled, &effect.does, &resolved)))
        });
        let effects: Vec<_> = effects.collect();
        let of_effects = effects.iter().flat_map(|(_, writes)| writes);
        let alters_maker = own
            .iter()
            .chain(of_effects)
            .any(|(whose, ..)| matches!(whose, AlteredPerson::Person(Person::User)));
        Self {
            judge: one.change.index(),
            question: firm.change_bits(compiled, &resolved).question,
            own,
            effects,
            alters_maker,
        }
    }
}

/// What is written by doing this; on a seat with levels, giving one takes the others.
fn writes(compiled: &CompiledProduct, does: &[Does], resolved: &ResolvedChange) -> Vec<Write> {
    let arguments = resolved.arguments;
    let levels = &compiled.product.levels;
    let mut writes = Vec::new();
    for one in does {
        match one {
            Does::Give(choice, whose) => {
                let role = choice.or(arguments.role);
                if role.is_some_and(|role| levels.contains(&role)) {
                    let others = levels.iter().filter(|level| Some(**level) != role);
                    writes.extend(others.map(|level| (*whose, UserPart::Role(*level), Value::NO)));
                }
                writes.extend(role.map(|role| (*whose, UserPart::Role(role), Value::YES)));
            }
            Does::Take(choice, whose) => {
                let role = choice.or(arguments.role);
                writes.extend(role.map(|role| (*whose, UserPart::Role(role), Value::NO)));
            }
            Does::Set(choice, whose, to) => {
                let setting = choice.or(arguments.setting).zip(to.or(arguments.value));
                writes
                    .extend(setting.map(|(setting, to)| (*whose, UserPart::Setting(setting), to)));
            }
        }
    }
    writes
}
