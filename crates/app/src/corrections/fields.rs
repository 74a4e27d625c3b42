//! Fields of a row set by text: `holder=Zoë Dahl (NOR); CHL`, `date=2031-03-04/2031-03-06`.

use std::str::FromStr;

use chancery_coder::knowledge::table::nearest;
use chancery_corpus::{Layer, Row, answers_to};
use chancery_formats::exchange::{Said, edited};
use chancery_formats::write::Annotator;
use chancery_model::{Document, Record};
use serde_json::{Map, Value, json};

use super::{Valid, annotated, list, merged, rows};
use crate::codes::code;

/// A field and the text that it is set to; none where it is emptied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl FromStr for Field {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, text) = text.split_once('=').ok_or("write FIELD=VALUE, as in act=request")?;
        Ok(Self { name: name.trim().to_lowercase(), text: text.trim().to_owned() })
    }
}

/// The fields of a layer that can be set, and what kind of value each holds.
pub(super) fn fields(layer: Layer) -> &'static [(&'static str, Kind)] {
    use Kind::{Date, Organ, Parties, Text, Topics, Who, Words, Yes};
    match layer {
        Layer::Role => &[
            ("person", Text),
            ("office", Text),
            ("organization", Text),
            ("country", Organ),
            ("quote", Words),
        ],
        Layer::Meeting => &[
            ("date", Date),
            ("place", Text),
            ("country", Organ),
            ("parties", Parties),
            ("format", Text),
            ("told", Text),
            ("planned", Yes),
            ("quote", Words),
        ],
        Layer::Statement => &[
            ("act", Text),
            ("speaker", Who),
            ("holder", Who),
            ("addressee", Who),
            ("polarity", Text),
            ("topics", Topics),
            ("cue", Words),
            ("content", Words),
            ("manner", Text),
        ],
        Layer::Event => &[
            ("type", Text),
            ("mode", Text),
            ("cameo", Text),
            ("contexts", Topics),
            ("actor", Who),
            ("recipient", Who),
            ("date", Date),
            ("place", Text),
            ("modality", Text),
            ("quote", Words),
        ],
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// Words of the document; ` … ` where something stands between.
    Words,
    /// A state or organisation.
    Organ,
    /// Participants, `;` between them.
    Who,
    /// Sides of a meeting.
    Parties,
    Date,
    /// Words of one's own, `;` between them.
    Topics,
    Yes,
}

/// The row with these fields set.
///
/// # Errors
/// There is no such field, a value is not valid, or words are not in the text.
pub(crate) fn set(document: &Document, row: &Row, given: &[Field], valid: &Valid) -> Result<Row, String> {
    let mut fields = annotated(&Annotator::new(document), row);
    for field in given {
        put(&mut fields, row.layer(), field)?;
    }
    let read = one(document, row.layer(), fields.clone())?;
    let mut new = merged(&Said::of(document), row, &read, &fields);
    // What was quoted anew is meant to the letter.
    let quoted = |name: &str| given.iter().any(|field| field.name == name);
    match (&mut new, &read) {
        (Row::Role(new), Row::Role(read)) if quoted("quote") => new.quote = read.quote,
        (Row::Meeting(new), Row::Meeting(read)) if quoted("quote") => new.quote = read.quote,
        (Row::Event(new), Row::Event(read)) if quoted("quote") => new.quote = read.quote,
        (Row::Statement(new), Row::Statement(read)) => {
            if quoted("content") {
                new.content.clone_from(&read.content);
            }
            if quoted("cue") {
                new.cue.clone_from(&read.cue);
            }
        }
        _ => {}
    }
    valid.row(&new)?;
    Ok(valid.completed(new))
}

/// A row of these fields alone.
///
/// # Errors
/// A field is missing or not valid, or words are not in the text.
pub(crate) fn fresh(
    document: &Document,
    layer: Layer,
    given: &[Field],
    valid: &Valid,
) -> Result<Row, String> {
    let mut fields = Map::new();
    for field in given {
        put(&mut fields, layer, field)?;
    }
    let row = one(document, layer, fields)?;
    valid.row(&row)?;
    Ok(valid.completed(row))
}

fn one(document: &Document, layer: Layer, fields: Map<String, Value>) -> Result<Row, String> {
    let wrong = |what: String| what.replace("'plover'", "'type'").replace("plover", "type");
    let read = edited(document, list(layer), fields).map_err(wrong)?;
    rows(&read).pop().ok_or_else(|| "no row".to_owned())
}

fn put(row: &mut Map<String, Value>, layer: Layer, field: &Field) -> Result<(), String> {
    let known = || fields(layer).iter().map(|(name, _)| *name);
    let Some((name, kind)) = fields(layer).iter().find(|(name, _)| *name == field.name) else {
        let near = nearest(&field.name, known()).map(|near| format!("; did you mean '{near}'?"));
        let all = format!("; it has {}", known().collect::<Vec<_>>().join(", "));
        return Err(format!("a {} has no field '{}'{}", layer.word(), field.name, near.unwrap_or(all)));
    };
    let wrong = |what: String| format!("'{name}': {what}");
    let text = field.text.as_str();
    let key = if *name == "type" { "plover" } else { name };
    row.remove("at").filter(|_| !matches!(key, "quote" | "content")).map(|at| row.insert("at".into(), at));
    if key == "cue" {
        row.remove("cue_at");
    }
    let value = match kind {
        Kind::Date => {
            let (from, to) = text.split_once('/').unwrap_or((text, text));
            for (key, date) in [("from", from), ("to", to)] {
                let date = date.trim();
                row.insert(key.into(), if date.is_empty() { Value::Null } else { date.into() });
            }
            return Ok(());
        }
        _ if text.is_empty() => match kind {
            Kind::Who | Kind::Parties | Kind::Topics => json!([]),
            Kind::Text if *name == "country" => json!(""),
            _ => Value::Null,
        },
        Kind::Text if key == "plover" => text.to_uppercase().into(),
        Kind::Text if ["person", "office", "organization", "place"].contains(&key) => text.into(),
        Kind::Text => text.to_lowercase().into(),
        Kind::Organ if text.contains(':') => text.into(),
        Kind::Organ => code(text).map_err(wrong)?.into(),
        Kind::Yes => match text.to_lowercase().as_str() {
            "yes" | "true" | "1" => true.into(),
            "no" | "false" | "0" => false.into(),
            _ => return Err(wrong(format!("'{text}' is neither yes nor no"))),
        },
        Kind::Topics => split(text).collect::<Vec<_>>().into(),
        Kind::Words => match text.split(" … ").collect::<Vec<_>>().as_slice() {
            [whole] => (*whole).into(),
            parts => json!(parts),
        },
        Kind::Who => split(text).map(who).collect::<Result<Vec<_>, _>>().map_err(wrong)?.into(),
        Kind::Parties => {
            let sides = text.split(" – ").flat_map(split);
            sides.map(party).collect::<Result<Vec<_>, _>>().map_err(wrong)?.into()
        }
    };
    row.insert(key.into(), value);
    Ok(())
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// `Zoë Dahl (NOR)`, `NOR`, `SDN.REB`.
fn who(text: &str) -> Result<Value, String> {
    let (name, code) = named(text)?;
    let (code, sector) = match code.split_once('.').filter(|_| !code.contains(':')) {
        Some((code, sector)) => (code, Some(sector.to_uppercase())),
        None => (code, None),
    };
    let code = if code.is_empty() { String::new() } else { self::code(code)? };
    let mut who = Map::new();
    name.map(|name| who.insert("name".into(), name.into()));
    who.insert("code".into(), code.into());
    sector.map(|sector| who.insert("sector".into(), sector.into()));
    Ok(Value::Object(who))
}

/// `Zoë Dahl, Ana Rego (NOR, host)`, `CHL`.
fn party(text: &str) -> Result<Value, String> {
    let (names, code) = named(text)?;
    let (code, host) = match code.split_once(',') {
        Some((code, host)) if host.trim() == "host" => (code.trim(), true),
        _ => (code, false),
    };
    let persons: Vec<&str> = names.iter().flat_map(|names| names.split(", ")).map(str::trim).collect();
    Ok(json!({ "code": self::code(code)?, "persons": persons, "host": host }))
}

/// The name and the code of `Zoë Dahl (NOR)`; a code alone stands for itself.
fn named(text: &str) -> Result<(Option<&str>, &str), String> {
    match text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        Some((name, code)) if !name.trim().is_empty() => Ok((Some(name.trim()), code.trim())),
        Some(_) => Err(format!("'{text}' names nobody; write Zoë Dahl (NOR), or NOR")),
        None => match text.split('.').next().map(self::code) {
            Some(Err(wrong)) if !text.contains(':') => Err(format!("{wrong}; a person is Zoë Dahl (NOR)")),
            _ => Ok((None, text)),
        },
    }
}

/// The field with names that are written in part as the text has them whole: `Dahl` is Zoë Dahl (NOR), where it names one such.
/// What is a code, has its code beside it, or might be several, stays as it is.
pub(crate) fn whole_names(record: &Record, layer: Layer, field: Field) -> Field {
    let kind = fields(layer).iter().find(|(name, _)| *name == field.name).map(|(_, kind)| *kind);
    let between = match kind {
        Some(Kind::Who) => "; ",
        Some(Kind::Parties) => " – ",
        _ => return field,
    };
    let named = named_in(record);
    let whole = |part: &str| {
        let part = part.trim();
        if part.contains(['(', ':']) || code(part).is_ok() {
            return part.to_owned();
        }
        let found: Vec<&(String, String)> = named.iter().filter(|(name, _)| answers_to(name, part)).collect();
        match found[..] {
            [(name, code), ref rest @ ..] if rest.iter().all(|o| o.1 == *code && answers_to(name, &o.0)) => {
                format!("{name} ({code})")
            }
            _ => part.to_owned(),
        }
    };
    let parts: Vec<String> = field.text.split(between.trim()).map(whole).collect();
    Field { text: parts.join(between), ..field }
}

/// Everybody whom the rows of a text name, with the code of whom they serve, the longest name first.
fn named_in(record: &Record) -> Vec<(String, String)> {
    let said = record.statements.iter().flat_map(|s| s.speaker.iter().chain(&s.holder).chain(&s.addressee));
    let all = said.chain(record.events.iter().flat_map(|e| e.actor.iter().chain(&e.recipient)));
    let of_rows = all.filter_map(|p| Some((p.name.clone()?, p.code.clone())));
    let of_meetings = record.meetings.iter().flat_map(|m| &m.parties);
    let of_meetings =
        of_meetings.flat_map(|party| party.persons.iter().map(|name| (name.clone(), party.code.clone())));
    let of_roles = record.roles.iter().map(|role| (role.person.clone(), role.country.clone()));
    let mut named: Vec<(String, String)> =
        of_rows.chain(of_meetings).chain(of_roles).filter(|(_, code)| !code.is_empty()).collect();
    named.sort_by(|a, b| (b.0.len(), a).cmp(&(a.0.len(), b)));
    named.dedup();
    named
}

/// What differs between two rows, field by field, for people: `act: position → request`.
pub(crate) fn changes(document: Option<&Document>, from: &Row, to: &Row) -> Vec<String> {
    let (before, after) = (from.fields(), to.fields());
    let mut names: Vec<&String> =
        before.keys().chain(after.keys().filter(|k| !before.contains_key(*k))).collect();
    names.retain(|name| before.get(*name) != after.get(*name));
    let show = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), |v| shown(v, document));
    let name = |name: &str| if name == "plover" { "type".to_owned() } else { name.to_owned() };
    let change =
        |key: &String| format!("{}: {} → {}", name(key), show(before.get(key)), show(after.get(key)));
    names.into_iter().map(change).collect()
}

