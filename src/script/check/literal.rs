//! Literals and what they are compared with: every one must be a value of it.

use super::super::lexeme::At;
use super::reader::Reader;
use crate::finding::{Finding, script as codes};
use crate::value::Domain;
use crate::vocabulary::Person;

/// What is known of an expression's value before anything runs.
#[derive(Clone)]
pub(super) enum Shape<'a> {
    /// A declared input, with how it is written.
    Input(String, &'a Domain),
    /// A whole person.
    Person(Person),
    /// A local, which may hold anything.
    Local(String),
    /// A word in quotes.
    Text(&'a str),
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// Anything else.
    Other,
}

/// An expression: what is known of it and where it starts.
#[derive(Clone)]
pub(super) struct Operand<'a> {
    pub(super) shape: Shape<'a>,
    pub(super) at: At,
}

impl<'a> Reader<'a> {
    /// Checks an expression that stands where any value may: no person, no word that nothing has.
    pub(super) fn plain(&mut self, operand: &Operand<'a>) {
        match &operand.shape {
            Shape::Person(person) => {
                self.report(&codes::SCRIPT_PERSON_ALONE, operand.at, &[&person.name()]);
            }
            Shape::Text(word) => self.stray(word, operand.at),
            _ => {}
        }
    }

    /// Checks two expressions that are compared for being the same.
    pub(super) fn compared(&mut self, one: &Operand<'a>, other: &Operand<'a>) {
        match (&one.shape, &other.shape) {
            (Shape::Input(name, domain), _) => self.compared_with_input(name, domain, other),
            (_, Shape::Input(name, domain)) => self.compared_with_input(name, domain, one),
            _ => {
                self.plain(one);
                self.plain(other);
            }
        }
    }

    /// Checks two expressions of which one is asked to come before the other.
    pub(super) fn ordered(&mut self, one: &Operand<'a>, sign: &str, other: &Operand<'a>) {
        self.plain(one);
        self.plain(other);
        for operand in [one, other] {
            if let Shape::Input(..) | Shape::Text(_) = operand.shape {
                let name = match &operand.shape {
                    Shape::Input(name, _) => name.as_str(),
                    Shape::Text(word) => word,
                    _ => "",
                };
                self.report(&codes::SCRIPT_ORDERS_WORDS, operand.at, &[&name, &sign]);
                return;
            }
        }
    }

    fn compared_with_input(&mut self, name: &str, domain: &Domain, other: &Operand<'a>) {
        let written = match &other.shape {
            Shape::Text(word) if !domain.is_flag() && domain.find(word).is_some() => return,
            Shape::Text(word) => format!("`{word}`"),
            Shape::Flag(_) if domain.is_flag() => return,
            Shape::Flag(flag) => format!("`{flag}`"),
            Shape::Number(number) => format!("`{number}`"),
            Shape::Input(_, theirs) if can_meet(domain, theirs) => return,
            Shape::Input(theirs, _) => format!("`{theirs}`"),
            Shape::Person(_) | Shape::Local(_) | Shape::Other => return self.plain(other),
        };
        let place = self.place(other.at);
        let finding = Finding::new(
            &codes::SCRIPT_UNKNOWN_VALUE,
            Some(place),
            &[&written, &name],
        );
        self.push_with(finding, |finding| match &other.shape {
            Shape::Input(..) => finding.with_help("they have no value in common"),
            Shape::Text(word) if !domain.is_flag() => finding
                .with_help(values(name, domain))
                .with_nearest(word, domain.words()),
            _ => finding.with_help(values(name, domain)),
        });
    }

    /// A word that is compared with nothing that is known: it must at least be somebody's value.
    fn stray(&mut self, word: &str, at: At) {
        if self.vocabulary.has_value(word) {
            return;
        }
        let place = self.place(at);
        self.push(Finding::new(
            &codes::SCRIPT_STRAY_VALUE,
            Some(place),
            &[&word],
        ));
    }
}

/// Whether two inputs have a value in common.
fn can_meet(one: &Domain, other: &Domain) -> bool {
    one.is_flag() == other.is_flag() && one.words().any(|word| other.find(word).is_some())
}

/// Says which values an input has.
fn values(name: &str, domain: &Domain) -> String {
    const SHOWN: usize = 8;
    if domain.is_flag() {
        return format!("`{name}` is `true` or `false`, written without quotes");
    }
    let shown: Vec<String> = domain
        .words()
        .take(SHOWN)
        .map(|word| format!("\"{word}\""))
        .collect();
    let more = if domain.len() > SHOWN { ", …" } else { "" };
    format!("its values are {}{more}", shown.join(", "))
}
