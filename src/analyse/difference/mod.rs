//! The difference between two rulebooks, in decisions and not in lines.
//!
//! Declarations are compared by name. Then the decision trees of both sides are walked together for every action and
//! every change, over everything that can be known about two people, their firm and the question. When no path ends
//! differently, the two are proven equal. Otherwise the differing paths are combined into the shortest exact
//! conditions.

mod actions;
mod alone;
mod changes;
mod compared_answer;
mod declared;
mod first;
mod function;
mod joint;
mod people;
mod products;
mod renames;
mod terms;
mod walk;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::analyse::search_stop::SearchStop;
use crate::budget::CutOff;
use crate::explore::compile::CompiledProduct;
use crate::finding::AskError;
use crate::limits::Limits;
use crate::link::product::Product;
use crate::rulebook::Rulebook;
use crate::world::input::{KnownInputs, WorldInput};
use actions::ComparedAction;
pub use compared_answer::ChangeKind;
use compared_answer::DifferenceAspect;
use declared::DeclarationLine;
use first::{ComparisonScope, ended};
use function::{DifferenceConditions, DifferenceDetail, DifferenceScope};
use joint::{JointProduct, NamedSides, Sides};
use words::Wording;

/// The differences between two rulebooks. When the search was cut off, there may be more changes than are listed, and
/// `equal` is `false` in any case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RulebookDifference {
    /// Whether there is no difference: no question and no change can tell the two apart, and all else that was compared
    /// agrees.
    pub equal: bool,
    /// If they are equal, what was compared.
    pub compared: Vec<Cow<'static, str>>,
    /// If they are equal, what was not compared.
    pub not_compared: Vec<Cow<'static, str>>,
    /// The differences: by product, first declarations, then actions and changes.
    pub changes: Vec<RuleChange>,
    /// The bound that cut the search off, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<CutOff>,
}

/// Everything in rule files that a user can meet.
const COMPARED: [&str; 6] = [
    "decisions and verdicts, with their rules, reasons, missing roles, bases, sections and places in the product",
    "what changes alter, and the effects that follow",
    "what each rule says alone",
    "roles and what they bring, settings, readings, facts, actions, changes and effects: ids, values, defaults, titles, bases and sections",
    "conflicts, advice and properties, with their words",
    "the document, its sections, and the headings above actions",
];

/// What stands in rule files beside that.
const NOT_COMPARED: [&str; 2] = [
    "notes, comments and the titles of facts, which no answer shows",
    "the order of what is declared, and the files and lines where it stands",
];

/// One thing that is different in another rulebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RuleChange {
    /// Id of the product.
    pub product: Arc<str>,
    /// What kind of difference it is.
    pub kind: ChangeKind,
    /// Id of the action with another decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Arc<str>>,
    /// For an action, whether this is about its form with a target. An action that gains or loses its target between
    /// the rulebooks is listed in both forms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has_target: Option<bool>,
    /// Id of the permission change with another verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Arc<str>>,
    /// The declaration that differs, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// What people call the action or change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Arc<str>>,
    /// The old rulebook's answer: for an action `allow` or `deny`, for a change `accept` or `reject`.
    pub from: String,
    /// The new rulebook's answer.
    pub to: String,
    /// For whom and under which conditions, as a sentence. Declarations have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The exact conditions: alternatives, any of which is enough. Each lists inputs with their possible values;
    /// other inputs do not matter. An alternative without inputs always holds.
    pub conditions: Vec<BTreeMap<String, Vec<String>>>,
}

impl RulebookDifference {
    fn of(changes: Vec<RuleChange>, cut_off: Option<CutOff>) -> Self {
        let equal = changes.is_empty() && cut_off.is_none();
        let listed = |list: &[&'static str]| {
            let list = list.iter().filter(|_| equal);
            list.map(|one| Cow::Borrowed(*one)).collect()
        };
        Self {
            equal,
            compared: listed(&COMPARED),
            not_compared: listed(&NOT_COMPARED),
            changes,
            cut_off,
        }
    }

    /// Whether the result is certain: there is a difference, or it is proven that there is none.
    pub fn is_decided(&self) -> bool {
        self.equal || !self.changes.is_empty()
    }
}

