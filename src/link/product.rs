//! A linked product: everything a rule file declares, as numbered things.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use crate::text::Place;
use crate::value::{Domain, Value};
use crate::vocabulary::{Person, Read, Vocabulary};

/// Declares number types, so that no number is used for another kind of thing.
macro_rules! numbers {
    ($( $(#[$doc:meta])* $name:ident($inner:ty); )*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(pub(crate) $inner);

        impl $name {
            pub(crate) fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self(index as $inner)
            }
        }
    )* };
}

numbers! {
    /// A role of a product.
    RoleId(u16);
    /// A setting of a product.
    SettingId(u16);
    /// A reading of a product.
    ReadingId(u16);
    /// A fact of a product.
    FactId(u16);
    /// An action of a product.
    ActionId(u32);
    /// A permission change of a product.
    ChangeId(u16);
    /// An effect of a product.
    EffectId(u16);
    /// A section of the source document.
    SectionId(u16);
    /// A condition of a product.
    ConditionId(u32);
    /// A ruling of a product.
    RulingId(u32);
}

/// Where a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The source document says so.
    Stated,
    /// Our reading of what the document leaves open.
    Inferred,
}

impl Basis {
    /// Both, in the order in which they are written.
    pub(crate) const ALL: [Self; 2] = [Self::Stated, Self::Inferred];

    /// The word that rule files and answers use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
        }
    }

    /// `inferred` where either is.
    pub(crate) fn weaker(self, other: Self) -> Self {
        self.max(other)
    }
}

impl std::fmt::Display for Basis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

/// One product with its rules.
#[derive(Debug)]
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
    /// Where every seat holds exactly one of these roles.
    pub(crate) levels: Vec<RoleId>,
    pub(crate) grounds: Grounds,
    pub(crate) rulings: Vec<Ruling>,
    pub(crate) groups: Vec<Group>,
    pub(crate) actions: Vec<Action>,
    pub(crate) changes: Vec<Change>,
    pub(crate) bulk: Option<Bulk>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) vocabulary: Arc<Vocabulary>,
    pub(crate) variables: Vec<Variable>,
    pub(crate) members: Vec<Member>,
    pub(crate) names: Names,
}

/// Numbers by name.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) roles: HashMap<Arc<str>, RoleId>,
    pub(crate) settings: HashMap<Arc<str>, SettingId>,
    pub(crate) readings: HashMap<Arc<str>, ReadingId>,
    pub(crate) facts: HashMap<Arc<str>, FactId>,
    pub(crate) actions: HashMap<Arc<str>, ActionId>,
    pub(crate) changes: HashMap<Arc<str>, ChangeId>,
}

/// A section of the source document.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) id: Arc<str>,
    pub(crate) heading: Arc<str>,
    pub(crate) place: Place,
}

/// A role that a user can hold.
#[derive(Debug)]
pub(crate) struct Role {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) basis: Basis,
    pub(crate) section: SectionId,
    pub(crate) place: Place,
    /// Which roles bring this one, and under which condition over readings.
    pub(crate) brought_by: Vec<Bring>,
    pub(crate) holders: Option<Holders>,
    /// Id of the change that passes it on.
    pub(crate) moves_by: Option<Arc<str>>,
}

/// A role that brings another.
#[derive(Debug, Clone)]
pub(crate) struct Bring {
    pub(crate) role: RoleId,
    pub(crate) when: Option<ConditionId>,
}

/// Exactly one user holds the role, in every firm where anybody has a seat.
#[derive(Debug)]
pub(crate) struct Holders {
    pub(crate) enabled: bool,
    pub(crate) usually: Option<Arc<str>>,
    /// The ruling that refuses a change which would break it.
    pub(crate) ruling: RulingId,
}

/// A setting that every seat has.
#[derive(Debug)]
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
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) id: Arc<str>,
    pub(crate) question: Arc<str>,
    pub(crate) default: bool,
    pub(crate) section: SectionId,
    pub(crate) place: Place,
}

/// An input that comes with a question.
#[derive(Debug)]
pub(crate) struct Fact {
    pub(crate) id: Arc<str>,
    pub(crate) domain: Domain,
    pub(crate) place: Place,
}

/// The three rulings made before any rule.
#[derive(Debug)]
pub(crate) struct Grounds {
    pub(crate) user_disabled: RulingId,
    pub(crate) user_has_no_seat: RulingId,
    pub(crate) target_has_no_seat: RulingId,
}

/// Something that can decide, with all that an answer says about it.
#[derive(Debug)]
pub(crate) struct Ruling {
    pub(crate) kind: RulingKind,
    pub(crate) rule: Arc<str>,
    pub(crate) place: Place,
    pub(crate) basis: Basis,
    pub(crate) section: SectionId,
    pub(crate) reason: Arc<str>,
    /// The roles any of which would have been needed.
    pub(crate) needs: Vec<RoleId>,
    /// Where in the product it is done; only of what lets through.
    pub(crate) site: Option<Arc<str>>,
}

/// What made a ruling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum RulingKind {
    /// A question asked before any rule.
    Ground,
    /// A rule that allowed.
    Granted,
    /// A rule whose `allow` the user does not meet.
    NotGranted,
    /// A rule whose `when` does not hold.
    Unmet,
    /// A refusal.
    Refused,
    /// No rule speaks about this case.
    Silent,
    /// Parts of a bulk change that undo each other.
    Contradiction,
    /// What has to be true of every firm.
    Invariant,
}

/// A heading with the actions under it.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) title: Arc<str>,
}

