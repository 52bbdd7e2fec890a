//! Who stands on lists and in groups, and what properties things have, after some writes.

use super::input::{ProofInput, ProofMember, ProofPlace, ProofRead, ProofThing, ThingInput};
use super::state::ProofState;
use crate::link::product::{FactId, FactSource, KindId, TakenFact};
use crate::value::Value;
use crate::vocabulary::Person;

/// One write of a change into a thing or a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProofWrite {
    Property(ProofThing, FactId, Value),
    Add(ProofPlace, ProofMember),
    Remove(ProofPlace, ProofMember),
    /// It stands there alone, together with others that are put there at once.
    Only(ProofPlace, ProofMember),
    Reset(ProofPlace),
}

/// Things and groups after some writes.
#[derive(Clone, Copy)]
pub(super) struct ThingsAfter<'v, 's> {
    pub(super) state: &'v ProofState<'s>,
    pub(super) writes: &'v [ProofWrite],
}

/// What writes leave of the entries of one place.
#[derive(Default)]
struct EntriesAfter {
    is_silent: bool,
    /// Whether none of the entries from before is left.
    is_cleared: bool,
    /// Who was put there, and who was taken off, among those who are not cleared away.
    set: Vec<(ProofMember, bool)>,
    /// Who was put there at all; they stay when others are put there alone.
    put: Vec<ProofMember>,
}

impl ProofWrite {
    /// Where it puts or takes entries.
    pub(super) fn place(self) -> Option<ProofPlace> {
        match self {
            Self::Property(..) => None,
            Self::Add(place, _)
            | Self::Remove(place, _)
            | Self::Only(place, _)
            | Self::Reset(place) => Some(place),
        }
    }

    /// Whether two parts of one change contradict each other by these writes.
    pub(super) fn contradicts(self, other: Self, is_single: impl Fn(ProofPlace) -> bool) -> bool {
        match (self, other) {
            (Self::Property(thing, property, to), Self::Property(at, of, value)) => {
                (thing, property) == (at, of) && to != value
            }
            (Self::Property(..), _) | (_, Self::Property(..)) => false,
            _ if self.place() != other.place() => false,
            (Self::Reset(_), Self::Reset(_)) => false,
            (Self::Reset(place), _) | (_, Self::Reset(place)) => {
                matches!(place, ProofPlace::List(..))
            }
            (
                Self::Add(place, one) | Self::Only(place, one),
                Self::Add(_, two) | Self::Only(_, two),
            ) => one != two && is_single(place),
            (Self::Remove(..), Self::Remove(..)) => false,
            (Self::Remove(_, one), Self::Add(_, two) | Self::Only(_, two))
            | (Self::Add(_, two) | Self::Only(_, two), Self::Remove(_, one)) => one == two,
        }
    }
}

impl EntriesAfter {
    fn set(&mut self, member: ProofMember, stands: bool) {
        self.set.retain(|(other, _)| *other != member);
        self.set.push((member, stands));
    }

    fn clear(&mut self) {
        self.is_cleared = true;
        self.set.clear();
    }

    /// Whether somebody is an entry, as far as the writes say so.
    fn written(&self, member: ProofMember) -> Option<bool> {
        let set = self.set.iter().find(|(other, _)| *other == member);
        set.map(|(_, stands)| *stands)
            .or(self.is_cleared.then_some(false))
    }
}

impl<'v, 's> ThingsAfter<'v, 's> {
    pub(super) fn before(state: &'v ProofState<'s>) -> Self {
        Self { state, writes: &[] }
    }

    /// The value of a property.
    pub(super) fn property(self, thing: ProofThing, property: FactId) -> ProofRead<Value> {
        let written = self.writes.iter().rev().find_map(|write| match write {
            ProofWrite::Property(at, of, to) if (*at, *of) == (thing, property) => Some(*to),
            _ => None,
        });
        match written {
            Some(to) => Ok(to),
            None => {
                let input = ThingInput::Property(thing, property);
                self.state.path.read(ProofInput::Thing(input))
            }
        }
    }

