//! The fenced blocks of a document. What stands behind the three backticks says how a block is tried.
//!
//! | behind the backticks | what is done |
//! |---|---|
//! | `console` | its commands are run, and their outputs compared |
//! | `yaml rules/rooms.yaml`, `rhai …` | the file is written, and loaded |
//! | `yaml rules/rooms.yaml more` | the block is put at the end of the file, which is loaded again |
//! | `yaml part of rules/rooms.yaml` | a copy of the file is loaded in which the block stands for what is under its keys |
//! | `yaml part of rules/rooms.yaml wrong CODE` | the same, and this is what is found wrong with it |
//! | `rhai part of rules/rooms.rhai` | the functions of the next such part |

/// A fenced block, and the text in front of it.
pub(super) struct Block<'t> {
    /// What stands between the block before and this one.
    pub(super) before: &'t str,
    /// What stands behind the backticks.
    pub(super) info: &'t str,
    pub(super) kind: Kind,
    pub(super) text: &'t str,
}

/// What is done with a block.
pub(super) enum Kind {
    Console,
    File(String),
    More(String),
    Part(String, Whether),
    Other,
}

/// What comes of trying a part.
pub(super) enum Whether {
    Loads,
    Wrong(String),
}

impl Kind {
    fn of(info: &str) -> Self {
        let words: Vec<&str> = info.split(' ').collect();
        match words.as_slice() {
            ["console"] => Self::Console,
            ["yaml" | "rhai", path] => Self::File((*path).to_owned()),
            ["yaml" | "rhai", path, "more"] => Self::More((*path).to_owned()),
            ["yaml" | "rhai", "part", "of", path] => Self::Part((*path).to_owned(), Whether::Loads),
            ["yaml", "part", "of", path, "wrong", code] => {
                Self::Part((*path).to_owned(), Whether::Wrong((*code).to_owned()))
            }
            _ => Self::Other,
        }
    }
}

/// The blocks of a document in order, and the text after the last.
pub(super) fn blocks(document: &str) -> (Vec<Block<'_>>, &str) {
    let mut blocks = Vec::new();
    let mut rest = document;
    while let Some((before, opened)) = split_at_fence(rest) {
        let (info, inside) = opened.split_once('\n').expect("a fence ends its line");
        let (text, after) = inside.split_once("```\n").expect("a block ends");
        blocks.push(Block {
            before,
            info,
            kind: Kind::of(info),
            text,
        });
        rest = after;
    }
    (blocks, rest)
}

/// What stands in front of the next fence, and what stands behind its backticks.
fn split_at_fence(text: &str) -> Option<(&str, &str)> {
    match text.strip_prefix("```") {
        Some(opened) => Some(("", opened)),
        None => {
            let at = text.find("\n```")? + 1;
            Some((&text[..at], &text[at + 3..]))
        }
    }
}
