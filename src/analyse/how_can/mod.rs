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
//! could not be reached if there were any number of people of each kind ([`closure`]), or where every firm that changes lead to
//! was seen with everybody in it ([`search`]). Where that would take too long, it is an error.

mod closure;
mod moves;
mod people;
mod plan;
mod search;
mod why;

use serde::Serialize;

use crate::answer::resolve::error;
use crate::answer::{ActionHandle, AskError, Question};
use crate::explore::compile::Compiled;
use crate::finding::ask as codes;
use crate::firm::Firm;
use moves::Bearing;
use people::{Cast, Crew};
pub use plan::{Plan, PlanStep};
use search::{Distance, Search};
use why::Why;

/// How somebody could come to be allowed something: the best plan first.
///
/// Its JSON has the keys of the question, `plans`, and `more_plans` where there are more than are listed. Where there is no
/// plan, `why` says it in a sentence, and `stopped_by`, `would_take` and `turned_by` say it in parts.
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
    why: Option<Why>,
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

    /// The plans: those first that open the fewest other abilities, then those with the fewest changes, then with the fewest
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

    /// Where there is no plan, why.
    pub fn why(&self) -> Option<&str> {
        self.why.as_ref().map(|why| why.why.as_str())
    }
}

/// What is asked, and within which bounds.
struct Ask<'f> {
    compiled: &'f Compiled,
    product: usize,
    handle: ActionHandle,
    has_target: bool,
    is_of_oneself: bool,
    bearing: Bearing,
    /// Kinds of firm to go through.
    states: usize,
}

impl Ask<'_> {
    fn is_allowed(&self, firm: &Firm, users: [u32; 2]) -> bool {
        let code = firm.code(&self.handle, users, self.has_target);
        code.is_some_and(|code| code.is_allowed())
    }
}

/// Changes that together do it, in an order in which they can be made.
type MadeSet = Vec<search::Made>;

/// Of each kind of people, how many can have a part in one change: who makes it and to whom it is made.
const EACH: usize = 2;

/// Of each kind of people, how many take part at first.
const FEW: usize = 4;

impl Firm {
    /// The smallest sets of permission changes after which a question is answered with yes.
    ///
    /// A set is smallest when no part of it does it. Listed are all of up to [`Limits::plan_steps`](crate::Limits::plan_steps)
    /// changes, or, where there is none as small, all with the fewest. Of people who are alike in all that the answer can turn on,
    /// the first of the firm who was not altered yet stands for the others; sets that only name others of them are one set, and so
    /// are sets that differ in order or in who makes a change, where everybody is the same in the end.
    ///
    /// # Errors
    /// [`AskError`] when the question cannot be asked, or when neither a plan nor that there is none was found within
    /// [`Limits`](crate::Limits).
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
            facts: question
                .facts
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
            plans: Vec::new(),
            more_plans: 0,
            why: None,
        };
        if decision.is_allowed() {
            plans.plans.push(Plan::default());
            return Ok(plans);
        }
        let asked = self.asked(question)?;
        let (user, handle, target) = self.resolve(question)?;
        let (product, action) = self
            .rulebook
            .find_action(Some(&plans.product), &plans.action)?;
        let compiled = self.compiled(product)?;
        let ask = Ask {
            compiled,
            product,
            handle,
            has_target: target.is_some(),
            is_of_oneself: target == Some(user),
            bearing: Bearing::of(self, compiled, action, &question.user)?,
            states: self.rulebook.limits().plan_states,
        };
        let bits = self.bits(product, asked.user, asked.target, asked.facts);
        let ground = compiled.ground(&bits);
        let crew = Crew::of(self, product, &ask.bearing, asked.user, asked.target);
        let found = match ground {
            Some(_) => None,
            None => self.search(&ask, &crew)?,
        };
        match found {
            Some((cast, sets)) => {
                let mut made = Vec::new();
                for set in &sets {
                    made.push(plan::made(self, question, &ask, &crew, &cast, set)?);
                }
                made.sort_by_key(Plan::rank);
                let most = self.rulebook.limits().plans;
                plans.more_plans = made.len().saturating_sub(most);
                made.truncate(most);
                plans.plans = made;
            }
            None => plans.why = Some(why::of(self, question, &ask, &crew, ground.is_some())?),
        }
        Ok(plans)
    }

    /// Every smallest set of changes that does it, with those who stand for everybody; nothing where there is none.
    fn search(&self, ask: &Ask<'_>, crew: &Crew) -> Result<Option<(Cast, Vec<MadeSet>)>, AskError> {
        if !closure::may_lead(self, ask, crew)? {
            return Ok(None);
        }
        let mut copies = FEW;
        loop {
            let cast = crew.cast(self, copies);
            let search = Search { ask, cast: &cast };
            match search.distance()? {
                Distance::Steps(steps) => {
                    let most = self.rulebook.limits().plan_steps.max(steps);
                    let (sets, deepest) = search.sets(most)?;
                    // With fewer people than one change more could be about, a set could be missing.
                    let needed = EACH * most.min(deepest + 1);
                    if cast.is_all || copies >= needed {
                        return Ok(Some((cast, sets)));
                    }
                    copies = needed;
                }
                Distance::Beyond if cast.is_all => return Ok(None),
                Distance::Beyond if copies > ask.states => {
                    let limit = ask.states;
                    return Err(error(&codes::PLAN_TOO_LARGE, &[&copies, &limit]).into());
                }
                Distance::Beyond => copies = copies.saturating_mul(2),
            }
        }
    }
}

#[cfg(test)]
mod tests;
