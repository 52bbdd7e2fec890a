//! Firms with groups and things, made from seeds: every action on a thing, asked of tables, scripts and Cedar.

mod brought;
mod cedar;
pub(crate) mod firm;
pub(crate) mod hosting;
pub(crate) mod kind;
mod question;
pub(crate) mod tally;

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use cedar_policy::Schema;
use clio_rules::Rulebook;
use clio_rules::direct::Direct;
use rayon::prelude::*;

use crate::Failed;
use crate::asked::{Asked, everything, same_names};
use crate::difference::Difference;
use crate::model::{Model, Word};
use crate::progress::Progress;
use crate::sides::{Sides, borrowed};
use crate::walk::Stop;
use brought::Bringable;
use cedar::Policies;
use firm::ThingFirm;
use question::Room;
use tally::ThingTally;

/// What is compared: one product, as tables, as scripts, and as policies.
pub(crate) struct ThingWalk<'m> {
    model: &'m Model,
    /// The actions on things, by kind.
    kinds: Vec<OfKind>,
    rulebook: Rulebook,
    /// The rulebook of the scripts: their firms are checked against it.
    twin: Rulebook,
    policies: Policies,
    sides: &'m Sides,
}

/// What is done to things of one kind, and what questions can say about them.
struct OfKind {
    kind: Word,
    actions: Vec<Asked>,
    bringable: Bringable,
}

/// A firm in which answers differ.
#[derive(Debug)]
pub(crate) struct ThingDefect {
    pub(crate) seed: u64,
    pub(crate) difference: Difference,
    pub(crate) firm: String,
}

/// Why the run ended before its end.
#[derive(Debug)]
pub(crate) enum End {
    Defect(Box<ThingDefect>),
    Failed(Failed),
}

impl<E: Into<Failed>> From<E> for End {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl<'m> ThingWalk<'m> {
    /// Loads rules, and makes sure that they, the model and the policies speak of the same things.
    pub(crate) fn new(
        model: &'m Model,
        schema: Schema,
        policies: &str,
        sides: &'m Sides,
    ) -> Result<Self, Failed> {
        let rulebook = Rulebook::from_texts(borrowed(&sides.tables))?;
        let declared = rulebook.catalogue(&model.product);
        let declared = declared.ok_or_else(|| Failed::new("the rules lack the product"))?;
        let names = || crate::cedar::names(&schema);
        same_names(model, &everything(model, names())?, &declared)?;
        let actions = names().into_iter().map(Asked::without_facts);
        let on_things = actions.filter(|asked| asked.on_thing.is_some());
        let mut actions: Vec<Asked> = on_things.collect();
        actions.sort_by(|one, other| one.id.cmp(&other.id));
        let kinds = model.things.iter();
        let kinds = kinds.map(|kind| OfKind::new(model, &kind.id, &actions));
        Ok(Self {
            kinds: kinds.collect::<Result<_, _>>()?,
            policies: Policies::new(schema, policies, &actions)?,
            twin: Rulebook::from_texts(borrowed(&sides.scripts))?,
            model,
            rulebook,
            sides,
        })
    }

    /// Makes the firm of each seed and asks everything. Of several defects, that of the lowest seed is handed back.
    pub(crate) fn run(
        &self,
        seed: u64,
        firms: u64,
        progress: &Progress,
    ) -> Result<ThingTally, End> {
        self.run_altered(seed, firms, progress, |_| {})
    }

    /// The same, with firms that are altered before Cedar is told of them: not at all, but in tests.
    pub(crate) fn run_altered(
        &self,
        seed: u64,
        firms: u64,
        progress: &Progress,
        altered: fn(&mut ThingFirm),
    ) -> Result<ThingTally, End> {
        let (tally, done) = (Mutex::new(ThingTally::default()), AtomicU64::new(0));
        let ended = (seed..seed.saturating_add(firms))
            .into_par_iter()
            .map_init(
                || Direct::from_texts(borrowed(&self.sides.scripts)),
                |direct, seed| {
                    let direct = direct
                        .as_ref()
                        .map_err(|error| Failed::new(error.to_string()))?;
                    let asked = self.ask(direct, seed, altered)?;
                    *tally.lock().unwrap_or_else(PoisonError::into_inner) += asked;
                    let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                    let what = format!("{}, firms with things", self.model.product);
                    progress.show(&what, done as usize, firms as usize);
                    Ok(())
                },
            )
            .find_map_first(Result::err);
        let tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
        ended.map_or(Ok(tally), Err)
    }

    fn ask(
        &self,
        direct: &Direct,
        seed: u64,
        altered: fn(&mut ThingFirm),
    ) -> Result<ThingTally, End> {
        let firm = ThingFirm::by_chance(self.model, seed)?;
        let asked = Room::new(self, &firm, seed, altered)?.ask(direct);
        asked.map_err(|stop| match stop {
            Stop::Failed(failed) => End::Failed(Failed::new(format!("seed {seed}: {failed}"))),
            Stop::Difference(difference) => End::Defect(Box::new(ThingDefect {
                seed,
                difference: *difference,
                firm: firm.text(self.model),
            })),
        })
    }
}

impl OfKind {
    fn new(model: &Model, kind: &Word, actions: &[Asked]) -> Result<Self, Failed> {
        let on_kind = actions
            .iter()
            .filter(|asked| asked.on_thing.as_ref() == Some(kind));
        let actions: Vec<Asked> = on_kind.cloned().collect();
        Ok(Self {
            kind: kind.clone(),
            bringable: Bringable::of(model, kind, &actions)?,
            actions,
        })
    }
}

impl fmt::Display for ThingDefect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            seed,
            difference,
            firm,
        } = self;
        writeln!(f, "{difference}")?;
        writeln!(
            f,
            "in the firm of seed {seed}, repeated by --firms 1 --seed {seed}:"
        )?;
        write!(f, "\n--- firm.yaml\n{firm}")
    }
}
