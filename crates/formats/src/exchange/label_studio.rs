//! Label Studio: tasks with annotations, in UTF-16 code units, and the labelling interface that they are made for.

use chancery_model::{Document, Record};
use serde_json::{Value, json};

use super::Reading;
use super::marks::{Bond, LABELS, Mark, Marks, list, reading};
use super::offsets::{Offsets, Unit};
use super::text::fields;

/// Fields of few values, each with them.
const CHOICES: [(&str, &[&str]); 7] = [
    ("format", &["in_person", "call", "video", "unstated"]),
    ("told", &["main", "background"]),
    ("planned", &["yes"]),
    ("act", &["position", "commitment", "request", "courtesy", "report", "agreement"]),
    ("polarity", &["support", "oppose", "neutral"]),
    ("manner", &["quoted", "paraphrased"]),
    ("modality", &["happened", "planned", "requested", "denied"]),
];

fn is_choice(field: &str) -> bool {
    field == "type" || CHOICES.iter().any(|(name, _)| *name == field)
}

/// The text with its rows as one task.
#[must_use]
pub fn label_studio(document: &Document, record: &Record) -> Value {
    let (marks, offsets) = (Marks::of(document, record), Offsets::new(&document.text, Unit::Utf16));
    let mut result = Vec::new();
    for (at, mark) in marks.marks.iter().enumerate() {
        let (start, end) = offsets.of(mark.span);
        let mut item = |control: &str, kind: &str, key: &str, values: Value| {
            let mut value = json!({ "start": start, "end": end, "text": document.slice(mark.span) });
            value[key] = values;
            result.push(json!({
                "id": format!("r{at}"), "from_name": control, "to_name": "text", "type": kind, "value": value,
            }));
        };
        item("label", "labels", "labels", json!([mark.label]));
        for (name, text) in &mark.features {
            if is_choice(name) {
                item(name, "choices", "choices", json!([text]));
            } else {
                item(name, "textarea", "text", json!([text]));
            }
        }
    }
    for (from, to, bond) in &marks.bonds {
        result.push(json!({
            "type": "relation", "from_id": format!("r{from}"), "to_id": format!("r{to}"), "direction": "right",
            "labels": [bond.word()],
        }));
    }
    json!({ "data": { "text": document.text, "name": document.id }, "annotations": [{ "result": result }] })
}

/// The labelling interface, with these types of events.
#[must_use]
pub fn label_studio_interface(types: &[&str]) -> String {
    let mut page = String::from(
        "<View>\n  <Style>.htx-text { white-space: pre-wrap; }</Style>\n  <Relations>\n    <Relation value=\"next\"/>\n    \
         <Relation value=\"cue\"/>\n  </Relations>\n  <Labels name=\"label\" toName=\"text\">\n",
    );
    for (label, colour) in LABELS.iter().zip(["#8c6d31", "#31748c", "#3f7f4c", "#8c3a31", "#777777"]) {
        page += &format!("    <Label value=\"{label}\" background=\"{colour}\"/>\n");
    }
    page += "  </Labels>\n  <Text name=\"text\" value=\"$text\"/>\n";
    let mut done: Vec<&str> = Vec::new();
    for (name, _) in LABELS.iter().flat_map(|label| own(label)) {
        if done.contains(name) {
            continue;
        }
        done.push(name);
        let labels: Vec<&str> =
            LABELS.into_iter().filter(|label| own(label).iter().any(|(own, _)| own == name)).collect();
        let when =
            format!("perRegion=\"true\" whenTagName=\"label\" whenLabelValue=\"{}\"", labels.join(","));
        let values = CHOICES.iter().find(|(choice, _)| choice == name).map(|(_, values)| *values);
        let values = if *name == "type" { Some(types) } else { values };
        match values {
            Some(values) => {
                page += &format!("  <Choices name=\"{name}\" toName=\"text\" {when} showInline=\"true\">\n");
                values.iter().for_each(|value| page += &format!("    <Choice value=\"{value}\"/>\n"));
                page += "  </Choices>\n";
            }
            None => {
                page += &format!(
                    "  <TextArea name=\"{name}\" toName=\"text\" {when} maxSubmissions=\"1\" editable=\"true\" placeholder=\"{name}\"/>\n"
                );
            }
        }
    }
    page + "</View>\n"
}

