//! What a denial says of the changes that could turn it.

use clio_rules::{Change, Firm, Plan, Question};
use serde_json::{Value, json};

use super::AccessRequests;
use super::store::{DENIAL_TIME, DeniedQuestion};
use crate::authzen::{AuthzenOptions, StoredQuestion};
use crate::clock::Timestamp;
use crate::json::put;
use crate::tenant::Loaded;

/// The most who are named as those who may approve.
const MOST_NAMED: usize = 20;

/// The reply to a question of the standard, which says of a denial what could turn it. A reply that says nothing of that stays as it is.
pub(crate) fn offered(
    requests: &AccessRequests,
    (tenant, base): (Option<&str>, &str),
    loaded: &Loaded,
    options: &AuthzenOptions,
    (body, reply): (&[u8], Vec<u8>),
) -> Vec<u8> {
    let context = context(requests, (tenant, base), loaded, options, body);
    let Some(context) = context.filter(|_| !is_allowed(&reply)) else {
        return reply;
    };
    let mut answer: Value = serde_json::from_slice(&reply).unwrap_or_default();
    if let Value::Object(said) = context {
        for (key, value) in said {
            put(&mut answer, &["context", &key], value);
        }
    }
    answer.to_string().into_bytes()
}

fn is_allowed(reply: &[u8]) -> bool {
    reply.starts_with(br#"{"decision":true"#)
}

fn context(
    requests: &AccessRequests,
    (tenant, base): (Option<&str>, &str),
    loaded: &Loaded,
    options: &AuthzenOptions,
    body: &[u8],
) -> Option<Value> {
    // Without a file there is nothing that a change could be written into.
    requests.file(tenant)?;
    let asked = StoredQuestion::of(loaded, options, body)?;
    let firm = loaded.firm();
    let answer = firm.answer(&asked.question).ok()?;
    if answer.is_allowed() {
        return None;
    }
    let plans = firm.how_can(&asked.question).ok()?.plans;
    let user = &*asked.question.user;
    let (plan, approvers) = plans.iter().find_map(|plan| {
        let approvers = approvers(firm, plan, user);
        (!approvers.is_empty()).then_some((plan, approvers))
    })?;
    let until = Timestamp::after(DENIAL_TIME);
    let (lines, effects) = (lines(plan), plan.effects.clone());
    let reason = answer.reason().to_owned();
    let denial = DeniedQuestion {
        tenant: tenant.map(str::to_owned),
        question: asked.question,
        asked: asked.numbers,
        steps: plan.steps.clone(),
        approvers: approvers.clone(),
        until,
    };
    let id = requests.store().deny(denial)?;
    Some(json!({
        "evaluation_id": id,
        "reason": reason,
        "access_request": {
            "endpoint": format!("{base}{}", super::PATH),
            "expires_at": until,
            "plan": {"steps": lines, "effects": effects},
        },
    }))
}

/// The steps of a plan as words: `grant billing wren`.
fn lines(plan: &Plan) -> Vec<&str> {
    plan.by.iter().map(|step| &*step.line).collect()
}

/// Those who may make every step of a plan, without whoever asks.
fn approvers(firm: &Firm, plan: &Plan, asker: &str) -> Vec<String> {
    let Some(first) = plan.by.first() else {
        return Vec::new();
    };
    let named = std::iter::once(&first.user).chain(&first.may_be_made_by);
    let others = named.filter(|user| *user != asker);
    let may = others.filter(|user| made(firm, &plan.steps, user).is_some());
    may.take(MOST_NAMED).cloned().collect()
}

/// The firm after all steps, made by this user; none where the rules refuse one.
pub(super) fn made(firm: &Firm, steps: &[Change], user: &str) -> Option<Firm> {
    let mut after = firm.clone();
    for step in steps {
        let verdict = after.judge(&by(step, user)).ok()?;
        if !verdict.is_accepted() {
            return None;
        }
        after = after.after(&verdict).ok()?;
    }
    Some(after)
}

/// A step as made by this user.
pub(super) fn by(step: &Change, user: &str) -> Change {
    let mut step = step.clone();
    step.user = user.to_owned();
    step.if_state = None;
    step
}

/// Whether a question is allowed now.
pub(super) fn is_now_allowed(firm: &Firm, question: &Question<'_>) -> bool {
    firm.answer(question)
        .is_ok_and(|answer| answer.is_allowed())
}
