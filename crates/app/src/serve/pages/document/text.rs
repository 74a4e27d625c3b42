//! The text itself, with what was found marked in it.

use std::collections::BTreeSet;

use chancery_corpus::Stored;
use chancery_model::Span;
use maud::{Markup, html};

use crate::serve::parts::clean;

/// A stretch of text that belongs to a row, or to a sentence that gave none.
struct Mark {
    span: Span,
    /// `d1.s3`; of a silent sentence `n7`.
    row: String,
    class: String,
}

/// Block by block; what is not read for meaning is set aside with its reason.
pub(super) fn text(stored: &Stored) -> Markup {
    let marks = marks(stored);
    html! {
        @for block in &stored.document.blocks {
            @let kind = block.kind.name();
            @if block.kind.is_read() {
                p class=(format!("block {kind}")) { (marked(stored, block.span, &marks)) }
            } @else {
                p class=(format!("block aside {kind}")) title=(format!("set aside: {}", block.reason.as_deref().unwrap_or(kind))) {
                    (clean(stored.document.slice(block.span)))
                }
            }
        }
    }
}

fn marks(stored: &Stored) -> Vec<Mark> {
    let record = &stored.record;
    let mut marks = Vec::new();
    let mut mark = |span: Span, row: String, class: String| {
        if !span.is_empty() {
            marks.push(Mark { span, row, class });
        }
    };
    let id = |row: &str| format!("{}.{row}", stored.id);
    for silent in &record.silent {
        mark(silent.span, format!("n{}", silent.sentence), "unread".to_owned());
    }
    for statement in &record.statements {
        let class = format!("{} hue-{}", super::cards::word(statement.act), super::hue(stored, statement));
        statement.content.iter().for_each(|&s| mark(s, id(&statement.id), format!("said {class}")));
        statement.cue.iter().for_each(|&s| mark(s, id(&statement.id), "cue".to_owned()));
    }
    record.roles.iter().for_each(|r| mark(r.quote, id(&r.id), "role".to_owned()));
    record.meetings.iter().for_each(|m| mark(m.quote, id(&m.id), "met".to_owned()));
    record.events.iter().for_each(|e| mark(e.quote, id(&e.id), "did".to_owned()));
    marks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    marks
}

/// Pieces between all places where a mark begins or ends; each knows the rows it belongs to.
fn marked(stored: &Stored, within: Span, marks: &[Mark]) -> Markup {
    let marks: Vec<&Mark> = marks.iter().filter(|m| m.span.overlaps(within)).collect();
    let mut places: BTreeSet<u32> = marks.iter().flat_map(|m| [m.span.start, m.span.end]).collect();
    places.retain(|p| (within.start..within.end).contains(p));
    places.extend([within.start, within.end]);
    let places: Vec<u32> = places.into_iter().collect();
    html! {
        @for pair in places.windows(2) {
            @let piece = Span { start: pair[0], end: pair[1] };
            @let own = || marks.iter().filter(|m| m.span.contains(piece));
            @let words = clean(stored.document.slice(piece));
            @if own().next().is_none() {
                (words)
            } @else {
                span class=(joined(own().map(|m| m.class.as_str()))) data-rows=(joined(own().map(|m| m.row.as_str()))) { (words) }
            }
        }
    }
}

/// Words joined by blanks, each once.
fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut out: Vec<&str> = Vec::new();
    for word in words.flat_map(str::split_whitespace) {
        if !out.contains(&word) {
            out.push(word);
        }
    }
    out.join(" ")
}
