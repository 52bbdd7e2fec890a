//! Changes by numbers: first the names are looked up, then the arguments are checked against the change.

use std::sync::Arc;

use super::arguments::{Arguments, ChosenArguments};
use super::offered::{list, role, setting, value};
use super::request::{Bulk, Change, ChangeNames};
use crate::explore::compile::CompiledProduct;
use crate::finding::{AskError, ask as codes, error, names as unknown};
use crate::firm::Firm;
use crate::firm::ends::ListMember;
use crate::firm::things::NumberedThing;
use crate::link::product::{Argument, ChangeId, ChangeTargets, LinkedChange as Declared, Product};
use crate::rulebook::{CHANGES, names_of};

/// A change whose names all exist, with its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ResolvedChange {
    pub(crate) product: usize,
    pub(crate) change: ChangeId,
    pub(crate) user: u32,
    pub(crate) target: ResolvedTarget,
    pub(crate) arguments: Arguments,
}

/// To whom a change is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ResolvedTarget {
    User(u32),
    Group(u32),
    Nobody,
}

impl ResolvedTarget {
    /// The user it is done to.
    pub(crate) fn user(self) -> Option<u32> {
        match self {
            Self::User(user) => Some(user),
            Self::Group(_) | Self::Nobody => None,
        }
    }

    /// Who is put on a list or in a group.
    pub(crate) fn member(self) -> Option<ListMember> {
        match self {
            Self::User(user) => Some(ListMember::User(user)),
            Self::Group(group) => Some(ListMember::Group(group)),
            Self::Nobody => None,
        }
    }
}

impl ResolvedChange {
    /// The thing that it is about.
    pub(crate) fn thing(&self, declared: &Declared) -> Option<NumberedThing> {
        Some(NumberedThing {
            product: self.product,
            kind: declared.kind?,
            number: self.arguments.thing?,
        })
    }
}

impl Firm {
    pub(crate) fn resolve_change(&self, change: &Change) -> Result<ResolvedChange, AskError> {
        let product = self.rulebook.product_of(
            change.product.as_deref(),
            &change.change,
            &unknown::UNKNOWN_CHANGE,
            |product| product.names.changes.contains_key(change.change.as_str()),
            CHANGES,
        )?;
        let user = self.user_number(&change.user)?;
        self.resolve_in(product, user, change.names())
    }

    /// The product and the parts of a bulk change. Every part has to be a change that may be part of one.
    pub(crate) fn resolve_bulk(
        &self,
        bulk: &Bulk,
    ) -> Result<(usize, Vec<ResolvedChange>), AskError> {
        let limit = self.rulebook.limits().bulk_parts;
        if bulk.parts.len() > limit {
            return Err(error(&codes::BULK_TOO_LARGE, &[&bulk.parts.len(), &limit]).into());
        }
        let product = self.bulk_product(bulk.product.as_deref())?;
        let user = self.user_number(&bulk.user)?;
        if bulk.parts.is_empty() {
            return Err(error(&codes::EMPTY_BULK, &[]).into());
        }
        let parts = (1..).zip(&bulk.parts).map(|(number, part)| {
            let resolved = self.resolve_part(product, user, part.names());
            resolved.map_err(|error| error.into_finding().in_part(number).into())
        });
        Ok((product, parts.collect::<Result<_, AskError>>()?))
    }

    /// The named product, or the only one that has bulk changes.
    pub(crate) fn bulk_product(&self, named: Option<&str>) -> Result<usize, AskError> {
        if let Some(id) = named {
            let number = self.rulebook.named_product(id)?;
            return match self.rulebook.product(number) {
                Some(compiled) if compiled.product.bulk.is_none() => {
                    Err(error(&codes::NO_BULK, &[&compiled.product.title]).into())
                }
                _ => Ok(number),
            };
        }
        let products = self
            .rulebook
            .compiled()
            .iter()
            .map(|compiled| &*compiled.product)
            .enumerate();
        let with_bulk: Vec<(usize, &Product)> = products
            .filter(|(_, product)| product.bulk.is_some())
            .collect();
        match with_bulk.as_slice() {
            [(number, _)] => Ok(*number),
            [] => Err(error(&codes::NO_BULK, &[&"this rulebook"]).into()),
            several => {
                let ids: Vec<&str> = several.iter().map(|(_, product)| &*product.id).collect();
                Err(error(&codes::AMBIGUOUS_PRODUCT, &[&"bulk", &ids.join(", ")]).into())
            }
        }
    }

