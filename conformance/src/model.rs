//! What there is to ask about in a product: roles, settings, readings, facts, changes.
//!
//! For the shipped products it is what the description of the domain says; their actions, and whether these have a target,
//! stand in the Cedar schemas. Nothing here comes from rule files.

use std::sync::Arc;

use clio_rules::Seat;

use crate::kinds::Kind;
use crate::things::kind::{ThingKind, ThingList};

/// An id or a value.
pub(crate) type Word = Arc<str>;

/// One product.
pub(crate) struct Model {
    /// Its id.
    pub(crate) product: Word,
    /// Every role.
    pub(crate) roles: Vec<Word>,
    /// Of these roles a seat holds exactly one; where there are none, any set of roles is a seat.
    pub(crate) levels: Vec<Word>,
    /// The role that exactly one person of a firm holds.
    pub(crate) owner: Option<Owner>,
    /// Every setting.
    pub(crate) settings: Vec<Setting>,
    /// Every reading.
    pub(crate) readings: Vec<Word>,
    /// Every fact that an action declares.
    pub(crate) facts: Vec<Fact>,
    /// Every kind of thing. What one is part of stands before it.
    pub(crate) things: Vec<ThingKind>,
    /// Every permission change.
    pub(crate) changes: Vec<Takes>,
    /// A seat in the other product, for some second persons of a kind: it must not matter.
    pub(crate) elsewhere: fn(&Kind) -> Option<Seat>,
}

/// The role that exactly one person of a firm holds.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    pub(crate) role: Word,
    /// Whether that person has to be enabled.
    pub(crate) is_enabled: bool,
}

/// A setting; its first value is the default.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    pub(crate) id: Word,
    pub(crate) values: Vec<Word>,
}

/// A fact and the action that it belongs to.
pub(crate) struct Fact {
    pub(crate) action: Word,
    pub(crate) id: Word,
    pub(crate) values: Vec<Word>,
    /// The list of a thing, as `KIND.LIST`, that it follows from where the question does not give it.
    pub(crate) follows_from: Option<Word>,
}

/// A change with what it takes.
pub(crate) struct Takes {
    pub(crate) change: Word,
    pub(crate) arguments: Arguments,
}

/// The arguments of a change.
#[derive(Debug, Clone)]
pub(crate) enum Arguments {
    /// None.
    Nothing,
    /// One of these roles.
    Role(Vec<Word>),
    /// One of these settings, and a value of it.
    Setting(Vec<Word>),
}

/// Owned words.
pub(crate) fn words<const N: usize>(words: [&str; N]) -> Vec<Word> {
    words.map(Word::from).to_vec()
}

pub(crate) fn setting<const N: usize>(id: &str, values: [&str; N]) -> Setting {
    Setting {
        id: id.into(),
        values: words(values),
    }
}

fn fact<const N: usize>(action: &str, id: &str, values: [&str; N]) -> Fact {
    Fact {
        action: action.into(),
        id: id.into(),
        values: words(values),
        follows_from: None,
    }
}

fn access(action: &str) -> Fact {
    Fact {
        follows_from: Some("matter.access".into()),
        ..fact(
            action,
            "matter_access",
            ["everyone", "listed", "not_listed"],
        )
    }
}

fn takes(change: &str, arguments: Arguments) -> Takes {
    Takes {
        change: change.into(),
        arguments,
    }
}

/// Clio Manage.
pub(crate) fn manage() -> Model {
    let permissions = words(["administrator", "accounts", "reports", "billing"]);
    let visibilities = words(["billing_rate_visibility", "activity_hours_visibility"]);
    Model {
        product: "manage".into(),
        roles: words([
            "primary_subscriber",
            "administrator",
            "accounts",
            "reports",
            "billing",
        ]),
        levels: Vec::new(),
        owner: Some(Owner {
            role: "primary_subscriber".into(),
            is_enabled: true,
        }),
        settings: vec![
            setting("billing_rate_visibility", ["all", "own", "none"]),
            setting("activity_hours_visibility", ["all", "own"]),
            setting("receives_bill_reminder_replies", ["false", "true"]),
        ],
        readings: words([
            "administrator_opens_every_area",
            "own_profile_is_editable",
            "firm_feed_is_open",
        ]),
        facts: vec![
            fact(
                "view_private_tasks",
                "task_relation",
                ["concerned", "neither"],
            ),
            access("open_matter"),
            access("delete_matter"),
        ],
        things: vec![ThingKind {
            id: "matter".into(),
            part_of: None,
            properties: Vec::new(),
            lists: vec![ThingList::new("access")],
        }],
        changes: vec![
            takes("grant", Arguments::Role(permissions.clone())),
            takes("revoke", Arguments::Role(permissions)),
            takes("set_visibility", Arguments::Setting(visibilities)),
            takes("transfer_ownership", Arguments::Nothing),
        ],
        elsewhere: |_| Some(Seat::new("grow").role("normal")),
    }
}

/// Clio Grow.
pub(crate) fn grow() -> Model {
    let levels = words(["normal", "admin"]);
    Model {
        product: "grow".into(),
        roles: levels.clone(),
        levels: levels.clone(),
        owner: None,
        settings: Vec::new(),
        readings: Vec::new(),
        facts: Vec::new(),
        things: Vec::new(),
        changes: vec![takes("assign", Arguments::Role(levels))],
        // A firm with a seat in Manage has exactly one primary subscriber, who is enabled.
        elsewhere: |kind| {
            let is_owner = kind.enabled && kind.seat.is_none();
            is_owner.then(|| Seat::new("manage").role("primary_subscriber"))
        },
    }
}
