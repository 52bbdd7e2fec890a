//! Nobody comes to be allowed more by changes of their own: by induction over one change, for every action.
//!
//! Whoever is allowed more after some changes than before them is allowed more after one of them than before that one. Of a bulk
//! change, one part is enough for each thing that the action looks at and that is not what it was.

use std::collections::BTreeSet;

use super::always::{Induction, MOST_PARTS};
use super::counterexample::Counterexample;
use super::made::{Options, all};
use super::scene::{Ask, Scene, Step, View, Who};
use super::search::{Ending, Room, Searched, Staged, Undecided};
use crate::explore::Path;
use crate::firm::What;
use crate::link::product::{ActionId, Input, Whom};

/// Number of the one an action is done to, who may be anybody: behind every part.
const ASKED_ABOUT: u8 = u8::MAX;

/// One way to decide, for all actions that are decided like it.
struct Deed {
    action: ActionId,
    on_target: bool,
    reads: BTreeSet<What>,
}

pub(super) fn prove(room: Room<'_>) -> Result<Induction, Undecided> {
    let compiled = room.compiled;
    let mut searched = Searched::default();
    let all = all(room)?;
    let changes = all.len();
    for deed in deeds(room) {
        let mut made = all.clone();
        made.retain(|made| !made.writes(compiled).is_disjoint(&deed.reads));
        let options = Options::of(compiled, made);
        searched.and(deed.search(room, &options, 1, searched.states)?);
        let options = options.in_bulk(compiled);
        let writes = options.made.iter().flat_map(|made| made.writes(compiled));
        let written: BTreeSet<What> = writes.filter(|what| deed.reads.contains(what)).collect();
        let parts = written.len() * (1 + usize::from(deed.on_target));
        if parts > MOST_PARTS {
            return Err(Undecided::TooLarge);
        }
        for parts in 2..=parts as u8 {
            if searched.broken.is_some() {
                break;
            }
            searched.and(deed.search(room, &options, parts, searched.states)?);
        }
    }
    Ok(Induction { searched, changes })
}

fn deeds(room: Room<'_>) -> Vec<Deed> {
    let compiled = room.compiled;
    let deciders = compiled.first_of.iter().zip(&compiled.deciders);
    let deeds = deciders.filter_map(|(first, decider)| {
        let action = ActionId(*first);
        let declared = compiled.product.actions.get(action.index())?;
        let read = decider.axes().iter().filter_map(|axis| match axis.input {
            Input::Holds(_, role) => Some(What::Role(role)),
            Input::Setting(_, setting) => Some(What::Setting(setting)),
            _ => None,
        });
        Some(Deed {
            action,
            on_target: declared.on_target,
            reads: read.collect(),
        })
    });
    deeds.collect()
}

impl Deed {
    fn search(
        &self,
        room: Room<'_>,
        options: &Options,
        parts: u8,
        used: usize,
    ) -> Result<Searched, Undecided> {
        let run = |path: &Path<Ask>| self.run(&Scene::new(room, path), options, parts);
        let stage = |staged: &Staged<'_>, target: &Option<Who>| self.stage(staged, *target);
        room.search(options.made.len(), used, run, stage)
    }

    fn run(
        &self,
        scene: &Scene<'_>,
        options: &Options,
        parts: u8,
    ) -> Step<Option<(Ending, Option<Who>)>> {
        if options.made.is_empty() {
            return Ok(None);
        }
        let target = match self.on_target {
            true => Some(scene.enter(ASKED_ABOUT, Whom::Anyone)?),
            false => None,
        };
        let asked = target.unwrap_or(Who::User);
        let relevant = |what| self.reads.contains(&what);
        let matters = |who, what| (who == Who::User || who == asked) && relevant(what);
        let Some((parts, altered)) = scene.choose(options, parts, &relevant, &matters)? else {
            return Ok(None);
        };
        let after = View {
            scene,
            target: asked,
            altered: &altered,
        };
        let gains =
            after.allows(self.action)? && !View::before(scene, asked).allows(self.action)?;
        Ok(gains.then(|| (Ending::of(scene, None, &parts), target)))
    }

    /// Asks the firm before and after.
    fn stage(
        &self,
        staged: &Staged<'_>,
        target: Option<Who>,
    ) -> Result<Option<Counterexample>, Undecided> {
        let step = staged.step().ok_or(Undecided::NotSo)?;
        let after = step.made(&staged.firm).ok_or(Undecided::NotSo)?;
        let (before, _) = staged.asks(&staged.firm, self.action, target);
        let (now, question) = staged.asks(&after, self.action, target);
        if before || !now {
            return Err(Undecided::NotSo);
        }
        let user = staged.id(Who::User);
        let action = staged
            .room
            .compiled
            .product
            .actions
            .get(self.action.index());
        let id = action.map_or("", |action| &*action.id);
        let of = target.map_or(String::new(), |target| format!(" of {}", staged.id(target)));
        Ok(Some(Counterexample {
            firm: staged.firm.clone(),
            steps: vec![step],
            question: Some(question),
            end: format!("{user} may {id}{of} now, and could not before"),
        }))
    }
}
