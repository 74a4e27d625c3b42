//! JSON: one object a line, one object a file, or one array of objects.

use serde_json::{Map, Value};

use super::{Format, Input, LONGEST, Reading, sha256, skip, too_long};
use crate::assemble::{Given, assemble};

const ENDINGS: &[&str] = &["jsonl", "ndjson", "json"];

pub(super) const FORMAT: Format = Format {
    name: "json",
    description: "JSON objects, one a line, one a file, or in one array: \
                  id, published or date, title, text, place, url, source, language",
    endings: ENDINGS,
    sniff,
    read,
};

fn sniff(input: &Input) -> bool {
    let head = input.head();
    let object = |s: &str| s.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']));
    object(head)
        || head.strip_prefix('[').is_some_and(|rest| object(rest.trim_start()))
        || input.ends(ENDINGS)
}

fn read(input: &Input) -> Vec<Reading> {
    let first = input.text.trim_start().lines().next().unwrap_or_default();
    let by_line = serde_json::from_str::<Map<String, Value>>(first).is_ok();
    if !by_line {
        match serde_json::from_str::<Value>(input.text) {
            Ok(Value::Array(items)) => return array(input, items),
            Ok(Value::Object(object)) => {
                return vec![document(input, input.path, input.stem(), &input.sha256, &object)];
            }
            _ => {}
        }
    }
    let lines = || input.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let alone = input.ends(&["json"]) && lines().nth(1).is_none();
    lines()
        .map(|(number, line)| {
            let place = if alone { input.path.to_owned() } else { format!("{}:{}", input.path, number + 1) };
            let stem =
                if alone { input.stem().to_owned() } else { format!("{}-{}", input.stem(), number + 1) };
            if line.len() > LONGEST {
                return skip(&place, too_long(line.len()), false);
            }
            match serde_json::from_str::<Map<String, Value>>(line) {
                Ok(object) => document(input, &place, &stem, &sha256(line.as_bytes()), &object),
                Err(e) => skip(&place, broken(&e), true),
            }
        })
        .collect()
}

fn broken(error: &serde_json::Error) -> String {
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or_default();
    format!("broken JSON at column {}: {what}; write one object a line", error.column())
}

fn array(input: &Input, items: Vec<Value>) -> Vec<Reading> {
    let numbered = items.into_iter().enumerate().map(|(i, item)| (i + 1, item));
    numbered
        .map(|(number, item)| {
            let place = format!("{}:{number}", input.path);
            let Value::Object(object) = item else {
                return skip(&place, format!("item {number} of the array is no object"), true);
            };
            let sha = sha256(Value::Object(object.clone()).to_string().as_bytes());
            document(input, &place, &format!("{}-{number}", input.stem()), &sha, &object)
        })
        .collect()
}

fn document(input: &Input, place: &str, id: &str, sha: &str, object: &Map<String, Value>) -> Reading {
    let field = |key: &str| match object.get(key)? {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    };
    let paragraphs = || {
        let parts = object.get("paragraphs")?.as_array()?;
        Some(parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n\n"))
    };
    let Some(text) = ["text", "content", "body"].iter().find_map(|key| field(key)).or_else(paragraphs) else {
        return skip(place, "no field 'text'".to_owned(), true);
    };
    if text.len() > LONGEST {
        return skip(place, too_long(text.len()), false);
    }
    assemble(place, id, sha, Given::from_fields(text, field), input.suspects.clone())
}
