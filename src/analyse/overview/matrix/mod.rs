//! The action matrix: roles across, actions down.

mod people;
mod together;

use std::convert::Infallible;

use serde::{Deserialize, Serialize};

use super::phrase;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::Word;
use crate::explore::tree::Tree;
use crate::explore::{Halt, Path, explore};
use crate::firm::Firm;
use crate::link::product::{Action, ActionId, DecisionInput, Product, RoleId};
use crate::world::invariants::Invariants;
use people::MatrixPeople;
pub use together::RolesTogether;

/// Who may do what in one product, by role.
///
/// A column is a user who holds that role and no other. When every seat has a level, the column of another role is a
/// user who holds it together with any one level. The readings are those of the firm. Allows that need several roles
/// at once are in [`MatrixRow::together`]. So nobody can do an action whose cells are all [`Cell::Deny`] and that has
/// no entry there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Matrix {
    /// Id of the product.
    pub product: String,
    /// What people call it.
    pub title: String,
    /// The columns: ids of roles, levels first; `-` is a user without any.
    pub roles: Vec<String>,
    /// The rows, in groups as the rule file has them.
    pub groups: Vec<MatrixGroup>,
}

impl Matrix {
    /// Whether any action needs several roles at once.
    pub fn has_together(&self) -> bool {
        let mut rows = self.groups.iter().flat_map(|group| &group.rows);
        rows.any(|row| !row.together.is_empty())
    }
}

/// Rows under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatrixGroup {
    /// The heading.
    pub group: String,
    /// The rows.
    pub rows: Vec<MatrixRow>,
}

/// One action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatrixRow {
    /// Id of the action.
    pub action: String,
    /// What people call it.
    pub title: String,
    /// Where it stands, as `file:line`.
    pub place: String,
    /// One cell for each column.
    pub cells: Vec<Cell>,
    /// Roles that allow it only together: the smallest sets of which no part is enough, at most 16.
    pub together: Vec<RolesTogether>,
    /// Whether there are more sets than are listed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_more: bool,
}

/// What users of one kind may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "decision", rename_all = "lowercase")]
pub enum Cell {
    /// Always allowed.
    Allow,
    /// Always denied.
    Deny,
    /// It depends on more than the roles.
    Depends {
        /// The inputs that matter.
        on: Vec<String>,
        /// The ways to an allow. Empty when there are too many to list.
        when: Vec<String>,
    },
}

/// The name of the column of a user without a role.
pub(crate) const NO_ROLE: &str = "-";

/// Most ways to an allow that a cell lists.
const MOST_WAYS: usize = 16;

impl Firm {
    /// The action matrix of one product, with the readings of this firm. `None` when there is no such product.
    ///
    /// ```
    /// use clio_rules::{Cell, Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let matrix = firm.matrix("grow").expect("it is built in");
    /// assert_eq!(matrix.roles, ["normal", "admin"]);
    /// let reports = &matrix.groups[0].rows[0];
    /// assert_eq!(reports.action, "view_reports");
    /// assert_eq!(reports.cells, [Cell::Deny, Cell::Allow]);
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn matrix(&self, product: &str) -> Option<Matrix> {
        let number = self.rulebook.product_number(product)?;
        let compiled = self.rulebook.product(number)?;
        Some(matrix(compiled, self.readings_of(number)))
    }
}

fn matrix(compiled: &CompiledProduct, readings: &[Word]) -> Matrix {
    let product = &compiled.product;
    let kinds: Vec<MatrixKind> = columns(product)
        .into_iter()
        .map(MatrixKind::of_column)
        .collect();
    let rows_of = |group: usize| {
        let actions = product
            .actions
            .iter()
            .enumerate()
            .filter(move |(_, action)| action.group == group);
        let row = |(number, action)| {
            let table = MatrixAction {
                compiled,
                action: ActionId::from(number),
                readings,
            };
            table.row(action, &kinds)
        };
        actions.map(row).collect()
    };
    let groups = product
        .groups
        .iter()
        .enumerate()
        .map(|(number, group)| MatrixGroup {
            group: group.title.to_string(),
            rows: rows_of(number),
        });
    let names = columns(product)
        .into_iter()
        .map(|role| role.map_or(NO_ROLE, |role| product.role_name(role)));
    Matrix {
        product: product.id.to_string(),
        title: product.title.to_string(),
        roles: names.map(str::to_owned).collect(),
        groups: groups.filter(|group| !group.rows.is_empty()).collect(),
    }
}

