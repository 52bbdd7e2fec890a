//! The matrix in every form: its cells, and the notes that they refer to.

use std::io::{self, Write};

use askama::Template;
use comfy_table::{CellAlignment, Table, presets};

use super::csv::CsvDoor;
use super::filters;
use super::renderer::{RenderCsv, RenderMarkdown, RenderPage, RenderText, Renderer};
use super::terminal::fit_for_terminal;
use crate::protocol::MatrixReply;
use crate::text::cell::CsvCells;
use crate::{Cell, Matrix, MatrixRow, RolesTogether};

/// The heading of the column for what takes several roles at once.
const TOGETHER: &str = "together";

/// A matrix whose cells refer to notes by number, so that each note stands there once.
struct NotedMatrix<'m> {
    matrix: &'m Matrix,
    groups: Vec<NotedGroup<'m>>,
    /// What cells depend on, in the order of their first use.
    notes: Vec<String>,
}

/// Actions under one heading.
struct NotedGroup<'m> {
    group: &'m str,
    rows: Vec<NotedRow<'m>>,
}

/// One action.
struct NotedRow<'m> {
    action: &'m str,
    title: &'m str,
    cells: Vec<NotedCell>,
}

/// What a cell says.
enum NotedCell {
    Yes,
    No,
    /// It says no more than a word, and the number of a note.
    Note {
        number: usize,
        word: &'static str,
    },
}

impl<'m> NotedMatrix<'m> {
    fn of(matrix: &'m Matrix) -> Self {
        let mut notes = Vec::new();
        let groups = matrix.groups.iter().map(|group| NotedGroup {
            group: &group.group,
            rows: group
                .rows
                .iter()
                .map(|row| NotedRow::of(row, matrix.has_together(), &mut notes))
                .collect(),
        });
        Self {
            matrix,
            groups: groups.collect(),
            notes,
        }
    }

    fn all(matrices: &'m [Matrix]) -> Vec<Self> {
        matrices.iter().map(Self::of).collect()
    }

    fn title(&self) -> String {
        let Matrix { title, by, .. } = self.matrix;
        by.as_ref()
            .map_or_else(|| title.clone(), |by| format!("{title}, by {by}"))
    }

    /// How many actions have no row, in words; none where all have one.
    fn left_out(&self) -> Option<String> {
        let by = self.matrix.by.as_deref()?;
        match self.matrix.left_out {
            0 => None,
            1 => Some(format!("1 other action has nothing to do with {by}")),
            many => Some(format!("{many} other actions have nothing to do with {by}")),
        }
    }

    fn product(&self) -> &str {
        &self.matrix.product
    }

    /// The headings of the columns. `none` is that of a seat without a role, or of whoever stands on no list.
    fn columns<'n>(&'n self, none: &'n str) -> Vec<&'n str> {
        let heads = self.matrix.columns.iter().map(String::as_str);
        let heads = heads.map(|head| if head == "-" { none } else { head });
        let together = self.matrix.has_together().then_some(TOGETHER);
        heads.chain(together).collect()
    }

    /// A note by its number.
    fn note(&self, number: &usize) -> &str {
        let note = self.notes.get(number.wrapping_sub(1));
        note.map(String::as_str).unwrap_or_default()
    }

    /// The heading of whoever holds no role, or stands on no list.
    fn none(&self) -> &'static str {
        match self.matrix.by {
            None => "no role",
            Some(_) => "no list",
        }
    }

    /// The table for a terminal.
    fn table(&self) -> String {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        table.set_header(
            std::iter::once("")
                .chain(self.columns("-"))
                .map(fit_for_terminal),
        );
        for group in &self.groups {
            table.add_row([format!("\n{}", fit_for_terminal(group.group))]);
            for row in &group.rows {
                let cells = row.cells.iter().map(|cell| match cell {
                    NotedCell::Yes => "yes".to_owned(),
                    NotedCell::No => "-".to_owned(),
                    NotedCell::Note { number, .. } => format!("[{number}]"),
                });
                table.add_row(
                    std::iter::once(format!("  {}", fit_for_terminal(row.action))).chain(cells),
                );
            }
        }
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Center);
        }
        let lines: Vec<String> = table
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect();
        lines.join("\n")
    }
}

