//! Changes by handles: names resolved once, for hot loops.

use std::num::NonZeroU32;

use super::arguments::{Arguments, ChosenArguments};
use super::judgement::Judgement;
use super::offered::{list, role, setting, value};
use super::resolve::{ResolvedChange, ResolvedTarget, arguments_fit, find_change};
use crate::explore::compile::CompiledProduct;
use crate::finding::{AskError, SubjectRole, ask as codes, error, foreign, names as unknown};
use crate::firm::{Firm, GroupHandle, ThingHandle, UserHandle};
use crate::link::product::{Argument, ChangeId, ChangeTargets, LinkedChange as Declared};
use crate::rulebook::{CHANGES, Rulebook};

/// A permission change with its arguments, resolved once.
///
/// ```
/// use clio_rules::{Firm, Rulebook};
///
/// let rulebook = Rulebook::builtin()?;
/// let firm = Firm::example(&rulebook)?;
/// let (tomas, wren) = (firm.user("tomas")?, firm.user("wren")?);
/// let grant_billing = rulebook.change(Some("manage"), "grant")?.with_role(&rulebook, "billing")?;
/// let judgement = firm.validate(tomas, grant_billing, wren)?;
/// assert!(judgement.is_accepted());
/// assert_eq!(judgement.effects().collect::<Vec<_>>(), ["payment_notifications_start"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChangeHandle {
    stamp: NonZeroU32,
    product: u32,
    change: ChangeId,
    arguments: Arguments,
    /// The stamp of the firm whose thing or group it names.
    firm: Option<NonZeroU32>,
}

/// To whom a change is done, by handle. Handles of users and groups turn into one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeTarget {
    /// A user.
    User(UserHandle),
    /// A group, which a change puts on a list or into another group, or takes off.
    Group(GroupHandle),
    /// Nobody, for a change that only alters a thing.
    Nobody,
}

impl From<UserHandle> for ChangeTarget {
    fn from(user: UserHandle) -> Self {
        Self::User(user)
    }
}

impl From<GroupHandle> for ChangeTarget {
    fn from(group: GroupHandle) -> Self {
        Self::Group(group)
    }
}

impl Rulebook {
    /// Looks up a permission change. Without a product, exactly one product has to declare it.
    ///
    /// # Errors
    /// [`AskError`] when there is no such change. Its help names the nearest one, which is looked up only when the
    /// help is read.
    pub fn change(&self, product: Option<&str>, change: &str) -> Result<ChangeHandle, AskError> {
        let has =
            |product: &crate::link::product::Product| product.names.changes.contains_key(change);
        let number = self.product_of(product, change, &unknown::UNKNOWN_CHANGE, has, CHANGES)?;
        let compiled = self.product(number).ok_or_else(|| foreign("rulebook"))?;
        let (id, _) = find_change(&compiled.product, change)?;
        Ok(ChangeHandle {
            stamp: self.stamp(),
            product: number as u32,
            change: id,
            arguments: Arguments::default(),
            firm: None,
        })
    }
}

impl ChangeHandle {
    /// The same change with its role argument.
    ///
    /// # Errors
    /// [`AskError`] when the change takes no role, or not this one.
    pub fn with_role(mut self, rulebook: &Rulebook, name: &str) -> Result<Self, AskError> {
        let (compiled, declared) = self.declared(rulebook)?;
        declared.takes(Argument::Role)?;
        self.arguments.role = Some(role(&compiled.product, declared, name)?);
        Ok(self)
    }

