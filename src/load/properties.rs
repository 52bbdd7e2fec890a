//! Properties from files: promises about rules, in addition to those of the rule files.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use crate::disk;
use crate::finding::{Finding, Findings, LoadError, names as unknown, property as codes};
use crate::link::PropertyLinker;
use crate::read::rule_file::PropertyFile;
use crate::rulebook::{Properties, Rulebook};
use crate::text::Source;
use crate::yaml::{self, Decode, DecodeContext, OneOrMany};

impl Properties {
    /// Reads a file of properties.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found, each with its place.
    pub fn from_file(rulebook: &Rulebook, path: impl AsRef<Path>) -> Result<Self, LoadError> {
        let mut findings = Findings::new();
        let limit = rulebook.limits().rule_file_bytes;
        let source = disk::read_text(path.as_ref(), limit, &mut findings);
        Self::read(rulebook, source, findings)
    }

    /// Reads properties from a stream, such as standard input, to its end. `name` is what messages call it.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found, each with its place.
    pub fn from_reader(
        rulebook: &Rulebook,
        name: &str,
        reader: impl Read,
    ) -> Result<Self, LoadError> {
        let mut findings = Findings::new();
        let limit = rulebook.limits().rule_file_bytes;
        let source = disk::read_stream(name, reader, limit, &mut findings);
        Self::read(rulebook, source, findings)
    }

    /// Reads properties from memory. `name` is what messages call the text.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found, each with its place.
    pub fn from_text(rulebook: &Rulebook, name: &str, text: &str) -> Result<Self, LoadError> {
        let mut findings = Findings::new();
        let limit = rulebook.limits().rule_file_bytes;
        let source = yaml::decode_text(name, text.as_bytes().to_vec(), limit, &mut findings);
        Self::read(rulebook, source, findings)
    }

    fn read(
        rulebook: &Rulebook,
        source: Option<Arc<Source>>,
        mut findings: Findings,
    ) -> Result<Self, LoadError> {
        let properties = source.and_then(|source| link(rulebook, &source, &mut findings));
        match properties {
            Some(properties) if !findings.has_errors() => Ok(properties),
            _ => Err(LoadError::new(findings)),
        }
    }
}

fn link(rulebook: &Rulebook, source: &Arc<Source>, findings: &mut Findings) -> Option<Properties> {
    let node = yaml::read(source, rulebook.limits(), findings)?;
    let files = OneOrMany::<PropertyFile>::decode(&node, &mut DecodeContext { source, findings })?;
    let mut properties = Properties {
        list: Vec::new(),
        stamp: rulebook.stamp(),
    };
    for file in &files.0 {
        let Some(number) = rulebook.product_number(&file.product.value) else {
            let place = Some(source.place(file.product.span));
            let finding = Finding::new(&unknown::UNKNOWN_PRODUCT, place, &[&file.product.value]);
            findings.push_with(finding, |finding| {
                finding.with_nearest(&file.product.value, rulebook.products())
            });
            continue;
        };
        let Some(compiled) = rulebook.product(number) else {
            continue;
        };
        let product = &compiled.product;
        for (id, entry) in &file.properties.0 {
            let mut added = properties.list.iter().filter(|(of, _)| *of == number);
            if let Some((_, first)) = added.find(|(_, known)| *known.id == *id.value) {
                let words: [&dyn std::fmt::Display; 2] = [&id.value, &product.title];
                let place = Some(source.place(id.span));
                let twice = Finding::new(&codes::PROPERTY_TWICE, place, &words);
                findings.push(twice.with_label(first.place.clone(), "first here"));
                continue;
            }
            let mut promises = PropertyLinker {
                product,
                source,
                findings,
            };
            let property = promises.property(id, entry);
            properties
                .list
                .extend(property.map(|property| (number, property)));
        }
    }
    Some(properties)
}
