//! Proves that nobody can extend their own permissions: by induction over one change, for every action.
//!
//! A user who gains a permission by a sequence of changes gains it by one of them. For a bulk change, it is enough to
//! look at one part for each input of the action that differs.

use std::collections::BTreeSet;

use super::always::{InductionExtent, MOST_PARTS};
use super::counterexample::BrokenFirm;
use super::made_change::all;
use super::options::ChangeOptions;
use super::search::{PathEnd, PathEnding, ProofFirm, SearchResult};
use super::state::{ProofInput, ProofPerson, ProofRead, ProofState, ProofView};
use super::subject::{ProofSubject, UndecidedReason};
use crate::explore::Path;
use crate::explore::compile::CompiledProduct;
use crate::link::product::{ActionId, DecisionInput, RuleTargets, UserPart};
use crate::world::bound_change::BoundChange;

/// The number of the action's target, who may be anybody. It comes after those of all parts.
const ASKED_ABOUT: u8 = u8::MAX;

/// Most ways to an allow that are analysed for the inputs they need.
const MOST_WAYS: usize = 2_000;

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
    let all = all(subject)?;
    let changes = all.len();
    let mut deeds = deeds(subject, &all);
    // Every action is tried with one change before any is tried with two at once. So the first result has the fewest
    // changes.
    for deed in &deeds {
        deed.search(subject, 1, &mut searched)?;
    }
    deeds.iter_mut().for_each(|deed| deed.in_bulk(compiled));
    for parts in 2_u8.. {
        deeds.retain(|deed| deed.most_parts >= usize::from(parts));
        if deeds.is_empty() || searched.broken.is_some() {
            break;
        }
        if deeds.iter().any(|deed| deed.most_parts > MOST_PARTS) {
            return Err(UndecidedReason::TooManyChanges);
        }
        for deed in &deeds {
            deed.search(subject, parts, &mut searched)?;
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
        let writes = made.flat_map(|made| made.parts(compiled));
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
        let needed = ways.into_iter().map(|mut way| {
            let mut at = 0;
            while at < way.len() {
                let mut less = way.clone();
                let (input, _) = less.remove(at);
                if is_written(&input) && tree.is_wanted_within(&less, |ruled| ruled.allows) {
                    way = less
                } else {
                    at += 1
                }
            }
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
        let run = |path: &Path<ProofInput>| self.run(&ProofState::new(subject, path), parts);
        let stage =
            |staged: &ProofFirm<'_>, target: &Option<ProofPerson>| self.stage(staged, *target);
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
        let after = ProofView {
            state,
            target: asked,
            altered: &altered,
        };
        let gains =
            after.allows(self.action)? && !ProofView::before(state, asked).allows(self.action)?;
        let ending = PathEnding::of(state, None, &parts);
        Ok(if gains {
            PathEnd::Broken(ending, target)
        } else {
            PathEnd::Kept(ending)
        })
    }

    /// Asks the firm before and after.
    fn stage(
        &self,
        staged: &ProofFirm<'_>,
        target: Option<ProofPerson>,
    ) -> Result<Option<BrokenFirm>, UndecidedReason> {
        let step = staged.step().ok_or(UndecidedReason::NotSo)?;
        let after = step.made(&staged.firm).ok_or(UndecidedReason::NotSo)?;
        let before = staged.asks(&staged.firm, self.action, target)?;
        let now = staged.asks(&after, self.action, target)?;
        if before.is_allowed() || !now.is_allowed() {
            return Err(UndecidedReason::NotSo);
        }
        let user = staged.id(ProofPerson::User);
        let action = staged.subject.compiled.product.action(self.action);
        let id = action.map_or("", |action| &*action.id);
        let of = target.map_or(String::new(), |target| format!(" of {}", staged.id(target)));
        Ok(Some(BrokenFirm {
            firm: staged.firm.clone(),
            steps: vec![step],
            asked: vec![before],
            asked_after: vec![now],
            end: format!("{user} may {id}{of} now, and could not before"),
            is_smallest: true,
        }))
    }
}
