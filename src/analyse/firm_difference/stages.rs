//! The stages of a plan: the steps from the old state, and the steps that are possible only after something outside
//! the rules.

use std::sync::Arc;

use super::UserDifference;
use super::goal::{TargetState, value};
use super::impossible::{Impossible, RefusalSearch};
use super::ledger::LedgerEntry;
use super::means::AvailableChanges;
use super::pairs::{PeoplePairs, SharedIds};
use super::plan::{DifferencePlan, NumberedStep, plan};
use super::steps::DifferenceStep;
use crate::finding::AskError;
use crate::firm::{Alteration, Firm};

/// The steps found.
#[derive(Default)]
pub(super) struct PlanStages {
    /// Steps from the old state.
    pub(super) steps: Vec<DifferenceStep>,
    /// Steps after something outside the rules.
    pub(super) then: Vec<DifferenceStep>,
    /// By id of the product, the number of differences whose search was cut off.
    pub(super) unplanned: Vec<(Arc<str>, usize)>,
}

/// Finds the steps. For each person it notes the steps made for them and the differences that no change can bring
/// about.
pub(super) fn plans(
    firms: [&Firm; 2],
    is_other: bool,
    entries: Vec<LedgerEntry>,
    users: &mut [UserDifference],
    (pairs, ids): (&PeoplePairs, &mut SharedIds<'_>),
) -> Result<PlanStages, AskError> {
    let [old, new] = firms;
    if entries.is_empty() {
        return Ok(PlanStages::default());
    }
    let compiled = old.rulebook.compiled().iter().enumerate();
    let mut means: Vec<AvailableChanges<'_>> = compiled
        .map(|(number, compiled)| AvailableChanges::of(compiled, number))
        .collect();
    let goal = TargetState {
        firm: new,
        people: &pairs.to_new,
    };
    let mut notes = PeopleNotes::default();
    let of_old = |user: u32| pairs.place_of_old(user);
    let first = plan(old, &goal, &mut means, entries.into())?;
    let steps = notes.steps(&first, &means, of_old, (pairs, ids));
    if first.left.is_empty() || first.is_cut || !is_other {
        let unplanned = notes.left(&first, &mut means, of_old)?;
        notes.give(users);
        return Ok(PlanStages {
            steps,
            then: Vec::new(),
            unplanned,
        });
    }
    let DifferencePlan { left, firm, .. } = first;
    // The remaining differences are tried again by the people of the final state.
    let (from, left) = once_more(&firm, new, pairs, &left);
    let everybody: Vec<Option<u32>> = (0..new.roster.len() as u32).map(Some).collect();
    let goal = TargetState {
        firm: new,
        people: &everybody,
    };
    let then = plan(&from, &goal, &mut means, left.into())?;
    let later = notes.steps(&then, &means, Some, (pairs, ids));
    let unplanned = notes.left(&then, &mut means, Some)?;
    notes.give(users);
    Ok(PlanStages {
        steps,
        then: later,
        unplanned,
    })
}

/// The final firm with the remaining differences undone, as a plan left them, and those differences by number of the
/// new state.
fn once_more(
    reached: &Firm,
    new: &Firm,
    pairs: &PeoplePairs,
    left: &[LedgerEntry],
) -> (Firm, Vec<LedgerEntry>) {
    let moved = |entry: &LedgerEntry| {
        let (product, user, what) = entry.key;
        let user = pairs.to_new.get(user as usize).copied().flatten()?;
        let key = (product, user, what);
        Some(LedgerEntry { key, to: entry.to })
    };
    let mut from = new.clone();
    let mut all = Vec::with_capacity(left.len());
    for (before, entry) in left.iter().filter_map(|entry| Some((entry, moved(entry)?))) {
        let (product, user, what) = entry.key;
        let is = value(reached, before.key);
        from.alter_for_judging(&[Alteration {
            product,
            user,
            what,
            to: is.unwrap_or(entry.to),
        }]);
        all.push(entry);
    }
    (from, all)
}

/// The notes about people, by place, in the order in which they were found.
#[derive(Default)]
struct PeopleNotes {
    steps: Vec<(u32, DifferenceStep)>,
    impossible: Vec<(u32, Impossible)>,
}

impl PeopleNotes {
    /// The steps of a plan in words. `place` gives the place of a user of its firm.
    fn steps(
        &mut self,
        plan: &DifferencePlan,
        means: &[AvailableChanges<'_>],
        place: impl Fn(u32) -> Option<u32>,
        (pairs, ids): (&PeoplePairs, &mut SharedIds<'_>),
    ) -> Vec<DifferenceStep> {
        let mut all = Vec::with_capacity(plan.steps.len());
        self.steps.reserve(plan.steps.len());
        for NumberedStep {
            product,
            person,
            candidate,
            pair,
        } in &plan.steps
        {
            let shape = means
                .get(*product as usize)
                .and_then(|means| means.shape(*candidate as usize));
            let Some(shape) = shape else { continue };
            let [user, target] = pair.map(|user| match place(user) {
                Some(place) => ids.id(pairs, place),
                None => "?".into(),
            });
            let step = DifferenceStep {
                shape: Arc::clone(shape),
                user,
                target: Some(target),
            };
            if let Some(place) = place(*person) {
                self.steps.push((place, step.clone()));
            }
            all.push(step);
        }
        all
    }

    /// Notes what no permitted change can bring about. When a plan was cut off, that is not known, and the difference
    /// is counted instead.
    fn left(
        &mut self,
        plan: &DifferencePlan,
        means: &mut [AvailableChanges<'_>],
        place: impl Fn(u32) -> Option<u32>,
    ) -> Result<Vec<(Arc<str>, usize)>, AskError> {
        if plan.is_cut {
            let counted = means.iter().map(|means| {
                let of = |entry: &&LedgerEntry| entry.key.0 == means.product;
                let id = &means.compiled.product.id;
                (Arc::clone(id), plan.left.iter().filter(of).count())
            });
            return Ok(counted.filter(|(_, count)| *count > 0).collect());
        }
        let mut refusals = RefusalSearch::of(&plan.firm);
        for entry in &plan.left {
            let (product, user, _) = entry.key;
            let means = means.get_mut(product);
            if let Some((means, place)) = means.zip(place(user)) {
                let impossible = refusals.impossible(means, *entry)?;
                self.impossible.push((place, impossible));
            }
        }
        Ok(Vec::new())
    }

    /// Hands out the notes to the people. Users are in the order of their places.
    fn give(mut self, users: &mut [UserDifference]) {
        self.steps.sort_by_key(|(place, _)| *place);
        self.impossible.sort_by_key(|(place, _)| *place);
        let (mut steps, mut impossible) = (
            NotesInOrder::of(self.steps),
            NotesInOrder::of(self.impossible),
        );
        for user in users {
            user.steps = steps.of_place(user.place);
            user.impossible = impossible.of_place(user.place);
        }
    }
}

/// The notes for each person, handed out in the order of places.
struct NotesInOrder<T>(std::iter::Peekable<std::vec::IntoIter<(u32, T)>>);

impl<T> NotesInOrder<T> {
    fn of(all: Vec<(u32, T)>) -> Self {
        Self(all.into_iter().peekable())
    }

    /// All notes for the person at a place. Places are asked for in ascending order.
    fn of_place(&mut self, place: u32) -> Box<[T]> {
        let all = &mut self.0;
        while all.next_if(|(of, _)| *of < place).is_some() {}
        std::iter::from_fn(|| all.next_if(|(of, _)| *of == place))
            .map(|(_, it)| it)
            .collect()
    }
}
