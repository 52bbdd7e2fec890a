//! The catalogue: everything that a rulebook declares, for people and for other programs.

use serde::{Deserialize, Serialize};

use super::promises::{AdviceEntry, ConflictEntry, PropertyEntry};
use super::things::ThingKindEntry;
use crate::link::product::{
    Action, Basis, Effect, EffectTrigger, FactUse, LinkedBulk, LinkedChange, Product, Reading,
    Role, SectionId, Setting,
};
use crate::rulebook::Rulebook;
use crate::value::Domain;

/// A product and everything its rule file declares, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProductEntry {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Title of the source document.
    pub document: String,
    /// Roles that a user can hold.
    pub roles: Vec<RoleEntry>,
    /// Settings that every seat has.
    pub settings: Vec<SettingEntry>,
    /// Questions that the source document leaves open.
    pub readings: Vec<ReadingEntry>,
    /// Kinds of things that actions are done to.
    pub things: Vec<ThingKindEntry>,
    /// Actions that can be asked about.
    pub actions: Vec<ActionEntry>,
    /// Permission changes.
    pub changes: Vec<ChangeEntry>,
    /// Many changes at once, if the product supports it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bulk: Option<BulkEntry>,
    /// Effects that can follow a change.
    pub effects: Vec<EffectEntry>,
    /// Pairs of abilities that one person should not hold.
    pub conflicts: Vec<ConflictEntry>,
    /// How the users of a firm should be.
    pub advice: Vec<AdviceEntry>,
    /// Properties that the rules promise.
    pub properties: Vec<PropertyEntry>,
}

/// A role that a user can hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoleEntry {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Whether the source document states it.
    pub basis: Basis,
    /// Heading of the section of the document.
    pub section: String,
    /// Where it stands, as `file:line`.
    pub place: String,
    /// The change that hands it on, if it cannot be granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moves_by: Option<String>,
}

/// A setting that every seat has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SettingEntry {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Its values.
    pub values: Vec<String>,
    /// The default value, when a firm file does not set it.
    pub default: String,
    /// Whether the source document states it.
    pub basis: Basis,
    /// Heading of the section of the document.
    pub section: String,
    /// Where it stands, as `file:line`.
    pub place: String,
}

/// A question that the document leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadingEntry {
    /// Its id.
    pub id: String,
    /// The question.
    pub question: String,
    /// The default answer. A firm can choose the other one.
    pub default: bool,
    /// Heading of the section of the document.
    pub section: String,
    /// Where it stands, as `file:line`.
    pub place: String,
}

/// An action that can be asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActionEntry {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The heading it stands under.
    pub group: String,
    /// Whether it is done to a person.
    pub on_target: bool,
    /// Id of the kind of thing that it is done to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_thing: Option<String>,
    /// Facts that the question supplies.
    pub facts: Vec<FactEntry>,
    /// Where it stands, as `file:line`.
    pub place: String,
}

/// An input that comes with a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactEntry {
    /// Its id.
    pub id: String,
    /// Its values.
    pub values: Vec<String>,
    /// The default when the question does not give it. `None` when the question has to give it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
}

/// A permission change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeEntry {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What it takes, in the order of the command line: `role`, `setting`, `value`, `thing`, `list`, `group`.
    pub takes: Vec<String>,
    /// To whom it is done: `user`, `group`, both, or nobody.
    pub targets: Vec<String>,
    /// The kind of the thing that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The lists of the thing that it can be about.
    pub lists: Vec<String>,
    /// Whether the source document states it.
    pub basis: Basis,
    /// Heading of the section of the document.
    pub section: String,
    /// Where it stands, as `file:line`.
    pub place: String,
    /// Whether it can be part of a bulk change.
    pub in_bulk: bool,
}

/// Many changes by one user, at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BulkEntry {
    /// What people call it.
    pub title: String,
    /// The changes it may consist of.
    pub of: Vec<String>,
    /// Whether the source document states that one refused part refuses all.
    pub all_or_nothing: Basis,
}

/// An effect that can follow a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EffectEntry {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The change it follows. `None` when it follows a change that alters nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Whether the source document states it.
    pub basis: Basis,
    /// Heading of the section of the document.
    pub section: String,
    /// Where it stands, as `file:line`.
    pub place: String,
}

impl Rulebook {
    /// All declarations of a product. `None` when there is no such product.
    ///
    /// ```
    /// let rulebook = clio_rules::Rulebook::builtin()?;
    /// let manage = rulebook.catalogue("manage").expect("it is built in");
    /// let set = manage.changes.iter().find(|change| change.id == "set_visibility").expect("it is declared");
    /// assert_eq!(set.takes, ["setting", "value"]);
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn catalogue(&self, product: &str) -> Option<ProductEntry> {
        let compiled = self.product(self.product_number(product)?)?;
        Some(compiled.product.catalogue())
    }
}