    /// A part of a bulk change. It has to be a change that may be part of one.
    pub(crate) fn resolve_part(
        &self,
        product: usize,
        user: u32,
        part: ChangeNames<'_>,
    ) -> Result<ResolvedChange, AskError> {
        let declared = self
            .rulebook
            .product(product)
            .map(|compiled| &compiled.product);
        if let Some((product, bulk)) =
            declared.and_then(|product| Some((product, product.bulk.as_ref()?)))
        {
            let known = product.names.changes.get(part.change);
            if known.is_some_and(|change| !bulk.changes.contains(change)) {
                let ids: Vec<&str> = bulk
                    .changes
                    .iter()
                    .filter_map(|change| product.change(*change))
                    .map(|change| &*change.id)
                    .collect();
                let help = format!("a bulk change consists of {}", ids.join(", "));
                return Err(error(&codes::BULK_PART_NOT_ALLOWED, &[&part.change])
                    .with_help(help)
                    .into());
            }
        }
        self.resolve_in(product, user, part)
    }

    fn resolve_in(
        &self,
        product: usize,
        user: u32,
        change: ChangeNames<'_>,
    ) -> Result<ResolvedChange, AskError> {
        let no_such = || error(&unknown::UNKNOWN_CHANGE, &[&change.change, &""]);
        let compiled = self.rulebook.product(product).ok_or_else(no_such)?;
        let (id, declared) = find_change(&compiled.product, change.change)?;
        let target = self.change_target(declared, change.target);
        let arguments = self.arguments_of((product, compiled), declared, change);
        // A target with an unknown name is reported before the arguments, a missing one after them.
        let (target, arguments) = match target {
            Ok(Some(target)) => (target, arguments?),
            Ok(None) => {
                arguments?;
                return Err(error(&codes::MISSING_TARGET, &[&declared.id]).into());
            }
            Err(error) => return Err(error),
        };
        Ok(ResolvedChange {
            product,
            change: id,
            user,
            target,
            arguments,
        })
    }

    /// Whom or what a change is done to; none where one has to be named and is not.
    fn change_target(
        &self,
        declared: &Declared,
        name: Option<&str>,
    ) -> Result<Option<ResolvedTarget>, AskError> {
        let targets = declared.targets;
        let Some(name) = name else {
            return Ok((targets == ChangeTargets::NOBODY).then_some(ResolvedTarget::Nobody));
        };
        if targets == ChangeTargets::NOBODY {
            return Err(error(&codes::UNEXPECTED_TARGET, &[&declared.id, &name]).into());
        }
        let user = || self.user_number(name).map_err(AskError::of_target);
        if !targets.groups {
            return Ok(Some(ResolvedTarget::User(user()?)));
        }
        let group = self.things.groups.find(name).map(ResolvedTarget::Group);
        match group {
            Some(group) => Ok(Some(group)),
            None if targets.users => Ok(Some(ResolvedTarget::User(user()?))),
            None => Err(self.unknown_group(name)),
        }
    }