impl<'m> NotedRow<'m> {
    fn of(row: &'m MatrixRow, has_together: bool, notes: &mut Vec<String>) -> Self {
        let mut noted = |note: Option<String>, word| match note {
            None => NotedCell::No,
            Some(note) => {
                let known = notes.iter().position(|known| *known == note);
                let place = known.unwrap_or_else(|| {
                    notes.push(note);
                    notes.len() - 1
                });
                let number = place + 1;
                NotedCell::Note { number, word }
            }
        };
        let mut cells: Vec<NotedCell> = Vec::new();
        for cell in &row.cells {
            cells.push(match cell {
                Cell::Allow => NotedCell::Yes,
                cell => noted(note_of(cell), "if"),
            });
        }
        if has_together {
            cells.push(noted(together(row), "with"));
        }
        Self {
            action: &row.action,
            title: &row.title,
            cells,
        }
    }
}

/// What a cell depends on, in words; none where it does not.
fn note_of(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Depends { on, when } if when.is_empty() => {
            Some(format!("depends on {}", on.join(", ")))
        }
        Cell::Depends { when, .. } => Some(format!("if {}", when.join(", or if "))),
        Cell::Allow | Cell::Deny => None,
    }
}

/// Which roles open an action together, in words; none where none do.
fn together(row: &MatrixRow) -> Option<String> {
    let mut ways: Vec<String> = row.together.iter().flat_map(ways_of).collect();
    if row.has_more {
        ways.push("in more ways than are listed".to_owned());
    }
    (!ways.is_empty()).then(|| ways.join(", or "))
}

fn ways_of(together: &RolesTogether) -> Vec<String> {
    let roles = together.roles.join(" and ");
    match &together.cell {
        Cell::Depends { on, when } if when.is_empty() => {
            vec![format!("with {roles}, depending on {}", on.join(", "))]
        }
        Cell::Depends { when, .. } => {
            let way = |way: &String| format!("with {roles}, if {way}");
            when.iter().map(way).collect()
        }
        Cell::Allow | Cell::Deny => vec![format!("with {roles}")],
    }
}

#[derive(Template)]
#[template(path = "matrix.txt")]
struct MatrixText<'m> {
    matrices: Vec<NotedMatrix<'m>>,
}

#[derive(Template)]
#[template(path = "matrix.md")]
struct MatrixMarkdown<'m> {
    matrices: Vec<NotedMatrix<'m>>,
}

#[derive(Template)]
#[template(path = "matrix.html")]
struct MatrixPage<'m> {
    matrices: Vec<NotedMatrix<'m>>,
}

impl MatrixPage<'_> {
    fn title(&self) -> String {
        let titles: Vec<String> = self.matrices.iter().map(NotedMatrix::title).collect();
        format!("Who may do what in {}", titles.join(" and "))
    }
}

impl RenderText for MatrixReply {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let matrices = NotedMatrix::all(&self.matrices);
        renderer.fill(&MatrixText { matrices }, to)
    }
}

impl RenderMarkdown for MatrixReply {
    fn write_markdown(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let matrices = NotedMatrix::all(&self.matrices);
        renderer.fill(&MatrixMarkdown { matrices }, to)
    }
}

impl RenderPage for MatrixReply {
    fn write_page(&self, to: &mut dyn Write) -> io::Result<()> {
        let matrices = NotedMatrix::all(&self.matrices);
        Renderer::default().fill(&MatrixPage { matrices }, to)
    }
}

impl RenderCsv for MatrixReply {
    /// One line for each action; each product begins with a head of its own.
    fn write_csv(&self, cells: CsvCells, to: &mut dyn Write) -> io::Result<()> {
        let mut lines = CsvDoor::new(to, cells);
        for matrix in NotedMatrix::all(&self.matrices) {
            let head = ["product", "group", "action", "title"];
            lines.record(head.into_iter().chain(matrix.columns("-")))?;
            for group in &matrix.groups {
                for row in &group.rows {
                    let head = [matrix.product(), group.group, row.action, row.title];
                    let cells = row.cells.iter().map(|cell| match cell {
                        NotedCell::Yes => "allow",
                        NotedCell::No => "deny",
                        NotedCell::Note { number, .. } => matrix.note(number),
                    });
                    lines.record(head.into_iter().chain(cells))?;
                }
            }
        }
        lines.finish()
    }
}
