//! Rulebooks: rule files and scripts in, decisions that cannot fail out.

use std::num::NonZeroU32;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::answer::Directory;
use crate::disk;
use crate::explore::compile::{Compiled, bound_rulings, compile};
use crate::explore::lookup::Lookups;
use crate::finding::{Finding, Findings, rules as codes};
use crate::limits::Limits;
use crate::link::product::ActionId;
use crate::link::{Draft, link};
use crate::name::are_same;
use crate::read::rule_file::RuleFile;
use crate::script::Sandbox;
use crate::text::{Place, Source, Span};
use crate::yaml::{self, Cx, Decode};

/// A file or set of files that was refused, with everything that is wrong with it.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{findings}")]
pub struct LoadError {
    findings: Findings,
}

impl LoadError {
    pub(crate) fn new(findings: Findings) -> Self {
        Self { findings }
    }

    /// What is wrong, warnings included.
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// What is wrong, taken out of the error.
    pub fn into_findings(self) -> Findings {
        self.findings
    }
}

/// The rules of one or more products, loaded and explored.
///
/// A rulebook that loads cannot fail: every script was run over every path, and answers come from
/// tables. It is cheap to clone and can be shared between threads.
///
/// ```
/// let rulebook = clio_rules::Rulebook::builtin()?;
/// assert_eq!(rulebook.products().collect::<Vec<_>>(), ["grow", "manage"]);
/// # Ok::<(), clio_rules::LoadError>(())
/// ```
#[derive(Clone)]
pub struct Rulebook {
    inner: Arc<Inner>,
}

struct Inner {
    /// Tells handles of one rulebook from those of another.
    stamp: NonZeroU32,
    products: Vec<Compiled>,
    /// The tables of all actions.
    lookups: Lookups,
    directory: Directory,
    /// Where a rule would stand that no product has.
    nowhere: Place,
    warnings: Findings,
    limits: Limits,
}

/// How a rule file becomes a tree.
pub(crate) type ReadFile = fn(&Arc<Source>, &Limits, &mut Findings) -> Option<yaml::Node>;

/// A product that was linked, and the files it came from.
pub(crate) struct Loaded {
    pub(crate) draft: Draft,
    pub(crate) script: Option<Arc<Source>>,
}

impl Rulebook {
    /// The rulebooks of Clio Manage and Clio Grow that come with this crate.
    ///
    /// # Errors
    /// None that the tests of this crate would let through; the signature is that of every load.
    pub fn builtin() -> Result<Self, LoadError> {
        Self::builtin_within(&Limits::default())
    }

    /// As [`Rulebook::builtin`], with limits of your own.
    ///
    /// # Errors
    /// None that the tests of this crate would let through, unless the limits are too tight for them.
    pub fn builtin_within(limits: &Limits) -> Result<Self, LoadError> {
        let texts = crate::builtin::RULES.iter();
        let sources: Vec<Arc<Source>> = texts
            .map(|(name, text)| Source::new(*name, *text))
            .collect();
        // The tests read the same files with both readers, so that nobody has to wait for it here.
        Self::from_sources(&sources, yaml::read_once, limits, Findings::new())
    }

    /// Every rule file (`.yaml`) of a folder with its script (`.rhai`).
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    ///
    /// ```
    /// let rulebook = clio_rules::Rulebook::from_folder("rules")?;
    /// assert!(rulebook.warnings().is_empty());
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn from_folder(folder: impl AsRef<Path>) -> Result<Self, LoadError> {
        Self::from_folder_within(folder, &Limits::default())
    }