/// A user without a role, then each role. When every seat has a level, the levels come first and then the other
/// roles.
pub(crate) fn columns(product: &Product) -> Vec<Option<RoleId>> {
    let roles = product.role_ids();
    if product.levels.is_empty() {
        return std::iter::once(None).chain(roles.map(Some)).collect();
    }
    let levels = product.levels.iter().copied();
    let beside = roles.filter(|role| !product.levels.contains(role));
    levels.chain(beside).map(Some).collect()
}

/// Users who hold the same roles. When every seat has a level and none is listed here, the level may be any.
struct MatrixKind {
    holds: Vec<RoleId>,
}

impl MatrixKind {
    fn of_column(column: Option<RoleId>) -> Self {
        Self {
            holds: column.into_iter().collect(),
        }
    }

    /// Whether they hold a role. `None` when that is open.
    fn holds(&self, product: &Product, role: RoleId) -> Option<bool> {
        if self.holds.contains(&role) {
            return Some(true);
        }
        let levels = &product.levels;
        let is_open = levels.contains(&role) && !self.holds.iter().any(|r| levels.contains(r));
        (!is_open).then_some(false)
    }
}

/// The context for evaluating one action.
struct MatrixAction<'r> {
    compiled: &'r CompiledProduct,
    action: ActionId,
    readings: &'r [Word],
}

impl MatrixAction<'_> {
    fn row(&self, action: &Action, kinds: &[MatrixKind]) -> MatrixRow {
        let (together, has_more) = self.together();
        MatrixRow {
            action: action.id.to_string(),
            title: action.title.to_string(),
            place: action.place.file_and_line(),
            cells: kinds.iter().map(|kind| self.cell(kind)).collect(),
            together,
            has_more,
        }
    }

    fn cell(&self, kind: &MatrixKind) -> Cell {
        let Some(tree) = self.tree(Some(kind), |_, allows| allows) else {
            return Cell::Deny;
        };
        let on = tree.questions();
        if on.is_empty() {
            let allowed = tree.leaves().next().copied().unwrap_or(false);
            return if allowed { Cell::Allow } else { Cell::Deny };
        }
        let product = &self.compiled.product;
        Cell::Depends {
            on: on
                .iter()
                .map(|input| crate::answer::written(product, *input))
                .collect(),
            when: phrase::ways(&tree, product, MOST_WAYS).unwrap_or_default(),
        }
    }

    /// The part of the action's tree that remains for users of a kind, or for all users if none is given. `leaf` maps
    /// its leaves.
    fn tree<T: Clone + Eq + std::hash::Hash>(
        &self,
        kind: Option<&MatrixKind>,
        mut leaf: impl FnMut(&MatrixPeople<'_>, bool) -> T,
    ) -> Option<Tree<DecisionInput, T>> {
        let (compiled, readings) = (self.compiled, self.readings);
        let decider = compiled.decider(self.action)?;
        let firms = Invariants::of(&compiled.product);
        let run = |path: &Path<DecisionInput>| -> Result<T, Halt<DecisionInput, Infallible>> {
            let people = MatrixPeople {
                compiled,
                firms: &firms,
                kind,
                readings,
                path,
            };
            let ruled = decider.tree().walk(|input| people.read(input))?;
            Ok(leaf(&people, ruled.is_some_and(|ruled| ruled.allows)))
        };
        // The tree has no more paths than its source, and those were bounded at load.
        explore(usize::MAX, |input| compiled.product.width(input), run)
            .ok()
            .map(|explored| explored.tree)
    }
}

#[cfg(test)]
mod tests;
