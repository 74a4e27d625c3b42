//! What a text does not say any more, as rows.

use chancery_corpus::{Omission, Omissions, Vocabulary};
use serde_json::{Value, json};

pub(crate) const COLUMNS: [&str; 6] = ["topic", "said_in", "of", "last_said", "id", "words"];

/// A row for each topic that at least so many of the texts before word.
pub(crate) fn rows(found: &Omissions, least: usize, vocabulary: &Vocabulary) -> Vec<Vec<Value>> {
    let of = found.before.len();
    let row = |o: &Omission| -> Option<Vec<Value>> {
        let (text, claim) = o.said.first()?;
        let date = found.before.iter().find(|a| a.id == *text).and_then(|a| a.date);
        Some(vec![
            json!(vocabulary.topics()[o.topic].label),
            json!(o.said.len()),
            json!(of),
            json!(date.map(|d| d.to_string())),
            json!(claim.id),
            json!(claim.words),
        ])
    };
    found.topics.iter().filter(|o| o.said.len() >= least).filter_map(row).collect()
}

/// What was held against what, and how much was looked through.
pub(crate) fn note(found: &Omissions, least: usize, vocabulary: &Vocabulary) -> String {
    let date = found.now.date.map(|d| d.to_string()).unwrap_or_default();
    format!(
        "{} ({date}) held against the {} texts before it of the same {} and outlet; at least {least} say it; \
         {} wordings of {} topics looked for in {} bytes",
        found.now.id,
        found.before.len(),
        if found.same_persons { "persons" } else { "parties" },
        vocabulary.wordings(),
        vocabulary.topics().len(),
        found.bytes
    )
}
