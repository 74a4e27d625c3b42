//! `corrections`: what people said, listed, written to files and taken up from them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use chancery_corpus::{Corpus, Correction, Judged, Reviewed};
use chancery_formats::write::annotations;
use serde_json::Value;

use super::list::rows;
use crate::Ended;
use crate::answers::corrections::{COLUMNS, figures, row};
use crate::answers::count;
use crate::cli::{CorrectionFormat, ListFormat, Person, Which};
use crate::clock::now;
use crate::corrections::{Import, Line, Valid, list as list_of};
use crate::output::{Output, complain, harmless};

fn judged(which: &Which) -> Judged {
    Judged {
        of: which.of.clone(),
        who: which.coder.clone(),
        layer: which.layer.map(Into::into),
        undone: which.undone,
    }
}

/// List what was said, or the texts with all rows as corrected.
pub(super) fn list(which: &Which, format: CorrectionFormat, record: &Path) -> Result<Ended> {
    let corpus = Corpus::read(record)?;
    let said = corpus.corrections(&judged(which))?;
    let format = match format {
        CorrectionFormat::Annotations => return annotated(&corpus, &said),
        CorrectionFormat::Table => ListFormat::Table,
        CorrectionFormat::Jsonl => ListFormat::Jsonl,
        CorrectionFormat::Csv => ListFormat::Csv,
    };
    if said.is_empty() && format == ListFormat::Table {
        complain("no corrections; 'chancery correct' makes some");
        return Ok(Ended::Well);
    }
    let cells: Vec<Vec<Value>> = said.iter().map(row).collect();
    rows(&COLUMNS, &cells, format, "")
}

/// Each text of which something was said, with all its rows; those that were judged tell by whom, when and how.
fn annotated(corpus: &Corpus, said: &[Correction]) -> Result<Ended> {
    let mut texts: BTreeMap<u32, String> = BTreeMap::new();
    for id in said.iter().filter_map(|c| c.row.as_deref()) {
        let document = id.split('.').next().unwrap_or_default();
        texts.insert(document[1..].parse().unwrap_or_default(), document.to_owned());
    }
    let mut out = Output::new();
    for id in texts.values() {
        let stored = corpus.document(id)?;
        let mut page = annotations(&stored.document, &stored.record);
        page["key"] = chancery_corpus::key(&stored.document.text).into();
        for judged in corpus.corrections(&Judged { of: Some(id.clone()), ..Judged::default() })? {
            let place = judged.row.as_deref().and_then(|row| row.split_once('.')).filter(|_| judged.counts);
            let Some((_, row)) = place else { continue };
            let rows = crate::corrections::rows(&stored.record);
            let at = rows.iter().filter(|r| r.layer() == judged.layer()).position(|r| r.id() == row);
            if let Some(at) = at {
                let row = &mut page[list_of(judged.layer())][at];
                row["who"] = judged.who.into();
                row["when"] = judged.made.into();
                row["verdict"] = judged.verdict.word().into();
            }
        }
        out.line(&page.to_string())?;
    }
    out.finish()?;
    Ok(Ended::Well)
}

/// Write all that people said and decided.
pub(super) fn export(file: &Path, record: &Path) -> Result<Ended> {
    let corpus = Corpus::read(record)?;
    let said = corpus.corrections(&Judged { undone: true, ..Judged::default() })?;
    let decisions = corpus.decisions()?;
    let lines = said.iter().map(Correction::to_json).chain(decisions.iter().map(|d| d.to_json()));
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    let mut out = Output::new();
    if file == Path::new("-") {
        out.write(&text)?;
    } else {
        fs::write(file, text).with_context(|| file.display().to_string())?;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (said, decided) = (number(said.len()), number(decisions.len()));
        out.line(&format!(
            "{}: {}, {}",
            file.display(),
            count(said, "correction", "corrections"),
            count(decided, "decision on links", "decisions on links")
        ))?;
    }
    out.finish()?;
    Ok(Ended::Well)
}

/// Take up what others said; a line that is wrong leaves the others.
pub(super) fn import(files: &[PathBuf], complete: bool, person: &Person, record: &Path) -> Result<Ended> {
    let mut corpus = super::link::open(record)?;
    let mut import = Import {
        corpus: &mut corpus,
        who: super::correct::who(person).ok(),
        when: now(),
        complete,
        valid: Valid::embedded(),
        corrections: Vec::new(),
        decisions: Vec::new(),
    };
    let (mut texts, mut sum, mut ended) = (0, Reviewed::default(), Ended::Well);
    for file in files {
        let shown = file.display().to_string();
        let text = fs::read_to_string(file).with_context(|| shown.clone())?;
        let mut wrong = |place: &str, what: &str| {
            complain(&harmless(&format!("{shown}{place}: {what}")));
            ended = Ended::WithFailures;
        };
        for (place, value) in objects(&text) {
            let lines = match value.and_then(|value| Line::of(&value)) {
                Ok(lines) => lines,
                Err(what) => {
                    wrong(&place, &what);
                    continue;
                }
            };
            for line in lines {
                match import.take(line) {
                    Ok(None) => {}
                    Ok(Some((reviewed, left_out))) => {
                        texts += 1;
                        sum.add(reviewed);
                        left_out.iter().for_each(|what| wrong(&place, what));
                    }
                    Err(what) => wrong(&place, &what),
                }
            }
        }
    }
    let (said, decided) = (std::mem::take(&mut import.corrections), std::mem::take(&mut import.decisions));
    let new = corpus.take_corrections(&said)?;
    let new_decisions = if decided.is_empty() { 0 } else { corpus.take_decisions(&decided)? };
    corpus.link()?;
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut out = Output::new();
    if texts > 0 {
        let Reviewed { accepted, edited, rejected, added, known } = sum;
        let texts = count(texts, "text", "texts");
        out.line(&format!(
            "{texts}: {accepted} accepted, {edited} edited, {added} added, {rejected} rejected; {known} of these were said before"
        ))?;
    }
    if !said.is_empty() {
        out.line(&format!("{}, {new} of them new", count(number(said.len()), "correction", "corrections")))?;
    }
    if !decided.is_empty() {
        let decided = count(number(decided.len()), "decision on links", "decisions on links");
        out.line(&format!("{decided}, {new_decisions} of them new"))?;
    }
    out.finish()?;
    Ok(ended)
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

/// How far people agree, and where they do not.
pub(super) fn agree(who: &[String], conflicts: bool, format: ListFormat, record: &Path) -> Result<Ended> {
    let corpus = Corpus::read(record)?;
    let (agreement, open) = corpus.agreement(who)?;
    let (figures, where_) = (figures(&agreement), crate::answers::corrections::conflicts(&open));
    let columns = ["row", "layer", "field", "values"];
    if conflicts {
        return rows(&columns, &where_, format, "");
    }
    if agreement.is_empty() && format == ListFormat::Table {
        complain(
            "no row was judged by two people; 'chancery correct' and 'chancery corrections import' judge rows",
        );
        return Ok(Ended::Well);
    }
    let note = match open.len() {
        0 => "no conflict is open".to_owned(),
        n => {
            let n = count(u32::try_from(n).unwrap_or(u32::MAX), "conflict is", "conflicts are");
            format!("{n} open; --conflicts lists them, 'chancery correct ROW … --settle' settles one")
        }
    };
    rows(&["layer", "field", "alpha", "agreed", "rows"], &figures, format, &note)
}
