//! Literals in comparisons: a literal must be a possible value of the input that it is compared with.

use super::super::lexeme::ScriptPosition;
use super::reader::{LiteralShape, Operand, ScriptReader};
use crate::finding::{Finding, script as codes};
use crate::value::Domain;

impl<'a> ScriptReader<'a> {
    /// Checks an expression where any value is allowed. It must not be a whole person or an unknown word.
    pub(super) fn plain(&mut self, operand: &Operand<'a>) {
        match &operand.shape {
            LiteralShape::Person(person) => {
                self.report(&codes::SCRIPT_PERSON_ALONE, operand.at, &[&person.name()]);
            }
            LiteralShape::Thing(thing) => {
                self.report(&codes::SCRIPT_THING_ALONE, operand.at, &[thing]);
            }
            LiteralShape::Text(word) => self.stray(word, operand.at),
            _ => {}
        }
    }

    /// Checks two expressions that are compared for equality.
    pub(super) fn compared(&mut self, one: &Operand<'a>, other: &Operand<'a>) {
        match (&one.shape, &other.shape) {
            (LiteralShape::Input(name, domain), _) => self.compared_with_input(name, domain, other),
            (_, LiteralShape::Input(name, domain)) => self.compared_with_input(name, domain, one),
            _ => {
                self.plain(one);
                self.plain(other);
            }
        }
    }

    /// Checks two expressions that are compared by order.
    pub(super) fn ordered(&mut self, one: &Operand<'a>, sign: &str, other: &Operand<'a>) {
        self.plain(one);
        self.plain(other);
        for operand in [one, other] {
            if let LiteralShape::Input(..) | LiteralShape::Text(_) = operand.shape {
                let name = match &operand.shape {
                    LiteralShape::Input(name, _) => name.as_str(),
                    LiteralShape::Text(word) => word,
                    _ => "",
                };
                self.report(&codes::SCRIPT_ORDERS_WORDS, operand.at, &[&name, &sign]);
                return;
            }
        }
    }

    fn compared_with_input(&mut self, name: &str, domain: &Domain, other: &Operand<'a>) {
        let written = match &other.shape {
            LiteralShape::Text(word) if !domain.is_flag() && domain.find(word).is_some() => return,
            LiteralShape::Text(word) => format!("`{word}`"),
            LiteralShape::Flag(_) if domain.is_flag() => return,
            LiteralShape::Flag(flag) => format!("`{flag}`"),
            LiteralShape::Number(number) => format!("`{number}`"),
            LiteralShape::Input(_, theirs) if can_meet(domain, theirs) => return,
            LiteralShape::Input(theirs, _) => format!("`{theirs}`"),
            LiteralShape::Person(_)
            | LiteralShape::Thing(_)
            | LiteralShape::Local(_)
            | LiteralShape::Unknown
            | LiteralShape::Other => {
                return self.plain(other);
            }
        };
        let place = self.place(other.at);
        let finding = Finding::new(
            &codes::SCRIPT_UNKNOWN_VALUE,
            Some(place),
            &[&written, &name],
        );
        self.push_with(finding, |finding| match &other.shape {
            LiteralShape::Input(..) => finding.with_help("they have no value in common"),
            LiteralShape::Text(word) if !domain.is_flag() => finding
                .with_help(values(name, domain))
                .with_nearest(word, domain.words()),
            _ => finding.with_help(values(name, domain)),
        });
    }

    /// Checks a word that is compared with an unknown value. It must at least be a value of some input.
    fn stray(&mut self, word: &str, at: ScriptPosition) {
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

/// A help line with the values of an input.
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
