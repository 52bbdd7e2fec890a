//! The grammar of scripts: smaller than Rhai's, and checked word by word.
//!
//! Rhai has already accepted the text. This grammar refuses everything it does not know,
//! so a new feature of Rhai is refused until somebody allows it here.

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

/// The functions of a file: each name with the possible numbers of parameters.
pub(super) type Signatures = BTreeMap<String, Vec<usize>>;

/// Reading stopped at a word that the grammar does not allow. The finding is already reported.
struct ScriptUnreadable;

type Step<T> = Result<T, ScriptUnreadable>;

/// Checks a file of functions and returns what it defines. Returns `None` if there are findings.
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
            // Rhai has functions only at the top level, so checking can safely go on at the next `fn`.
            reader.skip_to_function();
        }
    }
    (findings.errors() == before).then_some(signatures)
}

/// Checks a condition. Returns `None` if there are findings.
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

/// Gathers all functions before reading any of them, because a function may call one that is defined below it.
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
