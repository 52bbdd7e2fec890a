//! Everything that can be asked of a product, beside who asks about whom.

use std::collections::BTreeSet;
use std::fmt;

use clio_rules::ProductEntry;

use crate::Failed;
use crate::kinds::every_value;
use crate::model::{Arguments, Model, Takes, Word};
use crate::things::kind::{ThingKind, declared_names, facts_of_kind};

/// An action with its facts, or a permission change with its arguments.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Its id.
    pub(crate) id: Word,
    /// Whether it is a permission change.
    pub(crate) is_change: bool,
    /// Whether it is done to a person.
    pub(crate) on_target: bool,
    /// The kind of thing that it is done to.
    pub(crate) on_thing: Option<Word>,
    /// Facts or arguments with their values.
    pub(crate) words: Vec<(Word, Word)>,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)?;
        self.words
            .iter()
            .try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

/// An action or a change, before its facts or arguments are filled in.
pub(crate) struct Named {
    pub(crate) id: Word,
    pub(crate) is_change: bool,
    pub(crate) on_target: bool,
    pub(crate) on_thing: Option<Word>,
}

impl Asked {
    /// An action of which no fact is given.
    pub(crate) fn without_facts(name: Named) -> Self {
        Self {
            id: name.id,
            is_change: name.is_change,
            on_target: name.on_target,
            on_thing: name.on_thing,
            words: Vec::new(),
        }
    }
}

/// Everything that can be asked by these names.
pub(crate) fn everything(
    model: &Model,
    names: impl IntoIterator<Item = Named>,
) -> Result<Vec<Asked>, Failed> {
    let mut asked = Vec::new();
    for name in names {
        let words = if name.is_change {
            arguments(model, &name.id)?
        } else {
            facts(model, &name.id)
        };
        let name = Asked::without_facts(name);
        asked.extend(words.into_iter().map(|words| Asked {
            words,
            ..name.clone()
        }));
    }
    asked.sort_by_key(|asked| (asked.is_change, asked.on_target, asked.to_string()));
    Ok(asked)
}

type Words = Vec<(Word, Word)>;

/// Every combination of an action's facts.
fn facts(model: &Model, action: &str) -> Vec<Words> {
    let facts = model.facts.iter().filter(|fact| *fact.action == *action);
    every_value(facts.map(|fact| (&fact.id, fact.values.as_slice())))
}

/// Every combination of a change's arguments.
fn arguments(model: &Model, change: &str) -> Result<Vec<Words>, Failed> {
    let takes = model.changes.iter().find(|takes| *takes.change == *change);
    let takes = takes.ok_or_else(|| Failed::new(format!("the model has no change {change}")))?;
    let pair = |name: &str, value: &Word| (Word::from(name), value.clone());
    Ok(match &takes.arguments {
        Arguments::Nothing => vec![Vec::new()],
        Arguments::Role(roles) => roles.iter().map(|role| vec![pair("role", role)]).collect(),
        Arguments::Setting(ids) => {
            let settings = model
                .settings
                .iter()
                .filter(|setting| ids.contains(&setting.id));
            let pairs = settings.flat_map(|setting| {
                let values = setting.values.iter();
                values.map(|value| vec![pair("setting", &setting.id), pair("value", value)])
            });
            pairs.collect()
        }
    })
}

/// Compares what the rules declare with what the model and its schema know, name by name.
pub(crate) fn same_names(
    model: &Model,
    asked: &[Asked],
    rules: &ProductEntry,
) -> Result<(), Failed> {
    let (ours, theirs) = (names_of_model(model, asked), names_of_rules(model, rules));
    if ours == theirs {
        return Ok(());
    }
    let list = |names: Vec<&String>| {
        names
            .iter()
            .map(|name| format!("\n  {name}"))
            .collect::<String>()
    };
    Err(Failed::new(format!(
        "{}: rules and model do not know the same names\nonly the rules:{}\nonly the model:{}",
        model.product,
        list(theirs.difference(&ours).collect()),
        list(ours.difference(&theirs).collect()),
    )))
}

