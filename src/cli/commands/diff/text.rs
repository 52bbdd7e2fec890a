//! A difference as it is written: a first line, and headings with what stands below them.

use std::io::{self, Write};

use crate::cli::rows::rows;
use crate::cli::terminal::Terminal;

/// What is written of a difference, each part only when it is its turn: there may be a million.
pub(super) struct DifferenceText<'d> {
    pub(super) is_equal: bool,
    /// Whether it is known that they are equal, or that they are not.
    pub(super) is_decided: bool,
    /// What comes after the first word.
    pub(super) first: String,
    pub(super) parts: Box<dyn Iterator<Item = DifferenceSection<'d>> + 'd>,
}

/// A part with its heading.
pub(super) struct DifferenceSection<'d> {
    pub(super) heading: String,
    pub(super) groups: Vec<DifferenceGroup<'d>>,
}

/// What belongs together: a heading of its own, labelled rows, and a list.
pub(super) struct DifferenceGroup<'d> {
    pub(super) heading: String,
    pub(super) rows: Vec<(String, String)>,
    pub(super) items: Box<dyn Iterator<Item = String> + 'd>,
}

impl Default for DifferenceGroup<'_> {
    fn default() -> Self {
        Self {
            heading: String::new(),
            rows: Vec::new(),
            items: Box::new(std::iter::empty()),
        }
    }
}

impl DifferenceText<'_> {
    fn word(&self) -> &'static str {
        match self.is_equal {
            _ if !self.is_decided => "not decided",
            true => "equal",
            false => "different",
        }
    }

    /// For people at a terminal.
    pub(super) fn text(self, terminal: &mut Terminal) -> io::Result<()> {
        let word = terminal.paint.answer(self.is_equal, self.word());
        writeln!(terminal, "{word}: {}", self.first)?;
        for part in self.parts {
            let heading = terminal.paint.heading(&part.heading);
            writeln!(terminal, "\n{heading}")?;
            for group in part.groups {
                if !group.heading.is_empty() {
                    writeln!(terminal, "\n{}", group.heading)?;
                }
                rows(terminal, &group.rows)?;
                for item in group.items {
                    writeln!(terminal, "  {item}")?;
                }
            }
        }
        Ok(())
    }

    /// For a pull request.
    pub(super) fn markdown(self, terminal: &mut Terminal) -> io::Result<()> {
        writeln!(terminal, "**{}**: {}", self.word(), marked(&self.first))?;
        for part in self.parts {
            writeln!(terminal, "\n## {}", marked(&part.heading))?;
            for group in part.groups {
                match group.heading.as_str() {
                    "" => writeln!(terminal)?,
                    heading => writeln!(terminal, "\n### {}\n", marked(heading))?,
                }
                for (label, text) in &group.rows {
                    writeln!(terminal, "- {}: {}", marked(label), marked(text))?;
                }
                for item in group.items {
                    writeln!(terminal, "- {}", marked(&item))?;
                }
            }
        }
        Ok(())
    }
}

/// A text in which nothing is taken for Markdown.
fn marked(text: &str) -> String {
    let mut marked = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&'
        ) {
            marked.push('\\');
        }
        marked.push(letter);
    }
    marked
}
