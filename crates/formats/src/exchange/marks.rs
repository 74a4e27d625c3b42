//! Rows as marks on a text: what all tools for annotation have in common.
//!
//! A row is a mark on its words; one of several parts is a chain of marks, and the words that attribute a statement are marks of their
//! own. What else a row says stands as text beside its first mark.

use chancery_model::{Document, Record, Span};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::text::{features, fields, put};
use super::{LAYERS, Reading};
use crate::write::Annotator;

/// What a mark is called: a kind of row, or the words of attribution.
pub(super) const LABELS: [&str; 5] = ["role", "meeting", "statement", "event", CUE];
pub(super) const CUE: &str = "cue";

/// Words that stand for a row, or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    /// One of [`LABELS`].
    pub(super) label: &'static str,
    pub(super) span: Span,
    /// What the row says, on its first mark.
    pub(super) features: Vec<(String, String)>,
}

/// That a mark belongs to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bond {
    /// It goes on there.
    Next,
    /// It is attributed there.
    Cue,
}

impl Bond {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Next => "next",
            Self::Cue => CUE,
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        [Self::Next, Self::Cue].into_iter().find(|bond| bond.word() == word)
    }
}

/// All marks of a text, and which belong together.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Marks {
    pub(super) marks: Vec<Mark>,
    pub(super) bonds: Vec<(usize, usize, Bond)>,
}

/// The list of rows that a label is of.
pub(super) fn list(label: &str) -> &'static str {
    let of = |(list, _): &&(&'static str, &str)| list.strip_suffix('s') == Some(label);
    LAYERS.iter().find(of).map_or("", |(list, _)| list)
}

impl Marks {
    pub(super) fn of(document: &Document, record: &Record) -> Self {
        let (annotator, mut marks) = (Annotator::new(document), Self::default());
        for row in &record.roles {
            marks.row("role", &[row.quote], &[], &annotator.role(row));
        }
        for row in &record.meetings {
            marks.row("meeting", &[row.quote], &[], &annotator.meeting(row));
        }
        for row in &record.statements {
            marks.row("statement", &row.content, &row.cue, &annotator.statement(row));
        }
        for row in &record.events {
            marks.row("event", &[row.quote], &[], &annotator.event(row));
        }
        marks
    }

    fn row(&mut self, label: &'static str, words: &[Span], cue: &[Span], row: &Value) {
        let first = self.marks.len();
        let told = features(list(label), row);
        let mut told: Vec<(String, String)> = told.into_iter().map(|(n, t)| (n.to_owned(), t)).collect();
        for span in words {
            let at = self.marks.len();
            if at > first {
                self.bonds.push((at - 1, at, Bond::Next));
            }
            self.marks.push(Mark { label, span: *span, features: std::mem::take(&mut told) });
        }
        for span in cue {
            self.bonds.push((first, self.marks.len(), Bond::Cue));
            self.marks.push(Mark { label: CUE, span: *span, features: Vec::new() });
        }
    }

    /// The rows as annotations. Of a tool that shows all that a row says, what is not there was taken away: `all`.
    pub(super) fn rows(&self, all: bool) -> Value {
        let mut rows: Map<String, Value> =
            LAYERS.iter().map(|(layer, _)| ((*layer).to_owned(), json!([]))).collect();
        let goes_on = |at: usize| self.bonds.iter().any(|(_, to, bond)| *to == at && *bond == Bond::Next);
        for (at, mark) in self.marks.iter().enumerate() {
            let list = list(mark.label);
            if list.is_empty() || goes_on(at) && mark.features.is_empty() {
                continue;
            }
            if let Some(rows) = rows[list].as_array_mut() {
                rows.push(Value::Object(self.one(at, mark, all)));
            }
        }
        Value::Object(rows)
    }

    fn one(&self, at: usize, mark: &Mark, all: bool) -> Map<String, Value> {
        let bytes = |spans: &[Span]| spans.iter().map(|s| json!([s.start, s.end])).collect::<Value>();
        let bonds =
            |of: Bond| self.bonds.iter().filter(move |(from, _, b)| *from == at && *b == of).map(|b| b.1);
        let mut row = Map::new();
        if mark.label == "statement" {
            let (mut parts, mut last) = (vec![mark.span], at);
            let next =
                |last: usize| self.bonds.iter().find(|b| b.0 == last && b.2 == Bond::Next).map(|b| b.1);
            while let Some(after) = next(last).filter(|_| parts.len() <= self.marks.len()) {
                parts.push(self.marks[after].span);
                last = after;
            }
            let cue: Vec<Span> = bonds(Bond::Cue).map(|to| self.marks[to].span).collect();
            row.insert("content".to_owned(), Value::Bool(true));
            row.insert("cue".to_owned(), Value::Bool(true));
            row.insert("cue_bytes".to_owned(), bytes(&cue));
            row.insert("bytes".to_owned(), bytes(&parts));
        } else {
            row.insert("bytes".to_owned(), bytes(&[mark.span]));
        }
        let list = list(mark.label);
        let missing = |name: &str| !mark.features.iter().any(|(known, _)| known == name);
        use super::text::Kind::Word;
        for (name, _) in fields(list).iter().filter(|(name, kind)| all && *kind != Word && missing(name)) {
            put(&mut row, list, name, "");
        }
        mark.features.iter().for_each(|(name, text)| put(&mut row, list, name, text));
        row
    }
}

/// One person's marks on a text, told by the text itself.
pub(super) fn reading(
    name: &str,
    text: &str,
    who: Option<String>,
    when: Option<String>,
    rows: Value,
) -> Reading {
    let key: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let id = if name.is_empty() { key.clone() } else { name.to_owned() };
    Reading { id, key: Some(key), who, when, complete: false, rows }
}
