//! `new` and `vanished`: formulae that come up, and those that go.

use anyhow::Result;
use chancery_corpus::{Corpus, Formula, News, Phrase, Wanted};
use chancery_formats::write::{TableFormat, write_rows};
use chancery_model::Date;
use serde_json::Value;

use super::count;
use super::phrase::{around, scope, width};
use crate::Ended;
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

const COLUMNS: [&str; 14] = [
    "formula",
    "trend",
    "first",
    "last",
    "before",
    "before_of",
    "within",
    "within_of",
    "surprise",
    "rival",
    "rival_before",
    "rival_within",
    "document",
    "sentence",
];

fn row(one: &Formula, news: &News) -> Vec<Value> {
    let rival = one.rival.as_ref();
    vec![
        one.words.clone().into(),
        one.trend.name().into(),
        one.first.clone().into(),
        one.last.clone().into(),
        one.before.into(),
        news.before.into(),
        one.within.into(),
        news.within.into(),
        rounded(one.surprise),
        rival.map_or(Value::Null, |(words, ..)| words.clone().into()),
        rival.map_or(Value::Null, |(_, before, _)| (*before).into()),
        rival.map_or(Value::Null, |(.., within)| (*within).into()),
        one.document.clone().into(),
        one.sentence.clone().into(),
    ]
}

/// For reading: who looks at the counts sees what they are out of.
fn page(news: &News) -> String {
    let (from, to) = news.period;
    let aside = if news.aside == 0 {
        String::new()
    } else {
        format!("; {} left out, later or without a day", news.aside)
    };
    let head = format!(
        "{from} to {to}: {} against {} before{aside}\n",
        count(news.within, "text", "texts"),
        count(news.before, "text", "texts")
    );
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

fn rounded(surprise: f64) -> Value {
    ((surprise * 10.0).round() / 10.0).into()
}
