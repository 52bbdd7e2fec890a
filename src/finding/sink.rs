//! The list that findings are collected in.

use std::fmt;

use super::{Code, Finding, Severity};
use crate::text::Place;

/// Findings in the order in which they were met, at most a hundred; the rest is counted.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    list: Vec<Finding>,
    beyond: usize,
    errors: usize,
}

impl Findings {
    /// How many are kept; further ones are only counted.
    pub const KEPT: usize = 100;

    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding. A mistake in a group is met again for each of its actions, so the same finding at the same place counts
    /// once.
    pub(crate) fn push(&mut self, finding: Finding) {
        self.push_with(finding, |finding| finding);
    }

    /// Adds a finding whose help is slow to find: the search runs only if the finding is kept.
    pub(crate) fn push_with(&mut self, finding: Finding, help: impl FnOnce(Finding) -> Finding) {
        if self.list.iter().any(|known| known.repeats(&finding)) {
            return;
        }
        self.errors += usize::from(finding.severity() == Severity::Error);
        if self.list.len() < Self::KEPT {
            self.list.push(help(finding));
        } else {
            self.beyond += 1;
        }
    }

    /// Adds what another list holds.
    pub(crate) fn append(&mut self, others: &Self) {
        others
            .iter()
            .cloned()
            .for_each(|finding| self.push(finding));
        self.beyond += others.beyond;
    }

    pub(crate) fn report(
        &mut self,
        code: &'static Code,
        place: Place,
        words: &[&dyn fmt::Display],
    ) {
        self.push(Finding::new(code, Some(place), words));
    }

    /// Adds a second place to the last finding, if that has this code and stands before that place.
    pub(crate) fn label_last(&mut self, code: &'static Code, place: Place, text: &str) {
        let last = self.list.pop_if(|last| {
            let is_behind = |at: &Place| at.span().start < place.span().start;
            last.code() == code && last.place().is_some_and(is_behind)
        });
        self.list
            .extend(last.map(|last| last.with_label(place, text)));
    }

    /// The same findings, each as this makes it.
    pub(crate) fn map(mut self, to: impl FnMut(Finding) -> Finding) -> Self {
        self.list = self.list.into_iter().map(to).collect();
        self
    }

    /// The findings that were kept.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter()
    }

    /// How many were met beyond those kept. A file with far too many errors is not read to its end, see
    /// [`Limits::errors`](crate::Limits::errors).
    pub fn beyond(&self) -> usize {
        self.beyond
    }

    /// Whether anything was found at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether something was found that refuses the load.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// How many errors there are, those beyond the kept ones included.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        self.list.len() + self.beyond - self.errors
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, finding) in self.list.iter().enumerate() {
            let separator = if n == 0 { "" } else { "\n" };
            write!(f, "{separator}{finding}")?;
        }
        match self.beyond {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl From<Finding> for Findings {
    fn from(finding: Finding) -> Self {
        let mut findings = Self::new();
        findings.push(finding);
        findings
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}
