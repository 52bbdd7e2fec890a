//! The linker: what all parts of linking share, and the order of the steps.

use hashbrown::{HashMap, HashSet};
use std::fmt::Display;
use std::sync::Arc;

use super::ProductDraft;
use super::condition::LinkedCondition;
use super::product::{Basis, ConditionId, Product, ProductNames, Section, SectionId};
use crate::finding::characters::INVISIBLE_IN_ID;
use crate::finding::{Code, Finding, Findings, names as unknown, rules as codes};
use crate::name::{self, NameMap};
use crate::read::rule_file::{DocumentEntry, RuleFile, ValuesEntry};
use crate::script::{FileOrigin, Functions, Sandbox};
use crate::text::character::hidden_in_id;
use crate::text::{Place, Source, Span};
use crate::value::Domain;
use crate::yaml::Text;

/// The most names in a help line.
const KNOWN_SHOWN: usize = 8;

/// A refusal that `unless` can name.
pub(super) struct Refusal {
    /// `None` if it did not compile. That is reported elsewhere.
    pub(super) condition: Option<ConditionId>,
    pub(super) because: String,
    pub(super) basis: Option<Basis>,
    pub(super) section: Option<SectionId>,
    pub(super) place: Place,
    pub(super) used: bool,
}

/// Links one rule file. It goes on after a mistake, so that all mistakes are reported.
pub(super) struct Linker<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) sandbox: &'a Sandbox,
    pub(super) findings: &'a mut Findings,
    pub(super) product: Product,
    pub(super) script: Option<&'a Arc<Source>>,
    pub(super) functions: Option<Functions>,
    /// Whether there is a script file whose functions could not be read.
    pub(super) functions_are_broken: bool,
    pub(super) conditions: Vec<LinkedCondition>,
    /// The compiled conditions, by the offset where they start. `None` if a condition did not compile.
    pub(super) compiled: HashMap<u32, Option<ConditionId>>,
    pub(super) refusals: HashMap<String, Refusal>,
    pub(super) sections_used: Vec<bool>,
    /// Lists of values that nothing has named yet, with their places.
    pub(super) values_unused: Vec<(String, Place)>,
    section_numbers: HashMap<String, SectionId>,
    rule_ids: HashMap<String, Place>,
    /// The findings reported so far, with their spans. A group is linked once for each of its actions, so the same finding can
    /// occur again.
    reported: HashSet<(Span, String)>,
}

impl<'a> Linker<'a> {
    pub(super) fn new(
        source: &'a Arc<Source>,
        sandbox: &'a Sandbox,
        findings: &'a mut Findings,
    ) -> Self {
        Self {
            source,
            sandbox,
            findings,
            product: Product::default(),
            script: None,
            functions: None,
            functions_are_broken: false,
            conditions: Vec::new(),
            compiled: HashMap::new(),
            refusals: HashMap::new(),
            sections_used: Vec::new(),
            values_unused: Vec::new(),
            section_numbers: HashMap::new(),
            rule_ids: HashMap::new(),
            reported: HashSet::new(),
        }
    }

    /// Links the declarations of names first, then everything that refers to them.
    pub(super) fn link(
        mut self,
        file: &RuleFile,
        script: Option<&'a Arc<Source>>,
    ) -> Option<ProductDraft> {
        self.script = script;
        let before = self.findings.errors();
        self.head(file);
        self.document(&file.document);
        self.declare_roles(&file.roles);
        self.declare_values(file.values.as_ref());
        self.declare_settings(file);
        self.declare_things(file.things.as_ref());
        self.declare_of_targets(file);
        self.declare_facts(&file.actions);
        self.declare_arguments(file);
        self.compile_functions(script);
        self.link_roles(&file.roles);
        self.levels(file.seats.as_ref());
        self.grounds(&file.grounds);
        self.declare_refusals(file.refusals.as_ref());
        self.actions(&file.actions);
        self.changes(file);
        self.effects(file.effects.as_ref());
        self.promises(file);
        self.unused();
        let is_sound = self.findings.errors() == before;
        if is_sound {
            // A word that is wrong elsewhere may be meant to name it.
            self.unused_things();
        }
        is_sound.then_some(ProductDraft {
            product: self.product,
            conditions: self.conditions,
        })
    }

