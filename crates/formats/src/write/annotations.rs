//! Annotations: what was read out of a document, in the words of the document, for scoring by any tool.
//!
//! Quotes are exact substrings of the input's own text; `at` and `cue_at` are offsets into it in Unicode code points, left
//! out where the words stand in a title that was given beside the text.

use chancery_model::{Document, Event, Meeting, Participant, Record, Role, Span, Statement, When};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// One document's record as annotations: `id`, `published`, `roles`, `meetings`, `statements`, `events`.
#[must_use]
pub fn annotations(document: &Document, record: &Record) -> Value {
    let writer = Annotator::new(document);
    json!({
        "id": document.id,
        "published": document.source.published,
        "roles": record.roles.iter().map(|r| writer.role(r)).collect::<Vec<_>>(),
        "meetings": record.meetings.iter().map(|m| writer.meeting(m)).collect::<Vec<_>>(),
        "statements": record.statements.iter().map(|s| writer.statement(s)).collect::<Vec<_>>(),
        "events": record.events.iter().map(|e| writer.event(e)).collect::<Vec<_>>(),
    })
}

/// The byte at which each code point of the input's own text begins.
fn starts(document: &Document) -> Vec<usize> {
    let base = document.source.text_offset as usize;
    document.text[base..].char_indices().map(|(at, _)| base + at).collect()
}

/// Writes rows of one document as annotations.
#[derive(Debug)]
pub struct Annotator<'a> {
    document: &'a Document,
    starts: Vec<usize>,
}

type Row = Map<String, Value>;

fn put(row: &mut Row, key: &str, value: impl Serialize) {
    let value = serde_json::to_value(value).expect("the nouns are plain data with string keys");
    if !value.is_null() {
        row.insert(key.to_owned(), value);
    }
}

impl<'a> Annotator<'a> {
    /// Of this document.
    #[must_use]
    pub fn new(document: &'a Document) -> Self {
        Self { document, starts: starts(document) }
    }

    /// A role.
    #[must_use]
    pub fn role(&self, role: &Role) -> Value {
        let mut row = Row::new();
        put(&mut row, "person", &role.person);
        put(&mut row, "office", &role.office);
        put(&mut row, "organization", &role.organization);
        put(&mut row, "country", filled(&role.country));
        self.quote(&mut row, role.quote);
        Value::Object(row)
    }

    /// A meeting.
    #[must_use]
    pub fn meeting(&self, meeting: &Meeting) -> Value {
        let mut row = Row::new();
        put(&mut row, "format", meeting.format);
        when(&mut row, meeting.when);
        put(&mut row, "place", &meeting.place);
        put(&mut row, "country", &meeting.country);
        put(&mut row, "parties", &meeting.parties);
        put(&mut row, "told", meeting.told);
        put(&mut row, "planned", meeting.planned.then_some(true));
        self.quote(&mut row, meeting.quote);
        Value::Object(row)
    }

    /// A statement.
    #[must_use]
    pub fn statement(&self, statement: &Statement) -> Value {
        let mut row = Row::new();
        put(&mut row, "act", statement.act);
        put(&mut row, "speaker", one_or_list(&statement.speaker));
        put(&mut row, "holder", one_or_list(&statement.holder));
        put(&mut row, "addressee", participants(&statement.addressee));
        put(&mut row, "polarity", statement.polarity);
        put(&mut row, "topics", &statement.topics);
        let cue = self.cue(&statement.cue);
        put(&mut row, "cue", cue.map_or("", |cue| self.document.slice(cue)));
        put(&mut row, "cue_at", cue.and_then(|cue| self.at(cue)));
        let content: Vec<&str> = statement.content.iter().map(|span| self.document.slice(*span)).collect();
        match content.as_slice() {
            [whole] => put(&mut row, "content", whole),
            parts => put(&mut row, "content", parts),
        }
        put(&mut row, "at", self.located(&statement.content).and_then(|span| self.at(span)));
        put(&mut row, "manner", statement.manner);
        Value::Object(row)
    }

    /// An event.
    #[must_use]
    pub fn event(&self, event: &Event) -> Value {
        let mut row = Row::new();
        put(&mut row, "plover", &event.plover);
        put(&mut row, "mode", &event.mode);
        put(&mut row, "cameo", &event.cameo);
        put(&mut row, "contexts", (!event.contexts.is_empty()).then_some(&event.contexts));
        put(&mut row, "actor", participants(&event.actor));
        put(&mut row, "recipient", participants(&event.recipient));
        when(&mut row, event.when);
        put(&mut row, "place", &event.place);
        put(&mut row, "modality", event.modality);
        self.quote(&mut row, event.quote);
        Value::Object(row)
    }

    fn quote(&self, row: &mut Row, span: Span) {
        put(row, "quote", self.document.slice(span));
        put(row, "at", self.at(span));
    }

    /// Offset in code points of the input's own text.
    fn at(&self, span: Span) -> Option<usize> {
        self.starts.binary_search(&(span.start as usize)).ok()
    }

    /// The part of a content that `at` locates: the longest that occurs earlier as well, else the first.
    ///
    /// A reader of annotations looks for each other part from the start of the text.
    fn located(&self, content: &[Span]) -> Option<Span> {
        let own = self.document.source.text_offset as usize;
        let text = &self.document.text[own..];
        let earlier = |span: &&Span| {
            let start = span.start as usize;
            start >= own && text.find(self.document.slice(**span)) != Some(start - own)
        };
        content.iter().filter(earlier).max_by_key(|span| span.len()).or(content.first()).copied()
    }

    /// One span for a cue of several: all of them if only white space parts them, else the first.
    fn cue(&self, cue: &[Span]) -> Option<Span> {
        let apart = |pair: &[Span]| {
            let gap = self.document.text.get(pair[0].end as usize..pair[1].start as usize);
            gap.is_none_or(|gap| !gap.trim().is_empty())
        };
        let first = *cue.first()?;
        let last = *cue.last()?;
        Some(if cue.windows(2).any(apart) { first } else { first.cover(last) })
    }
}

fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn when(row: &mut Row, when: Option<When>) {
    put(row, "from", when.map(|w| w.from));
    put(row, "to", when.map(|w| w.to));
}

fn participants(list: &[Participant]) -> Value {
    json!(list)
}

fn one_or_list(list: &[Participant]) -> Value {
    match list {
        [one] => json!(one),
        _ => participants(list),
    }
}
