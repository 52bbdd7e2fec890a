//! Statements that make and fill the tables, in what PostgreSQL and DuckDB both read.

use std::fmt::Write;
use std::path::Path;

use super::OutputFile;
use crate::ExportError;
use crate::query::create;
use crate::table::{Row, Table, Value};

/// The file of statements.
pub(super) const FILE: &str = "tables.sql";

/// Rows that one statement inserts.
const TOGETHER: u64 = 500;

/// Writes all tables in one transaction, and counts their rows.
pub(super) fn write(
    tables: &[Table<'_>],
    path: &Path,
) -> Result<Vec<(&'static str, u64)>, ExportError> {
    let mut file = OutputFile::create(path)?;
    file.write("BEGIN;\n")?;
    let mut written = Vec::new();
    for table in tables {
        file.write(&create(table.name, table.columns))?;
        written.push((table.name, fill(table, &mut file)?));
    }
    file.write("COMMIT;\n")?;
    file.finish()?;
    Ok(written)
}

fn fill(table: &Table<'_>, file: &mut OutputFile) -> Result<u64, ExportError> {
    let (mut rows, mut text) = (0, String::new());
    for row in table.rows() {
        text.clear();
        match rows % TOGETHER {
            0 => {
                let end = if rows == 0 { "" } else { ";\n" };
                // Writing to a text cannot fail.
                let _ = writeln!(text, "{end}INSERT INTO {} VALUES", table.name);
            }
            _ => text.push_str(",\n"),
        }
        push_row(&mut text, &row);
        file.write(&text)?;
        rows += 1;
    }
    if rows > 0 {
        file.write(";\n")?;
    }
    Ok(rows)
}

fn push_row(text: &mut String, row: &Row<'_>) {
    for (place, value) in row.iter().enumerate() {
        text.push_str(if place == 0 { "(" } else { ", " });
        let _ = match value {
            Value::Text(words) => write!(text, "'{}'", words.replace('\'', "''")),
            // The smallest number has no literal: it would be a minus before a number that is too large.
            Value::Number(i64::MIN) => write!(text, "({} - 1)", i64::MIN + 1),
            Value::Number(number) => write!(text, "{number}"),
            Value::Flag(flag) => write!(text, "{flag}"),
            Value::Null => write!(text, "NULL"),
        };
    }
    text.push(')');
}