    /// The same change with the thing that it is about.
    ///
    /// ```
    /// use clio_rules::{ChangeTarget, Firm, Rulebook};
    ///
    /// let rules = std::fs::read_to_string("src/tests/things/hub.yaml")?;
    /// let rulebook = Rulebook::from_texts([("hub.yaml", rules.as_str())])?;
    /// let firm = "firm: One
    /// users: [{ id: ann, hub: { roles: [owner] } }, { id: ben, hub: {} }]
    /// things: { repository: [{ id: web }] }
    /// ";
    /// let firm = Firm::from_text(&rulebook, "firm.yaml", firm)?;
    /// let (ann, ben) = (firm.user("ann")?, firm.user("ben")?);
    /// let web = firm.thing(None, "repository", "web")?;
    /// let share = rulebook.change(None, "share")?.with_thing(&rulebook, web)?.with_list(&rulebook, "write")?;
    /// assert!(firm.validate(ann, share, ben)?.is_accepted());
    /// let open_up = rulebook.change(None, "open_up")?.with_thing(&rulebook, web)?;
    /// assert!(firm.validate(ann, open_up, ChangeTarget::Nobody).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`AskError`] when the change takes no thing, or none of this kind, or names a group of another firm.
    pub fn with_thing(self, rulebook: &Rulebook, thing: ThingHandle) -> Result<Self, AskError> {
        let (compiled, declared) = self.declared(rulebook)?;
        declared.takes(Argument::Thing)?;
        let place = declared.kind.map(|kind| (self.product as usize, kind));
        if place != Some(thing.place()) {
            let kind = declared.kind.and_then(|kind| compiled.product.kind(kind));
            let kind = kind.map_or("?", |kind| &*kind.id);
            return Err(error(&codes::MISSING_THING, &[&declared.id, &kind]).into());
        }
        let mut change = self.in_firm(thing.stamp())?;
        change.arguments.thing = Some(thing.number());
        Ok(change)
    }

    /// The same change with the list of the thing.
    ///
    /// # Errors
    /// [`AskError`] when the change takes no list, or not this one.
    pub fn with_list(self, rulebook: &Rulebook, name: &str) -> Result<Self, AskError> {
        let (compiled, declared) = self.declared(rulebook)?;
        declared.takes(Argument::List)?;
        let chosen = ChosenArguments {
            list: Some(list(&compiled.product, declared, name)?),
            ..self.arguments.chosen()
        };
        Ok(self.choosing(compiled, declared, chosen))
    }

    /// The same change with the new value of the property that it sets.
    ///
    /// # Errors
    /// [`AskError`] when the change sets no property to a value that it takes, or the property has no such value.
    pub fn with_value(self, rulebook: &Rulebook, word: &str) -> Result<Self, AskError> {
        let (compiled, declared) = self.declared(rulebook)?;
        declared.takes(Argument::Value)?;
        let chosen = self.arguments.chosen();
        let chosen = ChosenArguments {
            value: Some(value(compiled, declared, chosen.setting, word)?),
            ..chosen
        };
        Ok(self.choosing(compiled, declared, chosen))
    }

    /// The same change with the group that it is about.
    ///
    /// # Errors
    /// [`AskError`] when the change takes no group, or names a thing of another firm.
    pub fn with_group(self, rulebook: &Rulebook, group: GroupHandle) -> Result<Self, AskError> {
        let (_, declared) = self.declared(rulebook)?;
        declared.takes(Argument::Group)?;
        let mut change = self.in_firm(group.stamp())?;
        change.arguments.group = Some(group.number());
        Ok(change)
    }

    /// The same change with its setting and the new value.
    ///
    /// # Errors
    /// [`AskError`] when the change takes no setting, or not this one, or the setting has no such value.
    pub fn with_setting(
        self,
        rulebook: &Rulebook,
        name: &str,
        word: &str,
    ) -> Result<Self, AskError> {
        let (compiled, declared) = self.declared(rulebook)?;
        declared.takes(Argument::Setting)?;
        let id = setting(&compiled.product, declared, name)?;
        declared.takes(Argument::Value)?;
        let chosen = ChosenArguments {
            setting: Some(id),
            value: Some(value(compiled, declared, Some(id), word)?),
            ..self.arguments.chosen()
        };
        Ok(self.choosing(compiled, declared, chosen))
    }

