//! The census: the size of a rulebook and of its tables.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::explore::compile::CompiledProduct;
use crate::link::product::{Basis, RulingKind};
use crate::rulebook::Rulebook;

/// The size of one product of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Census {
    /// Id of the product.
    pub product: String,
    /// Roles.
    pub roles: usize,
    /// Settings.
    pub settings: usize,
    /// Readings.
    pub readings: usize,
    /// Actions.
    pub actions: usize,
    /// Permission changes.
    pub changes: usize,
    /// Effects.
    pub effects: usize,
    /// Rules: those that allow, those that refuse, and the grounds.
    pub rules: usize,
    /// Rules that the source document states.
    pub stated: usize,
    /// Rules that are a reading of the document.
    pub inferred: usize,
    /// Scripts that were explored. Equal ones count once.
    pub scripts: usize,
    /// Paths through all scripts.
    pub paths: usize,
    /// Decision tables.
    pub tables: usize,
    /// Cells of all tables.
    pub cells: usize,
    /// Decisions whose tree is walked because the table would be too large.
    pub walked: usize,
}

impl Rulebook {
    /// The size of each product.
    ///
    /// ```
    /// let rulebook = clio_rules::Rulebook::builtin()?;
    /// let census = rulebook.census();
    /// assert!(census.iter().all(|product| product.rules == product.stated + product.inferred));
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn census(&self) -> Vec<Census> {
        self.compiled().iter().map(census).collect()
    }
}

fn census(compiled: &CompiledProduct) -> Census {
    let product = &compiled.product;
    let rules = rules(compiled);
    let stated = rules
        .values()
        .filter(|basis| **basis == Basis::Stated)
        .count();
    let of_actions = compiled.deciders.iter().map(|decider| decider.cells());
    let of_changes = compiled.judges.iter().map(|judge| judge.cells());
    let of_effects = compiled.effects.iter().map(|effect| effect.cells());
    let cells: Vec<Option<usize>> = of_actions.chain(of_changes).chain(of_effects).collect();
    Census {
        product: product.id.to_string(),
        roles: product.roles.len(),
        settings: product.settings.len(),
        readings: product.readings.len(),
        actions: product.actions.len(),
        changes: product.changes.len(),
        effects: product.effects.len(),
        rules: rules.len(),
        stated,
        inferred: rules.len() - stated,
        scripts: compiled.explored.scripts,
        paths: compiled.explored.paths,
        tables: cells.iter().flatten().count(),
        cells: cells.iter().flatten().sum(),
        walked: cells.iter().filter(|cells| cells.is_none()).count(),
    }
}

/// Every place of a rule, with its basis. A rule that several actions share counts once. A refusal counts once for
/// each basis that it takes from its users.
fn rules(compiled: &CompiledProduct) -> BTreeMap<(u32, Basis), Basis> {
    let speaks = |kind| {
        matches!(
            kind,
            RulingKind::Granted | RulingKind::Refused | RulingKind::Ground
        )
    };
    let rulings = compiled
        .product
        .rulings
        .iter()
        .filter(|ruling| speaks(ruling.kind));
    rulings
        .map(|ruling| ((ruling.place.span().start, ruling.basis), ruling.basis))
        .collect()
}
