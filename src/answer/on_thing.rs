//! Questions about a thing: what the rules read of it becomes the facts of the question.

use super::Answer;
use crate::explore::code::DecisionCode;
use crate::finding::{AskError, SubjectRole, ask as codes, error};
use crate::firm::things::{KindThings, NumberedThing};
use crate::firm::{Firm, ThingHandle, UserHandle};
use crate::link::product::{Action, FactSource, KindId, Product};
use crate::name;
use crate::rulebook::ActionHandle;
use crate::rulebook::thing_plan::{FactBits, ThingPlan};
use crate::value::Value;

/// What a question is done to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum NamedTarget {
    /// Nobody and nothing; or a thing that the question brings along itself.
    Nothing,
    /// A user.
    User(UserHandle),
    /// A thing of the firm.
    Thing(NumberedThing),
}

/// Whether a question with these facts says itself what is known of a thing. A fact that nobody knows counts where it is named
/// like one: the error is about it then.
fn brings_thing<'a>(
    product: &Product,
    kind: KindId,
    mut facts: impl Iterator<Item = &'a str>,
) -> bool {
    let id = product.kind(kind).map_or("", |kind| &kind.id);
    facts.any(|name| {
        let fact = name::find(&product.names.facts, name);
        let fact = fact.and_then(|fact| product.fact(*fact));
        let is_named_so = name
            .strip_prefix(id)
            .is_some_and(|part| part.starts_with('.'));
        is_named_so || fact.is_some_and(|fact| fact.source.kind() == Some(kind))
    })
}