fn own(label: &str) -> &'static [(&'static str, super::text::Kind)] {
    let list = list(label);
    if list.is_empty() { &[] } else { fields(list) }
}

/// Whether an object is a task of Label Studio.
pub(super) fn is(value: &Value) -> bool {
    value["data"].is_object() && (value["annotations"].is_array() || value["predictions"].is_array())
}

/// The readings that a task holds: one a person.
pub(super) fn read(task: &Value) -> Result<Vec<Reading>, String> {
    let Some(text) = task["data"]["text"].as_str() else {
        return Err("no 'data.text'; export from Label Studio as JSON".to_owned());
    };
    let name = task["data"]["name"].as_str().unwrap_or_default();
    let offsets = Offsets::new(text, Unit::Utf16);
    let valid = |annotation: &&Value| annotation["was_cancelled"] != json!(true);
    let all = task["annotations"].as_array().into_iter().flatten().filter(valid);
    let one = |annotation: &Value| {
        let marks = marks(annotation, &offsets)?;
        let by = &annotation["completed_by"];
        let who = [&by["email"], &by["username"], by].into_iter().find_map(Value::as_str).map(str::to_owned);
        let when = ["updated_at", "created_at"].into_iter().find_map(|key| annotation[key].as_str());
        let when = when.and_then(|when| when.get(..16)).map(|when| when.replace('T', " "));
        Ok(reading(name, text, who, when, marks.rows(true)))
    };
    all.map(one).collect()
}

fn marks(annotation: &Value, offsets: &Offsets<'_>) -> Result<Marks, String> {
    let items = || annotation["result"].as_array().into_iter().flatten();
    let (mut marks, mut ids) = (Marks::default(), Vec::new());
    for item in items().filter(|item| item["type"] == "labels") {
        let wrong = |what: &str| format!("region '{}': {what}", item["id"].as_str().unwrap_or("?"));
        let place = |key: &str| item["value"][key].as_u64();
        let (start, end) = place("start").zip(place("end")).ok_or_else(|| {
            wrong("no 'start' and 'end' in UTF-16 units; the interface shows the text with <Text>")
        })?;
        let span = offsets.span(start, end).ok_or_else(|| wrong("it is not within 'data.text'"))?;
        let kind = item["value"]["labels"][0].as_str().unwrap_or_default();
        let label = LABELS.into_iter().find(|label| *label == kind);
        let label = label
            .ok_or_else(|| wrong(&format!("'{kind}' is no label; it is one of {}", LABELS.join(", "))))?;
        ids.push(item["id"].clone());
        marks.marks.push(Mark { label, span, features: Vec::new() });
    }
    let at = |id: &Value| ids.iter().position(|known| known == id);
    for item in items() {
        let key = match item["type"].as_str() {
            Some("choices") => "choices",
            Some("textarea") => "text",
            Some("relation") => {
                let ends = at(&item["from_id"]).zip(at(&item["to_id"]));
                let bond = item["labels"][0].as_str().and_then(Bond::of);
                marks.bonds.extend(ends.zip(bond).map(|((from, to), bond)| (from, to, bond)));
                continue;
            }
            _ => continue,
        };
        let values: Vec<&str> = match &item["value"][key] {
            Value::String(text) => vec![text],
            values => values.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
        };
        if let (Some(at), Some(name)) = (at(&item["id"]), item["from_name"].as_str()) {
            marks.marks[at].features.push((name.to_owned(), values.join("; ")));
        }
    }
    Ok(marks)
}
