//! The difference between two rulebooks, in decisions and not in lines.
//!
//! Declarations are compared by name. Then the decision trees of both sides are walked together for every action and
//! every change, over everything that can be known about two people, their firm and the question. When no path ends
//! differently, the two are proven equal. Otherwise the differing paths are combined into the shortest exact
//! conditions.

mod actions;
mod changes;
mod compared_answer;
mod declared;
mod first;
mod function;
mod joint;
mod walk;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::analyse::search_stop::SearchStop;
use crate::budget::CutOff;
use crate::explore::compile::CompiledProduct;
use crate::finding::AskError;
use crate::rulebook::Rulebook;
use crate::world::input::{KnownInputs, WorldInput};
pub use compared_answer::ChangeKind;
use compared_answer::DifferenceAspect;
use first::{ComparisonScope, ended};
use function::{DifferenceConditions, DifferenceDetail, DifferenceScope};
use joint::{JointProduct, Sides};
use words::Wording;

/// The differences between two rulebooks. When the search was cut off, there may be more changes than are listed, and
/// `equal` is `false` in any case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RulebookDifference {
    /// Whether there is no difference: no question and no change can tell the two apart, and all declarations agree.
    pub equal: bool,
    /// The differences: by product, first declarations, then actions and changes.
    pub changes: Vec<RuleChange>,
    /// The bound that cut the search off, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<CutOff>,
}

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
    /// Whether the result is certain: there is a difference, or it is proven that there is none.
    pub fn is_decided(&self) -> bool {
        self.equal || !self.changes.is_empty()
    }
}

impl Rulebook {
    /// Compares this rulebook with another one by decisions and not by lines: this one is the old one, `new` the new
    /// one. Equality is proven: every decision of both is walked side by side, none is sampled.
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
    /// let rules = include_str!("../../../tests/cases/loads/a_house/rules/door.yaml");
    /// let old = Rulebook::from_texts([("door.yaml", rules)])?;
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
    rulebooks: Sides<&'r Rulebook>,
    joint: JointProduct<'r>,
}

impl<'r> ProductComparison<'r> {
    fn new(
        id: &str,
        rulebooks: Sides<&'r Rulebook>,
        sides: Sides<Option<&'r CompiledProduct>>,
    ) -> Self {
        let joint = JointProduct::of(sides);
        Self {
            id: id.into(),
            rulebooks,
            joint,
        }
    }

    fn compare(
        &self,
        scope: DifferenceScope<'_>,
        about: ComparisonScope<'_>,
        changes: &mut Vec<RuleChange>,
    ) -> Result<(), SearchStop> {
        let lines = |compiled: Option<&CompiledProduct>| {
            compiled.map_or_else(Vec::new, |compiled| declared::lines(&compiled.product))
        };
        let [old, new] = self.joint.sides.map(lines);
        let declared = declared::differences(old, new).into_iter();
        for (what, aspect) in declared.filter(|_| !matches!(about, ComparisonScope::One(_))) {
            changes.push(RuleChange {
                what: Some(what),
                ..self.change(aspect)
            });
        }
        let [_, new] = self.rulebooks;
        let named = self.joint.actions.iter();
        for named in named.filter(|(id, _)| about.has(id, |change| change.action.as_deref())) {
            if about.is_enough(changes) {
                return Ok(());
            }
            let (id, _) = named;
            let limits = new.limits();
            let differences = actions::differences(&self.joint, named, limits, scope)?;
            let title = self.titled(|rulebook| rulebook.action_title(&self.id, id));
            changes.extend(
                differences
                    .into_iter()
                    .map(|(has_target, difference)| RuleChange {
                        action: Some(id.into()),
                        has_target: Some(has_target),
                        title: title.clone(),
                        ..self.conditional(difference, scope)
                    }),
            );
        }
        let named = self.joint.changes.iter();
        for named in named.filter(|(id, _)| about.has(id, |change| change.change.as_deref())) {
            if about.is_enough(changes) {
                return Ok(());
            }
            let (id, _) = named;
            let differences = changes::differences(&self.joint, named, new.limits(), scope)?;
            let title = self.titled(|rulebook| rulebook.change_title(&self.id, id));
            changes.extend(differences.into_iter().map(|difference| RuleChange {
                change: Some(id.into()),
                title: title.clone(),
                ..self.conditional(difference, scope)
            }));
        }
        Ok(())
    }

    fn titled(&self, of: impl Fn(&'r Rulebook) -> Option<&'r str>) -> Option<Arc<str>> {
        let [old, new] = self.rulebooks;
        of(new).or_else(|| of(old)).map(Into::into)
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
