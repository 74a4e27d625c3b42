//! `absent`: what the last text of a series does not say, though those before it do.

use std::path::Path;

use anyhow::{Result, bail};
use chancery_corpus::{Corpus, Omission, Vocabulary};
use serde_json::{Value, json};

use super::list::{Series, rows};
use crate::Ended;
use crate::cli::ListFormat;

const COLUMNS: [&str; 6] = ["topic", "said_in", "of", "last_said", "id", "words"];

pub(super) fn absent(
    series: &Series,
    text: Option<&str>,
    (least, last): (Option<usize>, usize),
    format: ListFormat,
    record: &Path,
) -> Result<Ended> {
    if last == 0 || least == Some(0) {
        bail!("--last and --least count texts: 1 or more");
    }
    let vocabulary = Vocabulary::embedded();
    let corpus = Corpus::read(record)?;
    let least_of = |texts: usize| least.unwrap_or(texts.div_ceil(2)).max(1);
    let asked = (series.parties, series.persons);
    let Some(found) = corpus.omissions(asked, text, (1, last), vocabulary)? else {
        match text {
            Some(text) => bail!("{text} reports no meeting of {} alone", series.parties.join(" and ")),
            None => return Err(series.unknown()),
        }
    };
    if found.before.is_empty() {
        bail!("{} is the only text of the series: there is nothing to hold it against", found.now.id);
    }
    let of = found.before.len();
    let least = least_of(of);
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
    let cells: Vec<Vec<Value>> =
        found.topics.iter().filter(|o| o.said.len() >= least).filter_map(row).collect();
    let date = found.now.date.map(|d| d.to_string()).unwrap_or_default();
    let note = format!(
        "{} ({date}) held against the {of} texts before it of the same {} and outlet; at least {least} say it; \
         {} wordings of {} topics looked for in {} bytes",
        found.now.id,
        if found.same_persons { "persons" } else { "parties" },
        vocabulary.wordings(),
        vocabulary.topics().len(),
        found.bytes
    );
    rows(&COLUMNS, &cells, format, &note)
}
