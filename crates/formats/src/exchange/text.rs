//! Fields of a row as one line of text each, as tools for annotation hold them, and back.

use serde_json::{Map, Value, json};

/// What a field holds, and what it is called in a row of annotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words; must be there.
    Word,
    /// Words or none.
    Maybe,
    /// Words of one's own, `;` between them.
    List,
    /// Participants.
    Who,
    /// Sides of a meeting.
    Parties,
    /// `from` and `to`.
    Date,
    /// `yes`, or nothing.
    Yes,
}

/// The fields of a kind of row, by what tools call them.
pub(super) fn fields(layer: &str) -> &'static [(&'static str, Kind)] {
    use Kind::{Date, List, Maybe, Parties, Who, Word, Yes};
    match layer {
        "roles" => &[("person", Word), ("office", Word), ("organization", Maybe), ("country", Maybe)],
        "meetings" => &[
            ("format", Word),
            ("told", Word),
            ("planned", Yes),
            ("date", Date),
            ("place", Maybe),
            ("country", Maybe),
            ("parties", Parties),
        ],
        "statements" => &[
            ("act", Word),
            ("polarity", Word),
            ("manner", Word),
            ("speaker", Who),
            ("holder", Who),
            ("addressee", Who),
            ("topics", List),
        ],
        _ => &[
            ("type", Word),
            ("modality", Word),
            ("mode", Maybe),
            ("cameo", Maybe),
            ("contexts", List),
            ("actor", Who),
            ("recipient", Who),
            ("date", Date),
            ("place", Maybe),
        ],
    }
}

/// The name of a field in annotations.
fn key(name: &str) -> &str {
    if name == "type" { "plover" } else { name }
}

/// The fields of a row of annotations as text; what is empty is left out.
pub(super) fn features(layer: &str, row: &Value) -> Vec<(&'static str, String)> {
    let mut features = Vec::new();
    for (name, kind) in fields(layer) {
        let value = match kind {
            Kind::Date => json!([row["from"], row["to"]]),
            _ => row[key(name)].clone(),
        };
        let text = written(*kind, &value);
        // What would not read back the same is written as JSON.
        let text = if decoded(*kind, &text) == canonical(*kind, &value) { text } else { value.to_string() };
        if !text.is_empty() {
            features.push((*name, text));
        }
    }
    features
}

/// Set a field of a row of annotations from its text.
pub(super) fn put(row: &mut Map<String, Value>, layer: &str, name: &str, text: &str) {
    let Some((name, kind)) = fields(layer).iter().find(|(known, _)| *known == name) else { return };
    let value = decoded(*kind, text);
    if *kind == Kind::Date {
        row.insert("from".to_owned(), value[0].clone());
        row.insert("to".to_owned(), value[1].clone());
    } else {
        row.insert(key(name).to_owned(), value);
    }
}

/// What the text says, as JSON where it is that.
fn decoded(kind: Kind, text: &str) -> Value {
    match serde_json::from_str::<Value>(text) {
        Ok(value) if text.starts_with(['[', '{', '"']) => value,
        _ => read(kind, text.trim()),
    }
}

/// A value in the form in which it is read.
fn canonical(kind: Kind, value: &Value) -> Value {
    match (kind, value) {
        (Kind::Who, Value::Object(_)) => json!([value]),
        (Kind::List | Kind::Who | Kind::Parties, Value::Null) => json!([]),
        (Kind::Yes, Value::Null) => json!(false),
        _ => value.clone(),
    }
}

fn written(kind: Kind, value: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let each = |one: &dyn Fn(&Value) -> String, between: &str| {
        let list = canonical(kind, value);
        list.as_array().into_iter().flatten().map(one).collect::<Vec<_>>().join(between)
    };
    match kind {
        Kind::Word | Kind::Maybe => text(value),
        Kind::List => each(&text, "; "),
        Kind::Who => each(&who, "; "),
        Kind::Parties => each(&party, " – "),
        Kind::Date if value[0] == value[1] => text(&value[0]),
        Kind::Date => format!("{}/{}", text(&value[0]), text(&value[1])),
        Kind::Yes => if value == &json!(true) { "yes" } else { "" }.to_owned(),
    }
}

/// `Zoë Dahl (NOR)`, `SDN.REB`.
fn who(value: &Value) -> String {
    let mut code = value["code"].as_str().unwrap_or_default().to_owned();
    if let Some(sector) = value["sector"].as_str() {
        code += &format!(".{sector}");
    }
    match value["name"].as_str() {
        Some(name) => format!("{name} ({code})"),
        None => code,
    }
}

/// `Zoë Dahl, Ana Rego (NOR, host)`.
fn party(value: &Value) -> String {
    let persons = value["persons"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let names: Vec<&str> = persons.collect();
    let host = if value["host"] == json!(true) { ", host" } else { "" };
    let code = format!("{}{host}", value["code"].as_str().unwrap_or_default());
    match names.as_slice() {
        [] if host.is_empty() => code,
        names => format!("{} ({code})", names.join(", ")).trim_start().to_owned(),
    }
}

fn read(kind: Kind, text: &str) -> Value {
    let split = |text: &str, between: &str| -> Vec<String> {
        let parts = text.split(between).flat_map(|part| part.split(';'));
        parts.map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    };
    match kind {
        Kind::Word | Kind::Maybe if text.is_empty() => Value::Null,
        Kind::Word | Kind::Maybe => text.into(),
        Kind::List => split(text, ";").into(),
        Kind::Who => split(text, ";").iter().map(|part| read_who(part)).collect(),
        Kind::Parties => split(text, " – ").iter().map(|part| read_party(part)).collect(),
        Kind::Date => {
            let (from, to) = text.split_once('/').unwrap_or((text, text));
            let date = |text: &str| if text.is_empty() { Value::Null } else { text.trim().into() };
            json!([date(from), date(to)])
        }
        Kind::Yes => (text == "yes").into(),
    }
}

/// The words before the last brackets, and those in them.
fn bracketed(text: &str) -> (Option<&str>, &str) {
    match text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        Some((name, code)) => (Some(name.trim()).filter(|name| !name.is_empty()), code.trim()),
        None => (None, text),
    }
}

fn read_who(text: &str) -> Value {
    let (name, code) = bracketed(text);
    let (code, sector) = match code.split_once('.').filter(|_| !code.contains(':')) {
        Some((code, sector)) => (code, Some(sector)),
        None => (code, None),
    };
    let mut who = Map::new();
    name.map(|name| who.insert("name".to_owned(), name.into()));
    who.insert("code".to_owned(), code.into());
    sector.map(|sector| who.insert("sector".to_owned(), sector.into()));
    Value::Object(who)
}

fn read_party(text: &str) -> Value {
    let (names, code) = bracketed(text);
    let (code, host) = match code.split_once(',') {
        Some((code, "host" | " host")) => (code, true),
        _ => (code, false),
    };
    let persons: Vec<&str> = names.into_iter().flat_map(|names| names.split(", ")).collect();
    let mut party = Map::new();
    party.insert("code".to_owned(), code.into());
    party.insert("persons".to_owned(), persons.into());
    if host {
        party.insert("host".to_owned(), true.into());
    }
    Value::Object(party)
}
