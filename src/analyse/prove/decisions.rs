//! Properties over decisions: everybody who meets the premise meets the conclusion.

use super::counterexample::{BrokenFirm, ProofStep};
use super::input::{ProofInput, ProofPerson, ProofRead, ProofTarget, ThingFrame};
use super::made_change::{self, TargetedChange};
use super::options::{ChangeOption, TargetForm, ThingForm};
use super::people_names::PeopleNames;
use super::search::{PathEnd, PathEnding, ProofFirm, SearchResult};
use super::state::ProofState;
use super::subject::{ProofSubject, UndecidedReason};
use super::view::ProofView;
use crate::explore::Path;
use crate::link::product::{
    ActionId, ChangeId, Conclusion, DecisionInput, FactSource, KindId, Premise, Product,
    RuleTargets,
};
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;

/// One case of a premise that lists several actions or changes.
struct PremiseCase<'p> {
    premise: &'p Premise,
    conclusion: Option<&'p Conclusion>,
    can: Option<ActionId>,
    cannot: Option<ActionId>,
    makes: Option<&'p ChangeCase>,
    frame: ThingFrame,
}

/// One change that is made, with every choice of its arguments, to one kind of target.
struct ChangeCase {
    options: Vec<ChangeOption>,
    /// The kind of the thing that it names. Decisions about things of this kind are about the same thing.
    kind: Option<KindId>,
    is_about_users: bool,
}

