//! Twists: small edits that change the meaning of a script.

use rhai::{Engine, Token};

use super::lexeme::{Lexeme, lexemes};
use super::origin::span_at;
use crate::text::Span;

/// A small edit of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScriptEdit {
    pub(crate) kind: ScriptEditKind,
    /// The bytes to remove.
    pub(crate) span: Span,
    /// The new text.
    pub(crate) to: String,
}

/// The kinds of twists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScriptEditKind {
    /// `==` becomes `!=`, `<` becomes `<=`.
    Comparison,
    /// `&&` becomes `||`.
    Logic,
    /// A `!` is removed.
    Unnegated,
    /// A `!` is added.
    Negated,
    /// `true` becomes `false`.
    Flag,
    /// A value becomes another value.
    Value,
    /// The condition of an `if` becomes `true` or `false`.
    Branch,
    /// A `return` is removed with its value.
    Return,
}

/// Every twist of a script, in the order of its text. `others` gives the values that can replace a value.
pub(crate) fn twists(text: &str, others: &dyn Fn(&str) -> Vec<String>) -> Vec<ScriptEdit> {
    let lexemes = lexemes(&Engine::new_raw(), text).list;
    let mut twister = ScriptEditor {
        text,
        lexemes: &lexemes,
        twists: Vec::new(),
    };
    let mut in_header = false;
    for (at, lexeme) in lexemes.iter().enumerate() {
        match &lexeme.token {
            Token::Fn => in_header = true,
            Token::LeftBrace => in_header = false,
            _ if in_header => {}
            token => twister.twist(at, token, others),
        }
    }
    twister.twists
}

struct ScriptEditor<'a> {
    text: &'a str,
    lexemes: &'a [Lexeme],
    twists: Vec<ScriptEdit>,
}

