//! The script reader: its place in the text, the names in scope, and its reports.

use std::collections::BTreeSet;
use std::fmt::Display;

use rhai::Token;

use super::super::lexeme::{Lexeme, ScriptPosition};
use super::super::origin::ScriptOrigin;
use super::forbidden::refusal;
use super::{ScriptUnreadable, Signatures, Step};
use crate::finding::{Code, Finding, Findings, script as codes};
use crate::text::Place;
use crate::value::Domain;
use crate::vocabulary::{Person, Vocabulary};

/// What is known about the value of an expression before it runs.
#[derive(Clone)]
pub(super) enum LiteralShape<'a> {
    /// A declared input and the way it is written.
    Input(String, &'a Domain),
    /// A whole person.
    Person(Person),
    /// A whole thing, by the name of its kind.
    Thing(String),
    /// A local, which may hold anything.
    Local(String),
    /// A word in quotes.
    Text(&'a str),
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A name or member that nobody knows, which is reported already.
    Unknown,
    /// Anything else.
    Other,
}

/// An expression: what is known about its value, and where it starts.
#[derive(Clone)]
pub(super) struct Operand<'a> {
    pub(super) shape: LiteralShape<'a>,
    pub(super) at: ScriptPosition,
}

/// Reads a script from its first word to its last.
pub(super) struct ScriptReader<'a> {
    lexemes: &'a [Lexeme],
    next: usize,
    pub(super) origin: &'a dyn ScriptOrigin,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) signatures: &'a Signatures,
    pub(super) findings: &'a mut Findings,
    /// Locals in scope, innermost last, with what is known about their values.
    pub(super) locals: Vec<(&'a str, LiteralShape<'a>)>,
    /// Names that some statement of the text assigns to. Their values may change.
    assigned: BTreeSet<&'a str>,
    /// Whether the text is one expression, in which blocks hold expressions too.
    pub(super) only_expressions: bool,
}

impl<'a> ScriptReader<'a> {
    pub(super) fn new(
        lexemes: &'a [Lexeme],
        origin: &'a dyn ScriptOrigin,
        vocabulary: &'a Vocabulary,
        signatures: &'a Signatures,
        findings: &'a mut Findings,
    ) -> Self {
        Self {
            lexemes,
            next: 0,
            origin,
            vocabulary,
            signatures,
            findings,
            locals: Vec::new(),
            assigned: assigned(lexemes),
            only_expressions: false,
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.next >= self.lexemes.len()
    }

    /// The word that comes next; `EOF` at the end.
    pub(super) fn peek(&self) -> &'a Token {
        self.lexemes
            .get(self.next)
            .map_or(&Token::EOF, |lexeme| &lexeme.token)
    }

    /// The place of the next word; at the end, the place of the last word.
    pub(super) fn here(&self) -> ScriptPosition {
        let lexeme = self.lexemes.get(self.next).or(self.lexemes.last());
        lexeme.map_or(ScriptPosition::START, |lexeme| lexeme.at)
    }

