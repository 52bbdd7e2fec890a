//! Conflicts of a product, and who holds both sides.

use serde::{Deserialize, Serialize};

use crate::finding::AskError;
use crate::firm::{ChosenUsers, Firm};
use crate::link::product::{Basis, Conflict};

/// A conflict that the rules or the firm declare, with those who hold both sides of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewConflict {
    /// Its id.
    pub conflict: String,
    /// What people call it.
    pub title: String,
    /// Ids of the two actions.
    pub both: Vec<String>,
    /// Ids of roles that are trusted with both.
    pub except: Vec<String>,
    /// Why one person should not hold both.
    pub because: String,
    /// Whether the source document states it.
    pub basis: Basis,
    /// Where it stands, as `file:line`.
    pub place: String,
    /// The heading of the section of the source document. A conflict of the firm itself may have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Ids of those who hold both.
    pub users: Vec<String>,
    /// Ids of those who may do both and hold a role that is trusted with it.
    pub trusted: Vec<String>,
}

/// Every conflict of a product.
pub(super) fn held(
    firm: &Firm,
    number: usize,
    chosen: &ChosenUsers,
) -> Result<Vec<ReviewConflict>, AskError> {
    let compiled = firm.compiled(number)?;
    let product = &compiled.product;
    let conflict = |conflict: &Conflict| {
        let actions = conflict
            .both
            .iter()
            .filter_map(|action| product.action(*action));
        let except = conflict.except.iter();
        let (mut users, mut trusted) = (Vec::new(), Vec::new());
        for (user, words) in firm.roster.profiles(number) {
            if chosen.has(user) && firm.may_both(number, compiled, conflict, words) {
                let is_trusted = firm.is_trusted(number, compiled, conflict, words);
                let list = if is_trusted { &mut trusted } else { &mut users };
                list.push(firm.roster.id(user).to_owned());
            }
        }
        ReviewConflict {
            conflict: conflict.id.to_string(),
            title: conflict.title.to_string(),
            both: actions.map(|action| action.id.to_string()).collect(),
            except: except
                .map(|role| product.role_name(*role).to_owned())
                .collect(),
            because: conflict.because.to_string(),
            basis: conflict.basis,
            place: conflict.place.to_string(),
            section: conflict
                .section
                .map(|section| product.heading(section).to_owned()),
            users,
            trusted,
        }
    };
    Ok(firm.conflicts_of(number, compiled).map(conflict).collect())
}
