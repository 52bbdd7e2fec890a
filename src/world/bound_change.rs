//! All possible changes: each with every choice of its arguments, and what it can alter.

use std::collections::BTreeSet;

use crate::answer::ValueWord;
use crate::change::Change;
use crate::change::arguments::{Arguments, ChosenArguments};
use crate::change::resolve::{ResolvedChange, ResolvedTarget};
use crate::change::writes::Write;
use crate::explore::compile::CompiledProduct;
use crate::firm::Firm;
use crate::firm::ends::ListMember;
use crate::link::product::{
    Argument, ChangeId, DeclaredAlteration, Effect, EffectId, LinkedChange, UserPart,
};
use crate::value::Value;

/// A change with its arguments, for any user and target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BoundChange {
    pub(crate) change: ChangeId,
    pub(crate) arguments: Arguments,
}

impl BoundChange {
    /// Every change of what users hold with every choice of its arguments, in declared order. Changes of things and groups
    /// alter nothing that users hold, and are not among them.
    pub(crate) fn all(compiled: &CompiledProduct) -> impl Iterator<Item = Self> + '_ {
        let changes = (0..).map(ChangeId::from).zip(&compiled.product.changes);
        let of_users = changes.filter(|(_, declared)| declared.is_about_users());
        of_users.flat_map(|(change, _)| Self::of(compiled, change))
    }

    /// One change with every choice of those arguments that have a declared set of values, in declared order. The thing and the
    /// group that a change is about are left open.
    pub(crate) fn of(
        compiled: &CompiledProduct,
        change: ChangeId,
    ) -> impl Iterator<Item = Self> + '_ {
        let declared = compiled.product.change(change).into_iter();
        declared.flat_map(move |declared| {
            let taken = |argument| declared.takes.contains(&argument);
            let roles = declared.roles.iter().copied();
            choices(taken(Argument::Role), roles).flat_map(move |role| {
                let settings = declared.settings.iter().copied();
                choices(taken(Argument::Setting), settings).flat_map(move |setting| {
                    let domain = compiled.value_domain(declared, setting);
                    let values = domain.map_or(0, |domain| domain.len() as u16);
                    choices(taken(Argument::Value), (0..values).map(Value)).flat_map(move |value| {
                        let lists = declared.lists.iter().copied();
                        choices(taken(Argument::List), lists).map(move |list| {
                            let chosen = ChosenArguments {
                                role,
                                setting,
                                value,
                                list,
                            };
                            Self {
                                change,
                                arguments: compiled.arguments(declared, chosen),
                            }
                        })
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
            target: ResolvedTarget::User(target),
            arguments: self.arguments,
        }
    }

    /// An argument by name; none for a thing and a group, which are left open.
    pub(crate) fn word(self, compiled: &CompiledProduct, argument: Argument) -> Option<&str> {
        let product = &compiled.product;
        let Arguments {
            role,
            setting,
            value,
            list,
            ..
        } = self.arguments;
        let declared = self.declared(compiled)?;
        match argument {
            Argument::Role => Some(product.role_name(role?)),
            Argument::Setting => Some(&product.setting(setting?)?.id),
            Argument::Value => Some(compiled.value_domain(declared, setting)?.word(value?)),
            Argument::List => Some(&product.kind(declared.kind?)?.lists.get(list?)?.id),
            Argument::Thing | Argument::Group => None,
        }
    }

    /// The change by names.
    pub(crate) fn named(self, compiled: &CompiledProduct, user: &str, target: &str) -> Change {
        let word = |argument| self.word(compiled, argument).map(str::to_owned);
        let declared = self.declared(compiled);
        Change {
            role: word(Argument::Role),
            setting: word(Argument::Setting),
            value: self.word(compiled, Argument::Value).map(ValueWord::from),
            list: word(Argument::List),
            ..Change::new(user, declared.map_or("?", |declared| &declared.id))
                .product(&*compiled.product.id)
                .target(target)
        }
    }
}

impl ResolvedChange {
    /// The change by names.
    pub(crate) fn named(&self, firm: &Firm, compiled: &CompiledProduct) -> Change {
        let bound = BoundChange {
            change: self.change,
            arguments: self.arguments,
        };
        let mut named = bound.named(compiled, firm.roster.id(self.user), "");
        let declared = bound.declared(compiled);
        let thing = declared.and_then(|declared| self.thing(declared));
        named.thing = thing.and_then(|thing| {
            let things = firm.things.of_kind(thing.product, thing.kind)?;
            Some(things.id(thing.number).to_owned())
        });
        let id = |member: ListMember| firm.member_id(member).to_owned();
        let group = self.arguments.group;
        named.group = group.map(|group| id(ListMember::Group(group)));
        named.target = self.target.member().map(id);
        named
    }
}

/// Each value of an argument. A single `None` when the change takes no such argument.
fn choices<T>(is_taken: bool, offered: impl Iterator<Item = T>) -> impl Iterator<Item = Option<T>> {
    let offered = offered.filter(move |_| is_taken).map(Some);
    offered.chain((!is_taken).then_some(None))
}
