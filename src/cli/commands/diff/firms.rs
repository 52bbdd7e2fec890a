//! The difference of two states of a firm in words, person by person.

use clio_rules::{
    DifferenceAccess, FirmDifference, Impossible, Outside, OutsideKind, Rulebook, UserDifference,
};

use super::written::{Group, Part, Written};

/// The difference as it is written.
pub(super) fn written(difference: &FirmDifference, rulebook: &Rulebook) -> Written {
    let mut parts = Vec::new();
    let firm = of_firm(difference);
    if !firm.is_empty() {
        parts.push(Part {
            heading: "The firm".to_owned(),
            groups: vec![Group {
                rows: firm,
                ..Group::default()
            }],
        });
    }
    parts.extend(difference.users().iter().map(|user| Part {
        heading: named(user),
        groups: vec![Group {
            rows: of_user(user, rulebook),
            ..Group::default()
        }],
    }));
    parts.extend(order(difference));
    Written {
        is_equal: difference.is_equal(),
        first: first(difference),
        parts,
    }
}

fn first(difference: &FirmDifference) -> String {
    if difference.is_equal() {
        return "the two firms are the same".to_owned();
    }
    let people = match difference.users().len() {
        1 => "1 person".to_owned(),
        people => format!("{people} people"),
    };
    let impossible = difference.users().iter();
    let impossible: usize = impossible.map(|user| user.impossible().len()).sum();
    match impossible {
        0 => people,
        many => format!("{people}, {many} that no permitted change makes so"),
    }
}

fn named(user: &UserDifference) -> String {
    match user.name() == user.user() {
        true => user.user().to_owned(),
        false => format!("{} ({})", user.name(), user.user()),
    }
}

fn of_firm(difference: &FirmDifference) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    if let Some(renamed) = difference.renamed() {
        rows.push((
            "name".to_owned(),
            format!("{} -> {}", renamed.from, renamed.to),
        ));
    }
    for reading in difference.readings() {
        let text = format!("{}: {} -> {}", reading.reading, reading.from, reading.to);
        rows.push(("reading".to_owned(), text));
    }
    rows
}

fn of_user(user: &UserDifference, rulebook: &Rulebook) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let mut row = |label: &str, text: String| rows.push((label.to_owned(), text));
    for outside in user.outside() {
        row("outside", of_outside(outside, rulebook));
    }
    for (product, role) in user.roles().given() {
        row("given", format!("{role} in {}", titled(rulebook, product)));
    }
    for (product, role) in user.roles().taken() {
        row("taken", format!("{role} in {}", titled(rulebook, product)));
    }
    for setting in user.settings() {
        let (id, from, to) = (&setting.setting, &setting.from, &setting.to);
        row("set", format!("{id}: {from} -> {to}"));
    }
    for (label, list) in [("gains", user.gained()), ("loses", user.lost())] {
        if !list.is_empty() {
            for text in together(list) {
                row(label, text);
            }
        }
    }
    for step in user.steps() {
        row("step", step.to_string());
    }
    for impossible in user.impossible() {
        row("impossible", of_impossible(impossible));
    }
    rows
}

fn titled<'r>(rulebook: &'r Rulebook, product: &'r str) -> &'r str {
    rulebook.title(product).unwrap_or(product)
}

fn of_outside(outside: &Outside, rulebook: &Rulebook) -> String {
    let product = outside.product.as_deref().unwrap_or_default();
    let product = titled(rulebook, product);
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
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

/// Actions in a row, those on the same people together: `edit_user_login, edit_user_profile on wren, otto and 3 more`.
fn together(list: &[DifferenceAccess]) -> Vec<String> {
    /// So many actions are named in a row; programs get all.
    const NAMED: usize = 8;
    let mut rows: Vec<(String, Vec<&str>)> = Vec::new();
    for access in list {
        let beside = beside(access);
        match rows.iter_mut().find(|(known, _)| *known == beside) {
            Some((_, actions)) => actions.push(access.action()),
            None => rows.push((beside, vec![access.action()])),
        }
    }
    let told = |(beside, actions): (String, Vec<&str>)| {
        let more = actions.len().saturating_sub(NAMED);
        let named: Vec<&str> = actions.into_iter().take(NAMED).collect();
        match more {
            0 => format!("{}{beside}", named.join(", ")),
            more => format!("{} and {more} more{beside}", named.join(", ")),
        }
    };
    rows.into_iter().map(told).collect()
}

/// On whom, and where which facts are given.
fn beside(access: &DifferenceAccess) -> String {
    let mut told = String::new();
    if let Some(on) = access.on() {
        told = format!(" on {}", on.users().join(", "));
        let more = on.count() - on.users().len();
        if more > 0 {
            told = format!("{told} and {more} more");
        }
    }
    for (fact, word) in access.facts() {
        told = format!("{told} where {fact} is {word}");
    }
    told
}

fn of_impossible(impossible: &Impossible) -> String {
    let Impossible {
        what,
        from,
        to,
        why,
        reasons,
        ..
    } = impossible;
    let told = format!("{what}: {from} -> {to}; {why}");
    match reasons.as_slice() {
        [] => told,
        reasons => format!("{told}: {}", reasons.join("; ")),
    }
}

/// All steps in their order, where there are several.
fn order(difference: &FirmDifference) -> Option<Part> {
    let groups = [
        (
            "permitted changes, in an order in which they can be made",
            difference.steps(),
        ),
        ("after what is outside of the rules", difference.then()),
    ];
    let groups = groups.into_iter().filter(|(_, steps)| !steps.is_empty());
    let groups: Vec<Group> = groups
        .map(|(heading, steps)| Group {
            heading: heading.to_owned(),
            items: steps.iter().map(ToString::to_string).collect(),
            ..Group::default()
        })
        .collect();
    (!groups.is_empty()).then(|| Part {
        heading: "The steps".to_owned(),
        groups,
    })
}
