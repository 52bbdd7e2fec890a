//! Handles: names resolved once, for hot loops.

use std::num::NonZeroU32;

use super::AskError;
use super::resolve::error;
use crate::explore::layout::{Layout, Word};
use crate::explore::lookup::Lookups;
use crate::finding::{ask as codes, names as unknown};
use crate::firm::Firm;
use crate::link::product::{Action, FactUse, Product};
use crate::rulebook::Rulebook;

/// A user of a firm, resolved once. Changes to the firm keep it valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UserHandle {
    pub(super) stamp: NonZeroU32,
    pub(crate) number: u32,
}

impl UserHandle {
    /// Whether it was given out by this firm, or by one that changes have made of it or it of.
    pub(crate) fn is_of(self, firm: &Firm) -> bool {
        self.stamp == firm.roster.stamp()
    }
}

/// An action with its facts, resolved once.
///
/// ```
/// use clio_rules::{Firm, Rulebook};
///
/// let rulebook = Rulebook::builtin()?;
/// let firm = Firm::example(&rulebook)?;
/// let wren = firm.user("wren")?;
/// let open = rulebook.action(Some("manage"), "open_matter")?;
/// let unlisted = open.with_fact(&rulebook, "matter_access", "not_listed")?;
/// assert!(firm.decide(wren, open, None)?.is_allowed());
/// assert!(!firm.decide(wren, unlisted, None)?.is_allowed());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ActionHandle {
    stamp: NonZeroU32,
    /// The stamp again, once no fact is missing, and zero before: one comparison tells both.
    ready: u32,
    /// Numbered through all products.
    pub(crate) number: u32,
    pub(crate) facts: Facts,
}

/// The facts of a question, in the word that comes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Facts {
    pub(crate) bits: [Word; 2],
    /// What they add to the number of the cell.
    pub(super) number: u32,
    /// Which facts, by their place in the action, were given; the rest has its default or is missing.
    given: u64,
}

impl Facts {
    /// Every fact at its default.
    pub(crate) fn of(product: &Product, action: &Action) -> Self {
        let mut bits = [0; 2];
        for used in &action.facts {
            if let Some(default) = used.default {
                Layout::fact(used, product).write(&mut bits, default);
            }
        }
        Self {
            bits,
            number: 0,
            given: 0,
        }
    }

    /// Gives a fact.
    pub(crate) fn set(
        &mut self,
        product: &Product,
        action: &Action,
        name: &str,
        value: &str,
    ) -> Result<(), AskError> {
        let facts = || {
            action
                .facts
                .iter()
                .filter_map(|used| product.facts.get(used.fact.index()))
        };
        let place = facts().position(|fact| *fact.id == *name);
        let found =
            place.and_then(|place| Some((place, action.facts.get(place)?, facts().nth(place)?)));
        let Some((place, used, fact)) = found else {
            let unknown = error(&unknown::UNKNOWN_FACT, &[&name, &action.id]);
            return Err(unknown
                .with_nearest(name, facts().map(|fact| &*fact.id))
                .into());
        };
        let Some(value) = fact.domain.find(value) else {
            let values: Vec<&str> = fact.domain.words().collect();
            let help = format!("its values are {}", values.join(", "));
            let unknown = error(&unknown::UNKNOWN_VALUE, &[&value, &name]).with_help(help);
            return Err(unknown.with_nearest(value, values).into());
        };
        if self.given & 1 << place != 0 {
            return Err(error(&codes::DUPLICATE_FACT, &[&name]).into());
        }
        Layout::fact(used, product).write(&mut self.bits, value);
        self.given |= 1 << place;
        Ok(())
    }

    /// The first fact that was not given and has no default.
    fn first_missing(self, action: &Action) -> Option<&FactUse> {
        let mut used = action.facts.iter().enumerate();
        let is_missing = |(place, used): &(usize, &FactUse)| {
            used.default.is_none() && self.given & 1 << place == 0
        };
        used.find(is_missing).map(|(_, used)| used)
    }

    /// The error about the first that is missing.
    pub(super) fn missing(self, product: &Product, action: &Action) -> AskError {
        let used = self.first_missing(action);
        let fact = used.and_then(|used| product.facts.get(used.fact.index()));
        let name = fact.map_or("?", |fact| &fact.id);
        let missing = error(&codes::MISSING_FACT, &[&action.id, &name]);
        let values: Vec<&str> = fact
            .map(|fact| fact.domain.words().collect())
            .unwrap_or_default();
        missing
            .with_help(format!("give it one of {}", values.join(", ")))
            .into()
    }
}

impl ActionHandle {
    /// The handle of an action with these facts.
    pub(super) fn new(
        stamp: NonZeroU32,
        number: u32,
        action: &Action,
        lookups: &Lookups,
        facts: Facts,
    ) -> Self {
        let facts = Facts {
            number: lookups.facts(number, facts.bits),
            ..facts
        };
        Self {
            stamp,
            ready: match facts.first_missing(action) {
                None => stamp.get(),
                Some(_) => 0,
            },
            number,
            facts,
        }
    }

    /// Whether it is of the rulebook with this stamp, which comes second, and no fact is missing.
    #[inline]
    pub(super) fn is_ready(&self, [_, stamp]: [NonZeroU32; 2]) -> bool {
        self.ready == stamp.get()
    }

    /// The same action with a fact given.
    ///
    /// # Errors
    /// [`AskError`] when the action takes no such fact, or the fact no such value.
    pub fn with_fact(
        mut self,
        rulebook: &Rulebook,
        fact: &str,
        value: &str,
    ) -> Result<Self, AskError> {
        let (product, action) = rulebook.declared(self)?;
        self.facts.set(product, action, fact, value)?;
        let Self {
            stamp,
            number,
            facts,
            ..
        } = self;
        Ok(Self::new(stamp, number, action, rulebook.lookups(), facts))
    }
}

impl Rulebook {
    /// The action that a handle stands for.
    pub(super) fn declared(&self, handle: ActionHandle) -> Result<(&Product, &Action), AskError> {
        let known = (handle.stamp == self.stamp()).then_some(handle.number);
        let declared = known.and_then(|number| {
            let (product, action) = self.place_of(number)?;
            let product = &self.product(product)?.product;
            Some((product, product.actions.get(action.index())?))
        });
        declared.ok_or_else(|| error(&codes::FOREIGN_HANDLE, &[&"rulebook"]).into())
    }
}

impl Firm {
    /// Looks a user up.
    ///
    /// # Errors
    /// [`AskError`] with the nearest existing id when nobody has this one.
    pub fn user(&self, id: &str) -> Result<UserHandle, AskError> {
        Ok(UserHandle {
            stamp: self.roster.stamp(),
            number: self.user_number(id)?,
        })
    }
}
