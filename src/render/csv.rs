//! The door of CSV: every record goes through here.

use std::io::{self, Write};

use crate::text::cell::CsvCells;

/// Writes records, each on a line. They may differ in length: every table has a head of its own.
pub(super) struct CsvDoor<W: Write> {
    to: csv::Writer<W>,
    cells: CsvCells,
}

impl<W: Write> CsvDoor<W> {
    /// Writes to a stream.
    pub(super) fn new(to: W, cells: CsvCells) -> Self {
        Self {
            to: csv::WriterBuilder::new().flexible(true).from_writer(to),
            cells,
        }
    }

    /// Writes one record.
    pub(super) fn record<T: AsRef<str>>(
        &mut self,
        texts: impl IntoIterator<Item = T>,
    ) -> io::Result<()> {
        for text in texts {
            self.to.write_field(&*self.cells.cell(text.as_ref()))?;
        }
        Ok(self.to.write_record(None::<&[u8]>)?)
    }

    /// Writes what is still held back.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests;