impl Rulebook {
    /// Compares this rulebook with another one by decisions and not by lines: this one is the old one, `new` the new
    /// one. Equality is proven: every decision of both is walked side by side, none is sampled.
    ///
    /// What was only given another id is found ([`ChangeKind::Renamed`]), and what follows is compared under the new id.
    ///
    /// Each side ignores what only the other side knows: nobody holds a role that the side does not declare, a
    /// setting with an unknown value has its default, and an unknown fact is not given. Nobody has an unknown level.
    /// A question that a side cannot be asked counts as denied there.
    ///
    /// # Errors
    /// [`AskError`] where an action or change has more ways to differ than
    /// [`Limits::difference_ways`](crate::Limits::difference_ways), or more paths than [`Limits::paths`](crate::Limits::paths). A
    /// search that meets another bound is no error: see [`RulebookDifference::cut_off`].
    ///
    /// ```
    /// use clio_rules::Rulebook;
    ///
    /// let rules = std::fs::read_to_string("tests/cases/loads/a_house/rules/door.yaml")?;
    /// let old = Rulebook::from_texts([("door.yaml", rules.as_str())])?;
    /// assert!(old.difference(&old)?.equal);
    /// let open = rules.replacen("allow: owner", "allow: everyone", 1);
    /// let new = Rulebook::from_texts([("door.yaml", open.as_str())])?;
    /// let difference = old.difference(&new)?;
    /// let first = &difference.changes[0];
    /// assert_eq!((&*first.from, &*first.to), ("deny", "allow"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn difference(&self, new: &Self) -> Result<RulebookDifference, AskError> {
        let limits = new.limits();
        let budget = limits.budget(limits.difference_states);
        let mut changes = Vec::new();
        let finished = self.compare(
            new,
            (DifferenceDetail::Conditions, &budget),
            ComparisonScope::Everything,
            &mut changes,
        );
        ended(finished, changes)
    }
}

/// One product of both rulebooks.
struct ProductComparison<'r> {
    id: Arc<str>,
    limits: &'r Limits,
    joint: JointProduct<'r>,
}

impl<'r> ProductComparison<'r> {
    fn new(id: &str, limits: &'r Limits, sides: Sides<Option<&'r CompiledProduct>>) -> Self {
        Self {
            id: id.into(),
            limits,
            joint: JointProduct::of(sides),
        }
    }

    fn compare(
        &self,
        scope: DifferenceScope<'_>,
        about: ComparisonScope<'_>,
        changes: &mut Vec<RuleChange>,
    ) -> Result<(), SearchStop> {
        if !matches!(about, ComparisonScope::One(_)) {
            self.declared(declared::lines, changes);
        }
        if about.is_everything() {
            self.declared(terms::lines, changes);
            self.people(scope, changes)?;
        }
        let named = self.joint.actions.iter();
        for named in named.filter(|(id, _)| about.has(id, |change| change.action.as_deref())) {
            if about.is_enough(changes) {
                return Ok(());
            }
            self.action(named, scope, about, changes)?;
        }
        let named = self.joint.changes.iter();
        for named in named.filter(|(id, _)| about.has(id, |change| change.change.as_deref())) {
            if about.is_enough(changes) {
                return Ok(());
            }
            let (id, numbers) = named;
            let differences = changes::differences(&self.joint, named, self.limits, scope)?;
            let title = self.titled(numbers, |product, number| {
                product.changes.get(number).map(|change| &change.title)
            });
            changes.extend(differences.into_iter().map(|difference| RuleChange {
                change: Some(id.into()),
                title: title.clone(),
                ..self.conditional(difference, scope)
            }));
        }
        Ok(())
    }

    /// What is declared otherwise.
    fn declared(&self, lines: fn(&Product) -> Vec<DeclarationLine>, changes: &mut Vec<RuleChange>) {
        let lines = |compiled: Option<&CompiledProduct>| {
            compiled.map_or_else(Vec::new, |compiled| lines(&compiled.product))
        };
        let [old, new] = self.joint.sides.map(lines);
        let declared = declared::differences(old, new).into_iter();
        changes.extend(declared.map(|(what, aspect)| RuleChange {
            what: Some(what),
            ..self.change(aspect)
        }));
    }

