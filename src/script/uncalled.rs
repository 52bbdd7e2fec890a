//! Functions that no condition calls.
//!
//! A function is known by its name here: two of one name that take different numbers of values are called together.

use std::collections::BTreeSet;

use rhai::Token;

use super::lexeme::{Lexeme, ScriptPosition};

/// A function of a script file, with the names that its body calls.
pub(super) struct DefinedFunction {
    name: String,
    at: ScriptPosition,
    calls: Vec<String>,
}

/// A function that no condition calls, with the line and column of its name.
pub(crate) struct UncalledFunction<'f> {
    pub(crate) name: &'f str,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// The functions that a file defines. Functions cannot stand inside of others.
pub(super) fn defined(lexemes: &[Lexeme]) -> Vec<DefinedFunction> {
    let bodies = lexemes.split(|lexeme| lexeme.token == Token::Fn);
    let named = bodies.filter_map(|body| match body.split_first() {
        Some((head, body)) => match &head.token {
            Token::Identifier(name) => Some(DefinedFunction {
                name: name.to_string(),
                at: head.at,
                calls: calls(body),
            }),
            _ => None,
        },
        None => None,
    });
    named.collect()
}

/// The names that a script calls.
pub(super) fn calls(lexemes: &[Lexeme]) -> Vec<String> {
    let pairs = lexemes.iter().zip(lexemes.iter().skip(1));
    let called = pairs.filter_map(|(name, next)| match (&name.token, &next.token) {
        (Token::Identifier(name), Token::LeftParen | Token::Unit) => Some(name.to_string()),
        _ => None,
    });
    called.collect()
}

/// The functions that none of these calls reaches.
pub(super) fn uncalled<'f>(
    defined: &'f [DefinedFunction],
    calls: impl Iterator<Item = &'f str>,
) -> Vec<UncalledFunction<'f>> {
    let mut open: Vec<&str> = calls.collect();
    let mut reached = BTreeSet::new();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            let called = defined.iter().filter(|function| function.name == name);
            open.extend(called.flat_map(|function| function.calls.iter().map(String::as_str)));
        }
    }
    let left = defined
        .iter()
        .filter(|function| !reached.contains(&*function.name));
    let left = left.map(|function| UncalledFunction {
        name: &function.name,
        line: function.at.line,
        column: function.at.column,
    });
    left.collect()
}
