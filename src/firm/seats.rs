//! What one user holds in one product, by names.

use super::{Firm, profile};
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::Word;
use crate::finding::{AskError, error, names as unknown};
use crate::rulebook::{SETTINGS, names_of};

impl Firm {
    /// Ids of the roles that a user holds in a product, in the order of the rule file; none of somebody without a seat.
    /// Roles that others bring are not among them.
    ///
    /// # Errors
    /// [`AskError`] when there is no such product or user.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// assert_eq!(firm.roles("manage", "priya")?, ["billing", "administrator"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn roles(&self, product: &str, user: &str) -> Result<Vec<&str>, AskError> {
        let (compiled, words) = self.profile(product, user)?;
        let roles = profile::roles(&compiled.layout, &compiled.product, words);
        Ok(roles.map(|role| compiled.product.role_name(role)).collect())
    }

    /// The value of a user's setting in a product; none for somebody without a seat.
    ///
    /// # Errors
    /// [`AskError`] when there is no such product, user or setting.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// assert_eq!(firm.setting("manage", "freya", "billing_rate_visibility")?, Some("none"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn setting(
        &self,
        product: &str,
        user: &str,
        setting: &str,
    ) -> Result<Option<&str>, AskError> {
        let (compiled, words) = self.profile(product, user)?;
        let product = &compiled.product;
        let id = product.names.settings.get(setting).copied();
        let Some((id, declared)) = id.and_then(|id| Some((id, product.setting(id)?))) else {
            let unknown = error(&unknown::UNKNOWN_SETTING, &[&setting, &product.title]);
            let known = || names_of(product, SETTINGS);
            return Err(unknown.with_nearest_of(setting, known).into());
        };
        let value = || compiled.layout.setting(id).read(words);
        Ok(profile::has_seat(words).then(|| declared.domain.word(value())))
    }

    fn profile(&self, product: &str, user: &str) -> Result<(&CompiledProduct, &[Word]), AskError> {
        let number = self.rulebook.named_product(product)?;
        let compiled = self
            .rulebook
            .product(number)
            .ok_or_else(|| error(&unknown::UNKNOWN_PRODUCT, &[&product]))?;
        Ok((
            compiled,
            self.roster.profile(number, self.user_number(user)?),
        ))
    }
}
