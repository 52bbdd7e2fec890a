//! Whether an answer about a thing is out of reach of permitted changes, whatever is done to the thing.
//!
//! Changes of people read nothing of things. So what people can come to hold does not depend on what is done to things, and an
//! answer that permitted changes of people reach for no values of what the thing can come to say is out of reach altogether.

use std::collections::BTreeSet;

use super::PlanGoal;
use super::found::SearchOutcome;
use crate::answer::Question;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::link::product::{
    Argument, ArgumentChoice, DecisionInput, Fact, FactId, FactSource, ThingStep,
};
use crate::value::Value;

/// Ways in which a thing could be that are tried before it is said that none of them is enough.
const MOST_WAYS: usize = 64;

impl Firm {
    /// Whether no permitted change leads to an allow, whatever the thing came to say.
    pub(super) fn is_out_of_reach(
        &self,
        question: &Question<'_>,
        ask: &PlanGoal<'_>,
    ) -> Result<bool, AskError> {
        let product = &ask.compiled.product;
        let given = |fact: FactId| {
            let id = product.fact(fact).map(|fact| &*fact.id);
            let mut facts = question.facts.iter();
            facts.any(|(name, _)| Some(&**name) == id)
        };
        let read = ask.asked.decider.tree().questions();
        let facts = ask.asked.declared.facts.iter().map(|used| used.fact);
        let of_thing = facts.filter(|fact| {
            let source = product.fact(*fact).map(|fact| fact.source);
            let follows = source.is_some_and(|source| source.kind().is_some());
            follows && !given(*fact) && read.contains(&DecisionInput::Fact(*fact))
        });
        let mut ways: Vec<Question<'_>> = vec![question.clone()];
        for fact in of_thing.filter_map(|fact| product.fact(fact)) {
            let mut each = Vec::new();
            let values = self.possible_values(ask, fact);
            for way in &ways {
                let words = values.iter().map(|value| fact.domain.word(*value));
                each.extend(words.map(|word| way.clone().fact(&*fact.id, word)));
            }
            ways = each;
            if ways.len() > MOST_WAYS {
                return Ok(false);
            }
        }
        for way in &ways {
            if self.answer(way)?.is_allowed() {
                return Ok(false);
            }
            let (mut ask, mut everybody, ground) = self.how_asked(way)?;
            let found = self.search(&mut ask, &mut everybody)?;
            if !ground && !matches!(found, SearchOutcome::None) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The values that a fact of the thing can come to have by changes, whoever makes them: the one that it has, and those that
    /// steps of changes can bring about.
    fn possible_values(&self, ask: &PlanGoal<'_>, fact: &Fact) -> BTreeSet<Value> {
        let product = &ask.compiled.product;
        let all = || (0..fact.domain.len() as u16).map(Value);
        let (Some(thing), Some(user)) = (ask.asked.thing, ask.asked.user) else {
            return all().collect();
        };
        let things = self.things.of_kind(thing.product, thing.kind);
        let value = |things| {
            let at = (things, thing.number);
            self.things.value(product, fact.source, user, at)
        };
        let mut values: BTreeSet<Value> = things.and_then(value).into_iter().collect();
        if values.is_empty() {
            // It has what the rule file says of a thing of which nothing is known.
            return all().collect();
        }
        let (path, list) = match fact.source {
            FactSource::Property(path, _) => (path, false),
            FactSource::List(path, _) | FactSource::Taken(path, _) => (path, true),
            FactSource::Question => return values,
        };
        let kind = product.kind_id_at(path);
        for declared in product.changes.iter().filter(|one| !one.is_about_users()) {
            if list && declared.takes.contains(&Argument::Group) {
                return all().collect();
            }
            if declared.kind != kind {
                continue;
            }
            let effects = declared.effects.iter();
            let effects = effects.filter_map(|effect| product.effect(*effect));
            let steps = effects.flat_map(|effect| &effect.steps);
            for step in declared.steps.iter().chain(steps) {
                match (step, fact.source) {
                    (ThingStep::Set(set, to), FactSource::Property(_, own)) if *set == own => {
                        match to {
                            ArgumentChoice::Fixed(to) => _ = values.insert(*to),
                            ArgumentChoice::Argument => return all().collect(),
                        }
                    }
                    (ThingStep::Set(..), _) | (_, FactSource::Property(..)) => {}
                    // A list that brings this one counts as well.
                    _ => return all().collect(),
                }
            }
        }
        values
    }
}
