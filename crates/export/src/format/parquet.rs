//! Parquet, column by column.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::ExportError;
use crate::table::{Column, ColumnType, Row, Table, Value};

/// Rows of one group: what is kept in memory at a time.
const TOGETHER: usize = 100_000;

/// Writes a table, and counts its rows.
pub(super) fn write(table: &Table<'_>, path: &Path) -> Result<u64, ExportError> {
    let file = File::create(path).map_err(ExportError::of(path))?;
    write_groups(table, file).map_err(|source| ExportError::Parquet {
        path: path.to_owned(),
        source,
    })
}

fn write_groups(table: &Table<'_>, file: File) -> Result<u64, ParquetError> {
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
    let schema = schema(table)?;
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties.build()))?;
    let (mut rows, mut table_rows) = (0, table.rows());
    loop {
        let group: Vec<Row<'_>> = table_rows.by_ref().take(TOGETHER).collect();
        if group.is_empty() {
            break;
        }
        rows += group.len() as u64;
        let mut to = writer.next_row_group()?;
        for (place, (_, of)) in table.columns.iter().enumerate() {
            write_column(&mut to, *of, group.iter().filter_map(|row| row.get(place)))?;
        }
        to.close()?;
    }
    writer.close()?;
    Ok(rows)
}

fn schema(table: &Table<'_>) -> Result<TypePtr, ParquetError> {
    let field = |(name, of): &Column| {
        let (physical, logical) = match of {
            ColumnType::Text => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
            ColumnType::Number => (PhysicalType::INT64, None),
            ColumnType::Flag => (PhysicalType::BOOLEAN, None),
        };
        let field = Type::primitive_type_builder(name, physical);
        let field = field.with_repetition(Repetition::OPTIONAL);
        field.with_logical_type(logical).build().map(Arc::new)
    };
    let fields: Result<Vec<_>, _> = table.columns.iter().map(field).collect();
    let schema = Type::group_type_builder(table.name).with_fields(fields?);
    Ok(Arc::new(schema.build()?))
}

/// Writes the values of one column. What is null has the level 0 and no value.
fn write_column<'t>(
    to: &mut SerializedRowGroupWriter<'_, File>,
    of: ColumnType,
    values: impl Iterator<Item = &'t Value<'t>> + Clone,
) -> Result<(), ParquetError> {
    let levels = values.clone();
    let levels: Vec<i16> = levels
        .map(|value| i16::from(*value != Value::Null))
        .collect();
    let Some(mut column) = to.next_column()? else {
        return Ok(());
    };
    match of {
        ColumnType::Text => {
            let texts = values.filter_map(|value| match value {
                Value::Text(text) => Some(ByteArray::from(&**text)),
                _ => None,
            });
            let texts: Vec<ByteArray> = texts.collect();
            let column = column.typed::<ByteArrayType>();
            column.write_batch(&texts, Some(&levels), None)?;
        }
        ColumnType::Number => {
            let numbers = values.filter_map(|value| match value {
                Value::Number(number) => Some(*number),
                _ => None,
            });
            let numbers: Vec<i64> = numbers.collect();
            let column = column.typed::<Int64Type>();
            column.write_batch(&numbers, Some(&levels), None)?;
        }
        ColumnType::Flag => {
            let flags = values.filter_map(|value| match value {
                Value::Flag(flag) => Some(*flag),
                _ => None,
            });
            let flags: Vec<bool> = flags.collect();
            let column = column.typed::<BoolType>();
            column.write_batch(&flags, Some(&levels), None)?;
        }
    }
    column.close()
}
