//! What is as_change for: a change by its words, or by what it would do.

use crate::change::Change;
use crate::finding::AskError;
use crate::finding::error;
use crate::finding::{ask as codes, names as unknown};
use crate::firm::Firm;
use crate::link::product::{
    AlteredPerson, Argument, ArgumentChoice, DeclaredAlteration as Does, LinkedChange as Declared,
    Product,
};
use crate::rulebook::{ROLES, SETTINGS};
use crate::vocabulary::Person;

/// Changes that are tried out on a firm without making them.
///
/// ```
/// use clio_rules::Simulation;
///
/// let simulation = Simulation::of("wren").grant("billing").set("billing_rate_visibility", "own").by("tomas");
/// let handing_on = Simulation::of("tomas").change("transfer_ownership");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Simulation {
    pub(super) user: String,
    pub(super) product: Option<String>,
    pub(super) by: Option<String>,
    pub(super) requested: Vec<RequestedChange>,
}

/// One change, before it is known which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RequestedChange {
    Grant(String),
    Revoke(String),
    Set(String, String),
    Words(String),
    /// Without a target, it is done to the user.
    Change(Change),
}

impl Simulation {
    /// Changes to what this user holds, by id.
    pub fn of(user: impl Into<String>) -> Self {
        Self {
            user: user.into(),
            ..Self::default()
        }
    }

    /// Says which product is meant. Needed where several know a name.
    #[must_use]
    pub fn product(mut self, product: impl Into<String>) -> Self {
        self.product = Some(product.into());
        self
    }

    /// Says who makes the changes. Without it, whoever of the firm may.
    #[must_use]
    pub fn by(mut self, user: impl Into<String>) -> Self {
        self.by = Some(user.into());
        self
    }

    /// Adds the change that gives this role.
    #[must_use]
    pub fn grant(self, role: impl Into<String>) -> Self {
        self.request(RequestedChange::Grant(role.into()))
    }

    /// Adds the change that takes this role.
    #[must_use]
    pub fn revoke(self, role: impl Into<String>) -> Self {
        self.request(RequestedChange::Revoke(role.into()))
    }

    /// Adds the change that gives a setting this value.
    #[must_use]
    pub fn set(self, setting: impl Into<String>, value: impl Into<String>) -> Self {
        self.request(RequestedChange::Set(setting.into(), value.into()))
    }

    /// Adds a change as words in a row: its name and its arguments. It is done to the user, or to the one who is named
    /// behind it: `grant billing`, `transfer_ownership of tomas`.
    #[must_use]
    pub fn change(self, words: impl Into<String>) -> Self {
        self.request(RequestedChange::Words(words.into()))
    }

    /// Adds a change. Who makes it does not count; without a target, it is done to the user.
    #[must_use]
    pub fn make(self, change: Change) -> Self {
        self.request(RequestedChange::Change(change))
    }

    fn request(mut self, request: RequestedChange) -> Self {
        self.requested.push(request);
        self
    }
}

impl Firm {
    /// The change that a request comes to. Who makes it is not known yet; its target stands in.
    pub(super) fn as_change(
        &self,
        request: &RequestedChange,
        simulation: &Simulation,
    ) -> Result<Change, AskError> {
        let user = simulation.user.as_str();
        let product = simulation.product.as_deref();
        match request {
            RequestedChange::Words(words) => self.in_words(words, simulation),
            RequestedChange::Change(change) => {
                let change = change.clone().by(user);
                Ok(Change {
                    target: change.target.or_else(|| Some(user.to_owned())),
                    product: change.product.or_else(|| product.map(str::to_owned)),
                    ..change
                })
            }
            RequestedChange::Grant(role) => {
                let does = format!("gives `{role}` to its target");
                let (declared, takes) = self.of_role(product, role, &does, |does| match does {
                    Does::Give(choice, whose) => Some((*choice, *whose)),
                    _ => None,
                })?;
                let change = Change::new(user, &*declared.1.id).product(&*declared.0.id);
                let change = change.target(user);
                Ok(if takes { change.role(role) } else { change })
            }
            RequestedChange::Revoke(role) => {
                let does = format!("takes `{role}` from its target");
                let (declared, takes) = self.of_role(product, role, &does, |does| match does {
                    Does::Take(choice, whose) => Some((*choice, *whose)),
                    _ => None,
                })?;
                let change = Change::new(user, &*declared.1.id).product(&*declared.0.id);
                let change = change.target(user);
                Ok(if takes { change.role(role) } else { change })
            }
            RequestedChange::Set(setting, value) => self.of_setting(product, setting, value, user),
        }
    }

