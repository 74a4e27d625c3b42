//! `positions`: what somebody said on a topic, in order of time.

use anyhow::{Result, bail};
use chancery_corpus::{Corpus, Filter, Position, Vocabulary};
use serde_json::{Value, json};

use super::list::{canonical, rows};
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
    let filter = Filter {
        country: list.country.as_ref().map(|code| canonical(code)),
        person: list.person.clone(),
        from: list.from,
        to: list.to,
    };
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
        let first = |t: &&chancery_corpus::Topic| t.id.starts_with(topic.chars().next().unwrap_or(' '));
        let near: Vec<&str> = vocabulary.topics().iter().filter(first).map(|t| t.id.as_str()).collect();
        bail!("no topic is named '{topic}' or worded so; topics that begin alike: {}", near.join(", "));
    }
    Ok(topics)
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