    /// Which roles count as held by whom, and whom advice is about.
    fn people(
        &self,
        scope: DifferenceScope<'_>,
        changes: &mut Vec<RuleChange>,
    ) -> Result<(), SearchStop> {
        for named in self.joint.roles.iter() {
            let (id, _) = named;
            for (aspect, conditions) in people::brought(&self.joint, named, self.limits, scope)? {
                let kind = ChangeKind::Brings;
                let aspect = DifferenceAspect { kind, ..aspect };
                changes.push(RuleChange {
                    what: Some(format!("the role {id}")),
                    ..self.conditional((aspect, conditions), scope)
                });
            }
        }
        for named in people::all_advice(&self.joint).iter() {
            let (id, _) = named;
            let found = people::advice(&self.joint, named, self.limits, scope)?;
            for (is_enabled, (aspect, conditions)) in found {
                let kind = ChangeKind::Advice;
                let aspect = DifferenceAspect { kind, ..aspect };
                let mut change = self.conditional((aspect, conditions), scope);
                let word = if is_enabled { "enabled" } else { "disabled" };
                change.what = Some(format!("the advice {id}"));
                change.when = change
                    .when
                    .map(|when| format!("{when}, while they are {word}"));
                for condition in &mut change.conditions {
                    let is = vec![is_enabled.to_string()];
                    condition.insert("user is enabled".to_owned(), is);
                }
                changes.push(change);
            }
        }
        Ok(())
    }

    /// What is decided otherwise about an action; where nothing is, what its rules say alone.
    fn action(
        &self,
        named: NamedSides<'_>,
        scope: DifferenceScope<'_>,
        about: ComparisonScope<'_>,
        changes: &mut Vec<RuleChange>,
    ) -> Result<(), SearchStop> {
        let (id, numbers) = named;
        let compared = ComparedAction::new(&self.joint, named);
        let mut differences = compared.differences(self.limits, scope)?;
        if differences.is_empty() && about.is_everything() {
            differences = compared.alone(self.limits, scope)?;
        }
        let title = self.titled(numbers, |product, number| {
            product.actions.get(number).map(|action| &action.title)
        });
        let found = differences.into_iter();
        changes.extend(found.map(|(has_target, difference)| {
            let is_alone = difference.0.kind == ChangeKind::Alone;
            RuleChange {
                action: Some(id.into()),
                what: is_alone.then(|| format!("what the rules of {id} say alone")),
                has_target: Some(has_target),
                title: title.clone(),
                ..self.conditional(difference, scope)
            }
        }));
        Ok(())
    }

    /// The title on the new side, or on the old one.
    fn titled(
        &self,
        numbers: Sides<Option<u16>>,
        of: impl Fn(&'r Product, usize) -> Option<&'r Arc<str>>,
    ) -> Option<Arc<str>> {
        let [old, new] = numbers;
        let title = |side: usize, number: Option<u16>| {
            of(&self.joint.side(side)?.product, usize::from(number?))
        };
        title(1, new).or_else(|| title(0, old)).cloned()
    }

    fn change(&self, aspect: DifferenceAspect) -> RuleChange {
        let DifferenceAspect { kind, from, to } = aspect;
        RuleChange {
            product: Arc::clone(&self.id),
            kind,
            action: None,
            has_target: None,
            change: None,
            what: None,
            title: None,
            from,
            to,
            when: None,
            conditions: Vec::new(),
        }
    }

    fn conditional(
        &self,
        (aspect, conditions): (DifferenceAspect, DifferenceConditions),
        scope: DifferenceScope<'_>,
    ) -> RuleChange {
        if matches!(scope.detail, DifferenceDetail::Aspects) {
            return self.change(aspect);
        }
        let has_target = conditions.has_target;
        let exists = |known: &KnownInputs| self.joint.firms.can_be(known, has_target);
        let wording = Wording {
            joint: &self.joint,
            exists: &exists,
        };
        let cubes = conditions.cubes.iter();
        let exact = cubes.map(|cube| {
            let inputs = conditions.vars.iter().zip(cube.inputs());
            let named = inputs.filter(|(var, values)| values.len() < self.joint.width(**var));
            named
                .map(|(var, values)| self.exact(*var, values))
                .collect()
        });
        RuleChange {
            when: Some(wording.sentence(&conditions)),
            conditions: exact.collect(),
            ..self.change(aspect)
        }
    }

    fn exact(
        &self,
        var: WorldInput,
        values: &crate::world::cover::ValueSet,
    ) -> (String, Vec<String>) {
        let word = |value| self.joint.value_word(var, value).to_owned();
        (self.joint.written(var), values.iter().map(word).collect())
    }
}

#[cfg(test)]
mod tests;
