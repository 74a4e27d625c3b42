//! What else in the record a change of tables or rules would touch.

use rusqlite::{Result as SqlResult, params};

use crate::{Corpus, CorpusError};

/// Rows that share something, so many of them, and how many there are in all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Ids of rows with the words they rest on.
    pub rows: Vec<(String, String)>,
    /// How many rows there are; no more were counted than [`MOST`].
    pub all: usize,
}

/// Texts that share something: the latest of them, and how many there are in all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// Their ids, the latest first.
    pub latest: Vec<String>,
    /// How many there are.
    pub all: usize,
}

/// So many rows are counted at most.
pub const MOST: usize = 1000;

impl Corpus {
    /// Rows that name somebody in exactly these letters.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn naming(&self, name: &str, shown: usize) -> Result<Touched, CorpusError> {
        let sql = "SELECT DISTINCT p.\"row\", ?1 FROM participant p WHERE p.name = ?1 LIMIT ?2";
        self.touched(sql, name, shown).map_err(self.wrong())
    }

    /// Rows that a rule read.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn read_by(&self, rule: &str, shown: usize) -> Result<Touched, CorpusError> {
        let sql =
            "SELECT p.\"row\", p.words FROM provenance p WHERE p.rule = ?1 AND p.field = 'row' LIMIT ?2";
        self.touched(sql, rule, shown).map_err(self.wrong())
    }

    /// Texts in which these words stand together, without regard to accents and capitals; so many of the latest.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn texts_with(&self, words: &str, most: usize) -> Result<Texts, CorpusError> {
        let quoted = format!("\"{}\"", words.replace('"', " "));
        let sql = "SELECT rowid FROM passage WHERE passage MATCH ?1";
        self.latest(sql, &quoted, most).map_err(self.wrong())
    }

    /// Texts of which a rule read a row; so many of the latest.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn texts_read_by(&self, rule: &str, most: usize) -> Result<Texts, CorpusError> {
        let sql = "SELECT p.document FROM provenance p WHERE p.rule = ?1 AND p.field = 'row'";
        self.latest(sql, rule, most).map_err(self.wrong())
    }

    fn latest(&self, of: &str, key: &str, most: usize) -> SqlResult<Texts> {
        let mut select = self.connection.prepare(&format!(
            "SELECT 'd' || d.number, count(*) OVER () FROM document d WHERE d.number IN ({of})
             ORDER BY ifnull(d.date, '') DESC, d.number DESC LIMIT ?2"
        ))?;
        let rows = select.query_map(params![key, most as i64], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows: Vec<(String, u32)> = rows.collect::<SqlResult<_>>()?;
        let all = rows.first().map_or(0, |(_, all)| *all as usize);
        Ok(Texts { latest: rows.into_iter().map(|(id, _)| id).collect(), all })
    }

    fn touched(&self, sql: &str, key: &str, shown: usize) -> SqlResult<Touched> {
        let mut select = self.connection.prepare(sql)?;
        let rows = select.query_map(params![key, MOST as i64], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut rows: Vec<(String, String)> = rows.collect::<SqlResult<_>>()?;
        let all = rows.len();
        rows.truncate(shown);
        Ok(Touched { rows, all })
    }
}
