//! Rows a sheet at a time.

use rusqlite::{Result as SqlResult, params};

use crate::list::{Filter, Kind, Listing};
use crate::store::{Ingest, Outcome};
use crate::{Corpus, CorpusError};

/// Some rows of a list, and where the next begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The rows.
    pub listing: Listing,
    /// What to give as `after` for the rows that follow; none after the last.
    pub next: Option<String>,
}

impl Corpus {
    /// So many rows that meet the filter, after a place that an earlier sheet named.
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
        let listing = self.list(kind, filter)?;
        let from: usize = after.and_then(|a| a.parse().ok()).unwrap_or(0);
        let more = listing.rows.len() > from + size;
        let rows = listing.rows.into_iter().skip(from).take(size).collect();
        let listing = Listing { columns: listing.columns, rows };
        Ok(Sheet { listing, next: more.then(|| (from + size).to_string()) })
    }

    /// What became of inputs, those skipped or suspect first; and where the next begin.
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
            let rows = select
                .query_map([crate::store::number_of(document)], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        };
        read().map_err(self.wrong())
    }
}
