//! Actions: both decision trees of each, walked side by side.

use super::people::{People, TARGET, USER};
use super::{Found, Pair};
use crate::answer::{Decision, Question};
use crate::explore::compile::{Compiled, Ruled};
use crate::explore::{Halt, Path, Unexplored, explore};
use crate::link::product::{Action, ActionId, FactId, Input, RoleId, Ruling};
use crate::mutate::report::{Changes, Example};
use crate::value::Value;

/// What an answer says, its place and number aside.
type Meaning<'r> = (bool, Option<Words<'r>>);
type Words<'r> = (
    &'r str,
    &'r str,
    &'r str,
    &'r str,
    Vec<&'r str>,
    Option<&'r str>,
);

/// An action in both rulebooks.
struct Twins<'r> {
    pair: &'r Pair<'r>,
    id: ActionId,
    actions: [&'r Action; 2],
    /// Facts that the question is silent about: those whose default is not the same in both.
    silent: Vec<FactId>,
}

pub(super) fn compare(pair: &Pair<'_>, found: &mut Found) {
    let [before, after] = pair.compiled;
    let actions = before.product.actions.iter().zip(&after.product.actions);
    for (number, (one, other)) in actions.enumerate() {
        let facts = one.facts.iter().zip(&other.facts);
        let differ = facts.filter(|(one, other)| one.default != other.default);
        let mut twins = Twins {
            pair,
            id: ActionId::from(number),
            actions: [one, other],
            silent: Vec::new(),
        };
        twins.compare(found);
        twins.silent = differ.map(|(used, _)| used.fact).collect();
        if !twins.silent.is_empty() {
            twins.compare(found);
        }
        if found.is_decided() {
            return;
        }
    }
}

impl Twins<'_> {
    fn compare(&self, found: &mut Found) {
        let [before, after] = self.pair.compiled;
        let [one, other] = self.actions;
        let run = |path: &Path<Input>| {
            if one.on_target {
                path.read(Input::SameUser)?;
            }
            let ruled = self.walk(before, one, path)?;
            let other_ruled = self.walk(after, other, path)?;
            if meaning(before, one, ruled) != meaning(after, other, other_ruled) {
                self.ask(path.asked(), found);
            }
            if found.is_decided() {
                return Err(Halt::Fail(()));
            }
            Ok(())
        };
        let limit = self.pair.before.limits().paths;
        let explored = explore(limit, |input| before.product.width(input), run);
        if matches!(explored, Err(Unexplored::TooManyPaths)) {
            found.note_too_much(&one.id);
        }
    }

    /// Where a path leads in one rulebook. What the question is silent about has the default of that rulebook.
    fn walk<'c>(
        &self,
        compiled: &'c Compiled,
        action: &Action,
        path: &Path<Input>,
    ) -> Result<Option<&'c Ruled>, Halt<Input, ()>> {
        let Some(decider) = compiled.decider(self.id) else {
            return Ok(None);
        };
        decider.tree().walk(|input| match input {
            Input::Fact(fact) if self.silent.contains(&fact) => {
                let used = action.facts.iter().find(|used| used.fact == fact);
                Ok(used.and_then(|used| used.default).unwrap_or_default())
            }
            input => path.read(input),
        })
    }

    /// Asks both rulebooks about people at the end of a path.
    fn ask(&self, known: &[(Input, Value)], found: &mut Found) {
        let [action, _] = self.actions;
        let [compiled, _] = self.pair.compiled;
        let product = &compiled.product;
        let Some(people) = People::of(compiled, known, action.on_target, 0) else {
            return;
        };
        let mut question = Question::new(USER, &*action.id).product(&*product.id);
        if action.on_target {
            question = question.target(if people.same { USER } else { TARGET });
        }
        let mut told = format!("{}, {}", action.id, people.told);
        let said = action.facts.iter();
        for used in said.filter(|used| !self.silent.contains(&used.fact)) {
            let is_it = |(input, _): &&(Input, Value)| *input == Input::Fact(used.fact);
            let value = known.iter().find(is_it).map(|(_, value)| *value);
            if let Some(fact) = product.facts.get(used.fact.index()) {
                let word = fact.domain.word(value.or(used.default).unwrap_or_default());
                question = question.fact(&*fact.id, word);
                told = format!("{told}; {}: {word}", fact.id);
            }
        }
        let Some(firm) = people.firm(self.pair.before, &product.id) else {
            return;
        };
        let Ok(before) = firm.ask(&question) else {
            return;
        };
        let firm = people.firm(self.pair.after, &product.id);
        let after = firm.and_then(|firm| firm.ask(&question).ok());
        let Some(changes) = difference(&before, after.as_ref()) else {
            return;
        };
        let answer = |decision: &Decision| told_of(decision, changes);
        let example = Example {
            asked: told,
            before: answer(&before),
            after: after.as_ref().map_or("no answer".to_owned(), answer),
        };
        found.note(changes, example);
    }
}

fn meaning<'r>(compiled: &'r Compiled, action: &Action, ruled: Option<&Ruled>) -> Meaning<'r> {
    let number = ruled.map(|ruled| action.first_ruling.index() + usize::from(ruled.ruling));
    let ruling = number.and_then(|number| compiled.product.rulings.get(number));
    let allows = ruled.is_some_and(|ruled| ruled.allows);
    (allows, ruling.map(|ruling| words(compiled, ruling)))
}

fn words<'r>(compiled: &'r Compiled, ruling: &'r Ruling) -> Words<'r> {
    let role = |role: &RoleId| compiled.product.role_name(*role);
    (
        &ruling.rule,
        ruling.basis.word(),
        compiled.product.heading(ruling.section),
        &ruling.reason,
        ruling.needs.iter().map(role).collect(),
        ruling.site.as_deref(),
    )
}

fn difference(before: &Decision, after: Option<&Decision>) -> Option<Changes> {
    let Some(after) = after.filter(|after| after.is_allowed() == before.is_allowed()) else {
        return Some(Changes::Decision);
    };
    let said = |decision: &Decision| {
        (
            decision.rule().to_owned(),
            decision.basis(),
            decision.reason().to_owned(),
            decision.section().to_owned(),
            decision.site().map(str::to_owned),
            decision.needs().to_vec(),
        )
    };
    (said(before) != said(after)).then_some(Changes::Explanation)
}

fn told_of(decision: &Decision, changes: Changes) -> String {
    let word = if decision.is_allowed() {
        "allow"
    } else {
        "deny"
    };
    match changes {
        Changes::Decision => format!("{word}, by {}", decision.rule()),
        Changes::Explanation => {
            let (rule, basis, reason) = (decision.rule(), decision.basis(), decision.reason());
            format!("{word}, by {rule} ({basis}: {reason})")
        }
    }
}
