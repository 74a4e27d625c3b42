//! Texts with their rows for tools in which people correct them.

use anyhow::{Result, bail};
use chancery_corpus::{Kind, Stored};
use chancery_formats::exchange::{
    Said, doccano, inception, label_studio, label_studio_interface, readings, rows as set_into,
};
use chancery_formats::write::export::Resource;
use serde_json::Value;

use super::Export;
use crate::cli::ExportFormat;
use crate::corrections::{merged, rows};

impl Export<'_> {
    /// Every text that the filter leaves, read back before it counts.
    pub(super) fn texts(&mut self) -> Result<()> {
        let listing = self.corpus.list(Kind::Documents, &self.order.filter)?;
        let ids: Vec<String> =
            listing.rows.iter().filter_map(|row| Some(row[0].as_str()?.to_owned())).collect();
        let mut pages = Vec::new();
        for id in ids {
            let stored = self.corpus.document(&id)?;
            let page = match self.order.format {
                ExportFormat::Doccano => doccano(&stored.document, &stored.record),
                ExportFormat::LabelStudio => label_studio(&stored.document, &stored.record),
                _ => inception(&stored.document, &stored.record),
            };
            if let Err(what) = same(&stored, &page) {
                bail!("{id}: {what}; nothing was written, please report this");
            }
            pages.push((id, page));
        }
        match self.order.format {
            ExportFormat::Doccano => {
                let lines: String = pages.iter().map(|(_, page)| format!("{page}\n")).collect();
                self.file("texts", "texts.jsonl", "A text a line, with its rows.", pages.len(), &lines)
            }
            ExportFormat::LabelStudio => {
                let tasks: Vec<&Value> = pages.iter().map(|(_, page)| page).collect();
                let tasks = serde_json::to_string(&tasks)? + "\n";
                self.file("tasks", "tasks.json", "A task is a text with its rows.", pages.len(), &tasks)?;
                let types: Vec<&str> = self.ontology.types().iter().map(|t| t.name.as_str()).collect();
                let page = label_studio_interface(&types);
                self.file(
                    "interface",
                    "interface.xml",
                    "The labelling interface for all tasks.",
                    pages.len(),
                    &page,
                )
            }
            _ => pages.iter().try_for_each(|(id, page)| {
                self.file(id, &format!("{id}.json"), "A text with its rows.", 1, &format!("{page}\n"))
            }),
        }
    }

    fn file(&mut self, name: &str, path: &str, title: &str, texts: usize, text: &str) -> Result<()> {
        let written = self.draft.write(path, text.as_bytes())?;
        self.resources.push(Resource::of_texts(name, path, title, texts, &written));
        Ok(())
    }
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
        let list = crate::corrections::list(row.layer());
        let at = seen.entry(list).or_default();
        let fields = reading.rows[list][*at].as_object().cloned().unwrap_or_default();
        *at += 1;
        if merged(&said, row, given, &fields) != *row {
            return Err(format!("{} reads back as another row", row.id()));
        }
    }
    Ok(())
}
