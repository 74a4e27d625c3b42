//! Rows a sheet at a time, however many the record holds.
//!
//! A sheet begins after a row that is named by its id, and is found by keys: no earlier row is read again. Rows of documents come
//! text by text; of the texts only those are opened that can hold a row that is asked for ([`texts`]).

mod keys;
mod texts;

use rusqlite::{Result as SqlResult, params};
use serde_json::Value;

use crate::list::{Filter, Kind, Listing};
use crate::store::{Ingest, Outcome, number_of};
use crate::{Corpus, CorpusError};

/// Some rows of a list, and where the next begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The rows.
    pub listing: Listing,
    /// What to give as `after` for the rows that follow: the key of the last; none where there are no more.
    pub next: Option<String>,
}

impl Corpus {
    /// So many rows that meet the filter, after a row that an earlier sheet named. Documents and meetings come latest first, people
    /// by name, doubts by how little sure they are, other rows by document.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn sheet(
        &self,
        kind: Kind,
        filter: &Filter,
        after: Option<&str>,
        size: usize,
    ) -> Result<Sheet, CorpusError> {
        let read = || -> SqlResult<Sheet> {
            let mut keys = self.keys(kind, filter, after, size + 1)?;
            let more = keys.len() > size;
            keys.truncate(size);
            let rows = self.rows_of(kind, kind.columns(), &keys)?;
            let next = if more { keys.pop() } else { None };
            Ok(Sheet { listing: Listing { columns: kind.columns(), rows }, next })
        };
        read().map_err(self.wrong())
    }

    /// The same with other columns of the view.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn sheet_of(
        &self,
        (kind, columns): (Kind, &[&str]),
        filter: &Filter,
        after: Option<&str>,
        size: usize,
    ) -> Result<(Vec<Vec<Value>>, Option<String>), CorpusError> {
        let read = || -> SqlResult<(Vec<Vec<Value>>, Option<String>)> {
            let mut keys = self.keys(kind, filter, after, size + 1)?;
            let more = keys.len() > size;
            keys.truncate(size);
            let rows = self.rows_of(kind, columns, &keys)?;
            Ok((rows, if more { keys.pop() } else { None }))
        };
        read().map_err(self.wrong())
    }

    /// What became of inputs, those skipped or suspect first; and how many come before the next.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn ingests(
        &self,
        after: Option<&str>,
        size: usize,
    ) -> Result<(Vec<Ingest>, Option<String>), CorpusError> {
        let from: usize = after.and_then(|a| a.parse().ok()).unwrap_or(0);
        let read = || -> SqlResult<Vec<Ingest>> {
            let mut select = self.connection.prepare(
                "SELECT place, outcome, why, document FROM ingest
                 ORDER BY outcome = 'read', outcome, place LIMIT ?1 OFFSET ?2",
            )?;
            let rows = select.query_map(params![size as i64 + 1, from as i64], |row| {
                let outcome: String = row.get(1)?;
                let outcome = match outcome.as_str() {
                    "read" => Outcome::Read,
                    "skipped" => Outcome::Skipped,
                    _ => Outcome::Suspect,
                };
                let document: Option<u32> = row.get(3)?;
                Ok(Ingest {
                    place: row.get(0)?,
                    outcome,
                    why: row.get(2)?,
                    document: document.map(|d| format!("d{d}")),
                })
            })?;
            rows.collect()
        };
        let mut rows = read().map_err(self.wrong())?;
        let more = rows.len() > size;
        rows.truncate(size);
        Ok((rows, more.then(|| (from + size).to_string())))
    }

    /// Which meetings over documents (`M1`) the accounts of a document (`d1.m2`) are of.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn meetings_of(&self, document: &str) -> Result<Vec<(String, String)>, CorpusError> {
        let read = || -> SqlResult<Vec<(String, String)>> {
            let mut select = self.connection.prepare(
                "SELECT e.meeting, 'M' || e.encounter FROM encounter_member e JOIN meeting m ON m.id = e.meeting
                 WHERE m.document = ?1",
            )?;
            let rows = select.query_map([number_of(document)], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        };
        read().map_err(self.wrong())
    }
}
