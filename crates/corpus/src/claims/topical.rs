//! Which statements are on which topics, found when links are made.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Result as SqlResult, Row, params};

use super::{Topic, Vocabulary};
use crate::{Corpus, CorpusError, Filter, tally};

/// Under which name the sum of the vocabulary is kept.
const VOCABULARY: &str = "vocabulary";

/// Write the topics of all statements anew.
pub(crate) fn derive(connection: &Connection) -> SqlResult<()> {
    let vocabulary = Vocabulary::embedded();
    connection.execute("DELETE FROM stance", [])?;
    put(connection, vocabulary, None)?;
    connection.execute("REPLACE INTO total VALUES (?1, ?2)", params![VOCABULARY, vocabulary.sum()])?;
    Ok(())
}

/// Write those of one document anew, after its statements were corrected.
pub(crate) fn anew(connection: &Connection, document: u32) -> SqlResult<()> {
    if !tally::is_kept(connection)? {
        return Ok(());
    }
    connection.execute(
        "DELETE FROM stance WHERE statement >= ?1 || '.' AND statement < ?1 || '/'",
        [format!("d{document}")],
    )?;
    put(connection, Vocabulary::embedded(), Some(document))
}

fn put(connection: &Connection, vocabulary: &Vocabulary, only: Option<u32>) -> SqlResult<()> {
    let one = only.map(|number| format!(" WHERE s.document = {number}")).unwrap_or_default();
    let mut select = connection.prepare(&format!(
        "SELECT s.id, s.content, s.document, d.date, s.holder, s.polarity, s.rowid
         FROM statement s JOIN imprint d ON d.document = s.document{one}"
    ))?;
    let mut insert =
        connection.prepare("INSERT OR IGNORE INTO stance VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (id, date) = (row.get_ref(0)?.as_str()?, row.get_ref(3)?.as_str_or_null()?);
        for worded in vocabulary.find(row.get_ref(1)?.as_str()?) {
            insert.execute(params![
                vocabulary.topics()[worded.topic].id,
                date.is_none(),
                date.unwrap_or_default(),
                row.get_ref(2)?.as_i64()?,
                row.get_ref(6)?.as_i64()?,
                id,
                row.get_ref(4)?.as_str()?,
                row.get_ref(5)?.as_str()?,
            ])?;
        }
    }
    Ok(())
}

impl Corpus {
    /// How many statements are on each topic of the vocabulary, in its order; and how many are on any.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn topic_counts(&self, vocabulary: &Vocabulary) -> Result<(Vec<usize>, usize), CorpusError> {
        if !self.has_topics(vocabulary).map_err(self.wrong())? {
            let all: Vec<usize> = (0..vocabulary.topics().len()).collect();
            let found = self.positions(&Filter::default(), &all, vocabulary)?;
            let mut counts = vec![0; all.len()];
            for position in &found.rows {
                let own: BTreeSet<usize> = position.topics.iter().copied().collect();
                own.into_iter().for_each(|topic| counts[topic] += 1);
            }
            return Ok((counts, found.rows.len()));
        }
        let read = || -> SqlResult<(Vec<usize>, usize)> {
            let count = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, u32>(1)? as usize));
            let counts: BTreeMap<String, usize> = self
                .all("SELECT topic, count(*) FROM stance GROUP BY topic", [], count)?
                .into_iter()
                .collect();
            let any = self.connection.query_row(
                "SELECT count(*) FROM (SELECT DISTINCT statement FROM stance)",
                [],
                |row| Ok(row.get::<_, u32>(0)? as usize),
            )?;
            let of = |topic: &Topic| counts.get(&topic.id).copied().unwrap_or_default();
            Ok((vocabulary.topics().iter().map(of).collect(), any))
        };
        read().map_err(self.wrong())
    }

    /// Whether topics are known by this vocabulary.
    pub(super) fn has_topics(&self, vocabulary: &Vocabulary) -> SqlResult<bool> {
        let kept: Option<i64> = match self.is_linked()? {
            true => {
                let sql = "SELECT number FROM total WHERE name = ?1";
                self.connection.query_row(sql, [VOCABULARY], |row| row.get(0)).optional()?
            }
            false => None,
        };
        Ok(kept == Some(vocabulary.sum()))
    }
}
