//! The arguments of a change by number.

use crate::explore::compile::CompiledProduct;
use crate::link::product::{Argument, LinkedChange, RoleId, SettingId};
use crate::value::{Domain, Value};

/// The arguments of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Arguments {
    pub(crate) role: Option<RoleId>,
    pub(crate) setting: Option<SettingId>,
    /// A value of that setting.
    pub(crate) value: Option<Value>,
    /// The same value as a value of the argument, which ranges over the values of all settings.
    shared_value: Option<Value>,
    /// A list of the thing, by its number in the kind.
    pub(crate) list: Option<usize>,
    /// The same list as a value of the argument, which ranges over the lists of all kinds.
    shared_list: Option<Value>,
    /// A thing of the kind that the change is about, by its number.
    pub(crate) thing: Option<u32>,
    /// A group of the firm, by its number.
    pub(crate) group: Option<u32>,
}

/// The arguments of a change that are chosen among declared values.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ChosenArguments {
    pub(crate) role: Option<RoleId>,
    pub(crate) setting: Option<SettingId>,
    pub(crate) value: Option<Value>,
    pub(crate) list: Option<usize>,
}

impl Arguments {
    /// Those that are chosen among declared values.
    pub(crate) fn chosen(self) -> ChosenArguments {
        ChosenArguments {
            role: self.role,
            setting: self.setting,
            value: self.value,
            list: self.list,
        }
    }

    /// An argument as scripts read it.
    pub(crate) fn read(self, argument: Argument) -> Value {
        let value = match argument {
            Argument::Role => self.role.map(|role| Value(role.0)),
            Argument::Setting => self.setting.map(|setting| Value(setting.0)),
            Argument::Value => self.shared_value,
            Argument::List => self.shared_list,
            Argument::Thing | Argument::Group => None,
        };
        value.unwrap_or_default()
    }
}

impl CompiledProduct {
    /// The arguments of a change, which names no thing and no group yet.
    pub(crate) fn arguments(&self, change: &LinkedChange, chosen: ChosenArguments) -> Arguments {
        let ChosenArguments {
            role,
            setting,
            value,
            list,
        } = chosen;
        let arguments = Arguments {
            role,
            setting,
            value,
            list,
            ..Arguments::default()
        };
        Arguments {
            shared_value: self.shared_value(change, arguments),
            shared_list: self.shared_list(change, arguments),
            ..arguments
        }
    }

    /// A value of a setting, or of a property of the thing, as a value of the argument, which ranges over the values of all.
    fn shared_value(&self, change: &LinkedChange, arguments: Arguments) -> Option<Value> {
        let domain = self.value_domain(change, arguments.setting)?;
        let word = domain.word(arguments.value?);
        self.product.argument_domain(Argument::Value)?.find(word)
    }

    /// What the argument `value` of a change is a value of.
    pub(crate) fn value_domain(
        &self,
        change: &LinkedChange,
        setting: Option<SettingId>,
    ) -> Option<&Domain> {
        let product = &self.product;
        if let Some(property) = change.property {
            let property = product.kind(change.kind?)?.properties.get(property)?;
            return product.fact(property.fact).map(|fact| &fact.domain);
        }
        Some(&product.setting(setting?)?.domain)
    }

    fn shared_list(&self, change: &LinkedChange, arguments: Arguments) -> Option<Value> {
        let list = self
            .product
            .kind(change.kind?)?
            .lists
            .get(arguments.list?)?;
        self.product.argument_domain(Argument::List)?.find(&list.id)
    }
}
