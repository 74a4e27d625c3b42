//! A row of any kind, and what of it can be compared.

use chancery_model::{Event, Meeting, Provenance, Record, Role, Span, Statement};
use serde::Serialize;
use serde_json::{Map, Value};

use super::Layer;

/// A row of a record. Written as the row itself; its layer stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[allow(missing_docs)]
pub enum Row {
    Role(Role),
    Meeting(Meeting),
    Statement(Statement),
    Event(Event),
}

/// What of a row says nothing about the world: its id, its reasons, and what is counted or referred to.
const ASIDE: [&str; 8] =
    ["id", "provenance", "confidence", "disputed", "said_in", "meeting", "continues", "post"];

impl Row {
    /// The kind of row.
    #[must_use]
    pub fn layer(&self) -> Layer {
        match self {
            Self::Role(_) => Layer::Role,
            Self::Meeting(_) => Layer::Meeting,
            Self::Statement(_) => Layer::Statement,
            Self::Event(_) => Layer::Event,
        }
    }

    /// Its id within its record: `s3`.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Role(row) => &row.id,
            Self::Meeting(row) => &row.id,
            Self::Statement(row) => &row.id,
            Self::Event(row) => &row.id,
        }
    }

    pub(super) fn id_mut(&mut self) -> &mut String {
        match self {
            Self::Role(row) => &mut row.id,
            Self::Meeting(row) => &mut row.id,
            Self::Statement(row) => &mut row.id,
            Self::Event(row) => &mut row.id,
        }
    }

    /// Why each field is so.
    #[must_use]
    pub fn provenance(&self) -> &[Provenance] {
        match self {
            Self::Role(row) => &row.provenance,
            Self::Meeting(row) => &row.provenance,
            Self::Statement(row) => &row.provenance,
            Self::Event(row) => &row.provenance,
        }
    }

    pub(super) fn provenance_mut(&mut self) -> &mut Vec<Provenance> {
        match self {
            Self::Role(row) => &mut row.provenance,
            Self::Meeting(row) => &mut row.provenance,
            Self::Statement(row) => &mut row.provenance,
            Self::Event(row) => &mut row.provenance,
        }
    }

    /// The words that it is about: the quote, or what is said.
    #[must_use]
    pub fn words(&self) -> Vec<Span> {
        match self {
            Self::Role(row) => vec![row.quote],
            Self::Meeting(row) => vec![row.quote],
            Self::Statement(row) => row.content.clone(),
            Self::Event(row) => vec![row.quote],
        }
    }

    /// Read a row of this layer from its JSON.
    ///
    /// # Errors
    /// It is no such row, in the words of the reader.
    pub fn parse(layer: Layer, row: &Value) -> Result<Self, String> {
        let row = row.clone();
        let parsed = match layer {
            Layer::Role => serde_json::from_value(row).map(Self::Role),
            Layer::Meeting => serde_json::from_value(row).map(Self::Meeting),
            Layer::Statement => serde_json::from_value(row).map(Self::Statement),
            Layer::Event => serde_json::from_value(row).map(Self::Event),
        };
        parsed.map_err(|e| e.to_string())
    }

    /// What it says of the world, field by field; an interval is its `date`.
    #[must_use]
    pub fn fields(&self) -> Map<String, Value> {
        let value = serde_json::to_value(self).expect("the nouns have string keys only");
        let Value::Object(fields) = value else { return Map::new() };
        let named = fields.into_iter().filter(|(name, _)| !ASIDE.contains(&name.as_str()));
        named.map(|(name, value)| (if name == "when" { "date".to_owned() } else { name }, value)).collect()
    }

    /// What is wrong with it as a row of this text.
    ///
    /// # Errors
    /// Words that are not in the text, or none at all.
    pub fn check(&self, text: &str) -> Result<(), String> {
        let more: &[Span] = match self {
            Self::Statement(row) => &row.cue,
            _ => &[],
        };
        let reasons = self.provenance().iter().flat_map(|p| &p.spans);
        let fits = |span: &Span| span.start <= span.end && text.get(place(*span)).is_some();
        if let Some(span) = self.words().iter().chain(more).chain(reasons).find(|span| !fits(span)) {
            return Err(format!("bytes {} to {} are no words of the text", span.start, span.end));
        }
        if self.words().iter().all(|span| span.is_empty()) {
            return Err("no words of the text are given".to_owned());
        }
        Ok(())
    }
}

fn place(span: Span) -> std::ops::Range<usize> {
    span.start as usize..span.end as usize
}

/// The rows of a layer.
pub(super) fn rows(record: &Record, layer: Layer) -> Vec<Row> {
    match layer {
        Layer::Role => record.roles.iter().cloned().map(Row::Role).collect(),
        Layer::Meeting => record.meetings.iter().cloned().map(Row::Meeting).collect(),
        Layer::Statement => record.statements.iter().cloned().map(Row::Statement).collect(),
        Layer::Event => record.events.iter().cloned().map(Row::Event).collect(),
    }
}

/// Put a row at the end of its layer.
pub(super) fn push(record: &mut Record, row: Row) {
    match row {
        Row::Role(row) => record.roles.push(row),
        Row::Meeting(row) => record.meetings.push(row),
        Row::Statement(row) => record.statements.push(row),
        Row::Event(row) => record.events.push(row),
    }
}

/// The row of this id (`s3`) in a record.
pub(super) fn find(record: &Record, id: &str) -> Option<Row> {
    let layer = Layer::ALL.into_iter().find(|layer| id.starts_with(layer.letter()))?;
    rows(record, layer).into_iter().find(|row| row.id() == id)
}
