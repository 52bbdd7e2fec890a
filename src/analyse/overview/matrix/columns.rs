//! What the columns of a matrix stand for: roles, the values of a setting, fact or property, or the lists of a thing.
//!
//! A column is what is known of whoever asks, and of the thing that they ask about. Nothing else differs between them.

use std::collections::BTreeSet;

use crate::explore::compile::CompiledProduct;
use crate::link::product::{
    Action, ActionId, DecisionInput, Fact, FactId, FactSource, Product, RoleId, SettingId,
    ThingPath,
};
use crate::value::{Domain, Value};
use crate::vocabulary::Person;

/// The name of the column of a user who holds no role, or who stands on no list.
pub(crate) const NONE_HELD: &str = "-";

/// The word for columns that stand for roles.
const ROLES: &str = "roles";

/// The columns of a matrix.
pub(super) struct MatrixColumns {
    of: ColumnSubject,
    /// What people name it.
    by: String,
    columns: Vec<MatrixColumn>,
}

/// What columns stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ColumnSubject {
    Roles,
    /// A user's setting.
    Setting(SettingId),
    /// What a question says, or a property of a thing.
    Fact(FactId),
    /// How a user stands to a thing.
    Lists(ThingPath),
}

/// One column: its name, and what is known there.
pub(super) struct MatrixColumn {
    head: String,
    known: Vec<(DecisionInput, Value)>,
}

/// A user without a role, then each role. When every seat has a level, the levels come first and then the other
/// roles.
pub(crate) fn roles_of_columns(product: &Product) -> Vec<Option<RoleId>> {
    let roles = product.role_ids();
    if product.levels.is_empty() {
        return std::iter::once(None).chain(roles.map(Some)).collect();
    }
    let levels = product.levels.iter().copied();
    let beside = roles.filter(|role| !product.levels.contains(role));
    levels.chain(beside).map(Some).collect()
}

/// Every name of columns that a product has.
pub(super) fn names(product: &Product) -> impl Iterator<Item = &str> {
    let settings = product.settings.iter().map(|setting| &*setting.id);
    let of_user = product.facts.iter().filter(|fact| is_of_user(fact));
    let facts = of_user.clone().map(|fact| &*fact.id);
    let kinds = of_user.filter_map(|fact| lists_of(fact).map(|(_, kind)| kind));
    let all = std::iter::once(ROLES).chain(settings);
    all.chain(facts).chain(kinds)
}

/// Whether a decision can read a fact: what is known of a thing for the target of a change is nothing to actions.
fn is_of_user(fact: &Fact) -> bool {
    fact.source.whom() == Person::User
}

/// The thing that a fact is a list of, and the name under which rules read that thing.
fn lists_of(fact: &Fact) -> Option<(ThingPath, &str)> {
    match fact.source {
        FactSource::List(path, _) => Some((path, fact.id.rsplit_once('.')?.0)),
        _ => None,
    }
}

impl MatrixColumns {
    /// A column for each role.
    pub(super) fn of_roles(product: &Product) -> Self {
        Self::of(ColumnSubject::Roles, product, ROLES)
    }

    fn of(of: ColumnSubject, product: &Product, by: &str) -> Self {
        Self {
            of,
            by: by.to_owned(),
            columns: of.columns(product),
        }
    }

    /// The columns that a name stands for. `None` when the product has nothing of that name.
    pub(super) fn named(product: &Product, by: &str) -> Option<Self> {
        if by == ROLES {
            return Some(Self::of_roles(product));
        }
        let setting = product.names.settings.get(by).copied();
        let fact = product.names.facts.get(by).copied();
        let fact = fact.filter(|fact| product.fact(*fact).is_some_and(is_of_user));
        let path = || {
            let facts = product.facts.iter().filter(|fact| is_of_user(fact));
            let mut lists = facts.filter_map(lists_of);
            lists.find(|(_, kind)| *kind == by).map(|(path, _)| path)
        };
        let of = setting
            .map(ColumnSubject::Setting)
            .or_else(|| fact.map(ColumnSubject::Fact))
            .or_else(|| path().map(ColumnSubject::Lists))?;
        Some(Self::of(of, product, by))
    }

    /// What the columns stand for, unless it is roles.
    pub(super) fn by(&self) -> Option<&str> {
        (self.of != ColumnSubject::Roles).then_some(&self.by)
    }

