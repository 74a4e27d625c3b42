//! Rows of the record, a sheet at a time.

use chancery_corpus::{Corpus, Kind};
use maud::html;

use crate::serve::asked::Asked;
use crate::serve::fault::Fault;
use crate::serve::page::Page;
use crate::serve::parts::{cell, filter, onward, table, twin};

/// Rows on a page.
const ROWS: usize = 100;

macro_rules! lists {
    ($($name:ident: $kind:ident, $title:literal, $about:literal;)*) => {
        $(pub(in crate::serve) fn $name(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
            list(corpus, asked, Kind::$kind, $title, $about)
        })*
    };
}

lists! {
    documents: Documents, "Documents", "The latest first. Silent: sentences that gave no row.";
    meetings: Meetings, "Meetings", "One row for one meeting, however many texts tell of it.";
    people: People, "People", "Everyone who is named, by name.";
    statements: Statements, "Statements", "Who said what in whose name, by text.";
    events: Events, "Events", "Who did what to whom, by text.";
    roles: Roles, "Roles", "Who held which office, as stated, by text.";
    doubts: Doubts, "To check", "Events by how little sure they are, with what the second opinion says instead.";
}

fn list(corpus: &Corpus, asked: &Asked, kind: Kind, title: &str, about: &str) -> Result<Page, Fault> {
    let sheet = corpus.sheet(kind, &asked.filter()?, asked.get("after"), ROWS)?;
    let listing = &sheet.listing;
    let next = sheet.next.as_ref().map(|next| asked.with("after", Some(next)));
    let main = html! {
        p.about { (about) }
        (filter(asked))
        @if listing.rows.is_empty() {
            p.empty { "Nothing in the record answers to this." }
        } @else {
            (table(title, listing.columns, &listing.rows, cell))
        }
        (onward(next.as_deref()))
    };
    let mut twin = twin(listing);
    twin.next = next;
    Ok(Page { title: title.to_owned(), main, twin })
}
