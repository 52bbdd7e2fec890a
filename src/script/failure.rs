//! Turns errors of the engine into plain words: why a run did not answer yes or no.

use rhai::{EvalAltResult, LexError, ParseError, ParseErrorType};

use super::lexeme::ScriptPosition;
use crate::finding::{Code, script as codes};
use crate::limits::Limits;
use crate::vocabulary::Read;

/// Why a run ended without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RunStop {
    /// It read an input that has no value yet.
    Unknown(Read),
    /// It failed with the inputs that were known.
    Failed(ScriptFailure),
}

/// A failed run: the finding with its words and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScriptFailure {
    pub(crate) code: &'static Code,
    /// The text that replaces `{0}` in the code's message.
    pub(crate) message: String,
    /// Line, from 1.
    pub(crate) line: usize,
    /// Column in characters, from 1.
    pub(crate) column: usize,
    /// Whether line and column are in the functions file and not in the condition.
    pub(crate) in_functions: bool,
}

impl ScriptFailure {
    pub(super) fn new(code: &'static Code, message: impl Into<String>, at: ScriptPosition) -> Self {
        let message = message.into();
        Self {
            code,
            message,
            line: at.line,
            column: at.column,
            in_functions: false,
        }
    }
}

/// Translates an error of the engine. A message about a limit names the limit.
pub(super) fn failure(error: EvalAltResult, limits: &Limits) -> ScriptFailure {
    let mut error = error;
    let mut in_functions = false;
    // Each call wraps the error of the function it called. The innermost error says what happened.
    while let EvalAltResult::ErrorInFunctionCall(_, _, inner, _) = error {
        in_functions = true;
        error = *inner;
    }
    let at = ScriptPosition::from(error.take_position());
    let (code, message) = words(&error, limits);
    ScriptFailure {
        in_functions,
        ..ScriptFailure::new(code, message, at)
    }
}

fn words(error: &EvalAltResult, limits: &Limits) -> (&'static Code, String) {
    use EvalAltResult as E;
    match error {
        E::ErrorTooManyOperations(_) => (
            &codes::SCRIPT_TOO_MANY_OPERATIONS,
            format!(
                "{} steps (`script_run_operations`)",
                limits.script_run_operations
            ),
        ),
        E::ErrorTerminated(..) => (
            &codes::SCRIPT_TOO_MANY_OPERATIONS,
            format!(
                "the {} steps that all runs share (`script_operations`)",
                limits.script_operations
            ),
        ),
        E::ErrorStackOverflow(_) => (
            &codes::SCRIPT_TOO_DEEP,
            "its functions call each other too many times".into(),
        ),
        E::ErrorTooManyVariables(_) => (
            &codes::SCRIPT_TOO_LARGE,
            format!("{} variables (`script_variables`)", limits.script_variables),
        ),
        E::ErrorDataTooLarge(what, _) => (&codes::SCRIPT_TOO_LARGE, limit(what)),
        E::ErrorMismatchDataType(expected, actual, _)
        | E::ErrorMismatchOutputType(expected, actual, _) => (
            &codes::SCRIPT_FAILED,
            format!("{} stands where {} is needed", kind(actual), kind(expected)),
        ),
        E::ErrorFunctionNotFound(signature, _) => {
            (&codes::SCRIPT_FAILED, not_applicable(signature))
        }
        E::ErrorFor(_) => (&codes::SCRIPT_FAILED, "`for` needs a list".into()),
        E::ErrorArithmetic(..) => (&codes::SCRIPT_FAILED, "this cannot be calculated".into()),
        E::ErrorDotExpr(..) | E::ErrorIndexingType(..) => (
            &codes::SCRIPT_FAILED,
            "a member is read of something that is no person".into(),
        ),
        E::ErrorRuntime(what, _) => (&codes::SCRIPT_FAILED, what.to_string()),
        other => (&codes::SCRIPT_FAILED, plain(&other.to_string())),
    }
}

const TEXT: &str = "the longest text allowed (`script_string_bytes`)";

