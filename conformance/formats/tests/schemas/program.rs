//! What the program says of a file.

use std::collections::BTreeSet;

use clio_rules::fixtures::Suites;
use clio_rules::protocol::Request;
use clio_rules::{Finding, Findings, Firm, LoadError, Properties, Rulebook, SchemaKind, Severity};
use serde_json::Value;

use crate::seeds::Seed;

/// The readers of one kind of file.
pub(crate) struct Program {
    kind: SchemaKind,
    rulebook: Rulebook,
}

impl Program {
    pub(crate) fn new(kind: SchemaKind, rulebook: Rulebook) -> Self {
        Self { kind, rulebook }
    }

    /// The codes for which a file is refused; none where it is accepted. The file is read as JSON, which is YAML.
    pub(crate) fn refusals(&self, seed: &Seed, value: &Value) -> BTreeSet<String> {
        let text = value.to_string();
        let beside = seed
            .beside
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        let rulebook = &self.rulebook;
        match self.kind {
            SchemaKind::Rulebook => {
                refused(Rulebook::from_texts(beside.chain([(&*seed.name, &*text)])))
            }
            SchemaKind::Firm => refused(Firm::from_text(rulebook, &seed.name, &text)),
            SchemaKind::Properties => refused(Properties::from_text(rulebook, &seed.name, &text)),
            SchemaKind::Fixture => {
                match Suites::from_texts(beside.chain([(&*seed.name, &*text)])) {
                    Ok(suites) => codes(suites.check(rulebook).iter()),
                    Err(error) => codes(error.findings().iter()),
                }
            }
            SchemaKind::Request => codes(Request::from_json(&text).err().iter()),
            SchemaKind::Reply => panic!("nobody sends replies to the program"),
        }
    }
}

fn refused<T>(loaded: Result<T, LoadError>) -> BTreeSet<String> {
    let findings = loaded.err().map(LoadError::into_findings);
    codes(findings.iter().flat_map(Findings::iter))
}

fn codes<'f>(findings: impl Iterator<Item = &'f Finding>) -> BTreeSet<String> {
    let errors = findings.filter(|finding| finding.severity() == Severity::Error);
    errors
        .map(|finding| finding.code().name().to_owned())
        .collect()
}
