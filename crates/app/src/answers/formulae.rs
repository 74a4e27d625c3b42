//! Formulae that come up and those that go, as rows.

use chancery_corpus::{Formula, News};
use serde_json::Value;

use super::count;

pub(crate) const COLUMNS: [&str; 14] = [
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

/// A formula as a row.
pub(crate) fn row(one: &Formula, news: &News) -> Vec<Value> {
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

/// What was held against what, in a line.
pub(crate) fn period(news: &News) -> String {
    let (from, to) = news.period;
    let aside = if news.aside == 0 {
        String::new()
    } else {
        format!("; {} left out, later or without a day", news.aside)
    };
    format!(
        "{from} to {to}: {} against {} before{aside}\n",
        count(news.within, "text", "texts"),
        count(news.before, "text", "texts")
    )
}

/// Surprise for reading.
pub(crate) fn rounded(surprise: f64) -> Value {
    ((surprise * 10.0).round() / 10.0).into()
}
