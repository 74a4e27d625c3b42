//! `positions`: what somebody said on a topic, in order of time.

use anyhow::Result;
use chancery_corpus::{Corpus, Filter, Vocabulary};
use serde_json::Value;

use super::list::rows;
use crate::Ended;
use crate::answers::positions::{COLUMNS, meant, note, row};
use crate::cli::List;

pub(super) fn positions(topic: &str, list: &List) -> Result<Ended> {
    let vocabulary = Vocabulary::embedded();
    let topics = meant(vocabulary, topic)?;
    let filter =
        Filter { country: list.country.clone(), person: list.person.clone(), from: list.from, to: list.to };
    let found = Corpus::read(&list.record.path)?.positions(&filter, &topics, vocabulary)?;
    let cells: Vec<Vec<Value>> = found.rows.iter().map(row).collect();
    rows(&COLUMNS, &cells, list.format, &note(found.rows.len(), found.searched, &topics, vocabulary))
}
