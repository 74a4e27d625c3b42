//! What somebody said on a topic, as rows.

use anyhow::{Result, bail};
use chancery_corpus::{Position, Vocabulary};
use serde_json::{Value, json};

pub(crate) const COLUMNS: [&str; 11] = [
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

/// How many of how many statements are on the topics.
pub(crate) fn note(of: usize, searched: usize, topics: &[usize], vocabulary: &Vocabulary) -> String {
    let labels: Vec<&str> = topics.iter().map(|t| vocabulary.topics()[*t].label.as_str()).collect();
    format!("{of} of {searched} statements are on {}", labels.join("; "))
}

/// The topics that a word means; it must mean one at least.
pub(crate) fn meant(vocabulary: &Vocabulary, topic: &str) -> Result<Vec<usize>> {
    let topics = vocabulary.meant(topic);
    if topics.is_empty() {
        bail!("no topic is named '{topic}' or worded so; {}", nearest(vocabulary, topic));
    }
    Ok(topics)
}

/// Topics whose name, label or wordings share a word with what was asked for, else those that begin alike.
pub(crate) fn nearest(vocabulary: &Vocabulary, topic: &str) -> String {
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

/// A statement as a row.
pub(crate) fn row(position: &Position) -> Vec<Value> {
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
