//! Judging one change: the grounds, then the change's table, then the invariants of the firm.

use super::alterations::{Alterations, Consequences, Effects};
use super::apply::FirmOverlay;
use super::request::Change;
use super::resolve::{ResolvedChange, ResolvedTarget};
use super::verdict::{Verdict, VerdictRulings};
use super::written_things::WrittenThings;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, QuestionBits, Word};
use crate::finding::{AskError, ask as codes, error, foreign};
use crate::firm::things::NumberedThing;
use crate::firm::{Firm, ThingAlteration, has_seat};
use crate::link::product::{Clause, FactSource, LinkedChange, Ruling, RulingId};
use crate::value::Value;
use crate::vocabulary::Person;

/// The outcome of one change, before it is put into words. Most outcomes need no heap memory.
#[derive(Debug, Clone)]
pub(crate) struct ChangeOutcome<T = Vec<ThingAlteration>> {
    pub(crate) judged: VerdictRulings,
    pub(crate) effects: Effects,
    pub(crate) alterations: Alterations,
    /// What differs of things and groups afterwards.
    pub(crate) things: T,
}

impl ChangeOutcome {
    /// Whether people, things and groups are the same after both.
    pub(crate) fn alters_the_same(&self, other: &Self) -> bool {
        self.alterations == other.alterations && self.things == other.things
    }
}

impl<T: Default> ChangeOutcome<T> {
    fn rejected(judged: VerdictRulings) -> Self {
        Self {
            judged,
            effects: Effects::new(),
            alterations: Alterations::new(),
            things: T::default(),
        }
    }
}

