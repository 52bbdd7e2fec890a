//! What there is to ask about, as the description of the domain says it: roles, settings, readings, facts, changes.
//!
//! Actions, and whether they have a target, stand in the Cedar schemas. Nothing here comes from the rule files.

use clio_rules::Seat;

use crate::kinds::Kind;

/// One product.
pub(crate) struct Model {
    /// Its id.
    pub(crate) product: &'static str,
    /// Every role.
    pub(crate) roles: &'static [&'static str],
    /// How roles are held.
    pub(crate) holding: Holding,
    /// Every setting.
    pub(crate) settings: &'static [Setting],
    /// Every reading.
    pub(crate) readings: &'static [&'static str],
    /// Every fact.
    pub(crate) facts: &'static [Fact],
    /// Every permission change.
    pub(crate) changes: &'static [Takes],
    /// A seat in the other product, for some second persons of a kind: it must not matter.
    pub(crate) elsewhere: fn(&Kind) -> Option<Seat>,
}

/// How roles are held.
pub(crate) enum Holding {
    /// Any set of them; this one by exactly one enabled person of a firm.
    AnySetWithOne(&'static str),
    /// Exactly one of them.
    ExactlyOne,
}

/// A setting; its first value is the default.
pub(crate) struct Setting {
    pub(crate) id: &'static str,
    pub(crate) values: &'static [&'static str],
}

/// A fact and the action that it belongs to.
pub(crate) struct Fact {
    pub(crate) action: &'static str,
    pub(crate) id: &'static str,
    pub(crate) values: &'static [&'static str],
}

/// A change with what it takes.
pub(crate) struct Takes {
    pub(crate) change: &'static str,
    pub(crate) arguments: Arguments,
}

/// The arguments of a change.
pub(crate) enum Arguments {
    /// None.
    Nothing,
    /// One of these roles.
    Role(&'static [&'static str]),
    /// One of these settings, and a value of it.
    Setting(&'static [&'static str]),
}

/// The four permissions that can be granted.
const PERMISSIONS: &[&str] = &["administrator", "accounts", "reports", "billing"];

/// Clio Manage.
pub(crate) const MANAGE: Model = Model {
    product: "manage",
    roles: &[
        "primary_subscriber",
        "administrator",
        "accounts",
        "reports",
        "billing",
    ],
    holding: Holding::AnySetWithOne("primary_subscriber"),
    settings: &[
        Setting {
            id: "billing_rate_visibility",
            values: &["all", "own", "none"],
        },
        Setting {
            id: "activity_hours_visibility",
            values: &["all", "own"],
        },
        Setting {
            id: "receives_bill_reminder_replies",
            values: &["false", "true"],
        },
    ],
    readings: &[
        "administrator_opens_every_area",
        "own_profile_is_editable",
        "firm_feed_is_open",
    ],
    facts: &[Fact {
        action: "open_matter",
        id: "matter_access",
        values: &["everyone", "listed", "not_listed"],
    }],
    changes: &[
        Takes {
            change: "grant",
            arguments: Arguments::Role(PERMISSIONS),
        },
        Takes {
            change: "revoke",
            arguments: Arguments::Role(PERMISSIONS),
        },
        Takes {
            change: "set_visibility",
            arguments: Arguments::Setting(&[
                "billing_rate_visibility",
                "activity_hours_visibility",
            ]),
        },
        Takes {
            change: "transfer_ownership",
            arguments: Arguments::Nothing,
        },
    ],
    elsewhere: |_| Some(Seat::new("grow").role("normal")),
};

/// Clio Grow.
pub(crate) const GROW: Model = Model {
    product: "grow",
    roles: &["normal", "admin"],
    holding: Holding::ExactlyOne,
    settings: &[],
    readings: &[],
    facts: &[],
    changes: &[Takes {
        change: "assign",
        arguments: Arguments::Role(&["normal", "admin"]),
    }],
    // A firm with a seat in Manage has exactly one primary subscriber, who is enabled.
    elsewhere: |kind| {
        let is_owner = kind.enabled && kind.seat.is_none();
        is_owner.then(|| Seat::new("manage").role("primary_subscriber"))
    },
};
