//! The arguments of a change by number.

use crate::explore::compile::CompiledProduct;
use crate::link::product::{Argument, RoleId, SettingId};
use crate::value::Value;

/// The arguments of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Arguments {
    pub(crate) role: Option<RoleId>,
    pub(crate) setting: Option<SettingId>,
    /// A value of that setting.
    pub(crate) value: Option<Value>,
    /// The same value as a value of the argument, which ranges over the values of all settings.
    pub(super) shared_value: Option<Value>,
}

impl Arguments {
    /// An argument as scripts read it.
    pub(crate) fn read(self, argument: Argument) -> Value {
        let value = match argument {
            Argument::Role => self.role.map(|role| Value(role.0)),
            Argument::Setting => self.setting.map(|setting| Value(setting.0)),
            Argument::Value => self.shared_value,
        };
        value.unwrap_or_default()
    }
}

impl CompiledProduct {
    /// The arguments of a change that name these.
    pub(crate) fn arguments(
        &self,
        role: Option<RoleId>,
        setting: Option<SettingId>,
        value: Option<Value>,
    ) -> Arguments {
        let arguments = Arguments {
            role,
            setting,
            value,
            shared_value: None,
        };
        Arguments {
            shared_value: self.shared_value(arguments),
            ..arguments
        }
    }

    /// A setting's value as a value of the argument, which ranges over the values of all settings.
    pub(super) fn shared_value(&self, arguments: Arguments) -> Option<Value> {
        let setting = self.product.setting(arguments.setting?)?;
        self.product
            .argument_domain(Argument::Value)?
            .find(setting.domain.word(arguments.value?))
    }
}
