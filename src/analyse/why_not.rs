//! Why not: every ground and refusal that blocks an action, and the inputs each rule would need.

use serde::{Deserialize, Serialize};

use super::missing::{MissingInput, SeatedQuestion, UnknownInput};
use crate::answer::{Decision, Question};
use crate::change::Reason;
use crate::explore::compile::CompiledProduct;
use crate::explore::semantics;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::link::product::{Action, Clause, DecisionInput, Rule, RuleTargets, Ruling, RulingId};
use crate::value::Value;
use crate::world::question::QuestionSubject;

/// The explanation of a denial: what blocks the action, and the inputs each rule would need. All lists are empty when
/// it is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WhyNot {
    /// The decision.
    pub decision: Decision,
    /// The smallest set of inputs that would have to differ together, for any rule. Empty when it is allowed, and
    /// when nothing would allow it.
    pub missing: Vec<MissingInput>,
    /// The grounds that apply: a disabled user, a missing seat.
    pub grounds: Vec<Reason>,
    /// Every rule of the action, in the order of the rule file.
    pub rules: Vec<WhyNotRule>,
}

/// One rule of an action that was denied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WhyNotRule {
    /// The rule, with its reason once no ground applies.
    #[serde(flatten)]
    pub reason: Reason,
    /// The smallest set of inputs that would have to differ together for this rule to allow it. Empty when nothing
    /// would.
    pub missing: Vec<MissingInput>,
    /// Its refusals that apply, whether or not the user gets as far as them.
    pub refusals: Vec<Reason>,
}

impl Firm {
    /// Explains why a question is denied.
    ///
    /// # Errors
    /// [`AskError`] when the question cannot be asked.
    ///
    /// ```
    /// use clio_rules::{Firm, Question, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let why_not = firm.why_not(&Question::new("tomas", "edit_user_profile").target("nadia"))?;
    /// let [others, oneself] = &*why_not.rules else { panic!("it has two rules") };
    /// assert_eq!(&*others.refusals[0].grounds.rule, "nobody_edits_the_primary_subscriber");
    /// assert_eq!(oneself.missing[0].to_string(), "same_user");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn why_not(&self, question: &Question<'_>) -> Result<WhyNot, AskError> {
        let decision = self.ask(question)?;
        let mut why_not = WhyNot {
            decision,
            missing: Vec::new(),
            grounds: Vec::new(),
            rules: Vec::new(),
        };
        if why_not.decision.is_allowed() {
            return Ok(why_not);
        }
        let asked = self.resolve_question(question, QuestionSubject::UserAndTarget)?;
        let (compiled, action) = (asked.compiled, asked.declared);
        let user = asked.user.unwrap_or_default();
        let seated = SeatedQuestion::of(self, &asked, user);
        why_not.missing = seated.to_allow()?.unwrap_or_default();
        let ruling = |ruling: RulingId| compiled.product.ruling(ruling);
        let grounds = seated.grounds().filter_map(ruling);
        why_not.grounds = grounds.map(|ground| reason(compiled, ground)).collect();
        for rule in &action.rules {
            why_not
                .rules
                .extend(of_rule(&seated, compiled, action, rule)?);
        }
        Ok(why_not)
    }
}

fn reason(compiled: &CompiledProduct, ruling: &Ruling) -> Reason {
    Reason::of(compiled, ruling, false, None)
}

fn of_rule(
    seated: &SeatedQuestion<'_>,
    compiled: &CompiledProduct,
    action: &Action,
    rule: &Rule,
) -> Result<Option<WhyNotRule>, AskError> {
    let product = &compiled.product;
    let is = |input: DecisionInput| -> Result<Value, UnknownInput> { Ok(seated.is(input)) };
    let mut now = compiled.asking(&is);
    // Every input has a value, so nothing stays open.
    let (says, refusals) = match (
        semantics::speaks(product, rule, &mut now),
        semantics::refusals(&rule.clause, &mut now),
    ) {
        (Ok(says), Ok(refusals)) => (says, refusals),
        _ => return Ok(None),
    };
    let ruling = |number: u16| {
        let number = action.first_ruling.index() + usize::from(number);
        product.rulings.get(number)
    };
    let missing = seated.missing(|ask| {
        let mut world = compiled.asking(ask);
        let says = semantics::speaks(product, rule, &mut world)?;
        Ok(says.is_some_and(|ruling| rule.clause.grants(ruling)))
    })?;
    let Some(deciding) = ruling(says.unwrap_or(rule.clause.first + Clause::GRANTED)) else {
        return Ok(None);
    };
    let deciding_reason = match says {
        Some(_) => named(reason(compiled, deciding), ruling(rule.clause.first)),
        None => reason(compiled, deciding).saying(match rule.whom {
            RuleTargets::Oneself => "speaks only about people themselves",
            RuleTargets::Others | RuleTargets::Anyone => "speaks only about others",
        }),
    };
    let refusals = refusals.into_iter().filter_map(ruling);
    Ok(Some(WhyNotRule {
        reason: deciding_reason,
        missing: missing.unwrap_or_default(),
        refusals: refusals.map(|refusal| reason(compiled, refusal)).collect(),
    }))
}

/// The reason, under the name of the rule that would allow it, whichever of its refusals applied.
fn named(reason: Reason, rule: Option<&Ruling>) -> Reason {
    match rule {
        Some(rule) => reason.by(&rule.rule, rule.place.file_and_line()),
        None => reason,
    }
}
