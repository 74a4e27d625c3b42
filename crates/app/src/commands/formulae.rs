//! `new` and `vanished`: formulae that come up, and those that go.

use anyhow::Result;
use chancery_corpus::{Corpus, Formula, News, Phrase, Wanted};
use chancery_formats::write::{TableFormat, write_rows};
use chancery_model::Date;
use serde_json::Value;

use super::phrase::{around, scope, width};
use crate::Ended;
use crate::answers::formulae::{COLUMNS, period, rounded, row};
use crate::cli::Formulae;
use crate::output::Output;

pub(super) fn formulae(wanted: Wanted, since: Option<Date>, asked: Formulae) -> Result<Ended> {
    let Formulae { until, texts, limit, format, record } = asked;
    let news = Corpus::read(&record.path)?.news(wanted, (since, until), &scope(texts), limit)?;
    let page = match format.into() {
        TableFormat::Table => page(&news),
        format => {
            let rows: Vec<Vec<Value>> = news.formulae.iter().map(|one| row(one, &news)).collect();
            write_rows(&COLUMNS, &rows, format, 0)
        }
    };
    let mut out = Output::new();
    out.write(&page)?;
    out.finish()?;
    Ok(Ended::Well)
}

/// For reading: who looks at the counts sees what they are out of.
fn page(news: &News) -> String {
    let head = period(news);
    if news.formulae.is_empty() {
        return format!("{head}no formula differs by more than chance\n");
    }
    let row = |one: &Formula| -> Vec<Value> {
        let rival = one.rival.as_ref().map(|(words, before, within)| format!("{words} {before} → {within}"));
        let sentence = one.words.parse::<Phrase>().map(|phrase| around(&one.sentence, &phrase));
        vec![
            one.words.clone().into(),
            one.trend.name().into(),
            one.before.into(),
            one.within.into(),
            rounded(one.surprise),
            one.first.clone().into(),
            one.last.clone().into(),
            rival.into(),
            one.document.clone().into(),
            sentence.unwrap_or_default().into(),
        ]
    };
    let rows: Vec<Vec<Value>> = news.formulae.iter().map(row).collect();
    let columns =
        ["formula", "trend", "before", "within", "surprise", "first", "last", "instead of", "id", "sentence"];
    format!("{head}\n{}", write_rows(&columns, &rows, TableFormat::Table, width()))
}
