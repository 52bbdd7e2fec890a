//! A linked product: everything that a rule file declares, with numbers for names.

mod basis;
mod changes;
mod input;
mod numbers;
mod properties;
mod rules;
mod things;

use std::sync::Arc;

use crate::finding::Finding;
use crate::name::NameMap;
use crate::text::Place;
use crate::value::{Domain, Value};
use crate::vocabulary::{Read, Vocabulary};

pub use basis::Basis;
pub(crate) use changes::*;
pub(crate) use input::*;
pub(crate) use numbers::*;
pub(crate) use properties::*;
pub(crate) use rules::*;
pub(crate) use things::*;

/// One product with its rules.
#[derive(Debug, Clone, Default)]
pub(crate) struct Product {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) place: Place,
    pub(crate) document: Arc<str>,
    pub(crate) sections: Vec<Section>,
    pub(crate) roles: Vec<Role>,
    pub(crate) settings: Vec<Setting>,
    pub(crate) readings: Vec<Reading>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) kinds: Vec<ThingKind>,
    /// Every seat holds exactly one of these roles, if there are any.
    pub(crate) levels: Vec<RoleId>,
    pub(crate) grounds: GroundRulings,
    pub(crate) rulings: Vec<Ruling>,
    pub(crate) groups: Vec<ActionGroup>,
    pub(crate) actions: Vec<Action>,
    pub(crate) changes: Vec<LinkedChange>,
    pub(crate) bulk: Option<LinkedBulk>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) advice: Vec<Advice>,
    pub(crate) properties: Vec<Property>,
    /// What the file says in vain, for whoever asks: a `because` that no answer shows, a function that nothing calls.
    pub(crate) in_vain: Vec<Finding>,
    pub(crate) vocabulary: Arc<Vocabulary>,
    pub(crate) variables: Vec<Variable>,
    pub(crate) members: Vec<PersonMember>,
    pub(crate) names: ProductNames,
}

/// Numbers by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct ProductNames {
    pub(crate) roles: NameMap<RoleId>,
    pub(crate) settings: NameMap<SettingId>,
    pub(crate) readings: NameMap<ReadingId>,
    pub(crate) facts: NameMap<FactId>,
    pub(crate) kinds: NameMap<KindId>,
    /// Lists of values that several settings, facts and properties share.
    pub(crate) values: NameMap<Domain>,
    pub(crate) actions: NameMap<ActionId>,
    pub(crate) changes: NameMap<ChangeId>,
}

/// A section of the source document.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) id: Arc<str>,
    pub(crate) heading: Arc<str>,
    pub(crate) place: Place,
}

/// A role that a user can hold.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) basis: Basis,
    pub(crate) section: SectionId,
    pub(crate) place: Place,
    /// Which roles bring this one, and under which condition over readings.
    pub(crate) brought_by: Vec<BroughtRole>,
    pub(crate) holders: Option<SingleHolder>,
    /// Id of the change that passes it on.
    pub(crate) moves_by: Option<Arc<str>>,
}

/// A role that brings another.
#[derive(Debug, Clone)]
pub(crate) struct BroughtRole {
    pub(crate) role: RoleId,
    pub(crate) when: Option<ConditionId>,
}

/// A role with exactly one holder in every firm where anybody has a seat.
#[derive(Debug, Clone)]
pub(crate) struct SingleHolder {
    pub(crate) enabled: bool,
    pub(crate) usually: Option<Arc<str>>,
    /// The ruling that refuses a change that would break this.
    pub(crate) ruling: RulingId,
}

/// A setting that every seat has.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) domain: Domain,
    pub(crate) default: Value,
    pub(crate) basis: Basis,
    pub(crate) section: SectionId,
    pub(crate) place: Place,
}

/// A question that the document leaves open.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) id: Arc<str>,
    pub(crate) question: Arc<str>,
    pub(crate) default: bool,
    pub(crate) section: SectionId,
    pub(crate) place: Place,
}

/// An input that comes with a question, or with the thing that it names.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub(crate) id: Arc<str>,
    pub(crate) domain: Domain,
    pub(crate) place: Place,
    pub(crate) source: FactSource,
    /// Of a list of a thing, those lists that bring it.
    pub(crate) brought_by: Vec<FactId>,
}

/// The three rulings that come before any rule.
#[derive(Debug, Clone, Default)]
pub(crate) struct GroundRulings {
    pub(crate) user_disabled: RulingId,
    pub(crate) user_has_no_seat: RulingId,
    pub(crate) target_has_no_seat: RulingId,
}

impl Product {
    /// Number of values of an input.
    pub(crate) fn width(&self, input: DecisionInput) -> usize {
        match input {
            DecisionInput::Setting(_, setting) => {
                self.setting(setting).map_or(1, |s| s.domain.len())
            }
            DecisionInput::Fact(fact) => self.facts.get(fact.index()).map_or(1, |f| f.domain.len()),
            DecisionInput::Argument(argument) => {
                self.argument_domain(argument).map_or(1, Domain::len)
            }
            _ => 2,
        }
    }

