//! Permission changes and their effects.

use std::sync::Arc;

use super::{
    AllowedUsers, Basis, ChangeId, Clause, ConditionId, EffectId, GrantedRole, RoleId, RulingId,
    SectionId, SettingId,
};
use crate::text::Place;
use crate::value::Value;
use crate::vocabulary::Person;

/// A permission change.
#[derive(Debug, Clone)]
pub(crate) struct LinkedChange {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) place: Place,
    pub(crate) basis: Basis,
    pub(crate) section: SectionId,
    /// The arguments in the order of the command line.
    pub(crate) takes: Vec<Argument>,
    /// The roles that the argument `role` may name.
    pub(crate) roles: Vec<RoleId>,
    /// The settings that the argument `setting` may name.
    pub(crate) settings: Vec<SettingId>,
    pub(crate) first_ruling: RulingId,
    pub(crate) clause: Clause,
    pub(crate) does: Vec<DeclaredAlteration>,
    /// The effects that can follow, in the order of reports.
    pub(crate) effects: Vec<EffectId>,
}

/// An argument of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Argument {
    /// A role.
    Role,
    /// A setting.
    Setting,
    /// A value of that setting.
    Value,
}

impl Argument {
    pub(crate) const ALL: [Self; 3] = [Self::Role, Self::Setting, Self::Value];

    /// The argument with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|argument| argument.name() == name)
    }

    /// Its name in rule files, scripts and JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Setting => "setting",
            Self::Value => "value",
        }
    }
}

/// One alteration by a change or an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DeclaredAlteration {
    /// Somebody gets a role. On a seat with levels, the old level is removed.
    Give(ArgumentChoice<RoleId>, AlteredPerson),
    /// Somebody loses a role.
    Take(ArgumentChoice<RoleId>, AlteredPerson),
    /// A setting of somebody gets a value.
    Set(
        ArgumentChoice<SettingId>,
        AlteredPerson,
        ArgumentChoice<Value>,
    ),
}

/// A fixed thing, or the one that an argument names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArgumentChoice<T> {
    /// A fixed thing.
    Fixed(T),
    /// The one that the argument names.
    Argument,
}

/// Whose seat is altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AlteredPerson {
    /// Who asks, or the target.
    Person(Person),
    /// The one who holds a role.
    Holder(RoleId),
}

/// Many changes by one user, all or none.
#[derive(Debug, Clone)]
pub(crate) struct LinkedBulk {
    pub(crate) title: Arc<str>,
    pub(crate) changes: Vec<ChangeId>,
    pub(crate) all_or_nothing: Basis,
    pub(crate) accepted: RulingId,
    pub(crate) contradiction: RulingId,
}

/// What follows from an accepted change.
#[derive(Debug, Clone)]
pub(crate) struct Effect {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) basis: Basis,
    pub(crate) section: SectionId,
    pub(crate) place: Place,
    pub(crate) after: EffectTrigger,
    pub(crate) when: Option<ConditionId>,
    pub(crate) does: Vec<DeclaredAlteration>,
}

/// What an effect follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EffectTrigger {
    /// A change that altered something.
    Change(ChangeId),
    /// A change that altered nothing.
    NothingChanged,
}

impl LinkedChange {
    /// Whether it may give or take this role.
    pub(crate) fn alters(&self, role: RoleId) -> bool {
        self.does.iter().any(|alteration| match alteration {
            DeclaredAlteration::Give(choice, _) | DeclaredAlteration::Take(choice, _) => {
                match choice {
                    ArgumentChoice::Fixed(fixed) => *fixed == role,
                    ArgumentChoice::Argument => self.roles.contains(&role),
                }
            }
            DeclaredAlteration::Set(..) => false,
        })
    }

    /// Whether only the holder of a role may make this change, and it does nothing with the role but pass it to the target.
    pub(crate) fn moves(&self, role: RoleId) -> bool {
        let alterations: Vec<&DeclaredAlteration> =
            self.does.iter().filter(|a| a.names(role)).collect();
        let from_user = DeclaredAlteration::Take(
            ArgumentChoice::Fixed(role),
            AlteredPerson::Person(Person::User),
        );
        let to_target = DeclaredAlteration::Give(
            ArgumentChoice::Fixed(role),
            AlteredPerson::Person(Person::Target),
        );
        let only_holder = matches!(&self.clause.allow, AllowedUsers::AnyOf(granted)
            if matches!(granted.as_slice(), [GrantedRole::Role(one) | GrantedRole::Holds(one)] if *one == role));
        only_holder && !self.roles.contains(&role) && alterations == [&from_user, &to_target]
    }
}

impl DeclaredAlteration {
    /// Whether it names this role itself and gives or takes it.
    pub(crate) fn names(&self, role: RoleId) -> bool {
        match self {
            Self::Give(choice, _) | Self::Take(choice, _) => *choice == ArgumentChoice::Fixed(role),
            Self::Set(..) => false,
        }
    }
}
