//! The walk: every firm with every combination of readings, each asked everything on one of the threads.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clio_rules::Rulebook;
use clio_rules::direct::Direct;

use crate::Failed;
use crate::asked::{Asked, everything, same_names};
use crate::cedar::{self, Cedar};
use crate::difference::Difference;
use crate::model::Model;
use crate::people::People;
use crate::progress::Progress;
use crate::reach::Reach;
use crate::readings::Readings;
use crate::room::Room;
use crate::sides::{Handle, Sides, borrowed};
use crate::tally::Tally;

/// What a walk looks at: one product, in all three ways.
pub(crate) struct Walk<'m> {
    pub(crate) model: &'m Model,
    pub(crate) reach: Reach,
    pub(crate) people: People,
    pub(crate) asked: Vec<Asked>,
    pub(crate) handles: Vec<Handle>,
    pub(crate) rulebook: Rulebook,
    /// The rulebook of the scripts: their firms are checked against it.
    pub(crate) twin: Rulebook,
    pub(crate) cedar: Cedar,
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
    /// Loads everything, and makes sure that rules and model speak of the same things.
    pub(crate) fn new(
        model: &'m Model,
        schema: &str,
        sides: &'m Sides,
        reach: Reach,
    ) -> Result<Self, Failed> {
        let rulebook = Rulebook::from_texts(borrowed(&sides.tables))?;
        let twin = Rulebook::from_texts(borrowed(&sides.scripts))?;
        let schema = cedar::schema(schema)?;
        let (people, asked) = (People::of(model), everything(model, &schema)?);
        let declared = rulebook.catalogue(model.product);
        let declared = declared.ok_or_else(|| Failed::new("the rules lack the product"))?;
        same_names(model, &asked, &declared)?;
        let handles = asked
            .iter()
            .map(|asked| Handle::of(model, &rulebook, asked));
        let handles = handles.collect::<Result<_, _>>()?;
        let policies = sides.policies(model.product)?;
        let cedar = Cedar::new(model, &schema, policies, &people, &asked)?;
        Ok(Self {
            model,
            reach,
            people,
            asked,
            handles,
            rulebook,
            twin,
            cedar,
            sides,
        })
    }

    /// Asks everything. Of several differences, the first in the order of the walk is handed back.
    pub(crate) fn run(&self, progress: &Progress) -> Result<Tally, Stop> {
        let rooms = self.people.firms() * Readings::count(self.model);
        let (next, ended) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let threads = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    let keep = |number, result| {
                        let mut ended = ended.lock().unwrap_or_else(PoisonError::into_inner);
                        ended.push((number, result));
                        progress.show(self.model.product, ended.len(), rooms);
                    };
                    self.work(&next, rooms, keep);
                });
            }
        });
        let mut ended = ended.into_inner().unwrap_or_else(PoisonError::into_inner);
        ended.sort_by_key(|(number, _)| *number);
        ended
            .into_iter()
            .try_fold(Tally::default(), |mut all, (_, result)| {
                all += result?;
                Ok(all)
            })
    }

    /// Asks rooms until there are none left, or one ends early.
    fn work(&self, next: &AtomicUsize, rooms: usize, keep: impl Fn(usize, Result<Tally, Stop>)) {
        let direct = match Direct::from_texts(borrowed(&self.sides.scripts)) {
            Ok(direct) => direct,
            Err(error) => return keep(0, Err(error.into())),
        };
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= rooms {
                return;
            }
            let count = Readings::count(self.model);
            let room = Room::new(self, number / count, Readings(number % count));
            let result = room.map_err(Stop::from).and_then(|room| room.ask(&direct));
            if result.is_err() {
                next.store(rooms, Ordering::Relaxed);
            }
            keep(number, result);
        }
    }
}
