//! What was promised and what became of it, as rows.

use chancery_corpus::{Step, Thread, Threads};
use serde_json::{Value, json};

pub(crate) const COLUMNS: [&str; 8] =
    ["thread", "date", "step", "id", "holder", "words", "strength", "silent_for"];

/// How many, and how many of them are heard of again.
pub(crate) fn note(found: &Threads) -> String {
    let again = found.threads.iter().filter(|t| t.steps.len() > 1).count();
    format!(
        "{} commitments in {} texts ({} bytes); later texts take up {again} of them",
        found.threads.len(),
        found.texts,
        found.bytes
    )
}

/// What a text does with a commitment, in a word.
pub(crate) fn step(step: Step) -> &'static str {
    match step {
        Step::Made => "made",
        Step::Repeated => "repeated",
        Step::Strengthened => "strengthened",
        Step::Weakened => "weakened",
        Step::Reported => "reported on",
    }
}

/// A row for each text that speaks of a commitment.
pub(crate) fn steps(number: usize, thread: &Thread) -> Vec<Vec<Value>> {
    let last = thread.steps.len() - 1;
    let row = |(at, (date, what, claim)): (
        usize,
        &(Option<chancery_model::Date>, Step, chancery_corpus::Claim),
    )| {
        vec![
            json!(number),
            json!(date.map(|d| d.to_string())),
            json!(step(*what)),
            json!(claim.id),
            json!(claim.holder),
            json!(claim.words),
            json!(claim.strength.as_ref().map(|s| s.wording.clone())),
            if at == last { json!(thread.silent_for) } else { Value::Null },
        ]
    };
    thread.steps.iter().enumerate().map(row).collect()
}
