//! How can: the smallest sets of permission changes after which an action is allowed, or that there are none.
//!
//! A plan is a sequence of changes, each accepted of a user of the firm as it is then, after which the answer is allowed. Two
//! plans that differ only in their order or in who makes a change are one plan; who makes it tells two apart only where somebody is
//! something else in the end. A plan is listed when no part of it is a plan already. Readings and facts stay as they are: they are no
//! permission changes.
//!
//! Of people who are alike in all that the answer can turn on, one stands for the others at every step: those who are as they
//! were from the start come before those whom a change has altered, and of either the first of the firm. So nobody is made to be
//! what somebody else is from the start, and no change leads back to where the firm was but for who is who. Of plans that are
//! the same once people who are alike from the start are renamed, one is listed.
//!
//! Listed are all plans of up to [`Limits::plan_steps`](crate::Limits::plan_steps) changes, or, where there is none as small, all
//! with the fewest. A change is made by one person to one other, so that of each kind twice as many people take part as the longest
//! sequence has changes; more could not add a plan.
//!
//! What the answer can turn on is closed under the conditions of all changes and effects that can alter it ([`moves`]), so
//! people who are alike in it stay alike ([`people`]). That there is no plan is said only where it is proven: where the answer
//! could not be reached if nobody ever lost anything ([`relaxed`]), or if there were any number of people of each kind
//! ([`closure`]), or where every firm that changes lead to was seen with everybody in it ([`search`]). Changes that nobody could
//! make even if nothing were ever lost are left out of all further looking. Where a search is cut off, the answer says so, and has
//! what was found until then.

mod closure;
mod found;
mod moves;
mod people;
mod plan;
mod possible_change;
mod relaxed;
mod renamed;
mod search;
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

/// How somebody could come to be allowed something: the shortest plan first.
///
/// Where the search was cut off, there may be plans beside those that are listed, and where none is, it is not known whether there are
/// any.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Plans {
    /// The plans: those first with the fewest changes, then those that open the fewest other abilities, then with the fewest
    /// effects. One without steps where it is allowed already, and none where there is no way.
    pub plans: Vec<Plan>,
    /// How many there are beyond those that are listed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_plans: usize,
    /// Where there is no plan, why, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Where there is no plan, the rule that denies it now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_by: Option<String>,
    /// Where there is no plan, single changes that would do it, if somebody could make them.
    pub would_take: Vec<ClosestRefusal>,
    /// Where there is no plan, other facts of the question and other readings of the firm, each of which alone would do it.
    pub turned_by: Vec<Turn>,
    /// Where the search met a bound before it was done, which one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<CutOff>,
    /// Where it is not known whether there is a plan, how many changes one takes at the least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_changes: Option<usize>,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Plans {
    /// Whether it is allowed as the firm is.
    pub fn is_allowed_already(&self) -> bool {
        let first = self.plans.first();
        first.is_some_and(|plan| plan.steps.is_empty())
    }

    /// Whether it is known that there is a plan, or that there is none.
    pub fn is_decided(&self) -> bool {
        !self.plans.is_empty() || self.cut_off.is_none()
    }
}

/// What is asked, and within which bounds.
struct PlanGoal<'f> {
    asked: ResolvedQuestion<'f>,
    compiled: &'f CompiledProduct,
    product: usize,
    relevant: RelevantInputs,
    /// Every move that could matter, whether or not anybody could ever make it.
    wished: Vec<PlanMove>,
    relaxed: RelaxedQuestion<'f>,
    budget: Budget,
}

/// Why a search ends early.
enum SearchStop {
    /// The question cannot be asked.
    Failed(AskError),
    /// The budget is used up, and knows by what.
    CutOff,
}

impl From<AskError> for SearchStop {
    fn from(error: AskError) -> Self {
        Self::Failed(error)
    }
}

impl From<CutOff> for SearchStop {
    fn from(_: CutOff) -> Self {
        Self::CutOff
    }
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

/// Changes that together do it, in an order in which they can be made.
type MadeSet = Vec<search::StepWithMaker>;

impl Firm {
    /// The smallest sets of permission changes after which a question is answered with yes.
    ///
    /// A set is smallest when no part of it does it. Listed are all of up to [`Limits::plan_steps`](crate::Limits::plan_steps)
    /// changes, or, where there is none as small, all with the fewest. Of people who are alike in all that the answer can turn on,
    /// the first of the firm who was not altered yet stands for the others; sets that only name others of them are one set, and so
    /// are sets that differ in order or in who makes a change, where everybody is the same in the end.
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
        match found {
            SearchOutcome::Sets(sample, sets) => {
                let mut made = Vec::new();
                for set in &sets {
                    made.push(plan::made(self, question, &ask, &everybody, &sample, set)?);
                }
                made.sort_by_key(Plan::rank);
                let most = self.rulebook.limits().plans;
                plans.more_plans = made.len().saturating_sub(most);
                made.truncate(most);
                plans.plans = made;
            }
            SearchOutcome::None => {
                why::explain_absence(&mut plans, self, question, (&ask, &everybody), ground)?
            }
            SearchOutcome::AtLeast(changes) => plans.least_changes = Some(changes),
        }
        Ok(plans)
    }

    /// What is asked, about whom, and whether it is denied before any rule.
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
