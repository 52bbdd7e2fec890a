//! Allows that need several roles at once, which no column shows.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::columns::MatrixColumn;
use super::{Cell, MatrixAction};
use crate::link::product::RoleId;

/// Most sets of roles that a row lists.
const MOST: usize = 16;

/// Roles that allow an action together, though no part of them does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RolesTogether {
    /// Ids of the roles. When every seat has a level and none is named here, the level may be any.
    pub roles: Vec<String>,
    /// What users who hold exactly them may do.
    #[serde(flatten)]
    pub cell: Cell,
}

impl MatrixAction<'_> {
    /// The smallest sets of roles that allow the action and that no column shows, and whether there are more of them.
    pub(super) fn together(&self) -> (Vec<RolesTogether>, bool) {
        let product = &self.compiled.product;
        let mut sets: Vec<BTreeSet<RoleId>> = self.opening().into_iter().collect();
        sets.sort_by_key(BTreeSet::len);
        let mut smallest: Vec<BTreeSet<RoleId>> = Vec::new();
        let mut listed: Vec<BTreeSet<RoleId>> = Vec::new();
        for set in sets {
            if smallest.iter().any(|smaller| smaller.is_subset(&set)) {
                continue;
            }
            let is_level = |role: &&RoleId| product.levels.contains(role);
            let beside: BTreeSet<RoleId> = set.iter().filter(|r| !is_level(r)).copied().collect();
            smallest.push(set);
            if beside.len() > 1 && !listed.contains(&beside) {
                if listed.len() == MOST {
                    return (self.listed(&listed), true);
                }
                listed.push(beside);
            }
        }
        (self.listed(&listed), false)
    }

    fn listed(&self, sets: &[BTreeSet<RoleId>]) -> Vec<RolesTogether> {
        let product = &self.compiled.product;
        let together = |set: &BTreeSet<RoleId>| RolesTogether {
            roles: set
                .iter()
                .map(|r| product.role_name(*r).to_owned())
                .collect(),
            cell: self.cell(&MatrixColumn::of_roles(product, set)),
        };
        sets.iter().map(together).collect()
    }

    /// The roles held on each path to an allow. Users who hold exactly these are allowed on it.
    fn opening(&self) -> BTreeSet<BTreeSet<RoleId>> {
        let mut opening = BTreeSet::new();
        self.tree(None, |people, allows| {
            if allows {
                opening.insert(people.held());
            }
        });
        opening
    }
}
