//! Changes by names: each is a line that `batch` takes.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::answer::{ValueWord, text_or_null};

/// Declares a struct that has the keys of a change after its own.
macro_rules! with_arguments {
    ($(#[$of:meta])* pub struct $name:ident { $($own:tt)* }) => {
        $(#[$of])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub struct $name {
            $($own)*
            /// The role that is given or taken.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub role: Option<String>,
            /// The setting that is set.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub setting: Option<String>,
            /// The value the setting gets.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub value: Option<ValueWord>,
            /// Id of the target.
            #[serde(
                default,
                skip_serializing_if = "Option::is_none",
                deserialize_with = "text_or_null"
            )]
            pub target: Option<String>,
        }
    };
}
#[cfg(feature = "protocol")]
pub(crate) use with_arguments;

with_arguments! {
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
#[non_exhaustive]
pub struct Change {
    /// Id of the product. It is needed when several products have the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Id of the user who asks for it.
    pub user: String,
    /// Id of the change.
    pub change: String,
    /// The [state](crate::Firm::state) of the firm in which the change is valid. Without it, any state. In another
    /// state it is refused as stale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_state: Option<String>,
}
}

with_arguments! {
/// A part of a bulk change. The bulk change names the user and the product.
#[non_exhaustive]
pub struct ChangePart {
    /// Id of the change.
    pub change: String,
}
}

impl From<&Change> for ChangePart {
    fn from(change: &Change) -> Self {
        let change = change.clone();
        Self {
            change: change.change,
            role: change.role,
            setting: change.setting,
            value: change.value,
            target: change.target,
        }
    }
}

/// The arguments of a change or of a part of one, without the user.
#[derive(Clone, Copy)]
pub(crate) struct ChangeNames<'c> {
    pub(crate) change: &'c str,
    pub(crate) role: Option<&'c str>,
    pub(crate) setting: Option<&'c str>,
    pub(crate) value: Option<&'c str>,
    pub(crate) target: Option<&'c str>,
}

/// The change as words: `grant billing wren`.
impl fmt::Display for ChangeNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.change)?;
        let arguments = [self.role, self.setting, self.value, self.target];
        let mut arguments = arguments.into_iter().flatten();
        arguments.try_for_each(|word| write!(f, " {word}"))
    }
}

macro_rules! names {
    ($($of:ty),*) => {$(
        impl $of {
            pub(crate) fn names(&self) -> ChangeNames<'_> {
                ChangeNames {
                    change: &self.change,
                    role: self.role.as_deref(),
                    setting: self.setting.as_deref(),
                    value: self.value.as_deref(),
                    target: self.target.as_deref(),
                }
            }
        }
    )*};
}
names!(Change, ChangePart);

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

    /// Names the product. It is needed when several products have the change.
    #[must_use]
    pub fn product(mut self, product: impl Into<String>) -> Self {
        self.product = Some(product.into());
        self
    }

    /// Names the [state](crate::Firm::state) of the firm in which the change is valid.
    #[must_use]
    pub fn if_state(mut self, state: impl Into<String>) -> Self {
        self.if_state = Some(state.into());
        self
    }

    /// Names the target.
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
        self.value = Some(ValueWord(value.into()));
        self
    }

    /// Supplies an argument by its name: `role`, `setting` or `value`. Any other name is returned.
    pub fn argument(&mut self, name: &str, word: impl Into<String>) -> Result<(), String> {
        match name {
            "role" => self.role = Some(word.into()),
            "setting" => self.setting = Some(word.into()),
            "value" => self.value = Some(ValueWord(word.into())),
            _ => return Err(name.to_owned()),
        }
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
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Bulk {
    /// Id of the product. It is needed when several products have bulk changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Id of the user who asks for them.
    pub user: String,
    /// The changes.
    pub parts: Vec<ChangePart>,
    /// The [state](crate::Firm::state) of the firm in which the change is valid. Without it, any state. In another
    /// state it is refused as stale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_state: Option<String>,
}

impl Bulk {
    /// A bulk change without parts. Judging it is an error until it has a part.
    pub fn new(user: impl Into<String>) -> Self {
        Self {
            user: user.into(),
            ..Self::default()
        }
    }

    /// Names the product. It is needed when several products have bulk changes.
    #[must_use]
    pub fn product(mut self, product: impl Into<String>) -> Self {
        self.product = Some(product.into());
        self
    }

    /// Names the [state](crate::Firm::state) of the firm in which the change is valid.
    #[must_use]
    pub fn if_state(mut self, state: impl Into<String>) -> Self {
        self.if_state = Some(state.into());
        self
    }

    /// Adds a part. Its own user and product are ignored: those of the bulk change apply.
    #[must_use]
    pub fn part(mut self, part: Change) -> Self {
        self.parts.push((&part).into());
        self
    }
}
