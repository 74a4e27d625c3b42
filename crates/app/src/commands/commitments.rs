//! `commitments`: what later texts of a series do with what was promised.

use std::path::Path;

use anyhow::Result;
use chancery_corpus::{Corpus, Vocabulary};
use serde_json::Value;

use super::list::rows;
use crate::Ended;
use crate::answers::commitments::{COLUMNS, note, steps};
use crate::answers::series::Series;
use crate::cli::ListFormat;

pub(super) fn commitments(series: &Series, format: ListFormat, record: &Path) -> Result<Ended> {
    let found = Corpus::read(record)?.threads(series.parties, series.persons, Vocabulary::embedded())?;
    if found.texts == 0 {
        return Err(series.unknown());
    }
    let cells: Vec<Vec<Value>> = (1..).zip(&found.threads).flat_map(|(n, thread)| steps(n, thread)).collect();
    rows(&COLUMNS, &cells, format, &note(&found))
}
