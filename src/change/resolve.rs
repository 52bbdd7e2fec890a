//! Changes by numbers: first the names are looked up, then the arguments are checked against the change.

use std::sync::Arc;

use super::arguments::Arguments;
use super::request::{Bulk, Change, ChangeNames};
use crate::explore::compile::CompiledProduct;
use crate::finding::{AskError, ask as codes, error, names as unknown};
use crate::firm::Firm;
use crate::link::product::{
    Argument, ChangeId, LinkedChange as Declared, Product, RoleId, SettingId,
};
use crate::name::nearest::KnownName;
use crate::rulebook::{CHANGES, names_of};
use crate::value::Value;

/// A change whose names all exist, with its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ResolvedChange {
    pub(crate) product: usize,
    pub(crate) change: ChangeId,
    pub(crate) user: u32,
    pub(crate) target: u32,
    pub(crate) arguments: Arguments,
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
        let target = change
            .target
            .map(|target| self.user_number(target).map_err(AskError::of_target))
            .transpose()?;
        let arguments = arguments(compiled, declared, change)?;
        let target = target.ok_or_else(|| error(&codes::MISSING_TARGET, &[&declared.id]))?;
        Ok(ResolvedChange {
            product,
            change: id,
            user,
            target,
            arguments,
        })
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

/// The arguments by number: exactly those that the change takes.
fn arguments(
    compiled: &CompiledProduct,
    declared: &Declared,
    change: ChangeNames<'_>,
) -> Result<Arguments, AskError> {
    let given = |argument| word(change, argument).is_some();
    are_taken(compiled, declared, given)?;
    let product = &compiled.product;
    let role = change
        .role
        .map(|name| role(product, declared, name))
        .transpose()?;
    let setting = change
        .setting
        .map(|name| setting(product, declared, name))
        .transpose()?;
    let value = change
        .value
        .map(|word| value(product, setting, word))
        .transpose()?;
    Ok(compiled.arguments(role, setting, value))
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
    })
}

fn are_taken(
    compiled: &CompiledProduct,
    declared: &Declared,
    given: impl Fn(Argument) -> bool,
) -> Result<(), AskError> {
    for argument in Argument::ALL {
        match (declared.takes.contains(&argument), given(argument)) {
            (true, false) => return Err(missing(compiled, declared, argument)),
            (false, true) => return Err(declared.unexpected(argument)),
            _ => {}
        }
    }
    Ok(())
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

fn word(change: ChangeNames<'_>, argument: Argument) -> Option<&str> {
    match argument {
        Argument::Role => change.role,
        Argument::Setting => change.setting,
        Argument::Value => change.value,
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
        Argument::Value => vec!["a value of the setting"],
    };
    let help = format!("give it {}", names.join(", "));
    error(&codes::MISSING_ARGUMENT, &[&declared.id, &argument.name()])
        .with_help(help)
        .into()
}

pub(super) fn role(
    product: &Arc<Product>,
    declared: &Declared,
    name: &str,
) -> Result<RoleId, AskError> {
    let offered = || declared.roles.iter().map(|role| product.role_name(*role));
    let Some(id) = product.names.roles.get(name).copied() else {
        let unknown = error(&unknown::UNKNOWN_ROLE, &[&name, &product.title]);
        let known = || roles_of(product, declared);
        return Err(unknown.with_nearest_of(name, known).into());
    };
    if declared.roles.contains(&id) {
        return Ok(id);
    }
    let moves_by = product.role(id).and_then(|role| role.moves_by.as_deref());
    let help = match moves_by {
        Some(change) => format!("it is passed on by `{change}`"),
        None => format!("it can be {}", offered().collect::<Vec<_>>().join(", ")),
    };
    Err(error(&codes::ROLE_NOT_GRANTED, &[&declared.id, &name])
        .with_help(help)
        .into())
}

pub(super) fn setting(
    product: &Arc<Product>,
    declared: &Declared,
    name: &str,
) -> Result<SettingId, AskError> {
    let Some(id) = product.names.settings.get(name).copied() else {
        let unknown = error(&unknown::UNKNOWN_SETTING, &[&name, &product.title]);
        let known = || settings_of(product, declared);
        return Err(unknown.with_nearest_of(name, known).into());
    };
    if declared.settings.contains(&id) {
        return Ok(id);
    }
    let settings = declared.settings.iter();
    let offered = settings.filter_map(|setting| Some(&*product.setting(*setting)?.id));
    let help = format!("it can be {}", offered.collect::<Vec<_>>().join(", "));
    Err(error(&codes::SETTING_NOT_CHANGED, &[&declared.id, &name])
        .with_help(help)
        .into())
}

pub(crate) fn value(
    product: &Arc<Product>,
    setting: Option<SettingId>,
    word: &str,
) -> Result<Value, AskError> {
    let declared = setting.and_then(|id| Some((id, product.setting(id)?)));
    let Some((id, setting)) = declared else {
        return Err(error(&unknown::UNKNOWN_VALUE, &[&word, &"setting"]).into());
    };
    setting.domain.find(word).ok_or_else(|| {
        let values: Vec<&str> = setting.domain.words().collect();
        let help = format!("its values are {}", values.join(", "));
        let unknown = error(&unknown::UNKNOWN_VALUE, &[&word, &setting.id]).with_help(help);
        let known = || values_of(product, id);
        unknown.with_nearest_of(word, known).into()
    })
}

/// The ids of the roles that a change can be about.
fn roles_of(product: &Arc<Product>, declared: &Declared) -> KnownName {
    let (product, offered) = (Arc::clone(product), declared.roles.clone());
    KnownName::new(move |look| {
        let mut roles = offered.iter().map(|role| product.role_name(*role));
        roles.try_for_each(look)
    })
}

/// The ids of the settings that a change can be about.
fn settings_of(product: &Arc<Product>, declared: &Declared) -> KnownName {
    let (product, offered) = (Arc::clone(product), declared.settings.clone());
    KnownName::new(move |look| {
        let settings = offered
            .iter()
            .filter_map(|setting| product.setting(*setting));
        settings.map(|setting| &*setting.id).try_for_each(look)
    })
}

/// The values of a setting.
fn values_of(product: &Arc<Product>, setting: SettingId) -> KnownName {
    let product = Arc::clone(product);
    KnownName::new(move |look| {
        let setting = product.setting(setting);
        let mut values = setting
            .into_iter()
            .flat_map(|setting| setting.domain.words());
        values.try_for_each(look)
    })
}
