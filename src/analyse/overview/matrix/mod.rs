//! The action matrix: actions down; roles across, or how users and things can be.

mod columns;
mod people;
mod together;

use std::convert::Infallible;

use serde::{Deserialize, Serialize};

use super::phrase;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::Word;
use crate::explore::tree::Tree;
use crate::explore::{Halt, Path, explore};
use crate::finding::{AskError, error, names as unknown};
use crate::firm::Firm;
use crate::link::product::{Action, ActionId, DecisionInput, Product};
use crate::rulebook::Names;
use crate::world::invariants::Invariants;
use columns::{MatrixColumn, MatrixColumns};
#[cfg(feature = "testing")]
pub(crate) use columns::{NONE_HELD, roles_of_columns};
use people::MatrixPeople;
pub use together::RolesTogether;

/// Who may do what in one product, by role or by something else.
///
/// By role, a column is a user who holds that role and no other. When every seat has a level, the column of another role
/// is a user who holds it together with any one level. Allows that need several roles at once are in
/// [`MatrixRow::together`]. So nobody can do an action whose cells are all [`Cell::Deny`] and that has no entry there.
///
/// By a setting, a fact or a property of a thing, a column is one of its values. By the lists of a thing, a column is a user
/// who stands on that list, and with it on those that it brings, and on no other. Whatever else there is stays open, roles too.
/// The readings are those of the firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Matrix {
    /// Id of the product.
    pub product: String,
    /// What people call it.
    pub title: String,
    /// What the columns stand for, where it is not roles: the id of a setting or a fact, or a kind of thing for its lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The columns, if they stand for roles: ids, levels first; `-` is a user without any. Empty otherwise.
    pub roles: Vec<String>,
    /// The columns: ids of roles, values, or ids of lists; `-` is a user who holds no role, or stands on no list.
    pub columns: Vec<String>,
    /// The rows, in groups as the rule file has them.
    pub groups: Vec<MatrixGroup>,
    /// How many actions have no row, because what the columns stand for is nothing to them.
    #[serde(default, skip_serializing_if = "crate::answer::is_zero")]
    pub left_out: usize,
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

/// What columns can stand for.
const COLUMNS: Names = |product| Box::new(columns::names(product));

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
        self.matrix_of(number, &MatrixColumns::of_roles(&compiled.product))
    }

    /// The matrix of one product with other columns than roles.
    ///
    /// `by` names what they stand for: a setting, a fact or a property of a thing (`matter.status`) for its values, or a kind of
    /// thing (`matter`, `document.matter` for what documents are part of) for its lists. `roles` are roles.
    ///
    /// # Errors
    /// [`AskError`] when there is no such product, or it has nothing of that name.
    ///
    /// ```
    /// use clio_rules::{Cell, Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let matrix = firm.matrix_by("manage", "billing_rate_visibility").expect("it is a setting");
    /// assert_eq!(matrix.columns, ["all", "own", "none"]);
    /// let own = &matrix.groups[0].rows[0];
    /// assert_eq!(own.action, "view_own_billing_rate");
    /// assert_eq!(own.cells, [Cell::Allow, Cell::Allow, Cell::Deny]);
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn matrix_by(&self, product: &str, by: &str) -> Result<Matrix, AskError> {
        let (number, columns) = self.named_columns(product, by)?;
        // `named_columns` has just found it.
        let matrix = self.matrix_of(number, &columns);
        matrix.ok_or_else(|| no_columns(by, product))
    }

    /// The names of the columns that [`Firm::matrix_by`] would have.
    ///
    /// # Errors
    /// As there.
    #[cfg(feature = "testing")]
    pub(crate) fn matrix_columns(&self, product: &str, by: &str) -> Result<Vec<String>, AskError> {
        let (_, columns) = self.named_columns(product, by)?;
        Ok(columns.heads())
    }

    /// The matrices of all products that have columns of this name.
    #[cfg(feature = "protocol")]
    pub(crate) fn matrices_by(&self, by: &str) -> Result<Vec<Matrix>, AskError> {
        let products = self.rulebook.compiled().iter().enumerate();
        let matrices: Vec<Matrix> = products
            .filter_map(|(number, compiled)| {
                let columns = MatrixColumns::named(&compiled.product, by)?;
                self.matrix_of(number, &columns)
            })
            .collect();
        if matrices.is_empty() {
            return Err((self.rulebook).unknown_everywhere(by, &unknown::UNKNOWN_COLUMNS, COLUMNS));
        }
        Ok(matrices)
    }

    /// The columns that a name stands for in a product, and the product's number.
    fn named_columns(&self, product: &str, by: &str) -> Result<(usize, MatrixColumns), AskError> {
        let code = &unknown::UNKNOWN_COLUMNS;
        let columns = |product: &Product| MatrixColumns::named(product, by);
        let known = |product: &Product| columns(product).is_some();
        let number = (self.rulebook).product_of(Some(product), by, code, known, COLUMNS)?;
        let compiled = self.rulebook.product(number);
        let columns = compiled.and_then(|compiled| columns(&compiled.product));
        // `product_of` has just found them.
        let columns = columns.ok_or_else(|| no_columns(by, product))?;
        Ok((number, columns))
    }

    fn matrix_of(&self, product: usize, columns: &MatrixColumns) -> Option<Matrix> {
        let compiled = self.rulebook.product(product)?;
        Some(matrix(compiled, self.readings_of(product), columns))
    }
}

