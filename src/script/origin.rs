//! Maps the lines and columns of a script to places in a file.

use std::sync::Arc;

use crate::text::{Place, Source, Span};

/// Maps the lines and columns of a script to places in a file. A `.rhai` file maps directly. A condition
/// inside a YAML file has a function for it.
pub(crate) trait ScriptOrigin {
    /// The script.
    fn text(&self) -> &str;

    /// The place of a line and column, both from 1; columns count characters.
    fn place_at(&self, line: usize, column: usize) -> Place;
}

/// A whole `.rhai` file.
pub(crate) struct FileOrigin(pub(crate) Arc<Source>);

impl ScriptOrigin for FileOrigin {
    fn text(&self) -> &str {
        self.0.text()
    }

    fn place_at(&self, line: usize, column: usize) -> Place {
        self.0.place(span_at(self.0.text(), line, column))
    }
}

/// The span of the word or sign at a line and column of a text, both from 1.
/// Beyond the text, it is the empty span at the end.
pub(crate) fn span_at(text: &str, line: usize, column: usize) -> Span {
    let above: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = text.get(above..).unwrap_or_default();
    let this_line = rest.split('\n').next().unwrap_or_default();
    let skipped = column.saturating_sub(1);
    let before: usize = this_line.chars().take(skipped).map(char::len_utf8).sum();
    let word = word_length(this_line.get(before..).unwrap_or_default());
    Span::new(above + before, above + before + word)
}

fn word_length(text: &str) -> usize {
    let is_word = |c: &char| c.is_alphanumeric() || *c == '_';
    let word: usize = text.chars().take_while(is_word).map(char::len_utf8).sum();
    let sign = text.chars().next().map_or(0, char::len_utf8);
    if word > 0 { word } else { sign }
}

#[cfg(test)]
mod tests;
