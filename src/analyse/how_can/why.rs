//! Why there is no plan.

use serde::{Deserialize, Serialize};

use super::people::FirmPeople;
use super::{PlanGoal, Plans};
use crate::answer::{Question, Turn};
use crate::change::Consequences;
use crate::finding::AskError;
use crate::firm::Firm;

/// A change that would be enough, and why the user who comes closest cannot make it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ClosestRefusal {
    /// The change as words in a row: `grant billing wren`.
    pub line: String,
    /// Id of the user who comes closest.
    pub user: String,
    /// Id of the rule that refuses them.
    pub rule: String,
    /// The reason in plain words.
    pub reason: String,
}

/// Explains why no permitted changes lead to an answer.
pub(super) fn explain_absence(
    plans: &mut Plans,
    firm: &Firm,
    question: &Question<'_>,
    (ask, everybody): (&PlanGoal<'_>, &FirmPeople),
    is_ground: bool,
) -> Result<(), AskError> {
    let explanation = firm.explain(question)?;
    let decision = &explanation.decision;
    let reason = &*decision.grounds.reason;
    plans.stopped_by = Some(decision.grounds.rule.to_string());
    if is_ground {
        plans.why = Some(format!("{reason}; no permission change alters that"));
        return Ok(());
    }
    plans.would_take.extend(refused(firm, ask, everybody)?);
    plans.turned_by = turns(firm, question, ask, &explanation.turns)?;
    let mut parts = vec![format!(
        "No sequence of permitted changes leads there, whoever makes them: {reason}"
    )];
    for one in &plans.would_take {
        let (line, user, reason) = (&one.line, &one.user, &one.reason);
        parts.push(format!(
            "`{line}` would do it, but {user} may not make it: {reason}"
        ));
    }
    for turn in &plans.turned_by {
        parts.push(format!(
            "It would be allowed with {} = {}",
            turn.input, turn.to
        ));
    }
    plans.why = Some(parts.join(". "));
    Ok(())
}

/// The single changes that would be enough and that nobody may make.
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
            let Consequences { alterations, .. } = firm.done_anyway(ask.compiled, &resolved);
            let after = firm.altered(&alterations);
            if alterations.is_empty() || !ask.is_allowed(&after, [first, other]) {
                continue;
            }
            let (user, target) = (firm.roster.id(resolved.user), firm.roster.id(*target));
            let change = one.bound.named(ask.compiled, user, target);
            let verdict = firm.judge(&change)?;
            refused.push(ClosestRefusal {
                line: change.line(&firm.rulebook)?,
                user: user.to_owned(),
                rule: verdict.grounds.rule.to_string(),
                reason: verdict.grounds.reason.to_string(),
            });
        }
    }
    Ok(refused)
}

/// The facts and readings that would turn the answer alone.
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
