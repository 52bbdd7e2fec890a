//! What a change or an effect sets, for any user and target.

use super::arguments::Arguments;
use crate::link::product::{AlteredPerson, ArgumentChoice, DeclaredAlteration, RoleId, UserPart};
use crate::value::Value;

/// One write: whose property, which property, and its new value.
pub(crate) type Write = (AlteredPerson, UserPart, Value);

impl DeclaredAlteration {
    /// Whose seat it alters.
    pub(crate) fn whose(&self) -> AlteredPerson {
        let (Self::Give(_, whose) | Self::Take(_, whose) | Self::Set(_, whose, _)) = self;
        *whose
    }

    /// The property and its new value. `None` when an argument is missing.
    pub(crate) fn named_part(&self, arguments: Arguments) -> Option<(UserPart, Value)> {
        let role = |choice: &ArgumentChoice<RoleId>, held| {
            let role = choice.or(arguments.role)?;
            Some((UserPart::Role(role), held))
        };
        match self {
            Self::Give(choice, _) => role(choice, Value::YES),
            Self::Take(choice, _) => role(choice, Value::NO),
            Self::Set(choice, _, to) => {
                let setting = choice.or(arguments.setting)?;
                Some((UserPart::Setting(setting), to.or(arguments.value)?))
            }
        }
    }

    /// Every write, in order. When seats have levels, a new level replaces the others.
    pub(crate) fn writes<'l>(
        &self,
        levels: &'l [RoleId],
        arguments: Arguments,
    ) -> impl Iterator<Item = Write> + use<'l> {
        let (whose, named) = (self.whose(), self.named_part(arguments));
        let given = match named {
            Some((UserPart::Role(role), Value::YES)) if levels.contains(&role) => Some(role),
            _ => None,
        };
        let others = if given.is_some() { levels } else { &[] };
        let others = others
            .iter()
            .filter(move |level| given != Some(**level))
            .map(move |level| (whose, UserPart::Role(*level), Value::NO));
        others.chain(named.map(|(part, to)| (whose, part, to)))
    }
}

impl<T: Copy> ArgumentChoice<T> {
    /// The name in the rule file, or else the argument.
    pub(crate) fn or(self, argument: Option<T>) -> Option<T> {
        match self {
            Self::Fixed(fixed) => Some(fixed),
            Self::Argument => argument,
        }
    }
}
