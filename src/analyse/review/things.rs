//! The things of a review: who may do what on each, and through what.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::analyse::on_things::{KindOfThings, UserActions};
use crate::firm::Firm;
use crate::link::product::Product;

/// A kind of things, with who may do what on each of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewKind {
    /// Its id.
    pub kind: Arc<str>,
    /// What people call it.
    pub title: Arc<str>,
    /// The number of things.
    pub count: usize,
    /// The actions that are done to them.
    pub actions: Vec<ReviewKindAction>,
    /// The things, in the order of the first of each entry. Those on which the same people may do the same, through the same lists,
    /// share one.
    pub things: Vec<ReviewThings>,
    /// The number of things that were not looked at, because there were more rows than
    /// [`Limits::thing_rows`](crate::Limits::thing_rows).
    #[serde(default, skip_serializing_if = "crate::answer::is_zero")]
    pub left_out: usize,
}

/// An action that is done to things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewKindAction {
    /// Its id.
    pub action: Arc<str>,
    /// What people call it.
    pub title: Arc<str>,
}

/// Things on which the same people may do the same, through the same lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewThings {
    /// The first of them.
    pub things: Vec<ReviewThing>,
    /// How many there are beyond these.
    #[serde(default, skip_serializing_if = "crate::answer::is_zero")]
    pub more_things: usize,
    /// Who may do what on each of them. Nobody else may do anything there.
    pub access: Vec<UserActions>,
}

/// A thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewThing {
    /// Its id.
    pub id: String,
    /// What people call it; its id where the firm file does not say.
    pub title: String,
}

/// A kind of things in words.
pub(super) fn kind(
    firm: &Firm,
    (number, product): (usize, &Product),
    of: KindOfThings,
) -> Option<ReviewKind> {
    let declared = product.kind(of.kind)?;
    let things = firm.things.of_kind(number, of.kind);
    let thing = |number: &u32| {
        let things = things?;
        Some(ReviewThing {
            id: things.id(*number).to_owned(),
            title: things.title(*number).to_owned(),
        })
    };
    let actions = of.actions.iter();
    let actions = actions.filter_map(|action| product.action(*action));
    let alike = of.alike.into_iter().map(|alike| ReviewThings {
        things: alike.first.iter().filter_map(thing).collect(),
        more_things: alike.more,
        access: alike.who,
    });
    Some(ReviewKind {
        kind: Arc::clone(&declared.id),
        title: Arc::clone(&declared.title),
        count: things.map_or(0, |things| things.len()),
        actions: actions
            .map(|action| ReviewKindAction {
                action: Arc::clone(&action.id),
                title: Arc::clone(&action.title),
            })
            .collect(),
        things: alike.collect(),
        left_out: of.left_out,
    })
}
