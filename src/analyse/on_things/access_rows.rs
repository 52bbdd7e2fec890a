//! Rows that say who may do what on which things, those together that say the same.

use std::collections::HashSet;

use hashbrown::HashMap;

use super::alike_things::classes;
use super::firm_sides::{FirmSides, KindPlace, NumberPair};
use super::people_sides::PeopleSides;
use super::row_words::RowWords;
use super::thing_access::AccessOnThings;
use super::thing_comparison::{ClassRow, ThingComparison};
use crate::analyse::ability::{self, ActionWithFacts};
use crate::finding::{AskError, foreign};
use crate::firm::Firm;
use crate::link::product::KindId;

/// What people may do on things that both states have in one of them alone; all people, or those with these ids.
pub(in crate::analyse) fn difference(
    [old, new]: [&Firm; 2],
    only: Option<&HashSet<&str>>,
) -> Result<AccessOnThings, AskError> {
    let sides = FirmSides([Some(old), Some(new)]);
    let mut access = AccessOnThings::default();
    for product in 0..old.rulebook.compiled().len() {
        compare(sides, product, only, &mut access)?;
    }
    Ok(access)
}

/// The kinds of things of a product, each with the actions that are done to them.
pub(super) fn kinds(
    firm: &Firm,
    product: usize,
) -> Result<Vec<(KindId, Vec<ActionWithFacts>)>, AskError> {
    let mut kinds: Vec<(KindId, Vec<ActionWithFacts>)> = Vec::new();
    for asked in ability::on_things(firm, product)? {
        let Some(kind) = asked.on_thing else {
            continue;
        };
        match kinds.iter_mut().find(|(of, _)| *of == kind) {
            Some((_, all)) => all.push(asked),
            None => kinds.push((kind, vec![asked])),
        }
    }
    kinds.sort_by_key(|(kind, _)| *kind);
    Ok(kinds)
}

/// Adds what people gain and lose in a product.
fn compare(
    sides: FirmSides<'_>,
    product: usize,
    only: Option<&HashSet<&str>>,
    access: &mut AccessOnThings,
) -> Result<(), AskError> {
    let firm = sides.newest().ok_or_else(|| foreign("firm"))?;
    let kinds = kinds(firm, product)?;
    let has_things = |(kind, _): &(KindId, _)| {
        let mut states = sides.0.into_iter().flatten();
        states.all(|firm| firm.things.of_kind(product, *kind).is_some())
    };
    if !kinds.iter().any(has_things) {
        return Ok(());
    }
    let most = firm.rulebook.limits().thing_rows;
    let people = PeopleSides::of(sides, product).only(only);
    for (kind, asked) in &kinds {
        let place = KindPlace {
            product,
            kind: *kind,
        };
        let mut comparison = ThingComparison::new(sides, place, &people, asked);
        let mut together = RowsTogether::default();
        for class in classes(sides, place, &people) {
            if comparison.is_settled(&class) {
                continue;
            }
            let rows = access.gained.len() + access.lost.len() + together.rows.len();
            if rows >= most {
                access.left_out += class.things.len();
                continue;
            }
            for row in comparison.rows(&class)? {
                together.add(row, &class.things);
            }
        }
        let words = RowWords::of(firm, place, &people, asked)?;
        for (row, things) in together.rows {
            let paths = comparison.paths(row.change.paths);
            let who = words.who(&row, paths);
            let rows = if row.change.is_lost {
                &mut access.lost
            } else {
                &mut access.gained
            };
            rows.push(words.on_things(who, things));
        }
    }
    Ok(())
}

/// Rows of things of a kind, in the order of the first thing of each.
#[derive(Default)]
struct RowsTogether {
    rows: Vec<(ClassRow, Vec<NumberPair>)>,
    known: HashMap<ClassRow, usize>,
}

impl RowsTogether {
    fn add(&mut self, row: ClassRow, things: &[NumberPair]) {
        let next = self.rows.len();
        let number = *self.known.entry_ref(&row).or_insert(next);
        if number == next {
            self.rows.push((row, Vec::new()));
        }
        if let Some((_, all)) = self.rows.get_mut(number) {
            all.extend(things);
        }
    }
}
