//! `absent`: what the last text of a series does not say, though those before it do.

use std::path::Path;

use anyhow::{Result, bail};
use chancery_corpus::{Corpus, Vocabulary};

use super::list::rows;
use crate::Ended;
use crate::answers::absent as answers;
use crate::answers::series::Series;
use crate::cli::ListFormat;

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
    let least = least_of(found.before.len());
    let (cells, note) = (answers::rows(&found, least, vocabulary), answers::note(&found, least, vocabulary));
    rows(&answers::COLUMNS, &cells, format, &note)
}
