//! Putting documents and their rows in.

use std::collections::BTreeMap;

use chancery_model::{Analysis, Document, Record, Span};
use rusqlite::{OptionalExtension, Result as SqlResult, Transaction, TransactionBehavior, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::correction::layout;
use crate::link::UNLINK;
use crate::rows::Rows;
use crate::tally::COUNTED;
use crate::{Corpus, CorpusError};

/// What became of a document that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// It is in now, under this id (`d3`) and name; `name` differs from its own id where another text has that one.
    New {
        /// `d3`.
        id: String,
        /// Name in the record.
        name: String,
    },
    /// The same text was in, coded by another coder; its rows were replaced.
    Recoded {
        /// `d3`.
        id: String,
    },
    /// The same text was in, coded by the same coder; nothing was changed.
    Already {
        /// `d3`.
        id: String,
    },
}

/// A text that the record holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// `d3`.
    pub id: String,
    /// Which coder made its rows.
    pub coder: String,
}

/// What became of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Its text is in the record.
    Read,
    /// It is not, for a reason.
    Skipped,
    /// It is, and something about it is odd.
    Suspect,
}

/// One line of the ingest report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ingest {
    /// Path, or `path:line`.
    pub place: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was skipped, or what is odd.
    pub why: Option<String>,
    /// Id of the document (`d3`) that it is.
    pub document: Option<String>,
}

/// How much the record holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Totals {
    pub documents: u32,
    pub meetings: u32,
    pub people: u32,
    pub roles: u32,
    pub statements: u32,
    pub events: u32,
    /// Sentences that gave no row.
    pub silent: u32,
    pub sentences: u32,
}

/// What tells one text from another: the SHA-256 of its bytes, in hexadecimal.
#[must_use]
pub fn key(text: &str) -> String {
    sha256(text.as_bytes())
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes that a text was read from, kept once however many documents they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    sha256: String,
    bytes: Vec<u8>,
}

impl Raw {
    /// These bytes.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { sha256: sha256(&bytes), bytes }
    }

    /// Their SHA-256, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The bytes themselves.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl Corpus {
    /// Every text in the record, by [`key`].
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn known(&self) -> Result<BTreeMap<String, Known>, CorpusError> {
        let read = || -> SqlResult<BTreeMap<String, Known>> {
            let mut select = self.connection.prepare("SELECT key, number, coder FROM document")?;
            let rows = select.query_map([], |row| {
                let number: u32 = row.get(1)?;
                Ok((row.get(0)?, Known { id: format!("d{number}"), coder: row.get(2)? }))
            })?;
            rows.collect()
        };
        read().map_err(self.wrong())
    }

    /// Put a document and its record in, in one transaction. `raw` is what its text was read from.
    ///
    /// # Errors
    /// The record cannot be written; it is then as it was before.
    pub fn add(
        &mut self,
        document: &Document,
        analysis: &Analysis,
        record: &Record,
        raw: &Raw,
    ) -> Result<Added, CorpusError> {
        let wrong = self.wrong();
        let mut store = || -> SqlResult<Added> {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let added = add(&transaction, document, analysis, record, raw)?;
            transaction.commit()?;
            Ok(added)
        };
        store().map_err(wrong)
    }

    /// Note what became of an input; the last word on a place counts.
    ///
    /// # Errors
    /// The record cannot be written.
    pub fn report(&mut self, ingest: &Ingest) -> Result<(), CorpusError> {
        let outcome = match ingest.outcome {
            Outcome::Read => "read",
            Outcome::Skipped => "skipped",
            Outcome::Suspect => "suspect",
        };
        let number = ingest.document.as_deref().and_then(number_of);
        self.connection
            .execute(
                "INSERT INTO ingest (place, outcome, why, document) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (place) DO UPDATE SET outcome = ?2, why = ?3, document = ?4
                 WHERE (outcome, why, document) IS NOT (?2, ?3, ?4)",
                params![ingest.place, outcome, ingest.why, number],
            )
            .map(|_| ())
            .map_err(self.wrong())
    }

    /// How much the record holds.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn totals(&self) -> Result<Totals, CorpusError> {
        let kept = self.is_linked().map_err(self.wrong())?;
        let count = |at: usize| {
            let (name, rows) = COUNTED[at];
            let sql = match kept {
                true => format!("SELECT number FROM total WHERE name = '{name}'"),
                false => format!("SELECT count(*) FROM {rows}"),
            };
            self.connection.query_row(&sql, [], |row| row.get(0)).map_err(self.wrong())
        };
        Ok(Totals {
            documents: count(0)?,
            meetings: count(1)?,
            people: count(2)?,
            roles: count(3)?,
            statements: count(4)?,
            events: count(5)?,
            silent: count(6)?,
            sentences: count(7)?,
        })
    }
}

