//! Why a row is in the record: its fields in words, and for each the words, the rule and the reasoning behind it.

use chancery_corpus::Stored;
use chancery_model::{Provenance, Span};
use serde_json::Value;

/// A row of one document, field by field.
pub(crate) struct Explained {
    /// `role`, `meeting`, `statement` or `event`.
    pub(crate) kind: &'static str,
    /// Its fields, in their order; after them what provenance names beside, as `row`.
    pub(crate) fields: Vec<Field>,
}

/// A field of a row.
pub(crate) struct Field {
    pub(crate) name: String,
    /// Its value in words; none of what only provenance names.
    pub(crate) value: Option<String>,
    /// What it rests on; empty where it rests on the words of the row.
    pub(crate) reasons: Vec<Provenance>,
}

impl Explained {
    /// The row of this id (`s3`) in a document; none where it has no such row.
    pub(crate) fn of(stored: &Stored, id: &str) -> Option<Self> {
        let record = serde_json::to_value(&stored.record).expect("the nouns have string keys only");
        for (kind, list) in
            [("role", "roles"), ("meeting", "meetings"), ("statement", "statements"), ("event", "events")]
        {
            let Some(row) = record[list].as_array().into_iter().flatten().find(|row| row["id"] == id) else {
                continue;
            };
            let mut provenance: Vec<Provenance> =
                serde_json::from_value(row["provenance"].clone()).unwrap_or_default();
            let mut fields = Vec::new();
            for (name, value) in row.as_object().into_iter().flatten().filter(|(n, v)| !is_hidden(n, v)) {
                let name = called(name);
                let reasons = provenance.extract_if(.., |p| p.field == name).collect();
                fields.push(Field { name, value: Some(in_words(value, stored)), reasons });
            }
            for reason in provenance {
                match fields.iter_mut().find(|f| f.name == reason.field) {
                    Some(field) => field.reasons.push(reason),
                    None => {
                        fields.push(Field { name: reason.field.clone(), value: None, reasons: vec![reason] })
                    }
                }
            }
            return Some(Self { kind, fields });
        }
        None
    }

    /// What the field rests on: its own words, else those of the row.
    pub(crate) fn reasons<'a>(&'a self, field: &'a Field) -> &'a [Provenance] {
        match field.reasons.is_empty() {
            true => self.fields.iter().find(|f| f.name == "row").map_or(&[], |row| &row.reasons),
            false => &field.reasons,
        }
    }
}

/// What provenance and the views call the field: an interval is a date to people.
fn called(field: &str) -> String {
    if field == "when" { "date".to_owned() } else { field.to_owned() }
}

fn is_hidden(name: &str, value: &Value) -> bool {
    name == "id" || name == "provenance" || value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// A value in words: spans as the text they stand for, participants by name.
fn in_words(value: &Value, stored: &Stored) -> String {
    let list = |items: &[Value]| items.iter().map(|v| in_words(v, stored)).collect::<Vec<_>>().join("; ");
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => list(items),
        Value::Object(fields) => {
            if let Ok(span) = serde_json::from_value::<Span>(value.clone()) {
                return format!("\"{}\"", stored.document.slice(span));
            }
            let text = |key: &str| fields.get(key).and_then(Value::as_str).unwrap_or_default();
            let persons =
                fields.get("persons").and_then(Value::as_array).map(|p| list(p)).unwrap_or_default();
            let host = if fields.contains_key("host") { ", host" } else { "" };
            match (text("from"), text("to"), format!("{}{persons}", text("name"))) {
                ("", _, name) if name.is_empty() => format!("{}{host}", text("code")),
                ("", _, name) if text("code").is_empty() => name,
                ("", _, name) => format!("{name} ({}{host})", text("code")),
                (from, to, _) if from == to => from.to_owned(),
                (from, to, _) => format!("{from} to {to}"),
            }
        }
        other => other.to_string(),
    }
}