/// An action that can be asked about.
#[derive(Debug)]
pub(crate) struct Action {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) group: usize,
    pub(crate) place: Place,
    pub(crate) on_target: bool,
    pub(crate) facts: Vec<FactUse>,
    /// Number of the first of its rulings; those of its rules count from here.
    pub(crate) first_ruling: RulingId,
    pub(crate) rules: Vec<Rule>,
    /// What answers where no rule speaks, counted from the first ruling.
    pub(crate) silent: u16,
}

impl Action {
    /// Whether a ruling, counted from the action's first, allows.
    pub(crate) fn allows(&self, ruling: u16) -> bool {
        self.rules.iter().any(|rule| rule.clause.grants(ruling))
    }
}

/// A fact as an action takes it.
#[derive(Debug)]
pub(crate) struct FactUse {
    pub(crate) fact: FactId,
    pub(crate) default: Option<Value>,
    /// Lowest bit of the fact in the word that comes with a question.
    pub(crate) shift: u8,
}

/// One rule of an action.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Rule {
    pub(crate) whom: Whom,
    pub(crate) clause: Clause,
}

/// About whom a rule speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Whom {
    /// Any target, and actions without one.
    Anyone,
    /// A target who is not the user.
    Others,
    /// A target who is the user.
    Oneself,
}

/// Who may, under which condition, and who is refused all the same.
///
/// Its rulings follow each other, counted from `first`: granted, not granted, unmet, one for each refusal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Clause {
    pub(crate) first: u16,
    pub(crate) allow: Allow,
    pub(crate) when: Option<ConditionId>,
    pub(crate) unless: Vec<ConditionId>,
}

impl Clause {
    pub(crate) const GRANTED: u16 = 0;
    pub(crate) const NOT_GRANTED: u16 = 1;
    pub(crate) const UNMET: u16 = 2;
    pub(crate) const REFUSED: u16 = 3;
}

/// Who may.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Allow {
    /// Whoever has a seat.
    Everyone,
    /// Whoever has any of these.
    AnyOf(Vec<Granted>),
}

/// A role that is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Granted {
    /// The role, held or brought by another one.
    Role(RoleId),
    /// The role itself.
    Holds(RoleId),
}

/// A permission change.
#[derive(Debug)]
pub(crate) struct Change {
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
    pub(crate) does: Vec<Alteration>,
    /// The effects that can follow, in the order of reports.
    pub(crate) effects: Vec<EffectId>,
}

/// A word that a change takes.
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

    /// The name that rule files, scripts and JSON know it by.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Setting => "setting",
            Self::Value => "value",
        }
    }
}

/// Something that a change or an effect does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Alteration {
    /// Somebody gets a role; on a seat with levels the old level goes.
    Give(Choice<RoleId>, Somebody),
    /// Somebody loses a role.
    Take(Choice<RoleId>, Somebody),
    /// A setting of somebody gets a value.
    Set(Choice<SettingId>, Somebody, Choice<Value>),
}

/// Named outright, or by the argument of that kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice<T> {
    /// Named outright.
    Fixed(T),
    /// What the argument names.
    Argument,
}

/// Whose seat is altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Somebody {
    /// Who asks, or the target.
    Person(Person),
    /// The one who holds a role.
    Holder(RoleId),
}

/// Many changes by one user, all or none.
#[derive(Debug)]
pub(crate) struct Bulk {
    pub(crate) title: Arc<str>,
    pub(crate) changes: Vec<ChangeId>,
    pub(crate) all_or_nothing: Basis,
    pub(crate) accepted: RulingId,
    pub(crate) contradiction: RulingId,
}

/// What follows from an accepted change.
#[derive(Debug)]
pub(crate) struct Effect {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) basis: Basis,
    pub(crate) section: SectionId,
    pub(crate) place: Place,
    pub(crate) after: After,
    pub(crate) when: Option<ConditionId>,
    pub(crate) does: Vec<Alteration>,
}

/// What an effect follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    /// A change that altered something.
    Change(ChangeId),
    /// A change that altered nothing.
    NothingChanged,
}

/// What a variable of a script stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Variable {
    /// Whether user and target are the same person.
    SameUser,
    /// A reading.
    Reading(ReadingId),
    /// A fact.
    Fact(FactId),
    /// An argument of a change.
    Argument(Argument),
}

/// What a member of a person stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Member {
    /// Whether the person is enabled.
    Enabled,
    /// A role, held or brought.
    Role(RoleId),
    /// A setting.
    Setting(SettingId),
}

/// What decisions are made of: everything that is known before any rule speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Input {
    /// Whether user and target are the same person.
    SameUser,
    /// Whether a person is enabled.
    Enabled(Person),
    /// Whether a person holds a role itself.
    Holds(Person, RoleId),
    /// A person's setting.
    Setting(Person, SettingId),
    /// The firm's choice of a reading.
    Reading(ReadingId),
    /// A fact of the question.
    Fact(FactId),
    /// An argument of the change.
    Argument(Argument),
}

impl Product {
    /// Number of values of an input.
    pub(crate) fn width(&self, input: Input) -> usize {
        match input {
            Input::Setting(_, setting) => self.setting(setting).map_or(1, |s| s.domain.len()),
            Input::Fact(fact) => self.facts.get(fact.index()).map_or(1, |f| f.domain.len()),
            Input::Argument(argument) => self.argument_domain(argument).map_or(1, Domain::len),
            _ => 2,
        }
    }

    /// The values that scripts know an argument by.
    pub(crate) fn argument_domain(&self, argument: Argument) -> Option<&Domain> {
        let number = self.vocabulary.variable(argument.name())?;
        self.vocabulary.domain(Read::Variable(number))
    }

    pub(crate) fn role(&self, role: RoleId) -> Option<&Role> {
        self.roles.get(role.index())
    }

    pub(crate) fn setting(&self, setting: SettingId) -> Option<&Setting> {
        self.settings.get(setting.index())
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
