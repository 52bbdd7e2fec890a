//! Compares declarations: names, values, defaults, titles and invariants.

use super::compared_answer::{ChangeKind, DifferenceAspect};
use crate::link::product::{
    Action, AlteredPerson, ArgumentChoice, Effect, EffectTrigger, FactSource, LinkedChange,
    Product, RulingId, StepPlace, ThingStep,
};
use crate::value::Domain;

/// A declared item and a description of its declaration.
pub(super) struct DeclarationLine {
    pub(super) kind: ChangeKind,
    pub(super) what: String,
    pub(super) is: String,
    /// Whether it is about something that has a line of its own: that line says it where the thing is gone or new.
    pub(super) is_part: bool,
}

/// The description of an item that a side does not have.
const NOT_DECLARED: &str = "not declared";

/// All items that are declared differently, with both descriptions.
pub(super) fn differences(
    old: Vec<DeclarationLine>,
    new: Vec<DeclarationLine>,
) -> Vec<(String, DifferenceAspect)> {
    let is = |lines: &[DeclarationLine], what: &str| {
        let line = lines.iter().find(|line| line.what == what);
        line.map_or_else(|| NOT_DECLARED.to_owned(), |line| line.is.clone())
    };
    let gone = old
        .iter()
        .filter(|line| is(&new, &line.what) == NOT_DECLARED);
    let all = new.iter().chain(gone);
    let differ = all.filter_map(|line| {
        let (from, to) = (is(&old, &line.what), is(&new, &line.what));
        let kind = line.kind;
        let is_whole = from != NOT_DECLARED && to != NOT_DECLARED;
        (from != to && (is_whole || !line.is_part))
            .then(|| (line.what.clone(), DifferenceAspect { kind, from, to }))
    });
    differ.collect()
}

/// All declarations of a product, except decisions.
pub(super) fn lines(product: &Product) -> Vec<DeclarationLine> {
    let mut lines = DeclarationLines(Vec::new());
    lines.title("the product".to_owned(), &product.title);
    lines.is("the levels of a seat", names(product, &product.levels));
    roles(product, &mut lines);
    settings(product, &mut lines);
    for fact in &product.facts {
        lines.is(&format!("the values of {}", fact.id), words(&fact.domain));
    }
    things(product, &mut lines);
    for action in &product.actions {
        let id = &action.id;
        lines.is(&format!("the action {id}"), asked(product, action));
        lines.title(format!("the action {id}"), &action.title);
    }
    for change in &product.changes {
        let id = &change.id;
        lines.is(&format!("the change {id}"), made(product, change));
        lines.title(format!("the change {id}"), &change.title);
    }
    if let Some(bulk) = &product.bulk {
        let changes = bulk.changes.iter().filter_map(|id| product.change(*id));
        lines.is("the bulk change", listed(changes.map(|change| &*change.id)));
        lines.title("the bulk change".to_owned(), &bulk.title);
        lines.ruling(product, "bulk changes are all or nothing", bulk.accepted);
        lines.ruling(
            product,
            "parts of a bulk change contradict",
            bulk.contradiction,
        );
        let basis = bulk.all_or_nothing.word().to_owned();
        lines.basis("all or nothing".to_owned(), basis);
    }
    for effect in &product.effects {
        let basis = effect.basis.word();
        let section = product.heading(effect.section);
        lines.0.push(DeclarationLine {
            kind: ChangeKind::Effect,
            what: format!("the effect {}", effect.id),
            is: match effect_steps(product, effect) {
                Some(steps) => format!("{basis}, from {section}; {steps}"),
                None => format!("{basis}, from {section}"),
            },
            is_part: false,
        });
        lines.title(format!("the effect {}", effect.id), &effect.title);
    }
    let grounds = &product.grounds;
    lines.ruling(product, "the user is disabled", grounds.user_disabled);
    lines.ruling(product, "the user has no seat", grounds.user_has_no_seat);
    lines.ruling(
        product,
        "the target has no seat",
        grounds.target_has_no_seat,
    );
    lines.0
}

fn roles(product: &Product, lines: &mut DeclarationLines) {
    for role in &product.roles {
        let id = &role.id;
        let holders = match &role.holders {
            Some(holders) if holders.enabled => "held by exactly one, who is enabled",
            Some(_) => "held by exactly one",
            None => "held by any number",
        };
        let moves = role
            .moves_by
            .as_ref()
            .map_or_else(String::new, |change| format!(", moved by {change}"));
        lines.is(&format!("the role {id}"), format!("{holders}{moves}"));
        let basis = role.basis.word().to_owned();
        lines.basis(format!("the role {id}"), basis);
        lines.title(format!("the role {id}"), &role.title);
        if let Some(holders) = &role.holders {
            lines.ruling(product, &format!("{id} is not held by one"), holders.ruling);
        }
    }
}

