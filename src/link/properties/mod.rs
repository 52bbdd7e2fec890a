//! Properties, conflicts and advice: turns names into numbers, and reports what makes no sense.
//!
//! They decide nothing, so they are linked last, against the complete product. A file of properties is linked the same way.

mod people;

use std::fmt::Display;
use std::sync::Arc;

use super::condition::ConditionScope;
use super::names::{Linker, with_known};
use super::product::{
    ActionId, Advice, AlwaysClaim, Basis, Conflict, HolderCount, Product, ProductNames, Property,
    PropertyClaim, SectionId,
};
use crate::finding::{Code, Finding, Findings, names as unknown, property as codes, rules};
use crate::name::{self, NameMap};
use crate::read::rule_file::{
    AdviceDeclaration, AlwaysEntry, ConflictDeclaration, FirmConflictDeclaration,
    PropertyDeclaration, RuleFile,
};
use crate::text::{Source, Span};
use crate::yaml::{OneOrMany, Text};

/// The words after `alone`.
const GAINS_NOTHING: &str = "gains nothing";

/// Links the promises about one product.
pub(crate) struct PropertyLinker<'a> {
    pub(crate) product: &'a Product,
    pub(crate) source: &'a Arc<Source>,
    pub(crate) findings: &'a mut Findings,
}

impl Linker<'_> {
    pub(super) fn promises(&mut self, file: &RuleFile) {
        for (id, entry) in file.conflicts.iter().flat_map(|conflicts| &conflicts.0) {
            self.id(id, "a conflict");
            self.section(&entry.section);
        }
        for (id, entry) in file.advice.iter().flat_map(|advice| &advice.0) {
            self.id(id, "an advice");
            self.advice(id, entry);
        }
        for (id, entry) in file.properties.iter().flat_map(|properties| &properties.0) {
            self.source_of(id, entry.basis.as_ref(), entry.section.as_ref(), false);
        }
        let mut promises = PropertyLinker {
            product: &self.product,
            source: self.source,
            findings: self.findings,
        };
        let conflicts = file
            .conflicts
            .iter()
            .flat_map(|conflicts| &conflicts.0)
            .filter_map(|(id, entry)| promises.conflict(id, &entry.into()))
            .collect();
        let properties = file
            .properties
            .iter()
            .flat_map(|properties| &properties.0)
            .filter_map(|(id, entry)| promises.property(id, entry))
            .collect();
        self.product.conflicts = conflicts;
        self.product.properties = properties;
    }

    fn advice(&mut self, id: &Text, entry: &AdviceDeclaration) {
        let scope = ConditionScope {
            owner: format!("the advice `{}`", id.value),
            user: true,
            target: false,
            facts: Vec::new(),
            arguments: Vec::new(),
            taken: Vec::new(),
        };
        let (basis, section) = (self.basis(&entry.basis), self.section(&entry.section));
        let when = entry
            .when
            .as_ref()
            .and_then(|when| self.condition(when, scope.clone()));
        let Some(should) = self.condition(&entry.should, scope) else {
            return;
        };
        let place = self.place(id.span);
        self.product.advice.push(Advice {
            id: id.value.as_str().into(),
            title: entry.title.value.as_str().into(),
            because: entry.because.value.as_str().into(),
            place,
            basis,
            section,
            when,
            should,
        });
    }
}

/// A conflict of a rule file, or one that a firm declares for itself.
pub(crate) struct ConflictParts<'f> {
    title: &'f Text,
    both: &'f [Text],
    except: Option<&'f OneOrMany<Text>>,
    because: &'f Text,
    basis: Option<&'f Text>,
    section: Option<&'f Text>,
}

impl<'f> From<&'f ConflictDeclaration> for ConflictParts<'f> {
    fn from(entry: &'f ConflictDeclaration) -> Self {
        Self {
            title: &entry.title,
            both: &entry.both,
            except: entry.except.as_ref(),
            because: &entry.because,
            basis: Some(&entry.basis),
            section: Some(&entry.section),
        }
    }
}

impl<'f> From<&'f FirmConflictDeclaration> for ConflictParts<'f> {
    fn from(entry: &'f FirmConflictDeclaration) -> Self {
        Self {
            title: &entry.title,
            both: &entry.both,
            except: entry.except.as_ref(),
            because: &entry.because,
            basis: entry.basis.as_ref(),
            section: entry.section.as_ref(),
        }
    }
}

