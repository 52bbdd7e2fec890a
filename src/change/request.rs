//! Changes by names.

/// A permission change that a user asks for.
///
/// ```
/// use clio_rules::Change;
///
/// let grant = Change::new("tomas", "grant").role("billing").target("wren");
/// let hide = Change::new("tomas", "set_visibility")
///     .setting("billing_rate_visibility", "own")
///     .target("wren");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    pub(crate) product: Option<String>,
    pub(crate) user: String,
    pub(crate) change: String,
    pub(crate) target: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) setting: Option<String>,
    pub(crate) value: Option<String>,
}

impl Change {
    /// A change that `user` asks for, both by their ids.
    pub fn new(user: impl Into<String>, change: impl Into<String>) -> Self {
        Self {
            user: user.into(),
            change: change.into(),
            ..Self::default()
        }
    }

    /// The same change, asked for by another user.
    pub(crate) fn by(mut self, user: &str) -> Self {
        user.clone_into(&mut self.user);
        self
    }

    /// Says which product is meant. Needed where several know the change.
    #[must_use]
    pub fn product(mut self, product: impl Into<String>) -> Self {
        self.product = Some(product.into());
        self
    }

    /// Names the user it is done to.
    #[must_use]
    pub fn target(mut self, target: impl Into<String>) -> Self {
        self.target = Some(target.into());
        self
    }

    /// Names the role that is given or taken.
    #[must_use]
    pub fn role(mut self, role: impl Into<String>) -> Self {
        self.role = Some(role.into());
        self
    }

    /// Names the setting and its new value.
    #[must_use]
    pub fn setting(mut self, setting: impl Into<String>, value: impl Into<String>) -> Self {
        self.setting = Some(setting.into());
        self.value = Some(value.into());
        self
    }

    /// Supplies an argument by its name: `role`, `setting` or `value`. Another name is handed back.
    pub fn argument(&mut self, name: &str, word: impl Into<String>) -> Result<(), String> {
        let place = match name {
            "role" => &mut self.role,
            "setting" => &mut self.setting,
            "value" => &mut self.value,
            _ => return Err(name.to_owned()),
        };
        *place = Some(word.into());
        Ok(())
    }
}

/// Many changes that one user asks for at once: all of them or none.
///
/// ```
/// use clio_rules::{Bulk, Change};
///
/// let bulk = Bulk::new("tomas")
///     .part(Change::new("tomas", "grant").role("billing").target("wren"))
///     .part(Change::new("tomas", "revoke").role("reports").target("ines"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bulk {
    pub(crate) product: Option<String>,
    pub(crate) user: String,
    pub(crate) parts: Vec<Change>,
}

impl Bulk {
    /// A bulk change without parts, which is an error until it has some.
    pub fn new(user: impl Into<String>) -> Self {
        Self {
            user: user.into(),
            ..Self::default()
        }
    }

    /// Says which product is meant. Needed where several have bulk changes.
    #[must_use]
    pub fn product(mut self, product: impl Into<String>) -> Self {
        self.product = Some(product.into());
        self
    }

    /// Adds a part. Its own user and product do not count: those of the bulk change do.
    #[must_use]
    pub fn part(mut self, part: Change) -> Self {
        self.parts.push(part);
        self
    }
}
