//! Properties that no rules could break, because they conclude what they suppose.

use std::fmt::Display;

use crate::finding::{Finding, idle as codes};
use crate::link::product::{
    Conclusion, Premise, PremiseValue, PropertyClaim, RoleId, RuleTargets, Traits,
};
use crate::value::Value;

use super::IdleSearch;

impl IdleSearch<'_> {
    /// Reports each property that follows from its own words. What follows from a rule, a level or what a role brings does not
    /// count: the property fails when that is altered.
    pub(super) fn properties(&self, found: &mut Vec<Finding>) {
        for property in &self.product().properties {
            let why = match &property.claim {
                PropertyClaim::Whoever(premise, _) | PropertyClaim::Nobody(premise)
                    if is_contradiction(premise) =>
                {
                    "its premise contradicts itself"
                }
                PropertyClaim::Whoever(premise, conclusion) if follows(premise, conclusion) => {
                    "what follows stands in its premise already"
                }
                _ => continue,
            };
            let place = Some(property.place.clone());
            let words: [&dyn Display; 2] = [&property.id, &why];
            found.push(Finding::new(&codes::PROPERTY_ALWAYS_TRUE, place, &words));
        }
    }
}

/// Everything that a premise says about one person: what it says of the other one as well, where they are the same.
struct KnownTraits<'p>(Vec<&'p Traits>);

impl<'p> KnownTraits<'p> {
    fn of_user(premise: &'p Premise) -> Self {
        let target = Some(&premise.target).filter(|_| is_on_oneself(premise));
        Self([&premise.user].into_iter().chain(target).collect())
    }

    fn of_target(premise: &'p Premise) -> Self {
        let user = Some(&premise.user).filter(|_| is_on_oneself(premise));
        Self([&premise.target].into_iter().chain(user).collect())
    }

    fn holds(&self, role: &RoleId) -> bool {
        self.0.iter().any(|traits| traits.holds.contains(role))
    }

    fn lacks(&self, role: &RoleId) -> bool {
        self.0.iter().any(|traits| traits.lacks.contains(role))
    }

    fn has(&self, with: &(PremiseValue, Value)) -> bool {
        self.0.iter().any(|traits| traits.with.contains(with))
    }

    fn contradict(&self) -> bool {
        let all = || self.0.iter().flat_map(|traits| &traits.with);
        let mut holds = self.0.iter().flat_map(|traits| &traits.holds);
        holds.any(|role| self.lacks(role))
            || all().any(|(what, value)| {
                all().any(|(other, another)| what == other && value != another)
            })
    }
}

fn is_on_oneself(premise: &Premise) -> bool {
    premise.on == Some(RuleTargets::Oneself)
}

fn is_contradiction(premise: &Premise) -> bool {
    KnownTraits::of_user(premise).contradict() || KnownTraits::of_target(premise).contradict()
}

/// Whether each part of a conclusion stands in the premise. Of several actions in a premise any one is enough, so that only
/// one that stands alone is known.
fn follows(premise: &Premise, conclusion: &Conclusion) -> bool {
    let of = |known: &KnownTraits<'_>, traits: &Traits| {
        traits.holds.iter().all(|role| known.holds(role))
            && traits.lacks.iter().all(|role| known.lacks(role))
            && traits
                .with
                .iter()
                .all(|with| known.has(with) || is_of_firm(premise, with))
    };
    of(&KnownTraits::of_user(premise), &conclusion.user)
        && of(&KnownTraits::of_target(premise), &conclusion.target)
        && conclusion.can.iter().all(|can| premise.can == [*can])
        && conclusion
            .cannot
            .iter()
            .all(|cannot| premise.cannot == [*cannot])
}

/// Whether a premise has a reading or a fact, of whichever person it says so.
fn is_of_firm(premise: &Premise, with: &(PremiseValue, Value)) -> bool {
    let is_of_person = matches!(with.0, PremiseValue::Setting(_));
    let mut all = premise.user.with.iter().chain(&premise.target.with);
    !is_of_person && all.any(|known| known == with)
}
