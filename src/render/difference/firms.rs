//! The difference of two states of a firm in words, person by person.

use std::io::{self, Write};

use super::comment;
use super::phrase::Phrase;
use super::sections::{DifferenceGroup, DifferenceItem, DifferenceSection, DifferenceWords, Rows};
use crate::render::renderer::{RenderMarkdown, RenderText, Renderer};
use crate::render::words::people;
use crate::{
    AccessOnThings, Accesses, DifferenceAccess, DifferenceStep, FirmDifference, ThingChange,
    UserDifference,
};

impl RenderText for FirmDifference {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        words(self, renderer).first_line(renderer, to)?;
        let firm = of_firm(self);
        if !firm.is_empty() {
            section("The firm".into(), firm).text(renderer, to)?;
        }
        if let Some(section) = on_things(self, renderer) {
            section.text(renderer, to)?;
        }
        for users in self.users.chunks(PARTS * PART) {
            for part in each(users, |users| texts(users, renderer)) {
                to.write_all(&part?)?;
            }
        }
        order(self).map_or(Ok(()), |section| section.text(renderer, to))
    }
}

/// So many people are put into words at once.
const PART: usize = 256;

/// So many parts are held until they are written.
const PARTS: usize = 64;

/// The words of each part of the people, in order.
fn each<T: Send>(
    users: &[UserDifference],
    texts: impl Fn(&[UserDifference]) -> T + Sync + Send,
) -> Vec<T> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        users.par_chunks(PART).map(texts).collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        users.chunks(PART).map(texts).collect()
    }
}

fn texts(users: &[UserDifference], renderer: Renderer<'_>) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    for user in users {
        of_person(user, renderer).text(renderer, &mut text)?;
    }
    Ok(text)
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
        let on_things = on_things(difference, renderer);
        let users = difference.users.iter();
        let people = users.map(move |user| of_person(user, renderer));
        let firm = firm.into_iter().chain(on_things);
        let all = firm.chain(people).chain(order(difference));
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

fn of_person<'d>(user: &UserDifference, renderer: Renderer<'_>) -> DifferenceSection<'d> {
    section(named(user), of_user(user, renderer))
}

fn first(difference: &FirmDifference) -> String {
    if difference.equal {
        return "the two firms are the same".to_owned();
    }
    let people = people(difference.users.len());
    let users = difference.users.iter();
    let of_users: usize = users.map(|user| user.impossible.len()).sum();
    let things = difference.groups.iter().chain(&difference.things);
    let of_things: usize = things.map(|change| change.impossible.len()).sum();
    match of_users + of_things {
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
    let conflicts = difference.conflicts.iter();
    let conflicts = conflicts.map(|change| ("conflict", super::of_conflict(change)));
    let groups = difference.groups.iter();
    let groups = groups.flat_map(|change| of_thing("group", change));
    let things = difference.things.iter();
    let things = things.flat_map(|change| of_thing("thing", change));
    let unplanned = super::of_unplanned(difference).map(|text| ("not planned", text.into()));
    renamed
        .chain(readings)
        .chain(conflicts)
        .chain(groups)
        .chain(things)
        .chain(unplanned)
        .collect()
}

/// What is different of a group or a thing, and the steps that lead there.
fn of_thing<'d>(
    label: &'static str,
    change: &'d ThingChange,
) -> impl Iterator<Item = (&'static str, Phrase)> + use<'d> {
    let steps = change.steps.iter();
    let steps = steps.map(|step| ("step", Phrase::of_id(step)));
    let impossible = change.impossible.iter().map(|part| {
        let text = format!("no permitted change makes {part} so");
        ("impossible", Phrase::from(text))
    });
    let first = (label, super::of_thing(change));
    std::iter::once(first).chain(steps).chain(impossible)
}

/// What people gain and lose on things, where they do.
fn on_things<'d>(
    difference: &FirmDifference,
    renderer: Renderer<'_>,
) -> Option<DifferenceSection<'d>> {
    let AccessOnThings { gained, lost, .. } = &difference.on_things;
    let gained = gained.iter().map(|row| ("gained by", row));
    let lost = lost.iter().map(|row| ("lost by", row));
    let rows = gained.chain(lost).map(|(label, row)| {
        let text = super::of_access(row, |user| renderer.named(user));
        (label, text)
    });
    let left_out = super::of_left_out(&difference.on_things);
    let left_out = left_out.map(|text| ("not compared", Phrase::from(text)));
    let rows: Rows = rows.chain(left_out).collect();
    (!rows.is_empty()).then(|| section("On things".into(), rows))
}

fn of_user(user: &UserDifference, renderer: Renderer<'_>) -> Rows {
    let altered = super::of_user(user, |product| renderer.product(product).to_owned());
    let gains = together(user.gained()).map(|text| ("gains", text));
    let loses = together(user.lost()).map(|text| ("loses", text));
    let steps = user.steps.iter().map(|step| ("step", Phrase::of_id(step)));
    let impossible = user.impossible.iter();
    let impossible = impossible.map(|one| ("impossible", super::of_impossible(one)));
    let altered = altered.into_iter().chain(gains).chain(loses);
    altered.chain(steps).chain(impossible).collect()
}

/// Actions in a row, those on the same people together: `edit_user_login, edit_user_profile on wren, otto and 3 more`.
fn together(list: Accesses<'_>) -> impl Iterator<Item = Phrase> {
    let mut rows: Vec<AccessGroup<'_>> = Vec::new();
    for access in list.iter() {
        let known = rows.iter_mut().find(|row| row.is_beside(&access));
        match known {
            Some(row) => row.add(&access.action),
            None => rows.push(AccessGroup::of(access)),
        }
    }
    rows.into_iter().map(AccessGroup::phrase)
}

/// Actions on the same people, with the same facts.
struct AccessGroup<'d> {
    first: DifferenceAccess<'d>,
    named: Phrase,
    count: usize,
}

impl<'d> AccessGroup<'d> {
    /// So many actions are named in a row; programs get all.
    const NAMED: usize = 8;

    fn of(first: DifferenceAccess<'d>) -> Self {
        Self {
            named: Phrase::of_id(&first.action),
            first,
            count: 1,
        }
    }

    fn is_beside(&self, access: &DifferenceAccess<'_>) -> bool {
        self.first.on == access.on && self.first.facts == access.facts
    }

    fn add(&mut self, action: &str) {
        self.count += 1;
        if self.count <= Self::NAMED {
            let named = std::mem::take(&mut self.named);
            self.named = named.text(", ").id(action);
        }
    }

    fn phrase(self) -> Phrase {
        let named = match self.count.saturating_sub(Self::NAMED) {
            0 => self.named,
            more => self.named.text(format_args!(" and {more} more")),
        };
        named.text(super::beside(&self.first, str::to_owned))
    }
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
