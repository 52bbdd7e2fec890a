//! The difference of two states of a firm in words, person by person.

use std::borrow::Cow;
use std::io::{self, Write};

use super::comment;
use super::phrase::Phrase;
use super::sections::{DifferenceGroup, DifferenceItem, DifferenceSection, DifferenceWords, Rows};
use crate::render::renderer::{RenderMarkdown, RenderText, Renderer};
use crate::render::words::people;
use crate::{Accesses, DifferenceStep, FirmDifference, UserDifference};

impl RenderText for FirmDifference {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        words(self, renderer).text(renderer, to)
    }
}

impl RenderMarkdown for FirmDifference {
    fn write_markdown(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        comment::write(&words(self, renderer), renderer, to)
    }
}

fn words<'d>(difference: &'d FirmDifference, renderer: Renderer<'d>) -> DifferenceWords<'d> {
    let sections = move || {
        let firm = Some(of_firm(difference)).filter(|rows| !rows.is_empty());
        let firm = firm.map(|rows| section("The firm".into(), rows));
        let users = difference.users.iter();
        let people = users.map(move |user| section(named(user), of_user(user, renderer)));
        let all = firm.into_iter().chain(people).chain(order(difference));
        Box::new(all) as super::sections::Sections<'d>
    };
    DifferenceWords {
        is_equal: difference.equal,
        is_decided: true,
        first: first(difference),
        sections: Box::new(sections),
    }
}

fn section<'d>(heading: Phrase, rows: Rows) -> DifferenceSection<'d> {
    let group = DifferenceGroup {
        heading: String::new(),
        rows,
        items: Vec::new(),
    };
    let groups = vec![group];
    DifferenceSection { heading, groups }
}

fn first(difference: &FirmDifference) -> String {
    if difference.equal {
        return "the two firms are the same".to_owned();
    }
    let people = people(difference.users.len());
    let users = difference.users.iter();
    let impossible: usize = users.map(|user| user.impossible.len()).sum();
    match impossible {
        0 => people,
        many => format!("{people}, {many} that no permitted change makes so"),
    }
}

fn named(user: &UserDifference) -> Phrase {
    if user.name == user.user {
        Phrase::of_id(&user.user)
    } else {
        let name = Phrase::default().text(&user.name).text(" (");
        name.id(&user.user).text(")")
    }
}

fn of_firm(difference: &FirmDifference) -> Rows {
    let firm = difference.firm.iter();
    let renamed = firm.map(|name| {
        (
            "name",
            Phrase::from(format!("{} -> {}", name.from, name.to)),
        )
    });
    let readings = difference.readings.iter();
    let readings = readings.map(|reading| ("reading", super::of_reading(reading)));
    let unplanned = super::of_unplanned(difference).map(|text| ("not planned", text.into()));
    renamed.chain(readings).chain(unplanned).collect()
}

fn of_user(user: &UserDifference, renderer: Renderer<'_>) -> Rows {
    let altered = super::of_user(user, |product| renderer.product(product).to_owned());
    let gains = together(user.gained())
        .into_iter()
        .map(|text| ("gains", text));
    let loses = together(user.lost())
        .into_iter()
        .map(|text| ("loses", text));
    let steps = user.steps.iter().map(|step| ("step", Phrase::of_id(step)));
    let impossible = user.impossible.iter();
    let impossible = impossible.map(|one| ("impossible", super::of_impossible(one)));
    let altered = altered.into_iter().chain(gains).chain(loses);
    altered.chain(steps).chain(impossible).collect()
}

/// Actions in a row, those on the same people together: `edit_user_login, edit_user_profile on wren, otto and 3 more`.
fn together(list: Accesses<'_>) -> Vec<Phrase> {
    /// So many actions are named in a row; programs get all.
    const NAMED: usize = 8;
    let mut rows: Vec<(String, Vec<Cow<'_, str>>)> = Vec::new();
    // Most have nothing beside them, which is seen without a text.
    let mut plain = None;
    for access in list {
        let is_plain = access.on.is_none() && access.facts.is_empty();
        let at = plain.filter(|_| is_plain).unwrap_or_else(|| {
            let beside = super::beside(&access, str::to_owned);
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
    let words = |(beside, actions): (String, Vec<Cow<'_, str>>)| {
        let more = actions.len().saturating_sub(NAMED);
        let named = Phrase::default().ids(actions.into_iter().take(NAMED));
        match more {
            0 => named.text(beside),
            more => named.text(format!(" and {more} more{beside}")),
        }
    };
    rows.into_iter().map(words).collect()
}

/// Steps under a heading, where there are some.
fn group<'d>(heading: &str, steps: &'d [DifferenceStep]) -> Option<DifferenceGroup<'d>> {
    let items = steps.iter().map(DifferenceItem::Step);
    (!steps.is_empty()).then(|| DifferenceGroup {
        heading: heading.to_owned(),
        rows: Rows::default(),
        items: items.collect(),
    })
}

/// All steps in their order, where there are several.
fn order(difference: &FirmDifference) -> Option<DifferenceSection<'_>> {
    let permitted = "permitted changes, in an order in which they can be made";
    let outside = "after what is outside of the rules";
    let permitted = group(permitted, &difference.steps);
    let groups: Vec<DifferenceGroup<'_>> = permitted
        .into_iter()
        .chain(group(outside, &difference.then))
        .collect();
    (!groups.is_empty()).then(|| DifferenceSection {
        heading: "The steps".into(),
        groups,
    })
}
