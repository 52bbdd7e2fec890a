//! The people of a review, with what they hold.

use serde::{Deserialize, Serialize};

use super::holders::{RoleBringers, holds};
use super::product::{ReviewProduct, RowOfUser};
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::Word;
use crate::firm::{Firm, has_seat, is_enabled};
use crate::link::product::{RoleId, SettingId};

/// One person of a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewPerson {
    /// Their id.
    pub user: String,
    /// Their name; the id where they have none.
    pub name: String,
    /// Whether they are enabled.
    pub enabled: bool,
    /// Their seats.
    pub seats: Vec<ReviewSeat>,
}

/// A seat of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewSeat {
    /// Id of the product.
    pub product: String,
    /// Ids of the roles that they hold themselves.
    pub holds: Vec<String>,
    /// Roles that others bring them.
    pub brought: Vec<ReviewBroughtRole>,
    /// Settings that are not at their default.
    pub settings: Vec<ReviewValue>,
    /// The number of the product's actions they may do, to anybody at all.
    pub can: usize,
    /// The number of their row in the product, counted from 0.
    pub row: usize,
}

/// A role that another one brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewBroughtRole {
    /// Its id.
    pub role: String,
    /// Id of the role they hold that brings it, directly or through others.
    pub by: String,
}

/// A setting with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewValue {
    /// Its id.
    pub setting: String,
    /// Its value.
    pub value: String,
}

/// One person with everything that they hold.
pub(super) fn person(
    firm: &Firm,
    user: u32,
    brought: &[RoleBringers],
    (products, rows): (&[ReviewProduct], &[RowOfUser]),
) -> ReviewPerson {
    let all = firm.rulebook.compiled().iter().zip(brought);
    let seats = all.zip(products.iter().zip(rows)).enumerate().filter_map(
        |(number, ((compiled, brought), (product, rows)))| {
            let words = firm.roster.profile(number, user);
            let row = rows.get(user as usize).copied().flatten()?;
            has_seat(words).then(|| seat(compiled, words, brought, product, row as usize))
        },
    );
    ReviewPerson {
        user: firm.roster.id(user).to_owned(),
        name: firm.roster.name_of(user).to_owned(),
        enabled: is_enabled(firm.roster.profile(0, user)),
        seats: seats.collect(),
    }
}

fn seat(
    compiled: &CompiledProduct,
    words: &[Word],
    brought: &RoleBringers,
    reviewed: &ReviewProduct,
    row: usize,
) -> ReviewSeat {
    let product = &compiled.product;
    let name = |role: RoleId| product.role_name(role).to_owned();
    let roles = product.role_ids();
    let (held, others): (Vec<RoleId>, Vec<RoleId>) =
        roles.partition(|role| holds(compiled, words, *role));
    let of_others = others.into_iter().filter_map(|role| {
        let by = name(brought.by(compiled, words, role)?);
        Some(ReviewBroughtRole {
            role: name(role),
            by,
        })
    });
    ReviewSeat {
        product: product.id.to_string(),
        holds: held.into_iter().map(name).collect(),
        brought: of_others.collect(),
        settings: settings(compiled, words),
        can: reviewed.can(row),
        row,
    }
}

/// The settings of a profile that are not at their default.
fn settings(compiled: &CompiledProduct, words: &[Word]) -> Vec<ReviewValue> {
    let declared = compiled.product.settings.iter().enumerate();
    let unusual = declared.filter_map(|(number, setting)| {
        let value = compiled.layout.setting(SettingId::from(number)).read(words);
        (value != setting.default).then(|| ReviewValue {
            setting: setting.id.to_string(),
            value: setting.domain.word(value).to_owned(),
        })
    });
    unusual.collect()
}