    /// Takes the next word.
    pub(super) fn advance(&mut self) -> &'a Token {
        let token = self.peek();
        self.next += 1;
        token
    }

    /// Skips the next word if it is this one.
    pub(super) fn skip(&mut self, token: &Token) -> bool {
        let is_it = self.peek() == token;
        self.next += usize::from(is_it);
        is_it
    }

    pub(super) fn expect(&mut self, token: &Token) -> Step<()> {
        if self.skip(token) {
            Ok(())
        } else {
            Err(self.refuse_here())
        }
    }

    pub(super) fn name(&mut self) -> Step<&'a str> {
        match self.peek() {
            Token::Identifier(name) => {
                self.next += 1;
                Ok(name.as_str())
            }
            _ => Err(self.refuse_here()),
        }
    }

    /// Whether the word that was taken last stands beside a sign of equality, or in a list.
    pub(super) fn is_compared(&self) -> bool {
        let before = self.next.checked_sub(2).and_then(|at| self.lexemes.get(at));
        let before = before.map_or(&Token::EOF, |lexeme| &lexeme.token);
        let is_equality = |token| matches!(token, &Token::EqualsTo | &Token::NotEqualsTo);
        is_equality(before)
            || is_equality(self.peek())
            || matches!(before, Token::LeftBracket | Token::Comma)
    }

    pub(super) fn skip_to_function(&mut self) {
        while !self.is_done() && *self.peek() != Token::Fn {
            self.next += 1;
        }
    }

    /// Reports that the next word is not part of the language.
    pub(super) fn refuse_here(&mut self) -> ScriptUnreadable {
        self.refuse_with("")
    }

    /// Reports that the next word is not part of the language, with a help line.
    pub(super) fn refuse_with(&mut self, help: &str) -> ScriptUnreadable {
        if let Some(lexeme) = self.lexemes.get(self.next).or(self.lexemes.last()) {
            self.findings.push(refusal(lexeme, help, self.origin));
        }
        ScriptUnreadable
    }

    pub(super) fn place(&self, at: ScriptPosition) -> Place {
        self.origin.place_at(at.line, at.column)
    }

    pub(super) fn report(
        &mut self,
        code: &'static Code,
        at: ScriptPosition,
        words: &[&dyn Display],
    ) {
        let place = self.place(at);
        self.findings.report(code, place, words);
    }

    pub(super) fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Adds a finding. `help` adds a help line that is slow to find.
    pub(super) fn push_with(&mut self, finding: Finding, help: impl FnOnce(Finding) -> Finding) {
        self.findings.push_with(finding, help);
    }

    /// Declares a local. Its value stays known if no statement assigns to it.
    pub(super) fn declare(&mut self, name: &'a str, at: ScriptPosition, value: LiteralShape<'a>) {
        self.keep_inputs_clear(name, at);
        let value = if self.assigned.contains(name) {
            LiteralShape::Other
        } else {
            value
        };
        self.locals.push((name, value));
    }

    /// Reports a name that is already the name of an input.
    pub(super) fn keep_inputs_clear(&mut self, name: &str, at: ScriptPosition) {
        let is_person = Person::ALL.iter().any(|person| person.name() == name);
        let is_thing = self.vocabulary.thing(name).is_some();
        if is_person || is_thing || self.vocabulary.variable(name).is_some() {
            self.report(&codes::SCRIPT_SHADOWS_INPUT, at, &[&name]);
        }
    }

    /// Runs `read` in a scope of its own: the locals that it declares are dropped afterwards.
    pub(super) fn scoped<T>(&mut self, read: impl FnOnce(&mut Self) -> Step<T>) -> Step<T> {
        let outer = self.locals.len();
        let result = read(self);
        self.locals.truncate(outer);
        result
    }

    /// An operand whose value is not known.
    pub(super) fn other(at: ScriptPosition) -> Operand<'a> {
        Operand {
            shape: LiteralShape::Other,
            at,
        }
    }
}

/// The names directly before an assignment sign.
fn assigned(lexemes: &[Lexeme]) -> BTreeSet<&str> {
    let pairs = lexemes
        .iter()
        .zip(lexemes.iter().skip(1))
        .zip(std::iter::once(None).chain(lexemes.iter().map(Some)));
    pairs
        .filter(|((_, sign), before)| {
            let is_declared = before.is_some_and(|l| matches!(l.token, Token::Let | Token::Const));
            is_assignment(&sign.token) && !is_declared
        })
        .filter_map(|((name, _), _)| match &name.token {
            Token::Identifier(name) => Some(name.as_str()),
            _ => None,
        })
        .collect()
}

/// Whether a sign assigns to the name before it.
pub(super) fn is_assignment(token: &Token) -> bool {
    matches!(
        token,
        Token::Equals
            | Token::PlusAssign
            | Token::MinusAssign
            | Token::MultiplyAssign
            | Token::DivideAssign
            | Token::ModuloAssign
    )
}
