//! Compares the answers of both rulebooks about each action.

use super::alone;
use super::compared_answer::{ComparedAnswer, DifferenceAspect};
use super::function::{ComparedDecision, DifferenceConditions, DifferenceScope};
use super::joint::{JointProduct, NamedSides, Sides};
use super::walk::{ComparedQuestion, DeclaredAction, PathWalk, WalkStop};
use crate::analyse::search_stop::SearchStop;
use crate::limits::Limits;
use crate::link::product::{ActionId, FactUse};
use crate::world::input::WorldPerson;

/// The target question of an action, its differences and their conditions.
type ActionAspect = (bool, (DifferenceAspect, DifferenceConditions));

/// An action on both sides. A question with a new form is another question: the old one is removed and a new one is
/// added.
pub(super) struct ComparedAction<'j, 'r> {
    joint: &'j JointProduct<'r>,
    id: &'j str,
    rounds: Vec<Sides<Option<DeclaredAction<'r>>>>,
}

impl<'j, 'r> ComparedAction<'j, 'r> {
    pub(super) fn new(joint: &'j JointProduct<'r>, (id, numbers): NamedSides<'j>) -> Self {
        let declared = |side: usize| -> Option<DeclaredAction<'r>> {
            let number = (*numbers.get(side)?)?;
            let (compiled, id) = (joint.side(side)?, ActionId::from(usize::from(number)));
            Some((compiled, id, compiled.product.action(id)?))
        };
        let sides = [declared(0), declared(1)];
        let forms = sides.map(|side| side.map(|(_, _, action)| action.on_target));
        let rounds = match forms {
            [Some(old), Some(new)] if old != new => vec![[sides[0], None], [None, sides[1]]],
            _ => vec![sides],
        };
        Self { joint, id, rounds }
    }

    /// The differences of the decisions, and their conditions.
    pub(super) fn differences(
        &self,
        limits: &Limits,
        scope: DifferenceScope<'_>,
    ) -> Result<Vec<ActionAspect>, SearchStop> {
        let mut differences = Vec::new();
        for sides in &self.rounds {
            let found = self.asked(*sides, limits, scope, answer_of)?.into_iter();
            let has_target = has_target(sides);
            differences.extend(found.map(|difference| (has_target, difference)));
        }
        Ok(differences)
    }

    /// The differences of what each rule says alone, where both sides have the action in the same form.
    pub(super) fn alone(
        &self,
        limits: &Limits,
        scope: DifferenceScope<'_>,
    ) -> Result<Vec<ActionAspect>, SearchStop> {
        let [sides] = self.rounds.as_slice() else {
            return Ok(Vec::new());
        };
        let [Some((old, _, before)), Some((new, _, after))] = *sides else {
            return Ok(Vec::new());
        };
        if alone::are_declared_alike((old, before), (new, after)) {
            return Ok(Vec::new());
        }
        let found = self.asked(*sides, limits, scope, alone::answer)?;
        let has_target = has_target(sides);
        Ok(alone::named(found)
            .map(|difference| (has_target, difference))
            .collect())
    }

    fn asked(
        &self,
        sides: Sides<Option<DeclaredAction<'r>>>,
        limits: &Limits,
        scope: DifferenceScope<'_>,
        answer: fn(
            &PathWalk<'_, '_>,
            usize,
            DeclaredAction<'_>,
        ) -> Result<ComparedAnswer, WalkStop>,
    ) -> Result<Vec<(DifferenceAspect, DifferenceConditions)>, SearchStop> {
        let facts = sides.map(|side| side.map(|(_, _, action)| &*action.facts));
        let matter = ComparedDecision {
            joint: self.joint,
            asking: ComparedQuestion {
                has_target: has_target(&sides),
                silent: silent(self.joint, facts),
                arguments: None,
            },
            id: self.id,
            words: ["deny", "allow"],
            limits,
            scope,
        };
        matter.differences(
            &|walk: &PathWalk<'_, '_>, side: usize| match sides.get(side) {
                Some(Some(declared)) => answer(walk, side, *declared),
                _ => Err(WalkStop::CannotBeAsked),
            },
        )
    }
}

fn has_target(sides: &Sides<Option<DeclaredAction<'_>>>) -> bool {
    let mut declared = sides.iter().flatten();
    declared.any(|(_, _, action)| action.on_target)
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
    (compiled, number, action): DeclaredAction<'_>,
) -> Result<ComparedAnswer, WalkStop> {
    let product = &compiled.product;
    walk.can_be_asked(side, &action.facts)?;
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
