//! A meeting as one document tells it, ready to be compared.

use std::collections::BTreeMap;

use chancery_model::{Date, Format, Party, Told, When};
use rusqlite::{Connection, Result as SqlResult};

use crate::name::{fold, within};

/// A meeting as one document tells it.
#[derive(Debug, Clone)]
pub(super) struct Account {
    /// `d1.m2`.
    pub(super) id: String,
    pub(super) document: u32,
    /// Who published the document.
    pub(super) publisher: Option<String>,
    /// The date as told.
    pub(super) when: Option<When>,
    /// First and last day it can have been, counted: what is mentioned as past lies before the day of publication, what is planned after it.
    pub(super) days: Option<(i64, i64)>,
    /// Whether words of the text tell the date, rather than its publication.
    pub(super) dated: bool,
    pub(super) place: Option<String>,
    pub(super) country: Option<String>,
    /// Code of the state it was in: the host's, else that of the place.
    pub(super) state: Option<String>,
    pub(super) parties: Vec<Party>,
    /// Who is named, by the code of the party.
    pub(super) named: BTreeMap<String, Vec<Person>>,
    pub(super) format: Format,
    pub(super) told: Told,
    pub(super) planned: bool,
    /// The words that state it best.
    pub(super) quote: String,
    /// SHA-256 of the document's text, and its name.
    pub(super) key: String,
    pub(super) name: String,
}

/// Someone who took part.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) name: String,
    /// The parts of the name, folded.
    parts: Vec<String>,
    /// Number among the persons of the record, and whether the tables of actors know the person.
    number: Option<(u32, bool)>,
}

impl Person {
    pub(super) fn new(name: &str, number: Option<(u32, bool)>) -> Self {
        Self { name: name.to_owned(), parts: fold(name), number }
    }

    /// Whether both may be one person, who met the same party in the same days: "Biden" and "Joseph R. Biden, Jr.".
    pub(super) fn may_be(&self, other: &Self) -> bool {
        match (self.number, other.number) {
            (Some((one, _)), Some((another, _))) if one == another => true,
            (Some((_, true)), Some((_, true))) => false,
            _ => within(&self.parts, &other.parts),
        }
    }
}

impl Account {
    /// The codes of the parties, in order, each once.
    pub(super) fn codes(&self) -> Vec<String> {
        let mut codes: Vec<String> = self.parties.iter().map(|party| party.code.clone()).collect();
        codes.sort();
        codes.dedup();
        codes
    }

    /// Over how many days the meeting may lie; of those without a date the most.
    pub(super) fn extent(&self) -> i64 {
        self.days.map_or(i64::MAX, |(first, last)| last - first)
    }

    /// How many parties are there without a name.
    pub(super) fn unnamed(&self) -> usize {
        self.named.values().filter(|persons| persons.is_empty()).count()
    }

    /// Whether anyone is named.
    pub(super) fn names(&self) -> bool {
        self.unnamed() < self.named.len()
    }

    /// Count the days of the date as told, without those that the day of publication rules out.
    pub(super) fn count_days(&mut self, published: Option<Date>) {
        let number = |date: Date| date.days_since(Date::year(0));
        let Some(when) = self.when else { return };
        let (mut first, mut last) = (number(when.from.first()), number(when.to.last()));
        if let Some(day) = published.filter(|day| day.is_day()).map(number) {
            if self.planned && first <= day && day < last {
                first = day + 1;
            } else if !self.planned && self.told == Told::Background && first < day && day <= last {
                last = day - 1;
            }
        }
        self.days = Some((first, last));
    }
}

/// Every account of the record; the persons must be told apart before.
pub(super) fn accounts(connection: &Connection) -> SqlResult<Vec<Account>> {
    let numbers = numbers(connection)?;
    let mut select = connection.prepare(
        "SELECT m.id, m.document, m.date_from, m.date_to, m.place, m.country, m.parties, m.format, m.told, m.planned, m.quote,
                d.key, d.name, d.source ->> 'publisher', coalesce(d.source ->> 'published', d.date),
                EXISTS (SELECT 1 FROM provenance p WHERE p.\"row\" = m.id AND p.field = 'date' AND p.words <> '')
         FROM meeting m JOIN document d ON d.number = m.document ORDER BY m.document, m.rowid",
    )?;
    let rows = select.query_map([], |row| {
        let date = |column| {
            Ok::<Option<Date>, rusqlite::Error>(
                row.get::<_, Option<String>>(column)?.and_then(|d| d.parse().ok()),
            )
        };
        let document: u32 = row.get(1)?;
        let parties: Vec<Party> = parse(&row.get::<_, String>(6)?);
        let country: Option<String> = row.get(5)?;
        let mut account = Account {
            id: row.get(0)?,
            document,
            publisher: row.get(13)?,
            when: date(2)?.zip(date(3)?).map(|(from, to)| When { from, to }),
            days: None,
            dated: row.get(15)?,
            place: row.get(4)?,
            state: host(&parties).or_else(|| country.clone()),
            country,
            named: named(&parties, |name| numbers.get(&(document, name.to_owned())).copied()),
            parties,
            format: parse(&format!("\"{}\"", row.get::<_, String>(7)?)),
            told: parse(&format!("\"{}\"", row.get::<_, String>(8)?)),
            planned: row.get(9)?,
            quote: row.get(10)?,
            key: row.get(11)?,
            name: row.get(12)?,
        };
        account.count_days(date(14)?);
        Ok(account)
    })?;
    rows.collect()
}

/// The one state that is host; an organisation is at home anywhere.
fn host(parties: &[Party]) -> Option<String> {
    let mut hosts = parties.iter().filter(|party| party.host && party.code.len() == 3);
    hosts.next().filter(|_| hosts.next().is_none()).map(|host| host.code.clone())
}

/// Who is named, by the code of the party, whatever the order of the parties.
pub(super) fn named(
    parties: &[Party],
    number: impl Fn(&str) -> Option<(u32, bool)>,
) -> BTreeMap<String, Vec<Person>> {
    let mut named: BTreeMap<String, Vec<Person>> = BTreeMap::new();
    for party in parties {
        let persons = party.persons.iter().map(|name| Person::new(name, number(name)));
        named.entry(party.code.clone()).or_default().extend(persons);
    }
    named
}

/// The number of each person by document and name, and whether the tables of actors know the person.
fn numbers(connection: &Connection) -> SqlResult<BTreeMap<(u32, String), (u32, bool)>> {
    let mut select = connection.prepare(
        "SELECT n.document, n.name, n.person, p.\"key\" IS NOT NULL FROM naming n JOIN person p ON p.number = n.person",
    )?;
    select.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?))))?.collect()
}

fn parse<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect("only this crate writes the column")
}