fn no_columns(by: &str, product: &str) -> AskError {
    error(&unknown::UNKNOWN_COLUMNS, &[&by, &product]).into()
}

fn matrix(compiled: &CompiledProduct, readings: &[Word], columns: &MatrixColumns) -> Matrix {
    let product = &compiled.product;
    let mut left_out = 0;
    let mut rows_of = |group: usize| {
        let actions = product.actions.iter().enumerate();
        let actions = actions.filter(|(_, action)| action.group == group);
        let row = |(number, action)| {
            let table = MatrixAction {
                compiled,
                action: ActionId::from(number),
                readings,
            };
            let row = table.row(action, columns);
            left_out += usize::from(row.is_none());
            row
        };
        actions.filter_map(row).collect()
    };
    let mut groups = Vec::new();
    for (number, group) in product.groups.iter().enumerate() {
        let rows: Vec<MatrixRow> = rows_of(number);
        if !rows.is_empty() {
            let group = group.title.to_string();
            groups.push(MatrixGroup { group, rows });
        }
    }
    let by = columns.by().map(str::to_owned);
    let columns = columns.heads();
    let roles = if by.is_none() {
        columns.clone()
    } else {
        Vec::new()
    };
    Matrix {
        product: product.id.to_string(),
        title: product.title.to_string(),
        by,
        roles,
        columns,
        groups,
        left_out,
    }
}

/// The context for evaluating one action.
struct MatrixAction<'r> {
    compiled: &'r CompiledProduct,
    action: ActionId,
    readings: &'r [Word],
}

impl MatrixAction<'_> {
    /// The row of the action, unless what the columns stand for is nothing to it.
    fn row(&self, action: &Action, columns: &MatrixColumns) -> Option<MatrixRow> {
        if !columns.are_about(self.compiled, self.action, action) {
            return None;
        }
        let (together, has_more) = match columns.by() {
            None => self.together(),
            Some(_) => (Vec::new(), false),
        };
        Some(MatrixRow {
            action: action.id.to_string(),
            title: action.title.to_string(),
            place: action.place.file_and_line(),
            cells: columns.iter().map(|column| self.cell(column)).collect(),
            together,
            has_more,
        })
    }

    fn cell(&self, column: &MatrixColumn) -> Cell {
        let Some(tree) = self.tree(Some(column), |_, allows| allows) else {
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

    /// The part of the action's tree that remains for a column, or for everybody if none is given. `leaf` maps its leaves.
    fn tree<T: Clone + Eq + std::hash::Hash>(
        &self,
        column: Option<&MatrixColumn>,
        mut leaf: impl FnMut(&MatrixPeople<'_>, bool) -> T,
    ) -> Option<Tree<DecisionInput, T>> {
        let (compiled, readings) = (self.compiled, self.readings);
        let decider = compiled.decider(self.action)?;
        let firms = Invariants::of(&compiled.product);
        let run = |path: &Path<DecisionInput>| -> Result<T, Halt<DecisionInput, Infallible>> {
            let people = MatrixPeople {
                compiled,
                firms: &firms,
                column,
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
