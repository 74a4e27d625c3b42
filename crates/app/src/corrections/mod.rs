//! Corrections as people write them: fields as text, files of annotations, what is valid in them.

mod fields;
mod file;
mod taken;
mod texts;
mod valid;
mod written;

use chancery_corpus::{Layer, Row};
use chancery_formats::exchange::Said;
use chancery_formats::write::Annotator;
use chancery_model::Record;
use serde_json::{Map, Value};

pub(crate) use fields::{Field, changes, fresh, set, whole_names};
pub(crate) use file::{Import, Line};
pub(crate) use taken::{Taken, take};
pub(crate) use texts::{Filled, blank, filled, said};
pub(crate) use valid::Valid;
pub(crate) use written::{Tool, all, for_tool, gold, judged};

/// What annotations call the list of its rows.
pub(crate) fn list(layer: Layer) -> &'static str {
    match layer {
        Layer::Role => "roles",
        Layer::Meeting => "meetings",
        Layer::Statement => "statements",
        Layer::Event => "events",
    }
}

/// A row as annotations tell it.
pub(crate) fn annotated(annotator: &Annotator<'_>, row: &Row) -> Map<String, Value> {
    let value = match row {
        Row::Role(row) => annotator.role(row),
        Row::Meeting(row) => annotator.meeting(row),
        Row::Statement(row) => annotator.statement(row),
        Row::Event(row) => annotator.event(row),
    };
    value.as_object().cloned().unwrap_or_default()
}

/// A row of the record with what a row of annotations says of it.
pub(crate) fn merged(said: &Said<'_>, base: &Row, given: &Row, fields: &Map<String, Value>) -> Row {
    match (base, given) {
        (Row::Role(base), Row::Role(given)) => Row::Role(said.role(base, given, fields)),
        (Row::Meeting(base), Row::Meeting(given)) => Row::Meeting(said.meeting(base, given, fields)),
        (Row::Statement(base), Row::Statement(given)) => Row::Statement(said.statement(base, given, fields)),
        (Row::Event(base), Row::Event(given)) => Row::Event(said.event(base, given, fields)),
        _ => given.clone(),
    }
}

/// All rows of a record.
pub(crate) fn rows(record: &Record) -> Vec<Row> {
    let roles = record.roles.iter().cloned().map(Row::Role);
    let meetings = record.meetings.iter().cloned().map(Row::Meeting);
    let statements = record.statements.iter().cloned().map(Row::Statement);
    let events = record.events.iter().cloned().map(Row::Event);
    roles.chain(meetings).chain(statements).chain(events).collect()
}
