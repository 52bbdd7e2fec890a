//! The things and groups of a firm for a path: those that the path asked about, and nothing else.

use std::collections::BTreeMap;

use super::input::{ProofInput, ProofMember, ProofPlace, ProofThing, ThingInput};
use super::path_things::numbered;
use super::people::{PathKnowledge, id_of};
use crate::explore::compile::CompiledProduct;
use crate::firm::Firm;
use crate::firm::ends::ListMember;
use crate::firm::groups::{Groups, ListEntries};
use crate::firm::texts::DistinctTexts;
use crate::firm::things::{FirmThings, NewThing, NumberedThing};
use crate::link::product::{Product, ThingKind};
use crate::value::Value;

/// Groups and lists while they are filled.
struct EntriesOfPath<'k> {
    firm: &'k Firm,
    known: &'k PathKnowledge<'k>,
    /// Named groups first.
    groups: Vec<(String, ListEntries)>,
    lists: BTreeMap<ProofPlace, ListEntries>,
    /// The group without a name that stands for the one entry of a list.
    single: BTreeMap<ProofPlace, u32>,
}

impl PathKnowledge<'_> {
    /// The firm with the things and groups of the path.
    pub(super) fn with_things(&self, compiled: &CompiledProduct, firm: Firm) -> Option<Firm> {
        let product = &compiled.product;
        let number = firm.rulebook().product_number(&product.id)?;
        let named = self.things.groups.iter();
        let groups = named.map(|group| (self.things.group_id(*group), ListEntries::default()));
        let mut entries = EntriesOfPath {
            firm: &firm,
            known: self,
            groups: groups.collect(),
            lists: BTreeMap::new(),
            single: BTreeMap::new(),
        };
        for (input, value) in self.answers {
            if let ProofInput::Thing(input) = input {
                entries.take(product, *input, value.is_yes())?;
            }
        }
        let EntriesOfPath { groups, lists, .. } = entries;
        let mut ids = DistinctTexts::default();
        for (id, _) in &groups {
            ids.push(id).ok()?;
        }
        let users = firm.roster.len();
        let groups = groups.into_iter().map(|(_, entries)| entries).collect();
        let groups = Groups::new(ids, groups, users, usize::MAX)?;
        let mut all = FirmThings::of(groups);
        let mut part: Option<(ProofThing, NumberedThing)> = None;
        for (thing, kind) in &self.things.things {
            let declared = product.kind(*kind)?;
            let id = self.things.thing_id(product, *thing);
            let new = self.new_thing(&id, (*thing, declared), &lists);
            let number_of_thing = all.add(number, *kind, new).ok()?;
            if let Some((_, part)) = part.filter(|(part, _)| part.chain == thing.chain) {
                all.put_into(part, *kind, number_of_thing);
            }
            let numbers = NumberedThing {
                product: number,
                kind: *kind,
                number: number_of_thing,
            };
            part = Some((*thing, numbers));
        }
        Some(firm.with_things(all))
    }

    fn new_thing<'t>(
        &self,
        id: &'t str,
        (thing, kind): (ProofThing, &ThingKind),
        lists: &BTreeMap<ProofPlace, ListEntries>,
    ) -> NewThing<'t> {
        let property = |fact, default: Value| {
            let input = ProofInput::Thing(ThingInput::Property(thing, fact));
            let known = self.answers.iter().find(|(asked, _)| *asked == input);
            known.map_or(default, |(_, value)| *value)
        };
        let properties = kind.properties.iter();
        let of_kind = kind.lists.iter();
        NewThing {
            id,
            title: None,
            properties: properties
                .map(|one| property(one.fact, one.default))
                .collect(),
            lists: of_kind
                .map(|list| lists.get(&ProofPlace::List(thing, list.fact)).cloned())
                .collect(),
        }
    }
}

impl EntriesOfPath<'_> {
    fn member(&self, member: ProofMember) -> Option<ListMember> {
        Some(match member {
            ProofMember::Person(who) => {
                let id = id_of(who, self.known.people);
                ListMember::User(self.firm.user_number(&id).ok()?)
            }
            ProofMember::Group(group) => {
                let mut groups = self.known.things.groups.iter();
                ListMember::Group(groups.position(|one| *one == group)? as u32)
            }
        })
    }

    /// Notes an answer.
    fn take(&mut self, product: &Product, input: ThingInput, yes: bool) -> Option<()> {
        match input {
            ThingInput::Entry(place, member) => {
                self.entries(place)?;
                if yes {
                    let member = self.member(member)?;
                    self.entries(place)?.insert(member);
                }
            }
            ThingInput::Through(place, member) => {
                self.entries(place)?;
                if yes {
                    let member = self.member(member)?;
                    let group = self.nameless(product, place)?;
                    let (_, entries) = self.groups.get_mut(group as usize)?;
                    entries.insert(member);
                }
            }
            ThingInput::Somebody(place) => {
                self.entries(place)?;
                if yes {
                    self.nameless(product, place)?;
                }
            }
            ThingInput::Silent(thing, list) if !yes => {
                self.entries(ProofPlace::List(thing, list))?;
            }
            ThingInput::Silent(..) | ThingInput::Property(..) | ThingInput::Same(..) => {}
        }
        Some(())
    }

    fn entries(&mut self, place: ProofPlace) -> Option<&mut ListEntries> {
        match place {
            ProofPlace::List(..) => Some(self.lists.entry(place).or_default()),
            ProofPlace::Group(group) => {
                let mut groups = self.known.things.groups.iter();
                let number = groups.position(|one| *one == group)?;
                self.groups.get_mut(number).map(|(_, entries)| entries)
            }
        }
    }

    /// A group without a name that is an entry of a place; the same one again where the place has one entry at most.
    fn nameless(&mut self, product: &Product, place: ProofPlace) -> Option<u32> {
        if let Some(known) = self.single.get(&place) {
            return Some(*known);
        }
        let more = self.groups.len() - self.known.things.groups.len();
        let number = self.groups.len() as u32;
        let group = (numbered("others", more), ListEntries::default());
        self.groups.push(group);
        self.entries(place)?.insert(ListMember::Group(number));
        if let ProofPlace::List(_, list) = place
            && product
                .list_of_fact(list)
                .is_some_and(|list| list.is_single)
        {
            self.single.insert(place, number);
        }
        Some(number)
    }
}
