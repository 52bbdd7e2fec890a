//! Requested changes: by their words, or by their result.

use crate::change::Change;
use crate::change::offered::setting_value;
use crate::explore::compile::CompiledProduct;
use crate::finding::{AskError, ask as codes, error, names as unknown};
use crate::firm::Firm;
use crate::link::product::{AlteredPerson, LinkedChange, Product, UserPart};
use crate::rulebook::{ROLES, SETTINGS};
use crate::shell;
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;

/// Changes to simulate on a firm.
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

/// One requested change, before it is resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RequestedChange {
    Grant(String),
    Revoke(String),
    Set(String, String),
    Words(String),
    /// Without a target, the user is the target.
    Change(Box<Change>),
}

impl Simulation {
    /// Changes to what this user holds, by id.
    pub fn of(user: impl Into<String>) -> Self {
        Self {
            user: user.into(),
            ..Self::default()
        }
    }

    /// Names the product. It is needed when several products know a name.
    #[must_use]
    pub fn product(mut self, product: impl Into<String>) -> Self {
        self.product = Some(product.into());
        self
    }

    /// Names the maker of the changes. Without it, anybody in the firm who may can make them.
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

    /// Adds a change as words: its name and its arguments. The user is the target unless another one is named at the
    /// end: `grant billing`, `transfer_ownership of tomas`.
    #[must_use]
    pub fn change(self, words: impl Into<String>) -> Self {
        self.request(RequestedChange::Words(words.into()))
    }

    /// Adds a change. Its own user is ignored. Without a target, the user of the simulation is the target.
    #[must_use]
    pub fn make(self, change: Change) -> Self {
        self.request(RequestedChange::Change(Box::new(change)))
    }

    fn request(mut self, request: RequestedChange) -> Self {
        self.requested.push(request);
        self
    }
}

impl Firm {
    /// The change that a request resolves to. It has a target but no maker yet.
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
                let change = Change::clone(change).by(user);
                let of = change.product.as_deref().or(product);
                let has_target = self.rulebook.change_has_target(of, &change.change);
                let oneself = || Some(user.to_owned()).filter(|_| has_target);
                Ok(Change {
                    target: change.target.or_else(oneself),
                    product: change.product.or_else(|| product.map(str::to_owned)),
                    ..change
                })
            }
            RequestedChange::Grant(role) => {
                let does = format!("gives `{role}` to its target");
                self.of_role(simulation, role, Value::YES, &does)
            }
            RequestedChange::Revoke(role) => {
                let does = format!("takes `{role}` from its target");
                self.of_role(simulation, role, Value::NO, &does)
            }
            RequestedChange::Set(setting, value) => self.of_setting(simulation, setting, value),
        }
    }

    /// `CHANGE ARGS`, `CHANGE ARGS TARGET` or `CHANGE ARGS of TARGET`.
    fn in_words(&self, words: &str, simulation: &Simulation) -> Result<Change, AskError> {
        let product = simulation.product.as_deref();
        let words = shell::split(words);
        let mut words: Vec<&str> = words.iter().map(|word| &**word).collect();
        let names = self
            .rulebook
            .arguments(product, words.first().unwrap_or(&""))?;
        let change = words.first().copied().unwrap_or_default();
        let has_target = self.rulebook.change_has_target(product, change);
        if words.len() == names.len() + 1 && has_target {
            words.push(&simulation.user);
        } else if let [.., "of", _] = words.as_slice()
            && words.len() == names.len() + 3
        {
            words.remove(words.len() - 2);
        }
        Change::from_words(&self.rulebook, product, &simulation.user, &words)
    }

    /// The only change that gives or takes a role of its target.
    fn of_role(
        &self,
        simulation: &Simulation,
        name: &str,
        held: Value,
        does: &str,
    ) -> Result<Change, AskError> {
        let has = |product: &Product| product.names.roles.contains_key(name);
        let named = simulation.product.as_deref();
        let number = self
            .rulebook
            .product_of(named, name, &unknown::UNKNOWN_ROLE, has, ROLES)?;
        let compiled = self.compiled(number)?;
        let role = compiled.product.names.roles.get(name).copied();
        let wanted = role.map(|role| (UserPart::Role(role), held));
        only(compiled, does, wanted, &simulation.user)
    }

    /// The only change that gives a setting of its target a value.
    fn of_setting(
        &self,
        simulation: &Simulation,
        name: &str,
        word: &str,
    ) -> Result<Change, AskError> {
        let has = |product: &Product| product.names.settings.contains_key(name);
        let named = simulation.product.as_deref();
        let number =
            self.rulebook
                .product_of(named, name, &unknown::UNKNOWN_SETTING, has, SETTINGS)?;
        let compiled = self.compiled(number)?;
        let setting = compiled.product.names.settings.get(name).copied();
        let value = setting_value(&compiled.product, setting, word)?;
        let wanted = setting.map(|setting| (UserPart::Setting(setting), value));
        let does = format!("sets `{name}` of its target to `{word}`");
        only(compiled, &does, wanted, &simulation.user)
    }
}

/// The only change that sets a property of its target to a value. If there is none, or more than one, the error
/// suggests what to do. A change that would leave an argument open does not count.
fn only(
    compiled: &CompiledProduct,
    does: &str,
    wanted: Option<(UserPart, Value)>,
    user: &str,
) -> Result<Change, AskError> {
    let product = &compiled.product;
    let sets_it = |bound: &BoundChange| {
        let declared = bound.declared(compiled).into_iter();
        declared.flat_map(|change| &change.does).any(|one| {
            let is_of_target = one.whose() == AlteredPerson::Person(Person::Target);
            is_of_target && one.named_part(bound.arguments) == wanted
        })
    };
    let all: Vec<BoundChange> = BoundChange::all(compiled).filter(sets_it).collect();
    let of_one = all.chunk_by(|one, other| one.change == other.change);
    let candidates: Vec<BoundChange> = of_one
        .filter_map(|choices| match choices {
            [only] => Some(*only),
            _ => None,
        })
        .collect();
    let ids = |changes: &mut dyn Iterator<Item = &LinkedChange>| {
        let ids: Vec<&str> = changes.map(|change| &*change.id).collect();
        ids.join(", ")
    };
    match candidates.as_slice() {
        [only] => Ok(only.named(compiled, user, user)),
        [] => {
            let all = ids(&mut product.changes.iter());
            let help = format!("name the change itself; there are {all}");
            let none = error(&codes::NO_CHANGE_DOES, &[&product.title, &does]);
            Err(none.with_help(help).into())
        }
        several => {
            let changes = several.iter();
            let all = ids(&mut changes.filter_map(|change| change.declared(compiled)));
            Err(error(&codes::SEVERAL_CHANGES_DO, &[&product.title, &does, &all]).into())
        }
    }
}