    /// Whether everyone stands on a list about which the firm file says nothing, and whether it has one entry at most.
    fn traits(self, place: ProofPlace) -> (bool, bool) {
        let list = match place {
            ProofPlace::List(_, list) => self.state.compiled.product.list_of_fact(list),
            ProofPlace::Group(_) => None,
        };
        list.map_or((false, false), |list| (list.is_open, list.is_single))
    }

    fn entries(self, place: ProofPlace) -> ProofRead<EntriesAfter> {
        let mut after = EntriesAfter {
            is_silent: self.state.is_silent(place)?,
            ..EntriesAfter::default()
        };
        let (is_open, is_single) = self.traits(place);
        let here = self.writes.iter();
        for write in here.filter(|write| write.place() == Some(place)) {
            match *write {
                ProofWrite::Property(..) => {}
                // Whoever is put on a list on which everyone stands stands there already.
                ProofWrite::Add(..) if after.is_silent && is_open => {}
                ProofWrite::Add(_, member) => {
                    after.is_cleared |= after.is_silent;
                    after.is_silent = false;
                    if is_single && !self.is_entry(place, &after, member)? {
                        after.clear();
                    }
                    after.set(member, true);
                    after.put.push(member);
                }
                ProofWrite::Remove(_, member) => {
                    after.put.retain(|other| *other != member);
                    if !after.is_silent {
                        after.set(member, false);
                    }
                }
                ProofWrite::Only(_, member) => {
                    if is_single {
                        after.put.clear();
                    }
                    after.put.push(member);
                    after.clear();
                    after.is_silent = false;
                    for member in after.put.clone() {
                        after.set(member, true);
                    }
                }
                ProofWrite::Reset(_) => {
                    after.clear();
                    after.is_silent = true;
                }
            }
        }
        Ok(after)
    }

    fn is_entry(
        self,
        place: ProofPlace,
        after: &EntriesAfter,
        member: ProofMember,
    ) -> ProofRead<bool> {
        match after.written(member) {
            Some(stands) => Ok(stands),
            None => self.state.has_entry(place, member),
        }
    }

    /// Whether somebody is an entry, or in a group without a name that is one.
    fn is_there(
        self,
        place: ProofPlace,
        after: &EntriesAfter,
        member: ProofMember,
    ) -> ProofRead<bool> {
        Ok(self.is_entry(place, after, member)?
            || !after.is_cleared && self.state.is_through(place, member)?)
    }

