//! Users as data: for building and editing firms in code, and as they come out of a firm.

use crate::value::Day;

/// A user of a firm: for [`Firm::of_users`](crate::Firm::of_users) and [`Firm::edit`](crate::Firm::edit), and as
/// [`Firm::person`](crate::Firm::person) gives one.
///
/// ```
/// use clio_rules::{Seat, User};
///
/// let user = User::new("wren").name("Wren Okafor").seat(Seat::new("grow").role("normal"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct User {
    /// The id.
    pub id: String,
    /// A name for people to read, where it is not the id.
    pub name: Option<String>,
    /// Whether the user is enabled.
    pub enabled: bool,
    /// The seats, one for each product. Out of a firm they come in the order of the products.
    pub seats: Vec<Seat>,
}

/// A user's seat in one product.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Seat {
    /// Id of the product.
    pub product: String,
    /// Ids of the roles that are held without an end. Out of a firm they come in the order of the rule file.
    pub roles: Vec<String>,
    /// Ids of the roles that are held until a day, that day included; also of those that have ended.
    pub until: Vec<(String, Day)>,
    /// Settings with their values. Every other setting has its default; out of a firm, only values that are no default are listed.
    pub settings: Vec<(String, String)>,
}

impl User {
    /// An enabled user without a seat.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: None,
            enabled: true,
            seats: Vec::new(),
        }
    }

    /// Gives the user a name for people to read.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Disables the user.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.enabled = false;
        self
    }

    /// Gives the user a seat.
    #[must_use]
    pub fn seat(mut self, seat: Seat) -> Self {
        self.seats.push(seat);
        self
    }
}

impl Seat {
    /// A seat in a product, without roles and with every setting at its default.
    pub fn new(product: impl Into<String>) -> Self {
        Self {
            product: product.into(),
            roles: Vec::new(),
            until: Vec::new(),
            settings: Vec::new(),
        }
    }

    /// Adds a role.
    #[must_use]
    pub fn role(mut self, role: impl Into<String>) -> Self {
        self.roles.push(role.into());
        self
    }

    /// Adds a role that is held until a day, that day included. Such a user goes into a firm that is
    /// [looked at on a day](crate::FirmLoader::on).
    ///
    /// ```
    /// use clio_rules::{Day, FirmLoader, Rulebook, Seat, User};
    ///
    /// let rulebook = Rulebook::builtin()?;
    /// let firm = |day: &str| {
    ///     let admin = User::new("ada").seat(Seat::new("grow").role("admin"));
    ///     let seat = Seat::new("manage").role("primary_subscriber").role_until("billing", "2026-12-31".parse()?);
    ///     FirmLoader::new(&rulebook).on(day.parse()?).of_users("Sole", [admin.seat(seat)]).map_err(Box::<dyn std::error::Error>::from)
    /// };
    /// assert_eq!(firm("2026-12-31")?.roles("manage", "ada")?, ["billing", "primary_subscriber"]);
    /// assert_eq!(firm("2027-01-01")?.roles("manage", "ada")?, ["primary_subscriber"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn role_until(mut self, role: impl Into<String>, until: Day) -> Self {
        self.until.push((role.into(), until));
        self
    }

    /// Sets a setting, for instance `("billing_rate_visibility", "own")`.
    #[must_use]
    pub fn setting(mut self, setting: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.push((setting.into(), value.into()));
        self
    }
}
