//! Proves that nobody can extend their own permissions: by induction over one change, for every action.
//!
//! A user who gains a permission by a sequence of changes gains it by one of them. For a bulk change, it is enough to
//! look at one part for each input of the action that differs.

use std::collections::BTreeSet;

use super::alone_on_things;
use super::always::{InductionExtent, MOST_PARTS};
use super::gain::{GainStage, MOST_WAYS};
use super::input::{ProofInput, ProofPerson, ProofRead, ProofTarget, ThingFrame};
use super::made_change::{all, all_of_things};
use super::options::{ChangeOption, ChangeOptions};
use super::search::{PathEnd, PathEnding, ProofFirm, SearchResult};
use super::state::ProofState;
use super::subject::{ProofSubject, UndecidedReason};
use super::view::ProofView;
use crate::explore::Path;
use crate::explore::compile::CompiledProduct;
use crate::link::product::{ActionId, DecisionInput, RuleTargets, UserPart};
use crate::world::bound_change::BoundChange;

/// The number of the action's target, who may be anybody. It comes after those of all parts.
const ASKED_ABOUT: u8 = u8::MAX;

/// A group of actions with the same decision.
struct DecisionGroup {
    action: ActionId,
    on_target: bool,
    reads: BTreeSet<UserPart>,
    /// Changes that could alter the inputs it reads.
    options: ChangeOptions,
    /// Most changes that are made at once.
    most_parts: usize,
}

pub(super) fn prove(subject: ProofSubject<'_>) -> Result<InductionExtent, UndecidedReason> {
    let compiled = subject.compiled;
    let mut searched = SearchResult::default();
    let (all, of_things) = (all(subject)?, all_of_things(subject)?);
    let changes = all.len() + of_things.len();
    let mut deeds = deeds(subject, &all);
    let mut on_things = alone_on_things::groups(subject, &of_things, &all)?;
    // Every action is tried with one change before any is tried with two at once. So the first result has the fewest
    // changes.
    for deed in &deeds {
        deed.search(subject, 1, &mut searched)?;
    }
    for group in &on_things {
        group.search(subject, 1, &mut searched)?;
    }
    deeds.iter_mut().for_each(|deed| deed.in_bulk(compiled));
    on_things.iter_mut().for_each(|deed| deed.in_bulk(compiled));
    for parts in 2_u8.. {
        deeds.retain(|deed| deed.most_parts >= usize::from(parts));
        on_things.retain(|group| group.most_parts >= usize::from(parts));
        if deeds.is_empty() && on_things.is_empty() || searched.broken.is_some() {
            break;
        }
        let most = deeds.iter().map(|deed| deed.most_parts);
        let mut most = most.chain(on_things.iter().map(|group| group.most_parts));
        if most.any(|most| most > MOST_PARTS) {
            return Err(UndecidedReason::TooManyChanges);
        }
        for deed in &deeds {
            deed.search(subject, parts, &mut searched)?;
        }
        for group in &on_things {
            group.search(subject, parts, &mut searched)?;
        }
    }
    Ok(InductionExtent { searched, changes })
}

fn deeds(subject: ProofSubject<'_>, all: &[BoundChange]) -> Vec<DecisionGroup> {
    let compiled = subject.compiled;
    let deciders = compiled.first_of.iter().zip(&compiled.deciders);
    let deeds = deciders.filter_map(|(first, decider)| {
        let action = ActionId(*first);
        let declared = compiled.product.action(action)?;
        let reads: BTreeSet<UserPart> = decider.parts().collect();
        let made = all.iter().copied();
        let made = made.filter(|made| !made.parts(compiled).is_disjoint(&reads));
        let made = made.map(ChangeOption::of_users);
        let options = ChangeOptions::of(compiled, made.collect());
        Some(DecisionGroup {
            action,
            on_target: declared.on_target,
            reads,
            options,
            most_parts: 1,
        })
    });
    deeds.collect()
}

impl DecisionGroup {
    /// Leaves out changes that cannot be part of a bulk change. A bulk change needs at most one part for each
    /// input of each person that the action reads and the changes write.
    fn in_bulk(&mut self, compiled: &CompiledProduct) {
        self.options = self.options.in_bulk(compiled);
        let made = self.options.made.iter();
        let writes = made.flat_map(|option| option.made.parts(compiled));
        let written: BTreeSet<UserPart> = writes.filter(|what| self.reads.contains(what)).collect();
        let all = written.len() * (1 + usize::from(self.on_target));
        self.most_parts = self
            .enough(compiled, &written)
            .map_or(all, |it| it.min(all));
    }

    /// The largest number of written inputs that any allow needs, whatever else is the case. On each way to an allow,
    /// inputs that can be left out without including a denial are not needed, and neither is a part that writes them.
    /// `None` when there are too many ways.
    fn enough(&self, compiled: &CompiledProduct, written: &BTreeSet<UserPart>) -> Option<usize> {
        let tree = compiled.decider(self.action)?.tree();
        let is_written =
            |input: &DecisionInput| input.part().is_some_and(|part| written.contains(&part));
        let ways = tree.ways(|ruled| ruled.allows, MOST_WAYS)?;
        let needed = ways.into_iter().map(|way| {
            let way = tree.shortened(way, |ruled| ruled.allows, is_written);
            way.iter().filter(|(input, _)| is_written(input)).count()
        });
        Some(needed.max().unwrap_or(0))
    }

    fn search(
        &self,
        subject: ProofSubject<'_>,
        parts: u8,
        searched: &mut SearchResult,
    ) -> Result<(), UndecidedReason> {
        let frame = ThingFrame::default();
        let run =
            |path: &Path<ProofInput>| self.run(&ProofState::new(subject, &frame, path), parts);
        let stage = |staged: &ProofFirm<'_>, target: &Option<ProofPerson>| {
            let gain = GainStage {
                action: self.action,
                target: *target,
            };
            gain.stage(staged)
        };
        subject.search(self.options.made.len(), searched, run, stage)
    }

    fn run(&self, state: &ProofState<'_>, parts: u8) -> ProofRead<PathEnd<Option<ProofPerson>>> {
        let options = &self.options;
        if options.made.is_empty() {
            return Ok(PathEnd::Idle);
        }
        let target = if self.on_target {
            Some(state.enter(ASKED_ABOUT, RuleTargets::Anyone)?)
        } else {
            None
        };
        let asked = target.unwrap_or(ProofPerson::User);
        let relevant = |what| self.reads.contains(&what);
        let matters = |who, what| (who == ProofPerson::User || who == asked) && relevant(what);
        let Some((parts, altered)) = state.choose(options, parts, &relevant, &matters)? else {
            return Ok(PathEnd::Idle);
        };
        let asked = ProofTarget::Person(asked);
        let after = ProofView::after(state, asked, (&altered, &[]));
        let gains =
            after.allows(self.action)? && !ProofView::before(state, asked).allows(self.action)?;
        let ending = PathEnding::of(state, None, &parts);
        Ok(if gains {
            PathEnd::Broken(ending, target)
        } else {
            PathEnd::Kept(ending)
        })
    }
}
