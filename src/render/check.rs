//! `check`: how much is wrong, and what there is.

use std::io::{self, Write};

use askama::Template;

use super::filters;
use super::renderer::{RenderText, Renderer};
use super::words::counted;
use crate::Severity;
use crate::protocol::CheckReply;

#[derive(Template)]
#[template(path = "check.txt")]
struct CheckText<'r> {
    counted: CountedCheck<'r>,
}

impl CheckText<'_> {
    fn summary(&self) -> String {
        counts(self.counted.errors, self.counted.warnings)
    }
}

/// How much is wrong: `1 error and 2 warnings`.
pub(super) fn counts(errors: usize, warnings: usize) -> String {
    let counts = [(errors, "error"), (warnings, "warning")];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| counted(count, what)).collect();
    if counts.is_empty() {
        "nothing wrong".to_owned()
    } else {
        counts.join(" and ")
    }
}

/// What was checked, where the caller knows how many errors and warnings there are beyond those that the reply keeps.
#[derive(Debug, Clone, Copy)]
pub struct CountedCheck<'r> {
    /// The reply.
    pub reply: &'r CheckReply,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
}

impl RenderText for CountedCheck<'_> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let counted = *self;
        renderer.fill(&CheckText { counted }, to)
    }
}

impl RenderText for CheckReply {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let errors = self.findings.iter();
        let errors = errors.filter(|finding| finding.severity == Severity::Error);
        let errors = errors.count();
        let counted = CountedCheck {
            reply: self,
            errors,
            warnings: self.findings.len() + self.beyond - errors,
        };
        counted.write_text(renderer, to)
    }
}
