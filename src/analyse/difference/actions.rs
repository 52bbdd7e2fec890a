//! Compares the answers of both rulebooks about each action.

use super::compared_answer::{ComparedAnswer, DifferenceAspect};
use super::function::{ComparedDecision, DifferenceConditions, DifferenceScope};
use super::joint::{JointProduct, NamedSides, Sides};
use super::walk::{ComparedQuestion, PathWalk, WalkStop};
use crate::analyse::search_stop::SearchStop;
use crate::explore::compile::CompiledProduct;
use crate::limits::Limits;
use crate::link::product::{Action, ActionId, FactUse};
use crate::world::input::{WorldInput, WorldPerson};

/// The target question of an action, its differences and their conditions.
type ActionAspect = (bool, (DifferenceAspect, DifferenceConditions));

/// The differences of one action, and their conditions.
pub(super) fn differences(
    joint: &JointProduct<'_>,
    (id, numbers): NamedSides<'_>,
    limits: &Limits,
    scope: DifferenceScope<'_>,
) -> Result<Vec<ActionAspect>, SearchStop> {
    let declared = |side: usize| -> Option<(&CompiledProduct, ActionId, &Action)> {
        let number = (*numbers.get(side)?)?;
        let (compiled, id) = (joint.side(side)?, ActionId::from(usize::from(number)));
        Some((compiled, id, compiled.product.action(id)?))
    };
    let sides = [declared(0), declared(1)];
    let forms = sides.map(|side| side.map(|(_, _, action)| action.on_target));
    // A question with a new form is another question: the old one is removed and a new one is added.
    let rounds = match forms {
        [Some(old), Some(new)] if old != new => vec![[sides[0], None], [None, sides[1]]],
        _ => vec![sides],
    };
    let mut differences = Vec::new();
    for sides in rounds {
        let has_target = sides
            .iter()
            .flatten()
            .any(|(_, _, action)| action.on_target);
        let asking = ComparedQuestion {
            has_target,
            silent: silent(
                joint,
                sides.map(|side| side.map(|(_, _, action)| &*action.facts)),
            ),
            arguments: None,
        };
        let matter = ComparedDecision {
            joint,
            asking,
            id,
            words: ["deny", "allow"],
            limits,
            scope,
        };
        let answer = |walk: &PathWalk<'_, '_>, side: usize| match sides.get(side) {
            Some(Some((compiled, number, action))) => {
                answer_of(walk, side, (*compiled, *number, *action))
            }
            _ => Err(WalkStop::CannotBeAsked),
        };
        let found = matter.differences(&answer)?.into_iter();
        differences.extend(found.map(|difference| (has_target, difference)));
    }
    Ok(differences)
}

/// Facts for which leaving them out means different things on the two sides.
fn silent(joint: &JointProduct<'_>, facts: Sides<Option<&[FactUse]>>) -> Vec<u16> {
    let all = 0..joint.facts.words.len() as u16;
    let differs = |fact: &u16| {
        // By side, the value of the fact when it is left out.
        let silence =
            |side: usize| {
                let taken = facts.get(side).copied().flatten()?;
                let number = joint.facts.to(side, *fact)?;
                let used = taken.iter().find(|used| used.fact.0 == number)?;
                let values = joint.fact_values.get(usize::from(*fact))?;
                Some(used.default.and_then(|default| {
                    values.from.get(side)?.get(usize::from(default.0)).copied()
                }))
            };
        match [silence(0), silence(1)] {
            [Some(old), Some(new)] => old != new,
            [Some(only), None] | [None, Some(only)] => only.is_none(),
            [None, None] => false,
        }
    };
    all.filter(differs).collect()
}

fn answer_of(
    walk: &PathWalk<'_, '_>,
    side: usize,
    (compiled, number, action): (&CompiledProduct, ActionId, &Action),
) -> Result<ComparedAnswer, WalkStop> {
    let product = &compiled.product;
    can_be_asked(walk, side, &action.facts)?;
    let mut people = vec![WorldPerson::User];
    people.extend(action.on_target.then_some(WorldPerson::Target));
    for who in people {
        if walk.is_unknown(side, who)? {
            return Err(WalkStop::CannotBeAsked);
        }
    }
    let decider = compiled.decider(number).ok_or(WalkStop::CannotBeAsked)?;
    let (ruled, turned) = walk.decided(side, decider, &action.facts)?;
    let ruling = action.first_ruling.index() + usize::from(ruled.ruling);
    let ruling = product.rulings.get(ruling).ok_or(WalkStop::CannotBeAsked)?;
    Ok(ComparedAnswer::of(product, &[ruling], ruled.allows, turned))
}

/// Whether a question can be asked of a side: whether each of its facts has a value.
fn can_be_asked(walk: &PathWalk<'_, '_>, side: usize, facts: &[FactUse]) -> Result<(), WalkStop> {
    for used in facts.iter().filter(|used| used.default.is_none()) {
        let input = crate::link::product::DecisionInput::Fact(used.fact);
        let WorldInput::Fact(fact) = walk.joint.var(side, input) else {
            continue;
        };
        if walk.asking.silent.contains(&fact) || !walk.joint.is_fact_shared(fact) {
            walk.input(side, input, facts)?;
        }
    }
    Ok(())
}