/// A value in words; of spans the words they stand for.
fn shown(value: &Value, document: Option<&Document>) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) if text.is_empty() => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "nothing".to_owned(),
        Value::Array(items) => items.iter().map(|v| shown(v, document)).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            let text = |key: &str| fields.get(key).and_then(Value::as_str).unwrap_or_default();
            if let Ok(span) = serde_json::from_value::<chancery_model::Span>(value.clone()) {
                let place = span.start as usize..span.end as usize;
                let words = document.and_then(|d| d.text.get(place));
                return words.map_or_else(|| "other words".to_owned(), |words| format!("\"{words}\""));
            }
            if fields.contains_key("from") {
                let (from, to) = (text("from"), text("to"));
                return if from == to { from.to_owned() } else { format!("{from}/{to}") };
            }
            let persons = fields.get("persons").and_then(Value::as_array).into_iter().flatten();
            let mut names: Vec<&str> = persons.filter_map(Value::as_str).collect();
            names.extend(Some(text("name")).filter(|name| !name.is_empty()));
            match (names.is_empty(), text("code")) {
                (true, code) => code.to_owned(),
                (false, "") => names.join(", "),
                (false, code) => format!("{} ({code})", names.join(", ")),
            }
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn document() -> Document {
        let text = "Zoë Dahl met José Rojas in Oslo. Norway will help, she said. It rained, and it rained.";
        Document {
            id: "a".into(),
            source: chancery_model::Source::default(),
            text: text.into(),
            blocks: vec![],
        }
    }

    fn given(fields: &[&str]) -> Vec<Field> {
        fields.iter().map(|field| field.parse().unwrap()).collect()
    }

    fn statement(fields: &[&str]) -> Result<Row, String> {
        let all =
            [&["act=commitment", "speaker=Zoë Dahl (NOR)", "content=Norway will help"], fields].concat();
        fresh(&document(), Layer::Statement, &given(&all), &Valid::embedded())
    }

    #[test]
    fn fields_are_set_as_the_lists_print_them() {
        let Row::Statement(row) =
            statement(&["holder=Norway; IGO:UN", "topics=aid; rain", "cue=said"]).unwrap()
        else {
            panic!()
        };
        let codes: Vec<&str> = row.holder.iter().map(|who| who.code.as_str()).collect();
        assert_eq!((codes, row.topics.len()), (vec!["NOR", "IGO:UN"], 2));
        assert_eq!(document().slice(row.cue[0]), "said");
        let meeting = given(&[
            "parties=Zoë Dahl, Ana Rego (NOR, host) – CHL",
            "date=2031-03-04/2031-03-05",
            "quote=met",
            "planned=yes",
        ]);
        let Row::Meeting(row) = fresh(&document(), Layer::Meeting, &meeting, &Valid::embedded()).unwrap()
        else {
            panic!()
        };
        assert_eq!(
            (row.parties[0].persons.len(), row.parties[0].host, row.parties[1].code.as_str()),
            (2, true, "CHL")
        );
        assert_eq!((row.when.unwrap().to.to_string().as_str(), row.planned), ("2031-03-05", true));
    }

    #[test]
    fn only_what_is_named_is_changed() {
        let row = statement(&["addressee=CHL"]).unwrap();
        let new = set(&document(), &row, &given(&["act=Request", "addressee="]), &Valid::embedded()).unwrap();
        assert_eq!(
            changes(Some(&document()), &row, &new),
            ["act: commitment → request", "addressee: CHL → nothing"]
        );
        let new = set(&document(), &row, &given(&["content=Norway will help, she said"]), &Valid::embedded())
            .unwrap();
        let changed = "content: \"Norway will help\" → \"Norway will help, she said\"";
        assert_eq!(changes(Some(&document()), &row, &new), [changed]);
    }

    #[test]
    fn what_is_wrong_is_said_with_what_would_be_right() {
        for (field, wrong) in [
            ("acts=request", "a statement has no field 'acts'; did you mean 'act'?"),
            ("xyz=red", "a statement has no field 'xyz'; it has act, speaker"),
            ("act=demand", "'act' is 'demand'; it is one of position, commitment"),
            ("holder=Nowhere", "'holder': no state or organisation is called 'Nowhere'"),
            ("holder=Dahl (NRO)", "'holder': no state or organisation is called 'NRO'"),
            ("content=It snowed", "'content': 'It snowed' is not in the text, word for word"),
        ] {
            let error = statement(&[field]).unwrap_err();
            assert!(error.starts_with(wrong), "{error}");
        }
        let event = |fields: &[&str]| {
            let all = [&["actor=NOR", "quote=met"], fields].concat();
            fresh(&document(), Layer::Event, &given(&all), &Valid::embedded()).unwrap_err()
        };
        assert_eq!(event(&["type=CONSLT"]), "there is no type 'CONSLT'; did you mean 'CONSULT'?");
        assert_eq!(
            event(&["type=CONSULT", "mode=visits"]),
            "CONSULT has no mode 'visits'; did you mean 'visit'?"
        );
        assert_eq!(event(&["type=AGREE", "mode=visit"]), "AGREE has no mode 'visit'; it has none");
        assert!(event(&["type=AGREE", "cameo=999"]).starts_with("there is no CAMEO code '999'"));
        assert!(
            event(&["type=AGREE", "date=2031-02-30"]).contains("'2031-02-30', no date; write YYYY-MM-DD")
        );
        assert!(event(&[]).starts_with("no 'type'; it needs type, quote"));
    }
}
