//! The fields of a row as text that [`super::set`] reads back, for forms.

use chancery_corpus::{Layer, Row};
use chancery_formats::exchange::required;
use chancery_formats::write::Annotator;
use chancery_model::Document;
use serde_json::Value;

use super::fields::{Kind, fields};
use super::{annotated, list};

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filled {
    pub(crate) name: &'static str,
    pub(crate) text: String,
    /// What can be chosen, where it is one of a few.
    pub(crate) choices: &'static [&'static str],
    /// Whether it holds words of the text, which may be long.
    pub(crate) long: bool,
    /// Whether a row must have it.
    pub(crate) required: bool,
}

/// Every field of a row that can be set, as it is.
pub(crate) fn filled(document: &Document, row: &Row) -> Vec<Filled> {
    let values = annotated(&Annotator::new(document), row);
    let text = |name: &str, kind: Kind| {
        let get = |key: &str| values.get(key).unwrap_or(&Value::Null);
        match (kind, name) {
            (Kind::Date, _) => match (plain(get("from")), plain(get("to"))) {
                (from, to) if from == to => from,
                (from, to) => format!("{from}/{to}"),
            },
            (Kind::Yes, _) => if get(name) == &Value::Bool(true) { "yes" } else { "no" }.to_owned(),
            (Kind::Words, _) => joined(get(name), " … ", plain),
            (Kind::Who, _) => joined(get(name), "; ", who),
            (Kind::Parties, _) => joined(get(name), " – ", party),
            (Kind::Topics, _) => joined(get(name), "; ", plain),
            (_, "type") => plain(get("plover")),
            _ => plain(get(name)),
        }
    };
    let of = |&(name, kind): &(&'static str, Kind)| empty(row.layer(), name, kind, text(name, kind));
    fields(row.layer()).iter().map(of).collect()
}

/// What a row says but for the words of the text, field by field: `type ACCUSE, actor NOR`.
pub(crate) fn said(document: &Document, row: &Row) -> String {
    let fields = filled(document, row).into_iter().filter(|f| !f.long && !f.text.is_empty());
    fields.map(|f| format!("{} {}", f.name, f.text)).collect::<Vec<_>>().join(", ")
}

/// The fields of a row that is yet to be written.
pub(crate) fn blank(layer: Layer) -> Vec<Filled> {
    fields(layer).iter().map(|&(name, kind)| empty(layer, name, kind, String::new())).collect()
}

fn empty(layer: Layer, name: &'static str, kind: Kind, text: String) -> Filled {
    Filled {
        name,
        text,
        choices: choices(layer, name),
        long: kind == Kind::Words,
        required: required(list(layer)).contains(&if name == "type" { "plover" } else { name }),
    }
}

/// The words of the annotation guide for fields that hold one of a few.
fn choices(layer: Layer, name: &str) -> &'static [&'static str] {
    match (layer, name) {
        (Layer::Statement, "act") => {
            &["position", "commitment", "request", "courtesy", "report", "agreement"]
        }
        (Layer::Statement, "polarity") => &["support", "oppose", "neutral"],
        (Layer::Statement, "manner") => &["paraphrased", "quoted"],
        (Layer::Meeting, "format") => &["in_person", "call", "video", "unstated"],
        (Layer::Meeting, "told") => &["main", "background"],
        (Layer::Meeting, "planned") => &["no", "yes"],
        (Layer::Event, "modality") => &["happened", "planned", "requested", "denied"],
        _ => &[],
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn joined(value: &Value, between: &str, one: fn(&Value) -> String) -> String {
    match value {
        Value::Array(items) => items.iter().map(one).collect::<Vec<_>>().join(between),
        other => one(other),
    }
}

/// `Zoë Dahl (NOR)`, `NOR`, `SDN.REB`.
fn who(value: &Value) -> String {
    let code = match value.get("sector").map(plain).filter(|s| !s.is_empty()) {
        Some(sector) => format!("{}.{sector}", plain(&value["code"])),
        None => plain(&value["code"]),
    };
    named(&plain(&value["name"]), &code)
}

/// `Zoë Dahl, Ana Rego (NOR, host)`.
fn party(value: &Value) -> String {
    let names = joined(&value["persons"], ", ", plain);
    let host = value["host"] == Value::Bool(true);
    match (names.is_empty(), host) {
        (true, false) => plain(&value["code"]),
        (_, false) => named(&names, &plain(&value["code"])),
        (_, true) => named(&names, &format!("{}, host", plain(&value["code"]))),
    }
}

fn named(name: &str, code: &str) -> String {
    match (name.is_empty(), code.is_empty()) {
        (true, _) => code.to_owned(),
        (_, true) => name.to_owned(),
        _ => format!("{name} ({code})"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Field, Valid, rows, set};
    use super::*;

    #[test]
    fn a_form_that_is_sent_as_it_was_changes_nothing() {
        let (pipeline, valid) = (crate::Pipeline::embedded().expect("the data are there"), Valid::embedded());
        let text = "NORTHHAVEN, March 3 (Nordwire) -- Norwegian Prime Minister Zoë Dahl met with Chilean President José Rojas in Oslo \
                    on Monday. Norway, she said, is willing to work with Chile on fisheries. Rojas condemned the attack on the port. \
                    Sweden halted exports to Chile on Sunday.";
        let mut seen = 0;
        for reading in chancery_formats::read("a.txt", text.as_bytes()) {
            let document = reading.outcome.expect("it is a text");
            for row in rows(&pipeline.code(&document).record) {
                for filled in filled(&document, &row) {
                    let field = Field { name: filled.name.to_owned(), text: filled.text.clone() };
                    let again = set(&document, &row, std::slice::from_ref(&field), &valid);
                    assert_eq!(again.map(|r| r.fields()), Ok(row.fields()), "{} {field:?}", row.id());
                    assert!(filled.choices.is_empty() || filled.choices.contains(&filled.text.as_str()));
                    seen += 1;
                }
            }
        }
        assert!(seen > 40, "{seen} fields");
    }

    #[test]
    fn every_choice_is_a_value_of_its_field_and_none_is_missing() {
        let document = Document {
            id: "a".into(),
            source: chancery_model::Source::default(),
            text: "Zoë Dahl met José Rojas.".into(),
            blocks: vec![],
        };
        let valid = Valid::embedded();
        let field = |name: &str, text: &str| Field { name: name.to_owned(), text: text.to_owned() };
        let least = |layer| match layer {
            Layer::Role => vec![
                field("person", "Zoë Dahl"),
                field("office", "minister"),
                field("country", "NOR"),
                field("quote", "Zoë Dahl"),
            ],
            Layer::Meeting => vec![field("parties", "NOR – CHL"), field("quote", "met")],
            Layer::Statement => {
                vec![field("act", "report"), field("speaker", "NOR"), field("content", "met")]
            }
            Layer::Event => vec![field("type", "CONSULT"), field("actor", "NOR"), field("quote", "met")],
        };
        for layer in Layer::ALL {
            let row =
                super::super::fresh(&document, layer, &least(layer), &valid).expect("the least is enough");
            for one in blank(layer).iter().filter(|one| !one.choices.is_empty()) {
                for choice in one.choices {
                    let set = set(&document, &row, &[field(one.name, choice)], &valid);
                    let shown = filled(&document, &set.expect("each choice can be set"));
                    assert!(
                        shown.iter().any(|f| f.name == one.name && f.text == *choice),
                        "{} {choice}",
                        one.name
                    );
                }
                let wrong =
                    set(&document, &row, &[field(one.name, "nonsense")], &valid).expect_err("it is no value");
                let named = |word: &&&str| wrong.contains(**word) || wrong.contains(&word.replace('_', " "));
                assert!(
                    one.choices.len() == 2 || one.choices.iter().filter(named).count() == one.choices.len(),
                    "{wrong}"
                );
            }
        }
    }
}
