//! Conflicts: pairs of abilities that one person should not hold, and does.

use std::convert::Infallible;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::explore::asking_source::AskingSource;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{QuestionBits, Word};
use crate::explore::semantics;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::link::product::{ActionId, Basis, Conflict, DecisionInput, RoleId};
use crate::value::Value;
use crate::vocabulary::Person;

/// Two abilities that one user holds and should not. It is a warning and refuses nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    pub place: Arc<str>,
    /// The heading of the section of the source document. A conflict of the firm itself may have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Arc<str>>,
}

impl Firm {
    /// The conflicts that a user holds: those of the rules in the order of the rule files, then the firm's own.
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
        self.conflicts_of(product, compiled)
            .filter(|conflict| self.holds(product, compiled, conflict, words) && counts(conflict))
            .map(|conflict| self.held_in_words(compiled, user, conflict))
            .collect()
    }

    /// The conflicts of a product: those of the rules, then the firm's own.
    pub(crate) fn conflicts_of<'f>(
        &'f self,
        product: usize,
        compiled: &'f CompiledProduct,
    ) -> impl Iterator<Item = &'f Conflict> {
        let own = self.roster.conflicts(product);
        compiled.product.conflicts.iter().chain(own)
    }

    /// Whether somebody with this profile may do both, and holds no role that is trusted with both.
    pub(crate) fn holds(
        &self,
        product: usize,
        compiled: &CompiledProduct,
        conflict: &Conflict,
        words: &[Word],
    ) -> bool {
        self.may_both(product, compiled, conflict, words)
            && !self.is_trusted(product, compiled, conflict, words)
    }

    /// Whether somebody with this profile may do both.
    pub(crate) fn may_both(
        &self,
        product: usize,
        compiled: &CompiledProduct,
        conflict: &Conflict,
        words: &[Word],
    ) -> bool {
        let may = |action: &ActionId| {
            let number = self.rulebook.lookups().action(product, *action);
            let handle = self.rulebook.directory().handle(number);
            let bits = handle.map(|handle| self.bits_of(product, words, handle.facts.bits));
            let outcome = bits.filter(|bits| compiled.ground(bits).is_none());
            let outcome = outcome
                .and_then(|bits| Some(compiled.decider(*action)?.decide(&bits)?.answer.allows));
            outcome == Some(true)
        };
        conflict.both.iter().all(may)
    }

    /// Whether somebody with this profile holds a role that is trusted with both.
    pub(crate) fn is_trusted(
        &self,
        product: usize,
        compiled: &CompiledProduct,
        conflict: &Conflict,
        words: &[Word],
    ) -> bool {
        let has = |role: &RoleId| {
            let mut world = self.profile_source(product, compiled, words);
            let held = semantics::has_role(&compiled.product, &mut world, Person::User, *role);
            held.unwrap_or_else(|never| match never {})
        };
        conflict.except.iter().any(has)
    }

    /// What conditions and roles read of a profile, which stands for the user and for the target.
    pub(super) fn profile_source<'f>(
        &'f self,
        product: usize,
        compiled: &'f CompiledProduct,
        words: &'f [Word],
    ) -> AskingSource<'f, impl FnMut(DecisionInput) -> Result<Value, Infallible>> {
        let bits = self.bits_of(product, words, [0; 2]);
        let ask = move |input: DecisionInput| {
            Ok(bits.read(compiled.layout.slot(input, &[], &compiled.product)))
        };
        compiled.asking(ask)
    }

    fn bits_of<'f>(
        &'f self,
        product: usize,
        words: &'f [Word],
        question: [Word; 2],
    ) -> QuestionBits<'f> {
        QuestionBits {
            user: words,
            target: words,
            firm: self.readings_of(product),
            question,
        }
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
            place: Arc::clone(&conflict.place),
            section: conflict
                .section
                .map(|section| product.heading(section).into()),
        }
    }
}

#[cfg(test)]
mod tests;
