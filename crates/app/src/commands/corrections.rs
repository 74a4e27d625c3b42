//! `corrections`: what people said, listed, written to files and taken up from them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use chancery_corpus::{Corpus, Judged};
use serde_json::Value;

use super::list::rows;
use crate::Ended;
use crate::answers::corrections::{COLUMNS, figures, row};
use crate::answers::count;
use crate::cli::{CorrectionFormat, ListFormat, Person, Which};
use crate::clock::now;
use crate::corrections::{all, gold, judged as texts_of, take};
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
        CorrectionFormat::Annotations => {
            let mut out = Output::new();
            let texts = gold(&corpus, &texts_of(&said))?;
            texts.iter().try_for_each(|page| out.line(&page.to_string()))?;
            out.finish()?;
            return Ok(Ended::Well);
        }
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

/// Write all that people said and decided.
pub(super) fn export(file: &Path, record: &Path) -> Result<Ended> {
    let (text, [said, decided]) = all(&Corpus::read(record)?)?;
    let mut out = Output::new();
    if file == Path::new("-") {
        out.write(&text)?;
    } else {
        fs::write(file, text).with_context(|| file.display().to_string())?;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (said, decided) = (number(said), number(decided));
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
    let read = |file: &PathBuf| -> Result<(String, String)> {
        let shown = file.display().to_string();
        let text = fs::read_to_string(file).with_context(|| shown.clone())?;
        Ok((shown, text))
    };
    let files: Vec<(String, String)> = files.iter().map(read).collect::<Result<_>>()?;
    let taken = take(&mut corpus, &files, super::correct::who(person).ok(), now(), complete)?;
    corpus.link()?;
    taken.refused.iter().for_each(|what| complain(&harmless(what)));
    let mut out = Output::new();
    taken.lines().iter().try_for_each(|line| out.line(line))?;
    out.finish()?;
    Ok(if taken.refused.is_empty() { Ended::Well } else { Ended::WithFailures })
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
