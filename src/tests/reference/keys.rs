//! Keys: what the readers of each kind of file know, and what the reference says of it.

use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;

use super::document::{DocumentPart, parts, prose_and_blocks, spans};
use super::schema;
use super::shape::{KeyRecords, KeyShape, ValueForm, path_of, records};
use crate::SchemaKind;
use crate::load::changes::PartEntry;

const RULE_FILES: &str = "Rule files";

/// The chapters about files, and what their readers know.
fn chapters() -> [(&'static str, KeyRecords); 5] {
    let of_kind = |kind| match kind {
        SchemaKind::Rulebook => RULE_FILES,
        SchemaKind::Firm => "Firm files",
        SchemaKind::Fixture => "Fixture suites",
        SchemaKind::Properties => "Files of properties",
        #[cfg(feature = "protocol")]
        SchemaKind::Request | SchemaKind::Reply => "Requests and replies",
    };
    let [rules, firm, fixture, properties] =
        SchemaKind::ALL.map(|kind| (of_kind(kind), records(&schema(kind))));
    let part = schemars::schema_for!(PartEntry).to_value();
    [
        rules,
        firm,
        fixture,
        properties,
        ("Lists of changes", records(&part)),
    ]
}

/// The tables of keys of a chapter, with the paths that their headings name.
fn documented<'p>(
    parts: &'p [DocumentPart],
    chapter: &str,
) -> Vec<(Vec<String>, &'p DocumentPart)> {
    let has_keys = |part: &&DocumentPart| {
        part.tables
            .first()
            .is_some_and(|table| table.head[0] == "Key")
    };
    let of_chapter = parts.iter().filter(|part| part.chapter == chapter);
    of_chapter
        .filter(has_keys)
        .map(|part| {
            let paths: Vec<String> = spans(&part.heading)
                .iter()
                .map(|path| path_of(path))
                .collect();
            let root = vec![String::new()];
            (if paths.is_empty() { root } else { paths }, part)
        })
        .collect()
}

/// How much of a record's path a heading names; nothing where it names another.
fn named(record: &str, heading: &str) -> Option<usize> {
    let is_whole = record == heading;
    let is_end = !heading.is_empty() && record.ends_with(&format!(".{heading}"));
    (is_whole || is_end).then_some(heading.len())
}

/// The heading that a record is documented under.
fn heading_of<'d, 'p>(
    record: &str,
    documented: &'d [(Vec<String>, &'p DocumentPart)],
) -> Option<&'d (Vec<String>, &'p DocumentPart)> {
    let closeness = |(paths, _): &(Vec<String>, &DocumentPart)| {
        paths.iter().filter_map(|path| named(record, path)).max()
    };
    let fitting = documented.iter().filter(|one| closeness(one).is_some());
    fitting.max_by_key(|one| closeness(one))
}

