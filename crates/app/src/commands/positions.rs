//! `positions`: what somebody said on a topic, in order of time.

use anyhow::{Result, bail};
use chancery_corpus::{Corpus, Filter, Position, Vocabulary};
use serde_json::{Value, json};

use super::list::rows;
use crate::Ended;
use crate::cli::List;

const COLUMNS: [&str; 11] = [
    "id",
    "date",
    "speaker",
    "holder",
    "addressee",
    "act",
    "polarity",
    "ladder",
    "strength",
    "words",
    "publisher",
];

pub(super) fn positions(topic: &str, list: &List) -> Result<Ended> {
    let vocabulary = Vocabulary::embedded();
    let topics = meant(vocabulary, topic)?;
    let filter =
        Filter { country: list.country.clone(), person: list.person.clone(), from: list.from, to: list.to };
    let found = Corpus::read(&list.record.path)?.positions(&filter, &topics, vocabulary)?;
    let cells: Vec<Vec<Value>> = found.rows.iter().map(row).collect();
    let labels: Vec<&str> = topics.iter().map(|t| vocabulary.topics()[*t].label.as_str()).collect();
    let note = format!("{} of {} statements are on {}", found.rows.len(), found.searched, labels.join("; "));
    rows(&COLUMNS, &cells, list.format, &note)
}

/// The topics that a word means; it must mean one at least.
pub(super) fn meant(vocabulary: &Vocabulary, topic: &str) -> Result<Vec<usize>> {
    let topics = vocabulary.meant(topic);
    if topics.is_empty() {
        bail!("no topic is named '{topic}' or worded so; {}", nearest(vocabulary, topic));
    }
    Ok(topics)
}

/// Topics whose name, label or wordings share a word with what was asked for, else those that begin alike.
fn nearest(vocabulary: &Vocabulary, topic: &str) -> String {
    let wanted = topic.to_lowercase();
    let words: Vec<&str> =
        wanted.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3).collect();
    let mut near: Vec<&str> = vocabulary.like(&words);
    let from = if near.is_empty() { "topics that begin alike" } else { "near it" };
    if near.is_empty() {
        let start: String = wanted.chars().take(3).collect();
        let alike = vocabulary.topics().iter().filter(|t| !start.is_empty() && t.id.starts_with(&start));
        near = alike.map(|t| t.id.as_str()).collect();
    }
    match near.is_empty() {
        true => "data/codebook/topics.csv lists them".to_owned(),
        false => format!("{from}: {}", near.join(", ")),
    }
}

fn row(position: &Position) -> Vec<Value> {
    let ladder = position.strength.as_ref().map(|s| format!("{} {}", s.ladder, s.step));
    vec![
        json!(position.id),
        json!(position.date.map(|d| d.to_string())),
        json!(position.speaker),
        json!(position.holder),
        json!(position.addressee),
        json!(position.act),
        json!(position.polarity),
        json!(ladder),
        json!(position.strength.as_ref().map(|s| s.wording.clone())),
        json!(position.words),
        json!(position.publisher),
    ]
}
