//! Differences of two states of a firm and of two rulebooks, and what is different of a person: a review uses that too.

mod comment;
mod firms;
mod phrase;
mod rules;
mod sections;

use super::on_things::{self, NAMED};
use super::words::{counted, short};
use crate::{
    AccessOnThings, DifferenceAccess, FirmDifference, Impossible, Outside, OutsideKind,
    OwnConflictChange, OwnConflictChangeKind, ProductRole, ReadingChange, ThingAccess, ThingChange,
    ThingChangeKind, UserDifference,
};
use phrase::Phrase;

pub use rules::TitledDifference;

/// What a person is and holds that is different: a label and a text. `title` gives the name of a product.
pub(super) fn of_user(
    user: &UserDifference,
    title: impl Fn(&str) -> String,
) -> Vec<(&'static str, Phrase)> {
    let mut rows = Vec::new();
    for outside in &user.outside {
        rows.push(("outside", of_outside(outside, &title).into()));
    }
    let roles = user.roles();
    let given = roles.given.iter().map(|role| ("given", role));
    let taken = roles.taken.iter().map(|role| ("taken", role));
    for (label, ProductRole { product, role, .. }) in given.chain(taken) {
        let text = Phrase::of_id(role).text(" in ");
        rows.push((label, text.text(title(product))));
    }
    for setting in user.settings() {
        let (id, from, to) = (&setting.setting, &setting.from, &setting.to);
        rows.push(("set", Phrase::default().turned(id, from, to)));
    }
    for end in &user.ends {
        let text = Phrase::of_id(&end.role).text(" in ");
        let text = text.text(title(&end.product)).text(": ");
        rows.push(("end", text.text(end.from).text(" -> ").text(end.to)));
    }
    rows
}

fn of_outside(outside: &Outside, title: impl Fn(&str) -> String) -> String {
    let product = title(outside.product.as_deref().unwrap_or_default());
    let name = |name: &Option<String>| short(name.as_deref().unwrap_or_default());
    match outside.kind {
        OutsideKind::Added => "is new".to_owned(),
        OutsideKind::Removed => "is gone".to_owned(),
        OutsideKind::Enabled => "is enabled".to_owned(),
        OutsideKind::Disabled => "is disabled".to_owned(),
        OutsideKind::SeatGiven => format!("has a seat in {product}"),
        OutsideKind::SeatTaken => format!("has no seat in {product} any more"),
        _ => format!(
            "is called {}, not {}",
            name(&outside.to),
            name(&outside.from)
        ),
    }
}

/// A reading that the firm chooses otherwise.
pub(super) fn of_reading(reading: &ReadingChange) -> Phrase {
    let ReadingChange {
        reading, from, to, ..
    } = reading;
    Phrase::default().turned(reading, from, to)
}

/// A conflict of the firm itself that is different.
pub(super) fn of_conflict(change: &OwnConflictChange) -> Phrase {
    let conflict = Phrase::of_id(&change.conflict);
    conflict.text(match change.kind {
        OwnConflictChangeKind::Added => " is new",
        OwnConflictChangeKind::Removed => " is gone",
        OwnConflictChangeKind::Altered => " is declared otherwise",
    })
}

/// A group or a thing that is different.
pub(super) fn of_thing(change: &ThingChange) -> Phrase {
    let thing = match &change.kind {
        Some(kind) => Phrase::default().text(kind).text(" ").id(&change.id),
        None => Phrase::of_id(&change.id),
    };
    match change.change {
        ThingChangeKind::Added => thing.text(" is new"),
        ThingChangeKind::Removed => thing.text(" is gone"),
        ThingChangeKind::Altered => {
            let parts = change.parts.iter().map(|part| {
                let word = |word: &str| if word.is_empty() { "not said" } else { word }.to_owned();
                format!("{}: {} -> {}", part.part, word(&part.from), word(&part.to))
            });
            let ends = change.ends.iter().map(|end| {
                let (member, part) = (&end.member, &end.part);
                format!("end of {member} in {part}: {} -> {}", end.from, end.to)
            });
            let parts: Vec<String> = parts.chain(ends).collect();
            thing.text(format!("; {}", parts.join("; ")))
        }
    }
}

/// What some people gain or lose on some things: `dev: push on repository web (through the group team on repository.write)`.
pub(super) fn of_access(row: &ThingAccess, name: impl Fn(&str) -> String) -> Phrase {
    let users = on_things::some(&row.who.users, (row.who.more_users, NAMED), |id| name(id));
    let text = Phrase::default().text(users).text(": ");
    let text = text.id(on_things::actions(&row.who)).text(" on ");
    let text = text.text(on_things::things(row, short));
    text.text(on_things::through(&row.who.through))
}

/// How many things were not compared.
pub(super) fn left_out_things(on_things: &AccessOnThings) -> Option<String> {
    let count = Some(on_things.left_out).filter(|count| *count > 0)?;
    Some(counted(count, "more thing"))
}

/// How many things were not compared, and what to do about it.
pub(super) fn of_left_out(on_things: &AccessOnThings) -> Option<String> {
    let things = left_out_things(on_things)?;
    Some(format!(
        "{things}: there are more rows than the limit; ask `who-can ACTION THING` in both firms"
    ))
}

/// How much has no plan, because the search for it ended early.
pub(super) fn of_unplanned(difference: &FirmDifference) -> Option<String> {
    let left = match difference.unplanned.count() {
        0 => return None,
        1 => "1 role or setting is".to_owned(),
        many => format!("{many} roles and settings are"),
    };
    Some(format!(
        "{left} left; more rounds than the limit would show whether permitted changes make them so"
    ))
}

/// On whom, and with which facts. `name` gives the name of a user.
pub(super) fn beside(access: &DifferenceAccess<'_>, name: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    if let Some(on) = &access.on {
        for (number, user) in on.users.iter().enumerate() {
            text.extend([if number == 0 { " on " } else { ", " }, &name(user)]);
        }
        let more = on.count - on.users.len();
        if more > 0 {
            text.push_str(&format!(" and {more} more"));
        }
    }
    for (fact, word) in access.facts.iter() {
        text.extend([" where ", fact, " is ", word]);
    }
    text
}

/// What no permitted change brings about, and why.
pub(super) fn of_impossible(impossible: &Impossible) -> Phrase {
    let Impossible {
        what,
        from,
        to,
        why,
        reasons,
        ..
    } = impossible;
    let text = Phrase::default().turned(what, from, to);
    let text = text.text("; ").text(why);
    if reasons.is_empty() {
        text
    } else {
        text.text(": ").text(reasons.join("; "))
    }
}
