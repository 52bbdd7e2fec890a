//! Lists of things where rule files name them, and the facts that follow from a list.

use std::sync::Arc;

use super::names::{Linker, with_known};
use super::product::{FactId, FactSource, TakenFact};
use crate::finding::names as unknown;
use crate::read::rule_file::FactSourceEntry;
use crate::value::Domain;
use crate::vocabulary::Person;
use crate::yaml::Text;

impl Linker<'_> {
    /// The fact of a list with this name: `kind.list`. An unknown one is reported at `text`.
    pub(super) fn list_named(&mut self, name: &str, text: &Text) -> Option<FactId> {
        let is_list = |fact: &FactId| {
            let source = self.product.fact(*fact).map(|fact| fact.source);
            matches!(source, Some(FactSource::List(..)))
        };
        let found = self.product.names.facts.get(name).copied().filter(is_list);
        if found.is_none() {
            let lists = self.product.facts.iter();
            let lists = lists.filter(|fact| matches!(fact.source, FactSource::List(..)));
            let known: Vec<Arc<str>> = lists.map(|fact| Arc::clone(&fact.id)).collect();
            let title = Arc::clone(&self.product.title);
            let finding = self.finding(&unknown::UNKNOWN_LIST, text.span, &[&name, &title]);
            let other = self.other_than_list(name);
            self.push_with(finding, |finding| match other {
                Some(help) => finding.with_help(help),
                None => with_known(finding, name, known.iter().map(|id| &**id)),
            });
        }
        found
    }

    /// What is meant by a name that is no list, where that is known.
    fn other_than_list(&self, name: &str) -> Option<String> {
        if self.product.names.facts.contains_key(name) {
            return Some(format!(
                "`{name}` is a property: it stands under `when`, as in `{name} == …`"
            ));
        }
        let person = Person::ALL.into_iter();
        let mut member = person.filter_map(|who| name.strip_prefix(who.name())?.strip_prefix('.'));
        let role = member.next()?;
        let is_role = self.product.names.roles.contains_key(role);
        is_role.then(|| format!("a role stands there by its id alone: `{role}`"))
    }

    /// Where a fact comes from that follows from a list of a thing.
    pub(super) fn taken_fact(&mut self, entry: &FactSourceEntry, domain: &Domain) -> FactSource {
        let words = [
            ("open", &entry.open),
            ("listed", &entry.listed),
            ("not_listed", &entry.not_listed),
        ];
        let [open, listed, not_listed] = words
            .map(|(key, word)| self.value_of(&format!("under `{key}`, the word"), word, domain));
        let fact = self.list_named(&entry.list.value, &entry.list);
        match fact
            .and_then(|fact| self.product.fact(fact))
            .map(|fact| fact.source)
        {
            Some(FactSource::List(path, list)) => FactSource::Taken(
                path,
                TakenFact {
                    list,
                    open,
                    listed,
                    not_listed,
                },
            ),
            _ => FactSource::Question,
        }
    }
}
