//! Handles: names resolved once, for hot loops.

use super::AskError;
use super::decision::{Answer, Asked};
use super::resolve::error;
use crate::explore::compile::Compiled;
use crate::explore::layout::{Bits, Layout};
use crate::finding::{ask as codes, names as unknown};
use crate::firm::Firm;
use crate::link::product::{Action, ActionId, Product, RulingId};
use crate::rulebook::Rulebook;
use crate::value::Value;

/// A user of a firm, resolved once. Changes to the firm keep it valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UserHandle {
    stamp: u32,
    pub(crate) number: u32,
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
    stamp: u32,
    pub(crate) product: u32,
    pub(crate) action: ActionId,
    bits: QuestionBits,
}

/// The word that comes with a question, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct QuestionBits {
    bits: u64,
    /// Which facts, by their place in the action, were given; the rest has its default or is missing.
    given: u64,
    missing: u64,
}

impl QuestionBits {
    /// Every fact at its default.
    pub(crate) fn of(product: &Product, action: &Action) -> Self {
        let mut word = [0];
        let mut missing = 0;
        for (number, used) in action.facts.iter().enumerate() {
            match used.default {
                Some(default) => Layout::fact(used, product).write(&mut word, default),
                None => missing |= 1 << number,
            }
        }
        let [bits] = word;
        Self {
            bits,
            given: 0,
            missing,
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
        let mut word = [self.bits];
        Layout::fact(used, product).write(&mut word, value);
        [self.bits] = word;
        self.given |= 1 << place;
        self.missing &= !(1 << place);
        Ok(())
    }

    /// The word, when no fact is missing.
    pub(crate) fn complete(self, product: &Product, action: &Action) -> Result<u64, AskError> {
        if self.missing == 0 {
            return Ok(self.bits);
        }
        let used = action.facts.get(self.missing.trailing_zeros() as usize);
        let fact = used.and_then(|used| product.facts.get(used.fact.index()));
        let name = fact.map_or("?", |fact| &fact.id);
        let missing = error(&codes::MISSING_FACT, &[&action.id, &name]);
        let values: Vec<&str> = fact
            .map(|fact| fact.domain.words().collect())
            .unwrap_or_default();
        Err(missing
            .with_help(format!("give it one of {}", values.join(", ")))
            .into())
    }
}

impl Rulebook {
    /// Looks an action up. Without a product, the only one that declares it.
    ///
    /// # Errors
    /// [`AskError`] with the nearest existing name when there is no such action.
    pub fn action(&self, product: Option<&str>, action: &str) -> Result<ActionHandle, AskError> {
        let (number, id) = self.find_action(product, action)?;
        let product = self.product(number).map(|compiled| &compiled.product);
        let found = product.and_then(|product| Some((product, product.actions.get(id.index())?)));
        let bits = found.map_or(
            QuestionBits {
                bits: 0,
                given: 0,
                missing: 0,
            },
            |(p, a)| QuestionBits::of(p, a),
        );
        Ok(ActionHandle {
            stamp: self.stamp(),
            product: number as u32,
            action: id,
            bits,
        })
    }
}

impl ActionHandle {
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
        let (product, action) = self.look_up(rulebook)?;
        self.bits.set(product, action, fact, value)?;
        Ok(self)
    }