impl Firm {
    /// Decides about a thing by handles. Like [`Firm::decide`] it allocates nothing and takes no lock. Facts that the action
    /// was given come before what the firm says of the thing.
    ///
    /// # Errors
    /// [`AskError`] when a handle belongs to another rulebook or firm, or the action is not done to things of this kind.
    #[inline]
    pub fn decide_on(
        &self,
        user: UserHandle,
        action: ActionHandle,
        thing: ThingHandle,
    ) -> Result<Answer<'_>, AskError> {
        match self.looked_up_on(user, &action, thing) {
            Some(code) => Ok(Answer::new(&self.rulebook, action.number, code)),
            None => self.decide_on_beyond(user, action, thing),
        }
    }

    /// The code of the answer where all handles belong here, the question gives no facts, and there is a table.
    #[inline(never)]
    fn looked_up_on(
        &self,
        user: UserHandle,
        action: &ActionHandle,
        thing: ThingHandle,
    ) -> Option<DecisionCode> {
        let plan = self.rulebook.directory().plan(action.number)?;
        let is_ours = self.are_ours(user, user, action) && self.things.bears(thing);
        if !is_ours || !action.is_silent() || thing.place() != (plan.product, plan.kind) {
            return None;
        }
        let things = self.things.of_kind(plan.product, plan.kind)?;
        let bits = self.planned_bits(plan, user.serial, (things, thing.number()));
        let cells = (plan.lookup, plan.number(bits));
        self.looked_up(cells, [user.serial; 2], false, action.ruling)
    }

    /// Decides where a question gives facts, there is no table, or users have come and gone; or reports why there is no answer.
    #[inline(never)]
    fn decide_on_beyond(
        &self,
        user: UserHandle,
        action: ActionHandle,
        thing: ThingHandle,
    ) -> Result<Answer<'_>, AskError> {
        let thing = self.thing_of(thing)?;
        let number = self.number_of(user, SubjectRole::User)?;
        let action = self.to_decide_on(action, number, thing)?;
        self.decide(user, action, None)
    }

    /// The action with what its decision reads of a thing. Questions that look at more than the decision take
    /// [`Firm::applied_to`].
    #[inline]
    pub(crate) fn to_decide_on(
        &self,
        action: ActionHandle,
        user: u32,
        thing: NumberedThing,
    ) -> Result<ActionHandle, AskError> {
        match self.planned_on(action, user, thing) {
            Some(action) => Ok(action),
            None => self.applied_to(action, user, Some(thing)),
        }
    }

    #[inline]
    fn planned_on(
        &self,
        action: ActionHandle,
        user: u32,
        thing: NumberedThing,
    ) -> Option<ActionHandle> {
        let plan = self.plan_for(&action, thing.product, thing.kind)?;
        let things = self.things.of_kind(thing.product, thing.kind)?;
        let bits = self.planned_bits(plan, user, (things, thing.number));
        Some(action.planned(plan, bits))
    }

    /// What is to be looked up of things of a kind before this action is decided about; none where the question said anything
    /// itself.
    #[inline]
    pub(crate) fn plan_for(
        &self,
        action: &ActionHandle,
        product: usize,
        kind: KindId,
    ) -> Option<&ThingPlan> {
        let plan = self.rulebook.directory().plan(action.number)?;
        let fits = plan.kind == kind && plan.product == product;
        let is_silent = action.bears(self.rulebook.stamp()) && action.is_silent();
        Some(plan).filter(|_| fits && is_silent)
    }

    /// The bits of a question that gives no facts, with what its decision reads of a thing for a user.
    #[inline]
    pub(crate) fn planned_bits(
        &self,
        plan: &ThingPlan,
        user: u32,
        (things, thing): (&KindThings, u32),
    ) -> FactBits {
        let record = things.record(thing);
        let joined = self.things.groups.of_user(user);
        plan.bits(
            |property| property.bits(record.property(property.number)),
            |list| list.bits(record.has(list.number, user, joined)),
            |other| other.bits(self.read_beyond(plan, other.source, user, (things, thing))),
        )
    }

    /// A fact that is read neither from a property of the thing nor from one list of it alone.
    #[inline(never)]
    fn read_beyond(
        &self,
        plan: &ThingPlan,
        source: FactSource,
        user: u32,
        thing: (&KindThings, u32),
    ) -> Option<Value> {
        let product = &self.rulebook.product(plan.product)?.product;
        self.things.value(product, source, user, thing)
    }

    /// The code of the answer to a question about a thing that gives no facts, where all names are known and there is a table.
    #[inline]
    pub(super) fn named_on_thing(
        &self,
        action: &ActionHandle,
        user: u32,
        thing: &str,
    ) -> Option<DecisionCode> {
        let plan = self.rulebook.directory().plan(action.number)?;
        let things = self.things.of_kind(plan.product, plan.kind)?;
        let bits = self.planned_bits(plan, user, (things, things.find(thing)?));
        self.looked_up(
            (plan.lookup, plan.number(bits)),
            [user; 2],
            false,
            action.ruling,
        )
    }

    /// The target of a question with these facts.
    ///
    /// # Errors
    /// [`AskError`] when nobody has this id, or the firm has no such thing and the question says nothing about it.
    #[inline]
    pub(crate) fn named_target<'a>(
        &self,
        action: ActionHandle,
        target: Option<&str>,
        facts: impl Iterator<Item = &'a str>,
    ) -> Result<NamedTarget, AskError> {
        let Some(id) = target else {
            return Ok(NamedTarget::Nothing);
        };
        let Some((number, kind)) = self.rulebook.directory().kind(action.number) else {
            return self
                .user(id)
                .map(NamedTarget::User)
                .map_err(AskError::of_target);
        };
        match self.numbered_thing(number, kind, id) {
            Ok(thing) => Ok(NamedTarget::Thing(thing)),
            Err(unknown) => {
                let (product, _) = self.rulebook.declared(action)?;
                let brings = brings_thing(product, kind, facts);
                brings.then_some(NamedTarget::Nothing).ok_or(unknown)
            }
        }
    }

    /// Decides about a target that was looked up for this action.
    #[cfg(feature = "testing")]
    pub(crate) fn decide_named(
        &self,
        user: UserHandle,
        action: ActionHandle,
        target: NamedTarget,
    ) -> Result<Answer<'_>, AskError> {
        match target {
            NamedTarget::Nothing => self.decide(user, action, None),
            NamedTarget::User(target) => self.decide(user, action, Some(target)),
            NamedTarget::Thing(thing) => self.decide_on(user, action, self.thing_handle(thing)),
        }
    }

    /// The action with the facts that follow from a thing for this user. Where there is none, it stays as it is.
    #[inline]
    pub(crate) fn applied_to(
        &self,
        action: ActionHandle,
        user: u32,
        thing: Option<NumberedThing>,
    ) -> Result<ActionHandle, AskError> {
        let Some(thing) = thing else {
            return Ok(action);
        };
        let (product, declared) = self.rulebook.declared(action)?;
        let place = self.rulebook.place_of(action.number);
        let is_of_kind = declared.on_thing == Some(thing.kind)
            && place.is_some_and(|(number, _)| number == thing.product);
        let things = self.things.of_kind(thing.product, thing.kind);
        let Some(things) = things.filter(|_| is_of_kind) else {
            return Err(self.not_done_to(thing, product, declared));
        };
        let value = |source| {
            self.things
                .value(product, source, user, (things, thing.number))
        };
        Ok(action.with_thing(&self.rulebook, (product, declared), value))
    }

    /// The error about a thing that an action is not done to.
    #[cold]
    fn not_done_to(&self, thing: NumberedThing, product: &Product, action: &Action) -> AskError {
        if let Some(kind) = action.on_thing.and_then(|kind| product.kind(kind)) {
            return error(&codes::MISSING_THING, &[&action.id, &kind.id]).into();
        }
        if action.on_target {
            return error(&codes::MISSING_TARGET, &[&action.id]).into();
        }
        let things = self.things.of_kind(thing.product, thing.kind);
        let id = things.map_or("?", |things| things.id(thing.number));
        error(&codes::UNEXPECTED_TARGET, &[&action.id, &id]).into()
    }
}
