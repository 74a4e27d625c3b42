//! One person over documents: offices, appearances, meetings with others, what is said.

use std::collections::BTreeSet;

use chancery_model::Date;
use rusqlite::types::FromSql;
use rusqlite::{OptionalExtension, Result as SqlResult, params};

use crate::name::{distance, fold};
use crate::{Corpus, CorpusError};

/// Who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Number in the record; it changes when the record is linked anew.
    pub number: u32,
    /// In the tables of actors, if they know the person.
    pub key: Option<String>,
    /// The name that is used most.
    pub name: String,
    /// Codes of the states and organisations that rows give the person.
    pub codes: Vec<String>,
}

/// Who a name or key may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// These persons, who are called so.
    Persons(Vec<Person>),
    /// Nobody; these names come nearest.
    Nobody(Vec<String>),
}

/// What the record knows of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Life {
    /// Spellings, with the number of documents that use each, the commonest first.
    pub spellings: Vec<(String, u32)>,
    /// What was held when, by whom it is told.
    pub career: Vec<Term>,
    /// Meetings with the person, the latest first.
    pub meetings: Vec<Met>,
    /// Whom the person met, those met most often first.
    pub others: Vec<Other>,
    /// The latest statements.
    pub statements: Vec<Spoken>,
    /// How many there are in all.
    pub spoken: u32,
    /// Documents that name the person, the latest first.
    pub appearances: Vec<Appearance>,
    /// How many name the person in all.
    pub documents: u32,
    /// Successions and contradictions in an office that the person held.
    pub changes: Vec<Turnover>,
    /// Date of the last document that names the person.
    pub last_seen: Option<Date>,
    /// Date of the last document of the record.
    pub last_of_record: Option<Date>,
}

/// A row of the view `careers`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Term {
    pub basis: String,
    pub office: Option<String>,
    pub code: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub documents: Option<u32>,
    pub evidence: Option<String>,
}

/// A meeting of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Met {
    pub id: String,
    pub date: Option<String>,
    pub place: Option<String>,
    pub parties: String,
    pub format: String,
    pub planned: bool,
}

/// Somebody whom a person met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Name.
    pub name: String,
    /// Code of the side.
    pub code: String,
    /// In how many meetings both took part.
    pub meetings: u32,
    /// Whether they were always on one side.
    pub same_side: bool,
    /// Date of the last.
    pub last: Option<String>,
    /// Id of the last.
    pub id: String,
}

/// Something that a person said.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Spoken {
    pub id: String,
    pub date: Option<String>,
    pub holder: String,
    pub act: String,
    pub polarity: String,
    pub content: String,
}

/// A document that names a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// `d3`.
    pub document: String,
    /// Its date.
    pub date: Option<String>,
    /// Its title, else its name.
    pub title: String,
    /// As what: `party; person; speaker`.
    pub parts: String,
}

/// One after another in an office, or one beside another.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Turnover {
    pub kind: String,
    pub office: String,
    pub code: String,
    pub before: String,
    pub before_from: String,
    pub before_to: String,
    pub after: Option<String>,
    pub after_from: Option<String>,
    pub after_to: Option<String>,
    pub tables: Option<String>,
}

