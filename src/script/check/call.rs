//! Names and function calls: what a name means, and whether a call is allowed.

use rhai::Token;

use super::super::lexeme::ScriptPosition;
use super::Step;
use super::forbidden::reaches_out;
use super::reader::{LiteralShape, Operand, ScriptReader};
use crate::finding::{Finding, script as codes};
use crate::vocabulary::{Person, Read};

impl<'a> ScriptReader<'a> {
    /// What a name stands for: a local, a person or a variable.
    pub(super) fn meaning(&self, name: &str) -> Option<LiteralShape<'a>> {
        if let Some((_, shape)) = self.locals.iter().rev().find(|(local, _)| *local == name) {
            return Some(match shape {
                LiteralShape::Other => LiteralShape::Local(name.to_owned()),
                shape => shape.clone(),
            });
        }
        if let Some(person) = Person::ALL.into_iter().find(|person| person.name() == name) {
            return Some(LiteralShape::Person(person));
        }
        if self.vocabulary.thing(name).is_some() {
            return Some(LiteralShape::Thing(name.to_owned()));
        }
        let read = Read::Variable(self.vocabulary.variable(name)?);
        let domain = self.vocabulary.domain(read)?;
        Some(LiteralShape::Input(name.to_owned(), domain))
    }

    /// Reports an unknown name.
    pub(super) fn unknown(&mut self, name: &str, at: ScriptPosition) {
        let finding = Finding::new(&codes::SCRIPT_UNKNOWN_NAME, Some(self.place(at)), &[&name]);
        let is_compared = self.is_compared();
        self.findings.push_with(finding, |finding| {
            let is_value = self.vocabulary.has_value(name) && is_compared;
            if self.vocabulary.member(name).is_some() {
                let word = if is_value {
                    format!("; as a word it stands in double quotes: `\"{name}\"`")
                } else {
                    String::new()
                };
                finding.with_help(format!(
                    "whose? write `user.{name}` or `target.{name}`{word}"
                ))
            } else if self.signatures.contains_key(name) {
                finding.with_help(format!(
                    "it is a function and is called with brackets: `{name}(…)`"
                ))
            } else if is_value {
                finding.with_help(format!("a word stands in double quotes: `\"{name}\"`"))
            } else {
                let persons = Person::ALL.into_iter().map(|person| person.name());
                let locals = self.locals.iter().map(|&(local, _)| local);
                let known = self
                    .vocabulary
                    .variable_names()
                    .chain(persons)
                    .chain(self.vocabulary.thing_names().filter(|name| !name.contains('.')))
                    .chain(locals);
                finding
                    .with_help("declare it: a fact under `facts` of an action that uses the condition, an argument under `takes` of a change")
                    .with_nearest(name, known)
            }
        });
    }

    /// A call `name( … )`. The next word is the bracket.
    pub(super) fn call(&mut self, name: &'a str, at: ScriptPosition) -> Step<Operand<'a>> {
        let values = self.arguments()?;
        let takes = self.signatures.get(name);
        if reaches_out(name) && takes.is_none() {
            self.report(&codes::SCRIPT_FORBIDDEN, at, &[&name]);
        } else if !takes.is_some_and(|takes| takes.contains(&values)) {
            self.unknown_function(name, values, at);
        }
        Ok(Self::other(at))
    }

    /// Reads the arguments of a call and counts them. A whole person is allowed as an argument.
    fn arguments(&mut self) -> Step<usize> {
        if self.skip(&Token::Unit) {
            return Ok(0);
        }
        self.expect(&Token::LeftParen)?;
        let mut values = 0;
        while !self.skip(&Token::RightParen) {
            let value = self.expression()?;
            values += 1;
            if !matches!(
                value.shape,
                LiteralShape::Person(_) | LiteralShape::Thing(_)
            ) {
                self.plain(&value);
            }
            if !self.skip(&Token::Comma) {
                self.expect(&Token::RightParen)?;
                break;
            }
        }
        Ok(values)
    }

    fn unknown_function(&mut self, name: &str, values: usize, at: ScriptPosition) {
        let place = self.place(at);
        let words = counted(values);
        let finding = Finding::new(
            &codes::SCRIPT_UNKNOWN_FUNCTION,
            Some(place),
            &[&name, &words],
        );
        let signatures = self.signatures;
        let help = |finding: Finding| match signatures.get(name) {
            Some(takes) => {
                let takes: Vec<String> = takes.iter().map(|&values| counted(values)).collect();
                finding.with_help(format!("`{name}` takes {}", takes.join(" or ")))
            }
            None if name.eq_ignore_ascii_case("not") => finding.with_help("write `!` for not"),
            None => finding.with_nearest(name, signatures.keys().map(String::as_str)),
        };
        self.findings.push_with(finding, help);
    }
}

fn counted(values: usize) -> String {
    match values {
        0 => "no value".to_owned(),
        1 => "1 value".to_owned(),
        more => format!("{more} values"),
    }
}
