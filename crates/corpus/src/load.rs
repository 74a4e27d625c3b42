//! Reading documents and links back.

use chancery_model::{Document, Record, Span};
use rusqlite::{OptionalExtension, Result as SqlResult};

use crate::store::number_of;
use crate::{Corpus, CorpusError, Trouble};

/// A document as the record holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// `d3`.
    pub id: String,
    /// Its `id` is its name in the record.
    pub document: Document,
    /// What was read out of it, as people corrected it: what its rows are.
    pub record: Record,
    /// Where they did, what the machine had found.
    pub found: Option<Record>,
    /// Its sentences; the first is number 1.
    pub sentences: Vec<Span>,
}

/// A meeting over documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encounter {
    /// The columns of the view `meetings` and their values, where there are any.
    pub fields: Vec<(String, String)>,
    /// Ids of the rows (`d1.m2`) that tell of it.
    pub members: Vec<String>,
    /// What speaks for and against each of them, but the first that was placed.
    pub bonds: Vec<Bond>,
}

/// What one field of an account speaks for or against its being of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bond {
    /// `d3.m2`.
    pub account: String,
    /// `date`, `persons`, `decision` and the like.
    pub field: String,
    /// `agrees`, `missing`, `contradicts` or `rival`.
    pub verdict: String,
    /// What is told here and there.
    pub words: String,
}

impl Corpus {
    /// The document of this id (`d3`, or the id of one of its rows) or name.
    ///
    /// # Errors
    /// There is none, or the record cannot be read.
    pub fn document(&self, id: &str) -> Result<Stored, CorpusError> {
        let found = self.find(id).map_err(self.wrong())?;
        found.ok_or_else(|| CorpusError::new(&self.path, Trouble::NoSuch(id.to_owned())))
    }

    /// The document of this text, by [`crate::key`].
    ///
    /// # Errors
    /// There is none, or the record cannot be read.
    pub fn document_of(&self, key: &str) -> Result<Stored, CorpusError> {
        let number = "SELECT 'd' || number FROM document WHERE \"key\" = ?1";
        let id: Option<String> =
            self.connection.query_row(number, [key], |row| row.get(0)).optional().map_err(self.wrong())?;
        self.document(&id.ok_or_else(|| CorpusError::new(&self.path, Trouble::NoSuch(key.to_owned())))?)
    }

    fn find(&self, id: &str) -> SqlResult<Option<Stored>> {
        let number: Option<u32> = self
            .connection
            .query_row(
                "SELECT number FROM document WHERE name = ?1 OR number = ?2 ORDER BY number = ?2 DESC",
                (id, number_of(id)),
                |row| row.get(0),
            )
            .optional()?;
        let Some(number) = number else { return Ok(None) };
        let (document, record, corrected) = self.connection.query_row(
            "SELECT name, source, text, blocks, record, corrected FROM document WHERE number = ?1",
            [number],
            |row| {
                let document = Document {
                    id: row.get(0)?,
                    source: parse(row, 1)?,
                    text: row.get(2)?,
                    blocks: parse(row, 3)?,
                };
                let corrected: Option<String> = row.get(5)?;
                Ok((document, parse::<Record>(row, 4)?, corrected.map(|_| parse(row, 5)).transpose()?))
            },
        )?;
        let mut select = self
            .connection
            .prepare("SELECT start, stop FROM sentence WHERE document = ?1 ORDER BY number")?;
        let spans = select.query_map([number], |row| Ok(Span { start: row.get(0)?, end: row.get(1)? }))?;
        Ok(Some(Stored {
            id: format!("d{number}"),
            document,
            found: corrected.is_some().then(|| record.clone()),
            record: corrected.unwrap_or(record),
            sentences: spans.collect::<SqlResult<_>>()?,
        }))
    }

    /// The meeting over documents of this id (`M1`).
    ///
    /// # Errors
    /// There is none, or the record cannot be read.
    pub fn encounter(&self, id: &str) -> Result<Encounter, CorpusError> {
        let read = || -> SqlResult<Option<Encounter>> {
            let mut select = self.connection.prepare("SELECT * FROM meetings WHERE id = ?1")?;
            let names: Vec<String> = select.column_names().map(str::to_owned).collect();
            let fields = select
                .query_row([id], |row| {
                    let mut fields = Vec::new();
                    for (at, name) in names.iter().enumerate() {
                        let value: rusqlite::types::Value = row.get(at)?;
                        if let rusqlite::types::Value::Text(text) = value {
                            fields.push((name.clone(), text));
                        }
                    }
                    Ok(fields)
                })
                .optional()?;
            let Some(fields) = fields else { return Ok(None) };
            let mut select =
                self.connection.prepare("SELECT id FROM accounts WHERE meeting = ?1 ORDER BY 1")?;
            let members = select.query_map([id], |row| row.get(0))?.collect::<SqlResult<_>>()?;
            let mut select = self
                .connection
                .prepare("SELECT account, field, verdict, words FROM links WHERE meeting = ?1")?;
            let bonds = select.query_map([id], |row| {
                Ok(Bond {
                    account: row.get(0)?,
                    field: row.get(1)?,
                    verdict: row.get(2)?,
                    words: row.get(3)?,
                })
            })?;
            let bonds = bonds.collect::<SqlResult<_>>()?;
            Ok(Some(Encounter { fields, members, bonds }))
        };
        read()
            .map_err(self.wrong())?
            .ok_or_else(|| CorpusError::new(&self.path, Trouble::NoSuch(id.to_owned())))
    }
}

pub(crate) fn parse<T: serde::de::DeserializeOwned>(row: &rusqlite::Row<'_>, column: usize) -> SqlResult<T> {
    let json: String = row.get(column)?;
    serde_json::from_str(&json).map_err(|e| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(e))
    })
}
