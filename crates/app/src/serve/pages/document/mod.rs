//! A text with what was read out of it: the words at the left, cards at the right.

mod cards;
mod forms;
mod text;

use chancery_corpus::{Corpus, Judged, Stored};
use chancery_model::Span;
use maud::{Markup, html};
use serde_json::json;

use crate::serve::asked::Asked;
use crate::serve::cite::title;
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::clean;

pub(in crate::serve) fn page(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let stored = corpus.document(&asked.id)?;
    let judged = Judged { of: Some(stored.id.clone()), ..Judged::default() };
    let around = cards::Around {
        meetings: corpus.meetings_of(&stored.id)?,
        corrections: corpus.corrections(&judged)?,
        conflicts: corpus.conflicts_of(std::slice::from_ref(&stored.id))?,
    };
    let title = title(&stored).split_whitespace().collect::<Vec<_>>().join(" ");
    let main = html! {
        (head(&stored))
        (legend())
        div.reader {
            article #text .text lang=(stored.document.source.language.as_deref().unwrap_or("en")) { (text::text(&stored)) }
            aside #cards .cards aria-label="What was read" { (cards::cards(&stored, &around)) }
        }
        (silent(&stored))
        (forms::add(&stored))
        @for note in &stored.record.notes { p.note { (clean(&note.text)) } }
    };
    Ok(Page { title, main, twin: twin(&stored) })
}

/// Where the text comes from.
fn head(stored: &Stored) -> Markup {
    let source = &stored.document.source;
    let date = |label: &str, date: Option<chancery_model::Date>| date.map(|d| format!("{label} {d}"));
    let facts = [
        Some(stored.id.clone()),
        source.publisher.clone(),
        date("published", source.published),
        date("dateline", source.dateline),
        source.dateline_place.clone().or_else(|| source.place.clone()),
    ];
    html! {
        p.source {
            @for fact in facts.into_iter().flatten() { span { (clean(&fact)) } " " }
            @if let Some(url) = source.url.as_ref().filter(|url| url.starts_with("http://") || url.starts_with("https://")) {
                a href=(url) rel="noreferrer" { "the page it comes from" }
            }
        }
    }
}

/// What the marks of the text mean.
fn legend() -> Markup {
    html! {
        ul.legend aria-label="What the marks mean" {
            @for (act, name) in [("position", "position"), ("commitment", "commitment"), ("request", "request"), ("agreement", "agreement"), ("report", "other words said")] {
                li { span class=(format!("said {act} hue-0")) { (name) } }
            }
            li { "a colour for each speaker" }
            li { span.unread { "grey: no row was read" } }
            li { "small and grey: set aside" }
            li { "meetings, offices and events light up with their cards" }
        }
    }
}

/// The sentences that gave nothing, each with the reason.
fn silent(stored: &Stored) -> Markup {
    let (silent, all) = (&stored.record.silent, stored.sentences.len());
    html! {
        section #silent {
            h2 { (silent.len()) " of " (all) " sentences gave no row" }
            @if !silent.is_empty() {
                details open[silent.len() <= 5] {
                    summary { "Read them, each with the reason" }
                    ol.silent {
                        @for one in silent {
                            li data-lights=(format!("n{}", one.sentence)) tabindex="-1" {
                                q { (clean(stored.document.slice(one.span))) } " " span.why { (clean(&one.why)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// One row for each row of the record, with the bytes it rests on.
fn twin(stored: &Stored) -> Twin {
    let record = serde_json::to_value(&stored.record).expect("the nouns have string keys only");
    let mut rows = Vec::new();
    for (layer, list) in
        [("role", "roles"), ("meeting", "meetings"), ("statement", "statements"), ("event", "events")]
    {
        for row in record[list].as_array().into_iter().flatten() {
            let id = format!("{}.{}", stored.id, row["id"].as_str().unwrap_or_default());
            let spans = words(stored, row["id"].as_str().unwrap_or_default());
            let text: Vec<&str> = spans.iter().map(|&s| stored.document.slice(s)).collect();
            let places: Vec<String> = spans.iter().map(|s| format!("{}-{}", s.start, s.end)).collect();
            rows.push(vec![json!(id), json!(layer), json!(text.join(" … ")), json!(places.join("; "))]);
        }
    }
    Twin::new(&["id", "layer", "words", "bytes"], rows)
        .beside("text", json!(stored.document.text))
        .beside("source", json!(stored.document.source))
        .beside("record", record)
}

/// The words that a row stands on.
fn words(stored: &Stored, id: &str) -> Vec<Span> {
    let record = &stored.record;
    let quotes = record.roles.iter().map(|r| (&r.id, r.quote));
    let quotes = quotes.chain(record.meetings.iter().map(|m| (&m.id, m.quote)));
    let mut quotes = quotes.chain(record.events.iter().map(|e| (&e.id, e.quote)));
    match record.statements.iter().find(|s| s.id == id) {
        Some(statement) => statement.content.clone(),
        None => quotes.find(|(own, _)| *own == id).map(|(_, quote)| vec![quote]).unwrap_or_default(),
    }
}

/// A colour for each speaker, in the order in which they first speak.
fn hue(stored: &Stored, statement: &chancery_model::Statement) -> usize {
    const HUES: usize = 12;
    let mut speakers: Vec<String> = Vec::new();
    for one in &stored.record.statements {
        let name = cards::names(&one.speaker);
        if !speakers.contains(&name) {
            speakers.push(name);
        }
    }
    let own = cards::names(&statement.speaker);
    speakers.iter().position(|s| *s == own).unwrap_or(0) % HUES
}
