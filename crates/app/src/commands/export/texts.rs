//! Texts with their rows for tools in which people correct them.

use anyhow::Result;
use chancery_corpus::Kind;
use chancery_formats::exchange::label_studio_interface;
use chancery_formats::write::export::Resource;
use serde_json::Value;

use super::Export;
use crate::cli::ExportFormat;
use crate::corrections::{Tool, for_tool};

impl Export<'_> {
    /// Every text that the filter leaves, read back before it counts.
    pub(super) fn texts(&mut self) -> Result<()> {
        let listing = self.corpus.list(Kind::Documents, &self.order.filter)?;
        let ids: Vec<String> =
            listing.rows.iter().filter_map(|row| Some(row[0].as_str()?.to_owned())).collect();
        let tool = match self.order.format {
            ExportFormat::Doccano => Tool::Doccano,
            ExportFormat::LabelStudio => Tool::LabelStudio,
            _ => Tool::Inception,
        };
        let pages = for_tool(&self.corpus, tool, &ids)?;
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
