//! Handles of actions: names resolved once, for hot loops.

use std::num::NonZeroU32;
use std::sync::Arc;

use super::Rulebook;
use crate::explore::layout::{Layout, Word};
use crate::explore::lookup::Lookups;
use crate::finding::{AskError, SubjectRole, ask as codes, error, foreign, names as unknown};
use crate::link::product::{Action, FactId, FactSource, FactUse, Product, RulingId};
use crate::name::nearest::KnownName;
use crate::value::Value;

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
#[repr(align(8))]
pub struct ActionHandle {
    stamp: NonZeroU32,
    /// Numbered through all products.
    pub(crate) number: u32,
    /// The lookup that finds its answers, or the number of no lookup while a fact is missing.
    pub(crate) lookup: u32,
    /// The first of its rulings, which are numbered through all products as well.
    pub(crate) ruling: RulingId,
    pub(crate) facts: QuestionFacts,
}

/// The number of no lookup.
const NONE: u32 = u32::MAX;

/// The facts of a question, in the words that come with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct QuestionFacts {
    pub(crate) bits: [Word; 2],
    /// Their part of the number of the cell.
    pub(crate) number: u32,
    /// The given facts, by their place in the action. Every other fact has its default or is missing.
    given: [u32; 2],
    /// The facts that follow from a thing, by their place in the action.
    pub(crate) followed: [u32; 2],
    /// Whether a thing is named, or something is known of one.
    has_thing: bool,
}

