//! Kinds of things: their properties and lists become facts that the thing of a question fills in.

use std::sync::Arc;

use super::names::Linker;
use super::product::{
    Fact, FactId, FactSource, KindId, KindList, KindProperty, ThingKind, ThingPath, Variable,
};
use crate::finding::{names as unknown, rules as codes};
use crate::read::rule_file::{ThingDeclaration, ThingList, ThingProperty};
use crate::value::Domain;
use crate::yaml::{KeyedEntries, Text};

/// The most kinds of things of a product.
const MOST_KINDS: usize = 1_000;

/// The most things above one that rules can read.
pub(super) const MOST_ABOVE: u8 = 8;

impl Linker<'_> {
    /// Gives every kind of thing its number, and makes its properties and lists readable in scripts.
    pub(super) fn declare_things(&mut self, things: Option<&KeyedEntries<ThingDeclaration>>) {
        for (id, entry) in things.into_iter().flat_map(|things| &things.0) {
            self.within(
                self.product.kinds.len(),
                MOST_KINDS,
                "kinds of things",
                id.span,
            );
            self.declare_kind(id, entry);
        }
        for (id, entry) in things.into_iter().flat_map(|things| &things.0) {
            self.part_of(id, entry);
        }
        for (id, entry) in things.into_iter().flat_map(|things| &things.0) {
            self.declare_parts(id, entry);
        }
        for (id, entry) in things.into_iter().flat_map(|things| &things.0) {
            let kind = self.product.names.kinds.get(id.value.as_str()).copied();
            if let (Some(kind), Some(of)) = (kind, &entry.part_of) {
                self.declare_above(ThingPath::of(kind), &id.value, of);
            }
        }
    }

    /// Notes which kind the things of another one are part of.
    fn part_of(&mut self, id: &Text, entry: &ThingDeclaration) {
        let depth = self.depth(id, entry);
        let Some(of) = &entry.part_of else { return };
        let kinds = &self.product.names.kinds;
        let known = |text: &Text| kinds.get(text.value.as_str()).copied();
        let (Some(kind), Some(whole)) = (known(id), known(of)) else {
            let names: Vec<Arc<str>> = kinds.keys().cloned().collect();
            let title = Arc::clone(&self.product.title);
            let names = names.iter().map(|id| &**id);
            self.unknown(&unknown::KIND_NOT_DECLARED, of, names, &title);
            return;
        };
        let is_circle = kind != whole && self.is_part_of(whole, kind);
        if is_circle {
            self.report(&codes::KIND_CIRCLE, of.span, &[&id.value, &of.value]);
            return;
        }
        if let Some(kind) = self.product.kinds.get_mut(kind.index()) {
            kind.part_of = Some(whole);
            kind.depth = depth;
        }
    }

    /// Whether things of a kind are part of those of another one, directly or through others.
    fn is_part_of(&self, kind: KindId, of: KindId) -> bool {
        let above = |kind| self.product.kind(kind).and_then(|kind| kind.part_of);
        let mut kind = kind;
        while let Some(whole) = above(kind).filter(|whole| *whole != kind) {
            if whole == of {
                return true;
            }
            kind = whole;
        }
        false
    }

    /// How many things of its own kind there may be above one.
    fn depth(&mut self, id: &Text, entry: &ThingDeclaration) -> u8 {
        let Some(depth) = &entry.depth else { return 1 };
        let is_nested = entry
            .part_of
            .as_ref()
            .is_some_and(|of| of.value == id.value);
        let number = depth.value.parse().ok();
        let number = number.filter(|number| (1..=MOST_ABOVE).contains(number));
        if !is_nested {
            self.report(&codes::DEPTH_ALONE, depth.span, &[&id.value]);
        } else if number.is_none() {
            self.report(
                &codes::DEPTH_NOT_FIT,
                depth.span,
                &[&depth.value, &MOST_ABOVE],
            );
        }
        number.unwrap_or(1)
    }

    fn declare_kind(&mut self, id: &Text, entry: &ThingDeclaration) {
        self.id(id, "a kind of thing");
        if matches!(id.value.as_str(), "user" | "target" | "same_user") {
            let kind = "a kind of thing";
            self.report(&codes::RESERVED_NAME, id.span, &[&id.value, &kind]);
        }
        self.not_taken(id);
        let number = KindId::from(self.product.kinds.len());
        self.product
            .names
            .kinds
            .insert(id.value.as_str().into(), number);
        Arc::make_mut(&mut self.product.vocabulary).add_thing(&id.value);
        let kind = ThingKind {
            id: id.value.as_str().into(),
            title: entry.title.value.as_str().into(),
            place: self.place(id.span),
            part_of: None,
            depth: 1,
            properties: Vec::new(),
            lists: Vec::new(),
        };
        self.product.kinds.push(kind);
    }

    /// The properties and lists of a kind.
    fn declare_parts(&mut self, id: &Text, entry: &ThingDeclaration) {
        let Some(number) = self.product.names.kinds.get(id.value.as_str()).copied() else {
            return;
        };
        for (own, property) in entry.properties.iter().flat_map(|all| &all.0) {
            self.declare_property(number, id, own, property);
        }
        let lists = entry.lists.as_ref().map_or(&[][..], |all| &all.0);
        for (own, list) in lists {
            self.declare_list(number, id, own, list);
        }
        for (own, list) in lists {
            self.brought_lists(id, own, list);
        }
    }

    fn declare_property(&mut self, kind: KindId, of: &Text, id: &Text, entry: &ThingProperty) {
        let domain = self.values(&entry.values, id.span);
        let default = self.default(&entry.default, &domain);
        let place = self
            .product
            .kind(kind)
            .map_or(0, |kind| kind.properties.len());
        let source = FactSource::Property(ThingPath::of(kind), place);
        let Some(fact) = self.fact_of_kind(of, id, domain, source) else {
            return;
        };
        let property = KindProperty {
            id: id.value.as_str().into(),
            title: entry.title.as_ref().unwrap_or(id).value.as_str().into(),
            fact,
            default,
        };
        if let Some(kind) = self.product.kinds.get_mut(kind.index()) {
            kind.properties.push(property);
        }
    }

    fn declare_list(&mut self, kind: KindId, of: &Text, id: &Text, entry: &ThingList) {
        let is_open = self.one_of(entry.default.as_ref(), ["nobody", "everyone"]);
        let is_single = self.one_of(entry.holds.as_ref(), ["many", "one"]);
        let place = self.product.kind(kind).map_or(0, |kind| kind.lists.len());
        let source = FactSource::List(ThingPath::of(kind), place);
        let Some(fact) = self.fact_of_kind(of, id, Domain::Flag, source) else {
            return;
        };
        let list = KindList {
            id: id.value.as_str().into(),
            title: entry.title.as_ref().unwrap_or(id).value.as_str().into(),
            fact,
            is_open,
            is_single,
        };
        if let Some(kind) = self.product.kinds.get_mut(kind.index()) {
            kind.lists.push(list);
        }
    }

    /// Whether a word is the second of two; the first is meant where there is none.
    fn one_of(&mut self, word: Option<&Text>, [first, second]: [&str; 2]) -> bool {
        let Some(word) = word else { return false };
        if word.value != first && word.value != second {
            let expected = format!("`{first}` or `{second}`");
            self.unknown(&unknown::UNKNOWN_WORD, word, [first, second], &expected);
        }
        word.value == second
    }

    /// The fact that stands for a property or list of a kind.
    fn fact_of_kind(
        &mut self,
        of: &Text,
        id: &Text,
        domain: Domain,
        source: FactSource,
    ) -> Option<FactId> {
        self.id(id, "a property or list");
        let whole = self
            .product
            .kind(source.kind()?)
            .and_then(|kind| kind.part_of);
        let whole = whole.and_then(|whole| self.product.kind(whole));
        let is_whole = whole.is_some_and(|whole| *whole.id == id.value);
        if is_whole || matches!(id.value.as_str(), "id" | "title") {
            let what = "a property or list";
            self.report(&codes::RESERVED_NAME, id.span, &[&id.value, &what]);
        }
        let name = format!("{}.{}", of.value, id.value);
        if self.product.names.facts.contains_key(name.as_str()) {
            let other = format!("a property or list of `{}`", of.value);
            self.report(&codes::NAME_TAKEN, id.span, &[&id.value, &other]);
            return None;
        }
        Some(self.new_fact(&name, id, domain, source))
    }

    /// Notes on each list that this one brings that it is brought.
    fn brought_lists(&mut self, of: &Text, id: &Text, entry: &ThingList) {
        let name = |list: &Text| format!("{}.{}", of.value, list.value);
        let Some(bringer) = self.product.names.facts.get(name(id).as_str()).copied() else {
            return;
        };
        for brought in entry.brings.iter().flat_map(|brings| &brings.0) {
            let Some(fact) = self.list_named(&name(brought), brought) else {
                continue;
            };
            if fact == bringer || self.product.brings(fact, bringer) {
                self.report(
                    &codes::LIST_CYCLE,
                    brought.span,
                    &[&id.value, &brought.value],
                );
            } else if let Some(fact) = self.product.facts.get_mut(fact.index()) {
                fact.brought_by.push(bringer);
            }
        }
    }

    /// Adds a fact and makes it readable in scripts.
    pub(super) fn new_fact(
        &mut self,
        name: &str,
        id: &Text,
        domain: Domain,
        source: FactSource,
    ) -> FactId {
        let number = FactId::from(self.product.facts.len());
        self.product.names.facts.insert(name.into(), number);
        self.variable(name, domain.clone(), Variable::Fact(number));
        let place = self.place(id.span);
        self.product.facts.push(Fact {
            id: name.into(),
            domain,
            place,
            source,
            brought_by: Vec::new(),
        });
        number
    }

    /// The kind of thing that an action is done to; none for a person. An unknown word is reported.
    pub(super) fn kind_of_target(&mut self, target: &Text) -> Option<KindId> {
        let kind = self.product.names.kinds.get(target.value.as_str()).copied();
        if kind.is_none() {
            let kinds: Vec<Arc<str>> = self.product.names.kinds.keys().cloned().collect();
            let known = kinds.iter().map(|id| &**id).chain(["user"]);
            let expected = "`user` or a kind of thing";
            self.unknown(&unknown::UNKNOWN_WORD, target, known, &expected);
        }
        kind
    }
}