fn settings(product: &Product, lines: &mut DeclarationLines) {
    for setting in &product.settings {
        let id = &setting.id;
        lines.is(&format!("the values of {id}"), words(&setting.domain));
        let default = setting.domain.word(setting.default).to_owned();
        lines.is(&format!("{id} where a firm says nothing"), default);
        let basis = setting.basis.word().to_owned();
        lines.basis(format!("the setting {id}"), basis);
        lines.title(format!("the setting {id}"), &setting.title);
    }
    for reading in &product.readings {
        let id = &reading.id;
        let default = reading.default.to_string();
        lines.is(&format!("{id} where a firm says nothing"), default);
        lines.title(format!("the reading {id}"), &reading.question);
    }
}

fn things(product: &Product, lines: &mut DeclarationLines) {
    for kind in &product.kinds {
        let id = &kind.id;
        let whole = kind.part_of.and_then(|whole| product.kind(whole));
        let is = match whole {
            Some(whole) if whole.id == *id => format!("part of others, {} deep", kind.depth),
            Some(whole) => format!("part of a {}", whole.id),
            None => "part of nothing".to_owned(),
        };
        lines.is(&format!("the kind of thing {id}"), is);
        lines.title(format!("the kind of thing {id}"), &kind.title);
        for property in &kind.properties {
            let domain = product.fact(property.fact).map(|fact| &fact.domain);
            let default = domain.map_or("?", |domain| domain.word(property.default));
            let what = format!("{id}.{} where a firm says nothing", property.id);
            lines.is(&what, default.to_owned());
            lines.title(
                format!("the property {id}.{}", property.id),
                &property.title,
            );
        }
        for list in &kind.lists {
            let brings = kind.lists.iter().filter(|other| {
                let fact = product.fact(other.fact);
                fact.is_some_and(|fact| fact.brought_by.contains(&list.fact))
            });
            let brings = listed(brings.map(|other| &*other.id));
            let silent = if list.is_open { "everyone" } else { "nobody" };
            let holds = if list.is_single { "one" } else { "any number" };
            let is = format!("holds {holds}, {silent} where a firm says nothing, brings {brings}");
            lines.is(&format!("the list {id}.{}", list.id), is);
            lines.title(format!("the list {id}.{}", list.id), &list.title);
        }
    }
    for fact in &product.facts {
        if let FactSource::Taken(path, taken) = fact.source {
            let kind = product.kind_at(path);
            let list = kind.and_then(|kind| kind.lists.get(taken.list));
            let (kind, list) = (
                kind.map_or("?", |kind| &kind.id),
                list.map_or("?", |of| &of.id),
            );
            let [open, listed, not_listed] =
                [taken.open, taken.listed, taken.not_listed].map(|value| fact.domain.word(value));
            let is = format!("{kind}.{list}: {open}, {listed} or {not_listed}");
            lines.is(&format!("where {} comes from", fact.id), is);
        }
    }
}

struct DeclarationLines(Vec<DeclarationLine>);

impl DeclarationLines {
    fn is(&mut self, what: &str, is: String) {
        let (kind, what) = (ChangeKind::Declared, what.to_owned());
        self.0.push(DeclarationLine {
            kind,
            what,
            is,
            is_part: false,
        });
    }

    fn basis(&mut self, of: String, basis: String) {
        self.0.push(DeclarationLine {
            kind: ChangeKind::Basis,
            what: format!("the basis of {of}"),
            is: basis,
            is_part: false,
        });
    }

    fn title(&mut self, of: String, title: &str) {
        self.0.push(DeclarationLine {
            kind: ChangeKind::Title,
            what: format!("what {of} is called"),
            is: title.to_owned(),
            is_part: false,
        });
    }

    /// The reasons of the grounds, which apply whoever asks.
    fn ruling(&mut self, product: &Product, where_: &str, ruling: RulingId) {
        let Some(ruling) = product.ruling(ruling) else {
            return;
        };
        let (kind, what) = (ChangeKind::Reason, format!("what is said where {where_}"));
        let section = product.heading(ruling.section);
        let (reason, rule, basis) = (&ruling.reason, &ruling.rule, ruling.basis);
        let site = ruling.site.iter().map(|site| format!(", in {site}"));
        let site: String = site.collect();
        let is = format!("{reason} ({rule}, {basis}, from {section}{site})");
        self.0.push(DeclarationLine {
            kind,
            what,
            is,
            is_part: false,
        });
    }
}

