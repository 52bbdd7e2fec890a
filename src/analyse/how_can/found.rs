//! The order of the search: first what is possible at all, then the nearest plan, then all plans to list.

use super::moves::RelevantInputs;
use super::people::{FirmPeople, SampleFirm};
use super::relaxed::{PossibleValues, RelaxedQuestion};
use super::search::{NearestPlan, PlanSearch};
use super::{MadeSet, PlanGoal, closure};
use crate::analyse::search_stop::SearchStop;
use crate::finding::AskError;
use crate::firm::Firm;

/// The result of a search.
pub(super) enum SearchOutcome {
    /// Some plans from one sample. They are all plans to list, unless the search was cut off.
    Sets(Box<SampleFirm>, Vec<MadeSet>),
    /// There are none.
    None,
    /// It was cut off. A plan takes at least this many changes.
    AtLeast(usize),
}

/// How many people of each kind can take part in one change: the user and the target.
const EACH: usize = 2;

/// How many people of each kind take part at first.
const FEW: usize = 4;

impl Firm {
    /// Looks for plans. It first checks what is possible if nothing is ever lost.
    pub(super) fn search(
        &self,
        ask: &mut PlanGoal<'_>,
        everybody: &mut FirmPeople,
    ) -> Result<SearchOutcome, AskError> {
        let mut best = None;
        let mut least = 1;
        let stop = match self.narrowed(ask, everybody) {
            Ok(false) => return Ok(SearchOutcome::None),
            Ok(true) => self.search_samples(ask, everybody, &mut best, &mut least),
            Err(stop) => Err(stop),
        };
        match (stop, best) {
            (Err(SearchStop::Failed(error)), _) => Err(error),
            (_, Some((sample, sets))) => Ok(SearchOutcome::Sets(Box::new(sample), sets)),
            (Ok(()), None) => Ok(SearchOutcome::None),
            (Err(SearchStop::CutOff(_)), None) => Ok(SearchOutcome::AtLeast(least)),
        }
    }

    /// Leaves out changes that nobody can ever make. Returns whether permitted changes might lead to an answer.
    pub(super) fn narrowed(
        &self,
        ask: &mut PlanGoal<'_>,
        everybody: &mut FirmPeople,
    ) -> Result<bool, SearchStop> {
        let words = |user: u32| self.roster.profile(ask.product, user);
        let asked = everybody.asked.iter();
        let mut people: Vec<PossibleValues> = asked
            .map(|user| ask.relaxed.people(words(*user), false))
            .collect();
        let kinds = everybody.kinds.iter();
        people.extend(kinds.filter_map(|kind| {
            let first = kind.first()?;
            Some(ask.relaxed.people(words(*first), kind.len() > 1))
        }));
        let can_be_made = ask.relaxed.closed(&mut people, || ask.budget.work())?;
        if !ask
            .relaxed
            .may_be_allowed(&people, everybody.asked.len() - 1)
        {
            return Ok(false);
        }
        let moves = ask
            .relevant
            .moves
            .drain(..)
            .zip(can_be_made)
            .filter_map(|(one, can_be_made)| can_be_made.then_some(one));
        ask.relevant = RelevantInputs::over(ask.compiled, ask.asked.action, moves.collect());
        *everybody = FirmPeople::of(self, &ask.asked, &ask.relevant);
        ask.relaxed = RelaxedQuestion::of(self, &ask.asked, &ask.relevant.moves);
        closure::may_lead(self, ask, everybody)
    }

    /// Every smallest set of changes, in a sample of people. `None` when there is none.
    fn search_samples(
        &self,
        ask: &PlanGoal<'_>,
        everybody: &FirmPeople,
        best: &mut Option<(SampleFirm, Vec<MadeSet>)>,
        least: &mut usize,
    ) -> Result<(), SearchStop> {
        let mut copies = FEW;
        loop {
            let sample = everybody.sample(self, copies);
            let is_all = sample.is_all;
            let search = PlanSearch::of(ask, &sample);
            let nearest = search.nearest();
            // Longer sequences might need more people than the sample has.
            let surely = if is_all {
                usize::MAX
            } else {
                copies / EACH + 1
            };
            *least = search.least().min(surely).max(*least);
            let first = match nearest? {
                NearestPlan::After(first) => first,
                NearestPlan::Beyond if is_all => return Ok(()),
                NearestPlan::Beyond => {
                    copies = copies.saturating_mul(2);
                    continue;
                }
            };
            let most = self.rulebook.limits().plan_steps.max(first.len());
            let mut sets = Vec::new();
            let deepest = search.sets(most, &mut sets);
            if sets.is_empty() {
                sets.push(first);
            }
            drop(search);
            // When this is cut off, the sets of the previous sample are all that is known.
            if deepest.is_ok() || best.is_none() {
                *best = Some((sample, sets));
            }
            // With fewer people than one more change could involve, a set could be missing.
            let needed = EACH * most.min(deepest? + 1);
            if is_all || copies >= needed {
                return Ok(());
            }
            copies = needed;
        }
    }
}
