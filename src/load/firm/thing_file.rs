//! Things in files of their own: YAML, JSON, JSON lines and comma-separated values.

use std::path::{Component, Path};
use std::sync::Arc;

use super::firm_text::FirmText;
use super::kind::KindDeclarer;
use super::pieces::BoundedPieces;
use super::rows::{ThingEntry, ThingRow};
use super::thing_table;
use crate::disk;
use crate::finding::{Findings, firm as codes};
use crate::firm::assemble::SpannedStr;
use crate::text::{Source, Span};
use crate::yaml::{self, Decode, DecodeContext, Piece};

/// How a file of things is written.
#[derive(Clone, Copy)]
pub(super) enum ThingFormat {
    /// A list in YAML, or an array in JSON.
    List,
    /// An object of JSON on each line.
    Lines,
    /// Comma-separated values.
    Table,
}

impl ThingFormat {
    pub(super) fn of(name: &str) -> Option<Self> {
        let formats = [
            (Self::List, &["yaml", "yml", "json"][..]),
            (Self::Lines, &["jsonl", "ndjson"]),
            (Self::Table, &["csv"]),
        ];
        let mut formats = formats.into_iter();
        let known = formats.find(|(_, endings)| disk::has_ending(name, endings));
        known.map(|(format, _)| format)
    }
}

/// Reads the things of a file that a firm file names.
pub(super) fn read(name: &SpannedStr<'_>, text: FirmText<'_>, kind: &mut KindDeclarer<'_, '_>) {
    let path = Path::new(&*name.value);
    let is_inside = path
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let code = match (text.folder, ThingFormat::of(&name.value)) {
        (_, None) => &codes::UNKNOWN_FILE_KIND,
        _ if !is_inside => &codes::FILE_OUTSIDE,
        (None, _) => &codes::FILE_APART,
        (Some(folder), Some(format)) => {
            let limit = kind.limits().firm_bytes;
            let instead = text.instead.filter(|instead| instead.name == name.value);
            let read = match instead {
                Some(instead) => Some(Arc::clone(instead.source)),
                None => disk::read_text(&folder.join(path), limit, kind.findings()),
            };
            if let Some(source) = read {
                kind.enter(&source);
                match format {
                    ThingFormat::List => list(&source, kind),
                    ThingFormat::Lines => lines(&source, kind),
                    ThingFormat::Table => thing_table::read(&source, kind),
                }
            }
            return;
        }
    };
    kind.report(code, name.span, &[&name.value]);
}

/// A list of things, in one sweep as far as it is written as usual, and from there on closely.
fn list(source: &Arc<Source>, kind: &mut KindDeclarer<'_, '_>) {
    let limits = kind.limits();
    let mut taken = 0;
    let mut sweep = || {
        let mut pieces = BoundedPieces::new(source.text(), limits)?;
        pieces.next_is(&Piece::ListStart)?;
        while let Some(thing) = pieces.item()? {
            if !kind.add(&thing) {
                return Some(true);
            }
            taken += 1;
        }
        Some(pieces.quick.is_done())
    };
    if sweep() == Some(true) {
        return;
    }
    let Some(root) = yaml::read_once(source, limits, kind.findings()) else {
        return;
    };
    let cx = &mut DecodeContext {
        source,
        findings: kind.findings(),
    };
    let things = Vec::<ThingEntry>::decode(&root, cx).unwrap_or_default();
    let left = things.into_iter().skip(taken);
    left.map(ThingRow::from).all(|thing| kind.add(&thing));
}

/// A thing on each line.
fn lines(source: &Arc<Source>, kind: &mut KindDeclarer<'_, '_>) {
    let limits = kind.limits();
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        let at = start;
        start += line.len();
        if line.trim_ascii().is_empty() {
            continue;
        }
        let thing = match usual_line(line, limits) {
            Some(thing) => Some(thing),
            None => close_line(source, Span::new(at, start), kind),
        };
        let has_room = thing.is_none_or(|thing| kind.add(&thing.moved(at as u32)));
        if !has_room || kind.findings().errors() > limits.errors {
            return;
        }
    }
}

/// The thing of a line that is written as usual.
fn usual_line<'t>(line: &'t str, limits: &crate::limits::Limits) -> Option<ThingRow<'t>> {
    let mut pieces = BoundedPieces::new(line, limits)?;
    let thing = pieces.item()??;
    pieces.quick.is_done().then_some(thing)
}

/// The thing of any line that has one. What is found stands at its place in the file.
fn close_line(
    source: &Arc<Source>,
    line: Span,
    kind: &mut KindDeclarer<'_, '_>,
) -> Option<ThingRow<'static>> {
    let alone = Source::new(source.name(), source.slice(line));
    let mut findings = Findings::new();
    let node = yaml::read_once(&alone, kind.limits(), &mut findings);
    let thing = node.and_then(|node| {
        let cx = &mut DecodeContext {
            source: &alone,
            findings: &mut findings,
        };
        ThingEntry::decode(&node, cx)
    });
    kind.findings().append(findings.map(|finding| {
        let span = finding
            .place()
            .map(|place| place.span())
            .unwrap_or_default();
        let moved = Span {
            start: span.start + line.start,
            end: span.end + line.start,
        };
        finding.at(source.place(moved))
    }));
    thing.map(ThingRow::from)
}

#[cfg(test)]
mod tests;
