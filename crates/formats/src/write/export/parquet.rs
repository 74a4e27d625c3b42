//! Tables as Apache Parquet: one group of rows, every column optional and of its own type.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::record::Field;
use parquet::schema::types::Type;
use serde_json::Value;

use super::table::{Column, Kind, Table};

/// The table as a file.
pub(super) fn encode(table: &Table) -> Result<Vec<u8>, String> {
    write(table).map_err(|error| error.to_string())
}

fn write(table: &Table) -> Result<Vec<u8>, ParquetError> {
    let fields = table.columns.iter().map(|column| field(column).map(Arc::new)).collect::<Result<_, _>>()?;
    let schema = Type::group_type_builder("table").with_fields(fields).build()?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for (at, column) in table.columns.iter().enumerate() {
        let Some(into) = group.next_column()? else { break };
        let cells = table.rows.iter().map(|row| &row[at]);
        match column.kind {
            Kind::Integer => put::<Int64Type>(into, cells, Value::as_i64)?,
            Kind::Number => put::<DoubleType>(into, cells, Value::as_f64)?,
            Kind::Text | Kind::Json => put::<ByteArrayType>(into, cells, bytes)?,
        }
    }
    group.close()?;
    writer.into_inner()
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Json => (Physical::BYTE_ARRAY, Some(LogicalType::Json)),
    };
    Type::primitive_type_builder(&column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

fn bytes(cell: &Value) -> Option<ByteArray> {
    match cell {
        Value::Null => None,
        Value::String(text) => Some(text.as_str().into()),
        other => Some(other.to_string().as_str().into()),
    }
}

fn put<'a, T: DataType>(
    mut into: SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = &'a Value>,
    of: fn(&Value) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let cells: Vec<Option<T::T>> = cells.map(of).collect();
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    into.typed::<T>().write_batch(&values, Some(&levels), None)?;
    into.close()
}

/// The rows of a file that has the columns of a table.
pub(super) fn decode(bytes: &[u8], like: &Table) -> Result<Vec<Vec<Value>>, String> {
    let reader =
        SerializedFileReader::new(Bytes::copy_from_slice(bytes)).map_err(|error| error.to_string())?;
    let schema = reader.metadata().file_metadata().schema();
    if schema.get_fields().iter().map(|field| field.name()).ne(like.columns.iter().map(|c| c.name.as_str())) {
        return Err("the columns are not those of the format".to_owned());
    }
    let rows = reader.get_row_iter(None).map_err(|error| error.to_string())?;
    let cells = |row: parquet::record::Row| row.get_column_iter().map(|(_, field)| value(field)).collect();
    rows.map(|row| row.map(cells).map_err(|error| error.to_string())).collect()
}

fn value(field: &Field) -> Value {
    match field {
        Field::Long(number) => (*number).into(),
        Field::Double(number) => (*number).into(),
        Field::Str(text) => text.clone().into(),
        _ => Value::Null,
    }
}
