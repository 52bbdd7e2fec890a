//! Nobody comes to be allowed more by changes of their own: by induction over one change, for every action.
//!
//! Whoever is allowed more after some changes than before them is allowed more after one of them than before that one. Of a bulk
//! change, one part is enough for each thing that the action looks at and that is not what it was.

use std::collections::BTreeSet;

use super::always::{Induction, MOST_PARTS};
use super::counterexample::Counterexample;
use super::made::{Made, Options, all};
use super::scene::{Ask, Scene, Step, View, Who};
use super::search::{End, Ending, Room, Searched, Staged, Undecided};
use crate::explore::Path;
use crate::explore::compile::Compiled;
use crate::firm::What;
use crate::link::product::{ActionId, Input, Whom};

/// Number of the one an action is done to, who may be anybody: behind every part.
const ASKED_ABOUT: u8 = u8::MAX;

/// One way to decide, for all actions that are decided like it.
struct Deed {
    action: ActionId,
    on_target: bool,
    reads: BTreeSet<What>,
    /// Changes that could alter what it reads.
    options: Options,
    /// How many of them are made at once at most.
    most_parts: usize,
}

pub(super) fn prove(room: Room<'_>) -> Result<Induction, Undecided> {
    let compiled = room.compiled;
    let mut searched = Searched::default();
    let all = all(room)?;
    let changes = all.len();
    let mut deeds = deeds(room, &all);
    // One change is tried for every action before two at once are for any, so that what is found first has the fewest.
    for deed in &deeds {
        deed.search(room, 1, &mut searched)?;
    }
    deeds.iter_mut().for_each(|deed| deed.in_bulk(compiled));
    for parts in 2_u8.. {
        deeds.retain(|deed| deed.most_parts >= usize::from(parts));
        if deeds.is_empty() || searched.broken.is_some() {
            break;
        }
        if deeds.iter().any(|deed| deed.most_parts > MOST_PARTS) {
            return Err(Undecided::TooManyChanges);
        }
        for deed in &deeds {
            deed.search(room, parts, &mut searched)?;
        }
    }
    Ok(Induction { searched, changes })
}

fn deeds(room: Room<'_>, all: &[Made]) -> Vec<Deed> {
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
        let reads: BTreeSet<What> = read.collect();
        let made = all.iter().copied();
        let made = made.filter(|made| !made.writes(compiled).is_disjoint(&reads));
        let options = Options::of(compiled, made.collect());
        Some(Deed {
            action,
            on_target: declared.on_target,
            reads,
            options,
            most_parts: 1,
        })
    });
    deeds.collect()
}

impl Deed {
    /// Leaves out what cannot stand in a bulk change. Of one, a part is enough for each thing of each person that the action
    /// looks at.
    fn in_bulk(&mut self, compiled: &Compiled) {
        self.options = self.options.in_bulk(compiled);
        let made = self.options.made.iter();
        let writes = made.flat_map(|made| made.writes(compiled));
        let written: BTreeSet<What> = writes.filter(|what| self.reads.contains(what)).collect();
        self.most_parts = written.len() * (1 + usize::from(self.on_target));
    }

    fn search(&self, room: Room<'_>, parts: u8, searched: &mut Searched) -> Result<(), Undecided> {
        let run = |path: &Path<Ask>| self.run(&Scene::new(room, path), parts);
        let stage = |staged: &Staged<'_>, target: &Option<Who>| self.stage(staged, *target);
        room.search(self.options.made.len(), searched, run, stage)
    }

    fn run(&self, scene: &Scene<'_>, parts: u8) -> Step<End<Option<Who>>> {
        let options = &self.options;
        if options.made.is_empty() {
            return Ok(End::Idle);
        }
        let target = match self.on_target {
            true => Some(scene.enter(ASKED_ABOUT, Whom::Anyone)?),
            false => None,
        };
        let asked = target.unwrap_or(Who::User);
        let relevant = |what| self.reads.contains(&what);
        let matters = |who, what| (who == Who::User || who == asked) && relevant(what);
        let Some((parts, altered)) = scene.choose(options, parts, &relevant, &matters)? else {
            return Ok(End::Idle);
        };
        let after = View {
            scene,
            target: asked,
            altered: &altered,
        };
        let gains =
            after.allows(self.action)? && !View::before(scene, asked).allows(self.action)?;
        let ending = Ending::of(scene, None, &parts);
        Ok(match gains {
            true => End::Broken(ending, target),
            false => End::Kept(ending),
        })
    }

    /// Asks the firm before and after.
    fn stage(
        &self,
        staged: &Staged<'_>,
        target: Option<Who>,
    ) -> Result<Option<Counterexample>, Undecided> {
        let step = staged.step().ok_or(Undecided::NotSo)?;
        let after = step.made(&staged.firm).ok_or(Undecided::NotSo)?;
        let before = staged.asks(&staged.firm, self.action, target)?;
        let now = staged.asks(&after, self.action, target)?;
        if before.is_allowed || !now.is_allowed {
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
            asked: vec![before],
            asked_after: vec![now],
            end: format!("{user} may {id}{of} now, and could not before"),
            is_smallest: true,
        }))
    }
}
