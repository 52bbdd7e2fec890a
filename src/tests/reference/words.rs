//! Everything else that the reference lists: operators, words of scripts, reserved words, limits; and that no word in it is unknown.

use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;

use super::document::{DocumentPart, part, parts, prose_and_blocks, spans};
use super::keys::all_words;
use super::schema;
use crate::SchemaKind;
use crate::limits::Limits;
use crate::name::{RESERVED, is_id};
use crate::script::callable;
use crate::value::Domain;

const SCRIPTS: &str = "Scripts: functions with a name";

/// What stands in code in the first cells of a part's table.
fn first_cells(part: &DocumentPart) -> BTreeSet<String> {
    let rows = part.tables[0].rows.iter();
    rows.flat_map(|row| spans(&row[0])).collect()
}

fn set<'w>(words: impl IntoIterator<Item = &'w str>) -> BTreeSet<String> {
    words.into_iter().map(str::to_owned).collect()
}

#[test]
fn the_operators_are_those_that_scripts_can_use() {
    assert_eq!(
        first_cells(&part("Operators")),
        set(callable().iter().copied())
    );
}

/// Each word of a script that the reference explains is tried in one of its examples.
#[test]
fn every_word_of_scripts_is_in_an_example() {
    let (_, blocks) = prose_and_blocks();
    let used: BTreeSet<&str> = blocks.split(|c: char| !c.is_ascii_alphabetic()).collect();
    let words = first_cells(&part(SCRIPTS));
    let missing: Vec<&String> = words
        .iter()
        .filter(|word| !used.contains(word.as_str()))
        .collect();
    assert_eq!(missing, Vec::<&String>::new());
    assert!(words.contains("switch"), "{words:?}");
}

/// What the engine would know and scripts cannot reach is what the list of reachable functions says, and is named.
#[test]
fn what_there_is_not_is_all_that_the_engine_would_know() {
    let listed = include_str!("../../script/tests/callable.txt");
    let (reached, barred) = listed
        .split_once("the engine knows, and no script may write:\n")
        .expect("it has two lists");
    let is_call = |line: &&str| {
        line.find('(')
            .is_some_and(|at| at > 0 && !line[..at].ends_with(' '))
    };
    assert_eq!(
        reached.lines().find(is_call),
        None,
        "scripts reach a function"
    );
    let (barred, _) = barred.split_once("\n\n").expect("a count follows");
    let name = |line: &str| match line.split(' ').nth(1) {
        Some(sign) if !is_call(&line) => sign.to_owned(),
        _ => line.split('(').next().unwrap_or_default().to_owned(),
    };
    let barred: BTreeSet<String> = barred.lines().map(name).collect();
    let (prose, _) = prose_and_blocks();
    let said = prose
        .split_once("### What there is not\n")
        .and_then(|(_, rest)| rest.split_once("\n## "))
        .map(|(said, _)| said.split("`in` only").next().unwrap_or_default())
        .expect("it says what there is not");
    let said: BTreeSet<String> = spans(said)
        .into_iter()
        .filter(|span| span != "in")
        .collect();
    assert_eq!(said, barred);
}

#[test]
fn reserved_words_are_all_listed() {
    let (prose, _) = prose_and_blocks();
    let listed = prose
        .split_once("which mean something to Rhai or to the program:\n")
        .and_then(|(_, rest)| rest.split_once("\n## "))
        .map(|(listed, _)| spans(listed))
        .expect("it lists them");
    assert_eq!(listed, RESERVED);
}

/// Each limit with what holds where nobody says otherwise.
#[test]
fn every_limit_is_listed_with_its_default() {
    let shown = format!("{:?}", Limits::DEFAULT);
    let shown = shown.trim_start_matches("Limits { ").trim_end_matches(" }");
    let limits: BTreeMap<String, u64> = shown
        .split(", ")
        .filter_map(|field| field.split_once(": "))
        .map(|(name, value)| {
            (
                name.to_owned(),
                value.trim_end_matches('s').parse().unwrap(),
            )
        })
        .collect();
    let tables = part("Limits").tables;
    let rows = tables[0].rows.iter();
    let listed: BTreeMap<String, u64> = rows
        .map(|row| (spans(&row[0]).concat(), number(&row[1])))
        .collect();
    assert_eq!(listed, limits);
}

/// The limits that nobody can set: where each is declared in the program.
#[test]
fn every_fixed_limit_is_the_declared_one() {
    let declared = |file: &str, name: &str| {
        let found = file
            .lines()
            .find(|line| line.contains(&format!("const {name}: ")));
        let (_, value) = found.and_then(|line| line.split_once(" = ")).expect(name);
        number(value.trim_end_matches(';'))
    };
    let (roles, settings) = (
        include_str!("../../link/roles.rs"),
        include_str!("../../link/settings.rs"),
    );
    let (actions, engine) = (
        include_str!("../../link/actions.rs"),
        include_str!("../../script/engine.rs"),
    );
    let things = include_str!("../../link/things.rs");
    let longest = (1..).find(|length| !is_id(&"a".repeat(*length))).unwrap() - 1;
    let names = declared(settings, "MOST_NAMES");
    let expected = [
        longest as u64,
        Domain::MOST as u64,
        declared(roles, "MOST_ROLES"),
        names,
        names,
        declared(actions, "FACT_BITS"),
        declared(engine, "EXPRESSION_DEPTH"),
        declared(engine, "FUNCTION_DEPTH"),
        declared(engine, "CALL_DEPTH"),
        declared(things, "MOST_KINDS"),
        declared(things, "MOST_ABOVE"),
    ];
    let help = format!("call each other {} deep", declared(engine, "CALL_DEPTH"));
    assert!(include_str!("../../finding/script.rs").contains(&help));
    let tables = part("Limits").tables;
    let listed: Vec<u64> = tables[1].rows.iter().map(|row| number(&row[1])).collect();
    assert_eq!(listed, expected);
}

/// `1,000`, `16_000`, `256 KiB`.
fn number(written: &str) -> u64 {
    let (digits, unit) = written.split_once(' ').unwrap_or((written, ""));
    let times = match unit {
        "" | "s" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        other => panic!("{other} is no unit"),
    };
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    digits.parse::<u64>().expect("it is a number") * times
}

/// Commands, words of YAML, and functions that there are not.
const ELSEWHERE: &[&str] = &["batch", "check", "contains"];

/// A word in code is a key, one of its values, a word of the language, or stands in an example that was tried.
#[test]
fn no_word_in_the_text_is_unknown() {
    let (prose, blocks) = prose_and_blocks();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut known = all_words();
    known.extend(blocks.split(|c| !is_part(c)).map(str::to_owned));
    known.extend(set(RESERVED
        .iter()
        .chain(callable())
        .chain(ELSEWHERE)
        .copied()));
    known.extend(first_cells(&part("Limits")));
    let fixture = schema(SchemaKind::Fixture);
    let outside = &fixture["$defs"]["UserDifferenceEntry"]["properties"]["outside"]["description"];
    known.extend(spans(outside.as_str().unwrap()));
    known.extend(first_cells(&part(SCRIPTS)));
    let unknown: BTreeSet<String> = spans(&prose)
        .into_iter()
        .map(|span| span.split(':').next().unwrap_or_default().to_owned())
        .filter(|word| {
            word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(is_part)
        })
        .filter(|word| !known.contains(word))
        .collect();
    assert_eq!(unknown, BTreeSet::new());
    assert!(parts().len() > 50, "the document was taken apart");
}
