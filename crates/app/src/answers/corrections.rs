//! What people said of rows, and how far they agree, as rows.

use chancery_corpus::{Agreement, Conflict, Correction, Verdict};
use serde_json::{Value, json};

use crate::corrections::changes;

/// What is listed of a correction.
pub(crate) const COLUMNS: [&str; 10] =
    ["number", "row", "layer", "verdict", "who", "made", "what", "words", "note", "stands"];

/// A correction under [`COLUMNS`].
pub(crate) fn row(said: &Correction) -> Vec<Value> {
    let what = match (&said.found, &said.given) {
        (Some(found), Some(given)) if said.verdict == Verdict::Edit => changes(None, found, given).join("; "),
        _ => String::new(),
    };
    let stands = match &said.undone {
        Some(when) => format!("taken back {when}"),
        None if said.counts => if said.settles { "settles" } else { "counts" }.to_owned(),
        None if said.row.is_none() => "its text is not in the record".to_owned(),
        None => "another counts".to_owned(),
    };
    vec![
        said.number.into(),
        said.row.clone().unwrap_or_else(|| said.name.clone()).into(),
        said.layer().word().into(),
        said.verdict.word().into(),
        said.who.clone().into(),
        said.made.clone().into(),
        what.into(),
        said.words.clone().unwrap_or_default().into(),
        said.note.clone().unwrap_or_default().into(),
        stands.into(),
    ]
}

/// How far people agree: layer, field, alpha, share, rows.
pub(crate) fn figures(agreement: &[Agreement]) -> Vec<Vec<Value>> {
    let three = |alpha: f64| format!("{alpha:.3}");
    let one = |a: &Agreement| {
        let share = three(a.agreed as f64 / a.units as f64);
        vec![json!(a.layer.word()), json!(a.field), json!(a.alpha.map(three)), json!(share), json!(a.units)]
    };
    agreement.iter().map(one).collect()
}

/// Where they do not: row, layer, field, who says what.
pub(crate) fn conflicts(open: &[Conflict]) -> Vec<Vec<Value>> {
    let one = |c: &Conflict| {
        let values: Vec<String> = c.values.iter().map(|(who, value)| format!("{who}: {value}")).collect();
        let row = c.row.as_ref().unwrap_or(&c.name);
        vec![json!(row), json!(c.layer.word()), json!(c.field), json!(values.join("; "))]
    };
    open.iter().map(one).collect()
}
