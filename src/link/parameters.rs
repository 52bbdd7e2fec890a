//! What a change takes: its arguments, what each of them can be, and what it is about.

use std::sync::Arc;

use super::condition::ConditionScope;
use super::names::Linker;
use super::product::{
    Argument, ChangeTargets, FactId, KindId, LinkedChange, Product, RoleId, SettingId, ThingPath,
};
use crate::finding::{names as unknown, rules as codes};
use crate::read::rule_file::{ChangeDeclaration, TakesEntry};
use crate::yaml::{OneOrMany, Text};

/// The phrase in `takes` for a value of the setting.
const VALUE_OF_SETTING: &str = "a value of setting";

/// The phrase in `takes` for a value of a property of the thing, which stands behind it.
const VALUE_OF: &str = "a value of ";

/// The phrase in `takes` for a group of the firm.
const GROUP_PHRASE: &str = "a group";

/// What a change takes.
pub(super) struct ChangeParameters {
    pub(super) arguments: Vec<Argument>,
    pub(super) roles: Vec<RoleId>,
    pub(super) settings: Vec<SettingId>,
    pub(super) lists: Vec<usize>,
    pub(super) property: Option<usize>,
    pub(super) kind: Option<KindId>,
    pub(super) targets: ChangeTargets,
}

impl Default for ChangeParameters {
    fn default() -> Self {
        Self {
            arguments: Vec::new(),
            roles: Vec::new(),
            settings: Vec::new(),
            lists: Vec::new(),
            property: None,
            kind: None,
            targets: ChangeTargets::USERS,
        }
    }
}

impl ChangeParameters {
    pub(super) fn of(change: &LinkedChange) -> Self {
        Self {
            arguments: change.takes.clone(),
            roles: change.roles.clone(),
            settings: change.settings.clone(),
            lists: change.lists.clone(),
            property: change.property,
            kind: change.kind,
            targets: change.targets,
        }
    }

    /// Whether it names a thing or a group.
    pub(super) fn takes_place(&self) -> bool {
        let places = [Argument::Thing, Argument::Group];
        places.iter().any(|place| self.arguments.contains(place))
    }

    /// Whether a thing at this path is the one that the change names.
    pub(super) fn is_own(&self, path: ThingPath) -> bool {
        self.kind.is_some_and(|kind| path == ThingPath::of(kind))
    }

    /// What conditions of the change may read.
    pub(super) fn scope(&self, product: &Product, owner: String) -> ConditionScope {
        let has_target = self.targets != ChangeTargets::NOBODY;
        let facts = product.facts_of_change(self.kind, self.targets);
        ConditionScope {
            owner,
            user: true,
            target: has_target,
            facts: facts.map(|(fact, _)| fact).collect::<Vec<FactId>>(),
            arguments: self.arguments.clone(),
            taken: self.words(product),
        }
    }

    /// The words that each argument can be.
    fn words(&self, product: &Product) -> Vec<(Argument, Arc<str>)> {
        let roles = self.roles.iter().filter_map(|role| product.role(*role));
        let roles = roles.map(|role| (Argument::Role, Arc::clone(&role.id)));
        let settings = || self.settings.iter().filter_map(|id| product.setting(*id));
        let ids = settings().map(|setting| (Argument::Setting, Arc::clone(&setting.id)));
        let kind = self.kind.and_then(|kind| product.kind(kind));
        let property = kind.zip(self.property);
        let property = property.and_then(|(kind, number)| kind.properties.get(number));
        let property = property.and_then(|property| product.fact(property.fact));
        let of_property = property.iter().flat_map(|fact| fact.domain.words());
        let of_settings = settings().flat_map(|setting| setting.domain.words());
        let values = of_settings.chain(of_property);
        let values = values.map(|word| (Argument::Value, word.into()));
        let lists = self.lists.iter();
        let lists = lists.filter_map(|list| Some(Arc::clone(&kind?.lists.get(*list)?.id)));
        let lists = lists.map(|list| (Argument::List, list));
        roles.chain(ids).chain(values).chain(lists).collect()
    }
}

