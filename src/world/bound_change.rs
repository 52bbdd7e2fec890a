//! All possible changes: each with every choice of its arguments, and what it can alter.

use std::collections::BTreeSet;

use crate::answer::ValueWord;
use crate::change::Change;
use crate::change::arguments::Arguments;
use crate::change::resolve::ResolvedChange;
use crate::change::writes::Write;
use crate::explore::compile::CompiledProduct;
use crate::link::product::{
    Argument, ChangeId, DeclaredAlteration, Effect, EffectId, LinkedChange, Product, UserPart,
};
use crate::value::Value;

/// A change with its arguments, for any user and target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BoundChange {
    pub(crate) change: ChangeId,
    pub(crate) arguments: Arguments,
}

impl BoundChange {
    /// Every change of a product with every choice of its arguments, in declared order.
    pub(crate) fn all(compiled: &CompiledProduct) -> impl Iterator<Item = Self> + '_ {
        let changes = (0..compiled.product.changes.len()).map(ChangeId::from);
        changes.flat_map(|change| Self::of(compiled, change))
    }

    /// One change with every choice of its arguments, in declared order.
    pub(crate) fn of(
        compiled: &CompiledProduct,
        change: ChangeId,
    ) -> impl Iterator<Item = Self> + '_ {
        let product = &*compiled.product;
        let declared = product.change(change).into_iter();
        declared.flat_map(move |declared| {
            let taken = |argument| declared.takes.contains(&argument);
            let roles = declared.roles.iter().copied();
            choices(taken(Argument::Role), roles).flat_map(move |role| {
                let settings = declared.settings.iter().copied();
                choices(taken(Argument::Setting), settings).flat_map(move |setting| {
                    let declared = setting.and_then(|setting| product.setting(setting));
                    let values = declared.map_or(0, |setting| setting.domain.len() as u16);
                    choices(taken(Argument::Value), (0..values).map(Value)).map(move |value| Self {
                        change,
                        arguments: compiled.arguments(role, setting, value),
                    })
                })
            })
        })
    }

    pub(crate) fn declared(self, compiled: &CompiledProduct) -> Option<&LinkedChange> {
        compiled.product.change(self.change)
    }

    /// The effects that can follow.
    pub(crate) fn effects(
        self,
        compiled: &CompiledProduct,
    ) -> impl Iterator<Item = (EffectId, &Effect)> {
        let declared = self.declared(compiled).into_iter();
        let effects = declared.flat_map(|change| &change.effects);
        effects.filter_map(|id| Some((*id, compiled.product.effect(*id)?)))
    }

    /// The steps of the change itself, then those of each effect that can follow.
    pub(crate) fn does(
        self,
        compiled: &CompiledProduct,
    ) -> impl Iterator<Item = &DeclaredAlteration> {
        let own = self
            .declared(compiled)
            .into_iter()
            .flat_map(|change| &change.does);
        own.chain(self.effects(compiled).flat_map(|(_, effect)| &effect.does))
    }

    /// The values that these steps set with the arguments.
    pub(crate) fn writes<'c>(
        self,
        compiled: &'c CompiledProduct,
        does: impl IntoIterator<Item = &'c DeclaredAlteration>,
    ) -> impl Iterator<Item = Write> {
        let levels = &*compiled.product.levels;
        let does = does.into_iter();
        does.flat_map(move |one| one.writes(levels, self.arguments))
    }

    /// The properties of people that it can alter, its effects included.
    pub(crate) fn parts(self, compiled: &CompiledProduct) -> BTreeSet<UserPart> {
        let writes = self.writes(compiled, self.does(compiled));
        writes.map(|(_, part, _)| part).collect()
    }

    /// The change as one user makes it to another.
    pub(crate) fn by(self, product: usize, [user, target]: [u32; 2]) -> ResolvedChange {
        ResolvedChange {
            product,
            change: self.change,
            user,
            target,
            arguments: self.arguments,
        }
    }

    /// An argument by name.
    pub(crate) fn word(self, product: &Product, argument: Argument) -> Option<&str> {
        let Arguments {
            role,
            setting,
            value,
            ..
        } = self.arguments;
        let setting = || product.setting(setting?);
        match argument {
            Argument::Role => Some(product.role_name(role?)),
            Argument::Setting => Some(&setting()?.id),
            Argument::Value => Some(setting()?.domain.word(value?)),
        }
    }

    /// The change by names.
    pub(crate) fn named(self, product: &Product, user: &str, target: &str) -> Change {
        let word = |argument| self.word(product, argument).map(str::to_owned);
        let declared = product.change(self.change);
        Change {
            role: word(Argument::Role),
            setting: word(Argument::Setting),
            value: self.word(product, Argument::Value).map(ValueWord::from),
            ..Change::new(user, declared.map_or("?", |declared| &declared.id))
                .product(&*product.id)
                .target(target)
        }
    }
}

/// Each value of an argument. A single `None` when the change takes no such argument.
fn choices<T>(is_taken: bool, offered: impl Iterator<Item = T>) -> impl Iterator<Item = Option<T>> {
    let offered = offered.filter(move |_| is_taken).map(Some);
    offered.chain((!is_taken).then_some(None))
}
