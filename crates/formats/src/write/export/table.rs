//! Tables with typed columns whose cells break no row.

use serde_json::Value;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number with decimals.
    Number,
    /// A list or an object, in JSON lines only.
    Json,
}

/// A column and the sentence that the codebook has on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, constant over releases.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// What that means.
    pub about: String,
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(name: &str, kind: Kind, about: &str) -> Self {
        Self { name: name.to_owned(), kind, about: about.to_owned() }
    }
}

/// Rows under typed columns.
///
/// Invariant: every row has as many cells as there are columns; no text holds a control character, and none is empty (an empty text
/// is `null`).
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// `event_mentions`.
    pub name: String,
    /// What a row is.
    pub title: String,
    /// In order.
    pub columns: Vec<Column>,
    /// In order.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// A table of these rows, cut or filled to the columns, their cells made [`clean`].
    #[must_use]
    pub fn new(name: &str, title: &str, columns: Vec<Column>, rows: Vec<Vec<Value>>) -> Self {
        let width = columns.len();
        let tidy = |mut row: Vec<Value>| {
            row.resize(width, Value::Null);
            row.into_iter().map(clean_value).collect()
        };
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            columns,
            rows: rows.into_iter().map(tidy).collect(),
        }
    }
}

/// The text with as many spaces in place of each control character or line separator as it has bytes, so that places in bytes still
/// hold; and without the two characters that XML cannot write.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{2028}' | '\u{2029}' => out.push_str("   "),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ if letter.is_control() => (0..letter.len_utf8()).for_each(|_| out.push(' ')),
            _ => out.push(letter),
        }
    }
    out
}

fn clean_value(value: Value) -> Value {
    match value {
        Value::String(text) if text.chars().all(|c| c.is_control() || c.is_whitespace()) => Value::Null,
        Value::String(text) => Value::String(clean(&text)),
        Value::Array(items) => Value::Array(items.into_iter().map(clean_value).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(key, value)| (key, clean_value(value))).collect())
        }
        other => other,
    }
}
