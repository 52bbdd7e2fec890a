//! Notes: what a cell depends on, said once and referred to by number.

use clio_rules::{Cell, MatrixRow, RolesTogether};

/// Notes in the order of their first use.
#[derive(Default)]
pub(super) struct CellNotes {
    notes: Vec<String>,
}

impl CellNotes {
    /// The number of a note, counted from 1.
    pub(super) fn number(&mut self, note: String) -> usize {
        match self.notes.iter().position(|known| *known == note) {
            Some(place) => place + 1,
            None => {
                self.notes.push(note);
                self.notes.len()
            }
        }
    }

    /// Number and note, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.notes.iter().map(String::as_str))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }
}

/// What a cell depends on, in words; none where it does not.
pub(super) fn note_of(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Depends { on, when } if when.is_empty() => {
            Some(format!("depends on {}", on.join(", ")))
        }
        Cell::Depends { when, .. } => Some(format!("if {}", when.join(", or if "))),
        Cell::Allow | Cell::Deny => None,
    }
}

/// The heading of the column for what takes several roles at once.
pub(super) const TOGETHER: &str = "together";

/// Which roles open an action together, in words; none where none do.
pub(super) fn together(row: &MatrixRow) -> Option<String> {
    let mut ways: Vec<String> = row.together.iter().flat_map(ways_of).collect();
    if row.has_more {
        ways.push("in more ways than are listed".to_owned());
    }
    let (first, rest) = ways.split_first()?;
    let rest = rest.iter().map(|way| format!(", or {way}"));
    Some(std::iter::once(first.clone()).chain(rest).collect())
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
