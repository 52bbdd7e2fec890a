//! Simulate: what would differ after some changes, for everybody, and who could make them.

mod maker;
mod requested_change;
mod shift;

use std::sync::Arc;

use serde::Serialize;

use crate::analyse::on_things::{self, AccessOnThings};
use crate::answer::{HeldConflict, UnmetAdvice};
use crate::change::{AlteredThing, AlteredValue, Change, Consequences, Verdict, in_words};
use crate::finding::{AskError, ask as codes, error};
use crate::firm::{Alteration, Firm};
pub use requested_change::Simulation;
pub(super) use shift::Sides;
pub use shift::{Shift, Shifts};

/// What would differ after some changes.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct SimulationResult {
    /// Id of the user.
    pub user: String,
    /// Whether every change can be made: by the given maker, or else by somebody in the firm.
    pub accepted: bool,
    /// Abilities that users newly have afterwards: first for users whose seats are altered, then for all others.
    pub gained: Shifts,
    /// Abilities that users no longer have afterwards.
    pub lost: Shifts,
    /// Abilities on single things that users newly have afterwards, or no longer have.
    #[serde(skip_serializing_if = "AccessOnThings::is_empty")]
    pub on_things: AccessOnThings,
    /// Ids of the effects, each once, in the order in which they follow.
    pub effects: Vec<Arc<str>>,
    /// Conflicts that users newly hold at the end.
    pub conflicts: Vec<HeldConflict>,
    /// Advice that users newly do not follow at the end.
    pub advice: Vec<UnmetAdvice>,
    /// The changes in order, up to the first one rejected for a given maker.
    pub steps: Vec<SimulatedStep>,
    /// The number of changes left out because an earlier one was rejected.
    #[serde(skip_serializing_if = "crate::answer::is_zero")]
    pub left_out: usize,
    /// The resulting firm.
    #[serde(skip)]
    pub after: Firm,
}

/// One change of a simulation.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct SimulatedStep {
    /// The change as words.
    pub line: String,
    /// The change, with its maker.
    #[serde(skip)]
    pub change: Change,
    /// Its verdict, for its maker, or for the user who comes closest when nobody can make it.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// What it would do if anybody could make it. `None` when somebody can, or when the maker was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    anyway: Option<UnpermittedEffects>,
}

/// The results of a change that nobody can make.
#[derive(Debug, Clone, Serialize)]
struct UnpermittedEffects {
    effects: Vec<Arc<str>>,
    altered: Vec<AlteredValue>,
    altered_things: Vec<AlteredThing>,
}

impl SimulatedStep {
    /// Whether nobody in the firm can make it. It is simulated all the same.
    pub fn is_beyond_all(&self) -> bool {
        self.anyway.is_some()
    }

    /// What would be altered of things and groups.
    pub fn altered_things(&self) -> &[AlteredThing] {
        match &self.anyway {
            Some(anyway) => &anyway.altered_things,
            None => &self.verdict.altered_things,
        }
    }

    /// Ids of the effects that would follow from it.
    pub fn effects(&self) -> &[Arc<str>] {
        match &self.anyway {
            Some(anyway) => &anyway.effects,
            None => &self.verdict.effects,
        }
    }

    /// What it would alter.
    pub fn altered(&self) -> &[AlteredValue] {
        match &self.anyway {
            Some(anyway) => &anyway.altered,
            None => &self.verdict.altered,
        }
    }
}

