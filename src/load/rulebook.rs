//! Rule files and scripts to rulebooks.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::disk::{self, FileKind};
use crate::explore::compile::{bound_rulings, compile};
use crate::finding::{Finding, Findings, LoadError, rules as codes};
use crate::limits::Limits;
use crate::link::{ProductDraft, link};
use crate::read::rule_file::RuleFile;
use crate::rulebook::Rulebook;
use crate::script::Sandbox;
use crate::text::{Source, Span};
use crate::yaml::{self, Decode, DecodeContext};

/// How a rule file becomes a tree.
pub(crate) type ReadFile = fn(&Arc<Source>, &Limits, &mut Findings) -> Option<yaml::Node>;

/// A product that was linked, and the files it came from.
pub(crate) struct LoadedProduct {
    pub(crate) draft: ProductDraft,
    pub(crate) script: Option<Arc<Source>>,
}

impl Rulebook {
    pub(crate) fn from_sources(
        sources: &[Arc<Source>],
        read: ReadFile,
        limits: &Limits,
        mut findings: Findings,
    ) -> Result<Self, LoadError> {
        let sandbox = Sandbox::new(limits);
        let loaded = link_all(sources, read, &sandbox, limits, &mut findings);
        let mut products = Vec::new();
        for LoadedProduct { draft, script } in loaded {
            products.extend(compile(
                draft,
                script.as_ref(),
                &sandbox,
                limits,
                &mut findings,
            ));
        }
        bound_rulings(&products, &mut findings);
        if findings.has_errors() {
            return Err(LoadError::new(findings));
        }
        Ok(Self::of(products, findings, limits.clone()))
    }

    /// Whether a folder holds rule files. A folder that exists but cannot be listed counts as holding some: loading it then says
    /// what is wrong.
    ///
    /// ```
    /// assert!(clio_rules::Rulebook::is_in("rules"));
    /// assert!(!clio_rules::Rulebook::is_in("no/such/folder"));
    /// ```
    pub fn is_in(folder: impl AsRef<Path>) -> bool {
        disk::holds(folder.as_ref(), RULES, &RULE_FILES)
    }

    /// The rule files and scripts of a folder, sorted by name. A folder that cannot be listed has none.
    ///
    /// ```
    /// let files = clio_rules::Rulebook::files_in("rules");
    /// assert!(files.iter().any(|file| file.ends_with("manage.rhai")));
    /// ```
    pub fn files_in(folder: impl AsRef<Path>) -> Vec<PathBuf> {
        disk::files(folder.as_ref(), RULE_FILES.endings)
    }

    /// A warning for each thing in a folder that looks like a rule file, a script or a folder of rule files, and is not read.
    ///
    /// ```
    /// assert!(clio_rules::Rulebook::not_read_in("rules").is_empty());
    /// ```
    pub fn not_read_in(folder: impl AsRef<Path>) -> Findings {
        disk::left_out(folder.as_ref(), &RULE_FILES)
    }
}

/// Endings of rule files and of scripts.
const RULES: &[&str] = &["yaml", "yml"];
const SCRIPTS: &[&str] = &["rhai"];

/// What is read of a folder of rules.
const RULE_FILES: FileKind = FileKind {
    nouns: ["rule file", "rule files"],
    endings: &["yaml", "yml", "rhai"],
    keys: &["product", "actions"],
    foreign_key: "tests",
};

fn limit_of(name: &str, limits: &Limits) -> usize {
    if is_script(name) {
        limits.script_bytes
    } else {
        limits.rule_file_bytes
    }
}

pub(crate) fn is_script(name: &str) -> bool {
    disk::has_ending(name, SCRIPTS)
}

/// A rule file or script from memory; none, with a finding, where it is too large or not text.
pub(super) fn read_text(
    name: &str,
    text: &str,
    limits: &Limits,
    findings: &mut Findings,
) -> Option<Arc<Source>> {
    yaml::decode_text(
        name,
        text.as_bytes().to_vec(),
        limit_of(name, limits),
        findings,
    )
}

/// The rule files and scripts of a folder that can be read. Each of the others has a finding.
pub(crate) fn read_folder(
    folder: &Path,
    limits: &Limits,
    findings: &mut Findings,
) -> Vec<Arc<Source>> {
    let files = disk::list(folder, RULE_FILES.endings, limits.files, findings).unwrap_or_default();
    if files.is_empty() && !findings.has_errors() {
        findings.append(disk::left_out(folder, &RULE_FILES));
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
) -> Vec<LoadedProduct> {
    let (scripts, rules): (Vec<_>, Vec<_>) =
        sources.iter().partition(|source| is_script(source.name()));
    if rules.is_empty() && !findings.has_errors() {
        findings.push(Finding::new(&codes::NO_RULE_FILES, None, &[&"this set"]));
    }
    // What a script with two versions of a function means, nobody knows.
    let conflicts: Vec<Finding> = scripts.iter().filter_map(|it| yaml::conflict(it)).collect();
    let has_conflicts = !conflicts.is_empty();
    conflicts
        .into_iter()
        .for_each(|finding| findings.push(finding));
    if has_conflicts {
        return Vec::new();
    }
    let mut loaded: Vec<LoadedProduct> = Vec::new();
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
            None => loaded.push(LoadedProduct { draft, script }),
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
) -> Option<ProductDraft> {
    let node = read(source, limits, findings)?;
    let file = RuleFile::decode(&node, &mut DecodeContext { source, findings })?;
    link(&file, source, script, sandbox, findings)
}
