//! What is known of things above others, and of how targets stand to things: facts that follow from what kinds declare.

use std::sync::Arc;

use super::names::Linker;
use super::product::{Argument, FactId, FactSource, KindId, Product, ThingPath};
use super::things::MOST_ABOVE;
use crate::read::rule_file::{RuleFile, TakesEntry};
use crate::value::Domain;
use crate::vocabulary::Person;
use crate::yaml::Text;

impl Linker<'_> {
    /// Makes readable in scripts how the targets of changes stand to the things that these changes name:
    /// `target.matter.access`.
    pub(super) fn declare_of_targets(&mut self, file: &RuleFile) {
        for (_, entry) in file.changes.iter().flat_map(|changes| &changes.0) {
            let takes = entry.takes.iter().flat_map(|takes| &takes.0);
            for (name, what) in takes {
                let TakesEntry::Phrase(kind) = what else {
                    continue;
                };
                let kinds = &self.product.names.kinds;
                let known = kinds.get(kind.value.as_str()).copied();
                if let Some(known) = known.filter(|_| name.value == Argument::Thing.name()) {
                    self.declare_of_target(known, kind);
                }
            }
        }
    }

    fn declare_of_target(&mut self, kind: KindId, at: &Text) {
        let vocabulary = &self.product.vocabulary;
        if vocabulary.thing_of(Person::Target, &at.value).is_none() {
            let path = ThingPath {
                whom: Person::Target,
                ..ThingPath::of(kind)
            };
            let name = self.declare_whole(path, Person::Target.name(), at);
            self.declare_above(path, &name, at);
        }
    }

    /// Makes what is known of the things above one readable in scripts: `document.matter.status`.
    pub(super) fn declare_above(&mut self, path: ThingPath, name: &str, of: &Text) {
        let (mut at, mut name, mut nested) = (path.kind, name.to_owned(), 0);
        for above in 1..=MOST_ABOVE {
            let Some(here) = self.product.kind(at) else {
                return;
            };
            let Some(whole) = here.part_of else { return };
            nested = if whole == at { nested + 1 } else { 0 };
            if nested > here.depth {
                return;
            }
            at = whole;
            let path = ThingPath { above, ..path };
            name = self.declare_whole(path, &name, of);
        }
    }

    /// The facts of one thing above another, or of a thing for the target, whose properties have names already. Returns the
    /// name under which scripts read it.
    fn declare_whole(&mut self, path: ThingPath, below: &str, at: &Text) -> String {
        let Some(whole) = self.product.kind_at(path).cloned() else {
            return below.to_owned();
        };
        let name = format!("{below}.{}", whole.id);
        Arc::make_mut(&mut self.product.vocabulary).add_thing(&name);
        let domain_of = |product: &Product, fact: FactId| {
            let fact = product.fact(fact);
            fact.map_or(Domain::Flag, |fact| fact.domain.clone())
        };
        let properties = whole.properties.iter().enumerate();
        for (number, property) in properties.filter(|_| path.whom == Person::User) {
            let domain = domain_of(&self.product, property.fact);
            let source = FactSource::Property(path, number);
            self.new_fact(&format!("{name}.{}", property.id), at, domain, source);
        }
        let mut facts = Vec::new();
        for (number, list) in whole.lists.iter().enumerate() {
            let source = FactSource::List(path, number);
            let fact = self.new_fact(&format!("{name}.{}", list.id), at, Domain::Flag, source);
            facts.push((list.fact, fact));
        }
        // Lists above bring each other as they do where they are declared.
        for (own, fact) in &facts {
            let bringers = self
                .product
                .fact(*own)
                .map_or(&[][..], |own| &own.brought_by);
            let bringers = bringers.iter().filter_map(|bringer| {
                let above = facts.iter().find(|(own, _)| own == bringer);
                above.map(|(_, fact)| *fact)
            });
            let bringers: Vec<FactId> = bringers.collect();
            if let Some(fact) = self.product.facts.get_mut(fact.index()) {
                fact.brought_by = bringers;
            }
        }
        name
    }
}
