//! The choices about two people that cannot be made input by input: their levels, of which a seat holds one, and
//! whether user and target are the same person.

use crate::link::product::{DecisionInput, Product, RoleId};
use crate::value::Value;
use crate::vocabulary::Person;

/// One choice of levels, and of whether user and target are one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PeopleChoice {
    /// `None` when there is no target.
    pub(crate) same: Option<bool>,
    /// The levels of user and target. `None` when seats have no levels, and for a target who is the user.
    levels: [Option<RoleId>; 2],
}

impl PeopleChoice {
    /// Every choice. The actual situation comes first: `same`, and the levels for which `holds` is true.
    pub(crate) fn all(
        product: &Product,
        same: Option<bool>,
        holds: impl Fn(Person, RoleId) -> bool,
    ) -> Vec<Self> {
        let levels = |person| -> Vec<Option<RoleId>> {
            let mut levels = product.levels.clone();
            levels.sort_by_key(|level| !holds(person, *level));
            let levels: Vec<_> = levels.into_iter().map(Some).collect();
            if levels.is_empty() {
                vec![None]
            } else {
                levels
            }
        };
        let sames = same.map_or(vec![None], |same| vec![Some(same), Some(!same)]);
        let mut choices = Vec::new();
        for same in sames {
            let of_target = match same {
                Some(false) => levels(Person::Target),
                _ => vec![None],
            };
            for user in levels(Person::User) {
                let targets = of_target.iter();
                choices.extend(targets.map(|target| Self {
                    same,
                    levels: [user, *target],
                }));
            }
        }
        choices
    }

    /// The input to read in place of another. When the target is the user, the user's inputs are read.
    pub(crate) fn stands_for(&self, input: DecisionInput) -> DecisionInput {
        match self.same {
            Some(false) => input,
            _ => input.of(Person::User),
        }
    }

    /// The level of a person.
    pub(crate) fn level(&self, person: Person) -> Option<RoleId> {
        let [user, target] = self.levels;
        match person {
            Person::User => user,
            Person::Target => target,
        }
    }

    /// The value that the choice gives to an input. The user is always enabled: disabled users are denied before any
    /// rule.
    pub(crate) fn value(&self, product: &Product, input: DecisionInput) -> Option<Value> {
        match input {
            DecisionInput::SameUser => Some(Value::from(self.same == Some(true))),
            DecisionInput::Enabled(Person::User) => Some(Value::YES),
            DecisionInput::Holds(person, role) if product.levels.contains(&role) => {
                Some(Value::from(self.level(person) == Some(role)))
            }
            _ => None,
        }
    }
}
