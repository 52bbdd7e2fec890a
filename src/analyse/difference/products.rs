//! Which product of one rulebook is compared with which of the other, and under which names.

use std::collections::BTreeSet;

use super::compared_answer::{ChangeKind, DifferenceAspect};
use super::first::ComparisonScope;
use super::function::{DifferenceDetail, DifferenceScope};
use super::renames::{Rename, are_only_words, candidates, renamed};
use super::{ProductComparison, RuleChange};
use crate::analyse::search_stop::SearchStop;
use crate::budget::Budget;
use crate::explore::compile::CompiledProduct;
use crate::limits::Limits;
use crate::rulebook::Rulebook;

/// Renames are tried one by one up to this many, and all together where there are more.
const MOST_TRIED_ALONE: usize = 16;

/// Renames are looked for within this part of the budget.
const PARTS: u32 = 4;

impl Rulebook {
    /// Compares each product, limited to the subject of a given difference.
    pub(super) fn compare(
        &self,
        new: &Self,
        (detail, budget): (DifferenceDetail<'_>, &Budget),
        about: ComparisonScope<'_>,
        changes: &mut Vec<RuleChange>,
    ) -> Result<(), SearchStop> {
        let scope = DifferenceScope { budget, detail };
        let ids: BTreeSet<&str> = self.products().chain(new.products()).collect();
        let moved = about
            .is_everything()
            .then(|| self.moved_product(new))
            .flatten();
        let moved = moved.and_then(|pair| {
            let renames = pair.renames(budget, new.limits());
            (!renames.is_empty()).then_some((pair, renames))
        });
        for id in ids {
            if matches!(about, ComparisonScope::One(one) if &*one.product != id) {
                continue;
            }
            if about.is_enough(changes) {
                break;
            }
            let sides = [self.product_called(id), new.product_called(id)];
            let (pair, renames) = match (&moved, sides) {
                (Some((pair, _)), [Some(old), _]) if std::ptr::eq(pair.old, old) => continue,
                (Some((pair, renames)), [None, Some(new)]) if std::ptr::eq(pair.new, new) => {
                    (*pair, renames.clone())
                }
                (_, [Some(old), Some(its)]) if about.is_everything() => {
                    let pair = ProductPair { old, new: its };
                    (pair, pair.renames(budget, new.limits()))
                }
                _ => {
                    let alone = ProductComparison::new(id, new.limits(), sides);
                    alone.compare(scope, about, changes)?;
                    continue;
                }
            };
            pair.compare(&renames, new.limits(), scope, about, changes)?;
        }
        Ok(())
    }

    fn product_called(&self, id: &str) -> Option<&CompiledProduct> {
        self.product(self.product_number(id)?)
    }

    /// The one product that is gone, beside the one that is new.
    fn moved_product<'r>(&'r self, new: &'r Self) -> Option<ProductPair<'r>> {
        let only = |one: &'r Self, other: &Self| -> Option<&'r CompiledProduct> {
            let ids = one
                .products()
                .filter(|id| other.product_number(id).is_none());
            match ids.collect::<Vec<_>>().as_slice() {
                [id] => one.product_called(id),
                _ => None,
            }
        };
        Some(ProductPair {
            old: only(self, new)?,
            new: only(new, self)?,
        })
    }
}

/// A product of the old rulebook, and the one of the new rulebook that it is compared with.
#[derive(Clone, Copy)]
struct ProductPair<'r> {
    old: &'r CompiledProduct,
    new: &'r CompiledProduct,
}

impl ProductPair<'_> {
    /// Compares both under the new names.
    fn compare(
        self,
        renames: &[Rename],
        limits: &Limits,
        scope: DifferenceScope<'_>,
        about: ComparisonScope<'_>,
        changes: &mut Vec<RuleChange>,
    ) -> Result<(), SearchStop> {
        let id = &self.new.product.id;
        if renames.is_empty() {
            let compared = ProductComparison::new(id, limits, [Some(self.old), Some(self.new)]);
            return compared.compare(scope, about, changes);
        }
        let old = renamed(self.old, renames);
        let compared = ProductComparison::new(id, limits, [Some(&old), Some(self.new)]);
        for rename in renames {
            changes.push(RuleChange {
                what: Some(rename.kind.word().to_owned()),
                ..compared.change(DifferenceAspect {
                    kind: ChangeKind::Renamed,
                    from: rename.old.to_string(),
                    to: rename.new.to_string(),
                })
            });
        }
        compared.compare(scope, about, changes)
    }

    /// What was renamed: all candidates if then only words differ, else those with one title that leave fewer differences.
    fn renames(self, budget: &Budget, limits: &Limits) -> Vec<Rename> {
        let is_moved = self.old.product.id != self.new.product.id;
        let product = is_moved.then(|| Rename::of_products(&self.old.product, &self.new.product));
        let named = candidates(&self.old.product, &self.new.product);
        let all: Vec<Rename> = product.iter().cloned().chain(named).collect();
        let found = |renames: &[Rename]| self.changes(renames, budget, limits);
        if all.is_empty() {
            return all;
        }
        if found(&all).is_some_and(|changes| are_only_words(&changes)) {
            return all;
        }
        let mut titled = Rename::titled(&all);
        // Products under different ids and titles have nothing else that tells that they are one.
        let mut accepted: Vec<Rename> = product.into_iter().collect();
        if !accepted.iter().all(|product| titled.contains(product)) {
            return Vec::new();
        }
        titled.retain(|rename| !accepted.contains(rename));
        let weight = |renames: &[Rename]| found(renames).map(|changes| weight(&changes));
        let Some(mut least) = weight(&accepted) else {
            return accepted;
        };
        let groups: Vec<Vec<Rename>> = if titled.len() > MOST_TRIED_ALONE {
            vec![titled]
        } else {
            titled.into_iter().map(|rename| vec![rename]).collect()
        };
        for group in groups {
            let tried = [accepted.as_slice(), &group].concat();
            if let Some(less) = weight(&tried).filter(|weight| *weight < least) {
                (accepted, least) = (tried, less);
            }
        }
        accepted
    }

    /// The differences under these names, without their conditions.
    fn changes(
        self,
        renames: &[Rename],
        budget: &Budget,
        limits: &Limits,
    ) -> Option<Vec<RuleChange>> {
        let part = budget.part(PARTS);
        let scope = DifferenceScope {
            budget: &part,
            detail: DifferenceDetail::Aspects,
        };
        let old = renamed(self.old, renames);
        let sides = [Some(&old), Some(self.new)];
        let compared = ProductComparison::new(&self.new.product.id, limits, sides);
        let mut changes = Vec::new();
        let finished = compared.compare(scope, ComparisonScope::Everything, &mut changes);
        finished.ok().map(|()| changes)
    }
}

/// How many differences there are beside those of single declarations, which every new name brings.
fn weight(changes: &[RuleChange]) -> usize {
    let counts = |change: &&RuleChange| {
        change.action.is_some()
            || change.change.is_some()
            || matches!(
                change.kind,
                ChangeKind::Effect
                    | ChangeKind::Conflict
                    | ChangeKind::Advice
                    | ChangeKind::Property
            )
    };
    changes.iter().filter(counts).count()
}
