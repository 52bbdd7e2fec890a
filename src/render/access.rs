//! `access`: what every user may do, written row by row: there may be a million.

use std::io::{self, Write};

use askama::Template;

use super::csv::CsvDoor;
use super::filters;
use super::renderer::{RenderCsv, RenderText, Renderer};
use crate::text::cell::CsvCells;
use crate::{AccessMatrix, AccessRow, UnlistedAction};

/// Ids that are longer push their line out instead of everybody's.
const WIDEST: usize = 32;

#[derive(Template)]
#[template(path = "access.txt")]
struct AccessText<'r> {
    matrices: &'r [AccessMatrix<'r>],
    width: usize,
}

impl AccessText<'_> {
    fn line(&self, row: &AccessRow<'_>, actions: &usize) -> String {
        let (user, width) = (row.user(), self.width);
        let allowed = row.allowed().filter(|allowed| *allowed).count();
        format!("{user:width$}  {allowed:>3} of {actions} actions")
    }

    /// What is left out, and how to ask about it.
    fn left_out(&self, matrix: &AccessMatrix<'_>) -> Vec<String> {
        let ids = |counts: fn(&UnlistedAction) -> bool| {
            let all = matrix.left_out().filter(counts);
            let ids: Vec<String> = all.map(|one| one.action.to_string()).collect();
            (!ids.is_empty()).then(|| ids.join(", "))
        };
        let to_a_person = ids(|one| one.facts.is_empty());
        let to_a_person = to_a_person.map(|ids| {
            format!(
                "left out, for they are done to a person or thing: {ids}; ask who-can ACTION TARGET"
            )
        });
        let with_facts = matrix.left_out().filter(|one| !one.facts.is_empty());
        let with_facts = with_facts.map(|one| {
            let (action, facts) = (&one.action, one.facts.join(", "));
            let target = if one.has_target { " TARGET" } else { "" };
            let given: String = one
                .facts
                .iter()
                .map(|fact| format!(" --fact {fact}=VALUE"))
                .collect();
            format!("left out, for it takes {facts}: {action}; ask who-can {action}{target}{given}")
        });
        to_a_person.into_iter().chain(with_facts).collect()
    }
}

impl RenderText for [AccessMatrix<'_>] {
    /// How many actions each user may do.
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let text = AccessText {
            matrices: self,
            width: renderer.widest_user().min(WIDEST),
        };
        renderer.fill(&text, to)
    }
}

impl RenderCsv for [AccessMatrix<'_>] {
    /// A line for each user and a column for each action; each product begins with a head of its own.
    fn write_csv(&self, cells: CsvCells, to: &mut dyn Write) -> io::Result<()> {
        let mut lines = CsvDoor::new(to, cells);
        for matrix in self {
            lines.record(["product", "user"].into_iter().chain(matrix.actions()))?;
            for row in matrix.rows() {
                let word = |allowed| if allowed { "allow" } else { "deny" };
                let words = row.allowed().map(word);
                lines.record([matrix.product(), row.user()].into_iter().chain(words))?;
            }
        }
        lines.finish()
    }
}
