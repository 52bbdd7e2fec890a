//! Properties over decisions: everybody who meets the premise meets the conclusion.

use super::counterexample::{BrokenFirm, ProofStep};
use super::made_change::{self, TargetedChange};
use super::people_names::PeopleNames;
use super::search::{PathEnd, PathEnding, ProofFirm, SearchResult};
use super::state::{ProofPerson, ProofRead, ProofState, ProofView};
use super::subject::{ProofSubject, UndecidedReason};
use crate::explore::Path;
use crate::link::product::{ActionId, ChangeId, Conclusion, Premise};
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;

/// One case of a premise that lists several actions or changes.
struct PremiseCase<'p> {
    premise: &'p Premise,
    conclusion: Option<&'p Conclusion>,
    can: Option<ActionId>,
    cannot: Option<ActionId>,
    makes: Option<&'p [BoundChange]>,
}

/// The finding at the end of a path.
struct FoundCase {
    /// Whether the user may do what the property names.
    asked: Vec<(ActionId, bool)>,
    target: Option<ProofPerson>,
    /// The part of the conclusion that fails. `None` when the premise alone is the violation.
    missing: Option<MissingConclusion>,
}

/// The first part of a conclusion that fails.
enum MissingConclusion {
    Traits(Person),
    Action(ActionId),
}

/// Proves that everybody who meets the premise meets the conclusion. Without a conclusion, it proves that nobody
/// meets the premise.
pub(super) fn prove(
    subject: ProofSubject<'_>,
    premise: &Premise,
    conclusion: Option<&Conclusion>,
) -> Result<SearchResult, UndecidedReason> {
    let mut all = SearchResult::default();
    for change in each(&premise.makes) {
        let makes = change.map(|change| made_of(subject, change)).transpose()?;
        for can in each(&premise.can) {
            for cannot in each(&premise.cannot) {
                let case = PremiseCase {
                    premise,
                    conclusion,
                    can,
                    cannot,
                    makes: makes.as_deref(),
                };
                case.prove(subject, &mut all)?;
            }
        }
    }
    Ok(all)
}

/// Each item of a list. A single `None` when the list is empty.
fn each<T: Copy>(list: &[T]) -> Vec<Option<T>> {
    match list {
        [] => vec![None],
        list => list.iter().copied().map(Some).collect(),
    }
}

fn made_of(
    subject: ProofSubject<'_>,
    change: ChangeId,
) -> Result<Vec<BoundChange>, UndecidedReason> {
    let mut all = made_change::all(subject)?;
    all.retain(|made| made.change == change);
    Ok(all)
}

