//! The walk over everything that can be asked of a product, firm by firm.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use clio_rules::Rulebook;
use clio_rules::direct::Direct;
use rayon::prelude::*;

use crate::Failed;
use crate::asked::{Asked, same_names};
use crate::difference::Difference;
use crate::kinds::Kind;
use crate::model::Model;
use crate::opinion::Opinion;
use crate::people::People;
use crate::progress::Progress;
use crate::reach::Reach;
use crate::readings::Readings;
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
            None => self.complete(tally.into_inner().unwrap_or_else(PoisonError::into_inner)),
        }
    }

    /// Asks everything, on this thread.
    pub(crate) fn run_alone(&self) -> Result<Tally, Stop> {
        let direct = self.direct();
        let mut tally = Tally::default();
        for number in 0..self.people.firms() {
            tally += self.ask(direct.as_ref(), number)?;
        }
        self.complete(tally)
    }

    fn direct(&self) -> Result<Direct, Failed> {
        Ok(Direct::from_texts(borrowed(&self.sides.scripts))?)
    }

    fn ask(&self, direct: Result<&Direct, &Failed>, firm: usize) -> Result<Tally, Stop> {
        let direct = direct.map_err(|failed| Failed::new(failed.to_string()))?;
        Room::new(self, firm)?.ask(direct)
    }

    /// The tally, once it is certain that nothing was left out and nothing asked twice.
    pub(crate) fn complete(&self, tally: Tally) -> Result<Tally, Stop> {
        let (walked, space) = (tally.all(), self.space());
        if walked != space {
            let words = format!("{walked} questions were asked, and there are {space}");
            return Err(Stop::Failed(Failed::new(words)));
        }
        Ok(Tally {
            of_cedar: self.opinion.as_ref().map(Opinion::asked),
            ..tally
        })
    }

    /// How many questions there are. Everybody is asked about without a target. Of pairs there is everybody with
    /// themselves, each kind with each kind, and each owner with each kind both ways; two owners never meet.
    fn space(&self) -> u64 {
        let is_paired = |kind: &&Kind| self.reach.has_pair(self.model, [kind, kind]);
        let paired = |kinds: &[Kind]| kinds.iter().filter(is_paired).count();
        let People { owners, others } = &self.people;
        let alone = owners.len() + 2 * others.len();
        let [owners, others] = [paired(owners), paired(others)];
        let pairs = owners + others + others * others + 2 * owners * others;
        let on_target = self.asked.iter().filter(|asked| asked.on_target).count();
        let without = self.asked.len() - on_target;
        ((alone * without + pairs * on_target) * Readings::count(self.model)) as u64
    }
}