impl Corpus {
    /// Who a key of the tables, a name, a spelling or a part of a name means.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn meant(&self, id: &str) -> Result<Meant, CorpusError> {
        self.persons(id).map_err(self.wrong())
    }

    fn persons(&self, id: &str) -> SqlResult<Meant> {
        for condition in [
            "s.\"key\" = ?1 OR CAST(s.number AS TEXT) = ?1",
            "s.name = ?1",
            "s.number IN (SELECT v.person FROM spelling v WHERE v.name = ?1)",
        ] {
            let found = self.persons_where(condition, id)?;
            if !found.is_empty() {
                return Ok(Meant::Persons(found));
            }
        }
        let found = self.persons_where(
            "s.number IN (SELECT v.person FROM spelling v WHERE answers_to(v.name, ?1)) LIMIT 50",
            id,
        )?;
        if !found.is_empty() {
            return Ok(Meant::Persons(found));
        }
        let names: BTreeSet<String> =
            self.all("SELECT name FROM person", [], |row| row.get(0))?.into_iter().collect();
        let wanted = fold(id).join(" ");
        let far = |name: &str| {
            let parts = fold(name);
            let whole = parts.join(" ");
            parts.iter().chain([&whole]).map(|part| distance(part, &wanted)).min().unwrap_or(usize::MAX)
        };
        let mut near: Vec<(usize, &String)> = names.iter().map(|name| (far(name), name)).collect();
        near.sort();
        Ok(Meant::Nobody(near.into_iter().take(5).map(|(_, name)| name.clone()).collect()))
    }

    fn persons_where(&self, condition: &str, id: &str) -> SqlResult<Vec<Person>> {
        let sql = format!("SELECT s.number, s.\"key\", s.name, s.code FROM person s WHERE {condition}");
        self.all(&sql, [id], |row| {
            let codes: Option<String> = row.get(3)?;
            let codes = codes.iter().flat_map(|codes| codes.split("; ")).map(str::to_owned).collect();
            Ok(Person { number: row.get(0)?, key: row.get(1)?, name: row.get(2)?, codes })
        })
    }

    /// All of it, so many rows of each kind.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn life(&self, person: &Person, limit: usize) -> Result<Life, CorpusError> {
        self.read_life(person, limit).map_err(self.wrong())
    }

    fn read_life(&self, person: &Person, limit: usize) -> SqlResult<Life> {
        let (number, limit) = (person.number, limit as i64);
        let spellings = self.all(
            "SELECT name, count(*) FROM naming WHERE person = ?1 GROUP BY name ORDER BY 2 DESC, 1",
            [number],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let career = self.all(
            "SELECT 'stated', CASE standing WHEN 'held' THEN '' ELSE standing || ' ' END || office, coalesce(organization, country),
                    first_date AS begin, last_date, documents, evidence FROM tenures WHERE number = ?1
             UNION ALL
             SELECT DISTINCT 'tables', office, code, date_from, date_to, NULL,
                    place || ': ' || source || coalesce('; checked ' || checked, '') FROM term WHERE person = ?2
             ORDER BY begin, 1, 2",
            params![number, person.key],
            |row| {
                Ok(Term {
                    basis: row.get(0)?,
                    office: row.get(1)?,
                    code: row.get(2)?,
                    from: row.get(3)?,
                    to: row.get(4)?,
                    documents: row.get(5)?,
                    evidence: row.get(6)?,
                })
            },
        )?;
        let meetings = self.all(
            "SELECT m.id, m.date, m.place, m.parties, m.format, m.planned FROM meetings m
             WHERE m.number IN (SELECT e.encounter FROM naming n
                            JOIN participant q ON q.document = n.document AND q.name = n.name AND q.part = 'party'
                            JOIN encounter_member e ON e.meeting = q.\"row\" WHERE n.person = ?1)
             ORDER BY m.date_from IS NULL, m.date_from DESC LIMIT ?2",
            params![number, limit],
            |row| {
                Ok(Met {
                    id: row.get(0)?,
                    date: row.get(1)?,
                    place: row.get(2)?,
                    parties: row.get(3)?,
                    format: row.get(4)?,
                    planned: row.get(5)?,
                })
            },
        )?;
        let others = self.all(
            "WITH own AS (SELECT DISTINCT e.encounter, q.code FROM naming n
                          JOIN participant q ON q.document = n.document AND q.name = n.name AND q.part = 'party'
                          JOIN encounter_member e ON e.meeting = q.\"row\" WHERE n.person = ?1)
             SELECT p.name, max(q.code), count(DISTINCT own.encounter), min(q.code = own.code),
                    max(m.date_to),
                    'M' || CAST(substr(max(ifnull(m.date_to, '') || printf(' %09d', own.encounter)), -9) AS INTEGER)
             FROM own JOIN encounter_member f ON f.encounter = own.encounter
             JOIN participant q ON q.\"row\" = f.meeting AND q.part = 'party'
             JOIN naming n ON n.document = q.document AND n.name = q.name
             JOIN person p ON p.number = n.person JOIN encounter m ON m.number = own.encounter
             WHERE n.person <> ?1 GROUP BY p.number ORDER BY 3 DESC, 4, 1 LIMIT ?2",
            params![number, limit],
            |row| {
                Ok(Other {
                    name: row.get(0)?,
                    code: row.get(1)?,
                    meetings: row.get(2)?,
                    same_side: row.get(3)?,
                    last: row.get(4)?,
                    id: row.get(5)?,
                })
            },
        )?;
        let by_person = "SELECT q.\"row\" FROM naming n JOIN participant q
             ON q.document = n.document AND q.name = n.name AND q.part = 'speaker' WHERE n.person = ?1";
        let statements = self.all(
            &format!(
                "SELECT s.id, s.date, s.holder, s.act, s.polarity, s.content FROM statements s WHERE s.id IN
                   (SELECT t.id FROM statement t JOIN imprint d ON d.document = t.document WHERE t.id IN ({by_person})
                    ORDER BY d.date IS NULL, d.date DESC, t.document, t.rowid LIMIT ?2)
                 ORDER BY s.date IS NULL, s.date DESC, CAST(substr(s.document, 2) AS INTEGER), s.id"
            ),
            params![number, limit],
            |row| {
                Ok(Spoken {
                    id: row.get(0)?,
                    date: row.get(1)?,
                    holder: row.get(2)?,
                    act: row.get(3)?,
                    polarity: row.get(4)?,
                    content: row.get(5)?,
                })
            },
        )?;
        let spoken = self.one(&format!("SELECT count(*) FROM ({by_person} GROUP BY 1)"), number)?;
        let appearances = self.all(
            "SELECT 'd' || d.number, d.date, coalesce(d.title, d.name),
                    (SELECT group_concat(part, '; ') FROM (SELECT DISTINCT q.part FROM naming x
                     JOIN participant q ON q.document = x.document AND q.name = x.name
                     WHERE x.person = ?1 AND x.document = d.number ORDER BY 1))
             FROM document d WHERE d.number IN
               (SELECT d.document FROM imprint d WHERE d.document IN (SELECT n.document FROM naming n WHERE n.person = ?1)
                ORDER BY d.date IS NULL, d.date DESC, d.document DESC LIMIT ?2)
             ORDER BY d.date IS NULL, d.date DESC, d.number DESC",
            params![number, limit],
            |row| {
                Ok(Appearance {
                    document: row.get(0)?,
                    date: row.get(1)?,
                    title: row.get(2)?,
                    parts: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
                })
            },
        )?;
        let changes = self.all(
            "SELECT kind, office, code, before, before_from, before_to, after, after_from, after_to, tables
             FROM changes WHERE before = ?1 OR after = ?1 ORDER BY coalesce(after_from, before_from), number",
            [&person.name],
            |row| {
                Ok(Turnover {
                    kind: row.get(0)?,
                    office: row.get(1)?,
                    code: row.get(2)?,
                    before: row.get(3)?,
                    before_from: row.get(4)?,
                    before_to: row.get(5)?,
                    after: row.get(6)?,
                    after_from: row.get(7)?,
                    after_to: row.get(8)?,
                    tables: row.get(9)?,
                })
            },
        )?;
        let date = |text: Option<String>| text.and_then(|text| text.parse().ok());
        let last: Option<String> = self.one(
            "SELECT max(d.date) FROM naming n JOIN imprint d ON d.document = n.document WHERE n.person = ?1",
            number,
        )?;
        Ok(Life {
            spellings,
            career,
            meetings,
            others,
            statements,
            spoken,
            appearances,
            documents: self.one("SELECT count(DISTINCT document) FROM naming WHERE person = ?1", number)?,
            changes,
            last_seen: date(last),
            last_of_record: date(self.one(
                "SELECT nullif(max(ifnull(date, '')), '') FROM document WHERE ?1 IS NOT NULL",
                number,
            )?),
        })
    }

    /// All rows of a query.
    pub(crate) fn all<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        row: impl FnMut(&rusqlite::Row<'_>) -> SqlResult<T>,
    ) -> SqlResult<Vec<T>> {
        let mut select = self.connection.prepare_cached(sql)?;
        select.query_map(parameters, row)?.collect()
    }

    /// The one value of a query.
    fn one<T: FromSql + Default>(&self, sql: &str, number: u32) -> SqlResult<T> {
        let found = self.connection.query_row(sql, [number], |row| row.get(0)).optional()?;
        Ok(found.unwrap_or_default())
    }
}
