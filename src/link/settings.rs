//! Settings, readings, facts and arguments: the other names that scripts may read.

use std::fmt::Display;
use std::sync::Arc;

use super::names::Linker;
use super::product::{
    Argument, FactSource, PersonMember, Product, Reading, ReadingId, Setting, SettingId, Variable,
};
use crate::finding::{names as unknown, rules as codes};
use crate::read::rule_file::{
    ActionDeclaration, FactDeclaration, GroupEntry, ReadingDeclaration, RuleFile,
    SettingDeclaration,
};
use crate::value::{Domain, Value};
use crate::yaml::{KeyedEntries, Text};

/// The most settings, readings and facts of a product together.
const MOST_NAMES: usize = 16_000;

impl Linker<'_> {
    /// Gives every setting and reading its number and makes it readable in scripts.
    pub(super) fn declare_settings(&mut self, file: &RuleFile) {
        let same_user = Arc::make_mut(&mut self.product.vocabulary);
        same_user.add_variable("same_user", Domain::Flag);
        self.product.variables.push(Variable::SameUser);
        for (id, entry) in file.settings.iter().flat_map(|settings| &settings.0) {
            self.declare_setting(id, entry);
        }
        for (id, entry) in file.readings.iter().flat_map(|readings| &readings.0) {
            self.declare_reading(id, entry);
        }
        let count = self.product.settings.len() + self.product.readings.len();
        self.within(
            count,
            MOST_NAMES,
            "settings and readings",
            file.product.span,
        );
    }

    /// Takes up the lists of values that have a name.
    pub(super) fn declare_values(&mut self, values: Option<&KeyedEntries<Vec<Text>>>) {
        for (id, words) in values.into_iter().flat_map(|values| &values.0) {
            self.id(id, "a list of values");
            let domain = self.domain(words, id.span);
            self.values_unused
                .push((id.value.clone(), self.place(id.span)));
            let names = &mut self.product.names.values;
            names.insert(id.value.as_str().into(), domain);
        }
    }

    fn declare_setting(&mut self, id: &Text, entry: &SettingDeclaration) {
        self.id(id, "a setting");
        if id.value == "roles" {
            self.report(&codes::RESERVED_NAME, id.span, &[&id.value, &"a setting"]);
        }
        self.not_taken(id);
        let domain = self.values(&entry.values, id.span);
        let default = self.default(&entry.default, &domain);
        let number = SettingId::from(self.product.settings.len());
        self.product
            .names
            .settings
            .insert(id.value.as_str().into(), number);
        self.product.members.push(PersonMember::Setting(number));
        Arc::make_mut(&mut self.product.vocabulary).add_member(&id.value, domain.clone());
        let basis = self.basis(&entry.basis);
        let section = self.section(&entry.section);
        let place = self.place(id.span);
        self.product.settings.push(Setting {
            id: id.value.as_str().into(),
            title: entry.title.value.as_str().into(),
            domain,
            default,
            basis,
            section,
            place,
        });
    }

    fn declare_reading(&mut self, id: &Text, entry: &ReadingDeclaration) {
        self.id(id, "a reading");
        self.not_taken(id);
        let number = ReadingId::from(self.product.readings.len());
        self.product
            .names
            .readings
            .insert(id.value.as_str().into(), number);
        self.variable(&id.value, Domain::Flag, Variable::Reading(number));
        let section = self.section(&entry.section);
        let place = self.place(id.span);
        self.product.readings.push(Reading {
            id: id.value.as_str().into(),
            question: entry.question.value.as_str().into(),
            default: entry.default.value,
            section,
            place,
        });
    }

    /// Gives every fact of every action its number; the same fact has the same values everywhere.
    pub(super) fn declare_facts(&mut self, groups: &[GroupEntry]) {
        for group in groups {
            let of_actions = group
                .actions
                .0
                .iter()
                .filter_map(|(_, action)| match action {
                    ActionDeclaration::Fields(fields) => fields.facts.as_ref(),
                    ActionDeclaration::Title(_) => None,
                });
            for facts in group.facts.iter().chain(of_actions) {
                self.declare_facts_of(facts);
            }
        }
    }

    fn declare_facts_of(&mut self, facts: &KeyedEntries<FactDeclaration>) {
        for (id, entry) in &facts.0 {
            // What is known of a thing has a dot in its name, and is no fact to declare.
            if id.value.contains('.') {
                self.id(id, "a fact");
                continue;
            }
            let domain = self.values(&entry.values, id.span);
            if let Some(default) = &entry.default {
                self.default(default, &domain);
            }
            let known = self.product.names.facts.get(id.value.as_str());
            let known = known.copied();
            let from = entry.from.as_ref();
            let source = from.map_or(FactSource::Question, |from| self.taken_fact(from, &domain));
            match known.and_then(|fact| self.product.fact(fact)) {
                Some(fact) if fact.domain == domain && fact.source == source => {}
                Some(fact) => {
                    let first = fact.place.clone();
                    let what = if fact.domain == domain {
                        "another `from`"
                    } else {
                        "other values"
                    };
                    let words: [&dyn Display; 2] = [&id.value, &what];
                    let finding = self.finding(&codes::FACT_DIFFERS, id.span, &words);
                    self.push(finding.with_label(first, "first here"));
                }
                None => self.declare_fact(id, domain, source),
            }
        }
    }

    fn declare_fact(&mut self, id: &Text, domain: Domain, source: FactSource) {
        self.id(id, "a fact");
        self.not_taken(id);
        self.within(self.product.facts.len(), MOST_NAMES, "facts", id.span);
        self.new_fact(&id.value, id, domain, source);
    }

    /// Makes arguments of changes readable in scripts. Scripts see a role or setting as its id,
    /// and a value as itself.
    pub(super) fn declare_arguments(&mut self, file: &RuleFile) {
        let takes = file.changes.iter().flat_map(|changes| &changes.0);
        let taken: Vec<&str> = takes
            .filter_map(|(_, change)| change.takes.as_ref())
            .flat_map(|takes| takes.0.iter().map(|(name, _)| name.value.as_str()))
            .collect();
        for argument in Argument::READ {
            if !taken.contains(&argument.name()) {
                continue;
            }
            let roles = self.product.roles.iter().map(|role| &*role.id);
            let settings = self.product.settings.iter();
            let domain = match argument {
                Argument::Role => Domain::of(roles),
                Argument::Setting => Domain::of(settings.map(|setting| &*setting.id)),
                Argument::Value => values_of(settings, &self.product),
                _ => lists_of(&self.product),
            };
            self.within(domain.len(), MOST_NAMES, "values", file.product.span);
            self.variable(argument.name(), domain, Variable::Argument(argument));
        }
    }

    pub(super) fn variable(&mut self, name: &str, domain: Domain, variable: Variable) {
        Arc::make_mut(&mut self.product.vocabulary).add_variable(name, domain);
        self.product.variables.push(variable);
    }

    /// Reports a name that is already taken. Scripts see all these names together, so each must be unique.
    pub(super) fn not_taken(&mut self, id: &Text) {
        let names = &self.product.names;
        let kind = if names.roles.contains_key(id.value.as_str()) {
            "a role"
        } else if names.settings.contains_key(id.value.as_str()) {
            "a setting"
        } else if names.readings.contains_key(id.value.as_str()) {
            "a reading"
        } else if names.facts.contains_key(id.value.as_str()) {
            "a fact"
        } else if names.kinds.contains_key(id.value.as_str()) {
            "a kind of thing"
        } else if Argument::named(&id.value).is_some() {
            "an argument of changes"
        } else {
            return;
        };
        self.report(&codes::NAME_TAKEN, id.span, &[&id.value, &kind]);
    }

    /// The value that a default names. A value outside the domain is reported.
    pub(super) fn default(&mut self, default: &Text, domain: &Domain) -> Value {
        self.value_of("the default", default, domain)
    }

    /// The value that a word names, which has to be one of the domain. `what` it is stands in front of it where it is not.
    pub(super) fn value_of(&mut self, what: &str, word: &Text, domain: &Domain) -> Value {
        let value = domain.find(&word.value);
        if value.is_none() {
            let words: [&dyn Display; 2] = [&what, &word.value];
            let finding = self.finding(&codes::DEFAULT_NOT_A_VALUE, word.span, &words);
            self.push_with(finding, |finding| {
                finding.with_nearest(&word.value, domain.words())
            });
        }
        value.unwrap_or_default()
    }

    /// The setting with this id. An unknown id is reported.
    pub(super) fn setting(&mut self, id: &Text) -> Option<SettingId> {
        self.named(id, &unknown::UNKNOWN_SETTING, |names| &names.settings)
    }
}

/// The values of all settings, and of all properties of things, each once.
fn values_of<'s>(settings: impl Iterator<Item = &'s Setting>, product: &'s Product) -> Domain {
    let kinds = product.kinds.iter();
    let properties = kinds.flat_map(|kind| &kind.properties);
    let properties = properties.filter_map(|property| product.fact(property.fact));
    let settings = settings.map(|setting| &setting.domain);
    let domains = settings.chain(properties.map(|fact| &fact.domain));
    each_once(domains.flat_map(Domain::words))
}

/// The lists of all kinds of things, each name once.
fn lists_of(product: &Product) -> Domain {
    let lists = product.kinds.iter().flat_map(|kind| &kind.lists);
    each_once(lists.map(|list| &*list.id))
}

fn each_once<'w>(words: impl Iterator<Item = &'w str>) -> Domain {
    let mut seen = std::collections::HashSet::new();
    Domain::of(words.filter(|word| seen.insert(*word)))
}
