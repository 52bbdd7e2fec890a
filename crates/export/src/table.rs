//! A table: its columns, and its rows one after the other.

use std::borrow::Cow;

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnType {
    Text,
    Number,
    Flag,
}

impl ColumnType {
    /// The type in SQL, of PostgreSQL and DuckDB alike.
    pub(crate) fn sql(self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Number => "BIGINT",
            Self::Flag => "BOOLEAN",
        }
    }

    /// The type in Spark SQL.
    pub(crate) fn spark(self) -> &'static str {
        match self {
            Self::Text => "STRING",
            _ => self.sql(),
        }
    }
}

/// A column by its name.
pub(crate) type Column = (&'static str, ColumnType);

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value<'t> {
    Text(Cow<'t, str>),
    Number(i64),
    Flag(bool),
    Null,
}

impl<'t> From<&'t str> for Value<'t> {
    fn from(text: &'t str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<'t> From<Option<&'t str>> for Value<'t> {
    fn from(text: Option<&'t str>) -> Self {
        text.map_or(Self::Null, Self::from)
    }
}

/// One row, a value for each column.
pub(crate) type Row<'t> = Vec<Value<'t>>;

/// A table of the export.
pub(crate) struct Table<'t> {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [Column],
    rows: Box<dyn Fn() -> Rows<'t> + 't>,
}

/// The rows of a table.
pub(crate) type Rows<'t> = Box<dyn Iterator<Item = Row<'t>> + 't>;

impl<'t> Table<'t> {
    /// A table whose rows are made when they are written.
    pub(crate) fn new<I: Iterator<Item = Row<'t>> + 't>(
        name: &'static str,
        columns: &'static [Column],
        rows: impl Fn() -> I + 't,
    ) -> Self {
        Self {
            name,
            columns,
            rows: Box::new(move || Box::new(rows())),
        }
    }

    /// Its rows.
    pub(crate) fn rows(&self) -> Rows<'t> {
        (self.rows)()
    }
}