    fn head(&mut self, file: &RuleFile) {
        self.id(&file.product, "a product");
        if matches!(file.product.value.as_str(), "id" | "name" | "enabled") {
            self.report(
                &codes::RESERVED_NAME,
                file.product.span,
                &[&file.product.value, &"a product"],
            );
        }
        self.product.id = file.product.value.as_str().into();
        self.product.title = file.title.value.as_str().into();
        self.product.place = self.place(file.product.span);
        self.product.document = file.document.title.value.as_str().into();
    }

    fn document(&mut self, document: &DocumentEntry) {
        for (id, heading) in &document.sections.0 {
            self.id(id, "a section");
            let number = SectionId::from(self.product.sections.len());
            self.section_numbers.insert(id.value.clone(), number);
            let place = self.place(id.span);
            self.product.sections.push(Section {
                id: id.value.as_str().into(),
                heading: heading.value.as_str().into(),
                place,
            });
        }
        self.sections_used = vec![false; self.product.sections.len()];
    }

    fn compile_functions(&mut self, script: Option<&Arc<Source>>) {
        self.functions = script.and_then(|script| {
            let origin = FileOrigin(Arc::clone(script));
            self.sandbox
                .functions(&origin, &self.product.vocabulary, self.findings)
        });
        self.functions_are_broken = script.is_some() && self.functions.is_none();
    }
}

