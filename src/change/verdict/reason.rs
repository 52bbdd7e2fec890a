//! The parts of a verdict: its grounds and its alterations.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::VerdictRulings;
use crate::answer::{Grounds, InputKind};
use crate::explore::compile::CompiledProduct;
use crate::firm::{Alteration, Firm};
use crate::link::product::{Basis, Ruling, UserPart};

/// One ground for a rejection.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Reason {
    /// The part of a bulk change that it refuses, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<usize>,
    /// The rule that refuses it.
    #[serde(flatten)]
    pub grounds: Grounds,
}

impl Reason {
    pub(crate) fn of(
        compiled: &CompiledProduct,
        ruling: &Ruling,
        turned: bool,
        part: Option<usize>,
    ) -> Self {
        let basis = ruling.basis.weaker(turned_basis(turned));
        Self {
            part,
            grounds: Grounds {
                basis,
                rule: Arc::clone(&ruling.rule),
                reason: Arc::clone(&ruling.reason),
                reason_basis: ruling.reason_basis_beside(basis),
                place: ruling.place.file_and_line(),
                section: compiled.product.heading(ruling.section).into(),
                site: None,
            },
        }
    }

    /// The same reason with other words.
    pub(crate) fn saying(mut self, reason: &str) -> Self {
        self.grounds.reason = reason.into();
        self.grounds.reason_basis = None;
        self
    }

    /// The same reason under another rule's name and place.
    pub(crate) fn by(mut self, rule: &Arc<str>, place: String) -> Self {
        self.grounds.rule = Arc::clone(rule);
        self.grounds.place = place;
        self
    }
}

/// A role or setting that differs after an accepted change.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AlteredValue {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the user whose seat is altered.
    pub user: String,
    /// Whether it is a role or a setting.
    pub kind: InputKind,
    /// The role or setting.
    #[serde(rename = "name")]
    pub what: Arc<str>,
    /// The value before. For a role, `true` when it was held.
    #[serde(with = "crate::answer::worded")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::answer::ValueWord"))]
    pub from: String,
    /// The value after.
    #[serde(with = "crate::answer::worded")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::answer::ValueWord"))]
    pub to: String,
}

pub(super) fn turned_basis(turned: bool) -> Basis {
    if turned {
        Basis::Inferred
    } else {
        Basis::Stated
    }
}

pub(super) fn reasons<'c>(
    compiled: &'c CompiledProduct,
    judged: &'c VerdictRulings,
    part: Option<usize>,
) -> impl Iterator<Item = Reason> + 'c {
    let refused = judged.rulings.iter().filter(|_| !judged.accepted);
    let rulings = refused.filter_map(|ruling| compiled.ruling(*ruling));
    rulings.map(move |ruling| Reason::of(compiled, ruling, judged.turned, part))
}

pub(crate) fn in_words(
    firm: &Firm,
    compiled: &CompiledProduct,
    altered: Alteration,
) -> Option<AlteredValue> {
    let (product, words) = (
        &compiled.product,
        firm.roster.profile(altered.product, altered.user),
    );
    let from = compiled.layout.part(altered.what).read(words);
    let word = |value| product.part_word(altered.what, value).to_owned();
    Some(AlteredValue {
        product: Arc::clone(&product.id),
        user: firm.roster.id(altered.user).to_owned(),
        kind: match altered.what {
            UserPart::Role(_) => InputKind::Role,
            UserPart::Setting(_) => InputKind::Setting,
        },
        what: Arc::clone(product.part_id(altered.what)?),
        from: word(from),
        to: word(altered.to),
    })
}