    /// Whether somebody stands on a list, themselves or through groups.
    pub(super) fn stands(
        self,
        thing: ProofThing,
        list: FactId,
        member: ProofMember,
    ) -> ProofRead<bool> {
        let place = ProofPlace::List(thing, list);
        let after = self.entries(place)?;
        if after.is_silent {
            return Ok(self.traits(place).0);
        }
        if self.is_there(place, &after, member)? {
            return Ok(true);
        }
        for group in self.state.groups() {
            let is_other = member != ProofMember::Group(group);
            if is_other
                && self.is_in(member, group)?
                && self.is_there(place, &after, ProofMember::Group(group))?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether somebody is in a named group, directly or through others.
    pub(super) fn is_in(self, member: ProofMember, group: u8) -> ProofRead<bool> {
        self.is_within(member, group, &mut Vec::new())
    }

    fn is_within(self, member: ProofMember, group: u8, seen: &mut Vec<u8>) -> ProofRead<bool> {
        if seen.contains(&group) {
            return Ok(false);
        }
        seen.push(group);
        let place = ProofPlace::Group(group);
        let after = self.entries(place)?;
        if self.is_there(place, &after, member)? {
            return Ok(true);
        }
        for inner in self.state.groups() {
            let is_other = inner != group && member != ProofMember::Group(inner);
            if is_other
                && !seen.contains(&inner)
                && self.is_there(place, &after, ProofMember::Group(inner))?
                && self.is_within(member, inner, seen)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the firm file says nothing about a list.
    fn is_silent(self, place: ProofPlace) -> ProofRead<bool> {
        Ok(self.entries(place)?.is_silent)
    }

    /// The value of a fact, read from a thing or from what it is part of; none where it comes from no thing of this kind.
    pub(super) fn value(
        self,
        fact: FactId,
        (thing, kind): (ProofThing, KindId),
        who: impl Fn(Person) -> ProofMember,
    ) -> Option<ProofRead<Value>> {
        let product = &self.state.compiled.product;
        let source = product.fact(fact)?.source;
        let (FactSource::Property(path, _)
        | FactSource::List(path, _)
        | FactSource::Taken(path, _)) = source
        else {
            return None;
        };
        if path.kind != kind {
            return None;
        }
        let at = thing.above(path.above);
        let is_there = self.state.is_within_chain(at);
        let of = product.kind_at(path)?;
        Some(match source {
            FactSource::Property(_, number) => {
                let property = of.properties.get(number)?;
                if is_there {
                    self.property(at, property.fact)
                } else {
                    Ok(property.default)
                }
            }
            FactSource::List(_, number) => {
                let list = of.lists.get(number)?.fact;
                let stands = is_there.then(|| self.stands(at, list, who(path.whom)));
                stands.unwrap_or(Ok(false)).map(Value::from)
            }
            FactSource::Taken(_, taken) => {
                let list = of.lists.get(taken.list)?.fact;
                self.taken((at, is_there), list, (taken, who(path.whom)))
            }
            FactSource::Question => return None,
        })
    }

    /// The value of a fact that follows from a list.
    fn taken(
        self,
        (thing, is_there): (ProofThing, bool),
        list: FactId,
        (taken, member): (TakenFact, ProofMember),
    ) -> ProofRead<Value> {
        if !is_there {
            return Ok(taken.not_listed);
        }
        if self.is_brought(thing, list, member)? {
            return Ok(taken.listed);
        }
        if self.is_silent(ProofPlace::List(thing, list))? {
            return Ok(taken.open);
        }
        let stands = self.stands(thing, list, member)?;
        Ok(if stands {
            taken.listed
        } else {
            taken.not_listed
        })
    }

    /// Whether somebody stands on a list that brings this one, directly or through others.
    fn is_brought(self, thing: ProofThing, list: FactId, member: ProofMember) -> ProofRead<bool> {
        let fact = self.state.compiled.product.fact(list);
        for bringer in fact.map_or(&[][..], |fact| &fact.brought_by) {
            if self.stands(thing, *bringer, member)? || self.is_brought(thing, *bringer, member)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether any of the writes alters anything.
    pub(super) fn is_anything_altered(self) -> ProofRead<bool> {
        let before = Self::before(self.state);
        for write in self.writes {
            let altered = match *write {
                ProofWrite::Property(thing, property, to) => {
                    before.property(thing, property)? != to
                }
                ProofWrite::Add(place, member) => {
                    let is_anyway = self.state.is_silent(place)? && self.traits(place).0;
                    !(is_anyway || self.state.has_entry(place, member)?)
                }
                ProofWrite::Remove(place, member) => self.state.has_entry(place, member)?,
                ProofWrite::Reset(place) => !self.state.is_silent(place)?,
                ProofWrite::Only(place, member) => {
                    !self.state.has_entry(place, member)? || self.state.has_somebody(place)?
                }
            };
            if altered {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a group would be in itself.
    pub(super) fn is_in_circle(self) -> ProofRead<bool> {
        for write in self.writes {
            if let ProofWrite::Add(ProofPlace::Group(outer), ProofMember::Group(inner))
            | ProofWrite::Only(ProofPlace::Group(outer), ProofMember::Group(inner)) = *write
                && (outer == inner || self.is_in(ProofMember::Group(outer), inner)?)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
