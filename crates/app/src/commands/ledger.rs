//! `ledger`: meetings of two sides in order.

use std::path::Path;

use anyhow::Result;
use chancery_coder::knowledge::Knowledge;
use chancery_corpus::Corpus;
use serde_json::Value;

use super::list::{nothing, rows};
use crate::Ended;
use crate::answers::ledger::{COLUMNS, row, sides};
use crate::cli::ListFormat;

pub(super) fn ledger(who: &[String], format: ListFormat, record: &Path) -> Result<Ended> {
    let (codes, persons) = sides(who)?;
    let corpus = Corpus::read(record)?;
    let entries = corpus.ledger(&codes, &persons)?;
    if entries.is_empty() && format == ListFormat::Table {
        nothing(&corpus, &persons)?;
        return Ok(Ended::Well);
    }
    let known = Knowledge::embedded();
    let cells: Vec<Vec<Value>> = entries.iter().map(|e| row(e, &known)).collect();
    let held = entries.iter().filter(|e| !e.planned).count();
    rows(&COLUMNS, &cells, format, &format!("{held} held, {} planned", entries.len() - held))
}
