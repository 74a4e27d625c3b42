//! `commitments`: what later texts of a series do with what was promised.

use std::path::Path;

use anyhow::Result;
use chancery_corpus::{Corpus, Step, Thread, Vocabulary};
use serde_json::{Value, json};

use super::list::{Series, rows};
use crate::Ended;
use crate::cli::ListFormat;

const COLUMNS: [&str; 8] = ["thread", "date", "step", "id", "holder", "words", "strength", "silent_for"];

pub(super) fn commitments(series: &Series, format: ListFormat, record: &Path) -> Result<Ended> {
    let found = Corpus::read(record)?.threads(series.parties, series.persons, Vocabulary::embedded())?;
    if found.texts == 0 {
        return Err(series.unknown());
    }
    let cells: Vec<Vec<Value>> = (1..).zip(&found.threads).flat_map(|(n, thread)| steps(n, thread)).collect();
    let again = found.threads.iter().filter(|t| t.steps.len() > 1).count();
    let note = format!(
        "{} commitments in {} texts ({} bytes); later texts take up {again} of them",
        found.threads.len(),
        found.texts,
        found.bytes
    );
    rows(&COLUMNS, &cells, format, &note)
}

fn steps(number: usize, thread: &Thread) -> Vec<Vec<Value>> {
    let last = thread.steps.len() - 1;
    let row = |(at, (date, step, claim)): (
        usize,
        &(Option<chancery_model::Date>, Step, chancery_corpus::Claim),
    )| {
        let step = match step {
            Step::Made => "made",
            Step::Repeated => "repeated",
            Step::Strengthened => "strengthened",
            Step::Weakened => "weakened",
            Step::Reported => "reported on",
        };
        vec![
            json!(number),
            json!(date.map(|d| d.to_string())),
            json!(step),
            json!(claim.id),
            json!(claim.holder),
            json!(claim.words),
            json!(claim.strength.as_ref().map(|s| s.wording.clone())),
            if at == last { json!(thread.silent_for) } else { Value::Null },
        ]
    };
    thread.steps.iter().enumerate().map(row).collect()
}