impl PropertyLinker<'_> {
    /// Links one conflict. Its names are looked up even if something else is wrong with it.
    pub(crate) fn conflict(&mut self, id: &Text, entry: &ConflictParts<'_>) -> Option<Conflict> {
        let actions = self.list(Some(entry.both), Self::action_of_conflict);
        let except = self.many(entry.except, Self::role);
        let basis = entry
            .basis
            .map_or(Some(Basis::Inferred), |basis| self.basis(basis));
        let section = entry.section.map(|section| self.section(section));
        let actions = actions?;
        for (name, action) in entry.both.iter().zip(&actions) {
            let action = self.product.action(*action)?;
            if action.on_target
                || action.needs_thing
                || action.facts.iter().any(|fact| fact.default.is_none())
            {
                self.report(&codes::CONFLICT_NEEDS_MORE, name.span, &[&name.value]);
            }
        }
        let Ok(both) = actions.as_slice().try_into() else {
            let words: [&dyn Display; 2] = [&id.value, &entry.both.len()];
            self.report(&codes::CONFLICT_NOT_TWO, id.span, &words);
            return None;
        };
        Some(Conflict {
            id: id.value.as_str().into(),
            title: entry.title.value.as_str().into(),
            because: entry.because.value.as_str().into(),
            place: self.source.place(id.span).file_and_line().into(),
            span: id.span,
            basis: basis?,
            section: match section {
                Some(section) => Some(section?),
                None => None,
            },
            both,
            except: except?,
        })
    }

    /// An action of a conflict. A role in its place is told apart from a misspelt action.
    fn action_of_conflict(&mut self, name: &Text) -> Option<ActionId> {
        let names = &self.product.names;
        let is_role = !names.actions.contains_key(name.value.as_str())
            && names.roles.contains_key(name.value.as_str());
        if !is_role {
            return self.action(name);
        }
        let place = self.source.place(name.span);
        let words: [&dyn Display; 2] = [&name.value, &self.product.title];
        let finding = Finding::new(&unknown::UNKNOWN_ACTION, Some(place), &words);
        self.findings.push(finding.with_help(format!(
            "a conflict is about two actions, and `{}` is a role: name an action that it opens",
            name.value
        )));
        None
    }

    /// Links one property. Its names are looked up even if something else is wrong with it.
    pub(crate) fn property(&mut self, id: &Text, entry: &PropertyDeclaration) -> Option<Property> {
        self.is_own_id(id, "a property");
        let basis = entry.basis.as_ref().map(|basis| self.basis(basis));
        let section = entry.section.as_ref().map(|section| self.section(section));
        let kind = self.one_kind(id, entry);
        let claim = self.claim(entry);
        let property = Property {
            id: id.value.as_str().into(),
            title: entry.title.value.as_str().into(),
            place: self.source.place(id.span),
            basis: basis.flatten(),
            section: section.flatten(),
            claim: claim?,
        };
        kind.then_some(property)
    }

    /// Reports an id that nothing can have.
    pub(crate) fn is_own_id(&mut self, id: &Text, what: &str) {
        if !name::is_id(&id.value) {
            self.report(&rules::NOT_AN_ID, id.span, &[&id.value]);
        } else if name::is_reserved(&id.value) {
            self.report(&rules::RESERVED_NAME, id.span, &[&id.value, &what]);
        }
    }

    /// The kind of a property. None or several kinds are reported.
    fn one_kind(&mut self, id: &Text, entry: &PropertyDeclaration) -> bool {
        let conclusion = entry.conclusion();
        let about = entry
            .whoever
            .as_ref()
            .map(|whoever| ("whoever", whoever.span));
        let nobody = entry.nobody.as_ref().map(|nobody| ("nobody", nobody.span));
        let always = entry.always.as_ref().map(|always| ("always", always.span));
        let alone = entry.alone.as_ref().map(|alone| ("alone", alone.span));
        let kinds: Vec<(&str, Span)> = [about.or(conclusion), nobody, always, alone]
            .into_iter()
            .flatten()
            .collect();
        match kinds.as_slice() {
            [_] if about.is_none() || conclusion.is_some() => true,
            [] | [_] => {
                self.report(&codes::PROPERTY_SAYS_NOTHING, id.span, &[&id.value]);
                false
            }
            [(first, _), (second, span), ..] => {
                self.report(&codes::PROPERTY_TWO_KINDS, *span, &[first, second]);
                false
            }
        }
    }

    fn claim(&mut self, entry: &PropertyDeclaration) -> Option<PropertyClaim> {
        if let Some(always) = &entry.always {
            return self.always(always).map(PropertyClaim::Always);
        }
        if let Some(words) = &entry.alone {
            let known = words.value == GAINS_NOTHING;
            if !known {
                let expected = format!("`{GAINS_NOTHING}`");
                self.unknown(&unknown::UNKNOWN_WORD, words, [GAINS_NOTHING], &expected);
            }
            return known.then_some(PropertyClaim::Alone);
        }
        self.people(entry)
    }

    fn always(&mut self, entry: &AlwaysEntry) -> Option<AlwaysClaim> {
        let role = self.role(&entry.role);
        let words = HolderCount::ALL.map(HolderCount::words);
        let holders = HolderCount::ALL
            .into_iter()
            .find(|holding| holding.words() == entry.holders.value);
        if holders.is_none() {
            let expected = "`exactly one`, `at least one` or `at most one`";
            self.unknown(&unknown::UNKNOWN_WORD, &entry.holders, words, &expected);
        }
        Some(AlwaysClaim {
            role: role?,
            holders: holders?,
            enabled: entry.enabled.is_some_and(|enabled| enabled.value),
        })
    }
}