    /// As [`Rulebook::from_folder`], with limits of your own.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    pub fn from_folder_within(
        folder: impl AsRef<Path>,
        limits: &Limits,
    ) -> Result<Self, LoadError> {
        let mut findings = Findings::new();
        let sources = read_folder(folder.as_ref(), limits, &mut findings);
        Self::from_sources(&sources, yaml::read, limits, findings)
    }

    /// Rule files and scripts from memory, as pairs of file name and text. The name's ending tells what a
    /// text is (`.yaml`, `.rhai`), and messages use it.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    ///
    /// ```
    /// let refused = clio_rules::Rulebook::from_texts([("door.yaml", "product: door\n")]);
    /// assert!(refused.is_err());
    /// ```
    pub fn from_texts<'t>(
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Self, LoadError> {
        Self::from_texts_within(texts, &Limits::default())
    }

    /// As [`Rulebook::from_texts`], with limits of your own.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    pub fn from_texts_within<'t>(
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
        limits: &Limits,
    ) -> Result<Self, LoadError> {
        let mut findings = Findings::new();
        let mut sources = Vec::new();
        for (name, text) in texts {
            let bytes = text.as_bytes().to_vec();
            sources.extend(yaml::decode_text(
                name,
                bytes,
                limit_of(name, limits),
                &mut findings,
            ));
        }
        Self::from_sources(&sources, yaml::read, limits, findings)
    }

    pub(crate) fn from_sources(
        sources: &[Arc<Source>],
        read: ReadFile,
        limits: &Limits,
        mut findings: Findings,
    ) -> Result<Self, LoadError> {
        let sandbox = Sandbox::new(limits);
        let loaded = link_all(sources, read, &sandbox, limits, &mut findings);
        let mut products = Vec::new();
        for Loaded { draft, script } in loaded {
            let parts = compile(&draft, script.as_ref(), &sandbox, limits, &mut findings);
            products.extend(parts.map(|parts| parts.join(draft.product)));
        }
        bound_rulings(&products, &mut findings);
        if findings.has_errors() {
            return Err(LoadError::new(findings));
        }
        let stamp = next_stamp();
        let lookups = Lookups::of(&products);
        let inner = Inner {
            stamp,
            directory: Directory::of(&products, &lookups, stamp),
            lookups,
            nowhere: Source::new("", "").place(Span::default()),
            products,
            warnings: findings,
            limits: limits.clone(),
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Whether a folder holds rule files. One that is there and cannot be listed counts as holding some, so that loading says
    /// what is wrong with it.
    ///
    /// ```
    /// assert!(clio_rules::Rulebook::is_in("rules"));
    /// assert!(!clio_rules::Rulebook::is_in("no/such/folder"));
    /// ```
    pub fn is_in(folder: impl AsRef<Path>) -> bool {
        disk::holds(folder.as_ref(), RULES)
    }

    /// Ids of the products, sorted.
    pub fn products(&self) -> impl Iterator<Item = &str> {
        self.inner
            .products
            .iter()
            .map(|compiled| &*compiled.product.id)
    }

    /// What looked suspicious when the rules were loaded.
    pub fn warnings(&self) -> &Findings {
        &self.inner.warnings
    }

    #[inline]
    pub(crate) fn stamp(&self) -> NonZeroU32 {
        self.inner.stamp
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    pub(crate) fn compiled(&self) -> &[Compiled] {
        &self.inner.products
    }

    #[inline]
    pub(crate) fn lookups(&self) -> &Lookups {
        &self.inner.lookups
    }

    /// A place for an answer without a ruling, which tables never hold.
    pub(crate) fn nowhere(&self) -> &Place {
        &self.inner.nowhere
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.inner.directory
    }

    /// The product of an action that is numbered through all products, and its number there.
    pub(crate) fn place_of(&self, action: u32) -> Option<(usize, ActionId)> {
        self.inner.lookups.place_of(action)
    }

    #[inline]
    pub(crate) fn product(&self, number: usize) -> Option<&Compiled> {
        self.inner.products.get(number)
    }

    /// Number of the product with this id.
    pub(crate) fn product_number(&self, id: &str) -> Option<usize> {
        self.inner
            .products
            .iter()
            .position(|compiled| are_same(compiled.product.id.as_bytes(), id.as_bytes()))
    }
}

impl std::fmt::Debug for Rulebook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rulebook")
            .field("products", &self.products().collect::<Vec<_>>())
            .finish()
    }
}

