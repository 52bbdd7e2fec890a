//! The kinds of JSON value.

/// The kinds of JSON value. The first character shows the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JsonKind {
    Object,
    List,
    Text,
    Flag,
    Null,
    Number,
}

impl JsonKind {
    pub(super) fn of(json: &str) -> Self {
        match json.trim_ascii_start().as_bytes().first() {
            Some(b'{') => Self::Object,
            Some(b'[') => Self::List,
            Some(b'"') => Self::Text,
            Some(b't' | b'f') => Self::Flag,
            Some(b'n') => Self::Null,
            _ => Self::Number,
        }
    }

    pub(super) fn in_words(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::List => "a list",
            Self::Text => "a text",
            Self::Flag => "a flag",
            Self::Null => "null",
            Self::Number => "a number",
        }
    }
}
