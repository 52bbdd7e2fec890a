//! Groups and things of a firm file: names to numbers, and every mistake reported.

mod wholes;

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::Arc;

use crate::finding::characters::INVISIBLE_IN_ID;
use crate::finding::{Code, Finding, Findings, firm as codes, names as unknown, rules, yaml};
use crate::firm::Firm;
use crate::firm::groups::{Groups, ListEntries};
use crate::firm::texts::DistinctTexts;
use crate::firm::things::{FirmThings, NewThing};
use crate::link::product::{KindId, Product, ThingKind};
use crate::name;
use crate::rulebook::Rulebook;
use crate::text::character::hidden_in_id;
use crate::text::{Source, Span};
use crate::value::Value;
use crate::yaml::{Decode, DecodeContext, KeyedEntries, Node, OneOrMany, Text};

/// The people and groups in each group, by its id.
pub(super) type GroupEntries = KeyedEntries<OneOrMany<Text>>;

/// Things by kind.
pub(super) type ThingEntries = KeyedEntries<Vec<ThingEntry>>;

/// One thing, as it is written. Which keys it may have depends on its kind.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ThingEntry {
    id: Text,
    title: Option<Text>,
    /// Its properties and lists.
    parts: Vec<(Text, OneOrMany<Text>)>,
}

impl Decode for ThingEntry {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        let map = cx.map(node)?;
        let id: Option<Text> = cx.field(map, "id", node.head());
        let title: Option<Option<Text>> = cx.field(map, "title", node.head());
        let mut parts = Some(Vec::new());
        let others = map.entries.iter();
        for entry in others.filter(|entry| !matches!(entry.key.value.as_str(), "id" | "title")) {
            match (OneOrMany::decode(&entry.value, cx), &mut parts) {
                (Some(words), Some(parts)) => parts.push((entry.key.clone(), words)),
                _ => parts = None,
            }
        }
        Some(Self {
            id: id?,
            title: title?,
            parts: parts?,
        })
    }
}

/// The firm with the groups and things that its file declares; mistakes are reported.
pub(super) fn declare(
    firm: Firm,
    groups: Option<&GroupEntries>,
    things: Option<&ThingEntries>,
    source: &Arc<Source>,
    findings: &mut Findings,
) -> Firm {
    if groups.is_none() && things.is_none() {
        return firm;
    }
    let mut declarer = ThingDeclarer {
        firm: &firm,
        source,
        findings,
        groups: DistinctTexts::default(),
    };
    let mut all = FirmThings::of(declarer.groups_of(groups));
    let entries = || things.into_iter().flat_map(|things| &things.0);
    for (kind, things) in entries() {
        declarer.things_of(kind, things, &mut all);
    }
    // A whole may stand behind its parts.
    for (kind, things) in entries() {
        declarer.wholes_of(kind, things, &mut all);
    }
    firm.with_things(all)
}

/// Looks up the names that groups and things consist of.
struct ThingDeclarer<'a> {
    firm: &'a Firm,
    source: &'a Arc<Source>,
    findings: &'a mut Findings,
    groups: DistinctTexts,
}

