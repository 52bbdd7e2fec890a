//! Words that several replies share.

use std::borrow::Borrow;
use std::fmt::Display;

use crate::{AlteredThing, CutOff, Grounds, MissingInput};

/// Characters of a name that are shown; a longer one is cut, and says so.
const LONGEST: usize = 60;

/// A text that fits a line.
pub(super) fn short(text: &str) -> String {
    let mut chars = text.chars();
    let mut short: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}

/// `1 person`, `2 people`.
pub(super) fn people(number: impl Borrow<usize>) -> String {
    match number.borrow() {
        1 => "1 person".to_owned(),
        number => format!("{number} people"),
    }
}

/// `1 role`, `2 roles`.
pub(super) fn counted(count: impl Borrow<usize>, what: &str) -> String {
    match count.borrow() {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}

/// The product of a question, once it was answered.
pub(super) fn product<S: AsRef<str>>(product: &Option<S>) -> &str {
    product.as_ref().map_or("", AsRef::as_ref)
}

pub(super) fn may(allowed: impl Borrow<bool>) -> &'static str {
    if *allowed.borrow() { "may" } else { "may not" }
}

/// An action with its facts behind it: `write (status = active)`.
pub(super) fn with_facts<T: Display>(what: &str, facts: &[(T, T)]) -> String {
    let facts: Vec<String> = facts
        .iter()
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    if facts.is_empty() {
        what.to_owned()
    } else {
        format!("{what} ({})", facts.join(", "))
    }
}

/// Why something is allowed, and by which rule.
pub(super) fn granted(grounds: &Grounds) -> String {
    format!("{}, by {}", grounds.reason, grounds.rule)
}

/// What is missing, in a row.
pub(super) fn missing(missing: &[MissingInput]) -> String {
    if missing.is_empty() {
        return "nothing would allow it".to_owned();
    }
    let all: Vec<String> = missing.iter().map(MissingInput::to_string).collect();
    format!("missing: {}", all.join(" and "))
}

/// What to do about a search that was cut off.
pub(super) fn way_out(cut_off: &CutOff) -> String {
    format!("`{}` allows more", cut_off.option())
}

/// A thing or group that a change alters, and how.
pub(super) fn altered_thing(altered: &AlteredThing) -> (String, String) {
    let members = |added: &[String], removed: &[String]| {
        let added = added.iter().map(|id| format!("+ {id}"));
        let removed = removed.iter().map(|id| format!("- {id}"));
        added.chain(removed).collect::<Vec<_>>().join(", ")
    };
    match altered {
        AlteredThing::Property {
            thing,
            property,
            from,
            to,
            ..
        } => (thing.clone(), format!("{property}: {from} -> {to}")),
        AlteredThing::List {
            thing,
            list,
            added,
            removed,
            was_open,
            is_open,
            ..
        } => {
            let open = |is_open: &bool| is_open.then(|| "everyone".to_owned());
            let (from, to) = (open(was_open), open(is_open));
            let from = from.map(|from| format!("{from} -> ")).unwrap_or_default();
            let to = to.unwrap_or_else(|| members(added, removed));
            (thing.clone(), format!("{list}: {from}{to}"))
        }
        AlteredThing::Group {
            group,
            added,
            removed,
        } => (group.clone(), members(added, removed)),
    }
}
