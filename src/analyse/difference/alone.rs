//! Compares what each rule of an action says alone, whether or not it decides. `why-not` shows it.

use std::sync::Arc;

use super::compared_answer::{ChangeKind, ComparedAnswer, DifferenceAspect};
use super::function::DifferenceConditions;
use super::walk::{DeclaredAction, PathWalk, WalkStop};
use crate::explore::compile::CompiledProduct;
use crate::explore::semantics;
use crate::link::product::{Action, Clause, Product, Rule, Ruling};
use crate::world::input::WorldPerson;

/// Whether the rules of both sides are declared alike, so that each says the same alone.
pub(super) fn are_declared_alike(
    old: (&CompiledProduct, &Action),
    new: (&CompiledProduct, &Action),
) -> bool {
    let is_alike = |one: &Rule, other: &Rule| {
        one.whom == other.whom
            && is_clause_alike((old.0, &one.clause), (new.0, &other.clause))
            && words(old, one) == words(new, other)
    };
    let (one, other) = (&old.1.rules, &new.1.rules);
    are_numbered_alike(old.0, new.0)
        && one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| is_alike(one, other))
}

/// Whether numbers mean the same on both sides.
fn are_numbered_alike(old: &CompiledProduct, new: &CompiledProduct) -> bool {
    let (one, other) = (&old.product, &new.product);
    let brings = |product: &Product| {
        let roles = product.roles.iter();
        let ways = roles.map(|role| {
            role.brought_by
                .iter()
                .map(|it| (it.role, it.when))
                .collect()
        });
        ways.collect::<Vec<Vec<_>>>()
    };
    let (one_brings, other_brings) = (brings(one), brings(other));
    let are_alike = one_brings.len() == other_brings.len()
        && one_brings.iter().zip(&other_brings).all(|(one, other)| {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|((role, when), (other_role, other_when))| {
                        role == other_role && is_condition_alike((old, *when), (new, *other_when))
                    })
        });
    one.vocabulary == other.vocabulary
        && one.variables == other.variables
        && one.members == other.members
        && are_alike
}

type OwnCondition<'c> = (
    &'c CompiledProduct,
    Option<crate::link::product::ConditionId>,
);

fn is_condition_alike(old: OwnCondition<'_>, new: OwnCondition<'_>) -> bool {
    let tree = |(compiled, id): OwnCondition<'_>| {
        let id = id.map(|id| compiled.conditions.get(id.index()));
        id.flatten().cloned()
    };
    tree(old) == tree(new)
}

fn is_clause_alike(old: (&CompiledProduct, &Clause), new: (&CompiledProduct, &Clause)) -> bool {
    let (one, other) = (old.1, new.1);
    let conditions = |clause: &Clause| {
        let unless = clause.unless.iter().map(|id| Some(*id));
        std::iter::once(clause.when)
            .chain(unless)
            .collect::<Vec<_>>()
    };
    let (ours, theirs) = (conditions(one), conditions(other));
    one.allow == other.allow
        && ours.len() == theirs.len()
        && ours
            .into_iter()
            .zip(theirs)
            .all(|(one, other)| is_condition_alike((old.0, one), (new.0, other)))
}

/// What the rulings of a rule say.
fn words((compiled, action): (&CompiledProduct, &Action), rule: &Rule) -> Vec<Option<String>> {
    let last = Clause::REFUSED + rule.clause.unless.len() as u16;
    let numbers = (0..last).map(|number| rule.clause.first + number);
    numbers
        .map(|number| said(compiled, action, number))
        .collect()
}

fn said(compiled: &CompiledProduct, action: &Action, number: u16) -> Option<String> {
    let product = &compiled.product;
    let ruling = product
        .rulings
        .get(action.first_ruling.index() + usize::from(number))?;
    let Ruling {
        reason,
        rule,
        basis,
        ..
    } = ruling;
    let own = ruling.reason_basis_beside(*basis);
    let own = own.map_or_else(String::new, |basis| format!("; the reason is {basis}"));
    let section = product.heading(ruling.section);
    Some(format!("{reason} ({rule}, {basis}{own}, from {section})"))
}

/// What each rule says alone on one path.
pub(super) fn answer(
    walk: &PathWalk<'_, '_>,
    side: usize,
    (compiled, _, action): DeclaredAction<'_>,
) -> Result<ComparedAnswer, WalkStop> {
    walk.can_be_asked(side, &action.facts)?;
    let mut people = vec![WorldPerson::User];
    people.extend(action.on_target.then_some(WorldPerson::Target));
    for who in people {
        if walk.is_unknown(side, who)? {
            return Err(WalkStop::CannotBeAsked);
        }
    }
    let mut rules: Vec<Arc<str>> = Vec::new();
    for rule in &action.rules {
        let mut source = compiled.asking(|input| walk.input(side, input, &action.facts));
        let speaks = semantics::speaks(&compiled.product, rule, &mut source)?;
        let silent = rule.clause.first + Clause::GRANTED;
        let ruling = speaks.unwrap_or(silent);
        let refusals = semantics::refusals(&rule.clause, &mut source)?.into_iter();
        let mut all = vec![ruling];
        all.extend(refusals.filter(|refusal| *refusal != ruling));
        let all = all
            .into_iter()
            .filter_map(|number| said(compiled, action, number));
        rules.extend(speaks.is_none().then(|| "not about this target:".into()));
        rules.extend(all.map(Arc::from));
    }
    Ok(ComparedAnswer::saying(false, rules))
}

/// The differences of this kind, under a name of their own.
pub(super) fn named(
    found: Vec<(DifferenceAspect, DifferenceConditions)>,
) -> impl Iterator<Item = (DifferenceAspect, DifferenceConditions)> {
    let rules = found
        .into_iter()
        .filter(|(aspect, _)| aspect.kind == ChangeKind::Rule);
    rules.map(|(aspect, conditions)| {
        let kind = ChangeKind::Alone;
        (DifferenceAspect { kind, ..aspect }, conditions)
    })
}