#[test]
fn every_key_of_every_file_is_documented_and_no_other() {
    let parts = parts();
    let rules = documented(&parts, RULE_FILES);
    let mut used = BTreeSet::new();
    let mut wrong = Vec::new();
    for (chapter, records) in chapters() {
        let own = documented(&parts, chapter);
        for (path, keys) in &records {
            // A file of properties refers to the rule files for what they share.
            let found = heading_of(path, &own)
                .or_else(|| heading_of(path, &rules).filter(|_| chapter == "Files of properties"));
            let Some((_, part)) = found else {
                wrong.push(format!("{chapter}: nothing about the map at `{path}`"));
                continue;
            };
            used.insert((part.chapter.clone(), part.heading.clone()));
            compare(part, path, keys, &mut wrong);
        }
        for (_, part) in own {
            if !used.contains(&(part.chapter.clone(), part.heading.clone())) {
                wrong.push(format!("{chapter}: nothing is at {:?}", part.heading));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Every path that a heading names is that of a map.
#[test]
fn every_heading_names_a_place_that_there_is() {
    let parts = parts();
    for (chapter, records) in chapters() {
        for (paths, part) in documented(&parts, chapter) {
            for path in paths {
                let is_there = records.keys().any(|record| named(record, &path).is_some());
                assert!(is_there, "{chapter}: {:?} names `{path}`", part.heading);
            }
        }
    }
}

fn compare(
    part: &DocumentPart,
    path: &str,
    keys: &BTreeMap<String, KeyShape>,
    wrong: &mut Vec<String>,
) {
    let rows: BTreeMap<String, &Vec<String>> = part.tables[0]
        .rows
        .iter()
        .map(|row| (spans(&row[0]).concat(), row))
        .collect();
    let at = format!("{}: {}", part.chapter, part.heading);
    for key in rows.keys().filter(|key| !keys.contains_key(*key)) {
        wrong.push(format!("{at}: there is no key `{key}` at `{path}`"));
    }
    for (key, shape) in keys {
        let Some(row) = rows.get(key) else {
            wrong.push(format!("{at}: the key `{key}` at `{path}` is missing"));
            continue;
        };
        let [_, stands, without, meaning] = row.as_slice() else {
            wrong.push(format!("{at}: the row of `{key}` has not four cells"));
            continue;
        };
        // Values of a setting and their default are its author's.
        let is_chosen = key.chars().all(char::is_uppercase);
        let kind = match &shape.kind {
            ValueForm::Words(_) if is_chosen => &ValueForm::Text,
            kind => kind,
        };
        if !says(stands, kind) {
            wrong.push(format!("{at}: `{key}` is {kind:?}, not {stands}"));
        }
        if shape.required != (without == "**required**") {
            wrong.push(format!("{at}: `{key}` without it: {without}"));
        }
        let default = shape.default.as_ref().filter(|_| !is_chosen);
        let default = default.map(|default| format!("`{default}`"));
        if default.is_some_and(|default| *without != default) {
            wrong.push(format!("{at}: the default of `{key}` is not {without}"));
        }
        if meaning.is_empty() {
            wrong.push(format!("{at}: `{key}` means nothing"));
        }
    }
}

/// Whether the words of a cell are those for a kind of value.
fn says(cell: &str, kind: &ValueForm) -> bool {
    let starts = |words: &[&str]| words.iter().any(|word| cell.starts_with(word));
    match kind {
        ValueForm::Text => starts(&["text", "id", "number"]),
        ValueForm::Words(words) => spans(cell) == *words && cell.starts_with('`'),
        ValueForm::Flag => cell == "`true` or `false`",
        ValueForm::Condition => cell == "condition",
        ValueForm::Map => cell == "map",
        ValueForm::ById => starts(&["by id: ", "map"]),
        ValueForm::List => starts(&["list of "]),
        ValueForm::OneOrMany => starts(&["one or a list of "]),
        ValueForm::Either => starts(&["list or text", "list or map", "text or map"]),
    }
}

/// Each key of a rule file stands in an example, which loads.
#[test]
fn every_key_of_a_rule_file_is_in_an_example() {
    let (_, blocks) = prose_and_blocks();
    let [(_, rules), (_, firm), .., (_, changes)] = chapters();
    let keys = [rules, firm, changes]
        .into_iter()
        .flat_map(|records| records.into_values().flat_map(BTreeMap::into_keys));
    let missing: BTreeSet<String> = keys
        .filter(|key| key.chars().any(char::is_lowercase))
        .filter(|key| {
            let written = format!("{key}:");
            let is_part = |c: char| c.is_alphanumeric() || c == '_';
            let mut places = blocks.match_indices(&written);
            !places.any(|(at, _)| !blocks[..at].ends_with(is_part))
        })
        .collect();
    assert_eq!(missing, BTreeSet::new());
}

/// Every word that is a key of some file, or one of the values that a key can have.
pub(super) fn all_words() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (key, shape) in chapters()
        .into_iter()
        .flat_map(|(_, records)| records.into_values().flatten())
    {
        words.insert(key);
        if let ValueForm::Words(values) = shape.kind {
            words.extend(values);
        }
    }
    words
}

/// The keys whose default the reference gives as a value, with the heading they stand under.
pub(super) fn defaults() -> BTreeSet<(String, String, String)> {
    let mut defaults = BTreeSet::new();
    let parts = parts();
    for (chapter, _) in chapters() {
        for (_, part) in documented(&parts, chapter) {
            for row in &part.tables[0].rows {
                let default = spans(&row[2]).concat();
                if row[2] == format!("`{default}`") {
                    let path = spans(&part.heading).join(", ");
                    defaults.insert((path, spans(&row[0]).concat(), default));
                }
            }
        }
    }
    defaults
}