impl ScriptEditor<'_> {
    fn twist(&mut self, at: usize, token: &Token, others: &dyn Fn(&str) -> Vec<String>) {
        match token {
            Token::And => self.push(ScriptEditKind::Logic, at, "||"),
            Token::Or => self.push(ScriptEditKind::Logic, at, "&&"),
            Token::Bang => self.push(ScriptEditKind::Unnegated, at, ""),
            Token::True => self.push(ScriptEditKind::Flag, at, "false"),
            Token::False => self.push(ScriptEditKind::Flag, at, "true"),
            Token::StringConstant(value) => {
                for other in others(value.as_str()) {
                    self.push(ScriptEditKind::Value, at, &format!("{other:?}"));
                }
            }
            Token::If => self.branch(at),
            Token::Return => self.leave(at),
            Token::Identifier(_) => self.negate(at),
            token => {
                for sign in turned(token) {
                    self.push(ScriptEditKind::Comparison, at, sign);
                }
            }
        }
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.lexemes.get(at).map(|lexeme| &lexeme.token)
    }

    /// The bytes of a word or sign.
    fn span(&self, at: usize) -> Option<Span> {
        let lexeme = self.lexemes.get(at)?;
        let span = span_at(self.text, lexeme.at.line, lexeme.at.column);
        let start = span.start as usize;
        let length = match &lexeme.token {
            Token::StringConstant(_) => quoted(self.text.get(start..)?),
            token if token.is_literal() => token.literal_syntax().len(),
            _ => (span.end - span.start) as usize,
        };
        Some(Span::new(start, start + length))
    }

    fn push(&mut self, kind: ScriptEditKind, at: usize, to: &str) {
        if let Some(span) = self.span(at) {
            self.push_span(kind, span, to);
        }
    }

    fn push_span(&mut self, kind: ScriptEditKind, span: Span, to: &str) {
        self.twists.push(ScriptEdit {
            kind,
            span,
            to: to.to_owned(),
        });
    }

    /// The span from the first to the last of some words.
    fn stretch(&self, first: usize, last: usize) -> Option<Span> {
        Some(self.span(first)?.to(self.span(last)?))
    }

    /// The end of the condition of an `if`: the next brace outside brackets.
    fn branch(&mut self, at: usize) {
        let Some(end) = self.before(at + 1, &Token::LeftBrace) else {
            return;
        };
        if let Some(span) = self.stretch(at + 1, end) {
            for to in ["true", "false"] {
                self.push_span(ScriptEditKind::Branch, span, to);
            }
        }
    }

    fn leave(&mut self, at: usize) {
        let semicolon = self.before(at, &Token::SemiColon).map(|last| last + 1);
        if let Some(span) = semicolon.and_then(|last| self.stretch(at, last)) {
            self.push_span(ScriptEditKind::Return, span, "");
        }
    }

    /// The word before the next one of a kind. Words inside brackets that open on the way do not count.
    fn before(&self, from: usize, stop: &Token) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, lexeme) in self.lexemes.iter().enumerate().skip(from) {
            match &lexeme.token {
                token if depth == 0 && token == stop => {
                    return at.checked_sub(1).filter(|last| *last >= from);
                }
                Token::LeftParen | Token::LeftBracket | Token::LeftBrace => depth += 1,
                Token::RightParen | Token::RightBracket | Token::RightBrace => {
                    depth = depth.checked_sub(1)?;
                }
                _ => {}
            }
        }
        None
    }

    /// Adds a `!` before a name with its member or arguments, unless the name is compared or declared.
    fn negate(&mut self, at: usize) {
        let before = at.checked_sub(1).and_then(|before| self.token(before));
        let starts = !before.is_some_and(|token| {
            is_comparison(token)
                || matches!(
                    token,
                    Token::Period | Token::Bang | Token::Switch | Token::Let | Token::Const
                )
        });
        let Some(end) = self.end_of_name(at).filter(|_| starts) else {
            return;
        };
        let after = self.token(end + 1);
        let stands_alone = after.is_none_or(|token| {
            matches!(
                token,
                Token::And
                    | Token::Or
                    | Token::RightParen
                    | Token::RightBrace
                    | Token::LeftBrace
                    | Token::SemiColon
                    | Token::Comma
            )
        });
        let whole = at == 0 && after.is_none();
        if let Some(span) = self.span(at).filter(|_| stands_alone && !whole) {
            self.push_span(
                ScriptEditKind::Negated,
                Span::new(span.start as usize, span.start as usize),
                "!",
            );
        }
    }

    /// The last word of `name`, `name.member`, `name(…)` or `name.member(…)`.
    fn end_of_name(&self, at: usize) -> Option<usize> {
        match self.token(at + 1) {
            Some(Token::Period) => self.end_of_name(at + 2),
            Some(Token::Unit) => Some(at + 1),
            Some(Token::LeftParen) => self.before(at + 2, &Token::RightParen).map_or_else(
                || (self.token(at + 2) == Some(&Token::RightParen)).then_some(at + 2),
                |last| Some(last + 1),
            ),
            _ => Some(at),
        }
    }
}

/// The signs that can replace a sign of comparison.
fn turned(token: &Token) -> &'static [&'static str] {
    match token {
        Token::EqualsTo => &["!="],
        Token::NotEqualsTo => &["=="],
        Token::LessThan => &["<=", ">="],
        Token::LessThanEqualsTo => &["<", ">"],
        Token::GreaterThan => &[">=", "<="],
        Token::GreaterThanEqualsTo => &[">", "<"],
        _ => &[],
    }
}

fn is_comparison(token: &Token) -> bool {
    !turned(token).is_empty() || matches!(token, Token::In | Token::NotIn)
}

/// The length of a text in quotes, with its quotes. A doubled quote does not end it.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    let quote = text.chars().next();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if Some(c) == quote => match chars.peek() {
                Some((_, next)) if *next == c => escaped = true,
                _ => return at + c.len_utf8(),
            },
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests;