    /// `CHANGE ARGS`, `CHANGE ARGS TARGET` or `CHANGE ARGS of TARGET`.
    fn in_words(&self, words: &str, simulation: &Simulation) -> Result<Change, AskError> {
        let product = simulation.product.as_deref();
        let mut words: Vec<&str> = words.split_whitespace().collect();
        let names = self
            .rulebook
            .arguments(product, words.first().unwrap_or(&""))?;
        if words.len() == names.len() + 1 {
            words.push(&simulation.user);
        } else if let [.., "of", _] = words.as_slice()
            && words.len() == names.len() + 3
        {
            words.remove(words.len() - 2);
        }
        Change::from_words(&self.rulebook, product, &simulation.user, &words)
    }

    /// The only change that does something about a role of its target, and whether it takes the role as an argument.
    fn of_role(
        &self,
        product: Option<&str>,
        role: &str,
        does: &str,
        about: impl Fn(&Does) -> Option<(ArgumentChoice<crate::link::product::RoleId>, AlteredPerson)>,
    ) -> Result<((&Product, &Declared), bool), AskError> {
        let has = |product: &Product| product.names.roles.contains_key(role);
        let number = self
            .rulebook
            .product_of(product, role, &unknown::UNKNOWN_ROLE, has, ROLES)?;
        let product = &self.compiled(number)?.product;
        let id = product.names.roles.get(role).copied();
        let candidates = product.changes.iter().filter_map(|declared| {
            let fits = |one: &Does| {
                let (choice, whose) = about(one)?;
                let takes = match choice {
                    ArgumentChoice::Fixed(fixed) => {
                        (Some(fixed) == id && declared.takes.is_empty()).then_some(false)
                    }
                    ArgumentChoice::Argument => {
                        let offers = id.is_some_and(|id| declared.roles.contains(&id));
                        (offers && declared.takes == [Argument::Role]).then_some(true)
                    }
                };
                takes.filter(|_| whose == AlteredPerson::Person(Person::Target))
            };
            Some((declared, declared.does.iter().find_map(fits)?))
        });
        let (declared, takes) = only(product, does, candidates.collect())?;
        Ok(((product, declared), takes))
    }

    /// The only change that gives a setting of its target a value.
    fn of_setting(
        &self,
        product: Option<&str>,
        name: &str,
        word: &str,
        user: &str,
    ) -> Result<Change, AskError> {
        let has = |product: &Product| product.names.settings.contains_key(name);
        let number =
            self.rulebook
                .product_of(product, name, &unknown::UNKNOWN_SETTING, has, SETTINGS)?;
        let product = &self.compiled(number)?.product;
        let id = product.names.settings.get(name).copied();
        let value = crate::change::resolve::value(product, id, word)?;
        let candidates = product.changes.iter().filter_map(|declared| {
            let fits = |one: &Does| {
                let Does::Set(setting, whose, to) = one else {
                    return None;
                };
                let takes = match (setting, to) {
                    (ArgumentChoice::Fixed(fixed), ArgumentChoice::Fixed(to)) => {
                        let same = Some(*fixed) == id && *to == value;
                        (same && declared.takes.is_empty()).then_some(false)
                    }
                    (ArgumentChoice::Argument, ArgumentChoice::Argument) => {
                        let offers = id.is_some_and(|id| declared.settings.contains(&id));
                        let [two, words] = [Argument::Setting, Argument::Value];
                        let both = declared.takes == [two, words] || declared.takes == [words, two];
                        (offers && both).then_some(true)
                    }
                    _ => None,
                };
                takes.filter(|_| *whose == AlteredPerson::Person(Person::Target))
            };
            Some((declared, declared.does.iter().find_map(fits)?))
        });
        let does = format!("sets `{name}` of its target to `{word}`");
        let (declared, takes) = only(product, &does, candidates.collect())?;
        let change = Change::new(user, &*declared.id)
            .product(&*product.id)
            .target(user);
        Ok(if takes {
            change.setting(name, word)
        } else {
            change
        })
    }
}

/// The only candidate; an error that names the way out where there is none, or more than one.
fn only<'p>(
    product: &Product,
    does: &str,
    candidates: Vec<(&'p Declared, bool)>,
) -> Result<(&'p Declared, bool), AskError> {
    let ids = |changes: &mut dyn Iterator<Item = &Declared>| {
        let ids: Vec<&str> = changes.map(|change| &*change.id).collect();
        ids.join(", ")
    };
    match candidates.as_slice() {
        [only] => Ok(*only),
        [] => {
            let all = ids(&mut product.changes.iter());
            let help = format!("name the change itself; there are {all}");
            let none = error(&codes::NO_CHANGE_DOES, &[&product.title, &does]);
            Err(none.with_help(help).into())
        }
        several => {
            let all = ids(&mut several.iter().map(|(change, _)| *change));
            Err(error(&codes::SEVERAL_CHANGES_DO, &[&product.title, &does, &all]).into())
        }
    }
}
