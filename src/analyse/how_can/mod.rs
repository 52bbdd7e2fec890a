//! How can: the smallest sets of permission changes that lead to an allow, or the proof that there are none.
//!
//! A plan is a sequence of changes after which the answer is allowed. Each change is accepted for some user of the
//! firm at that point. Plans that differ only in order, or in who makes a change, count as one plan, unless somebody
//! ends up different. A plan is listed only if no part of it is a plan. Readings and facts stay as they are: they are
//! not permission changes.
//!
//! People are alike when they agree in everything the answer can depend on. At every step, one person stands for all
//! who are alike: people whom no change has altered come first, then the order of the firm decides. So no plan turns
//! somebody into what another person already is, and no change leads back to an earlier state up to renaming. Of
//! plans that are equal after renaming people who were alike at the start, one is listed.
//!
//! All plans of up to [`Limits::plan_steps`](crate::Limits::plan_steps) changes are listed. If there are none that
//! small, all plans with the fewest changes are. A change involves two people. So twice as many people of each kind
//! take part as the longest sequence has changes; more could not add a plan.
//!
//! The set of inputs that the answer can depend on is closed under the conditions of all changes and effects that can
//! alter it ([`moves`]). So people who are alike in it stay alike ([`people`]). "No plan" is reported only with a
//! proof: the answer is out of reach even if nobody ever lost anything ([`relaxed`]), or even with any number of
//! people of each kind ([`closure`]), or the search saw every reachable firm with everybody in it ([`search`]).
//! Plans about a thing are searched for beside those of people ([`thing_search`]): of people and groups who are alike, the first take
//! part there too, and all plans of up to that many changes are found. Changes that nobody could make even if nothing were ever lost
//! are left out of the search. When a search is cut
//! off, the answer reports that, with the plans found so far.

mod closure;
mod found;
mod moves;
mod on_thing;
mod people;
mod plan;
mod possible_change;
mod relaxed;
mod renamed;
mod search;
mod thing_cast;
mod thing_moves;
mod thing_plan;
mod thing_reach;
mod thing_renamed;
mod thing_search;
mod thing_state;
mod why;

use serde::{Deserialize, Serialize};

use crate::answer::{Question, Turn};
use crate::budget::{Budget, CutOff};
use crate::explore::compile::CompiledProduct;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::world::question::{QuestionSubject, ResolvedQuestion};
use found::SearchOutcome;
use moves::{PlanMove, RelevantInputs};
use people::FirmPeople;
pub use plan::{Plan, StepMakers};
use relaxed::RelaxedQuestion;
pub use why::ClosestRefusal;

/// How an action could become allowed: the shortest plan first.
///
/// When the search was cut off, there may be more plans than are listed. If none is listed then, it is not known
/// whether there are any.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Plans {
    /// The plans: first those with the fewest changes, then those that open the fewest other abilities, then those
    /// with the fewest effects. If it is already allowed, one plan without steps. Empty if there is no plan.
    pub plans: Vec<Plan>,
    /// The number of plans that are not listed.
    #[serde(default, skip_serializing_if = "crate::answer::is_zero")]
    pub more_plans: usize,
    /// If there is no plan, why, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// If there is no plan, the rule that denies it now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_by: Option<String>,
    /// If there is no plan, single changes that would be enough but that nobody may make.
    pub would_take: Vec<ClosestRefusal>,
    /// If there is no plan, other facts of the question and other readings of the firm, each of which alone would be
    /// enough.
    pub turned_by: Vec<Turn>,
    /// The bound that cut the search off, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<CutOff>,
    /// If it is unknown whether there is a plan, the fewest changes that one would take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_changes: Option<usize>,
}

impl Plans {
    /// Whether it is already allowed.
    pub fn is_allowed_already(&self) -> bool {
        let first = self.plans.first();
        first.is_some_and(|plan| plan.steps.is_empty())
    }

    /// Whether the result is certain: there is a plan, or it is proven that there is none.
    pub fn is_decided(&self) -> bool {
        !self.plans.is_empty() || self.cut_off.is_none()
    }
}

/// The question, and the bounds.
struct PlanGoal<'f> {
    asked: ResolvedQuestion<'f>,
    compiled: &'f CompiledProduct,
    product: usize,
    relevant: RelevantInputs,
    /// Every change that could matter, whether or not anybody could ever make it.
    wished: Vec<PlanMove>,
    relaxed: RelaxedQuestion<'f>,
    budget: Budget,
}

impl PlanGoal<'_> {
    fn is_allowed(&self, firm: &Firm, users: [u32; 2]) -> bool {
        let code = firm.code(&self.asked.handle, users, self.has_target());
        code.is_some_and(|code| code.is_allowed())
    }

    fn has_target(&self) -> bool {
        self.asked.target.is_some()
    }

    fn is_of_oneself(&self) -> bool {
        self.has_target() && self.asked.target == self.asked.user
    }
}

