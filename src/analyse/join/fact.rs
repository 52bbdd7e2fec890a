//! Where facts have their bits.

use super::JoinTables;
use crate::explore::layout::{Layout, Word};
use crate::link::product::{Action, FactSource, FactUse, KindId, Product};
use crate::rulebook::QuestionFacts;
use crate::value::Value;

/// What actions take that take the same facts: where each has its bits, and what stands there at first.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct JoinForm<'f> {
    /// Its number among those of the product, from 0.
    pub number: u32,
    /// Id of the kind of things that these actions are done to.
    pub kind: Option<&'f str>,
    /// The bits with every fact at its default.
    pub bits: i64,
    /// The facts without a default, one bit for each, as in [`JoinFact::place`].
    pub needs: i64,
    /// Whether a question has to name a thing, or give a fact about one.
    pub needs_thing: bool,
    /// The first action that takes it.
    pub(super) action: &'f Action,
    pub(super) kind_number: Option<KindId>,
}

/// One value of a fact of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct JoinFact<'f> {
    /// The number of the form.
    pub form: u32,
    /// Id of the fact.
    pub fact: &'f str,
    /// The value.
    pub value: &'f str,
    /// The bit that stands for the fact among those that are known.
    pub place: i64,
    /// The bits that hold the values of the fact.
    pub mask: i64,
    /// The value there.
    pub bits: i64,
    /// Whether it says something of a thing.
    pub is_of_thing: bool,
    /// Whether no other fact follows from it. A list of a thing can bring other lists, and other facts can follow from who stands
    /// on it: a question that gives such a fact is not answered by joining.
    pub is_alone: bool,
}

/// The forms of the facts of a product, and by action the number of its form.
pub(super) fn forms(product: &Product) -> (Vec<JoinForm<'_>>, Vec<u32>) {
    let mut forms: Vec<JoinForm<'_>> = Vec::new();
    let of_action = product.actions.iter().map(|action| {
        let known = forms.iter().find(|form| takes_the_same(form.action, action));
        if let Some(known) = known {
            return known.number;
        }
        let number = forms.len() as u32;
        forms.push(JoinForm::new(product, number, action));
        number
    });
    let of_action = of_action.collect();
    (forms, of_action)
}

fn takes_the_same(one: &Action, other: &Action) -> bool {
    let key = |used: &FactUse| (used.fact, used.default, used.shift);
    let things = |action: &Action| (action.on_thing, action.needs_thing);
    things(one) == things(other)
        && one.facts.iter().map(key).eq(other.facts.iter().map(key))
}

impl<'f> JoinForm<'f> {
    fn new(product: &'f Product, number: u32, action: &'f Action) -> Self {
        let places = (0_u32..).zip(&action.facts);
        let needs = places.filter(|(_, used)| used.default.is_none());
        Self {
            number,
            kind: action
                .on_thing
                .and_then(|kind| Some(&*product.kind(kind)?.id)),
            bits: packed(QuestionFacts::of(product, action).bits),
            needs: needs.fold(0, |all, (place, _)| all | bit(place)),
            needs_thing: action.needs_thing,
            action,
            kind_number: action.on_thing,
        }
    }

    /// Every value of every fact.
    fn facts(&self, product: &'f Product) -> impl Iterator<Item = JoinFact<'f>> {
        let (number, action) = (self.number, self.action);
        let places = (0_u32..).zip(&action.facts);
        places.flat_map(move |(place, used)| {
            let fact = product.fact(used.fact);
            let values = fact.into_iter().flat_map(|fact| {
                let values = (0_u16..).zip(fact.domain.words());
                values.map(move |(value, word)| (fact, Value(value), word))
            });
            values.map(move |(fact, value, word)| JoinFact {
                form: number,
                fact: &fact.id,
                value: word,
                place: bit(place),
                mask: mask_of(used, product),
                bits: bits_of(used, value, product),
                is_of_thing: fact.source.kind().is_some(),
                is_alone: is_alone(used, action, product),
            })
        })
    }
}

impl<'f> JoinTables<'f> {
    /// Every value of every fact of every form.
    pub fn facts(&self) -> impl Iterator<Item = JoinFact<'f>> {
        let product = &*self.compiled.product;
        self.forms.iter().flat_map(|form| form.facts(product))
    }
}

/// Whether giving a fact gives no other fact of the action another value.
fn is_alone(used: &FactUse, action: &Action, product: &Product) -> bool {
    let source = |used: &FactUse| product.fact(used.fact).map(|fact| fact.source);
    if !matches!(source(used), Some(FactSource::List(..))) {
        return true;
    }
    let is_taken = |other: &FactUse| matches!(source(other), Some(FactSource::Taken(..)));
    let mut others = action.facts.iter().filter(|other| other.fact != used.fact);
    !others.any(|other| {
        is_taken(other)
            || product.brings(other.fact, used.fact)
            || product.brings(used.fact, other.fact)
    })
}

/// The bits of the values of a fact.
pub(super) fn mask_of(used: &FactUse, product: &Product) -> i64 {
    bits_of(used, Value(u16::MAX), product)
}

/// A value of a fact in its place.
fn bits_of(used: &FactUse, value: Value, product: &Product) -> i64 {
    let mut words = [0; 2];
    Layout::fact(used, product).write(&mut words, value);
    packed(words)
}

/// Both words of a question in one number, whose sign is a bit like the others.
pub(super) fn packed([low, high]: [Word; 2]) -> i64 {
    (u64::from(high) << Word::BITS | u64::from(low)).cast_signed()
}

/// The bit of a place.
fn bit(place: u32) -> i64 {
    1_u64.checked_shl(place).unwrap_or_default().cast_signed()
}