    /// The values of an argument in scripts.
    pub(crate) fn argument_domain(&self, argument: Argument) -> Option<&Domain> {
        let number = self.vocabulary.variable(argument.name())?;
        self.vocabulary.domain(Read::Variable(number))
    }

    /// The argument that a read is about.
    pub(crate) fn argument_read(&self, read: Read) -> Option<Argument> {
        let Read::Variable(number) = read else {
            return None;
        };
        match self.variables.get(usize::from(number)) {
            Some(Variable::Argument(argument)) => Some(*argument),
            _ => None,
        }
    }

    /// The numbers of all roles.
    pub(crate) fn role_ids(&self) -> impl ExactSizeIterator<Item = RoleId> + Clone + use<> {
        (0..self.roles.len()).map(RoleId::from)
    }

    /// The numbers of all settings.
    pub(crate) fn setting_ids(&self) -> impl ExactSizeIterator<Item = SettingId> + Clone + use<> {
        (0..self.settings.len()).map(SettingId::from)
    }

    /// Every part of a user that changes can alter: roles, then settings.
    pub(crate) fn parts(&self) -> impl Iterator<Item = UserPart> + use<> {
        let roles = self.role_ids().map(UserPart::Role);
        roles.chain(self.setting_ids().map(UserPart::Setting))
    }

    /// The roles that exactly one user holds.
    pub(crate) fn single_holders(&self) -> impl Iterator<Item = (RoleId, &SingleHolder)> {
        let roles = self.role_ids().zip(&self.roles);
        roles.filter_map(|(id, role)| Some((id, role.holders.as_ref()?)))
    }

    /// The details of a role with exactly one holder. Returns `None` for other roles.
    pub(crate) fn single_holder(&self, role: RoleId) -> Option<&SingleHolder> {
        self.role(role)?.holders.as_ref()
    }

    /// The roles that bring a role, first directly and then through other roles, each once. `is_open` evaluates a condition.
    pub(crate) fn bringers(
        &self,
        role: RoleId,
        is_open: impl Fn(ConditionId) -> bool,
    ) -> Vec<RoleId> {
        let mut found = Vec::new();
        let mut next = Some(role);
        let mut looked_at = 0;
        while let Some(role) = next {
            let ways = self.role(role).into_iter();
            for bring in ways.flat_map(|role| &role.brought_by) {
                if bring.when.is_none_or(&is_open) && !found.contains(&bring.role) {
                    found.push(bring.role);
                }
            }
            next = found.get(looked_at).copied();
            looked_at += 1;
        }
        found
    }

    /// The facts that a question about an action has to say.
    pub(crate) fn facts_without_default(&self, action: &Action) -> Vec<Arc<str>> {
        let needed = action.facts.iter().filter(|used| used.default.is_none());
        let facts = needed.filter_map(|used| self.fact(used.fact));
        facts.map(|fact| Arc::clone(&fact.id)).collect()
    }

    pub(crate) fn action(&self, action: ActionId) -> Option<&Action> {
        self.actions.get(action.index())
    }

    pub(crate) fn change(&self, change: ChangeId) -> Option<&LinkedChange> {
        self.changes.get(change.index())
    }

    pub(crate) fn effect(&self, effect: EffectId) -> Option<&Effect> {
        self.effects.get(effect.index())
    }

    pub(crate) fn ruling(&self, ruling: RulingId) -> Option<&Ruling> {
        self.rulings.get(ruling.index())
    }

    /// The id of a part of a user.
    pub(crate) fn part_id(&self, part: UserPart) -> Option<&Arc<str>> {
        Some(match part {
            UserPart::Role(role) => &self.role(role)?.id,
            UserPart::Setting(setting) => &self.setting(setting)?.id,
        })
    }

    /// The word for a value of a part of a user; for a role, `true` if it is held.
    pub(crate) fn part_word(&self, part: UserPart, value: Value) -> &str {
        let domain = match part {
            UserPart::Role(_) => Some(&Domain::Flag),
            UserPart::Setting(setting) => self.setting(setting).map(|setting| &setting.domain),
        };
        domain.map_or("", |domain| domain.word(value))
    }

    pub(crate) fn role(&self, role: RoleId) -> Option<&Role> {
        self.roles.get(role.index())
    }

    pub(crate) fn setting(&self, setting: SettingId) -> Option<&Setting> {
        self.settings.get(setting.index())
    }

    pub(crate) fn reading(&self, reading: ReadingId) -> Option<&Reading> {
        self.readings.get(reading.index())
    }

    pub(crate) fn fact(&self, fact: FactId) -> Option<&Fact> {
        self.facts.get(fact.index())
    }

    pub(crate) fn role_name(&self, role: RoleId) -> &str {
        self.role(role).map_or("?", |role| &role.id)
    }

    pub(crate) fn heading(&self, section: SectionId) -> &str {
        self.sections
            .get(section.index())
            .map_or("", |section| &section.heading)
    }
}
