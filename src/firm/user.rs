//! Users of firms that are built in code.

/// A user of a firm that is built in code.
///
/// ```
/// use clio_rules::{Seat, User};
///
/// let user = User::new("wren").name("Wren Okafor").seat(Seat::new("grow").role("normal"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) enabled: bool,
    pub(crate) seats: Vec<Seat>,
}

/// A user's seat in one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub(crate) product: String,
    pub(crate) roles: Vec<String>,
    pub(crate) settings: Vec<(String, String)>,
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
            settings: Vec::new(),
        }
    }

    /// Adds a role.
    #[must_use]
    pub fn role(mut self, role: impl Into<String>) -> Self {
        self.roles.push(role.into());
        self
    }

    /// Sets a setting, for instance `("billing_rate_visibility", "own")`.
    #[must_use]
    pub fn setting(mut self, setting: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.push((setting.into(), value.into()));
        self
    }
}