impl Linker<'_> {
    pub(super) fn takes(&mut self, entry: &ChangeDeclaration) -> ChangeParameters {
        let mut takes = ChangeParameters {
            targets: self.targets(entry.target.as_ref()),
            ..ChangeParameters::default()
        };
        for (name, what) in entry.takes.iter().flat_map(|takes| &takes.0) {
            let Some(argument) = Argument::named(&name.value) else {
                self.report(&codes::TAKES_WORDS, name.span, &[&name.value]);
                continue;
            };
            match what {
                TakesEntry::Names(names) => self.take_names((argument, name), names, &mut takes),
                TakesEntry::Phrase(phrase) => {
                    self.take_phrase((argument, name), phrase, &mut takes);
                }
            }
            takes.arguments.push(argument);
        }
        takes
    }

    fn take_names(
        &mut self,
        (argument, name): (Argument, &Text),
        names: &[Text],
        takes: &mut ChangeParameters,
    ) {
        match argument {
            Argument::Role => {
                takes.roles = names.iter().filter_map(|name| self.role(name)).collect()
            }
            Argument::Setting => {
                takes.settings = names.iter().filter_map(|name| self.setting(name)).collect();
            }
            Argument::List if takes.kind.is_some() => {
                let lists = names.iter();
                takes.lists = lists
                    .filter_map(|name| self.list_of(takes.kind?, name))
                    .collect();
            }
            _ => {
                self.report(&codes::TAKES_WORDS, name.span, &[&name.value]);
                return;
            }
        }
        self.not_empty(names, name.span);
        self.no_doubles(names);
    }

    fn take_phrase(
        &mut self,
        (argument, name): (Argument, &Text),
        phrase: &Text,
        takes: &mut ChangeParameters,
    ) {
        match (argument, phrase.value.as_str()) {
            (Argument::Value, VALUE_OF_SETTING) if takes.arguments.contains(&Argument::Setting) => {
            }
            (Argument::Value, words) if takes.kind.is_some() && words.starts_with(VALUE_OF) => {
                let property = words.strip_prefix(VALUE_OF).unwrap_or_default();
                let property = self.part(phrase, property);
                let found = self.property_of_thing(&property, takes);
                takes.property = found.map(|(number, _)| number);
            }
            (Argument::Thing, _) => takes.kind = self.kind_named(phrase),
            (Argument::Group, GROUP_PHRASE) => {}
            _ => self.report(&codes::TAKES_WORDS, name.span, &[&name.value]),
        }
    }

    /// To whom a change can be done.
    fn targets(&mut self, entry: Option<&OneOrMany<Text>>) -> ChangeTargets {
        let Some(entry) = entry else {
            return ChangeTargets::USERS;
        };
        let mut targets = ChangeTargets::NOBODY;
        self.no_doubles(&entry.0);
        for word in &entry.0 {
            match word.value.as_str() {
                "user" => targets.users = true,
                "group" => targets.groups = true,
                "nobody" if entry.0.len() == 1 => {}
                _ => {
                    let expected = "`user`, `group`, both, or `nobody`";
                    let known = ["user", "group", "nobody"];
                    self.unknown(&unknown::UNKNOWN_WORD, word, known, &expected);
                    // So that nothing follows from it.
                    targets.users = true;
                }
            }
        }
        targets
    }

    /// The number of a list of a kind. An unknown one is reported.
    fn list_of(&mut self, kind: KindId, name: &Text) -> Option<usize> {
        let declared = self.product.kind(kind)?;
        let lists = &declared.lists;
        let found = lists.iter().position(|list| *list.id == *name.value);
        if found.is_none() {
            let known: Vec<Arc<str>> = lists.iter().map(|list| Arc::clone(&list.id)).collect();
            let id = Arc::clone(&declared.id);
            let known = known.iter().map(|id| &**id);
            self.unknown(&unknown::UNKNOWN_LIST, name, known, &id);
        }
        found
    }

    /// The kind of thing with this id. An unknown one is reported.
    fn kind_named(&mut self, name: &Text) -> Option<KindId> {
        self.named(name, &unknown::KIND_NOT_DECLARED, |names| &names.kinds)
    }
}
