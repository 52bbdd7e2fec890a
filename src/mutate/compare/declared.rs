//! What products declare: names, values, defaults, and what every firm has to keep.

use super::{Found, Pair};
use crate::link::product::{Action, Change, Product};
use crate::mutate::report::{Changes, Example};
use crate::value::Domain;

/// Something declared, and what it is declared to be.
type Line = (String, String);

pub(super) fn compare(pair: &Pair<'_>, found: &mut Found) {
    let [before, after] = pair.compiled.map(|compiled| &compiled.product);
    if let Some(example) = difference(lines(before), lines(after)) {
        found.note(Changes::Decision, example);
    } else if let Some(example) = difference(hints(before), hints(after)) {
        found.note(Changes::Explanation, example);
    }
}

/// The first line that is not the same.
fn difference(before: Vec<Line>, after: Vec<Line>) -> Option<Example> {
    let told = |lines: &[Line], name: &str| {
        let line = lines.iter().find(|(known, _)| known == name);
        line.map_or("not declared".to_owned(), |(_, what)| what.clone())
    };
    let mut all = before.iter().chain(&after);
    all.find_map(|(name, _)| {
        let (one, other) = (told(&before, name), told(&after, name));
        (one != other).then(|| Example {
            asked: name.clone(),
            before: one,
            after: other,
        })
    })
}

/// Everything declared that decides.
fn lines(product: &Product) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = |name: String, what: String| lines.push((name, what));
    let id = &product.id;
    line(
        format!("the roles of {id}"),
        listed(product.roles.iter().map(|role| &*role.id)),
    );
    let levels = product.levels.iter();
    line(
        format!("the levels of a seat in {id}"),
        listed(levels.map(|role| product.role_name(*role))),
    );
    for role in &product.roles {
        let holders = match &role.holders {
            Some(holders) if holders.enabled => "exactly one, enabled",
            Some(_) => "exactly one",
            None => "any number",
        };
        line(format!("who holds {}", role.id), holders.to_owned());
    }
    for setting in &product.settings {
        let domain = &setting.domain;
        line(format!("the values of {}", setting.id), words(domain));
        let default = domain.word(setting.default).to_owned();
        line(format!("{} where a firm says nothing", setting.id), default);
    }
    for reading in &product.readings {
        let name = format!("{} where a firm says nothing", reading.id);
        line(name, reading.default.to_string());
    }
    for fact in &product.facts {
        line(format!("the values of {}", fact.id), words(&fact.domain));
    }
    for action in &product.actions {
        line(
            format!("how {} is asked about", action.id),
            asked(product, action),
        );
    }
    for change in &product.changes {
        line(format!("how {} is made", change.id), made(product, change));
    }
    if let Some(bulk) = &product.bulk {
        let changes = bulk
            .changes
            .iter()
            .filter_map(|id| product.changes.get(id.index()));
        line(
            format!("what is changed in bulk in {id}"),
            listed(changes.map(|change| &*change.id)),
        );
    }
    lines
}

/// What is declared for the help of errors alone.
fn hints(product: &Product) -> Vec<Line> {
    let roles = product.roles.iter();
    let hint = roles.map(|role| {
        let moves_by = role.moves_by.as_deref().unwrap_or("nothing");
        (format!("what moves {}", role.id), moves_by.to_owned())
    });
    hint.collect()
}

fn asked(product: &Product, action: &Action) -> String {
    let facts = action.facts.iter().filter_map(|used| {
        let fact = product.facts.get(used.fact.index())?;
        let can_be_silent = used.default.map_or("", |_| " or silence about it");
        Some(format!("{}{can_be_silent}", fact.id))
    });
    let target = action.on_target.then(|| "a target".to_owned());
    listed(target.into_iter().chain(facts))
}

fn made(product: &Product, change: &Change) -> String {
    let arguments = change.takes.iter().map(|argument| argument.name());
    let roles = change.roles.iter().map(|role| product.role_name(*role));
    let settings = change.settings.iter().filter_map(|id| product.setting(*id));
    let settings = settings.map(|setting| &*setting.id);
    let (arguments, roles) = (listed(arguments), listed(roles));
    format!(
        "with {arguments}; roles {roles}; settings {}",
        listed(settings)
    )
}

fn words(domain: &Domain) -> String {
    listed(domain.words())
}

fn listed<T: AsRef<str>>(names: impl Iterator<Item = T>) -> String {
    let names: Vec<String> = names.map(|name| name.as_ref().to_owned()).collect();
    if names.is_empty() {
        return "none".to_owned();
    }
    names.join(", ")
}
