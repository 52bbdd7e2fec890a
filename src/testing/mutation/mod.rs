//! Mutants: the rulebook changed one small step at a time, to see whether the fixtures notice.
//!
//! A mutant is written into the text of a rule file or script, loaded like any other rulebook, and tested by the
//! fixtures. A mutant that no fixture notices is compared with the original rules, decision by decision. If no
//! question and no change can tell the two apart it is equivalent. Otherwise it survives, with an example.
//!
//! Text that only affects the wording of answers is left alone on purpose: titles, reasons, sections, places in the
//! product, notes and comments, the basis, the hint under `usually`, the words of the grounds, and the order of
//! refusals. So is the form of a question (`target`, and which facts there are): a question with a new form is
//! another question.

mod compare;
mod draft;
mod operator;
mod report;
mod rules;
mod run;
mod script;

pub use operator::Operator;
pub use report::{Changes, Example, Mutant, MutationReport, Survivor};
pub use run::MutationError;

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use crate::explore::compile::CompiledProduct;
use crate::finding::Findings;
use crate::finding::LoadError;
use crate::limits::Limits;
use crate::link::product::Argument;
use crate::load::Loader;
use crate::load::rulebook::{has_stem_of, is_script, read_folder};
use crate::rulebook::Rulebook;
use crate::text::Source;
use crate::yaml;
use draft::MutantDrafts;
use rules::{DeclaredNames, DraftWriter};

/// A rulebook with all its mutants.
///
/// ```
/// use clio_rules::fixtures::{Mutants, Options, Suites};
///
/// let rules = std::fs::read_to_string("tests/cases/loads/a_house/rules/door.yaml")?;
/// let mutants = Mutants::from_texts([("rules/door.yaml", rules.as_str())])?;
/// assert!(mutants.iter().any(|mutant| mutant.operator.name() == "allow-opened"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Mutants {
    rulebook: Rulebook,
    sources: Vec<Arc<Source>>,
    list: Vec<MutantText>,
}

/// A mutant, and the text that makes it.
#[derive(Debug)]
struct MutantText {
    mutant: Mutant,
    /// The number of the file that it changes.
    file: usize,
    text: String,
}

impl Loader {
    /// The mutants of the built-in rules.
    ///
    /// # Errors
    /// [`LoadError`] when the limits are too tight for the rules.
    pub fn builtin_mutants(&self) -> Result<Mutants, LoadError> {
        self.mutants_from_texts(crate::load::builtin::RULES.iter().copied())
    }

    /// The mutants of the rule files and scripts of a folder.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    pub fn mutants_from_folder(&self, folder: impl AsRef<Path>) -> Result<Mutants, LoadError> {
        let mut findings = Findings::new();
        let sources = read_folder(folder.as_ref(), &self.limits, &mut findings);
        Mutants::of(sources, findings, &self.limits)
    }

    /// The mutants of rules in memory.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    pub fn mutants_from_texts<'t>(
        &self,
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Mutants, LoadError> {
        let sources = texts
            .into_iter()
            .map(|(name, text)| Source::new(name, text))
            .collect();
        Mutants::of(sources, Findings::new(), &self.limits)
    }
}

impl Mutants {
    /// The mutants of the built-in rules.
    ///
    /// # Errors
    /// None: the tests of this crate load them. The signature is that of every load.
    pub fn builtin() -> Result<Self, LoadError> {
        Loader::new().builtin_mutants()
    }

    /// The mutants of the rule files and scripts of a folder.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    ///
    /// ```
    /// let mutants = clio_rules::fixtures::Mutants::from_folder("rules")?;
    /// assert!(mutants.iter().count() > 100);
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn from_folder(folder: impl AsRef<Path>) -> Result<Self, LoadError> {
        Loader::new().mutants_from_folder(folder)
    }

    /// The mutants of rules in memory, as for [`Rulebook::from_texts`].
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    pub fn from_texts<'t>(
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Self, LoadError> {
        Loader::new().mutants_from_texts(texts)
    }

    fn of(
        sources: Vec<Arc<Source>>,
        findings: Findings,
        limits: &Limits,
    ) -> Result<Self, LoadError> {
        let rulebook = Rulebook::from_sources(&sources, yaml::read, limits, findings)?;
        let mut list = Vec::new();
        for compiled in rulebook.compiled() {
            let known = DeclaredNames::of(compiled);
            let rules = compiled.product.place.source();
            for (file, source) in sources.iter().enumerate() {
                let is_rules = Arc::ptr_eq(source, rules);
                if is_rules || is_script(source.name()) && has_stem_of(source, rules) {
                    list.extend(mutated(file, source, is_rules, &known));
                }
            }
        }
        list.sort_by(|one, other| one.mutant.cmp(&other.mutant));
        Ok(Self {
            rulebook,
            sources,
            list,
        })
    }

    /// The original rules.
    pub fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// The mutants, by file and place.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Mutant> {
        self.list.iter().map(|mutated| &mutated.mutant)
    }
}

/// The mutants of one file, each text once.
fn mutated(
    file: usize,
    source: &Arc<Source>,
    is_rules: bool,
    known: &DeclaredNames,
) -> Vec<MutantText> {
    let mut drafts = MutantDrafts::of(source);
    if !is_rules {
        script::file(&mut drafts, known);
    } else if let Some(node) = yaml::read_once(source, &Limits::default(), &mut Findings::new()) {
        let mut writer = DraftWriter {
            drafts: &mut drafts,
            known,
        };
        writer.file(&node);
    }
    let mut seen = HashSet::new();
    let drafts = drafts.list.into_iter().filter_map(|draft| {
        let text = draft.applied(source)?;
        let mutant = Mutant {
            operator: draft.operator,
            place: source.place(draft.span),
            from: draft.from,
            to: draft.to,
        };
        Some(MutantText { mutant, file, text })
    });
    drafts
        .filter(|draft| seen.insert(draft.text.clone()))
        .collect()
}

impl DeclaredNames {
    fn of(compiled: &CompiledProduct) -> Self {
        let product = &compiled.product;
        let words = |domain: &crate::value::Domain| domain.words().map(str::to_owned).collect();
        let settings: Vec<(String, Vec<String>)> = product
            .settings
            .iter()
            .map(|setting| (setting.id.to_string(), words(&setting.domain)))
            .collect();
        let facts = product.facts.iter().map(|fact| &fact.domain);
        let arguments = Argument::ALL
            .into_iter()
            .filter_map(|argument| product.argument_domain(argument));
        let settings_first = product.settings.iter().map(|setting| &setting.domain);
        let inputs = settings_first.chain(facts).chain(arguments);
        Self {
            roles: product
                .roles
                .iter()
                .map(|role| role.id.to_string())
                .collect(),
            settings,
            changes: product
                .changes
                .iter()
                .map(|change| change.id.to_string())
                .collect(),
            words: inputs
                .filter(|domain| !domain.is_flag())
                .map(words)
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests;
