//! A rulebook that nobody wrote by hand, as data: it can be written down, cut smaller, and asked about.

use super::kind::ThingKind;
use crate::asked::Named;
use crate::model::{Arguments, Fact, Model, Owner, Setting, Takes, Word};

/// The id of its product.
pub(crate) const PRODUCT: &str = "made";

/// The id of the change that passes on what one person holds.
pub(crate) const PASS_ON: &str = "pass_on";

/// A rulebook of one product.
#[derive(Debug, Clone, Default)]
pub(crate) struct Book {
    pub(crate) roles: Vec<Role>,
    /// Of these a seat holds exactly one.
    pub(crate) levels: Vec<Word>,
    pub(crate) owner: Option<Owner>,
    /// The values that settings, facts and properties share by name; none where there is no such list.
    pub(crate) shared: Vec<Word>,
    pub(crate) kinds: Vec<ThingKind>,
    pub(crate) settings: Vec<Setting>,
    pub(crate) readings: Vec<Word>,
    /// Facts with their values; groups name those that their actions take.
    pub(crate) facts: Vec<Setting>,
    pub(crate) functions: Vec<Function>,
    pub(crate) refusals: Vec<Refusal>,
    pub(crate) groups: Vec<Group>,
    pub(crate) changes: Vec<Change>,
    pub(crate) effects: Vec<Effect>,
}

#[derive(Debug, Clone)]
pub(crate) struct Role {
    pub(crate) id: Word,
    /// Roles that come with it, each under a condition over readings.
    pub(crate) brings: Vec<(Word, Option<String>)>,
}

/// What a condition may read beside readings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) user: bool,
    pub(crate) target: bool,
    /// The kind of thing that an action is done to.
    pub(crate) thing: Option<Word>,
    pub(crate) facts: Vec<Word>,
    pub(crate) arguments: Vec<&'static str>,
}

impl Scope {
    /// Whether all that it has is had by another.
    pub(crate) fn is_in(&self, other: &Self) -> bool {
        let has = |one: bool, other: bool| !one || other;
        has(self.user, other.user)
            && has(self.target, other.target)
            && (self.thing.is_none() || self.thing == other.thing)
            && self.facts.iter().all(|fact| other.facts.contains(fact))
            && self
                .arguments
                .iter()
                .all(|one| other.arguments.contains(one))
    }
}

/// What a function is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Parameter {
    Nothing,
    Person,
    /// A thing of a kind.
    Thing(Word),
}

/// A function of the script.
#[derive(Debug, Clone)]
pub(crate) struct Function {
    pub(crate) name: Word,
    /// What is handed to it.
    pub(crate) takes: Parameter,
    /// What it reads.
    pub(crate) scope: Scope,
    /// It calls only functions of lower levels.
    pub(crate) level: usize,
    pub(crate) body: String,
}

/// A refusal, by name.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) id: Word,
    pub(crate) when: String,
    pub(crate) scope: Scope,
}

/// Who may, as rule files write it.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    pub(crate) allow: String,
    pub(crate) when: Option<String>,
    pub(crate) unless: Vec<Word>,
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) id: Word,
    pub(crate) whom: Option<&'static str>,
    pub(crate) clause: Clause,
}

/// What decides about an action.
#[derive(Debug, Clone)]
pub(crate) enum Rules {
    One(Clause),
    Several(Vec<Rule>),
}

#[derive(Debug, Clone)]
pub(crate) struct Action {
    pub(crate) id: Word,
    /// None where it has those of its group.
    pub(crate) rules: Option<Rules>,
}

#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) on_target: bool,
    /// The kind of thing that its actions are done to.
    pub(crate) thing: Option<Word>,
    pub(crate) facts: Vec<Word>,
    pub(crate) rules: Rules,
    pub(crate) actions: Vec<Action>,
}

#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) id: Word,
    pub(crate) arguments: Arguments,
    pub(crate) clause: Clause,
    /// Alterations as rule files write them.
    pub(crate) does: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Effect {
    pub(crate) id: Word,
    /// The change it follows; none for a change that changes nothing.
    pub(crate) after: Option<Word>,
    pub(crate) when: Option<String>,
    pub(crate) does: Vec<String>,
}

impl Arguments {
    /// The names that conditions know them by.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Role(_) => vec!["role"],
            Self::Setting(_) => vec!["setting", "value"],
        }
    }
}

impl Book {
    /// The same without what is done to things.
    pub(crate) fn about_people(&self) -> Self {
        let mut book = self.clone();
        book.groups.retain(|group| group.thing.is_none());
        book.use_facts();
        book
    }

    /// A fact is declared by the groups that take it: the first takes those that none does.
    pub(crate) fn use_facts(&mut self) {
        for fact in &self.facts {
            let is_used = |group: &Group| group.facts.contains(&fact.id);
            if !self.groups.iter().any(is_used)
                && let Some(first) = self.groups.first_mut()
            {
                first.facts.push(fact.id.clone());
            }
        }
    }

    /// What there is to ask about people.
    pub(crate) fn model(&self) -> Model {
        let used = |group: &Group, action: &Action| {
            let facts = self.facts.iter();
            let facts = facts.filter(|fact| group.facts.contains(&fact.id));
            let of_action = |fact: &Setting| Fact {
                action: action.id.clone(),
                id: fact.id.clone(),
                values: fact.values.clone(),
                follows_from: None,
            };
            facts.map(of_action).collect::<Vec<_>>()
        };
        let actions = self
            .groups
            .iter()
            .flat_map(|group| group.actions.iter().map(move |action| (group, action)));
        let changes = self.changes.iter().map(|change| Takes {
            change: change.id.clone(),
            arguments: change.arguments.clone(),
        });
        Model {
            product: PRODUCT.into(),
            roles: self.roles.iter().map(|role| role.id.clone()).collect(),
            levels: self.levels.clone(),
            owner: self.owner.clone(),
            settings: self.settings.clone(),
            readings: self.readings.clone(),
            facts: actions
                .flat_map(|(group, action)| used(group, action))
                .collect(),
            things: Vec::new(),
            changes: changes.collect(),
            elsewhere: |_| None,
        }
    }

    /// Its actions and changes.
    pub(crate) fn names(&self) -> Vec<Named> {
        let of_group = |group: &Group| {
            let on_target = group.on_target;
            let actions = group.actions.iter().map(|action| Named {
                id: action.id.clone(),
                is_change: false,
                on_target,
                on_thing: None,
            });
            actions.collect::<Vec<_>>()
        };
        let changes = self.changes.iter().map(|change| Named {
            id: change.id.clone(),
            is_change: true,
            on_target: true,
            on_thing: None,
        });
        self.groups
            .iter()
            .flat_map(of_group)
            .chain(changes)
            .collect()
    }
}
