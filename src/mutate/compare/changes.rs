//! Permission changes: what both rulebooks make of each, with everything it does and all that follows.

use super::people::{People, TARGET, USER};
use super::{Found, Pair};
use crate::change::{Change as Request, Verdict};
use crate::explore::compile::{Compiled, Refusals};
use crate::explore::table::{Answer, Decider};
use crate::explore::tree::Tree;
use crate::explore::{Halt, Path, Unexplored, explore};
use crate::link::product::{
    After, Alteration, Argument, Change, ChangeId, Choice, Effect, Input, RoleId, SettingId,
    Somebody,
};
use crate::mutate::report::{Changes, Example};
use crate::value::Value;
use crate::vocabulary::Person;

/// A read of one path, or the halt that asks it.
type Step<T> = Result<T, Halt<Input, ()>>;

/// The arguments of one path.
#[derive(Default, Clone, Copy)]
struct Arguments {
    role: Option<RoleId>,
    setting: Option<SettingId>,
    value: Option<Value>,
}

pub(super) fn compare(pair: &Pair<'_>, found: &mut Found) {
    let [before, _] = pair.compiled;
    for (number, change) in before.product.changes.iter().enumerate() {
        let id = ChangeId::from(number);
        let run = |path: &Path<Input>| {
            if let Some(arguments) = arguments(before, change, path)? {
                for compiled in pair.compiled {
                    look(compiled, id, arguments, path)?;
                }
                judge(pair, change, arguments, path.asked(), found);
            }
            if found.is_decided() {
                return Err(Halt::Fail(()));
            }
            Ok(())
        };
        let limit = pair.before.limits().paths;
        let explored = explore(limit, |input| before.product.width(input), run);
        if matches!(explored, Err(Unexplored::TooManyPaths)) {
            found.note_too_much(&change.id);
        }
        if found.is_decided() {
            return;
        }
    }
}

/// What the change is made with on this path; none where it cannot be.
fn arguments(compiled: &Compiled, change: &Change, path: &Path<Input>) -> Step<Option<Arguments>> {
    let product = &compiled.product;
    let mut arguments = Arguments::default();
    path.read(Input::SameUser)?;
    for argument in &change.takes {
        let value = path.read(Input::Argument(*argument))?;
        let fits = match argument {
            Argument::Role => {
                let role = RoleId(value.0);
                arguments.role = Some(role);
                change.roles.contains(&role)
            }
            Argument::Setting => {
                let setting = SettingId(value.0);
                arguments.setting = Some(setting);
                change.settings.contains(&setting)
            }
            Argument::Value => {
                let setting = arguments.setting.and_then(|id| product.setting(id));
                let shared = product.argument_domain(Argument::Value);
                let word = shared.map_or("", |shared| shared.word(value));
                arguments.value = setting.and_then(|setting| setting.domain.find(word));
                arguments.value.is_some()
            }
        };
        if !fits {
            return Ok(None);
        }
    }
    Ok(Some(arguments))
}

/// Asks for everything on which the verdict of one rulebook depends.
fn look(compiled: &Compiled, id: ChangeId, arguments: Arguments, path: &Path<Input>) -> Step<()> {
    let product = &compiled.product;
    let judge: Option<&Decider<Refusals>> = compiled.judges.get(id.index());
    let Some(change) = product.changes.get(id.index()) else {
        return Ok(());
    };
    let accepts = |judge: &Decider<Refusals>| {
        let refusals = walk(judge.tree(), path)?;
        Ok::<_, Halt<Input, ()>>(refusals.is_some_and(Answer::is_yes))
    };
    if !judge.map_or(Ok(false), accepts)? {
        return Ok(());
    }
    touch(compiled, &change.does, arguments, path)?;
    for (effect, follows) in product.effects.iter().zip(&compiled.effects) {
        let is_candidate = match effect.after {
            After::Change(after) => after == id,
            After::NothingChanged => true,
        };
        if is_candidate && walk(follows.tree(), path)? == Some(&true) {
            touch(compiled, &effect.does, arguments, path)?;
        }
    }
    Ok(())
}

fn walk<'t, T>(tree: &'t Tree<Input, T>, path: &Path<Input>) -> Step<Option<&'t T>> {
    tree.walk(|input| path.read(input))
}

/// Asks what was there before something is altered.
fn touch(
    compiled: &Compiled,
    does: &[Alteration],
    arguments: Arguments,
    path: &Path<Input>,
) -> Step<()> {
    let product = &compiled.product;
    for one in does {
        match one {
            Alteration::Give(choice, whose) | Alteration::Take(choice, whose) => {
                let Some(role) = named(*choice, arguments.role) else {
                    continue;
                };
                let is_level = product.levels.contains(&role);
                let levels = product.levels.iter().filter(|_| is_level);
                for person in people(*whose, path)? {
                    path.read(Input::Holds(person, role))?;
                    for level in levels.clone() {
                        path.read(Input::Holds(person, *level))?;
                    }
                }
                if product
                    .role(role)
                    .is_some_and(|role| role.holders.is_some())
                {
                    path.read(Input::Enabled(Person::Target))?;
                }
            }
            Alteration::Set(choice, whose, _) => {
                if let Some(setting) = named(*choice, arguments.setting) {
                    for person in people(*whose, path)? {
                        path.read(Input::Setting(person, setting))?;
                    }
                }
            }
        }
    }
    Ok(())
}