impl QuestionFacts {
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
            given: [0; 2],
            followed: [0; 2],
            has_thing: false,
        }
    }

    /// Fills in what follows from a thing. Facts that were given stay.
    fn fill(
        &mut self,
        (product, action): (&Product, &Action),
        value: impl Fn(FactSource) -> Option<Value>,
    ) {
        for (place, used) in action.facts.iter().enumerate() {
            let source = product.fact(used.fact).map(|fact| fact.source);
            if let Some(value) = source.and_then(&value)
                && !self.is_given(place)
            {
                Layout::fact(used, product).write(&mut self.bits, value);
                mark(&mut self.followed, place);
            }
        }
        self.has_thing = true;
        self.close_lists(product, action);
    }

    /// Whoever was said not to stand on a list does not stand on those that bring it either, unless that was said.
    fn close_lists(&mut self, product: &Product, action: &Action) {
        if self.given == [0; 2] {
            return;
        }
        let is_list = |used: &FactUse| {
            let fact = product.fact(used.fact);
            fact.is_some_and(|fact| matches!(fact.source, FactSource::List(..)))
        };
        let lists = || (0..).zip(&action.facts).filter(|(_, used)| is_list(used));
        for (place, used) in lists() {
            let is_out = !Layout::fact(used, product).read(&self.bits).is_yes();
            if !self.is_given(place) || !is_out {
                continue;
            }
            for (other, bringer) in lists() {
                if !self.is_given(other) && product.brings(bringer.fact, used.fact) {
                    Layout::fact(bringer, product).write(&mut self.bits, Value::NO);
                }
            }
        }
        self.follow_lists(product, action);
    }

    /// A fact that follows from a list follows from what the question says of the list, unless the question gives the fact.
    fn follow_lists(&mut self, product: &Product, action: &Action) {
        let source = |used: &FactUse| product.fact(used.fact).map(|fact| fact.source);
        for (place, used) in action.facts.iter().enumerate() {
            let Some(FactSource::Taken(path, taken)) = source(used) else {
                continue;
            };
            let list = FactSource::List(path, taken.list);
            let mut all = action.facts.iter();
            let Some(list) = all.find(|used| source(used) == Some(list)) else {
                continue;
            };
            // Whoever stands on a list that brings this one stands on it as well.
            let counts =
                |used: &FactUse| used.fact == list.fact || product.brings(used.fact, list.fact);
            let (mut is_said, mut stands) = (false, false);
            for (place, used) in action
                .facts
                .iter()
                .enumerate()
                .filter(|(_, used)| counts(used))
            {
                let is_on = Layout::fact(used, product).read(&self.bits).is_yes();
                is_said |= self.is_given(place) && (used.fact == list.fact || is_on);
                stands |= is_on;
            }
            if is_said && !self.is_given(place) {
                let value = if stands {
                    taken.listed
                } else {
                    taken.not_listed
                };
                Layout::fact(used, product).write(&mut self.bits, value);
                mark(&mut self.followed, place);
            }
        }
    }

    /// Gives a fact.
    pub(crate) fn set(
        &mut self,
        product: &Arc<Product>,
        action: &Action,
        name: &str,
        value: &str,
    ) -> Result<(), AskError> {
        let facts = || {
            action
                .facts
                .iter()
                .filter_map(|used| product.fact(used.fact))
        };
        let place = facts().position(|fact| *fact.id == *name);
        let found =
            place.and_then(|place| Some((place, action.facts.get(place)?, facts().nth(place)?)));
        let Some((place, used, fact)) = found else {
            let unknown = error(&unknown::UNKNOWN_FACT, &[&name, &action.id]);
            let taken = || facts_of(product, action);
            return Err(unknown.with_nearest_of(name, taken).into());
        };
        let Some(value) = fact.domain.find(value) else {
            let values: Vec<&str> = fact.domain.words().collect();
            let help = format!("its values are {}", values.join(", "));
            let unknown = error(&unknown::UNKNOWN_VALUE, &[&value, &name])
                .with_help(help)
                .about(SubjectRole::Fact);
            let known = || values_of(product, used.fact);
            return Err(unknown.with_nearest_of(value, known).into());
        };
        if self.is_given(place) {
            return Err(error(&codes::DUPLICATE_FACT, &[&name]).into());
        }
        Layout::fact(used, product).write(&mut self.bits, value);
        self.has_thing |= fact.source.kind().is_some();
        mark(&mut self.given, place);
        self.close_lists(product, action);
        Ok(())
    }

    fn is_given(&self, place: usize) -> bool {
        is_marked(&self.given, place)
    }

    /// Whether the question gave any fact.
    #[inline]
    pub(super) fn says_anything(&self) -> bool {
        self.given != [0; 2]
    }

    /// The first fact that was not given and has no default.
    fn first_missing(self, action: &Action) -> Option<&FactUse> {
        let mut used = action.facts.iter().enumerate();
        let is_missing = |(place, used): &(usize, &FactUse)| {
            let is_known = self.is_given(*place) || is_marked(&self.followed, *place);
            used.default.is_none() && !is_known
        };
        used.find(is_missing).map(|(_, used)| used)
    }

    /// Whether everything is known that the rules can read.
    fn are_complete(self, action: &Action) -> bool {
        self.first_missing(action).is_none() && (self.has_thing || !action.needs_thing)
    }

    /// The error about the first that is missing.
    pub(crate) fn missing(self, product: &Product, action: &Action) -> AskError {
        if action.needs_thing && !self.has_thing {
            let kind = action.on_thing.and_then(|kind| product.kind(kind));
            let kind = kind.map_or("?", |kind| &kind.id);
            return error(&codes::MISSING_THING, &[&action.id, &kind]).into();
        }
        let used = self.first_missing(action);
        let fact = used.and_then(|used| product.fact(used.fact));
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

/// Marks a fact by its place in the action.
fn mark(facts: &mut [u32; 2], place: usize) {
    if let Some(word) = facts.get_mut(place / 32) {
        *word |= 1 << (place % 32);
    }
}

fn is_marked(facts: &[u32; 2], place: usize) -> bool {
    let word = facts.get(place / 32);
    word.is_some_and(|word| word & 1 << (place % 32) != 0)
}

/// The ids of the facts that an action takes.
fn facts_of(product: &Arc<Product>, action: &Action) -> KnownName {
    let product = Arc::clone(product);
    let taken: Vec<FactId> = action.facts.iter().map(|used| used.fact).collect();
    KnownName::new(move |look| {
        let facts = taken.iter().filter_map(|fact| product.fact(*fact));
        facts.map(|fact| &*fact.id).try_for_each(look)
    })
}

/// The values of a fact.
fn values_of(product: &Arc<Product>, fact: FactId) -> KnownName {
    let product = Arc::clone(product);
    KnownName::new(move |look| {
        let fact = product.fact(fact);
        let mut values = fact.into_iter().flat_map(|fact| fact.domain.words());
        values.try_for_each(look)
    })
}

impl ActionHandle {
    /// The handle of an action with these facts. `lookup` is the number of the lookup that finds its answers.
    pub(crate) fn new(
        rulebook: (NonZeroU32, &Lookups),
        number: u32,
        lookup: u32,
        action: &Action,
        facts: QuestionFacts,
    ) -> Self {
        let (stamp, lookups) = rulebook;
        let is_complete = facts.are_complete(action);
        let product = lookups.place_of(number).map_or(0, |(product, _)| product);
        Self {
            stamp,
            number,
            ruling: lookups.ruling(product, action.first_ruling),
            lookup: if is_complete { lookup } else { NONE },
            facts: QuestionFacts {
                number: lookups.facts(lookup, facts.bits),
                ..facts
            },
        }
    }

    /// Whether it belongs to the rulebook with this stamp.
    #[inline]
    pub(crate) fn bears(&self, stamp: NonZeroU32) -> bool {
        self.stamp == stamp
    }

    /// The number of its lookup, and what its facts add to the number of the cell.
    #[inline]
    pub(crate) fn cells(&self) -> (u32, u32) {
        (self.lookup, self.facts.number)
    }

    /// Whether no fact is missing.
    pub(crate) fn is_complete(&self) -> bool {
        self.lookup != NONE
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
        let lookup = rulebook.lookup_of(self.number).unwrap_or(NONE);
        let of_rulebook = (self.stamp, rulebook.lookups());
        Ok(Self::new(
            of_rulebook,
            self.number,
            lookup,
            action,
            self.facts,
        ))
    }
}

impl ActionHandle {
    /// The same action on a thing of which nothing is known: each property and list is as the rule file says it is then, and so is
    /// what follows from a list, unless it has a default.
    pub(crate) fn on_silent_thing(self, rulebook: &Rulebook) -> Self {
        let Ok((product, action)) = rulebook.declared(self) else {
            return self;
        };
        if action.on_thing.is_none() {
            return self;
        }
        let open = |source| {
            let is_it = |used: &&FactUse| {
                used.default.is_none()
                    && product.fact(used.fact).map(|fact| fact.source) == Some(source)
            };
            let FactSource::Taken(_, taken) = source else {
                return None;
            };
            action.facts.iter().find(is_it).map(|_| taken.open)
        };
        self.with_thing(rulebook, (product, action), open)
    }

    /// The same action, which this product declares, with the facts that follow from a thing.
    #[inline]
    pub(crate) fn with_thing(
        mut self,
        rulebook: &Rulebook,
        (product, action): (&Product, &Action),
        value: impl Fn(FactSource) -> Option<Value>,
    ) -> Self {
        self.facts.fill((product, action), value);
        let lookup = rulebook.lookup_of(self.number).unwrap_or(NONE);
        let of_rulebook = (self.stamp, rulebook.lookups());
        Self::new(of_rulebook, self.number, lookup, action, self.facts)
    }
}

impl Rulebook {
    /// The number of the lookup that finds an action's answers.
    fn lookup_of(&self, action: u32) -> Option<u32> {
        let (product, action) = self.place_of(action)?;
        let decider = self.product(product)?.of_action.get(action.index())?;
        Some(self.lookups().lookup(product, *decider))
    }

    /// The action that a handle stands for.
    pub(crate) fn declared(
        &self,
        handle: ActionHandle,
    ) -> Result<(&Arc<Product>, &Action), AskError> {
        let known = (handle.stamp == self.stamp()).then_some(handle.number);
        let declared = known.and_then(|number| {
            let (product, action) = self.place_of(number)?;
            let product = &self.product(product)?.product;
            Some((product, product.action(action)?))
        });
        declared.ok_or_else(|| foreign("rulebook"))
    }
}
