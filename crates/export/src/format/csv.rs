//! Comma-separated values: a header, then the rows. What is null is empty.

use std::path::Path;

use csv::ByteRecord;

use super::OutputFile;
use crate::ExportError;
use crate::table::{Table, Value};

/// Writes a table, and counts its rows.
pub(super) fn write(table: &Table<'_>, path: &Path) -> Result<u64, ExportError> {
    let failed = |error: csv::Error| ExportError::of(path)(error.into());
    let file = OutputFile::create(path)?;
    let mut writer = csv::Writer::from_writer(file.to);
    let header = table.columns.iter().map(|(name, _)| name);
    writer.write_record(header).map_err(failed)?;
    let (mut record, mut rows) = (ByteRecord::new(), 0);
    for row in table.rows() {
        record.clear();
        for value in &row {
            match value {
                Value::Text(text) => record.push_field(text.as_bytes()),
                Value::Number(number) => record.push_field(number.to_string().as_bytes()),
                Value::Flag(flag) => record.push_field(flag.to_string().as_bytes()),
                Value::Null => record.push_field(b""),
            }
        }
        writer.write_byte_record(&record).map_err(failed)?;
        rows += 1;
    }
    writer.flush().map_err(ExportError::of(path))?;
    Ok(rows)
}