fn asked(product: &Product, action: &Action) -> String {
    let facts = action.facts.iter().filter_map(|used| {
        let fact = product.fact(used.fact)?;
        if fact.source.is_of_thing() {
            return None;
        }
        Some(match used.default {
            // A default of a fact shows in the decisions where it matters.
            Some(_) => format!("{} or silence about it", fact.id),
            None => fact.id.to_string(),
        })
    });
    let thing = action.on_thing.and_then(|kind| product.kind(kind));
    let thing = thing.map(|kind| format!("a {}", kind.id));
    let target = action.on_target.then(|| "a target".to_owned()).or(thing);
    let with: Vec<String> = target.into_iter().chain(facts).collect();
    match with.as_slice() {
        [] => "asked about a user".to_owned(),
        with => format!("asked about a user with {}", with.join(", ")),
    }
}

fn made(product: &Product, change: &LinkedChange) -> String {
    let arguments = change.takes.iter().map(|argument| argument.name());
    let mut made = format!("takes {}", listed(arguments));
    if !change.roles.is_empty() {
        made = format!("{made}; roles {}", names(product, &change.roles));
    }
    let settings: Vec<&str> = change
        .settings
        .iter()
        .filter_map(|id| product.setting(*id))
        .map(|setting| &*setting.id)
        .collect();
    if !settings.is_empty() {
        made = format!("{made}; settings {}", settings.join(", "));
    }
    if change.is_about_users() {
        return made;
    }
    let kind = change.kind.and_then(|kind| product.kind(kind));
    let kind = kind.map_or("a group", |kind| &kind.id);
    let targets = [
        ("user", change.targets.users),
        ("group", change.targets.groups),
    ];
    let targets = targets
        .iter()
        .filter_map(|(word, fits)| fits.then_some(*word));
    let lists = listed(change.list_names(product));
    let steps = steps(product, change, &change.steps);
    made = format!(
        "{made}; about {kind}; done to {}; lists {lists}",
        listed(targets)
    );
    format!("{made}; {steps}")
}

/// What an effect does to the thing or the group of its change, in words.
fn effect_steps(product: &Product, effect: &Effect) -> Option<String> {
    let EffectTrigger::Change(change) = effect.after else {
        return None;
    };
    let change = product
        .change(change)
        .filter(|_| !effect.steps.is_empty())?;
    Some(steps(product, change, &effect.steps))
}

/// What a change or an effect does to the thing or the group, in words.
fn steps(product: &Product, change: &LinkedChange, steps: &[ThingStep]) -> String {
    let kind = change.kind.and_then(|kind| product.kind(kind));
    let list = |choice: &ArgumentChoice<usize>| match choice {
        ArgumentChoice::Argument => "list",
        ArgumentChoice::Fixed(number) => {
            let declared = kind.and_then(|kind| kind.lists.get(*number));
            declared.map_or("?", |list| &list.id)
        }
    };
    let place = |place: &StepPlace| match place {
        StepPlace::Group => "the group",
        StepPlace::List(choice) => list(choice),
    };
    let who = |who: &AlteredPerson| match who {
        AlteredPerson::Person(person) => person.name(),
        AlteredPerson::Holder(role) => product.role_name(*role),
    };
    let words = steps.iter().map(|step| match step {
        ThingStep::Add(at, one) => format!("adds {} to {}", who(one), place(at)),
        ThingStep::Remove(at, one) => format!("removes {} from {}", who(one), place(at)),
        ThingStep::Only(at, one) => format!("leaves {} alone on {}", who(one), place(at)),
        ThingStep::Reset(at) => format!("resets {}", list(at)),
        ThingStep::Set(number, to) => {
            let declared = kind.and_then(|kind| kind.properties.get(*number));
            let fact = declared.and_then(|property| product.fact(property.fact));
            let to = match (to, fact) {
                (ArgumentChoice::Fixed(to), Some(fact)) => fact.domain.word(*to),
                _ => "value",
            };
            let property = declared.map_or("?", |property| &property.id);
            format!("sets {property} to {to}")
        }
    });
    let words: Vec<String> = words.collect();
    words.join(", ")
}

fn names(product: &Product, roles: &[crate::link::product::RoleId]) -> String {
    listed(roles.iter().map(|role| product.role_name(*role)))
}

fn words(domain: &Domain) -> String {
    listed(domain.words())
}

pub(super) fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    match names.as_slice() {
        [] => "none".to_owned(),
        names => names.join(", "),
    }
}
