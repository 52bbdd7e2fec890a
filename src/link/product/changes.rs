//! Permission changes and their effects.

use std::sync::Arc;

use super::{
    AllowedUsers, Basis, ChangeId, Clause, ConditionId, EffectId, FactUse, GrantedRole, KindId,
    Product, RoleId, RulingId, SectionId, SettingId,
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
    /// The lists that the argument `list` may name, by their numbers in the kind of the thing.
    pub(crate) lists: Vec<usize>,
    /// The property of the thing that the argument `value` is a value of, where it is none of a setting.
    pub(crate) property: Option<usize>,
    /// The kind of the thing that it is about.
    pub(crate) kind: Option<KindId>,
    pub(crate) targets: ChangeTargets,
    /// What it reads of the thing, with the places of the bits.
    pub(crate) facts: Vec<FactUse>,
    pub(crate) first_ruling: RulingId,
    pub(crate) clause: Clause,
    pub(crate) does: Vec<DeclaredAlteration>,
    /// What it does to the thing or the group.
    pub(crate) steps: Vec<ThingStep>,
    /// The effects that can follow, in the order of reports.
    pub(crate) effects: Vec<EffectId>,
}

/// To whom a change can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ChangeTargets {
    pub(crate) users: bool,
    pub(crate) groups: bool,
}

impl ChangeTargets {
    pub(crate) const USERS: Self = Self {
        users: true,
        groups: false,
    };
    pub(crate) const NOBODY: Self = Self {
        users: false,
        groups: false,
    };
}

/// An argument of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Argument {
    /// A role.
    Role,
    /// A setting.
    Setting,
    /// A value of that setting, or of a property of the thing.
    Value,
    /// A list of the thing.
    List,
    /// A thing of the firm.
    Thing,
    /// A group of the firm.
    Group,
}

impl Argument {
    /// All of them, in the order in which requests are put into words.
    pub(crate) const ALL: [Self; 6] = [
        Self::Thing,
        Self::Group,
        Self::List,
        Self::Role,
        Self::Setting,
        Self::Value,
    ];
    /// Those with a declared set of values, which conditions can read.
    pub(crate) const READ: [Self; 4] = [Self::Role, Self::Setting, Self::Value, Self::List];

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
            Self::List => "list",
            Self::Thing => "thing",
            Self::Group => "group",
        }
    }
}

/// What a change or an effect does to the thing or the group that the change names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ThingStep {
    /// Somebody is put there. On a list for one, the entry that was there goes.
    Add(StepPlace, AlteredPerson),
    /// Somebody is taken off.
    Remove(StepPlace, AlteredPerson),
    /// Everybody else is taken off, and somebody is put there.
    Only(StepPlace, AlteredPerson),
    /// The list is as if the firm file said nothing about it.
    Reset(ArgumentChoice<usize>),
    /// A property of the thing, by its number in the kind, gets a value.
    Set(usize, ArgumentChoice<Value>),
}

/// Where entries are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepPlace {
    /// A list of the thing, by its number in the kind.
    List(ArgumentChoice<usize>),
    /// The group.
    Group,
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

impl AlteredPerson {
    /// The role whose holder it is.
    pub(crate) fn holder(self) -> Option<RoleId> {
        match self {
            Self::Holder(role) => Some(role),
            Self::Person(_) => None,
        }
    }
}

impl ThingStep {
    /// Who is put somewhere or taken off; none where it is about nobody.
    pub(crate) fn whose(&self) -> Option<AlteredPerson> {
        match self {
            Self::Add(_, whose) | Self::Remove(_, whose) | Self::Only(_, whose) => Some(*whose),
            Self::Reset(_) | Self::Set(..) => None,
        }
    }
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
    /// What it does to the thing or the group that the change names.
    pub(crate) steps: Vec<ThingStep>,
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
    /// Whether it is done to a user, and is about no thing and no group. Other changes alter nothing that users hold.
    pub(crate) fn is_about_users(&self) -> bool {
        !self.takes_place()
    }

    /// Whether it names a thing or a group, which it alters.
    fn takes_place(&self) -> bool {
        let mut takes = self.takes.iter();
        takes.any(|argument| matches!(argument, Argument::Thing | Argument::Group))
    }

    /// What it does to the thing or the group, and what the effects that can follow do to them.
    pub(crate) fn all_steps<'p>(
        &'p self,
        product: &'p Product,
    ) -> impl Iterator<Item = &'p ThingStep> {
        let effects = self.effects.iter().filter_map(|id| product.effect(*id));
        let follow = effects.flat_map(|effect| &effect.steps);
        self.steps.iter().chain(follow)
    }

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
