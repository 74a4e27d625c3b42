//! One topic through a series of texts: what each meeting of the same parties said on it, redlined against the one before.

use std::collections::BTreeSet;

use chancery_model::Date;
use rusqlite::Result as SqlResult;

use super::align::{Piece, redline, stems};
use super::{Account, Claim, Vocabulary};
use crate::name::answers_to;
use crate::{Corpus, CorpusError, tally};

/// So many texts before a part of a series are read too, to hold its first against.
const LEAD: usize = 12;

/// What the texts of a series say on a topic, in order.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// One for each text that was read.
    pub turns: Vec<Turn>,
    /// Texts of the series, read or not.
    pub of: usize,
}

/// One text of a series.
#[derive(Debug, Clone)]
pub struct Turn {
    /// `d3`.
    pub document: String,
    /// The dateline's, else of publication.
    pub date: Option<Date>,
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Bytes that were searched.
    pub bytes: usize,
    /// What it says; empty if it is silent on the topic.
    pub said: Vec<Said>,
}

/// A claim on the topic, or a sentence that holds a wording of it.
#[derive(Debug, Clone)]
pub struct Said {
    /// The claim.
    pub claim: Claim,
    /// Against the likest of the last text that was not silent; all in the second where there is none.
    pub pieces: Vec<Piece>,
}

impl Corpus {
    /// What the texts that report meetings of these parties, and of these persons, say on some topics.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn series(
        &self,
        parties: &[String],
        persons: &[String],
        topics: &[usize],
        vocabulary: &Vocabulary,
    ) -> Result<Series, CorpusError> {
        self.series_part(parties, persons, topics, vocabulary, (0, usize::MAX))
    }

    /// The same of so many texts, the last but for so many. The first of them are held against the texts just before.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn series_part(
        &self,
        parties: &[String],
        persons: &[String],
        topics: &[usize],
        vocabulary: &Vocabulary,
        (after, size): (usize, usize),
    ) -> Result<Series, CorpusError> {
        let documents = self.reports(parties, persons).map_err(self.wrong())?;
        let mut series = Series { of: documents.len(), ..Series::default() };
        let end = documents.len().saturating_sub(after);
        let start = end.saturating_sub(size);
        let lead = start.saturating_sub(LEAD);
        for id in &documents[lead..end] {
            let account = Account::of(&self.document(id)?, vocabulary);
            let on_topic = |c: &&Claim| c.topics.iter().any(|t| topics.contains(t));
            let mut claims: Vec<&Claim> = account.claims.iter().filter(on_topic).collect();
            // What no claim of a sentence tells, the sentence does.
            let told = |s: &&Claim| claims.iter().any(|c| c.spans.iter().any(|x| x.overlaps(s.spans[0])));
            let others = account.sentences.iter().filter(on_topic).filter(|s| !told(s));
            let others: Vec<&Claim> = others.collect();
            claims.extend(others);
            claims.sort_by_key(|c| c.spans.first().map(|s| s.start));
            let before = series.turns.iter().rev().find(|t| !t.said.is_empty());
            let said =
                claims.into_iter().map(|c| Said { pieces: against(c, before), claim: c.clone() }).collect();
            series.turns.push(Turn {
                document: account.id,
                date: account.date,
                title: account.title,
                publisher: account.publisher,
                bytes: account.bytes,
                said,
            });
        }
        series.turns.drain(..start - lead);
        Ok(series)
    }

    /// Ids of the documents whose main meeting is between exactly these parties, and these persons, in order of time.
    pub(super) fn reports(&self, parties: &[String], persons: &[String]) -> SqlResult<Vec<String>> {
        const ORDER: &str = "ORDER BY date, document, meeting";
        let pick = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let found: Vec<(u32, String)> = match (parties, persons.first()) {
            ([], None) => self.all(&format!("SELECT document, meeting FROM report {ORDER}"), [], pick)?,
            ([], Some(person)) => {
                let sql = format!(
                    "SELECT document, meeting FROM report WHERE meeting IN (SELECT p.\"row\" FROM participant p
                     WHERE p.name IN (SELECT name FROM spelling WHERE answers_to(name, ?1))) {ORDER}"
                );
                self.all(&sql, [person], pick)?
            }
            _ => {
                let sql = format!("SELECT document, meeting FROM report WHERE parties = ?1 {ORDER}");
                self.all(&sql, [tally::parties(parties)], pick)?
            }
        };
        let mut names = self.connection.prepare(
            "SELECT name FROM participant WHERE \"row\" = ?1 AND part = 'party' AND name IS NOT NULL",
        )?;
        let mut documents = Vec::new();
        for (document, meeting) in found {
            if !persons.is_empty() {
                let names: Vec<String> =
                    names.query_map([meeting], |row| row.get(0))?.collect::<SqlResult<_>>()?;
                if !persons.iter().all(|wanted| names.iter().any(|name| answers_to(name, wanted))) {
                    continue;
                }
            }
            documents.push(format!("d{document}"));
        }
        documents.dedup();
        Ok(documents)
    }
}

/// A claim redlined against the likest one of an earlier text.
fn against(claim: &Claim, before: Option<&Turn>) -> Vec<Piece> {
    let own: BTreeSet<String> = stems(&claim.words).into_iter().collect();
    let shared =
        |other: &Claim| stems(&other.words).into_iter().collect::<BTreeSet<_>>().intersection(&own).count();
    let likest = before.into_iter().flat_map(|t| &t.said).max_by_key(|s| shared(&s.claim));
    match likest.filter(|s| shared(&s.claim) > 2) {
        Some(said) => redline(&said.claim.words, &claim.words),
        None => vec![Piece::B(claim.words.clone())],
    }
}
