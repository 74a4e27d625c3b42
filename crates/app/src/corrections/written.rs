//! What people said, and the texts that they judge, as files.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use chancery_corpus::{Corpus, CorpusError, Correction, Judged, Stored};
use chancery_formats::exchange::{Said, doccano, inception, label_studio, readings, rows as set_into};
use chancery_formats::write::annotations;
use serde_json::Value;

use super::{list, merged, rows};

/// Another program in which people correct rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    Doccano,
    LabelStudio,
    Inception,
}

/// All that people said and decided as JSON lines, and how much of each it is.
///
/// # Errors
/// The record cannot be read.
pub(crate) fn all(corpus: &Corpus) -> Result<(String, [usize; 2]), CorpusError> {
    let said = corpus.corrections(&Judged { undone: true, ..Judged::default() })?;
    let decisions = corpus.decisions()?;
    let lines = said.iter().map(Correction::to_json).chain(decisions.iter().map(|d| d.to_json()));
    Ok((lines.map(|line| format!("{line}\n")).collect(), [said.len(), decisions.len()]))
}

/// The texts of the record of which something was said.
pub(crate) fn judged(said: &[Correction]) -> Vec<String> {
    let of_row = |id: &str| id.split('.').next()?.strip_prefix('d')?.parse().ok();
    let numbers: BTreeSet<u32> = said.iter().filter_map(|c| of_row(c.row.as_deref()?)).collect();
    numbers.into_iter().map(|number| format!("d{number}")).collect()
}

/// Texts with all rows, those that were judged with by whom, when and how: a line each.
///
/// # Errors
/// The record cannot be read.
pub(crate) fn gold(corpus: &Corpus, texts: &[String]) -> Result<Vec<Value>, CorpusError> {
    let one = |id: &String| -> Result<Value, CorpusError> {
        let stored = corpus.document(id)?;
        let mut page = annotations(&stored.document, &stored.record);
        page["key"] = chancery_corpus::key(&stored.document.text).into();
        for judged in corpus.corrections(&Judged { of: Some(id.clone()), ..Judged::default() })? {
            let place = judged.row.as_deref().and_then(|row| row.split_once('.')).filter(|_| judged.counts);
            let Some((_, row)) = place else { continue };
            let rows = rows(&stored.record);
            let at = rows.iter().filter(|r| r.layer() == judged.layer()).position(|r| r.id() == row);
            if let Some(at) = at {
                let row = &mut page[list(judged.layer())][at];
                row["who"] = judged.who.into();
                row["when"] = judged.made.into();
                row["verdict"] = judged.verdict.word().into();
            }
        }
        Ok(page)
    };
    texts.iter().map(one).collect()
}

/// Texts with their rows for another tool, each read back before it counts.
///
/// # Errors
/// The record cannot be read, or a text does not read back as it is.
pub(crate) fn for_tool(corpus: &Corpus, tool: Tool, texts: &[String]) -> Result<Vec<(String, Value)>> {
    let one = |id: &String| -> Result<(String, Value)> {
        let stored = corpus.document(id)?;
        let page = match tool {
            Tool::Doccano => doccano(&stored.document, &stored.record),
            Tool::LabelStudio => label_studio(&stored.document, &stored.record),
            Tool::Inception => inception(&stored.document, &stored.record),
        };
        if let Err(what) = same(&stored, &page) {
            bail!("{id}: {what}; nothing was written, please report this");
        }
        Ok((id.clone(), page))
    };
    texts.iter().map(one).collect()
}

/// Whether what was written says the same rows again.
fn same(stored: &Stored, page: &Value) -> Result<(), String> {
    let said = Said::of(&stored.document);
    let reading = readings(page)?.pop().ok_or("it holds no reading")?;
    let again = set_into(&stored.document, &reading.rows).map_err(|faults| faults.join("; "))?;
    let (before, again) = (rows(&stored.record), rows(&again));
    if before.len() != again.len() {
        return Err(format!("{} rows read back as {}", before.len(), again.len()));
    }
    let mut seen = std::collections::BTreeMap::<&str, usize>::new();
    for (row, given) in before.iter().zip(&again) {
        let list = list(row.layer());
        let at = seen.entry(list).or_default();
        let fields = reading.rows[list][*at].as_object().cloned().unwrap_or_default();
        *at += 1;
        if merged(&said, row, given, &fields) != *row {
            return Err(format!("{} reads back as another row", row.id()));
        }
    }
    Ok(())
}
