//! Annotations in SARIF 2.1.0, which code scanning and editors read.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::places::AnnotationPlace;
use super::{Annotation, Annotations};
use crate::finding::Code;
use crate::render::explain::without_words;
use crate::render::renderer::RenderSarif;
use crate::text::character::harmless;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

impl RenderSarif for Annotations {
    fn write_sarif(&self, to: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer(&mut *to, &log(self))?;
        to.write_all(b"\n")
    }
}

/// What is in a file is a result. What is in none is about the run, and code scanning refuses results without a place.
fn log(annotations: &Annotations) -> Value {
    let (results, notes): (Vec<&Annotation>, Vec<&Annotation>) = annotations
        .list
        .iter()
        .partition(|annotation| annotation.place.is_some());
    let (rules, kinds) = (descriptors(&results), descriptors(&notes));
    let mut notifications: Vec<Value> = notes
        .iter()
        .map(|note| notification(note, &kinds))
        .collect();
    if annotations.beyond > 0 {
        let text = format!("and {} more", annotations.beyond);
        notifications.push(json!({"level": "note", "message": message(&text)}));
    }
    let mut prints = Fingerprints::default();
    let results: Vec<Value> = results
        .iter()
        .map(|annotation| result(annotation, &rules, &mut prints))
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": "https://docs.rs/clio-rules",
                "rules": rules.iter().map(|code| descriptor(code)).collect::<Vec<_>>(),
                "notifications": kinds.iter().map(|code| descriptor(code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": !notes.iter().any(|note| note.is_error()),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    })
}

/// The codes that occur, each once, in the order of their names.
fn descriptors(annotations: &[&Annotation]) -> Vec<&'static Code> {
    let mut codes: Vec<&'static Code> = annotations.iter().map(|one| one.code).collect();
    codes.sort_unstable_by_key(|code| code.name());
    codes.dedup();
    codes
}

fn descriptor(code: &Code) -> Value {
    let help = match code.help() {
        Some(help) => format!("{}\n\n{help}", code.explanation()),
        None => code.explanation().to_owned(),
    };
    json!({
        "id": code.name(),
        "shortDescription": message(&without_words(code.text())),
        "fullDescription": message(code.explanation()),
        "help": message(&help),
        "defaultConfiguration": {"level": code.severity().to_string()},
    })
}

/// Where a code stands among the descriptors.
fn index(code: &Code, codes: &[&'static Code]) -> Option<usize> {
    codes.iter().position(|known| *known == code)
}

fn notification(note: &Annotation, kinds: &[&'static Code]) -> Value {
    json!({
        "descriptor": {"id": note.code.name(), "index": index(note.code, kinds)},
        "level": note.code.severity().to_string(),
        "message": message(&words(note)),
    })
}

fn result(annotation: &Annotation, rules: &[&'static Code], prints: &mut Fingerprints) -> Value {
    let place = annotation.place.iter();
    let related = annotation.related.iter().enumerate();
    let related = related.map(|(id, (place, text))| {
        json!({"id": id, "physicalLocation": physical(place), "message": message(text)})
    });
    json!({
        "ruleId": annotation.code.name(),
        "ruleIndex": index(annotation.code, rules),
        "level": annotation.code.severity().to_string(),
        "message": message(&words(annotation)),
        "locations": place.map(|place| json!({"physicalLocation": physical(place)})).collect::<Vec<_>>(),
        "relatedLocations": related.collect::<Vec<_>>(),
        "partialFingerprints": {"clioRules/v1": prints.of(annotation)},
    })
}

/// As a finding prints.
fn words(annotation: &Annotation) -> String {
    match &annotation.help {
        Some(help) => format!("{}; {help}", annotation.message),
        None => annotation.message.clone(),
    }
}

/// A text as SARIF writes it: braces are doubled, so that they are no placeholders, and nothing is a link.
fn message(text: &str) -> Value {
    let text: String = text.chars().map(harmless).collect();
    let text = text.replace('{', "{{").replace('}', "}}");
    json!({"text": text.replace("](", "] (")})
}

fn physical(place: &AnnotationPlace) -> Value {
    let mut region = json!({"startLine": place.line});
    if let (Some(region), Some(column)) = (region.as_object_mut(), place.column) {
        region.insert("startColumn".to_owned(), column.into());
        if let Some((line, column)) = place.end {
            region.insert("endLine".to_owned(), line.into());
            region.insert("endColumn".to_owned(), column.into());
        }
    }
    let uri = uri(&place.file);
    let artifact = if place.file.starts_with('/') {
        json!({"uri": format!("file://{uri}")})
    } else {
        json!({"uri": uri, "uriBaseId": "%SRCROOT%"})
    };
    json!({"artifactLocation": artifact, "region": region})
}

/// A path as a part of an address.
fn uri(path: &str) -> String {
    path.bytes().fold(String::new(), |mut uri, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
        uri
    })
}

/// Marks by which the same result is recognised in a later run, wherever its line has moved to.
#[derive(Default)]
struct Fingerprints {
    /// How many had this mark so far.
    known: HashMap<u64, usize>,
}

impl Fingerprints {
    fn of(&mut self, annotation: &Annotation) -> String {
        let file = annotation.place.as_ref().map_or("", |place| &place.file);
        let parts = [annotation.code.name(), file, &annotation.identity];
        let print = hash(parts.join("\0").as_bytes());
        let count = self.known.entry(print).or_default();
        *count += 1;
        format!("{print:016x}:{count}")
    }
}

/// FNV-1a, which is the same in every version of the standard library.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
