//! What a decision reads of a thing, prepared for each action.

use super::Rulebook;
use super::action::ActionHandle;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{BitField, Layout, Word};
use crate::link::product::{Action, ActionId, DecisionInput, FactSource, FactUse, KindId};
use crate::value::Value;

/// What is to be looked up of a thing before an action is decided about.
#[derive(Debug)]
pub(crate) struct ThingPlan {
    pub(crate) product: usize,
    pub(crate) kind: KindId,
    /// The lookup of the action.
    lookup: u32,
    facts: Box<[PlannedFact]>,
}

/// A fact that follows from a thing.
#[derive(Debug)]
struct PlannedFact {
    field: BitField,
    source: PlannedSource,
}

/// Where the value of a fact is looked up.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PlannedSource {
    /// A property of the thing itself, by its number.
    Property(usize),
    /// A list of the thing itself, by its number, and whether everyone stands on it where a firm says nothing about it.
    List(usize, bool),
    /// Anything else.
    Other(FactSource),
}

impl ThingPlan {
    /// The plan of an action; none of an action that is not done to things, or with a fact that the question alone can say.
    pub(super) fn of(
        product: usize,
        compiled: &CompiledProduct,
        (id, action): (ActionId, &Action),
        lookup: u32,
    ) -> Option<Self> {
        let kind = action.on_thing?;
        let read = compiled.decider(id)?.tree().questions();
        let declared = &compiled.product;
        let is_known = |used: &FactUse| {
            let fact = declared.fact(used.fact);
            used.default.is_some() || fact.is_some_and(|fact| fact.source.kind() == Some(kind))
        };
        let are_known = action.facts.iter().all(is_known);
        let used = action.facts.iter().filter(|_| are_known);
        let facts = used.filter_map(|used| {
            let source = declared.fact(used.fact)?.source;
            let is_wanted =
                source.kind().is_some() && read.contains(&DecisionInput::Fact(used.fact));
            let source = match source {
                FactSource::Property(path, property) if path.above == 0 => {
                    PlannedSource::Property(property)
                }
                FactSource::List(path, list) if path.above == 0 => {
                    let is_open = declared.kind_at(path)?.lists.get(list)?.is_open;
                    PlannedSource::List(list, is_open)
                }
                other => PlannedSource::Other(other),
            };
            is_wanted.then(|| PlannedFact {
                field: Layout::fact(used, declared),
                source,
            })
        });
        are_known.then(|| Self {
            product,
            kind,
            lookup,
            facts: facts.collect(),
        })
    }

    /// The facts of an action with what its decision reads of a thing.
    #[inline]
    pub(crate) fn bits(
        &self,
        mut bits: [Word; 2],
        value: impl Fn(PlannedSource) -> Option<Value>,
    ) -> [Word; 2] {
        for fact in &self.facts {
            if let Some(value) = value(fact.source) {
                fact.field.write(&mut bits, value);
            }
        }
        bits
    }
}

impl ActionHandle {
    /// Whether its facts are what a plan starts from: the question gave none.
    #[inline]
    pub(crate) fn is_silent(&self) -> bool {
        !self.facts.says_anything()
    }

    /// The same action with these facts.
    #[inline]
    pub(crate) fn planned(
        mut self,
        rulebook: &Rulebook,
        plan: &ThingPlan,
        bits: [Word; 2],
    ) -> Self {
        self.facts.bits = bits;
        self.facts.number = rulebook.lookups().facts(plan.lookup, bits);
        self.lookup = plan.lookup;
        self
    }
}