/// Functions that every step uses.
impl Linker<'_> {
    pub(super) fn place(&self, span: Span) -> Place {
        self.source.place(span)
    }

    pub(super) fn report(&mut self, code: &'static Code, span: Span, words: &[&dyn Display]) {
        self.push(self.finding(code, span, words));
    }

    /// Reports a finding, only once for each place.
    pub(super) fn push(&mut self, finding: Finding) {
        self.push_with(finding, |finding| finding);
    }

    /// Reports a finding, only once for each place. `help` adds a help line that is slow to find.
    pub(super) fn push_with(&mut self, finding: Finding, help: impl FnOnce(Finding) -> Finding) {
        let is_new = finding
            .place()
            .is_none_or(|place| self.reported.insert((place.span(), finding.to_string())));
        if is_new {
            self.findings.push_with(finding, help);
        }
    }

    pub(super) fn finding(
        &self,
        code: &'static Code,
        span: Span,
        words: &[&dyn Display],
    ) -> Finding {
        Finding::new(code, Some(self.place(span)), words)
    }

    /// Reports an unknown name. The help line has the nearest known name, or all of them if they are few.
    pub(super) fn unknown<'n>(
        &mut self,
        code: &'static Code,
        name: &Text,
        known: impl IntoIterator<Item = &'n str>,
        of: &dyn Display,
    ) {
        let finding = self.finding(code, name.span, &[&name.value, of]);
        self.push_with(finding, |finding| with_known(finding, &name.value, known));
    }

    /// The number of a name of the product. An unknown name is reported.
    pub(super) fn named<T: Copy>(
        &mut self,
        name: &Text,
        code: &'static Code,
        of: fn(&ProductNames) -> &NameMap<T>,
    ) -> Option<T> {
        let numbers = of(&self.product.names);
        let found = numbers.get(name.value.as_str()).copied();
        if found.is_none() {
            let known: Vec<Arc<str>> = numbers.keys().cloned().collect();
            let title = Arc::clone(&self.product.title);
            self.unknown(code, name, known.iter().map(|id| &**id), &title);
        }
        found
    }

    /// Reports an id that is malformed or reserved.
    pub(super) fn id(&mut self, id: &Text, kind: &str) {
        if !name::is_id(&id.value) {
            self.report(&codes::NOT_AN_ID, id.span, &[&id.value]);
        } else if name::is_reserved(&id.value) {
            self.report(&codes::RESERVED_NAME, id.span, &[&id.value, &kind]);
        }
    }

    /// Reports a duplicate rule id, because answers name rules by their ids.
    pub(super) fn rule_id(&mut self, id: &str, span: Span) {
        let place = self.place(span);
        match self.rule_ids.get(id) {
            Some(first) => {
                let finding = Finding::new(&codes::DUPLICATE_RULE, Some(place), &[&id])
                    .with_label(first.clone(), "first here");
                self.push(finding);
            }
            None => {
                self.rule_ids.insert(id.to_owned(), place);
            }
        }
    }

    /// The basis for a word. A wrong word is reported.
    pub(super) fn basis(&mut self, word: &Text) -> Basis {
        let basis = Basis::named(&word.value);
        if basis.is_none() {
            let expected = "`stated` or `inferred`";
            self.unknown(
                &unknown::UNKNOWN_WORD,
                word,
                Basis::ALL.map(Basis::word),
                &expected,
            );
        }
        basis.unwrap_or(Basis::Inferred)
    }

    /// The section with this id. An unknown id is reported.
    pub(super) fn section(&mut self, id: &Text) -> SectionId {
        if let Some(section) = self.section_numbers.get(&id.value).copied() {
            if let Some(used) = self.sections_used.get_mut(section.index()) {
                *used = true;
            }
            return section;
        }
        let known: Vec<String> = self.section_numbers.keys().cloned().collect();
        self.unknown(
            &unknown::UNKNOWN_SECTION,
            id,
            known.iter().map(String::as_str),
            &"",
        );
        SectionId(0)
    }

    /// The domain of a list of values. An empty list, too many values and duplicates are reported.
    pub(super) fn domain(&mut self, words: &[Text], span: Span) -> Domain {
        self.not_empty(words, span);
        self.within(words.len(), Domain::MOST, "values", span);
        self.no_doubles(words);
        for word in words {
            if let Some(hidden) = hidden_in_id(&word.value) {
                self.report(&INVISIBLE_IN_ID, word.span, &[&hidden, &word.value]);
            }
        }
        Domain::of(words.iter().map(|word| word.value.as_str()))
    }

    /// The values that an entry lists, or those of the list that it names.
    pub(super) fn values(&mut self, entry: &ValuesEntry, span: Span) -> Domain {
        let name = match entry {
            ValuesEntry::Listed(words) => return self.domain(words, span),
            ValuesEntry::Named(name) => name,
        };
        if let Some(domain) = self.product.names.values.get(name.value.as_str()) {
            self.values_unused
                .retain(|(unused, _)| *unused != name.value);
            return domain.clone();
        }
        let known: Vec<Arc<str>> = self.product.names.values.keys().cloned().collect();
        let title = Arc::clone(&self.product.title);
        let known = known.iter().map(|id| &**id);
        let finding = self.finding(&unknown::UNKNOWN_VALUES, name.span, &[&name.value, &title]);
        self.push_with(finding, |finding| {
            let finding = finding.with_help("write the values in brackets: `[a, b]`");
            finding.with_nearest(&name.value, known)
        });
        Domain::Flag
    }

    /// Reports an empty list. `span` is its key.
    pub(super) fn not_empty<T>(&mut self, list: &[T], span: Span) {
        if list.is_empty() {
            self.report(&codes::EMPTY_LIST, span, &[]);
        }
    }

    pub(super) fn no_doubles(&mut self, words: &[Text]) {
        let mut seen = HashSet::new();
        for word in words {
            if !seen.insert(word.value.as_str()) {
                self.report(&codes::DUPLICATE_ENTRY, word.span, &[&word.value]);
            }
        }
    }

    /// A part of a text. It has its own place if the text is written without quotes and escapes.
    pub(super) fn part(&self, of: &Text, part: &str) -> Text {
        let before = (part.as_ptr() as usize).saturating_sub(of.value.as_ptr() as usize);
        let start = of.span.start as usize + before;
        let own = Span::new(start, start + part.len());
        let span = if self.source.slice(own) == part {
            own
        } else {
            of.span
        };
        Text::new(part.to_owned(), span)
    }

    pub(super) fn within(&mut self, count: usize, limit: usize, kind: &str, span: Span) {
        if count > limit {
            self.report(&codes::TOO_MANY_NAMES, span, &[&count, &kind, &limit]);
        }
    }
}

/// Adds the nearest known name to a finding about an unknown one, and all of them if they are few.
pub(super) fn with_known<'n>(
    finding: Finding,
    name: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> Finding {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_unstable();
    let finding = match known.len() {
        1..=KNOWN_SHOWN => finding.with_help(format!("known here: {}", known.join(", "))),
        _ => finding,
    };
    finding.with_nearest(name, known)
}