    pub(super) fn heads(&self) -> Vec<String> {
        self.columns
            .iter()
            .map(|column| column.head.clone())
            .collect()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &MatrixColumn> {
        self.columns.iter()
    }

    /// Whether a question about the action has what the columns stand for. Of a setting, whether a rule reads it.
    pub(super) fn are_about(
        &self,
        compiled: &CompiledProduct,
        number: ActionId,
        action: &Action,
    ) -> bool {
        match self.of {
            ColumnSubject::Roles => true,
            ColumnSubject::Setting(setting) => {
                let decider = compiled.decider(number);
                let read = decider.map(|decider| decider.tree().questions());
                let is_it = |input: &DecisionInput| matches!(input, DecisionInput::Setting(_, read) if *read == setting);
                read.is_some_and(|read| read.iter().any(is_it))
            }
            ColumnSubject::Fact(fact) => {
                match compiled.product.fact(fact).map(|fact| fact.source) {
                    Some(FactSource::Property(path, _) | FactSource::List(path, _)) => {
                        action.on_thing == Some(path.kind)
                    }
                    _ => action.facts.iter().any(|used| used.fact == fact),
                }
            }
            ColumnSubject::Lists(path) => action.on_thing == Some(path.kind),
        }
    }
}

impl ColumnSubject {
    fn columns(self, product: &Product) -> Vec<MatrixColumn> {
        match self {
            Self::Roles => {
                let roles = roles_of_columns(product).into_iter();
                roles
                    .map(|role| MatrixColumn::of_roles(product, &role.into_iter().collect()))
                    .collect()
            }
            Self::Setting(setting) => {
                let domain = product.setting(setting).map(|setting| &setting.domain);
                MatrixColumn::of_values(DecisionInput::Setting(Person::User, setting), domain)
            }
            Self::Fact(number) => {
                let fact = product.fact(number);
                match fact.map(|fact| fact.source) {
                    Some(FactSource::List(path, list)) => {
                        MatrixColumn::of_list(product, path, list)
                    }
                    _ => {
                        let domain = fact.map(|fact| &fact.domain);
                        MatrixColumn::of_values(DecisionInput::Fact(number), domain)
                    }
                }
            }
            Self::Lists(path) => MatrixColumn::of_lists(product, path),
        }
    }
}

impl MatrixColumn {
    /// Users who hold exactly these roles. When every seat has a level and none is among them, the level may be any.
    pub(super) fn of_roles(product: &Product, roles: &BTreeSet<RoleId>) -> Self {
        let levels = &product.levels;
        let has_level = roles.iter().any(|role| levels.contains(role));
        let is_open = |role: &RoleId| !has_level && levels.contains(role);
        let known = product.role_ids().filter(|role| !is_open(role));
        let holds = |role: RoleId| {
            let input = DecisionInput::Holds(Person::User, role);
            (input, Value::from(roles.contains(&role)))
        };
        let names: Vec<&str> = roles.iter().map(|role| product.role_name(*role)).collect();
        Self {
            head: match &*names {
                [] => NONE_HELD.to_owned(),
                names => names.join("+"),
            },
            known: known.map(holds).collect(),
        }
    }

    /// A column for each value of an input.
    fn of_values(input: DecisionInput, domain: Option<&Domain>) -> Vec<Self> {
        let values = domain.into_iter().flat_map(Domain::values_and_words);
        let column = |(value, word): (Value, &str)| Self {
            head: word.to_owned(),
            known: vec![(input, value)],
        };
        values.map(column).collect()
    }

    /// A user who stands on no list of a thing, then one for each list, who stands on those that it brings as well.
    fn of_lists(product: &Product, path: ThingPath) -> Vec<Self> {
        let lists = product.kind_at(path).map_or(&[][..], |kind| &kind.lists);
        let each = lists.iter().enumerate();
        let each = each.map(|(number, list)| (Some(number), list.id.to_string()));
        std::iter::once((None, NONE_HELD.to_owned()))
            .chain(each)
            .map(|(on, head)| Self {
                head,
                known: standing(product, path, |list| {
                    Some(on.is_some_and(|on| brings(product, path, on, list)))
                }),
            })
            .collect()
    }

    /// A user who does not stand on a list, which other lists may bring, and one who does.
    fn of_list(product: &Product, path: ThingPath, of: usize) -> Vec<Self> {
        let column = |(value, word): (Value, &str)| Self {
            head: word.to_owned(),
            known: standing(product, path, |list| {
                let is_on = value.is_yes();
                let (on, list) = if is_on { (of, list) } else { (list, of) };
                brings(product, path, on, list).then_some(is_on)
            }),
        };
        Domain::Flag.values_and_words().map(column).collect()
    }

    /// The value of an input in this column.
    pub(super) fn value(&self, input: DecisionInput) -> Option<Value> {
        let mut known = self.known.iter();
        known
            .find(|(known, _)| *known == input)
            .map(|(_, value)| *value)
    }

    /// What is known of the user.
    pub(super) fn of_people(&self) -> impl Iterator<Item = (DecisionInput, Value)> {
        let known = self.known.iter().copied();
        known.filter(|(input, _)| input.person().is_some())
    }
}

/// Whether whoever stands on one list of a thing stands on another, which may be the same.
fn brings(product: &Product, path: ThingPath, on: usize, list: usize) -> bool {
    let lists = product.kind_at(path).map_or(&[][..], |kind| &kind.lists);
    let fact = |number: usize| lists.get(number).map(|list| list.fact);
    let both = fact(on).zip(fact(list));
    on == list || both.is_some_and(|(on, list)| product.brings(on, list))
}

/// What is known of a user who stands on some lists of a thing by name, and what follows from that. `stands` is `None` where
/// that is open.
fn standing(
    product: &Product,
    path: ThingPath,
    stands: impl Fn(usize) -> Option<bool>,
) -> Vec<(DecisionInput, Value)> {
    let facts = (0..).map(FactId).zip(&product.facts);
    let known = facts.filter_map(|(number, fact)| {
        let value = match fact.source {
            FactSource::List(of, list) if of == path => Value::from(stands(list)?),
            FactSource::Taken(of, taken) if of == path => {
                let is_on = stands(taken.list)?;
                if is_on {
                    taken.listed
                } else {
                    taken.not_listed
                }
            }
            _ => return None,
        };
        Some((DecisionInput::Fact(number), value))
    });
    known.collect()
}