    fn look_up<'r>(&self, rulebook: &'r Rulebook) -> Result<(&'r Product, &'r Action), AskError> {
        let foreign = || AskError::from(error(&codes::FOREIGN_HANDLE, &[&"rulebook"]));
        if self.stamp != rulebook.stamp() {
            return Err(foreign());
        }
        let product = rulebook
            .product(self.product as usize)
            .map(|compiled| &compiled.product);
        product
            .and_then(|product| Some((product, product.actions.get(self.action.index())?)))
            .ok_or_else(foreign)
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

    /// Decides by handles. It allocates nothing and takes no lock.
    ///
    /// # Errors
    /// [`AskError`] when a handle belongs to another rulebook or firm, a fact without default was not given, or a
    /// target is missing or not expected.
    pub fn decide(
        &self,
        user: UserHandle,
        action: ActionHandle,
        target: Option<UserHandle>,
    ) -> Result<Answer<'_>, AskError> {
        let foreign = |what: &str| Err(AskError::from(error(&codes::FOREIGN_HANDLE, &[&what])));
        let of_this_firm = |handle: UserHandle| handle.stamp == self.roster.stamp();
        if !of_this_firm(user) || !target.is_none_or(of_this_firm) {
            return foreign("firm");
        }
        let (product, declared) = action.look_up(&self.rulebook)?;
        let bits = action.bits.complete(product, declared)?;
        self.answer(Asked {
            product: action.product as usize,
            action: action.action,
            user: user.number,
            target: target.map(|target| target.number),
            bits,
        })
    }

    /// The one way to an answer: grounds, then the action's table.
    pub(crate) fn answer(&self, asked: Asked) -> Result<Answer<'_>, AskError> {
        let Asked {
            product,
            action,
            user,
            target,
            bits: question,
        } = asked;
        let no_such = || AskError::from(error(&codes::FOREIGN_HANDLE, &[&"rulebook"]));
        let compiled = self.rulebook.product(product).ok_or_else(no_such)?;
        let declared = compiled
            .product
            .actions
            .get(action.index())
            .ok_or_else(no_such)?;
        match target {
            None if declared.on_target => {
                return Err(error(&codes::MISSING_TARGET, &[&declared.id]).into());
            }
            Some(target) if !declared.on_target => {
                let target = self.roster.id(target);
                return Err(error(&codes::UNEXPECTED_TARGET, &[&declared.id, &target]).into());
            }
            _ => {}
        }
        let bits = self.bits(product, user, target, question);
        let (ruling, turned) = match compiled.ground(&bits, target.is_some()) {
            Some(ground) => (ground, false),
            None => compiled.ruled(action, declared, &bits),
        };
        let code = (product as u64) << 33 | u64::from(ruling.0) << 1 | u64::from(turned);
        let ruling = compiled
            .product
            .rulings
            .get(ruling.index())
            .ok_or_else(no_such)?;
        Ok(Answer::new(compiled, declared, ruling, turned, code))
    }

    /// The bits of a question. Without a target, the user stands in for it: no rule reads it then.
    pub(crate) fn bits(
        &self,
        product: usize,
        user: u32,
        target: Option<u32>,
        question: u64,
    ) -> Bits<'_> {
        let mut word = [question];
        Layout::SAME_USER.write(&mut word, Value::from(target == Some(user)));
        let [question] = word;
        Bits {
            user: self.roster.profile(product, user),
            target: self.roster.profile(product, target.unwrap_or(user)),
            firm: self.readings.get(product).map_or(&[], Vec::as_slice),
            question,
        }
    }
}

impl Compiled {
    /// What the action's rules say, and whether one reading alone would turn it.
    pub(super) fn ruled(
        &self,
        action: ActionId,
        declared: &Action,
        bits: &Bits<'_>,
    ) -> (RulingId, bool) {
        let decider = self
            .of_action
            .get(action.index())
            .and_then(|number| self.deciders.get(*number as usize));
        let outcome = decider.and_then(|decider| decider.decide(bits));
        // A table that lacks a cell would be a defect of ours: then nothing is allowed.
        let (ruling, turned) = outcome.map_or((declared.silent, false), |found| {
            (found.answer.ruling, found.turned)
        });
        (
            RulingId(declared.first_ruling.0 + u32::from(ruling)),
            turned,
        )
    }

    /// The first of the three questions asked before any rule that denies.
    pub(crate) fn ground(&self, bits: &Bits<'_>, has_target: bool) -> Option<RulingId> {
        let grounds = &self.product.grounds;
        if !Layout::ENABLED.read(bits.user).is_yes() {
            Some(grounds.user_disabled)
        } else if !Layout::SEAT.read(bits.user).is_yes() {
            Some(grounds.user_has_no_seat)
        } else if has_target && !Layout::SEAT.read(bits.target).is_yes() {
            Some(grounds.target_has_no_seat)
        } else {
            None
        }
    }
}
