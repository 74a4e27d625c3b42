//! What people said, as files to keep or to take to other programs.

use chancery_coder::ontology::Ontology;
use chancery_corpus::{Corpus, Judged};
use chancery_formats::exchange::label_studio_interface;
use serde_json::Value;

use super::asked::Asked;
use super::fault::Fault;
use crate::corrections::{Tool, all, for_tool, gold, judged};

/// A file that a page offers.
pub(super) struct Download {
    /// Where it is.
    pub(super) path: &'static str,
    /// What the page calls it.
    pub(super) name: &'static str,
    /// What it is for.
    pub(super) about: &'static str,
    /// Its kind, as HTTP names it.
    pub(super) kind: &'static str,
    pub(super) text: fn(&Corpus, &Asked) -> Result<String, Fault>,
}

const LINES: &str = "application/jsonl; charset=utf-8";
const JSON: &str = "application/json";

/// All of them. What is of texts is of those that were judged, or of one that is named (`of=d3`).
pub(super) const DOWNLOADS: &[Download] = &[
    Download {
        path: "/corrections/export.jsonl",
        name: "JSON lines",
        about: "All that was said and taken back, and what was decided of links: to be kept, or imported into another record",
        kind: LINES,
        text: |corpus, _| Ok(all(corpus)?.0),
    },
    Download {
        path: "/corrections/annotations.jsonl",
        name: "Annotations",
        about: "The texts with all their rows as corrected: gold for chancery score",
        kind: LINES,
        text: |corpus, asked| Ok(lines(gold(corpus, &texts(corpus, asked)?)?)),
    },
    Download {
        path: "/corrections/doccano.jsonl",
        name: "doccano",
        about: "For a project of sequence labelling with relations and overlapping spans",
        kind: LINES,
        text: |corpus, asked| Ok(lines(pages(corpus, Tool::Doccano, asked)?)),
    },
    Download {
        path: "/corrections/label-studio.json",
        name: "Label Studio",
        about: "The tasks, to be imported into a project with the interface below",
        kind: JSON,
        text: |corpus, asked| Ok(format!("{}\n", Value::Array(pages(corpus, Tool::LabelStudio, asked)?))),
    },
    Download {
        path: "/corrections/label-studio.xml",
        name: "Label Studio, interface",
        about: "The labelling interface for all tasks",
        kind: "application/xml",
        text: |_, _| {
            let ontology = Ontology::embedded();
            let types: Vec<&str> = ontology.types().iter().map(|t| t.name.as_str()).collect();
            Ok(label_studio_interface(&types))
        },
    },
    Download {
        path: "/corrections/inception.json",
        name: "INCEpTION",
        about: "One text as UIMA CAS JSON 0.4: name it above; chancery export inception writes all",
        kind: JSON,
        text: |corpus, asked| match &pages(corpus, Tool::Inception, asked)?[..] {
            [one] => Ok(format!("{one}\n")),
            all => Err(Fault::asked(format!(
                "a file of INCEpTION holds one text and {} were judged; name one, as in ?of=d3",
                all.len()
            ))),
        },
    },
];

/// The texts that a file is of.
fn texts(corpus: &Corpus, asked: &Asked) -> Result<Vec<String>, Fault> {
    match asked.get("of") {
        Some(of) => Ok(vec![corpus.document(of)?.id]),
        None => Ok(judged(&corpus.corrections(&Judged::default())?)),
    }
}

fn pages(corpus: &Corpus, tool: Tool, asked: &Asked) -> Result<Vec<Value>, Fault> {
    let pages = for_tool(corpus, tool, &texts(corpus, asked)?)?;
    Ok(pages.into_iter().map(|(_, page)| page).collect())
}

fn lines(pages: Vec<Value>) -> String {
    pages.iter().map(|page| format!("{page}\n")).collect()
}
