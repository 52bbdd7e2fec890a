//! Drafts: mutants as they are found in the text of a rule file or script.

use std::sync::Arc;

use super::operator::Operator;
use crate::text::{Source, Span};
use crate::yaml::{TextEdit, apply};

/// A mutant as it is found in a text, before the edit.
pub(super) struct MutantDraft {
    pub(super) operator: Operator,
    /// The original text.
    pub(super) span: Span,
    pub(super) from: String,
    pub(super) to: String,
    edits: Vec<TextEdit>,
}

/// The drafts of one text.
pub(super) struct MutantDrafts<'s> {
    pub(super) source: &'s Arc<Source>,
    pub(super) list: Vec<MutantDraft>,
}

impl<'s> MutantDrafts<'s> {
    pub(super) fn of(source: &'s Arc<Source>) -> Self {
        Self {
            source,
            list: Vec::new(),
        }
    }

    /// Adds a draft. It shows the original text as it is written.
    pub(super) fn add(
        &mut self,
        operator: Operator,
        span: Span,
        to: impl Into<String>,
        edits: Vec<TextEdit>,
    ) {
        let from = self.source.slice(span);
        self.add_as(operator, span, [from, &to.into()], edits);
    }

    /// Adds a draft that shows other words than the original text.
    pub(super) fn add_as(
        &mut self,
        operator: Operator,
        span: Span,
        [from, to]: [&str; 2],
        edits: Vec<TextEdit>,
    ) {
        self.list.push(MutantDraft {
            operator,
            span,
            from: on_one_line(from),
            to: on_one_line(to),
            edits,
        });
    }

    /// Adds a draft that replaces a text.
    pub(super) fn replace(&mut self, operator: Operator, span: Span, to: &str) {
        self.add(operator, span, to, vec![TextEdit::replace(span, to)]);
    }
}

impl MutantDraft {
    /// The text after this step. `None` when it stays the same.
    pub(super) fn applied(&self, source: &Source) -> Option<String> {
        let text = apply(source.text(), self.edits.clone())?;
        (text != source.text()).then_some(text)
    }
}

/// A text for a report: every run of blanks and line ends becomes one blank.
fn on_one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