/// Changes that are enough together, in an order in which they can be made.
type MadeSet = Vec<search::StepWithMaker>;

impl Firm {
    /// Finds the smallest sets of permission changes after which a question is allowed.
    ///
    /// A set is smallest when no part of it is enough. All sets of up to
    /// [`Limits::plan_steps`](crate::Limits::plan_steps) changes are listed; if there are none that small, all sets
    /// with the fewest changes are. Of people who are alike in everything the answer can depend on, the first one not
    /// yet altered stands for the others. Sets that only name others of them count as one set. So do sets that differ
    /// in order or in who makes a change, when everybody ends up the same.
    ///
    /// # Errors
    /// [`AskError`] when the question cannot be asked. A search that meets a bound of [`Limits`](crate::Limits) is no error: see
    /// [`Plans::cut_off`].
    ///
    /// ```
    /// use clio_rules::{Firm, Question, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let plans = firm.how_can(&Question::new("wren", "create_bill"))?;
    /// let first = &plans.plans[0].by[0];
    /// assert_eq!(first.line, "grant billing wren");
    /// assert_eq!(first.user, "nadia");
    ///
    /// let none = firm.how_can(&Question::new("greta", "create_bill"))?;
    /// assert!(none.plans.is_empty() && none.why.is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn how_can(&self, question: &Question<'_>) -> Result<Plans, AskError> {
        let decision = self.ask(question)?;
        let mut plans = Plans::default();
        if decision.is_allowed() {
            plans.plans.push(Plan::default());
            return Ok(plans);
        }
        let (mut ask, mut everybody, ground) = self.how_asked(question)?;
        let found = if ground {
            SearchOutcome::None
        } else {
            self.search(&mut ask, &mut everybody)?
        };
        plans.cut_off = ask.budget.met();
        let on_thing = if ground {
            None
        } else {
            self.plans_on_thing(question, &ask)?
        };
        let has_any = on_thing.as_ref().is_some_and(|plans| !plans.is_empty());
        let is_unknown = !has_any
            && on_thing.is_some()
            && matches!(found, SearchOutcome::None)
            && !self.is_out_of_reach(question, &ask)?;
        let mut made = match on_thing {
            Some(on_thing) => on_thing.made(&mut plans, self, question, &ask)?,
            None => Vec::new(),
        };
        match found {
            SearchOutcome::Sets(sample, sets) => {
                for set in &sets {
                    made.push(plan::made(self, question, &ask, &everybody, &sample, set)?);
                }
            }
            SearchOutcome::None if has_any => {}
            SearchOutcome::None if is_unknown => {
                plans.least_changes = Some(self.rulebook.limits().plan_steps + 1);
            }
            SearchOutcome::None => {
                plans.cut_off = None;
                why::explain_absence(&mut plans, self, question, (&ask, &everybody), ground)?;
            }
            SearchOutcome::AtLeast(changes) => plans.least_changes = Some(changes),
        }
        made.sort_by_key(|made| made.plan.rank());
        let most = self.rulebook.limits().plans;
        plans.more_plans = made.len().saturating_sub(most);
        made.truncate(most);
        let budget = self.rulebook.limits().budget(usize::MAX);
        let made = made
            .into_iter()
            .map(|made| made.with_things(self, question, &budget));
        plans.plans = made.collect::<Result<_, AskError>>()?;
        plans.plans.sort_by_key(Plan::rank);
        if !plans.plans.is_empty() {
            plans.least_changes = None;
            plans.would_take.clear();
        }
        Ok(plans)
    }

    /// The question, its people, and whether a ground denies it before any rule.
    fn how_asked(
        &self,
        question: &Question<'_>,
    ) -> Result<(PlanGoal<'_>, FirmPeople, bool), AskError> {
        let limits = self.rulebook.limits();
        let asked = self.resolve_question(question, QuestionSubject::UserAndTarget)?;
        let relevant = RelevantInputs::of(asked.compiled, asked.action);
        let everybody = FirmPeople::of(self, &asked, &relevant);
        let bits = asked.bits(self, asked.user.unwrap_or_default());
        let ask = PlanGoal {
            asked,
            compiled: asked.compiled,
            product: asked.product,
            wished: relevant.moves.clone(),
            relaxed: RelaxedQuestion::of(self, &asked, &relevant.moves),
            relevant,
            budget: limits.budget(limits.plan_states),
        };
        Ok((ask, everybody, asked.compiled.ground(&bits).is_some()))
    }
}

#[cfg(test)]
mod tests;
