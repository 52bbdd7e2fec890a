//! What a change offers for its arguments: roles, settings, values and lists by name.

use std::sync::Arc;

use crate::explore::compile::CompiledProduct;
use crate::finding::{AskError, ask as codes, error, names as unknown};
use crate::link::product::{LinkedChange as Declared, Product, RoleId, SettingId};
use crate::name::nearest::KnownName;
use crate::value::{Domain, Value};

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

pub(super) fn value(
    compiled: &CompiledProduct,
    declared: &Declared,
    setting: Option<SettingId>,
    word: &str,
) -> Result<Value, AskError> {
    let product = &compiled.product;
    let kind = declared.kind.and_then(|kind| product.kind(kind));
    let property = declared
        .property
        .and_then(|number| kind?.properties.get(number));
    match (property, compiled.value_domain(declared, setting)) {
        (Some(property), Some(domain)) => value_of(&property.id, domain, word),
        _ => setting_value(product, setting, word),
    }
}

/// A value of a setting.
pub(crate) fn setting_value(
    product: &Product,
    setting: Option<SettingId>,
    word: &str,
) -> Result<Value, AskError> {
    match setting.and_then(|setting| product.setting(setting)) {
        Some(setting) => value_of(&setting.id, &setting.domain, word),
        None => Err(error(&unknown::UNKNOWN_VALUE, &[&word, &"setting"]).into()),
    }
}

fn value_of(id: &str, domain: &Domain, word: &str) -> Result<Value, AskError> {
    domain.find(word).ok_or_else(|| {
        let values: Vec<&str> = domain.words().collect();
        let help = format!("its values are {}", values.join(", "));
        let unknown = error(&unknown::UNKNOWN_VALUE, &[&word, &id]).with_help(help);
        let known = || {
            let domain = domain.clone();
            KnownName::new(move |look| domain.words().try_for_each(look))
        };
        unknown.with_nearest_of(word, known).into()
    })
}

/// A list of the kind that a change is about, among those that it offers.
pub(super) fn list(
    product: &Arc<Product>,
    declared: &Declared,
    name: &str,
) -> Result<usize, AskError> {
    let kind = declared.kind.and_then(|kind| product.kind(kind));
    let mut offered = declared.lists.iter().copied();
    let found = offered.find(|list| {
        let list = kind.and_then(|kind| kind.lists.get(*list));
        list.is_some_and(|list| *list.id == *name)
    });
    found.ok_or_else(|| {
        let names: Vec<&str> = declared.list_names(product).collect();
        let help = format!("it can be {}", names.join(", "));
        error(&codes::LIST_NOT_CHANGED, &[&declared.id, &name])
            .with_help(help)
            .into()
    })
}

impl Declared {
    /// The lists that it offers.
    pub(crate) fn list_names<'p>(&'p self, product: &'p Product) -> impl Iterator<Item = &'p str> {
        let kind = self.kind.and_then(|kind| product.kind(kind));
        let lists = self.lists.iter();
        lists.filter_map(move |list| Some(&*kind?.lists.get(*list)?.id))
    }
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
