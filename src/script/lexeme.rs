//! The words and signs of a script with their places.

use rhai::{Engine, Position, Token};

/// Line and column of a script, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ScriptPosition {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl ScriptPosition {
    /// The start of a text.
    pub(super) const START: Self = Self { line: 1, column: 1 };
}

impl From<Position> for ScriptPosition {
    fn from(position: Position) -> Self {
        Self {
            line: position.line().unwrap_or(1),
            column: position.position().unwrap_or(1).max(1),
        }
    }
}

/// One word or sign.
pub(super) struct Lexeme {
    pub(super) token: Token,
    pub(super) at: ScriptPosition,
}

/// The words and signs of a script, without comments.
pub(super) struct Lexemes {
    /// All words and signs up to the end, or up to the first one that cannot be read.
    pub(super) list: Vec<Lexeme>,
    /// Where an unclosed comment starts.
    pub(super) open_comment: Option<ScriptPosition>,
}

/// Splits a text into words and signs.
pub(super) fn lexemes(engine: &Engine, text: &str) -> Lexemes {
    let (mut tokens, _control) = engine.lex([&text]);
    tokens.state.include_comments = true;
    let mut list = Vec::new();
    let mut open_comment = None;
    while let Some((token, position)) = tokens.next() {
        let at = ScriptPosition::from(position);
        match token {
            Token::EOF => break,
            Token::Comment(_) if tokens.state.comment_level > 0 => {
                // The engine would return this comment again and again.
                open_comment = Some(at);
                break;
            }
            Token::Comment(_) => {}
            token => {
                let is_last = matches!(token, Token::LexError(_) | Token::InterpolatedString(_));
                list.push(Lexeme { token, at });
                if is_last {
                    break;
                }
            }
        }
    }
    Lexemes { list, open_comment }
}