/// A number that no other rulebook and no other firm has.
pub(crate) fn next_stamp() -> NonZeroU32 {
    static STAMPS: AtomicU32 = AtomicU32::new(1);
    NonZeroU32::new(STAMPS.fetch_add(1, Ordering::Relaxed)).unwrap_or(NonZeroU32::MAX)
}

/// Endings of rule files and of scripts.
const RULES: &[&str] = &["yaml", "yml"];
const SCRIPTS: &[&str] = &["rhai"];

fn limit_of(name: &str, limits: &Limits) -> usize {
    if is_script(name) {
        limits.script_bytes
    } else {
        limits.rule_file_bytes
    }
}

pub(crate) fn is_script(name: &str) -> bool {
    ending(name).is_some_and(|ending| SCRIPTS.contains(&ending))
}

fn ending(name: &str) -> Option<&str> {
    Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str())
}

/// The rule files and scripts of a folder, as far as they can be read.
pub(crate) fn read_folder(
    folder: &Path,
    limits: &Limits,
    findings: &mut Findings,
) -> Vec<Arc<Source>> {
    let endings = [RULES, SCRIPTS].concat();
    let files = disk::list(folder, &endings, limits.files, findings).unwrap_or_default();
    if files.is_empty() && !findings.has_errors() {
        findings.push(Finding::new(
            &codes::NO_RULE_FILES,
            None,
            &[&format!("`{}`", folder.display())],
        ));
    }
    let read = |path: &std::path::PathBuf| {
        let limit = limit_of(&path.to_string_lossy(), limits);
        disk::read_text(path, limit, findings)
    };
    files.iter().filter_map(read).collect()
}

/// Links every rule file with the script of the same name. Products come sorted by id.
pub(crate) fn link_all(
    sources: &[Arc<Source>],
    read: ReadFile,
    sandbox: &Sandbox,
    limits: &Limits,
    findings: &mut Findings,
) -> Vec<Loaded> {
    let (scripts, rules): (Vec<_>, Vec<_>) =
        sources.iter().partition(|source| is_script(source.name()));
    if rules.is_empty() && !findings.has_errors() {
        findings.push(Finding::new(&codes::NO_RULE_FILES, None, &[&"this set"]));
    }
    let mut loaded: Vec<Loaded> = Vec::new();
    for source in &rules {
        let script = scripts
            .iter()
            .find(|script| has_stem_of(script, source))
            .map(|script| Arc::clone(script));
        let Some(draft) = link_file(source, read, script.as_ref(), sandbox, limits, findings)
        else {
            continue;
        };
        match loaded
            .iter()
            .find(|other| other.draft.product.id == draft.product.id)
        {
            Some(first) => {
                let place = Some(draft.product.place.clone());
                let finding = Finding::new(&codes::DUPLICATE_PRODUCT, place, &[&draft.product.id]);
                findings.push(finding.with_label(first.draft.product.place.clone(), "first here"));
            }
            None => loaded.push(Loaded { draft, script }),
        }
    }
    for script in scripts
        .iter()
        .filter(|script| !rules.iter().any(|rules| has_stem_of(rules, script)))
    {
        findings.report(
            &codes::SCRIPT_WITHOUT_RULES,
            script.place(Span::default()),
            &[],
        );
    }
    loaded.sort_by(|one, other| one.draft.product.id.cmp(&other.draft.product.id));
    loaded
}

/// Whether two files differ in their ending alone.
pub(crate) fn has_stem_of(one: &Source, other: &Source) -> bool {
    let stem = |source: &Source| Path::new(source.name()).with_extension("");
    stem(one) == stem(other)
}

fn link_file(
    source: &Arc<Source>,
    read: ReadFile,
    script: Option<&Arc<Source>>,
    sandbox: &Sandbox,
    limits: &Limits,
    findings: &mut Findings,
) -> Option<Draft> {
    let node = read(source, limits, findings)?;
    let file = RuleFile::decode(&node, &mut Cx { source, findings })?;
    link(&file, source, script, sandbox, findings)
}

#[cfg(test)]
mod tests;
