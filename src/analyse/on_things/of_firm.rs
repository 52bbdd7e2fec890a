//! Who may do what on the things of one firm: the same comparison, with a state in which nobody may do anything.

use std::sync::Arc;

use hashbrown::HashMap;

use super::access_rows::kinds;
use super::alike_things::{ThingClass, classes};
use super::firm_sides::{FirmSides, KindPlace, NumberPair};
use super::people_sides::PeopleSides;
use super::row_words::RowWords;
use super::thing_access::{ThingAccess, UserActions};
use super::thing_comparison::{ClassRow, ThingComparison};
use super::unneeded::UnneededEntry;
use crate::finding::AskError;
use crate::firm::{ChosenUsers, Firm};
use crate::link::product::{ActionId, KindId};

/// Who may do what on the things of a kind.
pub(in crate::analyse) struct KindOfThings {
    pub(in crate::analyse) kind: KindId,
    /// The actions that are done to them.
    pub(in crate::analyse) actions: Vec<ActionId>,
    pub(in crate::analyse) alike: Vec<AlikeThings>,
    /// The number of things that were not looked at, because there were too many rows.
    pub(in crate::analyse) left_out: usize,
    /// What people are named on lists for and may do without.
    pub(in crate::analyse) unneeded: Vec<UnneededEntry>,
}

/// Things on which the same people may do the same, through the same lists.
pub(in crate::analyse) struct AlikeThings {
    /// The numbers of the first of them.
    pub(in crate::analyse) first: Vec<u32>,
    /// How many there are beyond these.
    pub(in crate::analyse) more: usize,
    pub(in crate::analyse) who: Vec<UserActions>,
}

/// Who may do what on each thing of a product, kind by kind; all people, or those who were chosen.
pub(in crate::analyse) fn of_firm(
    firm: &Firm,
    product: usize,
    chosen: &ChosenUsers,
) -> Result<Vec<KindOfThings>, AskError> {
    let kinds = kinds(firm, product)?;
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let sides = FirmSides([None, Some(firm)]);
    let mut people = PeopleSides::of(sides, product);
    if !chosen.is_everybody() {
        people.chosen = Some(firm.numbers_of(chosen, 0).collect());
    }
    let mut left = firm.rulebook.limits().thing_rows;
    let mut all = Vec::with_capacity(kinds.len());
    for (kind, asked) in &kinds {
        let place = KindPlace {
            product,
            kind: *kind,
        };
        let mut comparison = ThingComparison::new(sides, place, &people, asked);
        let mut together = ThingsTogether::default();
        let mut found = KindOfThings {
            kind: *kind,
            actions: asked.iter().map(|asked| asked.action).collect(),
            alike: Vec::new(),
            left_out: 0,
            unneeded: Vec::new(),
        };
        found.actions.dedup();
        for class in classes(sides, place, &people) {
            if left == 0 {
                found.left_out += class.things.len();
                continue;
            }
            let rows = comparison.rows(&class)?;
            left = left.saturating_sub(together.add(rows, &class));
            UnneededEntry::add_all(firm, (place, &class), asked, &mut found.unneeded);
        }
        let words = RowWords::of(firm, place, &people, asked)?;
        found.alike = together.in_words(&comparison, &words);
        all.push(found);
    }
    Ok(all)
}

/// Things with the same rows, in the order of the first of each.
#[derive(Default)]
struct ThingsTogether {
    all: Vec<(Arc<[ClassRow]>, Vec<NumberPair>)>,
    known: HashMap<Arc<[ClassRow]>, usize>,
}

impl ThingsTogether {
    /// Adds things, and returns how many more rows there are.
    fn add(&mut self, rows: Vec<ClassRow>, class: &ThingClass) -> usize {
        let next = self.all.len();
        let rows: Arc<[ClassRow]> = rows.into();
        let number = *self.known.entry(Arc::clone(&rows)).or_insert(next);
        let more = if number == next { rows.len().max(1) } else { 0 };
        if number == next {
            self.all.push((rows, Vec::new()));
        }
        if let Some((_, things)) = self.all.get_mut(number) {
            things.extend(&class.things);
        }
        more
    }

    fn in_words(self, comparison: &ThingComparison<'_>, words: &RowWords<'_>) -> Vec<AlikeThings> {
        let alike = self.all.into_iter().map(|(rows, things)| {
            let numbers = things.iter().filter_map(|[_, number]| *number);
            let mut first: Vec<u32> = numbers.collect();
            first.sort_unstable();
            first.truncate(ThingAccess::MOST_NAMED);
            let rows = rows.iter();
            AlikeThings {
                more: things.len() - first.len(),
                first,
                who: rows
                    .map(|row| words.who(row, comparison.paths(row.change.paths)))
                    .collect(),
            }
        });
        alike.collect()
    }
}