fn names_of_model(model: &Model, asked: &[Asked]) -> BTreeSet<String> {
    let roles = model.roles.iter().map(|role| format!("role {role}"));
    let settings = model
        .settings
        .iter()
        .map(|s| valued("setting", &s.id, &s.values));
    let readings = model
        .readings
        .iter()
        .map(|reading| format!("reading {reading}"));
    let of_action =
        |action: &str, id: &str, values: &[Word]| valued(&format!("fact of {action}"), id, values);
    let facts = model
        .facts
        .iter()
        .map(|fact| of_action(&fact.action, &fact.id, &fact.values));
    // What a thing says about itself, as `KIND.ID`, is a fact of each action on it.
    let of_things = asked.iter().flat_map(|asked| {
        let facts = asked.on_thing.iter();
        let facts = facts.flat_map(|kind| facts_of_kind(model, kind));
        facts.map(move |fact| of_action(&asked.id, &fact.id, &fact.values))
    });
    let changes = model
        .changes
        .iter()
        .map(|takes| format!("change {} takes {}", takes.change, taken(takes)));
    let actions = asked.iter().filter(|asked| !asked.is_change);
    let actions =
        actions.map(|asked| action(&asked.id, asked.on_target, asked.on_thing.as_deref()));
    roles
        .chain(settings)
        .chain(readings)
        .chain(facts)
        .chain(of_things)
        .chain(model.things.iter().flat_map(ThingKind::names))
        .chain(changes)
        .chain(actions)
        .collect()
}

fn names_of_rules(model: &Model, rules: &ProductEntry) -> BTreeSet<String> {
    let roles = rules.roles.iter().map(|role| format!("role {}", role.id));
    let settings = rules
        .settings
        .iter()
        .map(|s| valued("setting", &s.id, &s.values));
    let readings = rules
        .readings
        .iter()
        .map(|reading| format!("reading {}", reading.id));
    let facts = rules.actions.iter().flat_map(|action| {
        let of = format!("fact of {}", action.id);
        let facts = action.facts.iter();
        facts.map(move |fact| valued(&of, &fact.id, &fact.values))
    });
    // Policies say who may change what people hold; what is done to things and groups is no question to them.
    let is_of_people = |takes: &Vec<String>| !takes.iter().any(|it| it == "thing" || it == "group");
    let changes = rules.changes.iter();
    let changes = changes.filter(|change| is_of_people(&change.takes));
    let changes = changes.map(|c| format!("change {} takes {}", c.id, c.takes.join(" ")));
    // The model of rules by chance states no things at all: there scripts alone are compared.
    let things = rules.things.iter().filter(|_| !model.things.is_empty());
    let actions = rules.actions.iter();
    let actions = actions.map(|a| action(&a.id, a.on_target, a.on_thing.as_deref()));
    roles
        .chain(settings)
        .chain(readings)
        .chain(facts)
        .chain(things.flat_map(declared_names))
        .chain(changes)
        .chain(actions)
        .collect()
}

fn action(id: &str, on_target: bool, on_thing: Option<&str>) -> String {
    match on_thing {
        Some(kind) => format!("action {id} on {kind}"),
        None => format!("action {id} on target {on_target}"),
    }
}

/// A name with its values, whose order does not matter.
pub(crate) fn valued<S: AsRef<str> + Ord>(what: &str, id: &str, values: &[S]) -> String {
    let values: BTreeSet<&str> = values.iter().map(AsRef::as_ref).collect();
    let values: Vec<&str> = values.into_iter().collect();
    format!("{what} {id}: {}", values.join(" "))
}

fn taken(takes: &Takes) -> &'static str {
    match takes.arguments {
        Arguments::Nothing => "",
        Arguments::Role(_) => "role",
        Arguments::Setting(_) => "setting value",
    }
}
