//! Conflicts: pairs of abilities that one person should not hold, and does.

use std::convert::Infallible;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{QuestionBits, Word};
use crate::explore::semantics;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::link::product::{ActionId, Basis, Conflict, DecisionInput, RoleId};
use crate::value::Value;
use crate::vocabulary::Person;

/// Two abilities that one user holds and should not. It is a warning and refuses nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HeldConflict {
    /// Id of the user who holds both.
    pub user: String,
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the conflict.
    pub conflict: Arc<str>,
    /// What people call it.
    pub title: Arc<str>,
    /// Ids of the two actions.
    pub both: [Arc<str>; 2],
    /// Why one person should not hold both.
    pub because: Arc<str>,
    /// Whether the source document says so.
    pub basis: Basis,
    /// Where the conflict stands, as `file:line`.
    pub place: String,
    /// The heading of the section of the source document.
    pub section: Arc<str>,
}

impl Firm {
    /// The conflicts that a user holds, in the order of the rule files.
    ///
    /// # Errors
    /// [`AskError`] when there is no such user.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// // Whoever is disabled holds nothing, and so no conflict.
    /// assert_eq!(firm.conflicts("greta")?, []);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn conflicts(&self, user: &str) -> Result<Vec<HeldConflict>, AskError> {
        let user = self.user_number(user)?;
        let products = 0..self.rulebook.compiled().len();
        let held = products.flat_map(|product| {
            let words = self.roster.profile(product, user);
            self.held(product, user, words, |_| true)
        });
        Ok(held.collect())
    }

    /// The conflicts that a user would newly hold with this profile in place of their own.
    pub(crate) fn newly_held(
        &self,
        product: usize,
        user: u32,
        words: &[Word],
    ) -> Vec<HeldConflict> {
        let before = self.roster.profile(product, user);
        self.held(product, user, words, |conflict| {
            let compiled = self.rulebook.product(product);
            !compiled.is_some_and(|compiled| self.holds(product, compiled, conflict, before))
        })
    }

    fn held(
        &self,
        product: usize,
        user: u32,
        words: &[Word],
        counts: impl Fn(&Conflict) -> bool,
    ) -> Vec<HeldConflict> {
        let Some(compiled) = self.rulebook.product(product) else {
            return Vec::new();
        };
        let conflicts = compiled.product.conflicts.iter();
        conflicts
            .filter(|conflict| self.holds(product, compiled, conflict, words) && counts(conflict))
            .map(|conflict| self.held_in_words(compiled, user, conflict))
            .collect()
    }

    /// Whether somebody with this profile may do both, and holds no role that is trusted with both.
    pub(crate) fn holds(
        &self,
        product: usize,
        compiled: &CompiledProduct,
        conflict: &Conflict,
        words: &[Word],
    ) -> bool {
        let bits = |question| QuestionBits {
            user: words,
            target: words,
            firm: self.readings_of(product),
            question,
        };
        let may = |action: &ActionId| {
            let number = self.rulebook.lookups().action(product, *action);
            let handle = self.rulebook.directory().handle(number);
            let bits = handle.map(|handle| bits(handle.facts.bits));
            let outcome = bits
                .filter(|bits| compiled.ground(bits).is_none())
                .and_then(|bits| Some(compiled.decider(*action)?.decide(&bits)?.answer.allows));
            outcome == Some(true)
        };
        let is_trusted = |role: &RoleId| {
            let bits = bits([0; 2]);
            let ask = |input: DecisionInput| -> Result<Value, Infallible> {
                Ok(bits.read(compiled.layout.slot(input, &[], &compiled.product)))
            };
            let mut world = compiled.asking(ask);
            let held = semantics::has_role(&compiled.product, &mut world, Person::User, *role);
            held.unwrap_or_else(|never| match never {})
        };
        conflict.both.iter().all(may) && !conflict.except.iter().any(is_trusted)
    }

    fn held_in_words(
        &self,
        compiled: &CompiledProduct,
        user: u32,
        conflict: &Conflict,
    ) -> HeldConflict {
        let product = &compiled.product;
        let action = |action: &ActionId| {
            let action = product.action(*action);
            action.map_or_else(|| "".into(), |action| Arc::clone(&action.id))
        };
        HeldConflict {
            user: self.roster.id(user).to_owned(),
            product: Arc::clone(&product.id),
            conflict: Arc::clone(&conflict.id),
            title: Arc::clone(&conflict.title),
            both: conflict.both.each_ref().map(action),
            because: Arc::clone(&conflict.because),
            basis: conflict.basis,
            place: conflict.place.file_and_line(),
            section: product.heading(conflict.section).into(),
        }
    }
}

#[cfg(test)]
mod tests;
