//! Abilities: one action as one user may do it, with facts and targets.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::allowed_things::AllowedThings;
use super::missing::MissingInput;
use super::targets::Targets;
use crate::answer::{Answer, FactMap, Grounds};
use crate::explore::compile::CompiledProduct;
use crate::finding::{AskError, foreign};
use crate::firm::Firm;
use crate::link::product::{ActionId, DecisionInput, FactSource, FactUse, KindId, Product};
use crate::rulebook::ActionHandle;
use crate::value::Value;

/// An action that a user may do, or may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Ability {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the action.
    pub action: Arc<str>,
    /// What people call the action.
    pub title: Arc<str>,
    /// The heading under which the rule file has it.
    pub group: Arc<str>,
    /// Its facts without defaults, with the values this entry is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "FactMap")]
    pub facts: Vec<(String, String)>,
    /// The rule that decided.
    #[serde(flatten)]
    pub grounds: Grounds,
    /// The targets it is allowed on. `None` for actions without a target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub targets: Option<Targets>,
    /// The things that it is allowed on. `None` for actions that are not done to things, and where one thing was asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub things: Option<AllowedThings>,
    /// Values of single facts that would change the answer.
    pub turned_by: Vec<MissingInput>,
    /// For a denial, the smallest set of inputs that would have to differ together.
    pub missing: Vec<MissingInput>,
}

impl Ability {
    pub(super) fn new(
        compiled: &CompiledProduct,
        asked: &ActionWithFacts,
        answer: Answer<'_>,
    ) -> Self {
        let product = &compiled.product;
        let action = product.action(asked.action);
        let group = action.and_then(|action| product.groups.get(action.group));
        let nothing = || Arc::from("");
        Self {
            product: Arc::clone(&product.id),
            action: action.map_or_else(nothing, |action| Arc::clone(&action.id)),
            title: action.map_or_else(nothing, |action| Arc::clone(&action.title)),
            group: group.map_or_else(nothing, |group| Arc::clone(&group.title)),
            facts: asked.facts.clone(),
            grounds: answer.grounds(),
            targets: None,
            things: None,
            turned_by: Vec::new(),
            missing: Vec::new(),
        }
    }
}

/// An action with its facts, ready to be asked.
pub(super) struct ActionWithFacts {
    pub(super) action: ActionId,
    /// Whether it is done to a person.
    pub(super) on_target: bool,
    /// The kind of thing that it is done to.
    pub(super) on_thing: Option<KindId>,
    /// Whether its answer is about one thing, so that nothing can be said of it in general.
    pub(super) needs_thing: bool,
    pub(super) handle: ActionHandle,
    /// The facts without defaults.
    pub(super) facts: Vec<(String, String)>,
}

/// Every action of a product, ready to be asked. Facts have their defaults, or follow from a thing. An action with facts that do
/// neither appears once for each choice of their values.
pub(super) fn all(firm: &Firm, number: usize) -> Result<Vec<ActionWithFacts>, AskError> {
    with_choices(firm, number, true)
}

/// The same of actions that are done to things.
pub(super) fn on_things(firm: &Firm, number: usize) -> Result<Vec<ActionWithFacts>, AskError> {
    let mut all = all(firm, number)?;
    all.retain(|asked| asked.on_thing.is_some());
    Ok(all)
}

/// Every action once for each choice of its open facts. Of those on things, what follows from a thing is open where they are not
/// asked about things.
fn with_choices(
    firm: &Firm,
    number: usize,
    about_things: bool,
) -> Result<Vec<ActionWithFacts>, AskError> {
    let compiled = firm.compiled(number)?;
    let mut all = Vec::new();
    for (place, declared) in compiled.product.actions.iter().enumerate() {
        let action = ActionId::from(place);
        let of_all = firm.rulebook.lookups().action(number, action);
        let handle = firm
            .rulebook
            .directory()
            .handle(of_all)
            .ok_or_else(|| foreign("rulebook"))?;
        let handle = if about_things {
            handle.on_silent_thing(&firm.rulebook)
        } else {
            *handle
        };
        let product = &compiled.product;
        let follows = |used: &FactUse| {
            let fact = product.fact(used.fact);
            about_things && fact.is_some_and(|fact| fact.source.kind().is_some())
        };
        let open: Vec<&FactUse> = declared
            .facts
            .iter()
            .filter(|used| used.default.is_none() && !follows(used))
            .collect();
        let choices = open
            .iter()
            .map(|used| product.width(DecisionInput::Fact(used.fact)));
        // Rules with too many choices to list do not load.
        let choices = choices.fold(1_usize, usize::saturating_mul);
        for mut choice in 0..choices {
            let mut asked = ActionWithFacts {
                action,
                on_target: declared.on_target,
                on_thing: declared.on_thing,
                needs_thing: declared.needs_thing,
                handle,
                facts: Vec::new(),
            };
            // The last fact changes fastest, as people write such a list.
            for used in open.iter().rev() {
                let width = product.width(DecisionInput::Fact(used.fact));
                let (name, value) = fact(product, used, Value((choice % width) as u16));
                choice /= width;
                asked.handle = asked.handle.with_fact(&firm.rulebook, name, value)?;
                asked.facts.insert(0, (name.to_owned(), value.to_owned()));
            }
            all.push(asked);
        }
    }
    Ok(all)
}

/// The same without actions whose answers are about one thing.
pub(super) fn in_general(firm: &Firm, number: usize) -> Result<Vec<ActionWithFacts>, AskError> {
    let mut all = with_choices(firm, number, false)?;
    all.retain(|asked| !asked.needs_thing);
    Ok(all)
}

/// The same action for each other value of each fact that has a default. What is read of things is left out: the thing says it.
pub(super) fn turned(
    firm: &Firm,
    compiled: &CompiledProduct,
    asked: &ActionWithFacts,
) -> Result<Vec<(MissingInput, ActionHandle)>, AskError> {
    let product = &compiled.product;
    let declared = product.action(asked.action);
    let mut all = Vec::new();
    for used in declared.map_or(&[][..], |declared| &declared.facts) {
        let Some(default) = used.default else {
            continue;
        };
        let source = product.fact(used.fact).map(|fact| fact.source);
        if source.is_some_and(FactSource::is_of_thing) {
            continue;
        }
        let input = DecisionInput::Fact(used.fact);
        let values = (0..product.width(input)).map(|value| Value(value as u16));
        for other in values.filter(|value| *value != default) {
            let (name, value) = fact(product, used, other);
            let handle = asked.handle.with_fact(&firm.rulebook, name, value)?;
            all.push((MissingInput::new(product, input, default, other), handle));
        }
    }
    Ok(all)
}

/// A fact and a value of it, by name.
fn fact<'p>(product: &'p Product, used: &FactUse, value: Value) -> (&'p str, &'p str) {
    let fact = product.fact(used.fact);
    fact.map_or(("?", "?"), |fact| (&fact.id, fact.domain.word(value)))
}
