//! Forms by which people put rows right.

use chancery_corpus::{Conflict, Correction, Layer, Stored, Verdict};
use maud::{Markup, html};

use crate::serve::asked::{part, query};
use crate::serve::parts::clean;
use crate::serve::words::label;

/// What people said of the row, with a way back.
pub(super) fn judged(corrections: &[Correction], id: &str) -> Markup {
    let own = corrections.iter().filter(|c| c.row.as_deref() == Some(id));
    html! {
        @for one in own {
            form.judged action="/corrections/undo" method="post" data-correct data-done="Taken back" {
                input type="hidden" name="number" value=(one.number);
                span {
                    strong { (verdict(one.verdict)) } " by " (clean(&one.who)) ", " (one.made)
                    @if let Some(note) = &one.note { ": " (clean(note)) }
                    @if !one.counts { " (another correction counts)" }
                }
                " " button type="submit" data-key="u" { "Undo" }
                " " a href=(format!("/learn/{}", part(id))) { "What can be learnt" }
            }
        }
    }
}

/// That people do not agree on the row, and whose word counts until somebody settles it.
pub(super) fn contested(conflicts: &[Conflict], id: &str) -> Markup {
    let own: Vec<&Conflict> = conflicts.iter().filter(|c| c.row.as_deref() == Some(id)).collect();
    let fields: Vec<&str> = own
        .iter()
        .map(|c| if c.field == "row" { "whether it is there" } else { label(c.layer, c.field) })
        .collect();
    html! {
        @if !own.is_empty() {
            p.contested {
                strong { "People differ" } " on " (fields.join(", ")) ". The last word counts until somebody settles it. "
                a href=(format!("/agreement#{}", part(id))) { "Settle" }
            }
        }
    }
}

/// Rows that people said are not there.
pub(super) fn rejected(corrections: &[Correction], conflicts: &[Conflict]) -> Markup {
    let gone: Vec<&Correction> =
        corrections.iter().filter(|c| c.verdict == Verdict::Reject && c.counts).collect();
    html! {
        @if !gone.is_empty() {
            section {
                h2 { "Rejected " span.number { (gone.len()) } }
                @for one in gone {
                    @let id = one.row.clone().unwrap_or_default();
                    section.card.rejected id=(id) tabindex="-1" aria-label=(format!("rejected {id}")) {
                        h3 { (one.layer().word()) " " span.id { (id) } }
                        (judged(corrections, &id))
                        (contested(conflicts, &id))
                    }
                }
            }
        }
    }
}

/// A form of one button.
pub(super) fn judge(id: &str, verdict: &str, key: &str, name: &str) -> Markup {
    html! {
        form action="/corrections" method="post" data-correct data-done=(name) {
            input type="hidden" name="row" value=(id);
            input type="hidden" name="verdict" value=(verdict);
            button type="submit" data-key=(key) { (name) }
        }
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accept => "accepted",
        Verdict::Edit => "edited",
        Verdict::Reject => "rejected",
        Verdict::Add => "added",
    }
}

/// The ways to rows that were missed.
pub(super) fn add(stored: &Stored) -> Markup {
    html! {
        section #add {
            h2 { "Add what was missed" }
            ul.add {
                @for layer in Layer::ALL {
                    li {
                        a data-inline href=(format!("/add/{}{}", stored.id, query(&[("layer", layer.word())]))) {
                            "A " (layer.word())
                        }
                    }
                }
            }
        }
    }
}
