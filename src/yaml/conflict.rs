//! Marks that version control leaves around two versions of the same lines.

use std::sync::Arc;

use crate::finding::{Finding, yaml};
use crate::text::{Source, Span};

const START: &str = "<<<<<<<";
const BASE: &str = "|||||||";
const END: &str = ">>>>>>>";

/// The finding of the first mark in a text. A line of `=======` alone can be anything.
pub(crate) fn conflict(source: &Arc<Source>) -> Option<Finding> {
    let text = source.text();
    let (at, mark) = marks(text).next()?;
    let place = |at: usize, mark: &str| source.place(Span::new(at, at + mark.len()));
    let finding = Finding::new(&yaml::CONFLICT_MARKER, Some(place(at, mark)), &[&mark]);
    let end = marks(text).find(|(other, mark)| *other > at && *mark == END);
    Some(match end {
        Some((at, mark)) => finding.with_label(place(at, mark), "up to here"),
        None => finding,
    })
}

/// Every mark with its offset.
fn marks(text: &str) -> impl Iterator<Item = (usize, &'static str)> {
    let mut next = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        let at = next;
        next += line.len();
        (at, line)
    });
    lines.filter_map(|(at, line)| {
        let is_mark = |mark: &&str| {
            let rest = line.strip_prefix(mark);
            rest.is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with(' '))
        };
        let mark = [START, BASE, END].into_iter().find(is_mark)?;
        Some((at, mark))
    })
}