    /// The same change with these arguments, and the thing and group that it has.
    fn choosing(
        mut self,
        compiled: &CompiledProduct,
        declared: &Declared,
        chosen: ChosenArguments,
    ) -> Self {
        let Arguments { thing, group, .. } = self.arguments;
        self.arguments = compiled.arguments(declared, chosen);
        (self.arguments.thing, self.arguments.group) = (thing, group);
        self
    }

    /// The same change in the firm with this stamp: a thing and a group have to be of one firm.
    fn in_firm(mut self, stamp: NonZeroU32) -> Result<Self, AskError> {
        if self.firm.is_some_and(|known| known != stamp) {
            return Err(foreign("firm").about(SubjectRole::Change));
        }
        self.firm = Some(stamp);
        Ok(self)
    }

    fn declared(self, rulebook: &Rulebook) -> Result<(&CompiledProduct, &Declared), AskError> {
        let compiled = rulebook.product(self.product as usize);
        let found = compiled
            .and_then(|compiled| {
                let declared = compiled.product.change(self.change)?;
                Some((compiled, declared))
            })
            .filter(|_| self.stamp == rulebook.stamp());
        found.ok_or_else(|| foreign("rulebook").about(SubjectRole::Change))
    }
}

impl Firm {
    /// Validates one change by handles, with its effects: the fast form of [`Firm::judge`]. It takes no lock. It allocates nothing when there are few
    /// rulings, effects and alterations, however many stand on a list or in a group.
    ///
    /// # Errors
    /// [`AskError`] when a handle belongs to another rulebook or firm, its user is not there any more, an argument is missing, or the
    /// change is not done to such a target.
    pub fn validate(
        &self,
        user: UserHandle,
        change: ChangeHandle,
        target: impl Into<ChangeTarget>,
    ) -> Result<Judgement<'_>, AskError> {
        self.validate_for(user, change, target.into())
    }

    fn validate_for(
        &self,
        user: UserHandle,
        change: ChangeHandle,
        target: ChangeTarget,
    ) -> Result<Judgement<'_>, AskError> {
        let user = self.number_of(user, SubjectRole::User)?;
        let target = match target {
            ChangeTarget::User(user) => {
                ResolvedTarget::User(self.number_of(user, SubjectRole::Target)?)
            }
            ChangeTarget::Group(group) => ResolvedTarget::Group(self.group_of(group)?),
            ChangeTarget::Nobody => ResolvedTarget::Nobody,
        };
        let (compiled, declared) = change.declared(&self.rulebook)?;
        let is_elsewhere = |stamp: NonZeroU32| !self.things.has_stamp(stamp);
        if change.firm.is_some_and(is_elsewhere) {
            return Err(foreign("firm").about(SubjectRole::Change));
        }
        arguments_fit(compiled, declared, change.arguments)?;
        let targets = declared.targets;
        let fits = match target {
            ResolvedTarget::User(_) => targets.users,
            ResolvedTarget::Group(_) => targets.groups,
            ResolvedTarget::Nobody => targets == ChangeTargets::NOBODY,
        };
        if !fits {
            return Err(self.unfit_target(declared, target));
        }
        let resolved = ResolvedChange {
            product: change.product as usize,
            change: change.change,
            user,
            target,
            arguments: change.arguments,
        };
        self.judgement(compiled, &resolved)
    }

    /// The error about somebody, or nobody, to whom a change is not done.
    #[cold]
    fn unfit_target(&self, declared: &Declared, target: ResolvedTarget) -> AskError {
        let id = match target {
            ResolvedTarget::User(user) => self.roster.id(user),
            ResolvedTarget::Group(group) => self.things.groups.id(group),
            ResolvedTarget::Nobody => {
                return error(&codes::MISSING_TARGET, &[&declared.id]).into();
            }
        };
        match declared.targets {
            ChangeTargets::NOBODY => error(&codes::UNEXPECTED_TARGET, &[&declared.id, &id]).into(),
            targets if targets.users => self.unknown_user(id).of_target(),
            _ => self.unknown_group(id),
        }
    }
}
