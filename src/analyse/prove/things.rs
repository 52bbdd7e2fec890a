//! What a proof knows of things and groups before any change: only those entries that were asked for.
//!
//! Groups that no change names need no names: whoever is in one stands on a list *through* it, or is in a named group as an
//! *inner* member. What a thing is part of is always there, as one that is not there has what one with empty lists and
//! defaults has.

use std::collections::BTreeSet;

use super::input::{ProofInput, ProofMember, ProofPlace, ProofRead, ThingInput};
use super::state::ProofState;
use crate::link::product::{FactId, FactSource, KindId, KindList, Product};

impl Product {
    /// The list that a fact of a kind stands for.
    pub(super) fn list_of_fact(&self, fact: FactId) -> Option<&KindList> {
        match self.fact(fact)?.source {
            FactSource::List(path, number) => self.kind_at(path)?.lists.get(number),
            _ => None,
        }
    }

    /// The kind so many steps above another one, where there can be one.
    pub(super) fn kind_above(&self, kind: KindId, steps: u8) -> Option<KindId> {
        let mut at = (kind, 0_u8);
        for _ in 0..steps {
            let (kind, nested) = at;
            let declared = self.kind(kind)?;
            let whole = declared.part_of?;
            let nested = if whole == kind { nested + 1 } else { 0 };
            if nested > declared.depth {
                return None;
            }
            at = (whole, nested);
        }
        Some(at.0)
    }
}

/// What was so before any change. What follows from what is known is not asked.
impl ProofState<'_> {
    pub(super) fn ask(&self, input: ThingInput) -> ProofRead<bool> {
        Ok(self.path.read(ProofInput::Thing(input))?.is_yes())
    }

    fn answers(&self) -> impl Iterator<Item = (ThingInput, bool)> + '_ {
        let asked = self.path.asked().iter();
        asked.filter_map(|(input, value)| match input {
            ProofInput::Thing(input) => Some((*input, value.is_yes())),
            _ => None,
        })
    }

    /// Whether the firm file says nothing about a list.
    pub(super) fn is_silent(&self, place: ProofPlace) -> ProofRead<bool> {
        match place {
            ProofPlace::List(thing, list) if self.frame.silent.contains(&list) => {
                self.ask(ThingInput::Silent(thing, list))
            }
            _ => Ok(false),
        }
    }

    /// Whether a list has one entry at most, and another input says that it has one.
    fn is_taken(&self, place: ProofPlace, is_other: impl Fn(ThingInput) -> bool) -> bool {
        let product = &self.compiled.product;
        let declared = place.list().and_then(|list| product.list_of_fact(list));
        declared.is_some_and(|list| list.is_single)
            && self.answers().any(|(input, yes)| yes && is_other(input))
    }

    /// Whether somebody is an entry.
    pub(super) fn has_entry(&self, place: ProofPlace, member: ProofMember) -> ProofRead<bool> {
        let is_other = |input| match input {
            ThingInput::Entry(at, other) => at == place && other != member,
            ThingInput::Through(at, _) | ThingInput::Somebody(at) => at == place,
            _ => false,
        };
        let closes_circle = matches!((place, member), (ProofPlace::Group(outer), ProofMember::Group(inner))
            if outer == inner || self.is_known_in(outer, inner));
        if closes_circle || self.is_silent(place)? || self.is_taken(place, is_other) {
            return Ok(false);
        }
        self.ask(ThingInput::Entry(place, member))
    }

    /// Whether somebody is in a group without a name that is an entry. Where nothing tells it from an entry of their own, it
    /// is one.
    pub(super) fn is_through(&self, place: ProofPlace, member: ProofMember) -> ProofRead<bool> {
        let product = &self.compiled.product;
        let matters = match place {
            ProofPlace::Group(_) => self.frame.leaves_groups,
            ProofPlace::List(_, list) => {
                let declared = product.list_of_fact(list);
                self.frame.emptied.contains(&list)
                    || declared.is_some_and(|declared| declared.is_single)
            }
        };
        let is_entry = |input| match input {
            ThingInput::Entry(at, _) | ThingInput::Somebody(at) => at == place,
            _ => false,
        };
        let closes_circle = matches!((place, member), (ProofPlace::Group(outer), ProofMember::Group(inner))
            if outer == inner || self.is_known_in(outer, inner));
        if !matters || closes_circle || self.is_silent(place)? || self.is_taken(place, is_entry) {
            return Ok(false);
        }
        self.ask(ThingInput::Through(place, member))
    }

    /// Whether there is an entry that is nobody who was asked about.
    pub(super) fn has_somebody(&self, place: ProofPlace) -> ProofRead<bool> {
        let is_other = |input| match input {
            ThingInput::Entry(at, _) | ThingInput::Through(at, _) => at == place,
            _ => false,
        };
        if self.is_silent(place)? || self.is_taken(place, is_other) {
            return Ok(false);
        }
        self.ask(ThingInput::Somebody(place))
    }

    /// Whether a named group is known to be in another one, directly or through others.
    fn is_known_in(&self, inner: u8, outer: u8) -> bool {
        let mut open = vec![inner];
        let mut seen = BTreeSet::new();
        while let Some(group) = open.pop() {
            if group == outer {
                return true;
            }
            if !seen.insert(group) {
                continue;
            }
            open.extend(self.answers().filter_map(|(input, yes)| match input {
                ThingInput::Entry(ProofPlace::Group(of), ProofMember::Group(member))
                | ThingInput::Through(ProofPlace::Group(of), ProofMember::Group(member))
                    if yes && member == group =>
                {
                    Some(of)
                }
                _ => None,
            }));
        }
        false
    }
}