/// Functions that every step uses.
impl PropertyLinker<'_> {
    fn report(&mut self, code: &'static Code, span: Span, words: &[&dyn Display]) {
        let place = self.source.place(span);
        self.findings.report(code, place, words);
    }

    /// Reports an unknown name. The help line has the nearest known name, or all of them if they are few.
    fn unknown<'n>(
        &mut self,
        code: &'static Code,
        name: &Text,
        known: impl IntoIterator<Item = &'n str>,
        of: &dyn Display,
    ) {
        let place = self.source.place(name.span);
        let finding = Finding::new(code, Some(place), &[&name.value, of]);
        self.findings
            .push_with(finding, |finding| with_known(finding, &name.value, known));
    }

    /// The number of a name of the product. An unknown name is reported.
    fn named<T: Copy>(
        &mut self,
        name: &Text,
        code: &'static Code,
        of: fn(&ProductNames) -> &NameMap<T>,
    ) -> Option<T> {
        let product = self.product;
        let numbers = of(&product.names);
        let found = numbers.get(name.value.as_str()).copied();
        if found.is_none() {
            let known = numbers.keys().map(|id| &**id);
            self.unknown(code, name, known, &product.title);
        }
        found
    }

    fn basis(&mut self, word: &Text) -> Option<Basis> {
        let basis = Basis::named(&word.value);
        if basis.is_none() {
            let words = Basis::ALL.map(Basis::word);
            self.unknown(
                &unknown::UNKNOWN_WORD,
                word,
                words,
                &"`stated` or `inferred`",
            );
        }
        basis
    }

    fn section(&mut self, id: &Text) -> Option<SectionId> {
        let sections = &self.product.sections;
        let found = sections.iter().position(|section| *section.id == *id.value);
        if found.is_none() {
            let known = sections.iter().map(|section| &*section.id);
            self.unknown(&unknown::UNKNOWN_SECTION, id, known, &"");
        }
        found.map(SectionId::from)
    }

    /// The things that a list names, each once. Returns `None` if a name is unknown.
    fn many<T>(
        &mut self,
        names: Option<&OneOrMany<Text>>,
        link: impl Fn(&mut Self, &Text) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.list(names.map(|names| names.0.as_slice()), link)
    }

    fn list<T>(
        &mut self,
        names: Option<&[Text]>,
        link: impl Fn(&mut Self, &Text) -> Option<T>,
    ) -> Option<Vec<T>> {
        let names = names.unwrap_or_default();
        for (number, name) in names.iter().enumerate() {
            if names
                .iter()
                .take(number)
                .any(|other| other.value == name.value)
            {
                self.report(&rules::DUPLICATE_ENTRY, name.span, &[&name.value]);
            }
        }
        // All names are linked before the first failure ends this, so that all mistakes are reported.
        let linked: Vec<Option<T>> = names.iter().map(|name| link(self, name)).collect();
        linked.into_iter().collect()
    }
}

#[cfg(test)]
mod tests;
