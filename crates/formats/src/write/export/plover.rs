//! PLOVER: one JSON object a real event, with the fields of the manual's table (0.8) under its names.

use chancery_model::Modality;
use serde_json::{Map, Value, json};

use super::event::{Actor, Event};
use super::table::{Column, Kind, Table};

/// Events as PLOVER records. `time`, `endtime`, `coded_date` and `coded_time` are always absent: texts do not tell them, and the same
/// record gives the same file on any day.
#[must_use]
pub fn plover(events: &[Event], coder: &str, version: &str) -> Table {
    use Kind::{Integer, Json, Number, Text};
    let columns = [
        ("id", Text, "Id of the event in the record; unique in the file."),
        ("has_event", Json, "Always true: the event was coded."),
        ("date", Text, "First day, YYYY-MM-DD; the date of the document where the event has none."),
        ("time", Text, "Time of day; never known."),
        ("enddate", Text, "Last day, where it is another than the first."),
        ("endtime", Text, "Time of day; never known."),
        ("actor", Json, "List of objects: who acts; of a meeting, all parties."),
        ("recipient", Json, "List of objects: toward whom; of a meeting, nobody."),
        ("event", Json, "List of one PLOVER type."),
        ("event_loc", Json, "Object: where it was, in the names of GeoNames."),
        ("event_text", Json, "List of the words that state it, those of the best document first."),
        (
            "quad_code",
            Integer,
            "PLOVER's quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
        ),
        ("event_scale", Number, "PLOVER's score of conflict and cooperation, -10 to 10."),
        ("mode", Json, "List of PLOVER modes."),
        (
            "context",
            Json,
            "List of PLOVER contexts; future, hypothetical or negation where it is not told as having happened.",
        ),
        ("link", Text, "Id of the meeting over documents that it is, in this record."),
        ("text", Text, "Text of the document; left out, since it may not be ours to give."),
        (
            "text_info",
            Json,
            "Object: number of the sentence (sequence), and where the words begin and end in the text, in characters from 0.",
        ),
        ("cite_info", Json, "Object: where the best document was published."),
        ("coder", Text, "Program, version and data that coded it."),
        ("coded_date", Text, "Day of coding; left out."),
        ("coded_time", Text, "Time of coding; left out."),
        ("comment", Text, "How many documents tell it; they are in event_mentions."),
    ];
    let columns = columns.map(|(name, kind, about)| Column::new(name, kind, about)).to_vec();
    let rows = events.iter().map(|event| row(event, coder, version)).collect();
    Table::new("events", "One real event, however many documents tell it.", columns, rows)
}

fn row(event: &Event, coder: &str, version: &str) -> Vec<Value> {
    let best = event.mentions.first();
    let actors = |actors: &[Actor]| -> Value { actors.iter().map(actor).collect() };
    let texts: Value = event.mentions.iter().map(|mention| json!(mention.quote)).collect();
    let later = event.to.filter(|&to| event.from != Some(to));
    let documents =
        event.mentions.iter().map(|m| &m.document).collect::<std::collections::BTreeSet<_>>().len();
    vec![
        json!(event.id),
        json!(true),
        json!(event.from.map(|date| date.to_string())),
        Value::Null,
        json!(later.map(|date| date.to_string())),
        Value::Null,
        actors(&event.actors),
        if event.recipients.is_empty() { Value::Null } else { actors(&event.recipients) },
        json!([event.plover]),
        location(event),
        texts,
        json!(event.quad),
        json!(event.score),
        json!(event.mode.iter().collect::<Vec<_>>()),
        json!(contexts(event)),
        json!(event.meeting),
        Value::Null,
        best.map_or(Value::Null, |m| {
            let end = m.offset.map(|start| start as usize + m.quote.chars().count());
            object([("sequence", json!(m.sentence)), ("start", json!(m.offset)), ("end", json!(end))])
        }),
        best.map_or(Value::Null, |m| {
            object([
                ("citation", json!(m.document)),
                ("url", json!(m.url)),
                ("title", json!(m.title)),
                ("language", json!(m.language)),
                ("publication", json!(m.publisher)),
                ("codebook", json!("plover-0.8")),
                ("version", json!(version)),
            ])
        }),
        json!(coder),
        Value::Null,
        Value::Null,
        json!(format!("told in {documents} document{}", if documents == 1 { "" } else { "s" })),
    ]
}

/// The contexts, and the special one that says that it did not happen yet, or not at all.
pub(super) fn contexts(event: &Event) -> Vec<String> {
    let special = match event.modality {
        Modality::Happened => None,
        Modality::Planned => Some("future"),
        Modality::Requested => Some("hypothetical"),
        Modality::Denied => Some("negation"),
    };
    event.contexts.iter().cloned().chain(special.map(str::to_owned)).collect()
}

fn actor(actor: &Actor) -> Value {
    object([
        ("code", json!(actor.plover_code())),
        ("sector", json!(filled(&actor.sector))),
        ("actor_text", json!(actor.raw)),
        ("identifier_text", json!(actor.name)),
        ("office", json!(actor.title)),
        ("cow", json!(actor.cow)),
        ("gw", json!(actor.gw)),
    ])
}

fn location(event: &Event) -> Value {
    let site = &event.site;
    let fields = object([
        ("name", json!(site.raw.as_ref().or(site.city.as_ref()).or(site.country_name.as_ref()))),
        ("latitude", json!(site.coordinates.map(|c| c.0))),
        ("longitude", json!(site.coordinates.map(|c| c.1))),
        ("admin1", json!(site.province)),
        ("cc3", json!(site.country)),
    ]);
    if fields.as_object().is_none_or(Map::is_empty) { Value::Null } else { fields }
}

fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// The fields that are known.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let known = fields.into_iter().filter(|(_, value)| !value.is_null() && value.as_str() != Some(""));
    Value::Object(known.map(|(key, value)| (key.to_owned(), value)).collect())
}
