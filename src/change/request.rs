//! Changes by names: each is a line that `batch` takes.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::answer::{ValueWord, text_or_null};
use crate::link::product::Argument;

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
            /// The value that the setting, or the property of the thing, gets.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub value: Option<ValueWord>,
            /// Id of the thing that it is about.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub thing: Option<String>,
            /// The list of the thing that it is about.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub list: Option<String>,
            /// The group that it is about.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            /// Id of the target: a user, or a group.
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
            thing: change.thing,
            list: change.list,
            group: change.group,
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
    pub(crate) thing: Option<&'c str>,
    pub(crate) list: Option<&'c str>,
    pub(crate) group: Option<&'c str>,
    pub(crate) target: Option<&'c str>,
}

impl<'c> ChangeNames<'c> {
    /// What it says of an argument.
    pub(crate) fn word(self, argument: Argument) -> Option<&'c str> {
        match argument {
            Argument::Role => self.role,
            Argument::Setting => self.setting,
            Argument::Value => self.value,
            Argument::Thing => self.thing,
            Argument::List => self.list,
            Argument::Group => self.group,
        }
    }
}

/// The change as words: `grant billing wren`.
impl fmt::Display for ChangeNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.change)?;
        let arguments = Argument::ALL.map(|argument| self.word(argument));
        let mut arguments = arguments.into_iter().chain([self.target]).flatten();
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
                    thing: self.thing.as_deref(),
                    list: self.list.as_deref(),
                    group: self.group.as_deref(),
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

    /// Names the thing that it is about.
    #[must_use]
    pub fn thing(mut self, thing: impl Into<String>) -> Self {
        self.thing = Some(thing.into());
        self
    }

    /// Names the list of the thing that it is about.
    #[must_use]
    pub fn list(mut self, list: impl Into<String>) -> Self {
        self.list = Some(list.into());
        self
    }

    /// Names the group that it is about.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// Supplies an argument by its name: `role`, `setting`, `value`, `thing`, `list` or `group`. Any other name is returned.
    pub fn argument(&mut self, name: &str, word: impl Into<String>) -> Result<(), String> {
        match name {
            "role" => self.role = Some(word.into()),
            "setting" => self.setting = Some(word.into()),
            "value" => self.value = Some(ValueWord(word.into())),
            "thing" => self.thing = Some(word.into()),
            "list" => self.list = Some(word.into()),
            "group" => self.group = Some(word.into()),
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
