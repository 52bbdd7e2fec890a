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
    /// The bits of the lists on which nobody stands of whom the question says this, unless it says that they do: those that bring
    /// the list of this fact.
    pub closes: i64,
}

/// A fact of a form that follows from a list of a thing, where a question says who stands on it and does not give the fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct JoinFollower {
    /// The number of the form.
    pub form: u32,
    /// The bit of the fact among those that are known.
    pub place: i64,
    /// The bits that hold its values.
    pub mask: i64,
    /// The bit of the list among the facts that are known: whoever gives that, gives what follows. So does whoever gives one of
    /// `lists` as true.
    pub list: i64,
    /// The bits of the list and of those that bring it. Whoever has one of them stands on it.
    pub lists: i64,
    /// The value for whoever stands on it, in its place.
    pub listed: i64,
    /// The value for everybody else, in its place.
    pub not_listed: i64,
}

/// The forms of the facts of a product, and by action the number of its form.
pub(super) fn forms(product: &Product) -> (Vec<JoinForm<'_>>, Vec<u32>) {
    let mut forms: Vec<JoinForm<'_>> = Vec::new();
    let of_action = product.actions.iter().map(|action| {
        let known = forms
            .iter()
            .find(|form| takes_the_same(form.action, action));
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
    things(one) == things(other) && one.facts.iter().map(key).eq(other.facts.iter().map(key))
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

    /// The facts that follow from lists of which a question can speak.
    fn followers(&self, product: &'f Product) -> impl Iterator<Item = JoinFollower> {
        let (number, action) = (self.number, self.action);
        let places = (0_u32..).zip(&action.facts);
        places.filter_map(move |(place, used)| {
            let Some(FactSource::Taken(path, taken)) = source(used, product) else {
                return None;
            };
            let wanted = Some(FactSource::List(path, taken.list));
            let mut all = (0_u32..).zip(&action.facts);
            let (list_place, list) = all.find(|(_, used)| source(used, product) == wanted)?;
            let counts =
                |other: &&FactUse| other.fact == list.fact || product.brings(other.fact, list.fact);
            let lists = action.facts.iter().filter(counts);
            Some(JoinFollower {
                form: number,
                place: bit(place),
                mask: mask_of(used, product),
                list: bit(list_place),
                lists: lists.fold(0, |all, other| all | mask_of(other, product)),
                listed: bits_of(used, taken.listed, product),
                not_listed: bits_of(used, taken.not_listed, product),
            })
        })
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
                closes: closes((used, value), action, product),
            })
        })
    }
}

impl<'f> JoinTables<'f> {
    /// The facts that follow from lists of things, of every form.
    pub fn followers(&self) -> impl Iterator<Item = JoinFollower> {
        let product = &*self.compiled.product;
        let forms = self.forms.iter();
        forms.flat_map(|form| form.followers(product))
    }

    /// Every value of every fact of every form.
    pub fn facts(&self) -> impl Iterator<Item = JoinFact<'f>> {
        let product = &*self.compiled.product;
        self.forms.iter().flat_map(|form| form.facts(product))
    }
}

/// Where a fact comes from.
fn source(used: &FactUse, product: &Product) -> Option<FactSource> {
    product.fact(used.fact).map(|fact| fact.source)
}

/// The bits of the lists that bring this one, where the value is that somebody does not stand on it.
fn closes((used, value): (&FactUse, Value), action: &Action, product: &Product) -> i64 {
    let is_list = |used: &FactUse| matches!(source(used, product), Some(FactSource::List(..)));
    if value.is_yes() || !is_list(used) {
        return 0;
    }
    let bringers = action
        .facts
        .iter()
        .filter(|other| is_list(other) && product.brings(other.fact, used.fact));
    bringers.fold(0, |all, other| all | mask_of(other, product))
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
