//! Rulebooks that nobody wrote by hand: made from seeds, loaded, and asked everything as tables and as scripts.

mod book;
mod condition;
mod function;
mod kind;
mod maker;
mod rules;
mod shrink;
mod thing_firm;
mod thing_walk;
mod write;

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use clio_rules::Rulebook;
use rayon::prelude::*;

pub(crate) use book::Book;

use crate::Failed;
use crate::asked::everything;
use crate::difference::Difference;
use crate::people::People;
use crate::progress::Progress;
use crate::reach::Reach;
use crate::sides::{Sides, borrowed};
use crate::tally::Tally;
use crate::walk::{Stop, Walk};

/// What came of many rulebooks.
#[derive(Debug, Default)]
pub(crate) struct Made {
    pub(crate) rulebooks: u64,
    pub(crate) tally: Tally,
    /// Seeds whose rulebook does not load, with the first mistake.
    pub(crate) rejected: Vec<(u64, String)>,
}

/// A rulebook whose tables differ from its scripts.
#[derive(Debug)]
pub(crate) struct Defect {
    pub(crate) seed: u64,
    /// The smallest rulebook that was reached.
    pub(crate) book: Book,
    /// What differs in it.
    pub(crate) difference: Difference,
}

/// Why the run ended before its end.
#[derive(Debug)]
pub(crate) enum End {
    Defect(Box<Defect>),
    Failed(Failed),
}

/// Makes the rulebook of each seed and asks it everything. Of several defects, that of the lowest seed is handed back.
pub(crate) fn run(seed: u64, rulebooks: u64, progress: &Progress) -> Result<Made, End> {
    let (made, done) = (Mutex::new(Made::default()), AtomicU64::new(0));
    let ended = (seed..seed.saturating_add(rulebooks))
        .into_par_iter()
        .map(|seed| {
            let book = Book::of_seed(seed);
            let result = match rejection(&book) {
                Some(mistake) => Err(mistake),
                None => Ok(examine(seed, book, Book::clone)?),
            };
            made.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .count(seed, result);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            progress.show("made rulebooks", done as usize, rulebooks as usize);
            Ok(())
        })
        .find_map_first(Result::err);
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.rejected.sort();
    ended.map_or(Ok(made), Err)
}

/// The first mistake of a rulebook that does not load.
pub(crate) fn rejection(book: &Book) -> Option<String> {
    let findings = Rulebook::from_texts(borrowed(&book.texts()))
        .err()?
        .to_string();
    let is_mistake = |line: &&str| line.contains("error[");
    let mistake = findings.lines().find(is_mistake).unwrap_or(&findings);
    Some(mistake.to_owned())
}

/// Asks a rulebook everything. The scripts are those of the rulebook that `altered` makes of it: the same, but in tests.
pub(crate) fn examine(seed: u64, book: Book, altered: fn(&Book) -> Book) -> Result<Tally, End> {
    let differs = |book: &Book| match compare(book, &altered(book)) {
        Err(Stop::Difference(difference)) => Some(*difference),
        _ => None,
    };
    match compare(&book, &altered(&book)) {
        Ok(tally) => Ok(tally),
        Err(Stop::Failed(failed)) => {
            Err(End::Failed(Failed::new(format!("seed {seed}: {failed}"))))
        }
        Err(Stop::Difference(found)) => {
            let book = book.shrunk(|smaller| differs(smaller).is_some());
            let difference = differs(&book).unwrap_or(*found);
            Err(End::Defect(Box::new(Defect {
                seed,
                book,
                difference,
            })))
        }
    }
}

/// Asks everything of the tables of one rulebook and of the scripts of another.
pub(crate) fn compare(tables: &Book, scripts: &Book) -> Result<Tally, Stop> {
    let sides = Sides {
        tables: tables.texts(),
        scripts: scripts.texts(),
    };
    let mut tally = thing_walk::compare(tables, &People::of(&tables.model()), &sides)?;
    let (tables, scripts) = (tables.about_people(), scripts.about_people());
    let sides = Sides {
        tables: tables.texts(),
        scripts: scripts.texts(),
    };
    let model = tables.model();
    let asked = everything(&model, tables.names())?;
    let people = People::of(&model);
    let walk = Walk::new(&model, people, asked, &sides, None, Reach::Usual)?;
    tally += walk.run_alone()?;
    Ok(tally)
}

impl Made {
    fn count(&mut self, seed: u64, result: Result<Tally, String>) {
        self.rulebooks += 1;
        match result {
            Ok(tally) => self.tally += tally,
            Err(mistake) => self.rejected.push((seed, mistake)),
        }
    }

    /// Whether so many were rejected that the rest says little.
    pub(crate) fn has_too_many_rejected(&self) -> bool {
        self.rejected.len() as u64 * 100 > self.rulebooks
    }
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rejected = self.rejected.len();
        writeln!(
            f,
            "  rulebooks  {:>10}, {rejected:>9} rejected",
            self.rulebooks
        )?;
        for (seed, mistake) in &self.rejected {
            writeln!(f, "    seed {seed}: {mistake}")?;
        }
        write!(f, "{}", self.tally)
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.difference)?;
        writeln!(
            f,
            "in the rulebook of seed {0}, repeated by --rulebooks 1 --seed {0};",
            self.seed
        )?;
        writeln!(f, "as small as it differs:")?;
        for (name, text) in self.book.texts() {
            write!(f, "\n--- {name}\n{text}")?;
        }
        Ok(())
    }
}
