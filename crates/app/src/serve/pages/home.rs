//! What the record holds.

use chancery_corpus::{Corpus, Filter, Kind};
use maud::html;
use serde_json::json;

use crate::serve::asked::Asked;
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{cell, clean, plain, table};

/// So many of the latest texts are named.
const LATEST: usize = 10;

pub(in crate::serve) fn page(corpus: &Corpus, _: &Asked) -> Result<Page, Fault> {
    let totals = corpus.totals()?;
    let counts = [
        ("documents", totals.documents, "/documents"),
        ("meetings", totals.meetings, "/meetings"),
        ("people", totals.people, "/people"),
        ("roles", totals.roles, "/roles"),
        ("statements", totals.statements, "/statements"),
        ("events", totals.events, "/events"),
    ];
    let latest = corpus.sheet(Kind::Documents, &Filter::default(), None, LATEST)?;
    let main = html! {
        ul.counts { @for (name, number, address) in counts { li { a href=(address) { strong { (number) } " " (name) } } } }
        p.note {
            (totals.silent) " of " (totals.sentences) " sentences gave no row. Each text lists its own."
        }
        section {
            h2 { "Latest texts" }
            @if latest.listing.rows.is_empty() {
                p.empty { "The record is empty. " code { "chancery add FOLDER" } " reads texts into it." }
            } @else {
                (table("Latest texts", latest.listing.columns, &latest.listing.rows, |column, value| match column {
                    "name" => html! { (clean(&plain(value))) },
                    _ => cell(column, value),
                }))
                @if latest.next.is_some() { p.onward { a href="/documents" { "All " (totals.documents) " texts" } } }
            }
        }
    };
    let mut rows: Vec<Vec<_>> =
        counts.iter().map(|(name, number, _)| vec![json!(name), json!(number)]).collect();
    rows.push(vec![json!("sentences"), json!(totals.sentences)]);
    rows.push(vec![json!("sentences without a row"), json!(totals.silent)]);
    Ok(Page { title: "The record".to_owned(), main, twin: Twin::new(&["what", "number"], rows) })
}