impl Firm {
    /// Validates one change by names, and explains the verdict. [`Firm::validate`] is the fast form, by handles.
    ///
    /// # Errors
    /// [`AskError`] when the change cannot be asked. An error is never a rejection.
    ///
    /// ```
    /// use clio_rules::{Change, Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let verdict = firm.judge(&Change::new("tomas", "grant").role("billing").target("wren"))?;
    /// assert!(verdict.is_accepted());
    /// assert_eq!(&*verdict.effects[0], "payment_notifications_start");
    /// let after = firm.after(&verdict)?;
    /// assert!(after.ask(&clio_rules::Question::new("wren", "create_bill"))?.is_allowed());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn judge(&self, change: &Change) -> Result<Verdict, AskError> {
        self.is_in_state(change.if_state.as_deref())?;
        let resolved = self.resolve_change(change)?;
        let compiled = self.compiled(resolved.product)?;
        let outcome = self.outcome(compiled, &resolved)?;
        Ok(Verdict::of_change(self, compiled, change, outcome))
    }

    pub(crate) fn compiled(&self, product: usize) -> Result<&CompiledProduct, AskError> {
        self.rulebook
            .product(product)
            .ok_or_else(|| foreign("rulebook"))
    }

    pub(crate) fn outcome(
        &self,
        compiled: &CompiledProduct,
        resolved: &ResolvedChange,
    ) -> Result<ChangeOutcome, AskError> {
        self.outcome_with(compiled, resolved, WrittenThings::alterations)
    }

    /// The outcome with as much about things and groups as the caller takes.
    pub(super) fn outcome_with<T: Default>(
        &self,
        compiled: &CompiledProduct,
        resolved: &ResolvedChange,
        take: impl FnOnce(&WrittenThings, &Self) -> T,
    ) -> Result<ChangeOutcome<T>, AskError> {
        let bits = self.change_bits(compiled, resolved);
        let judged = judged(compiled, resolved, &bits)?;
        if !judged.accepted {
            return Ok(ChangeOutcome::rejected(judged));
        }
        let mut overlay = FirmOverlay::new(self, compiled, resolved.product);
        let effects = overlay.apply(resolved, &bits);
        let alterations = overlay.alterations();
        let things = overlay.written_things();
        if let Some((_, broken)) = self.broken_invariant(compiled, &alterations) {
            return Ok(ChangeOutcome::rejected(VerdictRulings::refused(broken)));
        }
        if things
            .as_ref()
            .is_some_and(|things| things.closes_circle(self))
        {
            return Err(error(&codes::GROUP_IN_ITSELF, &[]).into());
        }
        Ok(ChangeOutcome {
            judged,
            effects,
            alterations,
            things: things.map(|things| take(&things, self)).unwrap_or_default(),
        })
    }

    /// The alterations and effects of a change, permitted or not. It does nothing to a user without a seat.
    pub(crate) fn done_anyway(
        &self,
        compiled: &CompiledProduct,
        resolved: &ResolvedChange,
    ) -> Consequences {
        let target = resolved.target.user();
        if target.is_some_and(|user| !has_seat(self.roster.profile(resolved.product, user))) {
            return Consequences::default();
        }
        let bits = self.change_bits(compiled, resolved);
        let mut overlay = FirmOverlay::new(self, compiled, resolved.product);
        let effects = overlay.apply(resolved, &bits);
        Consequences {
            effects: effects.into_vec(),
            alterations: overlay.alterations().into_vec(),
            things: overlay
                .written_things()
                .map(|things| things.alterations(self))
                .unwrap_or_default(),
        }
    }

    /// Whether a change is permitted, and by which rulings.
    pub(crate) fn judged(
        &self,
        compiled: &CompiledProduct,
        resolved: &ResolvedChange,
    ) -> Result<VerdictRulings, AskError> {
        judged(compiled, resolved, &self.change_bits(compiled, resolved))
    }

    pub(crate) fn change_bits<'f>(
        &'f self,
        compiled: &'f CompiledProduct,
        resolved: &ResolvedChange,
    ) -> QuestionBits<'f> {
        let mut question = [0; 2];
        let change = compiled.product.change(resolved.change);
        for argument in change.into_iter().flat_map(|change| &change.takes) {
            let field = compiled.layout.argument(*argument);
            field.write(&mut question, resolved.arguments.read(*argument));
        }
        if let Some((change, thing)) = change.and_then(|change| {
            let thing = resolved.thing(change)?;
            Some((change, thing))
        }) {
            self.facts_of_change((compiled, change), resolved, thing, &mut question);
        }
        let ResolvedChange { product, user, .. } = *resolved;
        let bits = self.bits(product, user, resolved.target.user(), question);
        let ResolvedTarget::Group(group) = resolved.target else {
            return bits;
        };
        let is_in = self.things.groups.of_user(user).contains(&group);
        let [first, second] = bits.question;
        QuestionBits {
            target: &compiled.of_group,
            // Whoever is in the group is among those it is done to.
            question: [first | Layout::SAME_USER.bits(Value::from(is_in)), second],
            ..bits
        }
    }

    /// Writes what a change and its effects read of the thing that the change names.
    fn facts_of_change(
        &self,
        (compiled, change): (&CompiledProduct, &LinkedChange),
        resolved: &ResolvedChange,
        thing: NumberedThing,
        question: &mut [Word],
    ) {
        let product = &compiled.product;
        let Some(things) = self.things.of_kind(thing.product, thing.kind) else {
            return;
        };
        let at = (things, thing.number);
        for used in &change.facts {
            let source = product.fact(used.fact).map(|fact| fact.source);
            let user = |user| self.things.value(product, source?, user, at);
            let value = match source.map(FactSource::whom) {
                Some(Person::Target) => match resolved.target {
                    ResolvedTarget::User(target) => user(target),
                    ResolvedTarget::Group(group) => {
                        let value = |source| self.things.value_of_group(product, source, group, at);
                        source.and_then(value)
                    }
                    ResolvedTarget::Nobody => None,
                },
                _ => user(resolved.user),
            };
            let value = value.or(used.default).unwrap_or_default();
            Layout::fact(used, product).write(question, value);
        }
    }
}

/// Whether a change with these bits is permitted, and by which rulings.
fn judged(
    compiled: &CompiledProduct,
    resolved: &ResolvedChange,
    bits: &QuestionBits<'_>,
) -> Result<VerdictRulings, AskError> {
    let no_such = || foreign("rulebook");
    if let Some(ground) = compiled.ground(bits) {
        return Ok(VerdictRulings::refused(ground));
    }
    let number = resolved.change.index();
    let change = compiled
        .product
        .change(resolved.change)
        .ok_or_else(no_such)?;
    let judge = compiled.judges.get(number).ok_or_else(no_such)?;
    let outcome = judge.decide(bits).ok_or_else(no_such)?;
    let refusals = &outcome.answer.0;
    let accepted = refusals.is_empty();
    let granted = [change.clause.first + Clause::GRANTED];
    let spoke = if accepted { &granted } else { &**refusals };
    let rulings = spoke
        .iter()
        .map(|ruling| RulingId(change.first_ruling.0 + u32::from(*ruling)))
        .collect();
    Ok(VerdictRulings {
        accepted,
        rulings,
        turned: outcome.turned,
    })
}

impl CompiledProduct {
    /// A ruling of this product.
    pub(super) fn ruling(&self, id: RulingId) -> Option<&Ruling> {
        self.product.ruling(id)
    }
}