/// The limit behind the engine's message that something is too large.
fn limit(what: &str) -> String {
    let list = "the longest list allowed (`script_elements`)";
    let is_text = what.contains("string");
    if is_text { TEXT } else { list }.to_owned()
}

/// `! (string)` becomes "`!` cannot be used with a word".
fn not_applicable(signature: &str) -> String {
    match signature.split_once(" (") {
        Some((name, types)) => {
            let kinds: Vec<&str> = types
                .trim_end_matches(')')
                .split(',')
                .map(|t| kind(t.trim()))
                .collect();
            format!("`{name}` cannot be used with {}", kinds.join(" and "))
        }
        None => format!("`{signature}` cannot be used here"),
    }
}

/// A type of the engine as people call it.
pub(super) fn kind(name: &str) -> &'static str {
    match name {
        "bool" => "yes or no",
        "i64" | "int" => "a number",
        "()" => "nothing",
        "array" => "a list",
        "person" => "a whole person",
        "Fn" => "a function",
        _ if name.contains("tring") || name == "&str" => "a word",
        _ if name.contains("ScriptPerson") => "a whole person",
        _ => "something else",
    }
}

/// What is wrong with the text of a script, and where.
pub(super) fn syntax(
    error: &ParseError,
    limits: &Limits,
) -> (&'static Code, String, ScriptPosition) {
    let at = ScriptPosition::from(error.position());
    match error.err_type() {
        ParseErrorType::ExprTooDeep => (
            &codes::SCRIPT_TOO_DEEP,
            "too many operators or brackets within each other".into(),
            at,
        ),
        ParseErrorType::TooManyFunctions => (
            &codes::SCRIPT_TOO_LARGE,
            format!("{} functions (`script_functions`)", limits.script_functions),
            at,
        ),
        ParseErrorType::BadInput(LexError::StringTooLong(_)) => {
            (&codes::SCRIPT_TOO_LARGE, TEXT.into(), at)
        }
        ParseErrorType::BadInput(LexError::MalformedChar(_)) => (
            &codes::SCRIPT_SYNTAX,
            "a word stands in single quotes".into(),
            at,
        ),
        ParseErrorType::LiteralTooLarge(what, _) => (&codes::SCRIPT_TOO_LARGE, limit(what), at),
        ParseErrorType::UnexpectedEOF => (
            &codes::SCRIPT_SYNTAX,
            "it ends too early, or nothing is written".into(),
            at,
        ),
        other => {
            let sentence = plain(&other.to_string());
            let message = match foreign_sign(&sentence) {
                Some((sign, _)) => format!("`{sign}` is a sign of other languages"),
                None => sentence,
            };
            (&codes::SCRIPT_SYNTAX, message, at)
        }
    }
}

/// The right spelling of what cannot be read, where it is known.
pub(super) fn spelling(error: &ParseError) -> Option<String> {
    match error.err_type() {
        ParseErrorType::BadInput(LexError::MalformedChar(word)) => {
            Some(format!("words stand in double quotes: `\"{word}\"`"))
        }
        other => {
            let sentence = plain(&other.to_string());
            let ours = foreign_sign(&sentence).map(|(_, ours)| ours);
            let ours = ours.or_else(|| sentence.ends_with("`=`").then_some("=="));
            ours.map(|sign| format!("compare with `{sign}`"))
        }
    }
}

/// A sign of other languages that the engine names, with ours.
fn foreign_sign(sentence: &str) -> Option<(&'static str, &'static str)> {
    const SIGNS: [(&str, &str); 3] = [("===", "=="), ("!==", "!="), ("<>", "!=")];
    let mut signs = SIGNS.into_iter();
    signs.find(|(sign, _)| sentence.contains(&format!("`{sign}`")))
}

/// The engine's sentence in our style: user input in backticks, lower case, no full stop, one line.
fn plain(sentence: &str) -> String {
    let one_line = sentence
        .lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches('.')
        .replace('\'', "`");
    let mut letters = one_line.chars();
    let first = letters
        .next()
        .map(|c| c.to_lowercase().to_string())
        .unwrap_or_default();
    first + letters.as_str()
}
