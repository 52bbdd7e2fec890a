//! The things of one kind of a firm: names to numbers.

use std::collections::HashSet;
use std::fmt::Display;
use std::sync::Arc;

use super::declarer::ThingDeclarer;
use super::rows::{PartRow, ThingRow, WholeEntry};
use crate::finding::{Code, Finding, Findings, firm as codes, names as unknown, yaml};
use crate::firm::assemble::{NamedEntry, SpannedStr};
use crate::firm::ends::{EntryPlace, ListPlace};
use crate::firm::groups::ListEntries;
use crate::firm::things::{FirmThings, KindThings, NewThing, NumberedThing};
use crate::limits::Limits;
use crate::link::product::{KindId, Product, ThingKind};
use crate::text::{Source, Span};
use crate::value::{Domain, Value};

/// The most kinds that a help lists.
const MOST_LISTED: usize = 10;

/// Takes the things of one kind, one after the other.
pub(super) struct KindDeclarer<'d, 'a> {
    of: &'d mut ThingDeclarer<'a>,
    kind: &'d SpannedStr<'d>,
    /// The products that have the kind.
    products: Vec<KindOfProduct<'a>>,
    all: &'d mut FirmThings,
    /// Where each thing stands.
    places: Vec<Span>,
    /// Keys that were reported as unknown: a table has them once for all of its things.
    unknown_keys: HashSet<Span>,
}

/// A kind of thing as one product has it.
#[derive(Clone, Copy)]
struct KindOfProduct<'p> {
    number: usize,
    product: &'p Product,
    id: KindId,
    kind: &'p ThingKind,
}

impl<'p> KindOfProduct<'p> {
    /// The kind that things of this one are part of, with its id.
    fn whole(&self) -> Option<(KindId, &'p str)> {
        let whole = self.kind.part_of?;
        Some((whole, &self.product.kind(whole)?.id))
    }
}

impl<'d, 'a> KindDeclarer<'d, 'a> {
    /// None, with a finding, where no product has such a kind.
    pub(super) fn new(
        of: &'d mut ThingDeclarer<'a>,
        kind: &'d SpannedStr<'d>,
        all: &'d mut FirmThings,
    ) -> Option<Self> {
        let compiled = of.firm.rulebook.compiled().iter();
        let products = compiled.map(|compiled| &*compiled.product);
        let of_product = |(number, product): (usize, &'a Product)| {
            let id = *crate::name::find(&product.names.kinds, &kind.value)?;
            Some(KindOfProduct {
                number,
                product,
                id,
                kind: product.kind(id)?,
            })
        };
        let having: Vec<_> = products
            .clone()
            .enumerate()
            .filter_map(of_product)
            .collect();
        if having.is_empty() {
            let place = Some(of.source.place(kind.span));
            let finding = Finding::new(&unknown::UNKNOWN_KIND, place, &[&kind.value]);
            let kinds = products.flat_map(|product| product.kinds.iter().map(|kind| &*kind.id));
            let mut known: Vec<&str> = kinds.collect();
            known.sort_unstable();
            known.dedup();
            of.findings.push(match known.as_slice() {
                [] => finding,
                known if known.len() > MOST_LISTED => {
                    finding.with_nearest(&kind.value, known.iter().copied())
                }
                known => {
                    let help = format!("known here: {}", known.join(", "));
                    finding
                        .with_help(help)
                        .with_nearest(&kind.value, known.iter().copied())
                }
            });
            return None;
        }
        Some(Self {
            of,
            kind,
            products: having,
            all,
            places: Vec::new(),
            unknown_keys: HashSet::new(),
        })
    }

