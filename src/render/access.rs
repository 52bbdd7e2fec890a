//! `access`: what every user may do, written row by row: there may be a million.

use std::io::{self, Write};

use askama::Template;

use super::csv::CsvDoor;
use super::filters;
use super::renderer::{RenderCsv, RenderText, Renderer};
use crate::text::cell::CsvCells;
use crate::{AccessMatrix, AccessRow};

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
