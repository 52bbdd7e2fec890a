//! Abilities: one action as one user may do it, with facts and targets.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::missing::MissingInput;
use super::targets::Targets;
use crate::answer::Answer;
use crate::explore::compile::CompiledProduct;
use crate::finding::AskError;
use crate::finding::foreign;
use crate::firm::Firm;
use crate::link::product::{ActionId, Basis, DecisionInput, FactUse, Product};
use crate::rulebook::ActionHandle;
use crate::value::Value;

/// Something that a user may do, or may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ability {
    product: Arc<str>,
    action: Arc<str>,
    title: Arc<str>,
    group: Arc<str>,
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "crate::answer::given"
    )]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, crate::answer::ValueWord>")
    )]
    facts: Vec<(String, String)>,
    rule: Arc<str>,
    reason: Arc<str>,
    basis: Basis,
    place: String,
    section: Arc<str>,
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    site: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) targets: Option<Targets>,
    pub(super) turned_by: Vec<MissingInput>,
    pub(super) missing: Vec<MissingInput>,
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
            rule: answer.rule().into(),
            reason: answer.reason().into(),
            basis: answer.basis(),
            place: answer.place().file_and_line(),
            section: answer.section().into(),
            site: answer.site().map(Into::into),
            targets: None,
            turned_by: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// Id of the product.
    pub fn product(&self) -> &str {
        &self.product
    }

    /// Id of the action.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// What people call the action.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The heading under which the rule file has it.
    pub fn group(&self) -> &str {
        &self.group
    }

    /// The facts it is about, where they have no defaults.
    pub fn facts(&self) -> &[(String, String)] {
        &self.facts
    }

    /// Id of the rule that decided.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The reason in plain words.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether the source document says so.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// Where the rule stands, as `file:line`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The heading of the section of the source document.
    pub fn section(&self) -> &str {
        &self.section
    }

    /// Where in the product it is done; only of what is allowed.
    pub fn site(&self) -> Option<&str> {
        self.site.as_deref()
    }

    /// To whom it is done; nothing of actions without a target.
    pub fn targets(&self) -> Option<&Targets> {
        self.targets.as_ref()
    }

    /// The values of single facts by which the answer is another one.
    pub fn turned_by(&self) -> &[MissingInput] {
        &self.turned_by
    }

    /// Of what is denied, the fewest things that would have to be different, together.
    pub fn missing(&self) -> &[MissingInput] {
        &self.missing
    }
}

/// An action with its facts as it is asked about.
pub(super) struct ActionWithFacts {
    pub(super) action: ActionId,
    /// Whether it is done to a person.
    pub(super) on_target: bool,
    pub(super) handle: ActionHandle,
    /// Those without defaults.
    pub(super) facts: Vec<(String, String)>,
}

/// Every action of a product as it can be asked about: with its facts at their defaults, and once for each choice of those
/// that have none.
pub(super) fn all(firm: &Firm, number: usize) -> Result<Vec<ActionWithFacts>, AskError> {
    let compiled = firm.compiled(number)?;
    let mut all = Vec::new();
    for (place, declared) in compiled.product.actions.iter().enumerate() {
        let action = ActionId::from(place);
        let of_all = firm.rulebook.lookups().action(number, action);
        let handle = firm.rulebook.directory().handle(of_all);
        let handle = handle.ok_or_else(|| foreign("rulebook"))?;
        let open = declared.facts.iter().filter(|used| used.default.is_none());
        let open: Vec<&FactUse> = open.collect();
        let product = &compiled.product;
        let choices = open
            .iter()
            .map(|used| product.width(DecisionInput::Fact(used.fact)));
        // Rules with more of them than can be listed do not load.
        let choices = choices.fold(1_usize, usize::saturating_mul);
        for mut choice in 0..choices {
            let mut asked = ActionWithFacts {
                action,
                on_target: declared.on_target,
                handle,
                facts: Vec::new(),
            };
            // The last fact counts fastest, as it does when people write such a list.
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

/// The same action once for each other value of one fact that has a default.
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
    let fact = product.facts.get(used.fact.index());
    fact.map_or(("?", "?"), |fact| (&fact.id, fact.domain.word(value)))
}
