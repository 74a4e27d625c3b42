//! `ledger`: meetings of two sides in order.

use std::path::Path;

use anyhow::{Result, bail};
use chancery_coder::knowledge::Knowledge;
use chancery_corpus::{Corpus, Entry};
use serde_json::{Value, json};

use super::list::rows;
use crate::Ended;
use crate::cli::ListFormat;
use crate::codes::code;

const COLUMNS: [&str; 10] =
    ["id", "date", "days_since", "level", "format", "place", "country", "who", "statements", "told"];

pub(super) fn ledger(who: &[String], format: ListFormat, record: &Path) -> Result<Ended> {
    let is_code = |w: &&String| w.contains(':') || w.len() == 3 && w.chars().all(|c| c.is_ascii_uppercase());
    let (mut codes, mut persons) = (Vec::new(), Vec::new());
    for one in who {
        match code(one) {
            Ok(code) => codes.push(code),
            Err(wrong) if is_code(&one) => bail!("{wrong}"),
            Err(_) => persons.push(one.clone()),
        }
    }
    let entries = Corpus::read(record)?.ledger(&codes, &persons)?;
    let known = Knowledge::embedded();
    let cells: Vec<Vec<Value>> = entries.iter().map(|e| row(e, &known)).collect();
    let held = entries.iter().filter(|e| !e.planned).count();
    rows(&COLUMNS, &cells, format, &format!("{held} held, {} planned", entries.len() - held))
}

fn row(entry: &Entry, known: &Knowledge) -> Vec<Value> {
    let date =
        entry.when.map(|(from, to)| if from == to { from.to_string() } else { format!("{from}/{to}") });
    let person = |(code, name, offices): &(String, String, Vec<String>)| {
        let office = offices.first().map(|o| format!(", {o}")).unwrap_or_default();
        format!("{name} ({code}{office})")
    };
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
fn level(entry: &Entry, known: &Knowledge) -> Option<u8> {
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
