//! Bytes → batch line: every line that is not blank is answered by one line that says what came of it, however the
//! stream is cut, and whichever of the two readers looks at it. The same of records of comma-separated values.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::LazyLock;

use clio_rules::Firm;
use clio_rules::batch::{Batch, BatchError, BatchFormat};
use clio_rules::protocol::World;
use serde_json::value::RawValue;

use super::firm::BUILTIN;

static FIRM: LazyLock<Firm> = LazyLock::new(|| Firm::example(&BUILTIN).expect("it is built in"));

/// Bytes that are handed out a few at a time.
struct Slowly<'b> {
    bytes: &'b [u8],
    step: usize,
}

impl Read for Slowly<'_> {
    fn read(&mut self, place: &mut [u8]) -> io::Result<usize> {
        let step = self.step.min(place.len());
        (&self.bytes[..step.min(self.bytes.len())])
            .read(place)
            .inspect(|read| self.bytes = &self.bytes[*read..])
    }
}

/// Any bytes.
pub fn holds(bytes: &[u8]) {
    lines_are_answered(bytes);
    records_are_answered(bytes);
}

fn lines_are_answered(bytes: &[u8]) {
    let (all, out) = answer_lines(bytes, usize::MAX);
    for step in [1, 7, 61] {
        assert_eq!(
            (all, &out),
            (answer_lines(bytes, step).0, &answer_lines(bytes, step).1),
            "in steps of {step}"
        );
    }
    are_answered(bytes, all, &out);
}

/// Each line has its reply, and `all` says whether all of them could be asked.
pub fn are_answered(bytes: &[u8], all: bool, out: &[u8]) {
    let out = std::str::from_utf8(out).expect("answers are text");
    let replies: Vec<&str> = out.lines().collect();
    let asked = lines(bytes);
    assert_eq!(asked.len(), replies.len(), "{out}");
    let mut refused = 0;
    for (line, reply) in asked.iter().zip(&replies) {
        let entries = entries(reply);
        let is_refused = entries.contains_key("error");
        let said = ["error", "decision", "verdict"]
            .iter()
            .filter(|key| entries.contains_key(**key));
        assert_eq!(said.count(), 1, "{reply}");
        refused += usize::from(is_refused);
        if !is_refused {
            readers_agree(line, &entries);
        }
    }
    assert_eq!(all, refused == 0);
}

/// The quick reader takes no escapes: with one in it, the same line goes to the strict one.
fn readers_agree(line: &[u8], entries: &BTreeMap<String, String>) {
    let line = std::str::from_utf8(line).expect("it was answered");
    if line.contains("\"user\":") {
        let escaped = line.replacen("\"user\":", "\"\\u0075ser\":", 1);
        let (_, out) = answer_lines(escaped.as_bytes(), usize::MAX);
        let reply = String::from_utf8(out).expect("answers are text");
        assert_eq!(
            &self::entries(reply.trim_end_matches('\n')),
            entries,
            "{line}"
        );
    }
}

/// The lines that are not blank; a mark in front of the first one does not count.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        // Of a line that is no text the mark is not looked at.
        Some(rest)
            if std::str::from_utf8(
                rest.split(|byte| *byte == b'\n').next().unwrap_or_default(),
            )
            .is_ok() =>
        {
            rest
        }
        _ => bytes,
    };
    let lines = bytes.split(|byte| *byte == b'\n');
    lines.filter(|line| !line.trim_ascii().is_empty()).collect()
}

fn entries(reply: &str) -> BTreeMap<String, String> {
    let entries: BTreeMap<String, &RawValue> =
        serde_json::from_str(reply).unwrap_or_else(|error| panic!("{error}: {reply}"));
    entries
        .into_iter()
        .map(|(key, value)| (key, value.get().to_owned()))
        .collect()
}

fn answer_lines(bytes: &[u8], step: usize) -> (bool, Vec<u8>) {
    answer(bytes, step, BatchFormat::Jsonl).expect("bytes can be read")
}

/// The replies to a stream that comes in so many bytes at a time, and whether all of it could be asked.
fn answer(bytes: &[u8], step: usize, format: BatchFormat) -> Result<(bool, Vec<u8>), BatchError> {
    let mut out = Vec::new();
    let batch = Batch::new(World::new(&FIRM)).format(format);
    let all = batch.answer(Slowly { bytes, step }, &mut out)?;
    Ok((all, out))
}

fn records_are_answered(bytes: &[u8]) {
    let Some((all, out)) = answer_records(bytes, usize::MAX) else {
        assert!(
            [1, 7, 61]
                .iter()
                .all(|step| answer_records(bytes, *step).is_none())
        );
        return;
    };
    for step in [1, 7, 61] {
        assert_eq!(
            answer_records(bytes, step),
            Some((all, out.clone())),
            "in steps of {step}"
        );
    }
    are_a_table(all, &out);
}

/// Other readers see as many cells in each record as there are columns, and `all` says whether all could be asked.
pub fn are_a_table(all: bool, out: &[u8]) {
    let mut table = ::csv::ReaderBuilder::new().flexible(false).from_reader(out);
    let headers = table.headers().expect("there is a header").clone();
    let error = headers.iter().position(|name| name == "error.code");
    let mut refused = false;
    for record in table.records() {
        let record =
            record.unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(out)));
        refused |= error.is_some_and(|error| !record[error].is_empty());
    }
    assert_eq!(all, !refused, "{}", String::from_utf8_lossy(out));
}

/// The answers to a table; none where its header is refused, or there is none.
fn answer_records(bytes: &[u8], step: usize) -> Option<(bool, Vec<u8>)> {
    match answer(bytes, step, BatchFormat::Csv) {
        Ok((_, out)) if out.is_empty() => None,
        Ok(answered) => Some(answered),
        Err(BatchError::Header(_)) => None,
        Err(error) => panic!("{error}"),
    }
}