/// The number in `d3`, or in `d3.s1`.
pub(crate) fn number_of(id: &str) -> Option<u32> {
    id.strip_prefix('d')?.split('.').next()?.parse().ok()
}

fn add(
    transaction: &Transaction<'_>,
    document: &Document,
    analysis: &Analysis,
    record: &Record,
    raw: &Raw,
) -> SqlResult<Added> {
    let key = key(&document.text);
    let held = transaction
        .query_row("SELECT number, coder FROM document WHERE key = ?1", [&key], |row| {
            Ok((row.get::<_, u32>(0)?, row.get::<_, String>(1)?))
        })
        .optional()?;
    let (number, added) = match held {
        Some((number, coder)) if coder == record.coder => {
            return Ok(Added::Already { id: format!("d{number}") });
        }
        Some((number, _)) => {
            clear(transaction, number)?;
            transaction.execute(
                "UPDATE document SET blocks = ?2, coder = ?3, record = ?4, corrected = NULL WHERE number = ?1",
                params![number, json(&document.blocks), record.coder, json(record)],
            )?;
            (number, Added::Recoded { id: format!("d{number}") })
        }
        None => insert(transaction, &key, document, record, raw)?,
    };
    let sentences: Vec<Span> = analysis.sentences.iter().map(|sentence| sentence.span).collect();
    let corrected = layout(transaction, &key, document, record, &sentences)?;
    Rows { transaction, document, number }.all(&sentences, corrected.as_ref().unwrap_or(record))?;
    transaction.execute("UPDATE setting SET value = 0 WHERE name = 'linked'", [])?;
    Ok(added)
}

fn clear(transaction: &Transaction<'_>, number: u32) -> SqlResult<()> {
    transaction.execute_batch(UNLINK)?;
    for table in [
        "sentence",
        "role",
        "identity",
        "term",
        "meeting",
        "statement",
        "event",
        "participant",
        "provenance",
        "note",
    ] {
        transaction.execute(&format!("DELETE FROM {table} WHERE document = ?1"), [number])?;
    }
    Ok(())
}

fn insert(
    transaction: &Transaction<'_>,
    key: &str,
    document: &Document,
    record: &Record,
    raw: &Raw,
) -> SqlResult<(u32, Added)> {
    let name = free_name(transaction, &document.id)?;
    transaction.execute(
        "INSERT INTO raw VALUES (?1, ?2) ON CONFLICT (sha256) DO NOTHING",
        params![raw.sha256, raw.bytes],
    )?;
    transaction.execute(
        "INSERT INTO document (key, name, date, title, source, text, blocks, coder, record, raw)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            key,
            name,
            document.reference_date().map(|d| d.to_string()),
            document.source.title,
            json(&document.source),
            document.text,
            json(&document.blocks),
            record.coder,
            json(record),
            raw.sha256,
        ],
    )?;
    let number = u32::try_from(transaction.last_insert_rowid()).expect("fewer than 2^32 documents");
    Ok((number, Added::New { id: format!("d{number}"), name }))
}

/// The id itself, or where another text has it, `id~2`, `id~3` and so on.
fn free_name(transaction: &Transaction<'_>, id: &str) -> SqlResult<String> {
    let mut taken = transaction.prepare("SELECT 1 FROM document WHERE name = ?1")?;
    let mut name = id.to_owned();
    let mut turn = 2;
    while taken.exists([&name])? {
        name = format!("{id}~{turn}");
        turn += 1;
    }
    Ok(name)
}

pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("the nouns have string keys only")
}
