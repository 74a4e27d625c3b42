//! doccano, sequence labelling with relations: JSON lines of texts with entities and relations, in code points.
//!
//! Its entities have a label and nothing beside it: a label tells the kind of row and what it is (`statement commitment support`,
//! `event AGREE planned`). Who is meant by a role is told by `roles`, which doccano carries along.

use chancery_model::{Document, Record};
use serde_json::{Value, json};

use super::Reading;
use super::marks::{Bond, CUE, LABELS, Mark, Marks, reading};
use super::offsets::{Offsets, Unit};

/// Which fields a label tells, in their order.
fn told(label: &str) -> &'static [&'static str] {
    match label {
        "meeting" => &["format"],
        "statement" => &["act", "polarity"],
        "event" => &["type", "modality"],
        _ => &[],
    }
}

/// The text with its rows as one line.
#[must_use]
pub fn doccano(document: &Document, record: &Record) -> Value {
    let (marks, offsets) = (Marks::of(document, record), Offsets::new(&document.text, Unit::CodePoint));
    let mut roles = Vec::new();
    let mut entities = Vec::new();
    for (id, mark) in marks.marks.iter().enumerate() {
        let (start, end) = offsets.of(mark.span);
        if mark.label == "role" {
            let mut role = json!({ "start_offset": start, "end_offset": end });
            mark.features.iter().for_each(|(name, text)| role[name] = text.as_str().into());
            roles.push(role);
        }
        let first = first(&marks, id);
        entities.push(json!({ "id": id, "label": label(&marks.marks[first]), "start_offset": start, "end_offset": end }));
    }
    let relation = |(id, (from, to, bond)): (usize, &(usize, usize, Bond))| json!({ "id": id, "from_id": from, "to_id": to, "type": bond.word() });
    let relations: Vec<Value> = marks.bonds.iter().enumerate().map(relation).collect();
    json!({ "text": document.text, "name": document.id, "roles": roles, "entities": entities, "relations": relations })
}

/// The first mark of the row that a mark is of.
fn first(marks: &Marks, at: usize) -> usize {
    let before = marks.bonds.iter().find(|(_, to, bond)| *to == at && *bond == Bond::Next);
    before.map_or(at, |(from, ..)| first(marks, *from))
}

fn label(mark: &Mark) -> String {
    let mut label = mark.label.to_owned();
    for field in told(mark.label) {
        let value = mark.features.iter().find(|(name, _)| name == field).map_or("", |(_, text)| text);
        if value != "happened" {
            label += &format!(" {value}");
        }
    }
    label
}

/// Whether a line is of doccano.
pub(super) fn is(value: &Value) -> bool {
    value["text"].is_string() && (value["entities"].is_array() || value["label"].is_array())
}

/// The reading that a line of doccano holds.
pub(super) fn read(value: &Value) -> Result<Reading, String> {
    if !value["entities"].is_array() {
        return Err("no 'entities'; export from doccano as JSONL with relations".to_owned());
    }
    let text = value["text"].as_str().unwrap_or_default();
    let offsets = Offsets::new(text, Unit::CodePoint);
    let of = |key: &str| {
        [value, &value["meta"], &value["metadata"]].into_iter().map(|v| &v[key]).find(|v| !v.is_null())
    };
    let mut roles: Vec<Value> = of("roles").and_then(Value::as_array).cloned().unwrap_or_default();
    let (mut marks, mut ids) = (Marks::default(), Vec::new());
    for (number, entity) in (1..).zip(value["entities"].as_array().into_iter().flatten()) {
        let wrong = |what: &str| format!("entity {number}: {what}");
        let place = |key: &str| entity[key].as_u64();
        let (start, end) = place("start_offset")
            .zip(place("end_offset"))
            .ok_or_else(|| wrong("no 'start_offset' and 'end_offset' in code points of 'text'"))?;
        let span = offsets.span(start, end).ok_or_else(|| wrong("it is not within 'text'"))?;
        let mut words = entity["label"].as_str().unwrap_or_default().split(' ');
        let kind = words.next().unwrap_or_default();
        let label = LABELS.into_iter().find(|label| *label == kind);
        let label = label.ok_or_else(|| {
            wrong(&format!("'{kind}' is no kind of row; a label begins with {}", LABELS.join(", ")))
        })?;
        let pair = |(name, value): (&&str, &str)| ((*name).to_owned(), value.to_owned());
        let mut features: Vec<(String, String)> = told(label).iter().zip(words).map(pair).collect();
        if label == "event" && features.len() == 1 {
            features.push(("modality".to_owned(), "happened".to_owned()));
        }
        if label == "role" {
            let near = |role: &Value| {
                let (from, to) = (role["start_offset"].as_u64()?, role["end_offset"].as_u64()?);
                (from < end && start < to).then(|| from.abs_diff(start) + to.abs_diff(end))
            };
            let known = (0..roles.len()).filter_map(|at| Some((near(&roles[at])?, at))).min();
            if let Some((_, at)) = known {
                let role = roles.remove(at);
                let fields = role.as_object().into_iter().flatten();
                features.extend(fields.filter_map(|(name, v)| Some((name.clone(), v.as_str()?.to_owned()))));
            }
        }
        ids.push(entity["id"].clone());
        marks.marks.push(Mark { label, span, features });
    }
    let at = |id: &Value| ids.iter().position(|known| known == id && !id.is_null());
    for relation in value["relations"].as_array().into_iter().flatten() {
        let ends = at(&relation["from_id"]).zip(at(&relation["to_id"]));
        let bond = relation["type"].as_str().and_then(Bond::of);
        marks.bonds.extend(ends.zip(bond).map(|((from, to), bond)| (from, to, bond)));
    }
    // A part of a row has the label of the whole.
    for (_, to, _) in marks.bonds.iter().filter(|(from, to, bond)| *bond == Bond::Next && from != to) {
        marks.marks[*to].features.clear();
    }
    for mark in marks.marks.iter_mut().filter(|mark| mark.label == CUE) {
        mark.features.clear();
    }
    let name = of("name").and_then(Value::as_str).unwrap_or_default();
    Ok(reading(name, text, None, None, marks.rows(false)))
}
