//! What became of each input.

use chancery_corpus::{Corpus, Outcome};
use maud::html;
use serde_json::json;

use crate::serve::asked::Asked;
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{cell, onward, table};

/// Inputs on a page.
const ROWS: usize = 200;

pub(in crate::serve) fn page(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let (ingests, next) = corpus.ingests(asked.get("after"), ROWS)?;
    let columns = ["place", "outcome", "why", "document"];
    let word = |outcome| match outcome {
        Outcome::Read => "read",
        Outcome::Skipped => "skipped",
        Outcome::Suspect => "suspect",
    };
    let rows: Vec<Vec<_>> = ingests
        .iter()
        .map(|i| vec![json!(i.place), json!(word(i.outcome)), json!(i.why), json!(i.document)])
        .collect();
    let next = next.map(|next| asked.with("after", Some(&next)));
    let main = html! {
        p.about { "What was skipped or is odd comes first, each with its reason." }
        @if rows.is_empty() { p.empty { "Nothing was added yet." } } @else { (table("Inputs", &columns, &rows, cell)) }
        (onward(next.as_deref()))
    };
    let mut twin = Twin::new(&columns, rows);
    twin.next = next;
    Ok(Page { title: "Ingest report".to_owned(), main, twin })
}
