//! Tables as bytes, and bytes as tables again.

use serde_json::{Map, Number, Value};

use super::table::{Kind, Table};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// RFC 4180: commas, quotes where need be, CRLF, a header; an absent value is empty.
    Csv,
    /// Parted by tabs and never quoted, as datasets of events are.
    ///
    /// A double quote is written as a single one, and a text that reads like the mark of absence is taken for it: readers that know
    /// of quotes and readers that do not then see the same.
    Tsv {
        /// Whether the first line names the columns.
        header: bool,
        /// What stands for an absent value.
        missing: &'static str,
    },
    /// One JSON object a line, with every column as a key.
    Jsonl,
    /// Apache Parquet with typed columns.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// The table in the dialect.
///
/// # Errors
/// The dialect cannot hold the table, for the reason given.
pub fn encode(table: &Table, dialect: Dialect) -> Result<Vec<u8>, String> {
    match dialect {
        Dialect::Csv => csv(table),
        Dialect::Tsv { header, missing } => Ok(tsv(table, header, missing).into_bytes()),
        Dialect::Jsonl => Ok(jsonl(table).into_bytes()),
        #[cfg(feature = "parquet")]
        Dialect::Parquet => super::parquet::encode(table),
    }
}

/// The rows in the bytes, read by the names and kinds of a table's columns.
///
/// # Errors
/// The bytes are no such table: what is wrong, and in which row.
pub fn decode(bytes: &[u8], like: &Table, dialect: Dialect) -> Result<Vec<Vec<Value>>, String> {
    match dialect {
        Dialect::Csv => separated(bytes, like, b',', true, ""),
        Dialect::Tsv { header, missing } => separated(bytes, like, b'\t', header, missing),
        Dialect::Jsonl => lines(bytes, like),
        #[cfg(feature = "parquet")]
        Dialect::Parquet => super::parquet::decode(bytes, like),
    }
}

/// Where rows that were read back differ from what was to be written, if they do.
#[must_use]
pub fn difference(table: &Table, dialect: Dialect, read: &[Vec<Value>]) -> Option<String> {
    if table.rows.len() != read.len() {
        return Some(format!("{} rows were written and {} read back", table.rows.len(), read.len()));
    }
    for (number, (row, again)) in (1..).zip(table.rows.iter().zip(read)) {
        for ((column, cell), again) in table.columns.iter().zip(row).zip(again) {
            let cell = match dialect {
                Dialect::Tsv { missing, .. } => bare(cell, missing),
                _ => cell.clone(),
            };
            if !same(&cell, again) {
                return Some(format!("row {number}, column '{}': {cell} reads back as {again}", column.name));
            }
        }
    }
    None
}

/// Numbers are one where they are equal but for the last bit, which our reader of JSON may round otherwise.
fn same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => (one - other).abs() <= one.abs() * f64::EPSILON,
        _ => one == other,
    }
}

fn csv(table: &Table) -> Result<Vec<u8>, String> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let header = table.columns.iter().map(|column| column.name.clone()).collect();
    let rows = table.rows.iter().map(|row| row.iter().map(words).collect());
    for row in std::iter::once::<Vec<String>>(header).chain(rows) {
        out.write_record(row).map_err(|error| error.to_string())?;
    }
    out.into_inner().map_err(|error| error.to_string())
}

fn tsv(table: &Table, header: bool, missing: &str) -> String {
    let names: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    let cell = |value: &Value| match bare(value, missing) {
        Value::Null => missing.to_owned(),
        other => words(&other),
    };
    let rows = table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("\t") + "\n");
    let header = header.then(|| names.join("\t") + "\n");
    header.into_iter().chain(rows).collect()
}

/// The value as a cell without quotes holds it.
fn bare(value: &Value, missing: &str) -> Value {
    match value {
        Value::String(text) => {
            let text = text.replace('"', "'");
            if text == missing { Value::Null } else { Value::String(text) }
        }
        other => other.clone(),
    }
}

fn jsonl(table: &Table) -> String {
    let object = |row: &Vec<Value>| {
        let fields = table.columns.iter().map(|c| c.name.clone()).zip(row.iter().cloned());
        format!("{}\n", Value::Object(fields.collect::<Map<_, _>>()))
    };
    table.rows.iter().map(object).collect()
}

/// A value as plain words.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn separated(
    bytes: &[u8],
    like: &Table,
    delimiter: u8,
    header: bool,
    missing: &str,
) -> Result<Vec<Vec<Value>>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(delimiter == b',')
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let mut rows = Vec::new();
    for (number, record) in (0..).zip(reader.records()) {
        let record = record.map_err(|error| error.to_string())?;
        if record.len() != like.columns.len() {
            return Err(format!("line {number} has {} columns, not {}", record.len(), like.columns.len()));
        }
        if header && number == 0 {
            if record.iter().ne(like.columns.iter().map(|c| c.name.as_str())) {
                return Err("the header is not that of the format".to_owned());
            }
            continue;
        }
        let cells = record.iter().zip(&like.columns);
        rows.push(cells.map(|(cell, column)| read(cell, column.kind, missing)).collect::<Result<_, _>>()?);
    }
    Ok(rows)
}

fn read(cell: &str, kind: Kind, missing: &str) -> Result<Value, String> {
    if cell == missing {
        return Ok(Value::Null);
    }
    let wrong = || format!("'{cell}' is no number");
    Ok(match kind {
        Kind::Text | Kind::Json => Value::String(cell.to_owned()),
        Kind::Integer => Value::from(cell.parse::<i64>().map_err(|_| wrong())?),
        Kind::Number => {
            let number = cell.parse().ok().and_then(Number::from_f64).ok_or_else(wrong)?;
            Value::Number(number)
        }
    })
}

fn lines(bytes: &[u8], like: &Table) -> Result<Vec<Vec<Value>>, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let row = |(number, line): (usize, &str)| {
        let mut object: Map<String, Value> =
            serde_json::from_str(line).map_err(|error| format!("line {number}: {error}"))?;
        if object.keys().ne(like.columns.iter().map(|c| &c.name)) {
            return Err(format!("line {number}: the keys are not those of the format"));
        }
        Ok(like
            .columns
            .iter()
            .map(|c| object.get_mut(&c.name).map(Value::take).unwrap_or_default())
            .collect())
    };
    (1..).zip(text.lines()).map(row).collect()
}
