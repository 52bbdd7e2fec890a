//! Moves: all changes with arguments that could contribute to an answer, and the inputs it depends on.

use std::collections::BTreeSet;

use crate::explore::compile::CompiledProduct;
use crate::explore::layout::Word;
use crate::link::product::{
    ActionId, AlteredPerson, ChangeId, DeclaredAlteration, RoleId, UserPart,
};
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;

/// A change that could contribute to an answer.
#[derive(Clone)]
pub(super) struct PlanMove {
    pub(super) bound: BoundChange,
    /// Whether its result is the same whoever makes it.
    pub(super) is_same_by_all: bool,
    /// Whether it alters nobody but its target.
    pub(super) is_of_target: bool,
    /// What it can alter, its effects included.
    parts: BTreeSet<UserPart>,
}

/// The inputs that an answer can depend on after any changes.
///
/// The set is closed: whether a change that alters any of it is accepted, and whether an effect that alters any of it
/// follows, depends on nothing outside it. So people who are alike in it stay alike under the same changes.
pub(super) struct RelevantInputs {
    /// The relevant inputs of anybody, and the additional ones of the two people in question.
    anybody: BTreeSet<UserPart>,
    asked: BTreeSet<UserPart>,
    /// The roles whose holders changes and effects look up.
    pub(super) looked_up: BTreeSet<RoleId>,
    pub(super) moves: Vec<PlanMove>,
    masks: [Vec<Word>; 2],
}

impl RelevantInputs {
    /// The inputs of the answer about an action, after any changes.
    pub(super) fn of(compiled: &CompiledProduct, action: ActionId) -> Self {
        let moves = BoundChange::all(compiled).map(|bound| PlanMove::of(compiled, bound));
        Self::over(compiled, action, moves.collect())
    }

    /// The inputs of the answer about an action and of these changes of things and groups, after any changes.
    pub(super) fn beside(
        compiled: &CompiledProduct,
        action: ActionId,
        of_things: &[ChangeId],
    ) -> Self {
        let moves = BoundChange::all(compiled).map(|bound| PlanMove::of(compiled, bound));
        let (mut read, mut looked_up) = (BTreeSet::new(), BTreeSet::new());
        for change in of_things {
            let judge = compiled.judges.get(change.index()).into_iter();
            read.extend(judge.flat_map(|judge| judge.parts()));
            let declared = compiled.product.change(*change);
            for effect in declared.into_iter().flat_map(|declared| &declared.effects) {
                let follows = compiled.effects.get(effect.index()).into_iter();
                read.extend(follows.flat_map(|follows| follows.parts()));
            }
            let all = declared.into_iter();
            for step in all.flat_map(|declared| declared.all_steps(&compiled.product)) {
                looked_up.extend(step.whose().and_then(AlteredPerson::holder));
            }
        }
        Self::closed(compiled, action, moves.collect(), (read, looked_up))
    }

    /// The same inputs when only these moves can be made.
    pub(super) fn over(compiled: &CompiledProduct, action: ActionId, moves: Vec<PlanMove>) -> Self {
        Self::closed(compiled, action, moves, Default::default())
    }

    /// The inputs of an answer, and those that are read of anybody, after any of these moves.
    fn closed(
        compiled: &CompiledProduct,
        action: ActionId,
        moves: Vec<PlanMove>,
        (mut anybody, looked_up): (BTreeSet<UserPart>, BTreeSet<RoleId>),
    ) -> Self {
        // Roles with exactly one holder are checked after a change.
        let single = compiled.product.single_holders();
        let decider = compiled.decider(action).into_iter();
        anybody.extend(single.map(|(role, _)| UserPart::Role(role)));
        let mut relevant = Self {
            anybody,
            asked: decider.flat_map(|decider| decider.parts()).collect(),
            looked_up,
            moves,
            masks: [Vec::new(), Vec::new()],
        };
        while relevant.grow(compiled) {}
        let Self {
            anybody,
            asked,
            moves,
            ..
        } = &mut relevant;
        moves.retain(|one| !one.parts.is_disjoint(anybody) || !one.parts.is_disjoint(asked));
        relevant.masks = [mask(compiled, [anybody]), mask(compiled, [anybody, asked])];
        relevant
    }

    /// Adds the inputs of relevant moves. Returns whether there was anything to add.
    fn grow(&mut self, compiled: &CompiledProduct) -> bool {
        let Self {
            anybody,
            asked,
            looked_up,
            moves,
            ..
        } = self;
        let before = anybody.len();
        for PlanMove { bound, parts, .. } in moves {
            let matters = |anybody: &BTreeSet<UserPart>, parts: &BTreeSet<UserPart>| {
                !parts.is_disjoint(anybody) || !parts.is_disjoint(asked)
            };
            let Some(declared) = bound.declared(compiled).filter(|_| matters(anybody, parts))
            else {
                continue;
            };
            let set_by = |does: &[DeclaredAlteration]| -> BTreeSet<UserPart> {
                bound
                    .writes(compiled, does)
                    .map(|(_, part, _)| part)
                    .collect()
            };
            let judge = compiled.judges.get(bound.change.index()).into_iter();
            anybody.extend(judge.flat_map(|judge| judge.parts()));
            looked_up.extend(holders(&declared.does));
            for (id, effect) in bound.effects(compiled) {
                if !matters(anybody, &set_by(&effect.does)) {
                    continue;
                }
                // An effect follows only if the change altered something.
                anybody.extend(set_by(&declared.does));
                looked_up.extend(holders(&effect.does));
                let follows = compiled.effects.get(id.index()).into_iter();
                anybody.extend(follows.flat_map(|follows| follows.parts()));
            }
        }
        anybody.len() > before
    }

    /// A profile reduced to the relevant inputs of one of the two people, or of anybody else.
    pub(super) fn matter(&self, words: &[Word], is_asked_about: bool) -> Vec<Word> {
        let [anybody, asked] = &self.masks;
        let mask = if is_asked_about { asked } else { anybody };
        let kept = words.iter().zip(mask);
        kept.map(|(word, mask)| word & mask).collect()
    }
}

impl PlanMove {
    fn of(compiled: &CompiledProduct, bound: BoundChange) -> Self {
        let effects = bound.effects(compiled).count();
        let of_maker =
            |one: &DeclaredAlteration| matches!(one.whose(), AlteredPerson::Person(Person::User));
        Self {
            is_same_by_all: effects == 0 && !bound.does(compiled).any(of_maker),
            is_of_target: bound
                .does(compiled)
                .all(|one| one.whose() == AlteredPerson::Person(Person::Target)),
            parts: bound.parts(compiled),
            bound,
        }
    }
}

/// The bits of a profile that hold these inputs, with seat and enabled.
fn mask<const N: usize>(compiled: &CompiledProduct, sets: [&BTreeSet<UserPart>; N]) -> Vec<Word> {
    let parts = sets.into_iter().flatten().copied();
    compiled.layout.mask(parts)
}

/// The roles whose holders are looked up.
fn holders(does: &[DeclaredAlteration]) -> impl Iterator<Item = RoleId> {
    does.iter().filter_map(|one| one.whose().holder())
}
