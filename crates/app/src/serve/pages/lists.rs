//! Rows of the record, a sheet at a time.

use std::collections::BTreeSet;

use chancery_corpus::{Corpus, Kind, Listing};
use maud::html;
use serde_json::Value;

use crate::serve::asked::{Asked, part};
use crate::serve::fault::Fault;
use crate::serve::page::Page;
use crate::serve::parts::{cell, clean, filter, link, linked, onward, table, twin};
use crate::serve::words::plain;

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
    let (columns, rows) = readable(listing);
    let contested = contested(corpus, kind, listing)?;
    let shown = |column: &str, value: &Value| match (column, value.as_str()) {
        ("id", Some(id)) if contested.contains(id) => html! {
            (link(id)) " " a.tag href=(format!("/agreement#{}", part(id))) title="People differ; the last word counts until somebody settles it" { "people differ" }
        },
        ("name", Some(name)) if kind == Kind::Documents => html! { (clean(name)) },
        ("told" | "disputed" | "format", Some(word)) => html! { (linked(&plain(column, word))) },
        _ => cell(column, value),
    };
    let next = sheet.next.as_ref().map(|next| asked.with("after", Some(next)));
    let main = html! {
        p.about { (about) }
        (filter(asked))
        @if listing.rows.is_empty() {
            p.empty { "Nothing in the record answers to this." }
        } @else {
            (table(title, &columns, &rows, shown))
        }
        (onward(next.as_deref()))
    };
    let mut twin = twin(listing);
    twin.next = next;
    Ok(Page { title: title.to_owned(), main, twin })
}

/// The rows without what their ids and names tell already; JSON and CSV have all.
fn readable(listing: &Listing) -> (Vec<&'static str>, Vec<Vec<Value>>) {
    let at = |name: &str| listing.columns.iter().position(|column| *column == name);
    let by_id = |name| at(name).filter(|_| at("id").is_some());
    let repeated = [by_id("document"), by_id("sentence"), at("speaker_code")];
    let kept: Vec<usize> = (0..listing.columns.len()).filter(|n| !repeated.contains(&Some(*n))).collect();
    let cell = |row: &Vec<Value>, n: usize| match (at("speaker") == Some(n), at("speaker_code")) {
        (true, Some(code)) => spoken(&row[n], &row[code]),
        _ => row[n].clone(),
    };
    let rows = listing.rows.iter().map(|row| kept.iter().map(|n| cell(row, *n)).collect()).collect();
    (kept.iter().map(|n| listing.columns[*n]).collect(), rows)
}

/// `Zoë Dahl (NOR)` of one speaker; of several, whose codes stand beside their names one by one, the names.
fn spoken(name: &Value, code: &Value) -> Value {
    match (name.as_str(), code.as_str()) {
        (Some(name), Some(code)) if !code.is_empty() && name != code && !name.contains("; ") => {
            Value::from(format!("{name} ({code})"))
        }
        _ => name.clone(),
    }
}

/// The rows of a sheet on which people do not agree.
fn contested(corpus: &Corpus, kind: Kind, listing: &Listing) -> Result<BTreeSet<String>, Fault> {
    if !matches!(kind, Kind::Statements | Kind::Events | Kind::Roles | Kind::Doubts) {
        return Ok(BTreeSet::new());
    }
    let Some(at) = listing.columns.iter().position(|column| *column == "id") else {
        return Ok(BTreeSet::new());
    };
    let ids = listing.rows.iter().filter_map(|row| row[at].as_str()?.split('.').next());
    let documents: BTreeSet<String> = ids.map(str::to_owned).collect();
    let conflicts = corpus.conflicts_of(&documents.into_iter().collect::<Vec<_>>())?;
    Ok(conflicts.into_iter().filter_map(|conflict| conflict.row).collect())
}