/// The finding at the end of a path.
struct FoundCase {
    /// Whether the user may do what the property names.
    asked: Vec<(ActionId, bool)>,
    target: ProofTarget,
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
    let mut makes: Vec<Option<ChangeCase>> = Vec::new();
    for change in each(&premise.makes) {
        match change {
            Some(change) => makes.extend(change_cases(subject, change)?.into_iter().map(Some)),
            None => makes.push(None),
        }
    }
    for makes in &makes {
        for can in each(&premise.can) {
            for cannot in each(&premise.cannot) {
                let case = PremiseCase {
                    premise,
                    conclusion,
                    can,
                    cannot,
                    makes: makes.as_ref(),
                    frame: makes.as_ref().map_or_else(ThingFrame::default, |makes| {
                        makes.frame(&subject.compiled.product)
                    }),
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

fn change_cases(
    subject: ProofSubject<'_>,
    change: ChangeId,
) -> Result<Vec<ChangeCase>, UndecidedReason> {
    let compiled = subject.compiled;
    let Some(declared) = compiled.product.change(change) else {
        return Ok(Vec::new());
    };
    let all = made_change::within(subject, BoundChange::of(compiled, change))?;
    let cases = TargetForm::of(declared.targets).map(|target| ChangeCase {
        options: all
            .iter()
            .map(|made| ChangeOption {
                made: *made,
                target,
                thing: declared.kind.map(|_| ThingForm::Above(0)),
            })
            .collect(),
        kind: declared.kind,
        is_about_users: declared.is_about_users(),
    });
    Ok(cases.collect())
}

impl ChangeCase {
    fn frame(&self, product: &Product) -> ThingFrame {
        let taken = product.facts.iter().filter_map(|fact| match fact.source {
            FactSource::Taken(path, taken) if Some(path.kind) == self.kind => {
                Some(product.kind_at(path)?.lists.get(taken.list)?.fact)
            }
            _ => None,
        });
        ThingFrame {
            kind: self.kind,
            silent: taken.collect(),
            ..ThingFrame::default()
        }
    }
}

impl PremiseCase<'_> {
    fn prove(
        &self,
        subject: ProofSubject<'_>,
        searched: &mut SearchResult,
    ) -> Result<(), UndecidedReason> {
        let options = self.makes.map_or(1, |makes| makes.options.len());
        if options == 0 {
            return Ok(());
        }
        let run = |path: &Path<_>| self.run(&ProofState::new(subject, &self.frame, path));
        subject.search(options, searched, run, |staged, found| {
            self.stage(staged, found)
        })
    }

    fn run(&self, state: &ProofState<'_>) -> ProofRead<PathEnd<FoundCase>> {
        let of_things = self.makes.filter(|makes| !makes.is_about_users);
        let mut parts = Vec::new();
        if let Some(makes) = of_things {
            // The groups that it names are known before any rule is asked.
            let Some(part) = self.chosen(state, makes, None)? else {
                return Ok(PathEnd::Idle);
            };
            parts.push(part);
        }
        let Some(target) = self.target(state, parts.first())? else {
            return Ok(PathEnd::Idle);
        };
        let of_user = ProofTarget::Person(ProofPerson::User);
        let view = ProofView::before(state, target.unwrap_or(of_user));
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
        if let (Some(makes), None) = (self.makes, of_things) {
            let Some(part) = self.chosen(state, makes, target)? else {
                return Ok(PathEnd::Idle);
            };
            parts.push(part);
        }
        if !parts.is_empty() && state.make(&parts, &|_| false)?.is_none() {
            return Ok(PathEnd::Idle);
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
            target: target.unwrap_or(ProofTarget::Nobody),
            missing,
        };
        Ok(PathEnd::Broken(PathEnding::of(state, None, &parts), found))
    }

    /// The change that is made, to a target who is known already or to anybody.
    fn chosen(
        &self,
        state: &ProofState<'_>,
        makes: &ChangeCase,
        target: Option<ProofTarget>,
    ) -> ProofRead<Option<TargetedChange>> {
        let chosen = state.path.read(ProofInput::Part(0))?;
        let Some(option) = makes.options.get(usize::from(chosen.0)) else {
            return Ok(None);
        };
        if let Some(ProofTarget::Person(who)) = target {
            return Ok(Some(TargetedChange::on(option.made, who)));
        }
        let whom = self
            .premise
            .on
            .filter(|_| option.target == TargetForm::User);
        let whom = whom.unwrap_or(RuleTargets::Anyone);
        state.targeted(0, *option, whom).map(Some)
    }

    /// Whether an action of the property is done to a person.
    fn asks_of_person(&self, state: &ProofState<'_>) -> bool {
        let conclusion = self.conclusion.into_iter();
        let concluded = conclusion.flat_map(|one| one.can.iter().chain(&one.cannot));
        let mut actions = self.can.iter().chain(&self.cannot).chain(concluded);
        actions.any(|action| {
            let action = state.compiled.product.action(*action);
            action.is_some_and(|action| action.on_target)
        })
    }

    /// To whom it is done, if to anybody. `None` where it is done to somebody about whom the property does not speak.
    fn target(
        &self,
        state: &ProofState<'_>,
        part: Option<&TargetedChange>,
    ) -> ProofRead<Option<Option<ProofTarget>>> {
        let Some(on) = self.premise.on else {
            return Ok(Some(None));
        };
        let target = match part.map(|part| part.target) {
            None => ProofTarget::Person(state.enter(0, on)?),
            Some(ProofTarget::Nobody) if !self.asks_of_person(state) => return Ok(Some(None)),
            Some(ProofTarget::Nobody) => ProofTarget::Person(state.enter(1, on)?),
            Some(target) => {
                let view = ProofView::before(state, target);
                let same = |view: &ProofView<'_, '_>| view.read(DecisionInput::SameUser);
                let fits = match on {
                    RuleTargets::Anyone => true,
                    RuleTargets::Others => !same(&view)?.is_yes(),
                    RuleTargets::Oneself => same(&view)?.is_yes(),
                };
                if !fits {
                    return Ok(None);
                }
                target
            }
        };
        Ok(Some(Some(target)))
    }

    /// Verifies the finding in the firm itself.
    fn stage(
        &self,
        staged: &ProofFirm<'_>,
        found: &FoundCase,
    ) -> Result<Option<BrokenFirm>, UndecidedReason> {
        let mut asked = Vec::new();
        for (action, allowed) in &found.asked {
            let target = match found.target {
                ProofTarget::Person(who) => Some(who),
                ProofTarget::Group(_) | ProofTarget::Nobody => None,
            };
            let answered = staged.asks(&staged.firm, *action, target)?;
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
            target: staged.target_id(found.target),
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
