//! The words of a review that need no names of people: what every form says alike.

use std::borrow::Borrow;

use crate::render::words::{counted, with_facts};
use crate::render::{difference, on_things};
use crate::{
    FirmDifference, Grounds, IdleEntries, IdleReason, Review, ReviewAccess, ReviewAction,
    ReviewAnswer, ReviewDormant, ReviewKind, ReviewNote, ReviewPerson, ReviewProduct, ReviewRow,
    ReviewSeat, ReviewStep, UserActions,
};

pub(super) use crate::render::words::{people, short};

/// People of a row who are named outright; of more, the rest unfolds.
const NAMED: usize = 3;

/// A part of a whole in percent.
pub(super) fn percent(part: impl Borrow<usize>, all: impl Borrow<usize>) -> usize {
    let percent = (part.borrow() * 100).checked_div(*all.borrow());
    percent.unwrap_or_default()
}

/// How many of the people of a firm are reviewed, where not all are.
pub(super) fn reviewed(review: &Review) -> String {
    match review.people.len() {
        1 => "1 of them is reviewed here".to_owned(),
        count => format!("{count} of them are reviewed here"),
    }
}

/// `Clio Grow: 8 seats, 2 disabled, 15 actions`.
pub(super) fn summary(product: &ReviewProduct) -> String {
    let (title, seats, disabled) = (&product.title, product.seats, product.disabled);
    let actions = product.actions.len();
    format!("{title}: {seats} seats, {disabled} disabled, {actions} actions")
}

/// What people call a role.
pub(super) fn role<'r>(product: &'r ReviewProduct, id: &'r str) -> &'r str {
    let mut roles = product.roles.iter();
    let found = roles.find(|role| role.role == id);
    found.map_or(id, |role| &role.title)
}

/// What people call an action.
pub(super) fn action_title<'r>(product: &'r ReviewProduct, id: &'r str) -> &'r str {
    let mut actions = product.actions.iter();
    let found = actions.find(|action| action.action == id);
    found.map_or(id, |action| &action.title)
}

/// An action with its facts: `Open a matter, matter_access = everyone`.
pub(super) fn action(action: &ReviewAction) -> String {
    let facts = action.facts.iter();
    facts.fold(action.title.clone(), |title, (name, value)| {
        format!("{title}, {name} = {value}")
    })
}

/// Whether an action of the product is done to people.
pub(super) fn has_targets(product: &ReviewProduct) -> bool {
    product.actions.iter().any(|action| action.on_target)
}

/// The actions by their headings, each group with its first column.
pub(super) fn groups(product: &ReviewProduct) -> Vec<(usize, &[ReviewAction])> {
    let mut first = 0;
    let groups = product
        .actions
        .chunk_by(|one, other| one.group == other.group);
    let groups = groups.map(|group| {
        let place = first;
        first += group.len();
        (place, group)
    });
    groups.collect()
}

/// The heading of a group.
pub(super) fn heading(group: &[ReviewAction]) -> &str {
    group.first().map_or("", |action| &action.group)
}

/// Ids of everybody who may do the action of a column.
pub(super) fn who_may(product: &ReviewProduct, column: usize) -> Vec<String> {
    let rows = product.rows.iter().enumerate();
    let open = rows.filter(|(row, _)| {
        let note = product.note(*row, column);
        note.is_some_and(|note| note.access.is_open())
    });
    open.flat_map(|(_, row)| row.users.iter().cloned())
        .collect()
}

/// The notes of a row, cell by cell.
pub(super) fn cells<'r>(product: &'r ReviewProduct, row: &'r ReviewRow) -> Vec<&'r ReviewNote> {
    let places = row.notes.iter().map(|note| (*note as usize).checked_sub(1));
    let notes = places.filter_map(|place| product.notes.get(place?));
    notes.collect()
}

/// The first of a row whose people are too many to stand there outright.
pub(super) fn first_of_many(row: &ReviewRow) -> Option<&String> {
    row.users.first().filter(|_| row.users.len() > NAMED + 1)
}

/// The class of a cell.
pub(super) fn class(access: &ReviewAccess) -> &'static str {
    match access {
        ReviewAccess::Allow | ReviewAccess::All => "y",
        ReviewAccess::Others => "o",
        ReviewAccess::Some => "s",
        ReviewAccess::Themselves => "t",
        _ => "n",
    }
}

/// What a cell says.
pub(super) fn cell(access: &ReviewAccess) -> &'static str {
    match access {
        ReviewAccess::Allow => "yes",
        ReviewAccess::Deny => "no",
        other => other.word(),
    }
}

/// Somebody's seat in a product.
pub(super) fn seat<'r>(
    person: &'r ReviewPerson,
    product: &ReviewProduct,
) -> Option<&'r ReviewSeat> {
    let mut seats = person.seats.iter();
    seats.find(|seat| seat.product == product.product)
}

/// Whether somebody has a role, held or brought.
pub(super) fn holds_any(seat: &ReviewSeat) -> bool {
    !(seat.holds.is_empty() && seat.brought.is_empty())
}

