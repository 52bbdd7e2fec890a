//! Names to numbers, with the nearest existing name of that product where there is none.

use std::sync::Arc;

use super::Rulebook;
use crate::finding::{AskError, Code, ask as codes, error, names as unknown};
use crate::link::product::{ActionId, Product};
use crate::name::nearest::KnownName;

/// The names of one kind that a product knows.
pub(crate) type Names = for<'p> fn(&'p Product) -> Box<dyn Iterator<Item = &'p str> + 'p>;

/// The ids of a product's actions.
pub(crate) const ACTIONS: Names = |product| Box::new(product.actions.iter().map(|of| &*of.id));
/// The ids of a product's changes.
pub(crate) const CHANGES: Names = |product| Box::new(product.changes.iter().map(|of| &*of.id));
/// The ids of a product's readings.
pub(crate) const READINGS: Names = |product| Box::new(product.readings.iter().map(|of| &*of.id));
/// The ids of a product's roles.
pub(crate) const ROLES: Names = |product| Box::new(product.roles.iter().map(|of| &*of.id));
/// The ids of a product's settings.
pub(crate) const SETTINGS: Names = |product| Box::new(product.settings.iter().map(|of| &*of.id));

/// Those of one product.
pub(crate) fn names_of(product: &Arc<Product>, names: Names) -> KnownName {
    let product = Arc::clone(product);
    KnownName::new(move |look| names(&product).try_for_each(look))
}

impl Rulebook {
    /// Those of all products.
    fn all_names(&self, names: Names) -> KnownName {
        let rulebook = self.clone();
        KnownName::new(move |look| {
            let mut products = rulebook.compiled().iter();
            products.try_for_each(|compiled| names(&compiled.product).try_for_each(&mut *look))
        })
    }

    /// The product that is named, or the only one that knows a name.
    ///
    /// `has` checks whether a product has the name. If none has it, `code` is the error, and `names` are the known names.
    pub(crate) fn product_of(
        &self,
        product: Option<&str>,
        name: &str,
        code: &'static Code,
        has: impl Fn(&Product) -> bool,
        names: Names,
    ) -> Result<usize, AskError> {
        if let Some(id) = product {
            let number = self.named_product(id)?;
            let product = self.product(number).map(|compiled| &compiled.product);
            return match product {
                Some(product) if !has(product) => Err(error(code, &[&name, &product.title])
                    .with_nearest_of(name, || names_of(product, names))
                    .into()),
                _ => Ok(number),
            };
        }
        let products = || self.compiled().iter().map(|compiled| &compiled.product);
        let mut knowing = products().enumerate().filter(|(_, product)| has(product));
        match (knowing.next(), knowing.next()) {
            (Some((number, _)), None) => Ok(number),
            (None, _) => Err(self.unknown_everywhere(name, code, names)),
            (Some(_), Some(_)) => {
                let several = products().filter(|product| has(product));
                let ids: Vec<&str> = several.map(|product| &*product.id).collect();
                Err(error(&codes::AMBIGUOUS_PRODUCT, &[&name, &ids.join(", ")]).into())
            }
        }
    }

    /// The error of a name that no product has. `names` are the known names.
    pub(crate) fn unknown_everywhere(
        &self,
        name: &str,
        code: &'static Code,
        names: Names,
    ) -> AskError {
        let products = self.compiled().iter();
        let titles: Vec<&str> = products.map(|compiled| &*compiled.product.title).collect();
        error(code, &[&name, &titles.join(", ")])
            .with_nearest_of(name, || self.all_names(names))
            .into()
    }

    /// The product with this id.
    pub(crate) fn named_product(&self, id: &str) -> Result<usize, AskError> {
        self.product_number(id).ok_or_else(|| {
            let all_ids = || self.all_names(|product| Box::new(std::iter::once(&*product.id)));
            error(&unknown::UNKNOWN_PRODUCT, &[&id])
                .with_nearest_of(id, all_ids)
                .into()
        })
    }

    /// The product and number of an action.
    pub(crate) fn declared_action(
        &self,
        product: Option<&str>,
        action: &str,
    ) -> Result<(usize, ActionId), AskError> {
        let has = |product: &Product| product.names.actions.contains_key(action);
        let number = self.product_of(product, action, &unknown::UNKNOWN_ACTION, has, ACTIONS)?;
        let found = self
            .product(number)
            .and_then(|compiled| compiled.product.names.actions.get(action));
        // `product_of` has just found it there.
        found
            .map(|id| (number, *id))
            .ok_or_else(|| error(&unknown::UNKNOWN_ACTION, &[&action, &""]).into())
    }
}