impl ThingDeclarer<'_> {
    fn report(&mut self, code: &'static Code, span: Span, words: &[&dyn Display]) {
        let place = self.source.place(span);
        self.findings.report(code, place, words);
    }

    /// The groups. All are known before any entry is looked at.
    fn groups_of(&mut self, groups: Option<&GroupEntries>) -> Groups {
        let groups = groups.map_or(&[][..], |groups| &groups.0);
        let mut places: HashMap<u32, Span> = HashMap::new();
        for (id, _) in groups {
            self.has_sound_id(id);
            if self.firm.roster.find(&id.value).is_some() {
                self.report(&codes::GROUP_TAKEN, id.span, &[&id.value]);
            }
            // The same key twice is reported where the file is read.
            if let Ok(number) = self.groups.push(&id.value) {
                places.insert(number, id.span);
            }
        }
        let entries: Vec<ListEntries> = groups
            .iter()
            .map(|(_, members)| self.entries_of(&members.0))
            .collect();
        let users = self.firm.roster.len();
        let groups = Groups::new(self.groups.clone(), entries, users);
        for group in 0..groups.len() as u32 {
            self.is_no_circle(&groups, group, &places);
        }
        groups
    }

    /// Reports a group that is in itself. Of the groups of one circle, the first is reported.
    fn is_no_circle(&mut self, groups: &Groups, group: u32, places: &HashMap<u32, Span>) {
        let inner = groups.entries(group).map_or(&[][..], |of| &of.groups);
        let through = inner
            .iter()
            .find(|inner| groups.within(**inner).contains(&group));
        let Some(through) = through else { return };
        let circle = groups.within(group).into_iter();
        let mut circle = circle.filter(|one| groups.within(*one).contains(&group));
        if circle.all(|one| one >= group) {
            let span = places.get(&group).copied().unwrap_or_default();
            let words: [&dyn Display; 2] = [&groups.id(group), &groups.id(*through)];
            self.report(&codes::GROUP_CIRCLE, span, &words);
        }
    }

    /// People and groups by their numbers.
    fn entries_of(&mut self, names: &[Text]) -> ListEntries {
        let mut entries = ListEntries::default();
        for name in names {
            let user = self.firm.roster.find(&name.value);
            let (list, number) = match (user, self.groups.find(&name.value)) {
                (Some(user), _) => (&mut entries.users, user),
                (None, Some(group)) => (&mut entries.groups, group),
                (None, None) => {
                    self.unknown_member(name);
                    continue;
                }
            };
            match list.binary_search(&number) {
                Ok(_) => self.report(&rules::DUPLICATE_ENTRY, name.span, &[&name.value]),
                Err(place) => list.insert(place, number),
            }
        }
        entries
    }

    fn unknown_member(&mut self, name: &Text) {
        let place = Some(self.source.place(name.span));
        let finding = Finding::new(&unknown::UNKNOWN_MEMBER, place, &[&name.value]);
        let people = self.firm.roster.known_ids(&name.value);
        let groups: Vec<&str> = self.groups.texts().iter().collect();
        self.findings.push_with(finding, |finding| {
            let finding = finding.with_nearest(&name.value, groups.iter().copied());
            match finding.help() {
                Some(_) => finding,
                None => finding.with_nearest_of(&name.value, || people),
            }
        });
    }

    fn has_sound_id(&mut self, id: &Text) {
        if let Some(hidden) = hidden_in_id(&id.value) {
            self.report(&INVISIBLE_IN_ID, id.span, &[&hidden, &id.value]);
        }
    }

    /// The things of one kind, in every product that has it.
    fn things_of(&mut self, kind: &Text, things: &[ThingEntry], all: &mut FirmThings) {
        let rulebook = self.firm.rulebook.clone();
        let of_products = kinds_named(&rulebook, &kind.value);
        if of_products.is_empty() {
            let place = Some(self.source.place(kind.span));
            let finding = Finding::new(&unknown::UNKNOWN_KIND, place, &[&kind.value]);
            let kinds = rulebook
                .compiled()
                .iter()
                .flat_map(|compiled| &compiled.product.kinds);
            let known = kinds.map(|kind| &*kind.id);
            self.findings.push(finding.with_nearest(&kind.value, known));
            return;
        }
        let mut places: Vec<Span> = Vec::new();
        for thing in things {
            self.has_sound_id(&thing.id);
            self.has_known_parts(&kind.value, thing, &of_products);
            for (product, _, id, declared) in &of_products {
                let title = thing.title.as_ref().map(|title| title.value.as_str());
                let new = NewThing {
                    id: &thing.id.value,
                    title,
                    properties: self.properties_of(declared, thing, *product),
                    lists: self.lists_of(declared, thing),
                };
                let added = all.add(*product, *id, new);
                if *product == of_products.first().map_or(0, |(first, ..)| *first) {
                    match added {
                        Ok(_) => places.push(thing.id.span),
                        Err(first) => self.duplicate(kind, thing, places.get(first as usize)),
                    }
                }
            }
        }
    }

    fn duplicate(&mut self, kind: &Text, thing: &ThingEntry, first: Option<&Span>) {
        let place = Some(self.source.place(thing.id.span));
        let words: [&dyn Display; 2] = [&thing.id.value, &kind.value];
        let finding = Finding::new(&codes::DUPLICATE_THING, place, &words);
        self.findings.push(match first {
            Some(first) => finding.with_label(self.source.place(*first), "first here"),
            None => finding,
        });
    }

    /// Reports keys that no product knows.
    fn has_known_parts(&mut self, kind: &str, thing: &ThingEntry, all: &[KindOfProduct<'_>]) {
        let kinds = || all.iter().map(|(.., kind)| *kind);
        for (key, _) in &thing.parts {
            let is_known = |kind: &ThingKind| {
                kind.property(&key.value).is_some() || kind.list(&key.value).is_some()
            };
            let whole = |of: &KindOfProduct<'_>| whole_name(of).is_some_and(|id| *id == key.value);
            if kinds().any(is_known) || all.iter().any(whole) {
                continue;
            }
            let place = Some(self.source.place(key.span));
            let finding = Finding::new(&yaml::UNKNOWN_KEY, place, &[&key.value]);
            let mut known = vec!["id", "title"];
            known.extend(all.iter().filter_map(whole_name));
            known.extend(kinds().flat_map(ThingKind::parts));
            known.dedup();
            self.findings.push_with(finding, |finding| {
                let help = format!("a `{kind}` has {}", known.join(", "));
                finding
                    .with_help(help)
                    .with_nearest(&key.value, known.iter().copied())
            });
        }
    }

    fn properties_of(
        &mut self,
        kind: &ThingKind,
        thing: &ThingEntry,
        product: usize,
    ) -> Vec<Value> {
        let rulebook = self.firm.rulebook.clone();
        let product = rulebook.product(product).map(|compiled| &compiled.product);
        let mut values = Vec::new();
        for property in &kind.properties {
            let part = thing
                .parts
                .iter()
                .find(|(key, _)| *key.value == *property.id);
            let domain = product.and_then(|product| product.fact(property.fact));
            let (Some((_, words)), Some(fact)) = (part, domain) else {
                values.push(property.default);
                continue;
            };
            let word = match words.0.as_slice() {
                [word] => word,
                _ => {
                    let span = words.0.get(1).map_or(thing.id.span, |second| second.span);
                    self.report(&codes::ONE_VALUE_WANTED, span, &[&property.id]);
                    continue;
                }
            };
            let value = fact.domain.find(&word.value);
            if value.is_none() {
                let place = Some(self.source.place(word.span));
                let words: [&dyn Display; 2] = [&word.value, &property.id];
                let finding = Finding::new(&unknown::UNKNOWN_VALUE, place, &words);
                self.findings.push_with(finding, |finding| {
                    let values: Vec<&str> = fact.domain.words().collect();
                    let help = format!("its values are {}", values.join(", "));
                    finding.with_help(help).with_nearest(&word.value, values)
                });
            }
            values.push(value.unwrap_or(property.default));
        }
        values
    }

    fn lists_of(&mut self, kind: &ThingKind, thing: &ThingEntry) -> Vec<Option<ListEntries>> {
        let mut lists = Vec::new();
        for list in &kind.lists {
            let part = thing.parts.iter().find(|(key, _)| *key.value == *list.id);
            let Some((_, names)) = part else {
                lists.push(None);
                continue;
            };
            if list.is_single
                && let [_, second, ..] = names.0.as_slice()
            {
                self.report(&codes::ONE_ENTRY_WANTED, second.span, &[&list.id]);
            }
            lists.push(Some(self.entries_of(&names.0)));
        }
        lists
    }
}

/// The id of the kind that things of this one are part of.
fn whole_name<'p>((_, product, _, kind): &KindOfProduct<'p>) -> Option<&'p str> {
    Some(&product.kind(kind.part_of?)?.id)
}

/// A kind of thing as one product has it.
type KindOfProduct<'p> = (usize, &'p Product, KindId, &'p ThingKind);

/// The kind with this id, in every product that has it.
fn kinds_named<'p>(rulebook: &'p Rulebook, id: &str) -> Vec<KindOfProduct<'p>> {
    let products = (0..).zip(rulebook.compiled());
    let kinds = products.filter_map(|(number, compiled)| {
        let product = &*compiled.product;
        let kind = *name::find(&product.names.kinds, id)?;
        Some((number, product, kind, product.kind(kind)?))
    });
    kinds.collect()
}