impl Firm {
    /// Simulates some changes, one after the other. This firm stays as it is.
    ///
    /// With a given maker, the first rejection ends the simulation. Otherwise the first user who may make a change
    /// makes it. A change that nobody may make is simulated all the same, with the user who comes closest as its
    /// maker.
    ///
    /// # Errors
    /// [`AskError`] when a change cannot be asked, or when not exactly one change matches a request.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook, Simulation};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let simulated = firm.simulate(&Simulation::of("wren").grant("billing"))?;
    /// assert!(simulated.accepted);
    /// assert_eq!(simulated.steps[0].verdict.user(), "nadia");
    /// assert!(simulated.gained.0.iter().any(|shift| &*shift.ability.action == "create_bill"));
    /// assert_eq!(&*simulated.effects[0], "payment_notifications_start");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn simulate(&self, simulation: &Simulation) -> Result<SimulationResult, AskError> {
        self.user_number(&simulation.user)?;
        if let Some(by) = &simulation.by {
            self.user_number(by)?;
        }
        if simulation.requested.is_empty() {
            return Err(error(&codes::EMPTY_SIMULATION, &[]).into());
        }
        let requested = simulation.requested.iter();
        let changes = requested
            .map(|request| self.as_change(request, simulation))
            .collect::<Result<Vec<Change>, AskError>>()?;
        let mut course = SimulationState {
            after: self.clone(),
            altered: Vec::new(),
            effects: Vec::new(),
        };
        let (mut steps, mut accepted) = (Vec::new(), true);
        for change in &changes {
            let step = course.step(change, simulation.by.as_deref())?;
            accepted &= step.verdict.is_accepted();
            steps.push(step);
            if !accepted && simulation.by.is_some() {
                break;
            }
        }
        let (mut gained, mut lost) = (Shifts::default(), Shifts::default());
        let (mut conflicts, mut advice) = (Vec::new(), Vec::new());
        for product in 0..self.rulebook.compiled().len() {
            let altered = self.altered_in(product, &course, &simulation.user);
            if altered.is_empty() {
                continue;
            }
            let mut sides = Sides::new(self, &course.after, product, &altered)?;
            sides.compare()?;
            gained.0.append(&mut sides.gained.0);
            lost.0.append(&mut sides.lost.0);
            for user in &altered {
                let words = course.after.roster.profile(product, *user);
                conflicts.extend(self.newly_held(product, *user, words));
                advice.extend(self.newly_unmet(product, *user, words));
            }
        }
        Ok(SimulationResult {
            user: simulation.user.clone(),
            accepted,
            gained,
            lost,
            on_things: on_things::difference([self, &course.after], None)?,
            effects: course.effects,
            conflicts,
            advice,
            left_out: changes.len() - steps.len(),
            steps,
            after: course.after,
        })
    }

    /// Users whose seats in a product differ at the end: first the user of the simulation, then the others in order.
    fn altered_in(&self, product: usize, course: &SimulationState, first: &str) -> Vec<u32> {
        let altered = course.altered.iter();
        let mut users: Vec<u32> = altered
            .filter(|altered| altered.product == product)
            .map(|altered| altered.user)
            .filter(|user| {
                self.roster.profile(product, *user) != course.after.roster.profile(product, *user)
            })
            .collect();
        users.sort_unstable_by_key(|user| (self.roster.id(*user) != first, *user));
        users.dedup();
        users
    }
}

/// The state of a simulation.
struct SimulationState {
    after: Firm,
    altered: Vec<Alteration>,
    effects: Vec<Arc<str>>,
}

impl SimulationState {
    /// Makes one change.
    fn step(&mut self, change: &Change, by: Option<&str>) -> Result<SimulatedStep, AskError> {
        let firm = &self.after;
        let resolved = firm.resolve_change(change)?;
        let compiled = firm.compiled(resolved.product)?;
        let user = match by {
            Some(by) => firm.user_number(by)?,
            None => firm.maker(compiled, &resolved)?,
        };
        let change = change.clone().by(firm.roster.id(user));
        let verdict = firm.judge(&change)?;
        let mut step = SimulatedStep {
            line: change.line(&firm.rulebook)?,
            change,
            verdict,
            anyway: None,
        };
        let (effects, alterations, things) = match (step.verdict.is_accepted(), by) {
            (false, None) => {
                let resolved = crate::change::resolve::ResolvedChange { user, ..resolved };
                let Consequences {
                    effects,
                    alterations,
                    things,
                } = firm.done_anyway(compiled, &resolved);
                let declared = &compiled.product.effects;
                let effects: Vec<Arc<str>> = effects
                    .iter()
                    .filter_map(|effect| declared.get(effect.index()))
                    .map(|effect| Arc::clone(&effect.id))
                    .collect();
                let altered = alterations.iter();
                step.anyway = Some(UnpermittedEffects {
                    effects: effects.clone(),
                    altered: altered
                        .filter_map(|altered| in_words(firm, compiled, *altered))
                        .collect(),
                    altered_things: AlteredThing::all(firm, compiled, &things),
                });
                (effects, alterations, things)
            }
            _ => (
                step.verdict.effects.clone(),
                step.verdict.alterations.clone(),
                step.verdict.things.clone(),
            ),
        };
        self.after = firm.altered(&alterations).with_altered_things(&things);
        self.altered.extend(alterations);
        for effect in effects {
            if !self.effects.contains(&effect) {
                self.effects.push(effect);
            }
        }
        Ok(step)
    }
}
