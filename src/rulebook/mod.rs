//! Rulebooks: linked and explored rules, ready to answer. Nothing here knows of files.

pub(crate) mod action;
mod directory;
mod properties;
mod resolve;
pub(crate) mod thing_plan;
mod titles;

pub use action::ActionHandle;
pub(crate) use action::QuestionFacts;
pub(crate) use directory::ActionDirectory;
pub use properties::Properties;
pub(crate) use resolve::{CHANGES, Names, READINGS, ROLES, SETTINGS, names_of};

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::explore::compile::CompiledProduct;
use crate::explore::lookup::Lookups;
use crate::finding::Findings;
use crate::limits::Limits;
use crate::link::product::ActionId;
use crate::name::are_same;
use crate::text::Place;

/// The rules of one or more products, loaded and explored.
///
/// A rulebook that loads cannot fail: every script was run over every path, and answers come from
/// tables. It is cheap to clone and can be shared between threads.
///
/// ```
/// let rulebook = clio_rules::Rulebook::builtin()?;
/// assert_eq!(rulebook.products().collect::<Vec<_>>(), ["grow", "manage"]);
/// # Ok::<(), clio_rules::LoadError>(())
/// ```
#[derive(Clone)]
pub struct Rulebook {
    inner: Arc<RulebookParts>,
}

struct RulebookParts {
    /// Tells handles of one rulebook from those of another.
    stamp: NonZeroU32,
    products: Vec<CompiledProduct>,
    /// The tables of all actions.
    lookups: Lookups,
    directory: ActionDirectory,
    /// A placeholder for the place of a rule that no product has.
    nowhere: Place,
    warnings: Findings,
    limits: Limits,
}

impl Rulebook {
    /// A rulebook of these products, sorted by id.
    pub(crate) fn of(products: Vec<CompiledProduct>, warnings: Findings, limits: Limits) -> Self {
        let stamp = next_stamp();
        let lookups = Lookups::of(&products);
        let inner = RulebookParts {
            stamp,
            directory: ActionDirectory::of(&products, &lookups, stamp),
            lookups,
            nowhere: Place::default(),
            products,
            warnings,
            limits,
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Ids of the products, sorted.
    pub fn products(&self) -> impl Iterator<Item = &str> {
        self.inner
            .products
            .iter()
            .map(|compiled| &*compiled.product.id)
    }

    /// What looked suspicious when the rules were loaded.
    pub fn warnings(&self) -> &Findings {
        &self.inner.warnings
    }

    #[inline]
    pub(crate) fn stamp(&self) -> NonZeroU32 {
        self.inner.stamp
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    pub(crate) fn compiled(&self) -> &[CompiledProduct] {
        &self.inner.products
    }

    #[inline]
    pub(crate) fn lookups(&self) -> &Lookups {
        &self.inner.lookups
    }

    /// A place for an answer without a ruling, which tables never hold.
    pub(crate) fn nowhere(&self) -> &Place {
        &self.inner.nowhere
    }

    #[inline]
    pub(crate) fn directory(&self) -> &ActionDirectory {
        &self.inner.directory
    }

    /// The product of an action that is numbered through all products, and its number there.
    pub(crate) fn place_of(&self, action: u32) -> Option<(usize, ActionId)> {
        self.inner.lookups.place_of(action)
    }

    #[inline]
    pub(crate) fn product(&self, number: usize) -> Option<&CompiledProduct> {
        self.inner.products.get(number)
    }

    /// Number of the product with this id.
    pub(crate) fn product_number(&self, id: &str) -> Option<usize> {
        self.inner
            .products
            .iter()
            .position(|compiled| are_same(compiled.product.id.as_bytes(), id.as_bytes()))
    }
}

impl std::fmt::Debug for Rulebook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rulebook")
            .field("products", &self.products().collect::<Vec<_>>())
            .finish()
    }
}

/// A number that no other rulebook and no other firm has.
pub(crate) fn next_stamp() -> NonZeroU32 {
    static STAMPS: AtomicU32 = AtomicU32::new(1);
    NonZeroU32::new(STAMPS.fetch_add(1, Ordering::Relaxed)).unwrap_or(NonZeroU32::MAX)
}

#[cfg(test)]
mod tests;
