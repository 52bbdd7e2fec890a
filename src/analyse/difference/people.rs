//! Compares what is true of one person by itself: the roles that they count as holding, and the advice about them.

use super::compared_answer::{ComparedAnswer, DifferenceAspect};
use super::function::{ComparedDecision, DifferenceConditions, DifferenceScope};
use super::joint::{JointProduct, MergedWords, NamedSides};
use super::walk::{ComparedQuestion, PathWalk, WalkStop};
use crate::analyse::search_stop::SearchStop;
use crate::explore::compile::CompiledProduct;
use crate::explore::semantics::{InputSource, has_role};
use crate::limits::Limits;
use crate::link::product::{Advice, DecisionInput, Product, RoleId};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::input::{WorldInput, WorldPerson};

/// The words for a role that somebody does not hold, and for one that they hold or another one brings.
const HELD: [&str; 2] = ["not held", "held"];

/// The words for advice.
const WARNS: [&str; 2] = ["is silent", "warns"];

/// One difference with its condition.
type PersonDifference = (DifferenceAspect, DifferenceConditions);

/// Who counts as holding a role on one side only, where both sides declare it.
pub(super) fn brought(
    joint: &JointProduct<'_>,
    (id, numbers): NamedSides<'_>,
    limits: &Limits,
    scope: DifferenceScope<'_>,
) -> Result<Vec<PersonDifference>, SearchStop> {
    let [Some(old), Some(new)] = numbers else {
        return Ok(Vec::new());
    };
    let roles = [old, new].map(RoleId);
    let is_brought = |side: usize| {
        let product = joint.side(side).map(|compiled| &compiled.product);
        let role = roles.get(side).and_then(|role| product?.role(*role));
        role.is_some_and(|role| !role.brought_by.is_empty())
    };
    if !is_brought(0) && !is_brought(1) {
        return Ok(Vec::new());
    }
    let say = |walk: &PathWalk<'_, '_>, side: usize| {
        let compiled = joint.side(side).ok_or(WalkStop::CannotBeAsked)?;
        let role = roles.get(side).ok_or(WalkStop::CannotBeAsked)?;
        is_known(walk, side)?;
        let mut source = compiled.asking(|input| walk.input(side, input, &[]));
        let holds = has_role(&compiled.product, &mut source, Person::User, *role)?;
        Ok(ComparedAnswer::flag(holds))
    };
    asked(joint, id, HELD, limits, scope).differences(&say)
}

/// Somebody whom only one side knows cannot be compared.
fn is_known(walk: &PathWalk<'_, '_>, side: usize) -> Result<(), WalkStop> {
    if walk.is_unknown(side, WorldPerson::User)? {
        return Err(WalkStop::CannotBeAsked);
    }
    Ok(())
}

fn asked<'m, 'r>(
    joint: &'m JointProduct<'r>,
    id: &'m str,
    words: [&'static str; 2],
    limits: &'m Limits,
    scope: DifferenceScope<'m>,
) -> ComparedDecision<'m, 'r> {
    ComparedDecision {
        joint,
        asking: ComparedQuestion::default(),
        id,
        words,
        limits,
        scope,
    }
}

/// All advice of both sides.
pub(super) fn all_advice(joint: &JointProduct<'_>) -> MergedWords {
    let ids = |product: &Product| {
        product
            .advice
            .iter()
            .map(|advice| advice.id.to_string())
            .collect()
    };
    let ids: [Vec<String>; 2] = [0, 1].map(|side| {
        joint
            .side(side)
            .map_or_else(Vec::new, |it| ids(&it.product))
    });
    MergedWords::of(
        ids.each_ref()
            .map(|ids| ids.iter().map(String::as_str).collect()),
    )
}

/// Whom an advice is about on one side only: those who are enabled, then those who are disabled.
pub(super) fn advice(
    joint: &JointProduct<'_>,
    (id, numbers): NamedSides<'_>,
    limits: &Limits,
    scope: DifferenceScope<'_>,
) -> Result<Vec<(bool, PersonDifference)>, SearchStop> {
    let mut differences = Vec::new();
    for is_enabled in [true, false] {
        let say = |walk: &PathWalk<'_, '_>, side: usize| {
            let number = numbers.get(side).copied().flatten();
            let compiled = joint.side(side).ok_or(WalkStop::CannotBeAsked)?;
            let advice = number.and_then(|it| compiled.product.advice.get(usize::from(it)));
            let advice = advice.ok_or(WalkStop::CannotBeAsked)?;
            is_known(walk, side)?;
            let warns = is_unmet(compiled, advice, |input| {
                value(walk, side, input, is_enabled)
            })?;
            Ok(ComparedAnswer::flag(warns))
        };
        let found = asked(joint, id, WARNS, limits, scope).differences(&say)?;
        differences.extend(found.into_iter().map(|difference| (is_enabled, difference)));
    }
    Ok(differences)
}

fn is_unmet(
    compiled: &CompiledProduct,
    advice: &Advice,
    input: impl FnMut(DecisionInput) -> Result<Value, WalkStop>,
) -> Result<bool, WalkStop> {
    let mut source = compiled.asking(input);
    let is_meant = match advice.when {
        Some(when) => source.condition(when)?,
        None => true,
    };
    Ok(is_meant && !source.condition(advice.should)?)
}

/// The value of an input of somebody who may be disabled: then they do not hold a role whose holder is enabled.
fn value(
    walk: &PathWalk<'_, '_>,
    side: usize,
    input: DecisionInput,
    is_enabled: bool,
) -> Result<Value, WalkStop> {
    match (input, walk.joint.var(side, input)) {
        (DecisionInput::Enabled(_), _) => Ok(is_enabled.into()),
        (_, WorldInput::Holds(_, role)) if !is_enabled && walk.joint.firms.is_of_enabled(role) => {
            Ok(Value::NO)
        }
        _ => walk.input(side, input, &[]),
    }
}
