//! The ledger of two sides: their meetings in order, who took part in which office then, days since the one before.

use std::collections::BTreeMap;

use chancery_model::Date;
use rusqlite::Result as SqlResult;

use crate::name::answers_to;
use crate::{Corpus, CorpusError};

/// A meeting in a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `M3`.
    pub id: String,
    /// First and last day that it may have been on.
    pub when: Option<(Date, Date)>,
    /// In the text's words.
    pub place: Option<String>,
    /// Code of the country that it was in.
    pub country: Option<String>,
    /// How they met.
    pub format: String,
    /// Who tells of it.
    pub told: String,
    /// Announced, not yet held.
    pub planned: bool,
    /// Who took part: code, name and the offices that the texts give there.
    pub persons: Vec<(String, String, Vec<String>)>,
    /// Days from the end of the meeting before to the beginning of this one, where both are known to the day and this one was held.
    pub days_since: Option<i64>,
    /// Statements of the texts that report it.
    pub statements: u32,
}

impl Corpus {
    /// The meetings in which all of these take part, in order of time: codes of states and organisations, or persons by name.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn ledger(&self, codes: &[String], persons: &[String]) -> Result<Vec<Entry>, CorpusError> {
        let read = || -> SqlResult<Vec<Entry>> {
            let mut entries = self.entries(codes)?;
            entries
                .retain(|e| persons.iter().all(|wanted| e.persons.iter().any(|p| answers_to(&p.1, wanted))));
            let mut before: Option<Date> = None;
            for entry in entries.iter_mut().filter(|e| !e.planned) {
                let days = entry.when.filter(|(from, to)| from.is_day() && to.is_day());
                entry.days_since = days.zip(before).map(|((from, _), before)| from.days_since(before).max(0));
                before = days.map(|d| d.1).or(before);
            }
            Ok(entries)
        };
        read().map_err(self.wrong())
    }

    fn entries(&self, codes: &[String]) -> SqlResult<Vec<Entry>> {
        let of_one = "AND e.encounter IN (SELECT f.encounter FROM participant q JOIN encounter_member f ON f.meeting = q.\"row\"
             WHERE q.part = 'party' AND q.code = ?)";
        let mut select = self.connection.prepare(&format!(
            "SELECT e.encounter, p.code, p.name, m.document FROM encounter_member e JOIN meeting m ON m.id = e.meeting
             JOIN participant p ON p.\"row\" = m.id AND p.part = 'party' WHERE TRUE {}
             ORDER BY e.encounter, m.told <> 'main', m.id, p.rowid",
            of_one.repeat(codes.len())
        ))?;
        let mut rows = select.query(rusqlite::params_from_iter(codes))?;
        let mut parties: BTreeMap<u32, Vec<(String, Option<String>, u32)>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            parties.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?, row.get(3)?));
        }
        let mut meeting = self.connection.prepare(
            "SELECT date_from, date_to, place, country, format, told, planned,
                    (SELECT count(*) FROM statement s WHERE s.document IN (
                       SELECT m.document FROM encounter_member x JOIN meeting m ON m.id = x.meeting
                       WHERE x.encounter = number AND m.told = 'main'))
             FROM encounter WHERE number = ?1",
        )?;
        let mut offices = self
            .connection
            .prepare("SELECT DISTINCT office FROM role WHERE document = ?1 AND person = ?2 ORDER BY rowid")?;
        let mut out = Vec::new();
        for (number, of) in parties {
            let mut persons: Vec<(String, String, Vec<String>)> = Vec::new();
            for (code, name, document) in &of {
                let Some(name) = name else { continue };
                let held: Vec<String> =
                    offices.query_map((document, name), |row| row.get(0))?.collect::<SqlResult<_>>()?;
                match persons.iter_mut().find(|p| p.0 == *code && crate::name::same_person(&p.1, name)) {
                    Some(known) => {
                        for office in held {
                            if !known.2.contains(&office) {
                                known.2.push(office);
                            }
                        }
                    }
                    None => persons.push((code.clone(), name.clone(), held)),
                }
            }
            let entry = meeting.query_row([number], |row| {
                let date = |at| {
                    Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(at)?.and_then(|d| d.parse().ok()))
                };
                Ok(Entry {
                    id: format!("M{number}"),
                    when: date(0)?.zip(date(1)?),
                    place: row.get(2)?,
                    country: row.get(3)?,
                    format: row.get(4)?,
                    told: row.get(5)?,
                    planned: row.get(6)?,
                    persons,
                    days_since: None,
                    statements: row.get(7)?,
                })
            })?;
            out.push(entry);
        }
        out.sort_by_key(|e: &Entry| (e.when.is_none(), e.when.map(|w| w.0.first())));
        Ok(out)
    }
}