impl Product {
    fn catalogue(&self) -> ProductEntry {
        ProductEntry {
            id: self.id.to_string(),
            title: self.title.to_string(),
            document: self.document.to_string(),
            roles: self.role_entries(),
            settings: self.setting_entries(),
            readings: self.reading_entries(),
            things: self.thing_entries(),
            actions: self.action_entries(),
            changes: self.change_entries(),
            bulk: self.bulk.as_ref().map(|bulk| self.bulk_entry(bulk)),
            effects: self.effect_entries(),
            conflicts: self.conflict_entries(),
            advice: self.advice_entries(),
            properties: self.property_entries(),
        }
    }

    fn section_heading(&self, section: SectionId) -> String {
        self.heading(section).to_owned()
    }

    fn role_entries(&self) -> Vec<RoleEntry> {
        let entry = |role: &Role| RoleEntry {
            id: role.id.to_string(),
            title: role.title.to_string(),
            basis: role.basis,
            section: self.section_heading(role.section),
            place: role.place.file_and_line(),
            moves_by: role.moves_by.as_ref().map(ToString::to_string),
        };
        self.roles.iter().map(entry).collect()
    }

    fn setting_entries(&self) -> Vec<SettingEntry> {
        let entry = |setting: &Setting| SettingEntry {
            id: setting.id.to_string(),
            title: setting.title.to_string(),
            values: words(&setting.domain),
            default: setting.domain.word(setting.default).to_owned(),
            basis: setting.basis,
            section: self.section_heading(setting.section),
            place: setting.place.file_and_line(),
        };
        self.settings.iter().map(entry).collect()
    }

    fn reading_entries(&self) -> Vec<ReadingEntry> {
        let entry = |reading: &Reading| ReadingEntry {
            id: reading.id.to_string(),
            question: reading.question.to_string(),
            default: reading.default,
            section: self.section_heading(reading.section),
            place: reading.place.file_and_line(),
        };
        self.readings.iter().map(entry).collect()
    }

    fn action_entries(&self) -> Vec<ActionEntry> {
        let entry = |action: &Action| ActionEntry {
            id: action.id.to_string(),
            title: action.title.to_string(),
            group: self
                .groups
                .get(action.group)
                .map_or_else(String::new, |group| group.title.to_string()),
            on_target: action.on_target,
            on_thing: action
                .on_thing
                .and_then(|kind| self.kind(kind))
                .map(|kind| kind.id.to_string()),
            facts: self.fact_entries(action),
            place: action.place.file_and_line(),
        };
        self.actions.iter().map(entry).collect()
    }

    fn fact_entries(&self, action: &Action) -> Vec<FactEntry> {
        let entry = |used: &FactUse| {
            let fact = self.facts.get(used.fact.index())?;
            Some(FactEntry {
                id: fact.id.to_string(),
                values: words(&fact.domain),
                default: used.default.map(|value| fact.domain.word(value).to_owned()),
            })
        };
        action.facts.iter().filter_map(entry).collect()
    }

    fn change_entries(&self) -> Vec<ChangeEntry> {
        let in_bulk = |number: usize| {
            let bulk = self.bulk.as_ref();
            bulk.is_some_and(|bulk| bulk.changes.iter().any(|change| change.index() == number))
        };
        let entry = |(number, change): (usize, &LinkedChange)| ChangeEntry {
            id: change.id.to_string(),
            title: change.title.to_string(),
            takes: change
                .takes
                .iter()
                .map(|argument| argument.name().to_owned())
                .collect(),
            targets: [
                ("user", change.targets.users),
                ("group", change.targets.groups),
            ]
            .into_iter()
            .filter(|(_, fits)| *fits)
            .map(|(word, _)| word.to_owned())
            .collect(),
            kind: change
                .kind
                .and_then(|kind| self.kind(kind))
                .map(|kind| kind.id.to_string()),
            lists: change.list_names(self).map(str::to_owned).collect(),
            basis: change.basis,
            section: self.section_heading(change.section),
            place: change.place.file_and_line(),
            in_bulk: in_bulk(number),
        };
        self.changes.iter().enumerate().map(entry).collect()
    }

    fn bulk_entry(&self, bulk: &LinkedBulk) -> BulkEntry {
        let changes = bulk
            .changes
            .iter()
            .filter_map(|change| self.changes.get(change.index()));
        BulkEntry {
            title: bulk.title.to_string(),
            of: changes.map(|change| change.id.to_string()).collect(),
            all_or_nothing: bulk.all_or_nothing,
        }
    }

    fn effect_entries(&self) -> Vec<EffectEntry> {
        let after = |after| match after {
            EffectTrigger::Change(change) => self
                .changes
                .get(change.index())
                .map(|change| change.id.to_string()),
            EffectTrigger::NothingChanged => None,
        };
        let entry = |effect: &Effect| EffectEntry {
            id: effect.id.to_string(),
            title: effect.title.to_string(),
            after: after(effect.after),
            basis: effect.basis,
            section: self.section_heading(effect.section),
            place: effect.place.file_and_line(),
        };
        self.effects.iter().map(entry).collect()
    }
}

fn words(domain: &Domain) -> Vec<String> {
    domain.words().map(str::to_owned).collect()
}
