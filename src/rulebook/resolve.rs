//! Names to numbers, with the nearest existing name of that product where there is none.

use super::Rulebook;
use crate::finding::{AskError, Code, ask as codes, error, names as unknown};
use crate::link::product::{ActionId, Product};

impl Rulebook {
    /// The product that is named, or the only one that knows a name.
    ///
    /// `has` tells whether a product knows it; `code` is the error where none does, and `known` lists what it knows instead.
    pub(crate) fn product_of(
        &self,
        product: Option<&str>,
        name: &str,
        code: &'static Code,
        has: impl Fn(&Product) -> bool,
        known: impl Fn(&Product) -> Vec<String>,
    ) -> Result<usize, AskError> {
        let unknown_in = |title: &str, known: Vec<String>| {
            error(code, &[&name, &title])
                .with_nearest(name, known.iter().map(String::as_str))
                .into()
        };
        if let Some(id) = product {
            let number = self.named_product(id)?;
            let product = self.product(number).map(|compiled| &compiled.product);
            return match product {
                Some(product) if !has(product) => Err(unknown_in(&product.title, known(product))),
                _ => Ok(number),
            };
        }
        let products = || {
            self.compiled()
                .iter()
                .map(|compiled| &compiled.product)
                .enumerate()
        };
        let knowing: Vec<(usize, &Product)> =
            products().filter(|(_, product)| has(product)).collect();
        match knowing.as_slice() {
            [(number, _)] => Ok(*number),
            [] => {
                let titles: Vec<&str> = products().map(|(_, product)| &*product.title).collect();
                let all = products().flat_map(|(_, product)| known(product)).collect();
                Err(unknown_in(&titles.join(", "), all))
            }
            several => {
                let ids: Vec<&str> = several.iter().map(|(_, product)| &*product.id).collect();
                Err(error(&codes::AMBIGUOUS_PRODUCT, &[&name, &ids.join(", ")]).into())
            }
        }
    }

    /// The product with this id.
    pub(crate) fn named_product(&self, id: &str) -> Result<usize, AskError> {
        self.product_number(id).ok_or_else(|| {
            error(&unknown::UNKNOWN_PRODUCT, &[&id])
                .with_nearest(id, self.products())
                .into()
        })
    }

    /// The product and number of an action.
    pub(crate) fn find_action(
        &self,
        product: Option<&str>,
        action: &str,
    ) -> Result<(usize, ActionId), AskError> {
        let known = |product: &Product| {
            product
                .actions
                .iter()
                .map(|action| action.id.to_string())
                .collect()
        };
        let has = |product: &Product| product.names.actions.contains_key(action);
        let number = self.product_of(product, action, &unknown::UNKNOWN_ACTION, has, known)?;
        let found = self
            .product(number)
            .and_then(|compiled| compiled.product.names.actions.get(action));
        // `product_of` has just found it there.
        found
            .map(|id| (number, *id))
            .ok_or_else(|| error(&unknown::UNKNOWN_ACTION, &[&action, &""]).into())
    }
}
