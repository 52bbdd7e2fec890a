//! Words and signs that no script may contain anywhere.

use rhai::Token;

use super::super::lexeme::{Lexeme, Lexemes};
use super::super::origin::ScriptOrigin;
use crate::finding::{Finding, Findings, script as codes};
use crate::vocabulary::Vocabulary;

/// Functions that exist elsewhere in Rhai but not in conditions.
const REACHING_OUT: &[&str] = &[
    "exit",
    "sleep",
    "timestamp",
    "rand",
    "print",
    "debug",
    "eval",
];

/// Whether a function of this name would reach outside a script.
pub(super) fn reaches_out(name: &str) -> bool {
    REACHING_OUT.contains(&name)
}

/// Reports unclosed comments and forbidden words. Returns `None` if there are any, or an id that no script can read: it is
/// reported where it is declared.
pub(in crate::script) fn words(
    lexemes: &Lexemes,
    origin: &dyn ScriptOrigin,
    vocabulary: &Vocabulary,
    findings: &mut Findings,
) -> Option<()> {
    let before = findings.errors();
    if let Some(at) = lexemes.open_comment {
        let place = origin.place_at(at.line, at.column);
        findings.report(&codes::SCRIPT_UNTERMINATED_COMMENT, place, &[]);
    }
    let is_declared = |lexeme: &Lexeme| match &lexeme.token {
        Token::Identifier(_) | Token::StringConstant(_) => false,
        token => vocabulary.declares(&written(token)),
    };
    if lexemes.list.iter().any(is_declared) {
        return None;
    }
    let mut previous = None;
    let mut following = lexemes.list.iter().skip(1);
    for lexeme in &lexemes.list {
        let next = following.next().map(|lexeme| &lexeme.token);
        let help = help(&lexeme.token, previous);
        if let Some(help) = help.or_else(|| sign_for(&lexeme.token, previous, next)) {
            findings.push(refusal(lexeme, help, origin));
        }
        previous = Some(&lexeme.token);
    }
    (findings.errors() == before).then_some(())
}

/// The finding that refuses a word.
pub(super) fn refusal(lexeme: &Lexeme, help: &str, origin: &dyn ScriptOrigin) -> Finding {
    let place = origin.place_at(lexeme.at.line, lexeme.at.column);
    let written = written(&lexeme.token);
    let finding = Finding::new(&codes::SCRIPT_FORBIDDEN, Some(place), &[&written]);
    if help.is_empty() {
        finding
    } else {
        finding.with_help(help)
    }
}

/// A word or sign roughly as the author wrote it.
fn written(token: &Token) -> String {
    match token {
        Token::InterpolatedString(_) => "${".to_owned(),
        Token::CharConstant(letter) => format!("'{letter}'"),
        Token::Reserved(name) => name.to_string(),
        token => token.to_string(),
    }
}

/// The help line for a forbidden word; empty if there is no help. Returns `None` for a word that may be allowed.
fn help(token: &Token, previous: Option<&Token>) -> Option<&'static str> {
    Some(match token {
        Token::Unit if matches!(previous, Some(Token::Identifier(_))) => return None,
        Token::Unit => "say `true` or `false`",
        Token::CharConstant(_) => "words stand in double quotes",
        Token::InterpolatedString(_) => "words stand in double quotes, with nothing to fill in",
        Token::Ampersand | Token::AndAssign => "write `&&` for and",
        Token::OrAssign => "write `||` for or",
        Token::XOr | Token::XOrAssign => "write `!=` to ask whether exactly one of two holds",
        Token::Elvis | Token::QuestionBracket | Token::DoubleQuestion => {
            "everything a script reads has a value, so nothing has to be guarded"
        }
        Token::ExclusiveRange | Token::InclusiveRange => "name the values that are meant: `[1, 2]`",
        Token::Throw => "a script that fails is refused; answer `false` instead",
        Token::PowerOf | Token::PowerOfAssign | Token::LeftShift | Token::RightShift => "",
        Token::LeftShiftAssign | Token::RightShiftAssign | Token::DoubleColon => "",
        Token::MapStart | Token::Private | Token::Colon => "",
        Token::Reserved(name) => reserved(name)?,
        _ => return None,
    })
}

/// The sign that is meant by a word such as `and`, where no name can stand. Something may well be called so.
fn sign_for(token: &Token, previous: Option<&Token>, next: Option<&Token>) -> Option<&'static str> {
    let Token::Identifier(name) = token else {
        return None;
    };
    let is_behind = previous.is_some_and(ends_value);
    let is_in_front = next.is_some_and(starts_value);
    match name.to_ascii_lowercase().as_str() {
        "and" if is_behind && is_in_front => Some("write `&&` for and"),
        "or" if is_behind && is_in_front => Some("write `||` for or"),
        "not" if is_behind && next == Some(&Token::In) => Some("write `!in` for not in"),
        // In front of a bracket it is the name of a function.
        "not" if is_in_front && next != Some(&Token::LeftParen) => Some("write `!` for not"),
        _ => None,
    }
}

fn ends_value(token: &Token) -> bool {
    matches!(
        token,
        Token::Identifier(_)
            | Token::StringConstant(_)
            | Token::IntegerConstant(_)
            | Token::True
            | Token::False
            | Token::RightParen
            | Token::RightBracket
            | Token::Unit
    )
}

fn starts_value(token: &Token) -> bool {
    matches!(
        token,
        Token::Identifier(_)
            | Token::StringConstant(_)
            | Token::IntegerConstant(_)
            | Token::True
            | Token::False
            | Token::LeftParen
            | Token::Bang
    )
}

fn reserved(name: &str) -> Option<&'static str> {
    match name {
        "this" => Some("name the person: `user` or `target`"),
        "is" => Some("write `==` to compare"),
        _ if name.chars().all(|c| c.is_alphanumeric() || c == '_') => Some(""),
        // Signs such as `===`: Rhai has a better message for them.
        _ => None,
    }
}
