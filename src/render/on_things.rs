//! Who may do what on things, in words: differences, simulations and reviews say it alike.

use super::words::with_facts;
use crate::{AccessPath, ListStanding, ThingAccess, UserActions};

/// So many people, and so many things, are named in a row; programs get more.
pub(super) const NAMED: usize = 4;

/// Some names, and how many there are beyond these: `ada, ben and 3 more`. At most so many are named, and one more where it is the
/// last. `name` gives the name of each.
pub(super) fn some<T>(
    all: &[T],
    (more, most): (usize, usize),
    name: impl Fn(&T) -> String,
) -> String {
    let is_one_too_many = all.len() == most + 1 && more == 0;
    let named = all.iter().take(most + usize::from(is_one_too_many));
    let names: Vec<String> = named.map(name).collect();
    match all.len() + more - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// The actions of a row: `push, look`.
pub(super) fn actions(who: &UserActions) -> String {
    let actions = who.actions.iter();
    let actions = actions.map(|one| with_facts(&one.action, &one.facts));
    actions.collect::<Vec<_>>().join(", ")
}

/// Through which lists, in brackets; nothing where lists do not matter: ` (through the group team on matter.access)`.
pub(super) fn through(paths: &[AccessPath]) -> String {
    if paths.is_empty() {
        return String::new();
    }
    let paths: Vec<String> = paths.iter().map(path).collect();
    format!(" ({})", paths.join(", "))
}

fn path(AccessPath { list, by }: &AccessPath) -> String {
    match by {
        ListStanding::Themselves => format!("on {list}"),
        ListStanding::Group(group) => format!("through the group {group} on {list}"),
        ListStanding::Everyone => format!("{list} is open to everyone"),
    }
}

/// On which things: `repository web, core`.
pub(super) fn things(row: &ThingAccess, name: impl Fn(&str) -> String) -> String {
    let things = some(&row.things, (row.more_things, NAMED), |id| name(id));
    format!("{} {things}", row.kind)
}
