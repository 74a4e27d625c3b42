//! One cited page on two parties.

use chancery_corpus::Corpus;
use maud::{Markup, html};
use serde_json::json;

use super::dyad::{fields, sides_of};
use crate::brief::Brief;
use crate::serve::asked::Asked;
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{clean, form, link, linked};

const COLUMNS: [&str; 4] = ["part", "line", "ids", "sources"];

pub(in crate::serve) fn page(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let (codes, persons) = sides_of(asked)?;
    let ask = form("/brief", "A brief on two sides", "Write", &fields(asked));
    if codes.is_empty() {
        let main = html! {
            p.about {
                "One page on two sides with every line cited: their last meeting, what changed, what is missing, what was promised."
            }
            (ask)
        };
        return Ok(Page { title: "Brief".to_owned(), main, twin: Twin::new(&COLUMNS, Vec::new()) });
    }
    if corpus.ledger_part(&codes, &persons, 0, 1)?.of == 0 {
        return Err(Fault::missing(format!("the record has no meeting of {}", codes.join(" and "))));
    }
    let brief = Brief::of(corpus, &codes, &persons)?;
    let main = html! {
        @for part in &brief.parts {
            section {
                h2 { (clean(&part.heading)) }
                @if let Some(about) = &part.about { p.about { (linked(about)) } }
                @if part.lines.is_empty() { p { "Nothing." } } @else {
                    ul {
                        @for line in &part.lines {
                            li {
                                (text(&line.text))
                                @for (n, note) in line.notes.iter().enumerate() {
                                    sup { @if n > 0 { ", " } a href=(format!("#n{note}")) { (note) } }
                                }
                            }
                        }
                    }
                }
            }
        }
        section {
            h2 { "Notes" }
            ol.notes {
                @for (number, note) in (1..).zip(&brief.notes) {
                    li id=(format!("n{number}")) {
                        (clean(&note.source)) " (" (link(&note.id))
                        @if !note.place.is_empty() { ", " (note.place) } "): “" (clean(&note.words)) "”"
                    }
                }
            }
        }
        (ask)
    };
    let lines = brief.parts.iter().flat_map(|part| part.lines.iter().map(move |line| (part, line)));
    let rows = lines.map(|(part, line)| {
        let notes = line.notes.iter().map(|n| &brief.notes[n - 1]);
        let ids: Vec<&str> = notes.clone().map(|n| n.id.as_str()).collect();
        let sources: Vec<&str> = notes.map(|n| n.source.as_str()).collect();
        vec![json!(part.heading), json!(line.text), json!(ids), json!(sources)]
    });
    let rows = rows.collect();
    Ok(Page { title: brief.title, main, twin: Twin::new(&COLUMNS, rows) })
}

/// A line; the meeting that it begins with is a link.
fn text(line: &str) -> Markup {
    match line.split_once(' ') {
        Some((id, rest)) if id.starts_with('M') => html! { (linked(id)) " " (clean(rest)) },
        _ => html! { (clean(line)) },
    }
}
