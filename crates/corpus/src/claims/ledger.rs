//! The ledger of two sides: their meetings in order, who took part in which office then, days since the one before.

use chancery_model::Date;
use rusqlite::Result as SqlResult;

use crate::name::{answers_to, same_person};
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

/// Some meetings of a ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// How many there are in all.
    pub of: usize,
    /// How many of all were held; the others are planned.
    pub held: usize,
    /// These, in order of time.
    pub entries: Vec<Entry>,
}

/// When a meeting of a ledger was.
struct Moment {
    number: u32,
    when: Option<(Date, Date)>,
    planned: bool,
    days_since: Option<i64>,
}

impl Corpus {
    /// The meetings in which all of these take part, in order of time: codes of states and organisations, or persons by name.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn ledger(&self, codes: &[String], persons: &[String]) -> Result<Vec<Entry>, CorpusError> {
        Ok(self.ledger_part(codes, persons, 0, usize::MAX)?.entries)
    }

    /// So many meetings of a ledger, the last but for so many: it is read from its end.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn ledger_part(
        &self,
        codes: &[String],
        persons: &[String],
        after: usize,
        size: usize,
    ) -> Result<Ledger, CorpusError> {
        let read = || -> SqlResult<Ledger> {
            let mut all = self.moments(codes, persons)?;
            let (of, held) = (all.len(), all.iter().filter(|m| !m.planned).count());
            let mut before: Option<Date> = None;
            for moment in all.iter_mut().filter(|m| !m.planned) {
                let days = moment.when.filter(|(from, to)| from.is_day() && to.is_day());
                moment.days_since =
                    days.zip(before).map(|((from, _), before)| from.days_since(before).max(0));
                before = days.map(|d| d.1).or(before);
            }
            let end = of.saturating_sub(after);
            let shown = &all[end.saturating_sub(size)..end];
            Ok(Ledger { of, held, entries: self.entries(shown)? })
        };
        read().map_err(self.wrong())
    }

    /// When the meetings were, in order of time.
    fn moments(&self, codes: &[String], persons: &[String]) -> SqlResult<Vec<Moment>> {
        let mut sql = "SELECT number, date_from, date_to, planned FROM encounter WHERE TRUE".to_owned();
        sql += &" AND number IN (SELECT encounter FROM side WHERE code = ?)".repeat(codes.len());
        sql += &" AND number IN (SELECT e.encounter FROM participant p JOIN encounter_member e ON e.meeting = p.\"row\"
                   WHERE p.name IN (SELECT name FROM spelling WHERE answers_to(name, ?)))"
            .repeat(persons.len());
        sql += " ORDER BY date_from IS NULL, date_from || substr('-01-01', length(date_from) - 3), date_to, number";
        let mut select = self.connection.prepare(&sql)?;
        let date = |text: Option<String>| text.and_then(|text| text.parse::<Date>().ok());
        let moments = select.query_map(rusqlite::params_from_iter(codes.iter().chain(persons)), |row| {
            let when = date(row.get(1)?).zip(date(row.get(2)?));
            Ok(Moment { number: row.get(0)?, when, planned: row.get(3)?, days_since: None })
        })?;
        let mut moments: Vec<Moment> = moments.collect::<SqlResult<_>>()?;
        if !persons.is_empty() {
            let mut kept = Vec::new();
            for moment in moments {
                let named = named(&self.named_parties(moment.number)?);
                if persons.iter().all(|wanted| named.iter().any(|p| answers_to(&p.1, wanted))) {
                    kept.push(moment);
                }
            }
            moments = kept;
        }
        moments.sort_by_key(|m| (m.when.is_none(), m.when.map(|w| w.0.first())));
        Ok(moments)
    }

    /// Code, name and document of each who took part, as the texts tell it, those that report it first.
    fn named_parties(&self, encounter: u32) -> SqlResult<Vec<(String, String, u32)>> {
        self.all(
            "SELECT p.code, p.name, m.document FROM encounter_member e JOIN meeting m ON m.id = e.meeting
             JOIN participant p ON p.\"row\" = m.id AND p.part = 'party' WHERE e.encounter = ?1 AND p.name IS NOT NULL
             ORDER BY m.told <> 'main', m.id, p.rowid",
            [encounter],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
    }

    fn entries(&self, moments: &[Moment]) -> SqlResult<Vec<Entry>> {
        let mut meeting = self.connection.prepare(
            "SELECT place, country, format, told,
                    (SELECT count(*) FROM statement s WHERE s.document IN (
                       SELECT m.document FROM encounter_member x JOIN meeting m ON m.id = x.meeting
                       WHERE x.encounter = number AND m.told = 'main'))
             FROM encounter WHERE number = ?1",
        )?;
        let mut offices = self
            .connection
            .prepare("SELECT DISTINCT office FROM role WHERE document = ?1 AND person = ?2 ORDER BY rowid")?;
        let mut out = Vec::new();
        for moment in moments {
            let parties = self.named_parties(moment.number)?;
            let mut persons = named(&parties);
            for (code, name, document) in &parties {
                let held: Vec<String> =
                    offices.query_map((document, name), |row| row.get(0))?.collect::<SqlResult<_>>()?;
                let of = persons.iter_mut().find(|p| p.0 == *code && same_person(&p.1, name));
                let Some((.., known)) = of else { continue };
                for office in held {
                    if !known.contains(&office) {
                        known.push(office);
                    }
                }
            }
            out.push(meeting.query_row([moment.number], |row| {
                Ok(Entry {
                    id: format!("M{}", moment.number),
                    when: moment.when,
                    place: row.get(0)?,
                    country: row.get(1)?,
                    format: row.get(2)?,
                    told: row.get(3)?,
                    planned: moment.planned,
                    persons,
                    days_since: moment.days_since,
                    statements: row.get(4)?,
                })
            })?);
        }
        Ok(out)
    }
}

/// Each person once, under the first name that is given; without offices.
fn named(parties: &[(String, String, u32)]) -> Vec<(String, String, Vec<String>)> {
    let mut persons: Vec<(String, String, Vec<String>)> = Vec::new();
    for (code, name, _) in parties {
        if !persons.iter().any(|p| p.0 == *code && same_person(&p.1, name)) {
            persons.push((code.clone(), name.clone(), Vec::new()));
        }
    }
    persons
}
