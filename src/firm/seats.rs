//! Users as data, and what they hold by names.

use super::{EntryShape, Firm, Seat, SeatShape, SettingShape, User, profile};
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::Word;
use crate::finding::{AskError, error, names as unknown};
use crate::rulebook::{SETTINGS, names_of};

impl Firm {
    /// A user as data, with all seats.
    ///
    /// # Errors
    /// [`AskError`] when there is no such user.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// let freya = firm.person("freya")?;
    /// assert!(freya.enabled);
    /// assert_eq!(freya.seats[0].product, "manage");
    /// assert_eq!(freya.seats[0].settings[0], ("billing_rate_visibility".into(), "none".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn person(&self, user: &str) -> Result<User, AskError> {
        Ok(self.person_at(self.user_number(user)?))
    }

    /// All users as data, in the order of [`Firm::users`]. [`Firm::of_users`] makes a firm of them, without groups and things.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let rulebook = Rulebook::builtin()?;
    /// let firm = Firm::example(&rulebook)?;
    /// let users = Firm::of_users(&rulebook, firm.name(), firm.people())?;
    /// assert!(users.people().eq(firm.people()));
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn people(&self) -> impl ExactSizeIterator<Item = User> {
        (0..self.roster.len() as u32).map(|user| self.person_at(user))
    }

    /// Whether a user is enabled.
    ///
    /// # Errors
    /// [`AskError`] when there is no such user.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// assert!(firm.is_enabled("wren")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_enabled(&self, user: &str) -> Result<bool, AskError> {
        let number = self.user_number(user)?;
        Ok(profile::is_enabled(self.roster.profile(0, number)))
    }

    pub(crate) fn person_at(&self, number: u32) -> User {
        let shape = self.shape(number);
        let seat = |(product, shape): (&str, SeatShape<'_>)| {
            let settings = shape.settings.0.into_iter().map(in_text);
            let mut seat = Seat {
                settings: settings.collect(),
                ..Seat::new(product)
            };
            for role in shape.roles {
                match role {
                    EntryShape::Id(id) => seat.roles.push(id.to_owned()),
                    EntryShape::Until { id, until } => seat.until.push((id.to_owned(), until)),
                }
            }
            seat
        };
        User {
            id: shape.id.to_owned(),
            name: shape.name.map(str::to_owned),
            enabled: shape.enabled,
            seats: shape.seats.0.into_iter().map(seat).collect(),
        }
    }

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

/// A setting and its value as texts.
fn in_text((setting, value): (&str, SettingShape<'_>)) -> (String, String) {
    let value = match value {
        SettingShape::Flag(flag) => flag.to_string(),
        SettingShape::Word(word) => word.to_owned(),
    };
    (setting.to_owned(), value)
}
