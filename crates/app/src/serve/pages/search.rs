//! Documents and statements that answer to words and fields.

use chancery_corpus::{Corpus, Hit, Vocabulary};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::answers::search::{EXAMPLES, sought};
use crate::serve::asked::{Asked, query};
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{clean, link, marked, section};

/// Answers of a kind.
const ROWS: usize = 50;

const COLUMNS: [&str; 6] = ["kind", "id", "date", "who", "what", "words"];

pub(in crate::serve) fn page(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let Some(words) = asked.get("q") else {
        let main = html! { (ask("")) (how()) };
        return Ok(Page { title: "Search".to_owned(), main, twin: Twin::new(&COLUMNS, Vec::new()) });
    };
    let vocabulary = Vocabulary::embedded();
    let hits = corpus.search(&sought(words, vocabulary).map_err(Fault::asked)?, ROWS, vocabulary)?;
    let more = |shown: usize, of: usize| html! { @if of > shown { p.meta { "The first " (shown) " of " (of) "; more words or a field narrow them." } } };
    let least = |all: bool| if all { "" } else { "at least " };
    let main = html! {
        (ask(words))
        @if hits.of_documents + hits.of_statements == 0 && hits.all_read { p.empty { "Nothing in the record answers to this." } (how()) } @else {
            (section("documents", &format!("Documents ({}{})", least(hits.all_found), hits.of_documents), &html! {
                ul.entries { @for hit in &hits.documents { li { (document(hit)) } } }
                (more(hits.documents.len(), hits.of_documents))
            }))
            (section("statements", &format!("Statements ({}{})", least(hits.all_read), hits.of_statements), &html! {
                ul.entries { @for hit in &hits.statements { li { (statement(hit)) } } }
                (more(hits.statements.len(), hits.of_statements))
                @if !hits.all_read {
                    p.meta {
                        "Only the statements of the latest texts were looked through; a period or a name leads to others."
                    }
                }
            }))
        }
    };
    let row = |kind: &str, hit: &Hit| -> Vec<Value> {
        vec![
            json!(kind),
            json!(hit.id),
            json!(hit.date),
            json!(hit.who),
            json!(hit.what),
            json!(hit.words.text),
        ]
    };
    let documents = hits.documents.iter().map(|hit| row("document", hit));
    let rows = documents.chain(hits.statements.iter().map(|hit| row("statement", hit))).collect();
    let twin = Twin::new(&COLUMNS, rows)
        .beside("documents", json!(hits.of_documents))
        .beside("statements", json!(hits.of_statements));
    Ok(Page { title: format!("Search: {words}"), main, twin })
}

fn document(hit: &Hit) -> Markup {
    html! {
        p {
            @if let Some(date) = &hit.date { time { (clean(date)) } " " } (link(&hit.id))
            " " strong { (clean(&hit.what)) } " " span.meta { (clean(&hit.who)) }
        }
        p.words { (marked(&hit.words.text, &hit.words.marks)) }
    }
}

fn statement(hit: &Hit) -> Markup {
    html! {
        p {
            @if let Some(date) = &hit.date { time { (clean(date)) } " " } (link(&hit.id))
            " " strong { (clean(&hit.who)) } " " span.act { (clean(&hit.what)) }
        }
        p.words { (marked(&hit.words.text, &hit.words.marks)) }
    }
}

fn ask(words: &str) -> Markup {
    html! {
        form.filter action="/search" method="get" aria-label="Search the record" {
            label {
                span { "Words and fields" }
                input type="search" name="q" value=(clean(words)) placeholder="topic:taiwan \"core interests\"";
            }
            button type="submit" { "Search" }
        }
    }
}

/// What may be asked.
fn how() -> Markup {
    html! {
        section #how {
            h2 { "How to ask" }
            p {
                "Words are looked for in the texts and in what is said; accents and capitals do not matter. All must be there."
            }
            dl.facts {
                @for (example, about) in EXAMPLES {
                    div {
                        dt { a href=(format!("/search{}", query(&[("q", example)]))) { code { (example) } } }
                        dd { (about) }
                    }
                }
            }
        }
    }
}
