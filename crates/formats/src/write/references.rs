//! Whom phrases mean, one JSON object a line.

use chancery_model::{Document, Reference};
use serde_json::json;

/// The references of a document, each with its words; `span` and `head` are bytes of `Document::text`.
#[must_use]
pub fn references(document: &Document, references: &[Reference]) -> String {
    let line = |r: &Reference| {
        let value = json!({
            "document": document.id,
            "sentence": r.sentence,
            "span": r.span,
            "words": document.slice(r.span),
            "head": r.head,
            "who": r.who,
            "rule": r.rule,
        });
        format!("{value}\n")
    };
    references.iter().map(line).collect()
}
