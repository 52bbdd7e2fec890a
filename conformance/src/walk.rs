//! The walk over everything that can be asked of a product, firm by firm.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use clio_rules::Rulebook;
use clio_rules::direct::Direct;
use rayon::prelude::*;

use crate::Failed;
use crate::asked::{Asked, same_names};
use crate::difference::Difference;
use crate::model::Model;
use crate::opinion::Opinion;
use crate::people::People;
use crate::progress::Progress;
use crate::reach::Reach;
use crate::room::Room;
use crate::sides::{Handle, Sides, borrowed};
use crate::tally::Tally;

/// What a walk looks at: one product, as tables, as scripts, and as policies where there are any.
pub(crate) struct Walk<'m> {
    pub(crate) model: &'m Model,
    pub(crate) reach: Reach,
    pub(crate) people: People,
    pub(crate) asked: Vec<Asked>,
    pub(crate) handles: Vec<Handle>,
    pub(crate) rulebook: Rulebook,
    /// The rulebook of the scripts: their firms are checked against it.
    pub(crate) twin: Rulebook,
    pub(crate) opinion: Option<Opinion>,
    sides: &'m Sides,
}

/// Why a walk ended before its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The answers differ.
    Difference(Box<Difference>),
    /// It could not be asked.
    Failed(Failed),
}

impl<E: Into<Failed>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl<'m> Walk<'m> {
    /// Loads rules, and makes sure that they and the model speak of the same things.
    pub(crate) fn new(
        model: &'m Model,
        people: People,
        asked: Vec<Asked>,
        sides: &'m Sides,
        opinion: Option<Opinion>,
        reach: Reach,
    ) -> Result<Self, Failed> {
        let rulebook = Rulebook::from_texts(borrowed(&sides.tables))?;
        let twin = Rulebook::from_texts(borrowed(&sides.scripts))?;
        let declared = rulebook.catalogue(&model.product);
        let declared = declared.ok_or_else(|| Failed::new("the rules lack the product"))?;
        same_names(model, &asked, &declared)?;
        let handles = asked
            .iter()
            .map(|asked| Handle::of(model, &rulebook, asked));
        Ok(Self {
            handles: handles.collect::<Result<_, _>>()?,
            model,
            reach,
            people,
            asked,
            rulebook,
            twin,
            opinion,
            sides,
        })
    }

    /// Asks everything, on all cores. Of several differences, the one of the first firm is handed back.
    pub(crate) fn run(&self, progress: &Progress) -> Result<Tally, Stop> {
        let (firms, done) = (self.people.firms(), AtomicUsize::new(0));
        let tally = Mutex::new(Tally::default());
        let ended = (0..firms)
            .into_par_iter()
            .map_init(
                || self.direct(),
                |direct, number| {
                    let asked = self.ask(direct.as_ref(), number)?;
                    *tally.lock().unwrap_or_else(PoisonError::into_inner) += asked;
                    let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                    progress.show(&self.model.product, done, firms);
                    Ok(())
                },
            )
            .find_map_first(Result::err);
        match ended {
            Some(stop) => Err(stop),
            None => Ok(self.complete(tally.into_inner().unwrap_or_else(PoisonError::into_inner))),
        }
    }

    /// Asks everything, on this thread.
    pub(crate) fn run_alone(&self) -> Result<Tally, Stop> {
        let direct = self.direct();
        let mut tally = Tally::default();
        for number in 0..self.people.firms() {
            tally += self.ask(direct.as_ref(), number)?;
        }
        Ok(self.complete(tally))
    }

    fn direct(&self) -> Result<Direct, Failed> {
        Ok(Direct::from_texts(borrowed(&self.sides.scripts))?)
    }

    fn ask(&self, direct: Result<&Direct, &Failed>, firm: usize) -> Result<Tally, Stop> {
        let direct = direct.map_err(|failed| Failed::new(failed.to_string()))?;
        Room::new(self, firm)?.ask(direct)
    }

    fn complete(&self, tally: Tally) -> Tally {
        Tally {
            of_cedar: self.opinion.as_ref().map(Opinion::asked),
            ..tally
        }
    }
}
