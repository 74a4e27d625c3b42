//! What people said of rows, and how far they agree.

use std::cell::RefCell;
use std::collections::BTreeSet;

use chancery_corpus::{Corpus, Judged};
use maud::{Markup, html};
use serde_json::Value;

use crate::answers::corrections::{COLUMNS, conflicts, figures, row};
use crate::corrections::Taken;
use crate::serve::actions::IMPORT;
use crate::serve::asked::Asked;
use crate::serve::downloads::DOWNLOADS;
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{cell, clean, link, plain, table};
use crate::serve::server::FILES;

/// Corrections on a page, the latest first.
const ROWS: usize = 500;

/// Every correction, with a way back.
pub(in crate::serve) fn list(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let who = asked.get("coder").map(str::to_owned);
    let said =
        corpus.corrections(&Judged { who, undone: asked.get("undone").is_some(), ..Judged::default() })?;
    let rows: Vec<Vec<Value>> = said.iter().rev().map(row).collect();
    let shown = |column: &str, value: &Value| match column {
        "row" if plain(value).contains('.') => link(&plain(value)),
        "number" => undo(value),
        _ => cell(column, value),
    };
    let main = html! {
        p.about { "What people said of rows is kept apart from what the machine found, and stands when texts are read anew. "
            a href="/agreement" { "How far people agree" } }
        form.filter action=(asked.path) method="get" aria-label="Narrow the list" {
            label { span { "Coder" } input type="text" name="coder" value=(clean(asked.get("coder").unwrap_or_default())); }
            label { input type="checkbox" name="undone" value="1" checked[asked.get("undone").is_some()]; span { "also what was taken back" } }
            button type="submit" { "Show" }
        }
        @if rows.is_empty() {
            p.empty { "Nobody said anything yet. Each card of a text has its buttons; a, e and x are their keys." }
        } @else {
            @if rows.len() > ROWS { p.note { "The latest " (ROWS) " of " (rows.len()) "; all are in the JSON and CSV of this page." } }
            (table("Corrections", &COLUMNS, &rows[..rows.len().min(ROWS)], shown))
        }
        (files())
    };
    Ok(Page { title: "Corrections".to_owned(), main, twin: Twin::new(&COLUMNS, rows) })
}

/// The way to other programs and back.
fn files() -> Markup {
    html! {
        section #files {
            h2 { "To other programs and back" }
            p { "Texts are those of which something was said, or the one that you name." }
            form.filter method="get" action=(DOWNLOADS[0].path) aria-label="Export corrections" {
                label { span { "Only the text" } input type="text" name="of" placeholder="d3"; }
                @for file in DOWNLOADS { button type="submit" formaction=(file.path) title=(file.about) { (file.name) } }
            }
            details {
                summary { "What each file is for" }
                dl.files { @for file in DOWNLOADS { dt { (file.name) } dd { (file.about) "." } } }
            }
            form.filter method="post" action=(IMPORT) enctype="multipart/form-data" aria-label="Import corrections" {
                label { span { "Files of any of these programs, " (FILES >> 20) " MB at most" } input type="file" name="file" multiple required; }
                label { span { "Read by, where a file does not say" } input type="text" name="who" placeholder="your name"; }
                label { input type="checkbox" name="complete" value="1"; span { "rows that a file does not have are rejected" } }
                button type="submit" { "Import" }
            }
        }
    }
}

/// What came of files that were sent.
pub(in crate::serve) fn imported(taken: &Taken) -> Page {
    let lines = taken.lines();
    let main = html! {
        @if lines.is_empty() { p.empty { "Nothing was taken up." } }
        ul { @for line in &lines { li { (clean(line)) } } }
        @if !taken.refused.is_empty() {
            section {
                h2 { "Refused " span.number { (taken.refused.len()) } }
                p { "The rest was taken up. Mend these and import the file again: twice is once." }
                ul { @for what in &taken.refused { li { (clean(what)) } } }
            }
        }
        p.back { a href="/corrections" { "All corrections" } }
    };
    let refused = taken.refused.iter().map(|what| vec![Value::from(what.as_str())]).collect();
    Page { title: "What was imported".to_owned(), main, twin: Twin::new(&["refused"], refused) }
}

fn undo(number: &Value) -> Markup {
    html! {
        (plain(number)) " "
        form.undo action="/corrections/undo" method="post" {
            input type="hidden" name="number" value=(plain(number));
            button.quiet type="submit" aria-label=(format!("Undo correction {}", plain(number))) { "Undo" }
        }
    }
}

/// Krippendorff's alpha for each field, and the conflicts that are open, the worst first.
pub(in crate::serve) fn agreement(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let who: Vec<String> = asked.all("coder").map(str::to_owned).collect();
    let (agreement, open) = corpus.agreement(&who)?;
    let (figures, conflicts) = (figures(&agreement), conflicts(&open));
    let (fields, of_rows) =
        (["layer", "field", "alpha", "share", "rows"], ["row", "layer", "field", "values"]);
    let named = RefCell::new(BTreeSet::new());
    let shown = |column: &str, value: &Value| match column {
        "row" if plain(value).contains('.') => settle(&plain(value), named.borrow_mut().insert(plain(value))),
        _ => cell(column, value),
    };
    let main = html! {
        p.about { "Alpha is Krippendorff's for names: 1 is full agreement, 0 what chance would give. Only rows that two or more judged count. Until somebody settles a conflict, the row is as the last of them says." }
        @if figures.is_empty() {
            p.empty { "No row was judged by two people." }
        } @else {
            (table("Agreement by field", &fields, &figures, cell))
            h2 { "Open conflicts " span.number { (conflicts.len()) } }
            @if conflicts.is_empty() { p.empty { "None." } } @else { (table("Open conflicts", &of_rows, &conflicts, shown)) }
        }
    };
    let twin = Twin::new(&of_rows, conflicts).beside(
        "fields",
        figures
            .iter()
            .map(|row| {
                Value::Object(fields.iter().map(|f| (*f).to_owned()).zip(row.iter().cloned()).collect())
            })
            .collect(),
    );
    Ok(Page { title: "Agreement".to_owned(), main, twin })
}

/// The row, and a way to settle what is said of it: as it stands, or by editing it. The first line on a row can be led to.
fn settle(id: &str, first: bool) -> Markup {
    html! {
        span id=[first.then_some(id)] { (link(id)) } " "
        form.settle action="/corrections" method="post" {
            input type="hidden" name="row" value=(id);
            input type="hidden" name="verdict" value="accept";
            input type="hidden" name="settles" value="1";
            button.quiet type="submit" aria-label=(format!("Settle as it stands: {id}")) { "Settle as it stands" }
        }
        " " a href=(format!("/edit/{}?settles=1", crate::serve::asked::part(id))) { "Edit" }
    }
}
