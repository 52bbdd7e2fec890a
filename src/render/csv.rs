//! The door of CSV: every record goes through here.

use std::io::{self, Write};

/// Writes records, each on a line. They may differ in length: every table has a head of its own.
pub(super) struct CsvDoor<W: Write>(csv::Writer<W>);

impl<W: Write> CsvDoor<W> {
    /// Writes to a stream.
    pub(super) fn new(to: W) -> Self {
        Self(csv::WriterBuilder::new().flexible(true).from_writer(to))
    }

    /// Writes one record.
    pub(super) fn record<T: AsRef<str>>(
        &mut self,
        cells: impl IntoIterator<Item = T>,
    ) -> io::Result<()> {
        let cells = cells.into_iter();
        for cell in cells {
            self.0.write_field(cell.as_ref())?;
        }
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    /// Writes what is still held back.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}