impl PremiseCase<'_> {
    fn prove(
        &self,
        subject: ProofSubject<'_>,
        searched: &mut SearchResult,
    ) -> Result<(), UndecidedReason> {
        let options = self.makes.map_or(1, <[BoundChange]>::len);
        if options == 0 {
            return Ok(());
        }
        let run = |path: &Path<_>| self.run(&ProofState::new(subject, path));
        subject.search(options, searched, run, |staged, found| {
            self.stage(staged, found)
        })
    }

    fn run(&self, state: &ProofState<'_>) -> ProofRead<PathEnd<FoundCase>> {
        let target = match self.premise.on {
            Some(on) => Some(state.enter(0, on)?),
            None => None,
        };
        let view = ProofView::before(state, target.unwrap_or(ProofPerson::User));
        let mut asked = Vec::new();
        if !view.has(&self.premise.user, Person::User)? {
            return Ok(PathEnd::Idle);
        }
        let wanted = [(self.can, true), (self.cannot, false)];
        for (action, wanted) in wanted {
            let Some(action) = action else { continue };
            if view.allows(action)? != wanted {
                return Ok(PathEnd::Idle);
            }
            asked.push((action, wanted));
        }
        let mut parts = Vec::new();
        if let (Some(makes), Some(target)) = (self.makes, target) {
            let chosen = state.path.read(super::state::ProofInput::Part(0))?;
            let Some(made) = makes.get(usize::from(chosen.0)).copied() else {
                return Ok(PathEnd::Idle);
            };
            parts.push(TargetedChange { made, target });
            if state.make(&parts, &|_| false)?.is_none() {
                return Ok(PathEnd::Idle);
            }
        }
        if !view.has(&self.premise.target, Person::Target)? {
            return Ok(PathEnd::Idle);
        }
        let missing = match self.conclusion {
            Some(conclusion) => match missing(&view, conclusion, &mut asked)? {
                Some(missing) => Some(missing),
                None => return Ok(PathEnd::Kept(PathEnding::of(state, None, &parts))),
            },
            None => None,
        };
        let found = FoundCase {
            asked,
            target,
            missing,
        };
        Ok(PathEnd::Broken(PathEnding::of(state, None, &parts), found))
    }

    /// Verifies the finding in the firm itself.
    fn stage(
        &self,
        staged: &ProofFirm<'_>,
        found: &FoundCase,
    ) -> Result<Option<BrokenFirm>, UndecidedReason> {
        let mut asked = Vec::new();
        for (action, allowed) in &found.asked {
            let answered = staged.asks(&staged.firm, *action, found.target)?;
            if answered.is_allowed() != *allowed {
                return Err(UndecidedReason::NotSo);
            }
            asked.push(answered);
        }
        let step = staged.step();
        if step
            .as_ref()
            .is_some_and(|step| step.made(&staged.firm).is_none())
        {
            return Err(UndecidedReason::NotSo);
        }
        let names = PeopleNames {
            product: &staged.subject.compiled.product,
            user: staged.id(ProofPerson::User),
            target: found.target.map(|target| staged.id(target)),
        };
        let mut words = vec![self.in_words(&names, step.as_ref())];
        if let (Some(missing), Some(conclusion)) = (&found.missing, self.conclusion) {
            words.push(missing.in_words(&names, conclusion));
        }
        words.retain(|words| !words.is_empty());
        Ok(Some(BrokenFirm {
            firm: staged.firm.clone(),
            // Nobody has to make the change: that it would be accepted breaks the property.
            steps: step.into_iter().collect(),
            asked,
            asked_after: Vec::new(),
            end: words.join("; but "),
            is_smallest: true,
        }))
    }

    /// The premise, and what is accepted.
    fn in_words(&self, names: &PeopleNames<'_>, step: Option<&ProofStep>) -> String {
        let mut words = Vec::new();
        words.extend(names.traits(&self.premise.user, &names.user));
        words.extend(self.can.map(|action| names.may(action, true)));
        words.extend(self.cannot.map(|action| names.may(action, false)));
        words.extend(step.map(|step| format!("`{}` is accepted", step.in_words())));
        if let Some(target) = &names.target {
            words.extend(names.traits(&self.premise.target, target));
        }
        words.join(", ")
    }
}

impl MissingConclusion {
    /// The part of the conclusion that fails.
    fn in_words(&self, names: &PeopleNames<'_>, conclusion: &Conclusion) -> String {
        match self {
            Self::Action(action) => names.may(*action, !conclusion.can.contains(action)),
            Self::Traits(Person::User) => names.not(&conclusion.user, &names.user),
            Self::Traits(Person::Target) => {
                let target = names.target.as_deref().unwrap_or("target");
                names.not(&conclusion.target, target)
            }
        }
    }
}

fn missing(
    view: &ProofView<'_, '_>,
    conclusion: &Conclusion,
    asked: &mut Vec<(ActionId, bool)>,
) -> ProofRead<Option<MissingConclusion>> {
    if !view.has(&conclusion.user, Person::User)? {
        return Ok(Some(MissingConclusion::Traits(Person::User)));
    }
    if !view.has(&conclusion.target, Person::Target)? {
        return Ok(Some(MissingConclusion::Traits(Person::Target)));
    }
    let can = conclusion.can.iter().map(|action| (*action, true));
    for (action, wanted) in can.chain(conclusion.cannot.iter().map(|action| (*action, false))) {
        if view.allows(action)? != wanted {
            asked.push((action, !wanted));
            return Ok(Some(MissingConclusion::Action(action)));
        }
    }
    Ok(None)
}
