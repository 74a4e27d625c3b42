//! A record with its source, one JSON object a document.

use chancery_model::{Document, Record, SCHEMA, Source};
use serde_json::{Value, json};

/// The record of a document with where the document was published: `{"source": …, "record": …}`.
///
/// Spans are half-open byte ranges of the document's text. [`parse_record`] reads it back equal.
#[must_use]
pub fn record_json(document: &Document, record: &Record) -> Value {
    json!({ "source": document.source, "record": record })
}

/// Read back what [`record_json`] wrote.
///
/// # Errors
/// What is missing or wrong, in the user's words; a record of a newer schema.
pub fn parse_record(value: &Value) -> Result<(Source, Record), String> {
    let schema = value["record"]["schema"].as_u64();
    if schema.is_some_and(|schema| schema > u64::from(SCHEMA)) {
        let schema = schema.unwrap_or_default();
        return Err(format!("record of schema {schema}, but this program reads up to {SCHEMA}; update it"));
    }
    let part = |key: &str| value.get(key).cloned().ok_or_else(|| format!("no '{key}'"));
    let source = serde_json::from_value(part("source")?).map_err(|e| format!("in 'source': {e}"))?;
    let record = serde_json::from_value(part("record")?).map_err(|e| format!("in 'record': {e}"))?;
    Ok((source, record))
}