/// What somebody holds, seat by seat.
pub(super) fn seats(person: &ReviewPerson) -> String {
    let held = |seat: &ReviewSeat| {
        let brought = seat.brought.iter();
        let brought = brought.map(|role| format!("{} through {}", role.role, role.by));
        let settings = seat.settings.iter();
        let settings = settings.map(|setting| format!("{} = {}", setting.setting, setting.value));
        let held: Vec<String> = seat
            .holds
            .iter()
            .cloned()
            .chain(brought)
            .chain(settings)
            .collect();
        let held = if held.is_empty() {
            "a seat".to_owned()
        } else {
            held.join(", ")
        };
        format!("{}: {held}", seat.product)
    };
    let seats: Vec<String> = person.seats.iter().map(held).collect();
    if seats.is_empty() {
        "no seat".to_owned()
    } else {
        seats.join("; ")
    }
}

/// The rule behind an answer, in one line.
pub(super) fn answer(answer: &ReviewAnswer) -> String {
    let word = if answer.is_allowed() { "yes" } else { "no" };
    let Grounds {
        reason,
        reason_basis,
        rule,
        place,
        basis,
        section,
        site,
        ..
    } = &answer.grounds;
    let of_reason: String = reason_basis
        .iter()
        .map(|basis| format!("; the reason is {basis}"))
        .collect();
    let site: String = site.iter().map(|site| format!("; where: {site}")).collect();
    format!("{word}: {reason} [{rule} at {place}; {basis}{of_reason}; {section}{site}]")
}

/// The actions of some people on things, and through which lists: `Push, Look (on repository.write)`.
pub(super) fn actions_on_things(kind: &ReviewKind, who: &UserActions) -> String {
    let title = |id: &str| {
        let mut actions = kind.actions.iter();
        let found = actions.find(|action| *action.action == *id);
        found.map_or(id.to_owned(), |action| action.title.to_string())
    };
    let actions = who.actions.iter();
    let actions = actions.map(|one| with_facts(&title(&one.action), &one.facts));
    let actions: Vec<String> = actions.collect();
    format!("{}{}", actions.join(", "), on_things::through(&who.through))
}

/// The kinds of things of a product, with how many things each has: `Matter: 4`.
pub(super) fn kind(kind: &ReviewKind) -> String {
    format!("{}: {}", kind.title, counted(kind.count, "thing"))
}

/// What is not said of the things of a kind.
pub(super) fn left_out(kind: &ReviewKind) -> Option<String> {
    let actions = kind.actions.iter().map(|action| &*action.title);
    let actions = || actions.collect::<Vec<_>>().join(", ");
    match (kind.count, kind.left_out) {
        (0, _) => Some(format!("none here; what is done to them: {}", actions())),
        (_, 0) => None,
        (_, left_out) => Some(format!(
            "{} not looked at: there are more rows than the limit; ask `who-can ACTION THING`",
            counted(left_out, "more thing")
        )),
    }
}

/// Where somebody is named without effect, or a group.
pub(super) fn idle(idle: &IdleEntries) -> String {
    let why = match idle.why {
        IdleReason::Disabled => "is disabled",
        IdleReason::NoSeat => "has no seat for it",
        IdleReason::Unneeded => "may do the same without it",
        IdleReason::EmptyGroup => return "a group that nobody is in".to_owned(),
        _ => return "a group that no list and no other group names".to_owned(),
    };
    let groups = &idle.groups;
    let of_groups = (!groups.is_empty()).then(|| {
        let word = if groups.len() == 1 { "group" } else { "groups" };
        format!(
            "in the {word} {}",
            on_things::some(groups, (0, on_things::NAMED), |id| short(id))
        )
    });
    let lists = idle.lists.iter().map(|list| {
        let more = (list.more_things, on_things::NAMED);
        let things = on_things::some(&list.things, more, |id| short(id));
        format!("on {} of the {} {things}", list.list, list.kind)
    });
    let places: Vec<String> = of_groups.into_iter().chain(lists).collect();
    format!("{why}: {}", places.join("; "))
}

/// What somebody who is disabled still holds: `Administrator, Billing`.
pub(super) fn dormant(product: &ReviewProduct, dormant: &ReviewDormant) -> String {
    let roles = dormant.roles.iter().map(|id| role(product, id));
    roles.collect::<Vec<_>>().join(", ")
}

/// The change of a step: `Grant a permission (grant administrator)`.
pub(super) fn step(step: &ReviewStep) -> String {
    let words = std::iter::once(&step.change).chain(&step.arguments);
    let words: Vec<&str> = words.map(String::as_str).collect();
    format!("{} ({})", step.title, words.join(" "))
}

/// The firm as a whole, where it is different: its name, its readings, and what has no plan.
pub(super) fn of_firm(since: &FirmDifference) -> Vec<String> {
    let firm = since.firm.iter();
    let renamed = firm.map(|name| format!("The firm was called {}", short(&name.from)));
    let readings = since.readings.iter();
    let readings =
        readings.map(|reading| format!("The firm reads {}", difference::of_reading(reading)));
    let unplanned = difference::of_unplanned(since);
    let conflicts = since.conflicts.iter();
    let conflicts = conflicts.map(|change| {
        let change = difference::of_conflict(change);
        format!("The firm's own conflict {change}")
    });
    let groups = since.groups.iter();
    let groups = groups.map(|change| format!("The group {}", difference::of_thing(change)));
    let things = since.things.iter();
    let things = things.map(|change| format!("The {}", difference::of_thing(change)));
    let readings = readings.chain(conflicts).chain(groups).chain(things);
    renamed.chain(readings).chain(unplanned).collect()
}
