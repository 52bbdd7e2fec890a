//! The difference of two states of a firm in words, person by person.

use std::borrow::Cow;

use clio_rules::{Accesses, FirmDifference, Rulebook, UserDifference};

use super::text::{DifferenceGroup, DifferenceSection, DifferenceText};
use crate::cli::differing;

/// The difference as it is written.
pub(super) fn written<'d>(
    difference: &'d FirmDifference,
    rulebook: &'d Rulebook,
) -> DifferenceText<'d> {
    let firm = Some(of_firm(difference)).filter(|rows| !rows.is_empty());
    let firm = firm.map(|rows| DifferenceSection {
        heading: "The firm".to_owned(),
        groups: vec![DifferenceGroup {
            rows,
            ..DifferenceGroup::default()
        }],
    });
    let people = difference.users.iter().map(|user| DifferenceSection {
        heading: named(user),
        groups: vec![DifferenceGroup {
            rows: of_user(user, rulebook),
            ..DifferenceGroup::default()
        }],
    });
    DifferenceText {
        is_equal: difference.equal,
        is_decided: true,
        first: first(difference),
        parts: Box::new(firm.into_iter().chain(people).chain(order(difference))),
    }
}

fn first(difference: &FirmDifference) -> String {
    if difference.equal {
        return "the two firms are the same".to_owned();
    }
    let people = match difference.users.len() {
        1 => "1 person".to_owned(),
        people => format!("{people} people"),
    };
    let impossible = difference.users.iter();
    let impossible: usize = impossible.map(|user| user.impossible.len()).sum();
    match impossible {
        0 => people,
        many => format!("{people}, {many} that no permitted change makes so"),
    }
}

fn named(user: &UserDifference) -> String {
    if user.name == user.user {
        user.user.to_string()
    } else {
        format!("{} ({})", user.name, user.user)
    }
}

fn of_firm(difference: &FirmDifference) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    if let Some(renamed) = &difference.firm {
        rows.push((
            "name".to_owned(),
            format!("{} -> {}", renamed.from, renamed.to),
        ));
    }
    for reading in &difference.readings {
        rows.push(("reading".to_owned(), differing::of_reading(reading)));
    }
    let unplanned = differing::of_unplanned(difference);
    rows.extend(unplanned.map(|told| ("not planned".to_owned(), told)));
    rows
}

fn of_user(user: &UserDifference, rulebook: &Rulebook) -> Vec<(String, String)> {
    let altered = differing::of_user(user, |product| {
        rulebook.title(product).unwrap_or(product).to_owned()
    });
    let altered = altered.into_iter();
    let mut rows: Vec<(String, String)> = altered
        .map(|(label, text)| (label.to_owned(), text))
        .collect();
    let mut row = |label: &str, text: String| rows.push((label.to_owned(), text));
    for (label, list) in [("gains", user.gained()), ("loses", user.lost())] {
        if !list.is_empty() {
            for text in together(list) {
                row(label, text);
            }
        }
    }
    for step in &user.steps {
        row("step", step.to_string());
    }
    for impossible in &user.impossible {
        row("impossible", differing::of_impossible(impossible));
    }
    rows
}

/// Actions in a row, those on the same people together: `edit_user_login, edit_user_profile on wren, otto and 3 more`.
fn together(list: Accesses<'_>) -> Vec<String> {
    /// So many actions are named in a row; programs get all.
    const NAMED: usize = 8;
    let mut rows: Vec<(String, Vec<Cow<'_, str>>)> = Vec::new();
    // Most have nothing beside them, which is seen without a text.
    let mut plain = None;
    for access in list {
        let is_plain = access.on.is_none() && access.facts.is_empty();
        let at = plain.filter(|_| is_plain).unwrap_or_else(|| {
            let beside = differing::beside(&access, str::to_owned);
            let known = rows.iter().position(|(known, _)| *known == beside);
            known.unwrap_or_else(|| {
                rows.push((beside, Vec::new()));
                rows.len() - 1
            })
        });
        if is_plain {
            plain = Some(at);
        }
        if let Some((_, actions)) = rows.get_mut(at) {
            actions.push(access.action);
        }
    }
    let told = |(beside, actions): (String, Vec<Cow<'_, str>>)| {
        let more = actions.len().saturating_sub(NAMED);
        let named: Vec<Cow<'_, str>> = actions.into_iter().take(NAMED).collect();
        match more {
            0 => format!("{}{beside}", named.join(", ")),
            more => format!("{} and {more} more{beside}", named.join(", ")),
        }
    };
    rows.into_iter().map(told).collect()
}

/// All steps in their order, where there are several.
fn order(difference: &FirmDifference) -> Option<DifferenceSection<'_>> {
    let groups = [
        (
            "permitted changes, in an order in which they can be made",
            &difference.steps,
        ),
        ("after what is outside of the rules", &difference.then),
    ];
    let groups = groups.into_iter().filter(|(_, steps)| !steps.is_empty());
    let groups: Vec<DifferenceGroup> = groups
        .map(|(heading, steps)| DifferenceGroup {
            heading: heading.to_owned(),
            items: Box::new(steps.iter().map(ToString::to_string)),
            ..DifferenceGroup::default()
        })
        .collect();
    (!groups.is_empty()).then(|| DifferenceSection {
        heading: "The steps".to_owned(),
        groups,
    })
}
