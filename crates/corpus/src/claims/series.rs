//! One topic through a series of texts: what each meeting of the same parties said on it, redlined against the one before.

use std::collections::BTreeSet;

use chancery_model::Date;
use rusqlite::Result as SqlResult;

use super::align::{Piece, redline, stems};
use super::{Account, Claim, Vocabulary};
use crate::name::answers_to;
use crate::{Corpus, CorpusError};

/// What the texts of a series say on a topic, in order.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// One for each text.
    pub turns: Vec<Turn>,
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
        let documents = self.reports(parties, persons).map_err(self.wrong())?;
        let mut series = Series::default();
        for id in documents {
            let account = Account::of(&self.document(&id)?, vocabulary);
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
        Ok(series)
    }

    /// Ids of the documents whose main meeting is between exactly these parties, and these persons, in order of time.
    pub(super) fn reports(&self, parties: &[String], persons: &[String]) -> SqlResult<Vec<String>> {
        let of_one =
            "AND m.id IN (SELECT q.\"row\" FROM participant q WHERE q.code = ? AND q.part = 'party')";
        let mut select = self.connection.prepare(&format!(
            "SELECT m.document, m.id, p.code, p.name FROM meeting m JOIN document d ON d.number = m.document
             JOIN participant p ON p.\"row\" = m.id AND p.part = 'party'
             WHERE m.told = 'main' {} ORDER BY d.date, m.document, m.id",
            of_one.repeat(parties.len())
        ))?;
        let mut rows = select.query(rusqlite::params_from_iter(parties))?;
        let mut meetings: Vec<(u32, String, BTreeSet<String>, Vec<String>)> = Vec::new();
        while let Some(row) = rows.next()? {
            let (document, id): (u32, String) = (row.get(0)?, row.get(1)?);
            if meetings.last().is_none_or(|m| m.1 != id) {
                meetings.push((document, id, BTreeSet::new(), Vec::new()));
            }
            if let Some(last) = meetings.last_mut() {
                last.2.insert(row.get(2)?);
                last.3.extend(row.get::<_, Option<String>>(3)?);
            }
        }
        let wanted: BTreeSet<String> = parties.iter().cloned().collect();
        let fits = |codes: &BTreeSet<String>, names: &[String]| {
            let states: BTreeSet<String> = codes.iter().filter(|c| !c.is_empty()).cloned().collect();
            (wanted.is_empty() || states == wanted)
                && persons.iter().all(|p| names.iter().any(|n| answers_to(n, p)))
        };
        let mut out: Vec<String> = Vec::new();
        for (document, ..) in meetings.iter().filter(|(_, _, codes, names)| fits(codes, names)) {
            let id = format!("d{document}");
            if !out.contains(&id) {
                out.push(id);
            }
        }
        Ok(out)
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
