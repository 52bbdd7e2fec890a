//! The action matrix: roles across, actions down.

use serde::Serialize;

use super::phrase;
use crate::explore::compile::Compiled;
use crate::explore::layout::{Layout, Word};
use crate::explore::tree::Tree;
use crate::explore::{Halt, Path, explore};
use crate::firm::Firm;
use crate::link::product::{ActionId, Input, ReadingId, RoleId};
use crate::value::Value;
use crate::vocabulary::Person;

/// Who may do what in one product, by role.
///
/// A column is a user who holds that role and no other; the readings are those of the firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matrix {
    /// Id of the product.
    pub product: String,
    /// What people call it.
    pub title: String,
    /// The columns: ids of roles; `-` is a user without any.
    pub roles: Vec<String>,
    /// The rows, in groups as the rule file has them.
    pub groups: Vec<MatrixGroup>,
}

/// Rows under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixGroup {
    /// The heading.
    pub group: String,
    /// The rows.
    pub rows: Vec<MatrixRow>,
}

/// One action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixRow {
    /// Id of the action.
    pub action: String,
    /// What people call it.
    pub title: String,
    /// Where it stands, as `file:line`.
    pub place: String,
    /// One cell for each column.
    pub cells: Vec<Cell>,
}

/// What a user with one role may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "decision", rename_all = "lowercase")]
pub enum Cell {
    /// Allowed, whatever else is the case.
    Allow,
    /// Denied, whatever else is the case.
    Deny,
    /// It depends on more than the role.
    Depends {
        /// The inputs that matter.
        on: Vec<String>,
        /// The ways to an allow; empty where there are too many to list.
        when: Vec<String>,
    },
}

/// The name of the column of a user without a role.
pub(crate) const NO_ROLE: &str = "-";

/// Ways to an allow that a cell lists at most.
const MOST_WAYS: usize = 16;

impl Firm {
    /// The action matrix of one product, with the readings of this firm; none where there is no such product.
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

fn matrix(compiled: &Compiled, readings: &[Word]) -> Matrix {
    let product = &compiled.product;
    let columns = columns(compiled);
    let rows_of = |group: usize| {
        let actions = product
            .actions
            .iter()
            .enumerate()
            .filter(move |(_, action)| action.group == group);
        let row = |(number, action): (usize, &crate::link::product::Action)| MatrixRow {
            action: action.id.to_string(),
            title: action.title.to_string(),
            place: action.place.file_and_line(),
            cells: columns
                .iter()
                .map(|held| cell(compiled, ActionId::from(number), *held, readings))
                .collect(),
        };
        actions.map(row).collect()
    };
    let groups = product.groups.iter().enumerate();
    Matrix {
        product: product.id.to_string(),
        title: product.title.to_string(),
        roles: columns
            .iter()
            .map(|role| {
                role.map_or(NO_ROLE, |role| product.role_name(role))
                    .to_owned()
            })
            .collect(),
        groups: groups
            .map(|(number, group)| MatrixGroup {
                group: group.title.to_string(),
                rows: rows_of(number),
            })
            .filter(|group: &MatrixGroup| !group.rows.is_empty())
            .collect(),
    }
}

/// A user without a role, then each role; where every seat has a level, only the levels.
pub(crate) fn columns(compiled: &Compiled) -> Vec<Option<RoleId>> {
    let product = &compiled.product;
    if product.levels.is_empty() {
        let roles = (0..product.roles.len()).map(|number| Some(RoleId::from(number)));
        return std::iter::once(None).chain(roles).collect();
    }
    product.levels.iter().copied().map(Some).collect()
}

fn cell(compiled: &Compiled, action: ActionId, held: Option<RoleId>, readings: &[Word]) -> Cell {
    let Some(tree) = rest(compiled, action, held, readings) else {
        return Cell::Deny;
    };
    let on = tree.questions();
    if on.is_empty() {
        let allowed = tree.leaves().next().copied().unwrap_or(false);
        return if allowed { Cell::Allow } else { Cell::Deny };
    }
    Cell::Depends {
        on: on
            .iter()
            .map(|input| crate::answer::written(&compiled.product, *input))
            .collect(),
        when: phrase::ways(&tree, &compiled.product, MOST_WAYS).unwrap_or_default(),
    }
}

/// What is left of an action's tree once the user's roles and the readings are known.
fn rest(
    compiled: &Compiled,
    action: ActionId,
    held: Option<RoleId>,
    readings: &[Word],
) -> Option<Tree<Input, bool>> {
    let decider = compiled.decider(action)?;
    let known = |input| match input {
        Input::Holds(Person::User, role) => Some(Value::from(held == Some(role))),
        Input::Reading(reading) => Some(reading_in(readings, reading)),
        Input::Enabled(Person::User) => Some(Value::YES),
        _ => None,
    };
    let run = |path: &Path<Input>| -> Result<bool, Halt<Input, std::convert::Infallible>> {
        let ruled = decider
            .tree()
            .walk(|input| known(input).map_or_else(|| path.read(input), Ok))?;
        Ok(ruled.is_some_and(|ruled| ruled.allows))
    };
    // The tree has no more paths than it was made from, and those were bounded when it was loaded.
    explore(usize::MAX, |input| compiled.product.width(input), run)
        .ok()
        .map(|explored| explored.tree)
}

fn reading_in(readings: &[Word], reading: ReadingId) -> Value {
    Layout::reading(reading).read(readings)
}
