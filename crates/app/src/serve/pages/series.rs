//! One topic through the texts on meetings of the same parties.

use chancery_corpus::{Corpus, Piece, Said, Vocabulary};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::dyad::{fields, sides_of};
use crate::answers::positions::meant;
use crate::answers::series::{Series, object, summary};
use crate::serve::asked::Asked;
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{clean, form, link, onward, redline};

/// Texts of a sheet.
const TEXTS: usize = 100;

const COLUMNS: [&str; 7] = ["document", "date", "publisher", "title", "id", "holder", "words"];

pub(in crate::serve) fn page(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let vocabulary = Vocabulary::embedded();
    let (codes, persons) = sides_of(asked)?;
    let ask =
        || form("/series", "Follow a topic", "Follow", &html! { (fields(asked)) (topic(asked, vocabulary)) });
    let Some(wanted) = asked.get("topic").filter(|_| !codes.is_empty()) else {
        let main = html! {
            p.about {
                "One topic through the texts on meetings of the same parties, each held against the one before."
            }
            (ask())
        };
        return Ok(Page { title: "Series".to_owned(), main, twin: Twin::new(&COLUMNS, Vec::new()) });
    };
    let topics = meant(vocabulary, wanted)?;
    let after: usize = asked.get("after").and_then(|after| after.parse().ok()).unwrap_or(0);
    let series = corpus.series_part(&codes, &persons, &topics, vocabulary, (after, TEXTS))?;
    let next = (series.of > after.saturating_add(TEXTS))
        .then(|| asked.with("after", Some(&(after + TEXTS).to_string())));
    if series.of == 0 {
        return Err(Fault::missing(Series { parties: &codes, persons: &persons }.unknown().to_string()));
    }
    let main = html! {
        p.about {
            (clean(&summary(&series, &topics, vocabulary))) "."
            @if series.turns.len() < series.of { " These are " (series.turns.len()) " of " (series.of) " texts, the latest but for " (after) "." }
        }
        ol.entries {
            @for turn in &series.turns {
                li {
                    h2 {
                        @if let Some(date) = turn.date { time { (date) } " " } (link(&turn.document)) " "
                        (clean(turn.title.as_deref().unwrap_or_default()))
                    }
                    p.meta { (clean(turn.publisher.as_deref().unwrap_or_default())) }
                    @if turn.said.is_empty() { p.meta { "absent (" (turn.bytes) " bytes searched)" } }
                    @for said in &turn.said { p.words { (words(said)) } }
                }
            }
        }
        (onward(next.as_deref()))
        (ask())
    };
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for turn in &series.turns {
        let head = [json!(turn.document), json!(turn.date), json!(turn.publisher), json!(turn.title)];
        let row = |more: [Value; 3]| head.iter().cloned().chain(more).collect();
        for Said { claim, .. } in &turn.said {
            rows.push(row([json!(claim.id), json!(claim.holder), json!(claim.words)]));
        }
        if turn.said.is_empty() {
            rows.push(row([Value::Null, Value::Null, Value::Null]));
        }
    }
    let mut twin = Twin { next, ..Twin::new(&COLUMNS, rows) };
    if let Value::Object(all) = object(&series, &topics, vocabulary) {
        twin.beside = all;
    }
    Ok(Page { title: format!("{}: {wanted}", codes.join(" – ")), main, twin })
}

fn words(said: &Said) -> Markup {
    let claim = &said.claim;
    html! {
        @if !claim.holder.is_empty() { strong { (clean(&claim.holder)) } ": " }
        @match &said.pieces[..] {
            [Piece::Both(words) | Piece::B(words)] => (clean(words)),
            pieces => (redline(pieces)),
        }
        " " (link(&claim.id))
    }
}

/// A field for a topic, with all topics to choose from.
pub(super) fn topic(asked: &Asked, vocabulary: &Vocabulary) -> Markup {
    html! {
        label {
            span { "Topic" }
            input type="text" name="topic" list="topics" value=(clean(asked.get("topic").unwrap_or_default())) placeholder="taiwan";
        }
        datalist id="topics" {
            @for topic in vocabulary.topics() { option value=(topic.id) { (topic.label) } }
        }
    }
}
