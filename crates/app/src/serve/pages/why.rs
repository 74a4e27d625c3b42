//! The words, the rule and the reasoning behind a row.

use chancery_corpus::{Corpus, Stored};
use chancery_model::{Provenance, Span};
use maud::{Markup, html};
use serde_json::json;

use crate::explain::Explained;
use crate::serve::asked::Asked;
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{self, address, clean, heading};

pub(in crate::serve) fn page(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let id = asked.id.as_str();
    let missing = || Fault::missing(format!("nothing here has the id '{id}'; ids look like d1.s3"));
    let (document, row) = id.split_once('.').ok_or_else(missing)?;
    let stored = corpus.document(document)?;
    let explained = Explained::of(&stored, row).ok_or_else(missing)?;
    let main = html! {
        p.about {
            @if explained.kind == "event" { "An " } @else { "A " }
            (explained.kind) " in " a href=(address(id)) { (document) } ", " cite { (clean(&stored.document.id)) }
        }
        dl.why {
            @for field in &explained.fields {
                dt { (heading(&field.name)) }
                dd {
                    @if let Some(value) = &field.value { p.value { (clean(value)) } }
                    @for reason in &field.reasons { (because(reason, &stored)) }
                }
            }
        }
    };
    let columns = ["field", "value", "words", "rule", "why"];
    let mut rows = Vec::new();
    for field in &explained.fields {
        let words = |r: &Provenance| {
            r.spans.iter().map(|&s| stored.document.slice(s)).collect::<Vec<_>>().join(" … ")
        };
        for reason in explained.reasons(field) {
            rows.push(vec![
                json!(field.name),
                json!(field.value),
                json!(words(reason)),
                json!(reason.rule),
                json!(reason.why),
            ]);
        }
    }
    Ok(Page { title: format!("Why {id}"), main, twin: Twin::new(&columns, rows) })
}

/// The sentences with the words marked in them, the rule and the reasoning.
fn because(reason: &Provenance, stored: &Stored) -> Markup {
    let within = |sentence: Span| reason.spans.iter().any(|&span| sentence.contains(span));
    let sentences = (1..).zip(&stored.sentences).filter(|(_, s)| within(**s));
    let outside = reason.spans.iter().filter(|span| !stored.sentences.iter().any(|s| s.contains(**span)));
    html! {
        div.reason {
            @for (number, &sentence) in sentences {
                p.words { span.number { "sentence " (number) } " " (marked(stored, sentence, &reason.spans)) }
            }
            @for &span in outside { p.words { mark { (clean(stored.document.slice(span))) } } }
            p.rule { "rule " code { (clean(&reason.rule)) } @if let Some(why) = &reason.why { ": " (clean(why)) } }
        }
    }
}

/// A stretch of the text with words marked in it; spans that overlap are one mark.
fn marked(stored: &Stored, within: Span, spans: &[Span]) -> Markup {
    let mut spans: Vec<Span> =
        spans.iter().copied().filter(|&s| within.contains(s) && !s.is_empty()).collect();
    spans.sort_unstable();
    let mut apart: Vec<Span> = Vec::new();
    for span in spans {
        let span = Span { start: span.start - within.start, end: span.end - within.start };
        match apart.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => apart.push(span),
        }
    }
    parts::marked(stored.document.slice(within), &apart)
}