    pub(super) fn limits(&self) -> &'a Limits {
        self.of.firm.rulebook.limits()
    }

    pub(super) fn findings(&mut self) -> &mut Findings {
        self.of.findings
    }

    pub(super) fn report(&mut self, code: &'static Code, span: Span, words: &[&dyn Display]) {
        self.of.report(code, span, words);
    }

    /// Goes on with the things of a file.
    pub(super) fn enter(&mut self, source: &Arc<Source>) {
        self.of.enter_file(source);
    }

    /// Adds a thing. Returns whether there may be more.
    pub(super) fn add(&mut self, thing: &ThingRow<'_>) -> bool {
        let most = self.limits().things;
        if self.all.len() >= most {
            self.report(&codes::TOO_MANY_THINGS, thing.id.span, &[&most]);
            return false;
        }
        self.of.has_sound_id(&thing.id);
        self.has_known_parts(thing);
        for (number, of) in self.products.clone().into_iter().enumerate() {
            let new = NewThing {
                id: &thing.id.value,
                title: thing.title.as_ref().map(|title| &*title.value),
                properties: self.properties(of, thing),
                lists: self.lists(of, thing),
            };
            let added = self.all.add(of.number, of.id, new);
            if let Ok(thing_number) = added {
                self.whole(of, thing, thing_number);
            }
            if number == 0 {
                match added {
                    Ok(_) => self.places.push(thing.id.span),
                    Err(first) => self.duplicate(thing, first),
                }
            }
        }
        true
    }

    /// Notes what a thing is part of: that may stand behind it.
    fn whole(&mut self, of: KindOfProduct<'_>, thing: &ThingRow<'_>, number: u32) {
        let Some((kind, name)) = of.whole() else {
            return;
        };
        let Some(part) = part(thing, name) else {
            return;
        };
        let [NamedEntry { name, until: None }] = part.names.as_slice() else {
            let span = part
                .names
                .get(1)
                .map_or(part.key.span, |second| second.name.span);
            self.report(&codes::ONE_VALUE_WANTED, span, &[&name]);
            return;
        };
        self.of.wholes.push(WholeEntry {
            part: NumberedThing {
                product: of.number,
                kind: of.id,
                number,
            },
            kind,
            id: name.value.to_string(),
            span: name.span,
            source: Arc::clone(&self.of.source),
        });
    }

    fn duplicate(&mut self, thing: &ThingRow<'_>, first: u32) {
        let source = &self.of.source;
        let words: [&dyn Display; 2] = [&thing.id.value, &self.kind.value];
        let place = Some(source.place(thing.id.span));
        let finding = Finding::new(&codes::DUPLICATE_THING, place, &words);
        let finding = match self.places.get(first as usize) {
            Some(first) => finding.with_label(source.place(*first), "first here"),
            None => finding,
        };
        self.of.findings.push(finding);
    }

    /// Reports keys that no product knows.
    fn has_known_parts(&mut self, thing: &ThingRow<'_>) {
        for PartRow { key, .. } in &thing.parts {
            let mut kinds = self.products.iter().map(|of| of.kind);
            let is_known = |kind: &ThingKind| {
                kind.property(&key.value).is_some() || kind.list(&key.value).is_some()
            };
            let mut wholes = self.products.iter().filter_map(|of| of.whole());
            if kinds.any(is_known)
                || wholes.any(|(_, whole)| *whole == key.value)
                || !self.unknown_keys.insert(key.span)
            {
                continue;
            }
            let place = Some(self.of.source.place(key.span));
            let finding = Finding::new(&yaml::UNKNOWN_KEY, place, &[&key.value]);
            let kinds = self.products.iter().map(|of| of.kind);
            let mut known = vec!["id", "title"];
            known.extend(self.products.iter().filter_map(|of| Some(of.whole()?.1)));
            known.extend(kinds.flat_map(ThingKind::parts));
            known.dedup();
            let name = &self.kind.value;
            self.of.findings.push_with(finding, |finding| {
                let help = format!("a `{name}` has {}", known.join(", "));
                finding
                    .with_help(help)
                    .with_nearest(&key.value, known.iter().copied())
            });
        }
    }

    fn properties(&mut self, of: KindOfProduct<'_>, thing: &ThingRow<'_>) -> Vec<Value> {
        let properties = of.kind.properties.iter().map(|property| {
            let domain = of.product.fact(property.fact).map(|fact| &fact.domain);
            let part = part(thing, &property.id);
            let value = part.zip(domain);
            let value = value.and_then(|(part, domain)| self.property(&property.id, part, domain));
            value.unwrap_or(property.default)
        });
        properties.collect()
    }

    /// The value of a property. There is none where it is wrong, which is reported.
    fn property(&mut self, id: &str, part: &PartRow<'_>, domain: &Domain) -> Option<Value> {
        let word = match part.names.as_slice() {
            [NamedEntry { name, until: None }] => name,
            names => {
                let wrong = names.get(1).or(names.first());
                let span = wrong.map_or(part.key.span, |entry| entry.name.span);
                self.report(&codes::ONE_VALUE_WANTED, span, &[&id]);
                return None;
            }
        };
        let value = domain.find(&word.value);
        if value.is_none() {
            self.unknown_value(word, id, domain);
        }
        value
    }

    fn unknown_value(&mut self, word: &SpannedStr<'_>, property: &str, domain: &Domain) {
        let place = Some(self.of.source.place(word.span));
        let words: [&dyn Display; 2] = [&word.value, &property];
        let finding = Finding::new(&unknown::UNKNOWN_VALUE, place, &words);
        self.of.findings.push_with(finding, |finding| {
            let values: Vec<&str> = domain.words().collect();
            let help = format!("its values are {}", values.join(", "));
            finding.with_help(help).with_nearest(&word.value, values)
        });
    }

    fn lists(&mut self, of: KindOfProduct<'_>, thing: &ThingRow<'_>) -> Vec<Option<ListEntries>> {
        let things = self.all.of_kind(of.number, of.id);
        let number = things.map_or(0, KindThings::len) as u32;
        let mut lists = Vec::with_capacity(of.kind.lists.len());
        for (list_number, list) in of.kind.lists.iter().enumerate() {
            let Some(part) = part(thing, &list.id) else {
                lists.push(None);
                continue;
            };
            let list_place = ListPlace {
                product: of.number,
                kind: of.id,
                thing: number,
                list: list_number,
            };
            let place = |member| EntryPlace::Listed {
                list: list_place,
                member,
            };
            let entries = self.of.entries_of(&part.names, place);
            if list.is_single && entries.users.len() + entries.groups.len() > 1 {
                let second = part.names.get(1);
                let span = second.map_or(part.key.span, |second| second.name.span);
                self.report(&codes::ONE_ENTRY_WANTED, span, &[&list.id]);
            }
            lists.push(Some(entries));
        }
        lists
    }
}

fn part<'r, 't>(thing: &'r ThingRow<'t>, key: &str) -> Option<&'r PartRow<'t>> {
    thing.parts.iter().find(|part| part.key.value == key)
}
