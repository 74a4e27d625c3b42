//! What people say of a text, in the files of the tools that they say it with.
//!
//! A [`Reading`] is one person's rows of one text. It is found in annotations and in the files of doccano, Label Studio and INCEpTION
//! ([`readings`] tells them apart); all give the rows as annotations, which [`rows`] sets into the text and [`Said`] holds against
//! the rows that the record has.

mod doccano;
mod inception;
mod label_studio;
mod marks;
mod merge;
mod offsets;
mod place;
mod rows;
#[cfg(test)]
mod tests;
mod text;

pub use doccano::doccano;
pub use inception::inception;
pub use label_studio::{label_studio, label_studio_interface};
pub use merge::Said;
pub use rows::{edited, required, rows};

use serde_json::Value;

/// A person's rows of one text, before they are set into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Name of the document, or [key](Reading::key) where only that is told.
    pub id: String,
    /// SHA-256 of the document's text, where it is told.
    pub key: Option<String>,
    /// Who reads it so, where it is told.
    pub who: Option<String>,
    /// When, where it is told.
    pub when: Option<String>,
    /// Whether a row that is not here is none.
    pub complete: bool,
    /// The rows: lists `roles`, `meetings`, `statements`, `events` of annotations.
    pub rows: Value,
}

/// The lists of rows, and what one of each is called in ids.
pub const LAYERS: [(&str, &str); 4] =
    [("roles", "r"), ("meetings", "m"), ("statements", "s"), ("events", "e")];

/// The readings that an object of a file holds: one of annotations, of doccano and of INCEpTION, of Label Studio one a person.
///
/// # Errors
/// What is wrong with it, and what would be right.
pub fn readings(value: &Value) -> Result<Vec<Reading>, String> {
    if inception::is(value) {
        return inception::read(value).map(|reading| vec![reading]);
    }
    if label_studio::is(value) {
        return label_studio::read(value);
    }
    if doccano::is(value) {
        return doccano::read(value).map(|reading| vec![reading]);
    }
    annotation(value).map(|reading| vec![reading])
}

/// The reading that one line of annotations holds.
///
/// # Errors
/// What is missing, and what would be right.
fn annotation(value: &Value) -> Result<Reading, String> {
    let text = |key: &str| value[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let key = text("key");
    let Some(id) = text("id").or_else(|| key.clone()) else {
        return Err("no 'id'; give the name of the document".to_owned());
    };
    for (layer, _) in LAYERS {
        if !value[layer].is_null() && !value[layer].is_array() {
            return Err(format!("'{layer}' is no list; write \"{layer}\": [{{…}}]"));
        }
    }
    if LAYERS.iter().all(|(layer, _)| value[layer].is_null()) {
        return Err("no rows; give 'roles', 'meetings', 'statements' or 'events'".to_owned());
    }
    let complete = value["complete"].as_bool().unwrap_or(false);
    Ok(Reading { id, key, who: text("who"), when: text("when"), complete, rows: value.clone() })
}
