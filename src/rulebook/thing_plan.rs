//! What a decision reads of a thing, prepared for each action.

use super::action::ActionHandle;
use crate::explore::compile::CompiledProduct;
use crate::explore::gather::{BitGather, GatherRange};
use crate::explore::layout::{BitField, Layout, Word};
use crate::explore::lookup::Lookups;
use crate::link::product::{Action, ActionId, DecisionInput, FactSource, KindId};
use crate::value::Value;

/// What is to be looked up of a thing before an action is decided about.
#[derive(Debug)]
pub(crate) struct ThingPlan {
    pub(crate) product: usize,
    pub(crate) kind: KindId,
    /// The lookup of the action.
    pub(crate) lookup: u32,
    /// The facts that no decision reads of things, at their defaults.
    rest: FactBits,
    properties: Box<[PlannedProperty]>,
    lists: Box<[PlannedList]>,
    others: Box<[PlannedFact]>,
    /// What facts add to the number of the cell: what the first word adds, and what else there is.
    first: GatherRange,
    more: Box<[(Word, GatherRange)]>,
}

/// The bits of both words of a question, the first one lowest.
pub(crate) type FactBits = u64;

/// A property of the thing itself.
#[derive(Debug)]
pub(crate) struct PlannedProperty {
    /// Its number in the kind.
    pub(crate) number: usize,
    mask: u16,
    shift: u32,
    /// Its bits where the thing says nothing.
    default: FactBits,
}

/// A list of the thing itself.
#[derive(Debug)]
pub(crate) struct PlannedList {
    /// Its number in the kind.
    pub(crate) number: usize,
    /// Whether everyone stands on it where a firm says nothing about it.
    is_open: bool,
    /// The bits of those who stand on it.
    listed: FactBits,
}

/// Any other fact that follows from a thing.
#[derive(Debug)]
pub(crate) struct PlannedFact {
    pub(crate) source: FactSource,
    field: BitField,
    default: FactBits,
}

/// The bits of a field with this value.
fn bits(field: BitField, value: Value) -> FactBits {
    let (word, _) = field.place();
    FactBits::from(field.bits(value)) << (word * Word::BITS)
}

impl PlannedProperty {
    fn of(number: usize, field: BitField, default: FactBits) -> Self {
        let (word, mask) = field.place();
        // A property of one value has no bits.
        let shift = if mask == 0 { 0 } else { mask.trailing_zeros() };
        Self {
            number,
            mask: (mask >> shift) as u16,
            shift: word * Word::BITS + shift,
            default,
        }
    }

    #[inline]
    pub(crate) fn bits(&self, value: Option<Value>) -> FactBits {
        match value {
            Some(value) => FactBits::from(value.0 & self.mask) << self.shift,
            None => self.default,
        }
    }
}

impl PlannedList {
    /// None where the firm says nothing about the list.
    #[inline]
    pub(crate) fn bits(&self, stands: Option<bool>) -> FactBits {
        FactBits::from(stands.unwrap_or(self.is_open)) * self.listed
    }
}

impl PlannedFact {
    pub(crate) fn bits(&self, value: Option<Value>) -> FactBits {
        value.map_or(self.default, |value| bits(self.field, value))
    }
}

impl ThingPlan {
    /// The plan of an action; none of an action that is not done to things, or with a fact that the question alone can say.
    pub(super) fn of(
        product: usize,
        compiled: &CompiledProduct,
        (id, action): (ActionId, &Action),
        (lookup, lookups): (u32, &Lookups),
    ) -> Option<Self> {
        let kind = action.on_thing?;
        let read = compiled.decider(id)?.tree().questions();
        let declared = &compiled.product;
        let mut rest = 0;
        let (mut properties, mut lists, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for used in &action.facts {
            let field = Layout::fact(used, declared);
            let source = declared.fact(used.fact)?.source;
            // What always follows from the thing needs no default.
            let default = match used.default {
                Some(default) => bits(field, default),
                None if source.kind() == Some(kind) => 0,
                None => return None,
            };
            let is_read = read.contains(&DecisionInput::Fact(used.fact));
            match source {
                FactSource::Property(path, number) if path.above == 0 && is_read => {
                    properties.push(PlannedProperty::of(number, field, default));
                }
                FactSource::List(path, number) if path.above == 0 && is_read => {
                    lists.push(PlannedList {
                        number,
                        is_open: declared.kind_at(path)?.lists.get(number)?.is_open,
                        listed: bits(field, Value::YES),
                    });
                }
                source if source.kind().is_some() && is_read => others.push(PlannedFact {
                    source,
                    field,
                    default,
                }),
                _ => rest |= default,
            }
        }
        let mut parts: Vec<_> = lookups.fact_parts(lookup).collect();
        let first = parts.iter().position(|(word, _)| *word == 0);
        let first = first.map(|first| parts.remove(first).1);
        Some(Self {
            product,
            kind,
            lookup,
            rest,
            properties: properties.into(),
            lists: lists.into(),
            others: others.into(),
            first: first.unwrap_or(BitGather::NOTHING.pick()),
            more: parts.into(),
        })
    }

    /// The bits of a question that gives no facts, with what its decision reads of a thing.
    #[inline(always)]
    pub(crate) fn bits(
        &self,
        property: impl Fn(&PlannedProperty) -> FactBits,
        list: impl Fn(&PlannedList) -> FactBits,
        other: impl Fn(&PlannedFact) -> FactBits,
    ) -> FactBits {
        let mut bits = self.rest;
        self.properties.iter().for_each(|one| bits |= property(one));
        self.lists.iter().for_each(|one| bits |= list(one));
        self.others.iter().for_each(|one| bits |= other(one));
        bits
    }

    /// What these bits add to the number of the cell.
    #[inline]
    pub(crate) fn number(&self, bits: FactBits) -> u32 {
        let [first, _] = words(bits);
        let more = self.more.iter().map(|(word, gather)| {
            let shift = if *word == 0 { 0 } else { Word::BITS };
            gather.number((bits >> shift) as Word)
        });
        more.fold(self.first.number(first), |all, number| all | number)
    }
}

/// The words of a question with these bits.
#[inline]
pub(crate) fn words(bits: FactBits) -> [Word; 2] {
    [bits as Word, (bits >> Word::BITS) as Word]
}

impl ActionHandle {
    /// Whether its facts are what a plan starts from: the question gave none.
    #[inline]
    pub(crate) fn is_silent(&self) -> bool {
        !self.facts.says_anything()
    }

    /// The same action with these facts.
    #[inline]
    pub(crate) fn planned(mut self, plan: &ThingPlan, bits: FactBits) -> Self {
        self.facts.bits = words(bits);
        self.facts.number = plan.number(bits);
        self.lookup = plan.lookup;
        self
    }
}
