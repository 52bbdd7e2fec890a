//! The firm's own conflicts that are different.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::firm::Firm;
use crate::link::product::{Conflict, ConflictWords, Product};

/// A conflict of the firm itself that is different.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OwnConflictChange {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the conflict.
    pub conflict: Arc<str>,
    /// How it is different.
    pub kind: OwnConflictChangeKind,
}

/// How a conflict of the firm itself is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OwnConflictChangeKind {
    /// The firm declares it now.
    Added,
    /// The firm declares it no longer.
    Removed,
    /// It has other actions, exceptions or words.
    Altered,
}

/// The conflicts that one of two states declares and the other does not, or not so.
pub(super) fn conflicts([old, new]: [&Firm; 2]) -> Vec<OwnConflictChange> {
    let mut changes = Vec::new();
    for (number, compiled) in new.rulebook.compiled().iter().enumerate() {
        let product = &compiled.product;
        let mut add = |conflict: &Conflict, kind| {
            changes.push(OwnConflictChange {
                product: Arc::clone(&product.id),
                conflict: Arc::clone(&conflict.id),
                kind,
            });
        };
        for conflict in new.roster.conflicts(number) {
            match words(old, number, &conflict.id, product) {
                None => add(conflict, OwnConflictChangeKind::Added),
                Some(before) if before != conflict.in_words(product) => {
                    add(conflict, OwnConflictChangeKind::Altered);
                }
                Some(_) => {}
            }
        }
        for conflict in old.roster.conflicts(number) {
            if words(new, number, &conflict.id, product).is_none() {
                add(conflict, OwnConflictChangeKind::Removed);
            }
        }
    }
    changes
}

/// The words of a firm's own conflict with this id.
fn words<'f>(
    firm: &'f Firm,
    product: usize,
    id: &str,
    of: &'f Product,
) -> Option<ConflictWords<'f>> {
    let mut conflicts = firm.roster.conflicts(product);
    let conflict = conflicts.find(|conflict| *conflict.id == *id)?;
    Some(conflict.in_words(of))
}