    /// The arguments by number: exactly those that the change takes.
    fn arguments_of(
        &self,
        (number, compiled): (usize, &CompiledProduct),
        declared: &Declared,
        change: ChangeNames<'_>,
    ) -> Result<Arguments, AskError> {
        are_taken(compiled, declared, |argument| {
            change.word(argument).is_some()
        })?;
        let product = &compiled.product;
        let role = change.role.map(|name| role(product, declared, name));
        let setting = change.setting.map(|name| setting(product, declared, name));
        let (role, setting) = (role.transpose()?, setting.transpose()?);
        let value = change
            .value
            .map(|word| value(compiled, declared, setting, word))
            .transpose()?;
        let thing = change.thing.zip(declared.kind);
        let thing = thing.map(|(id, kind)| self.numbered_thing(number, kind, id));
        let list = change.list.map(|name| list(product, declared, name));
        let group = change.group.map(|name| self.group_number(name));
        let (thing, list, group) = (thing.transpose()?, list.transpose()?, group.transpose()?);
        let chosen = ChosenArguments {
            role,
            setting,
            value,
            list,
        };
        let mut arguments = compiled.arguments(declared, chosen);
        arguments.thing = thing.map(|thing| thing.number);
        arguments.group = group;
        Ok(arguments)
    }
}

pub(super) fn find_change<'p>(
    product: &'p Arc<Product>,
    name: &str,
) -> Result<(ChangeId, &'p Declared), AskError> {
    let id = product.names.changes.get(name).copied();
    id.and_then(|id| Some((id, product.change(id)?)))
        .ok_or_else(|| {
            error(&unknown::UNKNOWN_CHANGE, &[&name, &product.title])
                .with_nearest_of(name, || names_of(product, CHANGES))
                .into()
        })
}

/// Checks that the arguments are exactly those that the change takes.
pub(super) fn arguments_fit(
    compiled: &CompiledProduct,
    declared: &Declared,
    arguments: Arguments,
) -> Result<(), AskError> {
    are_taken(compiled, declared, |argument| match argument {
        Argument::Role => arguments.role.is_some(),
        Argument::Setting => arguments.setting.is_some(),
        Argument::Value => arguments.value.is_some(),
        Argument::Thing => arguments.thing.is_some(),
        Argument::List => arguments.list.is_some(),
        Argument::Group => arguments.group.is_some(),
    })
}

fn are_taken(
    compiled: &CompiledProduct,
    declared: &Declared,
    given: impl Fn(Argument) -> bool,
) -> Result<(), AskError> {
    // As bits, because calls by handles come here each time.
    let bit = |argument: Argument| 1_u8 << argument as u8;
    let all = Argument::ALL.into_iter();
    let given = all.clone().filter(|argument| given(*argument));
    let given = given.fold(0, |given, argument| given | bit(argument));
    let taken = declared.takes.iter();
    let taken = taken.fold(0, |taken, argument| taken | bit(*argument));
    if given == taken {
        return Ok(());
    }
    let mut differing = all.filter(|argument| (given ^ taken) & bit(*argument) != 0);
    match differing.next() {
        Some(argument) if taken & bit(argument) != 0 => Err(missing(compiled, declared, argument)),
        Some(argument) => Err(declared.unexpected(argument)),
        None => Ok(()),
    }
}

impl Declared {
    /// Checks that the change takes an argument.
    pub(super) fn takes(&self, argument: Argument) -> Result<(), AskError> {
        let taken = self.takes.contains(&argument);
        taken.then_some(()).ok_or_else(|| self.unexpected(argument))
    }

    fn unexpected(&self, argument: Argument) -> AskError {
        error(&codes::UNEXPECTED_ARGUMENT, &[&self.id, &argument.name()]).into()
    }
}

fn missing(compiled: &CompiledProduct, declared: &Declared, argument: Argument) -> AskError {
    let product = &compiled.product;
    let names: Vec<&str> = match argument {
        Argument::Role => declared
            .roles
            .iter()
            .map(|role| product.role_name(*role))
            .collect(),
        Argument::Setting => declared
            .settings
            .iter()
            .filter_map(|s| product.setting(*s))
            .map(|setting| &*setting.id)
            .collect(),
        Argument::Value if declared.property.is_some() => vec!["a value of the property"],
        Argument::Value => vec!["a value of the setting"],
        Argument::List => declared.list_names(product).collect(),
        Argument::Thing => vec!["the id of a thing"],
        Argument::Group => vec!["the id of a group"],
    };
    let help = format!("give it {}", names.join(", "));
    error(&codes::MISSING_ARGUMENT, &[&declared.id, &argument.name()])
        .with_help(help)
        .into()
}
