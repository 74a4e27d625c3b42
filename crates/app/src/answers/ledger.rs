//! Meetings of two sides as rows.

use anyhow::{Result, bail};
use chancery_coder::knowledge::Knowledge;
use chancery_corpus::Entry;
use serde_json::{Value, json};

use crate::codes::code;

pub(crate) const COLUMNS: [&str; 10] =
    ["id", "date", "days_since", "level", "format", "place", "country", "who", "statements", "told"];

/// Codes of states and organisations, and persons, among names that may be either.
///
/// # Errors
/// A name has the form of a code and is none.
pub(crate) fn sides<T: AsRef<str>>(who: &[T]) -> Result<(Vec<String>, Vec<String>)> {
    let is_code = |w: &str| w.contains(':') || w.len() == 3 && w.chars().all(|c| c.is_ascii_uppercase());
    let (mut codes, mut persons) = (Vec::new(), Vec::new());
    for one in who.iter().map(AsRef::as_ref) {
        match code(one) {
            Ok(code) => codes.push(code),
            Err(wrong) if is_code(one) => bail!("{wrong}"),
            Err(_) => persons.push(one.to_owned()),
        }
    }
    Ok((codes, persons))
}

/// `Zoë Dahl (NOR, foreign minister)`.
pub(crate) fn person((code, name, offices): &(String, String, Vec<String>)) -> String {
    let office = offices.first().map(|o| format!(", {o}")).unwrap_or_default();
    format!("{name} ({code}{office})")
}

/// A meeting as a row.
pub(crate) fn row(entry: &Entry, known: &Knowledge) -> Vec<Value> {
    let date =
        entry.when.map(|(from, to)| if from == to { from.to_string() } else { format!("{from}/{to}") });
    let who: Vec<String> = entry.persons.iter().map(person).collect();
    vec![
        json!(entry.id),
        json!(date),
        json!(entry.days_since),
        json!(level(entry, known)),
        json!(entry.format),
        json!(entry.place),
        json!(entry.country),
        json!(who.join("; ")),
        json!(entry.statements),
        json!(if entry.planned { format!("planned; {}", entry.told) } else { entry.told.clone() }),
    ]
}

/// How high the lowest side is represented: 1 heads of state and government, 2 ministers, to 5; nothing where an office is not stated.
pub(crate) fn level(entry: &Entry, known: &Knowledge) -> Option<u8> {
    let of = |office: &String| {
        let words: Vec<&str> = office.split_whitespace().collect();
        known.office(&words).map(|(_, o)| o.level)
    };
    let mut sides: Vec<(&String, Option<u8>)> = Vec::new();
    for (code, _, offices) in &entry.persons {
        let best = offices.iter().filter_map(of).min();
        match sides.iter_mut().find(|s| s.0 == code) {
            Some(side) => side.1 = [side.1, best].into_iter().flatten().min(),
            None => sides.push((code, best)),
        }
    }
    sides.into_iter().map(|s| s.1).collect::<Option<Vec<u8>>>()?.into_iter().max()
}
