//! What a decision reads of a thing, prepared for each action.

use super::action::ActionHandle;
use super::{ActionDirectory, Rulebook};
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{BitField, Layout};
use crate::link::product::{Action, ActionId, DecisionInput, FactSource, KindId};
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
pub(crate) struct PlannedFact {
    field: BitField,
    pub(crate) source: FactSource,
    /// Whether everyone stands on the list where a firm says nothing about it.
    pub(crate) is_open: bool,
}

impl ThingPlan {
    /// The plan of an action; none of an action that is not done to things, or with a fact that the question has to say.
    pub(super) fn of(
        product: usize,
        compiled: &CompiledProduct,
        (id, action): (ActionId, &Action),
        lookup: u32,
    ) -> Option<Self> {
        let kind = action.on_thing?;
        let has_defaults = action.facts.iter().all(|used| used.default.is_some());
        let read = compiled.decider(id)?.tree().questions();
        let declared = &compiled.product;
        let used = action.facts.iter().filter(|_| has_defaults);
        let facts = used.filter_map(|used| {
            let source = declared.fact(used.fact)?.source;
            let is_wanted =
                source.kind().is_some() && read.contains(&DecisionInput::Fact(used.fact));
            let is_open = match source {
                FactSource::List(path, list) => declared.kind_at(path)?.lists.get(list)?.is_open,
                _ => false,
            };
            is_wanted.then(|| PlannedFact {
                field: Layout::fact(used, declared),
                source,
                is_open,
            })
        });
        has_defaults.then(|| Self {
            product,
            kind,
            lookup,
            facts: facts.collect(),
        })
    }
}

impl ActionDirectory {
    /// What is to be looked up of a thing before this action is decided about.
    #[inline]
    pub(crate) fn plan(&self, action: u32) -> Option<&ThingPlan> {
        self.plans.get(action as usize)?.as_ref()
    }
}

impl ActionHandle {
    /// The same action with what its decision reads of a thing. `None` where the question said anything itself.
    #[inline]
    pub(crate) fn planned(
        mut self,
        rulebook: &Rulebook,
        plan: &ThingPlan,
        value: impl Fn(&PlannedFact) -> Option<Value>,
    ) -> Option<Self> {
        if self.facts.says_anything() {
            return None;
        }
        for fact in &plan.facts {
            if let Some(value) = value(fact) {
                fact.field.write(&mut self.facts.bits, value);
            }
        }
        self.facts.number = rulebook.lookups().facts(plan.lookup, self.facts.bits);
        self.lookup = plan.lookup;
        Some(self)
    }
}
