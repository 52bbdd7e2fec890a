//! What a script may say: a grammar of its own, smaller than Rhai's, read word by word.
//!
//! Rhai has accepted the text before it comes here. Whatever this grammar does not know is refused,
//! so a new ability of Rhai is refused as well until somebody allows it.

mod call;
mod expression;
mod forbidden;
mod literal;
mod reader;
mod statement;

use std::collections::BTreeMap;

use rhai::Token;

use super::lexeme::Lexeme;
use super::origin::ScriptOrigin;
use crate::finding::Findings;
use crate::vocabulary::Vocabulary;
use reader::ScriptReader;

pub(super) use forbidden::words;

/// The functions of a file: their names, each with the numbers of values it may take.
pub(super) type Signatures = BTreeMap<String, Vec<usize>>;

/// Reading stopped at a word that the grammar does not know; the finding is already reported.
struct ScriptUnreadable;

type Step<T> = Result<T, ScriptUnreadable>;

/// Checks a file of functions and returns what it defines; none when something was found.
pub(super) fn functions(
    lexemes: &[Lexeme],
    origin: &dyn ScriptOrigin,
    vocabulary: &Vocabulary,
    findings: &mut Findings,
) -> Option<Signatures> {
    let signatures = signatures(lexemes);
    let before = findings.errors();
    let mut reader = ScriptReader::new(lexemes, origin, vocabulary, &signatures, findings);
    while !reader.is_done() {
        if reader.function().is_err() {
            // Rhai has functions at the top level only: the next `fn` is a safe place to go on.
            reader.skip_to_function();
        }
    }
    (findings.errors() == before).then_some(signatures)
}

/// Checks a condition; none when something was found.
pub(super) fn condition(
    lexemes: &[Lexeme],
    origin: &dyn ScriptOrigin,
    functions: Option<&Signatures>,
    vocabulary: &Vocabulary,
    findings: &mut Findings,
) -> Option<()> {
    let none = Signatures::new();
    let before = findings.errors();
    let mut reader = ScriptReader::new(
        lexemes,
        origin,
        vocabulary,
        functions.unwrap_or(&none),
        findings,
    );
    reader.only_expressions = true;
    if let Ok(answer) = reader.expression() {
        reader.plain(&answer);
        if !reader.is_done() {
            reader.refuse_here();
        }
    }
    (findings.errors() == before).then_some(())
}

/// Gathers all functions before any is read, as a function may call one that stands below it.
fn signatures(lexemes: &[Lexeme]) -> Signatures {
    let mut found = Signatures::new();
    for (n, lexeme) in lexemes.iter().enumerate() {
        let name = lexemes.get(n + 1).map(|next| &next.token);
        let (Token::Fn, Some(Token::Identifier(name))) = (&lexeme.token, name) else {
            continue;
        };
        let inside = lexemes.get(n + 2..).unwrap_or_default().iter();
        let parameters = inside
            .take_while(|lexeme| !matches!(lexeme.token, Token::RightParen | Token::LeftBrace))
            .filter(|lexeme| matches!(lexeme.token, Token::Identifier(_)))
            .count();
        found.entry(name.to_string()).or_default().push(parameters);
    }
    found
}
