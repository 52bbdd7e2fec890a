//! Code hosting: organisations, their repositories, and the issues of these. One of the rulebooks of other products.

use super::kind::{ThingKind, ThingList};
use crate::model::{Model, setting, words};
use crate::sides::Texts;

/// Its rules.
pub(crate) fn texts() -> Texts {
    let of = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    vec![
        of(
            "organisation.yaml",
            include_str!("../../../tests/rulebooks/organisation/rules/organisation.yaml"),
        ),
        of(
            "organisation.rhai",
            include_str!("../../../tests/rulebooks/organisation/rules/organisation.rhai"),
        ),
    ]
}

/// What there is to ask about.
pub(crate) fn model() -> Model {
    Model {
        product: "hosting".into(),
        roles: words(["auditor"]),
        levels: Vec::new(),
        owner: None,
        settings: vec![setting("two_factor", ["true", "false"])],
        readings: Vec::new(),
        facts: Vec::new(),
        things: vec![organisation(), repository(), issue()],
        changes: Vec::new(),
        elsewhere: |_| None,
    }
}

fn organisation() -> ThingKind {
    ThingKind {
        id: "organisation".into(),
        part_of: None,
        properties: vec![
            setting("base", ["read", "nothing", "write", "admin"]),
            setting("needs_two_factor", ["false", "true"]),
            setting("members_create", ["true", "false"]),
            setting("lets_outsiders_in", ["true", "false"]),
        ],
        lists: vec![
            ThingList::bringing("owner", ["billing", "moderator"]),
            ThingList::new("billing"),
            ThingList::bringing("moderator", ["member"]),
            ThingList::new("member"),
        ],
    }
}

fn repository() -> ThingKind {
    ThingKind {
        id: "repository".into(),
        part_of: Some("organisation".into()),
        properties: vec![
            setting("visibility", ["private", "internal", "public"]),
            setting("archived", ["false", "true"]),
        ],
        lists: vec![
            ThingList::bringing("admin", ["maintain"]),
            ThingList::bringing("maintain", ["write"]),
            ThingList::bringing("write", ["triage"]),
            ThingList::bringing("triage", ["read"]),
            ThingList::new("read"),
        ],
    }
}

fn issue() -> ThingKind {
    ThingKind {
        id: "issue".into(),
        part_of: Some("repository".into()),
        properties: vec![setting("locked", ["false", "true"])],
        lists: vec![ThingList::of_one("author"), ThingList::new("assignee")],
    }
}
