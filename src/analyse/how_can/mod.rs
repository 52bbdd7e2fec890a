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

use serde::Serialize;

use crate::answer::Question;
use crate::budget::{Budget, CutOff};
use crate::explore::compile::CompiledProduct;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::world::question::{QuestionSubject, ResolvedQuestion};
use found::SearchOutcome;
use moves::{PlanMove, RelevantInputs};
use people::FirmPeople;
pub use plan::{Plan, PlanStep};
use relaxed::RelaxedQuestion;
use why::NoPlanReason;

/// How somebody could come to be allowed something: the shortest plan first.
///
/// Its JSON has the keys of the question, `plans`, and `more_plans` where there are more than are listed. Where there is no
/// plan, `why` says it in a sentence, and `stopped_by`, `would_take` and `turned_by` say it in parts. Where the search was cut
/// off, `cut_off` says which bound it met: then there may be plans beside those that are listed, and where none is, it is not known
/// whether there are any, but `least_changes` says how many changes one takes at the least.
#[derive(Debug, Clone, Serialize)]
pub struct Plans {
    product: String,
    user: String,
    action: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "crate::answer::given::serialize"
    )]
    facts: Vec<(String, String)>,
    plans: Vec<Plan>,
    #[serde(skip_serializing_if = "is_zero")]
    more_plans: usize,
    #[serde(flatten)]
    why: Option<NoPlanReason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cut_off: Option<CutOff>,
    #[serde(skip_serializing_if = "Option::is_none")]
    least_changes: Option<usize>,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Plans {
    /// Id of the product.
    pub fn product(&self) -> &str {
        &self.product
    }

    /// Id of the user.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// Id of the action.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// Id of the user it is done to.
    pub fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    /// The plans: those first with the fewest changes, then those that open the fewest other abilities, then with the fewest
    /// effects. One without steps where it is allowed already, and none where there is no way.
    pub fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// How many there are beyond those that are listed.
    pub fn more_plans(&self) -> usize {
        self.more_plans
    }

    /// Whether it is allowed as the firm is.
    pub fn is_allowed_already(&self) -> bool {
        self.plans
            .first()
            .is_some_and(|plan| plan.steps().is_empty())
    }

    /// Where the search met a bound before it was done, which one. There may be plans beside those that are listed.
    pub fn cut_off(&self) -> Option<CutOff> {
        self.cut_off
    }

    /// Whether it is known that there is a plan, or that there is none.
    pub fn is_decided(&self) -> bool {
        !self.plans.is_empty() || self.cut_off.is_none()
    }

    /// Where it is not known whether there is a plan, how many changes one takes at the least.
    pub fn least_changes(&self) -> Option<usize> {
        self.least_changes
    }

    /// Where there is no plan, why.
    pub fn why(&self) -> Option<&str> {
        self.why.as_ref().map(|why| why.why.as_str())
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
    /// let best = &plans.plans()[0];
    /// assert_eq!(best.steps()[0].line(), "grant billing wren");
    /// assert_eq!(best.steps()[0].user(), "nadia");
    ///
    /// let none = firm.how_can(&Question::new("greta", "create_bill"))?;
    /// assert!(none.plans().is_empty() && none.why().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn how_can(&self, question: &Question<'_>) -> Result<Plans, AskError> {
        let decision = self.ask(question)?;
        let mut plans = Plans {
            product: decision.product().to_owned(),
            user: question.user.to_string(),
            action: question.action.to_string(),
            target: question.target.as_deref().map(str::to_owned),
            facts: question.given(),
            plans: Vec::new(),
            more_plans: 0,
            why: None,
            cut_off: None,
            least_changes: None,
        };
        if decision.is_allowed() {
            plans.plans.push(Plan::default());
            return Ok(plans);
        }
        let (mut ask, mut everybody, ground) = self.how_asked(question)?;
        let found = match ground {
            true => SearchOutcome::None,
            false => self.search(&mut ask, &mut everybody)?,
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
                plans.why = Some(why::of(self, question, &ask, &everybody, ground)?)
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
