//! Two sides: which pairs meet, what the texts on a meeting say in whose name, and who said what on which topic.

use std::collections::BTreeMap;

use chancery_model::{Date, Participant, Polarity};
use rusqlite::Result as SqlResult;

use super::{Account, Vocabulary};
use crate::{Corpus, CorpusError};

/// Two sides that met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dyad {
    /// Codes of both, in the order of letters.
    pub codes: [String; 2],
    /// How often, with others or alone.
    pub meetings: u32,
    /// Date of the first and the last, where there is one.
    pub dates: Option<(String, String)>,
}

/// A text that reports a meeting: its id, and ids of its statements by the codes in whose name they are.
pub type Report = (String, BTreeMap<String, Vec<String>>);

/// What texts say by topic and side.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// Codes of the sides.
    pub sides: Vec<String>,
    /// Number of the topic, and for each side the claims in its name, in order of time. The commonest topics first.
    pub rows: Vec<(usize, Vec<Vec<Square>>)>,
    /// Texts that were read.
    pub texts: usize,
}

/// A claim in a grid: its id, date and stance.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Square {
    pub id: String,
    pub date: Option<Date>,
    pub polarity: Polarity,
}

impl Corpus {
    /// The pairs of states and organisations that met most often.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn dyads(&self, limit: usize) -> Result<Vec<Dyad>, CorpusError> {
        let read = || {
            self.all(
                "SELECT one, other, meetings, first, last FROM dyad ORDER BY meetings DESC, one, other LIMIT ?1",
                [limit as i64],
                |row| {
                    let dates: (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
                    let codes = [row.get(0)?, row.get(1)?];
                    Ok(Dyad { codes, meetings: row.get(2)?, dates: dates.0.zip(dates.1) })
                },
            )
        };
        read().map_err(self.wrong())
    }

    /// Who took part in meetings (`M3`), side by side: the code, the name that the person is called most, and the sector.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn parties(&self, meetings: &[&str]) -> Result<BTreeMap<String, Vec<Participant>>, CorpusError> {
        let numbers: Vec<&str> = meetings.iter().filter_map(|id| id.strip_prefix('M')).collect();
        let read = || -> SqlResult<BTreeMap<String, Vec<Participant>>> {
            let rows: Vec<(u32, Participant)> = self.all(
                "SELECT DISTINCT e.encounter, p.code, coalesce(s.name, p.name), p.sector FROM json_each(?1) w
                 JOIN encounter_member e ON e.encounter = w.value
                 JOIN participant p ON p.\"row\" = e.meeting AND p.part = 'party'
                 LEFT JOIN naming n ON n.document = p.document AND n.name = p.name
                 LEFT JOIN person s ON s.number = n.person ORDER BY 1, 2, 3",
                [format!("[{}]", numbers.join(","))],
                |row| {
                    Ok((
                        row.get(0)?,
                        Participant { code: row.get(1)?, name: row.get(2)?, sector: row.get(3)? },
                    ))
                },
            )?;
            let mut out: BTreeMap<String, Vec<Participant>> = BTreeMap::new();
            for (meeting, participant) in rows {
                out.entry(format!("M{meeting}")).or_default().push(participant);
            }
            Ok(out)
        };
        read().map_err(self.wrong())
    }

    /// The texts that report a meeting (`M3`), with their statements by side.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn tellings(&self, meeting: &str) -> Result<Vec<Report>, CorpusError> {
        let number: Option<u32> = meeting.strip_prefix('M').and_then(|n| n.parse().ok());
        let read = || -> SqlResult<Vec<Report>> {
            let rows: Vec<(String, Option<String>, Option<String>)> = self.all(
                "SELECT DISTINCT 'd' || m.document, s.id, p.code FROM encounter_member x
                 JOIN meeting m ON m.id = x.meeting AND m.told = 'main'
                 LEFT JOIN statement s ON s.document = m.document
                 LEFT JOIN participant p ON p.\"row\" = s.id AND p.part = 'holder' AND p.code <> ''
                 WHERE x.encounter = ?1 ORDER BY m.document, s.rowid",
                [number],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )?;
            let mut out: Vec<Report> = Vec::new();
            for (document, statement, code) in rows {
                if out.last().is_none_or(|last| last.0 != document) {
                    out.push((document, BTreeMap::new()));
                }
                if let (Some(last), Some(statement), Some(code)) = (out.last_mut(), statement, code) {
                    last.1.entry(code).or_default().push(statement);
                }
            }
            Ok(out)
        };
        read().map_err(self.wrong())
    }

    /// The claims of these texts.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn accounts(&self, ids: &[String], vocabulary: &Vocabulary) -> Result<Vec<Account>, CorpusError> {
        ids.iter().map(|id| Ok(Account::of(&self.document(id)?, vocabulary))).collect()
    }

    /// Ids of the texts on meetings of exactly these parties, and of these persons, in order of time.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn readouts(&self, parties: &[String], persons: &[String]) -> Result<Vec<String>, CorpusError> {
        self.reports(parties, persons).map_err(self.wrong())
    }
}

impl Grid {
    /// What texts say by topic and side.
    #[must_use]
    pub fn of(accounts: &[Account], parties: &[String]) -> Self {
        let mut cells: BTreeMap<usize, Vec<Vec<Square>>> = BTreeMap::new();
        for account in accounts {
            for claim in &account.claims {
                for topic in &claim.topics {
                    let row = cells.entry(*topic).or_insert_with(|| vec![Vec::new(); parties.len()]);
                    let sides = row.iter_mut().zip(parties).filter(|(_, code)| claim.sides.contains(*code));
                    for (side, _) in sides {
                        let (id, date) = (claim.id.clone(), account.date);
                        side.push(Square { id, date, polarity: claim.polarity });
                    }
                }
            }
        }
        let mut rows: Vec<(usize, Vec<Vec<Square>>)> = cells.into_iter().collect();
        rows.retain(|(_, sides)| sides.iter().any(|side| !side.is_empty()));
        rows.sort_by_key(|(topic, sides)| {
            (std::cmp::Reverse(sides.iter().map(Vec::len).sum::<usize>()), *topic)
        });
        Self { sides: parties.to_vec(), rows, texts: accounts.len() }
    }
}
