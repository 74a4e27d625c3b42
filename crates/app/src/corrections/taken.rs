//! Files of corrections, decisions and readings, taken up whole.

use chancery_corpus::{Corpus, CorpusError, Reviewed};
use serde_json::Value;

use super::{Import, Line, Valid};
use crate::answers::count;

/// What came of files that were taken up.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Texts that somebody read.
    pub(crate) texts: usize,
    /// What became of their rows.
    pub(crate) reviewed: Reviewed,
    /// Corrections, and how many of them are new.
    pub(crate) corrections: [usize; 2],
    /// Decisions on links, and how many of them are new.
    pub(crate) decisions: [usize; 2],
    /// What was refused: place, what is wrong and what would be right.
    pub(crate) refused: Vec<String>,
}

/// Take files (name and content) up into a record; a line that is wrong leaves the others. `who` reads where a line names nobody.
///
/// # Errors
/// The record cannot be written.
pub(crate) fn take(
    corpus: &mut Corpus,
    files: &[(String, String)],
    who: Option<String>,
    when: String,
    complete: bool,
) -> Result<Taken, CorpusError> {
    let mut taken = Taken::default();
    let (corrections, decisions) = (Vec::new(), Vec::new());
    let mut import = Import { corpus, who, when, complete, valid: Valid::embedded(), corrections, decisions };
    for (file, text) in files {
        for (place, value) in objects(text) {
            let mut refuse = |what: &str| taken.refused.push(format!("{file}{place}: {what}"));
            let lines = match value.and_then(|value| Line::of(&value)) {
                Ok(lines) => lines,
                Err(what) => {
                    refuse(&what);
                    continue;
                }
            };
            for line in lines {
                match import.take(line) {
                    Ok(None) => {}
                    Ok(Some((reviewed, left_out))) => {
                        taken.texts += 1;
                        taken.reviewed.add(reviewed);
                        left_out.iter().for_each(|what| refuse(what));
                    }
                    Err(what) => refuse(&what),
                }
            }
        }
    }
    let Import { corpus, corrections, decisions, .. } = import;
    taken.corrections = [corrections.len(), corpus.take_corrections(&corrections)?];
    let new = if decisions.is_empty() { 0 } else { corpus.take_decisions(&decisions)? };
    taken.decisions = [decisions.len(), new];
    Ok(taken)
}

impl Taken {
    /// What was taken up and what was there before, in a line each.
    pub(crate) fn lines(&self) -> Vec<String> {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut lines = Vec::new();
        if self.texts > 0 {
            let Reviewed { accepted, edited, rejected, added, known } = self.reviewed;
            let texts = count(number(self.texts), "text", "texts");
            lines.push(format!(
                "{texts}: {accepted} accepted, {edited} edited, {added} added, {rejected} rejected; {known} of these were said before"
            ));
        }
        let kinds = [
            (self.corrections, "correction", "corrections"),
            (self.decisions, "decision on links", "decisions on links"),
        ];
        let some = kinds.into_iter().filter(|([all, _], ..)| *all > 0);
        lines.extend(
            some.map(|([all, new], one, many)| {
                format!("{}, {new} of them new", count(number(all), one, many))
            }),
        );
        lines
    }
}

/// The objects of a file, each with its place: of one JSON list, of one object over many lines, else one a line.
fn objects(text: &str) -> Vec<(String, Result<Value, String>)> {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(items)) => {
            (1..).zip(items).map(|(n, item)| (format!(": item {n}"), Ok(item))).collect()
        }
        Ok(value) if text.trim_end().contains('\n') => vec![(String::new(), Ok(value))],
        _ => {
            let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
            let object = |(n, line): (usize, &str)| {
                let value = serde_json::from_str(line);
                let value = value.map_err(|e| format!("broken JSON, {e}; write one object a line"));
                (format!(":{n}"), value)
            };
            lines.map(object).collect()
        }
    }
}
