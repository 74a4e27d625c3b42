//! `show`: a text with what was found marked in it.

use std::path::Path;

use anyhow::Result;
use chancery_corpus::{Corpus, Stored};
use chancery_model::{BlockKind, Span};

use super::marks::{Mark, Style, marked, styled};
use crate::Ended;
use crate::output::{Output, harmless};

const LEGEND: &str = "[s1 what is said]  *the words that attribute it*  {m1 a meeting}  (r1 a role)  <e1 an event>  \
                      ~set aside~";

pub(super) fn show(id: &str, record: &Path) -> Result<Ended> {
    let stored = Corpus::read(record)?.document(id)?;
    let mut out = Output::new();
    let page = page(&stored, out.is_terminal());
    out.write(&page)?;
    out.finish()?;
    Ok(Ended::Well)
}

fn page(stored: &Stored, colour: bool) -> String {
    let document = &stored.document;
    let dim = |words: &str| styled(words, &[Style::Dim], colour);
    let mut page = head(stored);
    page += &format!("{}\n\n", dim(LEGEND));
    let marks = marks(stored);
    for block in &document.blocks {
        let text = marked(&document.text, block.span, &marks, colour);
        if block.kind.is_read() {
            page += &format!("{text}\n\n");
        } else {
            let reason = block.reason.as_deref().unwrap_or_else(|| block.kind.name());
            let words = harmless(document.slice(block.span));
            page += &format!("{}\n\n", dim(&format!("~{words}~ ({})", aside(block.kind, reason))));
        }
    }
    page += &silent(stored);
    for note in &stored.record.notes {
        page += &format!("note: {}\n", harmless(&note.text));
    }
    page
}

/// The kind of block with the reason why it was set aside, where that says more.
fn aside(kind: BlockKind, reason: &str) -> String {
    if reason == kind.name() { reason.to_owned() } else { format!("{}: {reason}", kind.name()) }
}

fn head(stored: &Stored) -> String {
    let source = &stored.document.source;
    let mut head = format!("{} {}", stored.id, stored.document.id);
    let date = |label: &str, date: Option<chancery_model::Date>| date.map(|d| format!("{label} {d}"));
    let facts = [
        source.publisher.clone(),
        date("published", source.published),
        date("dateline", source.dateline),
        source.dateline_place.clone().or_else(|| source.place.clone()),
        source.url.clone(),
    ];
    for fact in facts.into_iter().flatten() {
        head += &format!(" · {fact}");
    }
    harmless(&head) + "\n"
}

fn marks(stored: &Stored) -> Vec<Mark> {
    let record = &stored.record;
    let mut marks = Vec::new();
    let mut mark = |span: Span, before: String, after, style| marks.push(Mark { span, before, after, style });
    for statement in &record.statements {
        for &span in &statement.content {
            mark(span, format!("[{} ", statement.id), "]", Style::Said);
        }
        for &span in &statement.cue {
            mark(span, "*".to_owned(), "*", Style::Strong);
        }
    }
    for meeting in &record.meetings {
        mark(meeting.quote, format!("{{{} ", meeting.id), "}", Style::Named);
    }
    for role in &record.roles {
        mark(role.quote, format!("({} ", role.id), ")", Style::Named);
    }
    // Events that are a meeting or a statement are marked as that.
    for event in record.events.iter().filter(|e| e.meeting.is_none() && e.said_in.is_none()) {
        mark(event.quote, format!("<{} ", event.id), ">", Style::Named);
    }
    // One cue may carry several statements.
    marks.sort_by(|a, b| (a.span, &a.before).cmp(&(b.span, &b.before)));
    marks.dedup();
    marks
}

fn silent(stored: &Stored) -> String {
    let (silent, all) = (&stored.record.silent, stored.sentences.len());
    if silent.is_empty() {
        return format!("each of {all} sentences gave something\n");
    }
    let mut list = format!("{} of {all} sentences gave nothing:\n", silent.len());
    for silence in silent {
        let words = one_line(stored.document.slice(silence.span));
        list += &format!("{:>4}  {} ({})\n", silence.sentence, harmless(&words), silence.why);
    }
    list
}

/// The words without line breaks.
pub(super) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
