//! Advice: how the users of a firm should be, and who is not so.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::explore::compile::CompiledProduct;
use crate::explore::layout::Word;
use crate::explore::semantics::InputSource;
use crate::finding::AskError;
use crate::firm::{Firm, has_seat};
use crate::link::product::{Advice, Basis, ConditionId};

/// Advice of the rules that a user does not follow. It is a warning and refuses nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UnmetAdvice {
    /// Id of the user.
    pub user: String,
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the advice.
    pub advice: Arc<str>,
    /// What people call it.
    pub title: Arc<str>,
    /// How they should be, in plain words.
    pub because: Arc<str>,
    /// Whether the source document says so.
    pub basis: Basis,
    /// Where the advice stands, as `file:line`.
    pub place: String,
    /// The heading of the section of the source document.
    pub section: Arc<str>,
}

impl Firm {
    /// The advice that a user does not follow, in the order of the rule files.
    ///
    /// # Errors
    /// [`AskError`] when there is no such user.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook, Seat, User};
    ///
    /// let seat = Seat::new("manage").role("primary_subscriber");
    /// let reader = Seat::new("manage").setting("receives_bill_reminder_replies", "true");
    /// let firm = Firm::of_users(&Rulebook::builtin()?, "Two", [
    ///     User::new("ada").seat(seat),
    ///     User::new("ben").seat(reader),
    /// ])?;
    /// let unmet = firm.unmet_advice("ben")?;
    /// assert_eq!(&*unmet[0].advice, "bill_reminder_replies_have_a_reader");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn unmet_advice(&self, user: &str) -> Result<Vec<UnmetAdvice>, AskError> {
        let user = self.user_number(user)?;
        let products = 0..self.rulebook.compiled().len();
        let unmet = products.flat_map(|product| {
            let words = self.roster.profile(product, user);
            self.unmet(product, user, words, |_| true)
        });
        Ok(unmet.collect())
    }

    /// The advice that a user would newly not follow with this profile in place of their own.
    pub(crate) fn newly_unmet(
        &self,
        product: usize,
        user: u32,
        words: &[Word],
    ) -> Vec<UnmetAdvice> {
        let before = self.roster.profile(product, user);
        self.unmet(product, user, words, |advice| {
            let compiled = self.rulebook.product(product);
            !compiled.is_some_and(|compiled| self.is_unmet(product, compiled, advice, before))
        })
    }

    /// The advice that a user with this profile does not follow.
    pub(crate) fn unmet(
        &self,
        product: usize,
        user: u32,
        words: &[Word],
        counts: impl Fn(&Advice) -> bool,
    ) -> Vec<UnmetAdvice> {
        let Some(compiled) = self.rulebook.product(product) else {
            return Vec::new();
        };
        let advice = compiled.product.advice.iter();
        advice
            .filter(|advice| self.is_unmet(product, compiled, advice, words) && counts(advice))
            .map(|advice| UnmetAdvice {
                user: self.roster.id(user).to_owned(),
                product: Arc::clone(&compiled.product.id),
                advice: Arc::clone(&advice.id),
                title: Arc::clone(&advice.title),
                because: Arc::clone(&advice.because),
                basis: advice.basis,
                place: advice.place.file_and_line(),
                section: compiled.product.heading(advice.section).into(),
            })
            .collect()
    }

    /// Whether an advice is about somebody with this profile, and they are not as they should be.
    fn is_unmet(
        &self,
        product: usize,
        compiled: &CompiledProduct,
        advice: &Advice,
        words: &[Word],
    ) -> bool {
        if !has_seat(words) {
            return false;
        }
        let mut source = self.profile_source(product, compiled, words);
        let mut holds = |condition: ConditionId| {
            let holds = source.condition(condition);
            holds.unwrap_or_else(|never| match never {})
        };
        advice.when.is_none_or(&mut holds) && !holds(advice.should)
    }
}

#[cfg(test)]
mod tests;