fn named<T: Copy>(choice: Choice<T>, argument: Option<T>) -> Option<T> {
    match choice {
        Choice::Fixed(fixed) => Some(fixed),
        Choice::Argument => argument,
    }
}

/// Those of user and target who are meant: a holder may be one of the two, or neither.
fn people(whose: Somebody, path: &Path<Input>) -> Step<Vec<Person>> {
    match whose {
        Somebody::Person(person) => Ok(vec![person]),
        Somebody::Holder(role) => {
            let mut people = Vec::new();
            for person in Person::ALL {
                if path.read(Input::Holds(person, role))?.is_yes() {
                    people.push(person);
                }
            }
            Ok(people)
        }
    }
}

/// Asks both rulebooks for a verdict about people at the end of a path, and about every holder beside them.
fn judge(
    pair: &Pair<'_>,
    change: &Change,
    arguments: Arguments,
    known: &[(Input, Value)],
    found: &mut Found,
) {
    for setting in 0..holders_of(pair) {
        judge_one(pair, change, arguments, (known, setting), found);
    }
}

/// How many holders are tried: with each value of every setting, where something alters them.
fn holders_of(pair: &Pair<'_>) -> u16 {
    let alters = |one: &Alteration| matches!(one, Alteration::Set(_, Somebody::Holder(_), _));
    let by_effect = |effect: &Effect| effect.does.iter().any(alters);
    let by_change = |change: &Change| change.does.iter().any(alters);
    let [before, after] = pair.compiled.map(|compiled| &compiled.product);
    let is_any = [before, after].into_iter().any(|product| {
        product.effects.iter().any(by_effect) || product.changes.iter().any(by_change)
    });
    let widths = before.settings.iter().map(|setting| setting.domain.len());
    let most = widths.filter(|_| is_any).max();
    most.map_or(1, |most| most as u16)
}

fn judge_one(
    pair: &Pair<'_>,
    change: &Change,
    arguments: Arguments,
    (known, setting): (&[(Input, Value)], u16),
    found: &mut Found,
) {
    let [compiled, _] = pair.compiled;
    let product = &compiled.product;
    let Some(people) = People::of(compiled, known, true, setting) else {
        return;
    };
    let target = if people.same { USER } else { TARGET };
    let mut request = Request::new(USER, &*change.id)
        .product(&*product.id)
        .target(target);
    let mut told = change.id.to_string();
    if let Some(role) = arguments.role {
        request = request.role(product.role_name(role));
        told = format!("{told} {}", product.role_name(role));
    }
    let of_setting = arguments.setting.and_then(|id| product.setting(id));
    if let (Some(setting), Some(value)) = (of_setting, arguments.value) {
        let word = setting.domain.word(value);
        request = request.setting(&*setting.id, word);
        told = format!("{told} {} {word}", setting.id);
    }
    let Some(firm) = people.firm(pair.before, &product.id) else {
        return;
    };
    let Ok(before) = firm.judge(&request) else {
        return;
    };
    let firm = people.firm(pair.after, &product.id);
    let after = firm.and_then(|firm| firm.judge(&request).ok());
    let Some(changes) = difference(&before, after.as_ref()) else {
        return;
    };
    let example = Example {
        asked: format!("{told}, {}", people.told),
        before: told_of(&before, changes),
        after: after
            .as_ref()
            .map_or("no verdict".to_owned(), |after| told_of(after, changes)),
    };
    found.note(changes, example);
}

fn difference(before: &Verdict, after: Option<&Verdict>) -> Option<Changes> {
    let decided = |verdict: &Verdict| {
        let effects = verdict.effects().into_iter().map(str::to_owned);
        (
            verdict.is_accepted(),
            effects.collect::<Vec<String>>(),
            verdict.altered().to_vec(),
        )
    };
    let Some(after) = after.filter(|after| decided(after) == decided(before)) else {
        return Some(Changes::Decision);
    };
    let said = |verdict: &Verdict| {
        let reasons = verdict.reasons().iter().map(|reason| {
            let texts = [reason.rule(), reason.reason(), reason.section()];
            (texts.map(str::to_owned), reason.basis())
        });
        let texts = [verdict.rule(), verdict.reason(), verdict.section()];
        (
            texts.map(str::to_owned),
            verdict.basis(),
            verdict.site().map(str::to_owned),
            reasons.collect::<Vec<_>>(),
        )
    };
    (said(before) != said(after)).then_some(Changes::Explanation)
}

fn told_of(verdict: &Verdict, changes: Changes) -> String {
    if changes == Changes::Explanation {
        let word = if verdict.is_accepted() {
            "accept"
        } else {
            "reject"
        };
        let (rule, basis, reason) = (verdict.rule(), verdict.basis(), verdict.reason());
        return format!("{word}, by {rule} ({basis}: {reason})");
    }
    if verdict.is_accepted() {
        let altered = verdict.altered().iter();
        let altered: Vec<String> = altered
            .map(|altered| format!("{} {} {}", altered.user, altered.what, altered.to))
            .collect();
        let effects = verdict.effects().join(", ");
        return format!(
            "accept, effects [{effects}], altered [{}]",
            altered.join(", ")
        );
    }
    let reasons = verdict.reasons().iter();
    let rules: Vec<&str> = reasons.map(|reason| reason.rule()).collect();
    format!("reject, by {}", rules.join(" and "))
}
