//! Why there is no plan.

use serde::Serialize;

use super::PlanGoal;
use super::people::FirmPeople;
use crate::answer::Question;
use crate::answer::Turn;
use crate::finding::AskError;
use crate::firm::Firm;

/// Why no permitted changes lead to an answer.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NoPlanReason {
    /// In a sentence.
    pub(super) why: String,
    /// The rule that denies it now.
    stopped_by: String,
    /// Single changes that would do it, if somebody could make them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    would_take: Vec<ClosestRefusal>,
    /// Other facts of the question and other readings of the firm, each of which alone would do it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    turned_by: Vec<Turn>,
}

/// A change that would do it, and why whoever comes closest cannot make it.
#[derive(Debug, Clone, Serialize)]
struct ClosestRefusal {
    line: String,
    user: String,
    rule: String,
    reason: String,
}

pub(super) fn of(
    firm: &Firm,
    question: &Question<'_>,
    ask: &PlanGoal<'_>,
    everybody: &FirmPeople,
    is_ground: bool,
) -> Result<NoPlanReason, AskError> {
    let explanation = firm.explain(question)?;
    let decision = explanation.decision();
    let reason = decision.reason().to_owned();
    let mut why = NoPlanReason {
        why: String::new(),
        stopped_by: decision.rule().to_owned(),
        would_take: Vec::new(),
        turned_by: Vec::new(),
    };
    if is_ground {
        why.why = format!("{reason}; no permission change alters that");
        return Ok(why);
    }
    why.would_take = refused(firm, ask, everybody)?;
    why.turned_by = turns(firm, question, ask, explanation.turns())?;
    let mut parts = vec![format!(
        "No sequence of permitted changes leads there, whoever makes them: {reason}"
    )];
    for one in &why.would_take {
        let (line, user, reason) = (&one.line, &one.user, &one.reason);
        parts.push(format!(
            "`{line}` would do it, but {user} may not make it: {reason}"
        ));
    }
    for turn in &why.turned_by {
        parts.push(format!(
            "It would be allowed with {} = {}",
            turn.input, turn.to
        ));
    }
    why.why = parts.join(". ");
    Ok(why)
}

/// The single changes that would do it and that nobody may make.
fn refused(
    firm: &Firm,
    ask: &PlanGoal<'_>,
    everybody: &FirmPeople,
) -> Result<Vec<ClosestRefusal>, AskError> {
    let mut refused = Vec::new();
    let first = everybody.asked.first().copied().unwrap_or_default();
    let other = everybody.asked.last().copied().unwrap_or_default();
    for one in &ask.wished {
        for target in &everybody.asked {
            let mut resolved = one.bound.by(ask.product, [first, *target]);
            resolved.user = firm.maker(ask.compiled, &resolved)?;
            let (_, alterations) = firm.done_anyway(ask.compiled, &resolved);
            let after = firm.altered(&alterations);
            if alterations.is_empty() || !ask.is_allowed(&after, [first, other]) {
                continue;
            }
            let (user, target) = (firm.roster.id(resolved.user), firm.roster.id(*target));
            let change = one.bound.named(&ask.compiled.product, user, target);
            let verdict = firm.judge(&change)?;
            refused.push(ClosestRefusal {
                line: change.line(&firm.rulebook)?,
                user: user.to_owned(),
                rule: verdict.rule().to_owned(),
                reason: verdict.reason().to_owned(),
            });
        }
    }
    Ok(refused)
}

/// Of what alone would turn the answer, the facts and readings.
fn turns(
    firm: &Firm,
    question: &Question<'_>,
    ask: &PlanGoal<'_>,
    turns: &[Turn],
) -> Result<Vec<Turn>, AskError> {
    let names = &ask.compiled.product.names;
    let mut kept = Vec::new();
    for turn in turns {
        let allows = if names.facts.contains_key(turn.input.as_str()) {
            let mut other = question.clone();
            other.facts.retain(|(name, _)| *name != turn.input);
            firm.answer(&other.fact(&*turn.input, &*turn.to))?
                .is_allowed()
        } else if names.readings.contains_key(turn.input.as_str()) {
            let product = Some(&*ask.compiled.product.id);
            let other = firm.with_reading(product, &turn.input, turn.to == "true")?;
            other.answer(question)?.is_allowed()
        } else {
            false
        };
        if allows {
            kept.push(turn.clone());
        }
    }
    Ok(kept)
}
