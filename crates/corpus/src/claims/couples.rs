//! Pairs of texts that are worth a comparison.

use rusqlite::{Result as SqlResult, Row};

use crate::{Corpus, CorpusError};

/// Two texts, the one that comes first in front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Couple {
    /// `d3` and what the text is called.
    pub texts: [(String, String); 2],
    /// What both are of: a meeting (`M3`), or the codes of the sides.
    pub of: String,
    /// The day of the later.
    pub date: Option<String>,
}

impl Corpus {
    /// Texts that report one meeting, the latest meetings first.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn told_twice(&self, most: usize) -> Result<Vec<Couple>, CorpusError> {
        let sql = "SELECT a.number, ifnull(a.title, a.name), b.number, ifnull(b.title, b.name), 'M' || e.number, e.date_from
             FROM (SELECT e.number, e.date_from,
                          (SELECT min(m.document) FROM encounter_member x JOIN meeting m ON m.id = x.meeting AND m.told = 'main'
                           WHERE x.encounter = e.number) AS one,
                          (SELECT max(m.document) FROM encounter_member x JOIN meeting m ON m.id = x.meeting AND m.told = 'main'
                           WHERE x.encounter = e.number) AS other
                   FROM encounter e WHERE e.documents LIKE '%,%' AND one < other
                   ORDER BY ifnull(e.date_from, '') DESC, e.number DESC LIMIT ?1) e
             JOIN document a ON a.number = e.one JOIN document b ON b.number = e.other";
        self.all(sql, [most as i64], couple).map_err(self.wrong())
    }

    /// A text and the one before it on a meeting of exactly the same sides, the latest first.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn successive(&self, most: usize) -> Result<Vec<Couple>, CorpusError> {
        let sql = "SELECT a.number, ifnull(a.title, a.name), b.number, ifnull(b.title, b.name), replace(r.parties, ' ', ' – '), r.date
             FROM (SELECT r.parties, r.date, r.document,
                          (SELECT q.document FROM report q WHERE q.parties = r.parties AND q.document <> r.document
                             AND (q.date, q.document) < (r.date, r.document)
                           ORDER BY q.date DESC, q.document DESC LIMIT 1) AS before
                   FROM report r WHERE before IS NOT NULL
                   ORDER BY r.date DESC, r.document DESC LIMIT ?1) r
             JOIN document a ON a.number = r.before JOIN document b ON b.number = r.document";
        self.all(sql, [most as i64], couple).map_err(self.wrong())
    }
}

fn couple(row: &Row<'_>) -> SqlResult<Couple> {
    let text = |at: usize| -> SqlResult<(String, String)> {
        Ok((format!("d{}", row.get::<_, u32>(at)?), row.get(at + 1)?))
    };
    let date: Option<String> = row.get(5)?;
    Ok(Couple { texts: [text(0)?, text(2)?], of: row.get(4)?, date: date.filter(|date| !date.is_empty()) })
}
