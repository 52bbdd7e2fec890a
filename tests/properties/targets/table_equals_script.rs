//! Shipped rules with words swapped and lines dropped: where they still load, tables answer as the scripts do.

use clio_rules::direct::Direct;
use clio_rules::{Firm, Rulebook};

use super::choices::Choices;
use super::{asking, people, refusal};

/// Rule files with their scripts, and firms for them.
const SHIPPED: &[(&[(&str, &str)], &str)] = &[
    (
        &[
            ("manage.yaml", include_str!("../../../rules/manage.yaml")),
            ("manage.rhai", include_str!("../../../rules/manage.rhai")),
        ],
        include_str!("../../../fixtures/firms/lindqvist.yaml"),
    ),
    (
        &[
            (
                "records.yaml",
                include_str!("../../rulebooks/records/rules/records.yaml"),
            ),
            (
                "records.rhai",
                include_str!("../../rulebooks/records/rules/records.rhai"),
            ),
        ],
        include_str!("../../rulebooks/records/fixtures/firms/with_admins.yaml"),
    ),
    (
        &[(
            "hub.yaml",
            include_str!("../../../src/tests/things/hub.yaml"),
        )],
        HUB,
    ),
    (
        &[("grow.yaml", include_str!("../../../rules/grow.yaml"))],
        "firm: Grow\nusers:\n  - id: ada\n    grow: {roles: [admin]}\n  - id: ben\n    grow: {roles: [normal]}\n  - id: cyd\n",
    ),
];

/// A firm with groups and things.
const HUB: &str = "firm: Hub
users:
  - { id: ada, hub: { roles: [owner] } }
  - { id: ben, hub: { roles: [guest], office: south } }
  - { id: cyd, hub: {} }
  - { id: dot }
groups: { inner: [ben], outer: [inner, dot] }
things:
  repository:
    - { id: one, write: outer, read: [cyd], office: north }
    - { id: two, archived: true, admin: [ben], lead: inner }
    - { id: three, read: [] }
  issue:
    - { id: one, repository: two, state: locked, assignee: [cyd] }
    - { id: two, repository: one, state: closed }
    - { id: three }
  folder:
    - { id: one, view: outer }
    - { id: two, folder: one }
    - { id: three, folder: two, view: [] }
";

/// Choices: which rules, what is changed in them, and what is asked.
pub fn holds(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let (texts, firm) = choices.pick(SHIPPED);
    let mut texts: Vec<(&str, String)> = texts
        .iter()
        .map(|(name, text)| (*name, (*text).to_owned()))
        .collect();
    for _ in 0..choices.below(5) {
        let at = choices.below(texts.len());
        texts[at].1 = changed(&texts[at].1, &mut choices);
    }
    let texts: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let rulebook = match Rulebook::from_texts(texts.iter().copied()) {
        Ok(rulebook) => rulebook,
        Err(error) => return refusal::is_sound(error.findings()),
    };
    let direct = Direct::from_texts(texts.iter().copied()).expect("tables were made of it");
    let mut firms: Vec<Firm> = Firm::from_text(&rulebook, "firm.yaml", firm)
        .into_iter()
        .collect();
    firms.extend(people::some_firms(&rulebook).into_iter().take(2));
    for firm in firms {
        let firm = with_a_reading(firm, &mut choices);
        asking::tables_and_scripts_agree(&firm, &direct, &mut choices, 24);
    }
}

fn with_a_reading(firm: Firm, choices: &mut Choices<'_>) -> Firm {
    let products = asking::catalogue(firm.rulebook());
    let Some(product) = products.get(choices.below(products.len())) else {
        return firm;
    };
    match product
        .readings
        .get(choices.below(product.readings.len() + 1))
    {
        Some(reading) => firm
            .with_reading(Some(&product.id), &reading.id, choices.flag())
            .expect("it is declared"),
        None => firm,
    }
}

/// The text with one word in the place of another, or without a line, or with a line twice.
fn changed(text: &str, choices: &mut Choices<'_>) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = choices.below(lines.len());
    let line = match choices.below(8) {
        0 => String::new(),
        1 => lines[at].repeat(2),
        2 => lines[choices.below(lines.len())].to_owned(),
        _ => with_another_word(lines[at], &words(text), choices),
    };
    lines
        .iter()
        .enumerate()
        .map(|(number, old)| if number == at { line.as_str() } else { *old })
        .collect()
}

/// What stands in the place of a word now and then, besides the words of the same text.
const OPERATORS: &[&str] = &[
    "!",
    "&&",
    "||",
    "==",
    "!=",
    "true",
    "false",
    "(",
    ")",
    "user",
    "target",
    "same_user",
    "self",
    "others",
    "anyone",
    "everyone",
    "none",
    "all",
];

fn with_another_word(line: &str, words: &[&str], choices: &mut Choices<'_>) -> String {
    let code = line.split('#').next().unwrap_or_default();
    let own = tokens(code);
    if own.is_empty() {
        return line.to_owned();
    }
    let old = *choices.pick(&own);
    let new = if choices.flag() {
        *choices.pick(words)
    } else {
        *choices.pick(OPERATORS)
    };
    line.replacen(old, new, 1)
}

fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text
        .lines()
        .flat_map(|line| tokens(line.split('#').next().unwrap_or_default()))
        .filter(|word| {
            word.starts_with(|first: char| first.is_ascii_alphabetic()) && word.contains('_')
                || word.len() < 9
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Words, and runs of signs between them.
fn tokens(line: &str) -> Vec<&str> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = line.as_bytes();
    let mut tokens = Vec::new();
    let mut start = 0;
    for at in 1..=bytes.len() {
        let ends =
            at == bytes.len() || is_word(bytes[at]) != is_word(bytes[at - 1]) || bytes[at] == b' ';
        if ends {
            tokens.extend(
                line.get(start..at)
                    .map(str::trim)
                    .filter(|token| !token.is_empty()),
            );
            start = at;
        }
    }
    tokens
}
