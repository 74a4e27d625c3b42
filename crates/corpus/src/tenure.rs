//! Who held which office from when to when, as far as documents state it; and where that changes or does not agree.
//!
//! A tenure is what some documents state of one person and one office. Where only one person at a time holds the office of a state,
//! tenures that follow each other are a succession, and tenures that overlap contradict each other. What the tables of actors say
//! stands beside; neither is overwritten by the other.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::Date;
use rusqlite::types::Type;
use rusqlite::{Connection, Result as SqlResult, Row, params};

use crate::name::alike;

mod change;

/// That a document gives a person an office.
#[derive(Debug, Clone)]
struct Stated {
    row: String,
    document: u32,
    date: Option<Date>,
    person: u32,
    /// The person in the tables of actors.
    key: Option<String>,
    name: String,
    post: String,
    single: bool,
    standing: String,
    sector: String,
    organization: Option<String>,
    country: String,
    words: String,
}

/// What the tables of actors say of one office.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Term {
    from: Option<Date>,
    to: Option<Date>,
    person: String,
    name: String,
    office: String,
    /// Where the row stands, where it is from, when that was checked.
    source: String,
}

impl Term {
    fn includes(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from.first() <= date.last())
            && self.to.is_none_or(|to| date.first() <= to.last())
    }
}

impl Stated {
    /// Whom the office is held for: the body named with it, else the state.
    fn served(&self) -> &str {
        self.organization.as_deref().unwrap_or(&self.country)
    }

    fn is_held(&self) -> bool {
        self.standing == "held"
    }
}

/// What is stated of one office of one state or body.
struct Office {
    post: String,
    code: String,
    stated: Vec<Stated>,
    terms: Vec<Term>,
}

/// Write the tenures and their changes anew.
pub(crate) fn derive(connection: &Connection) -> SqlResult<()> {
    let mut number = 0;
    for office in offices(connection)? {
        let (sound, against) = office.beside_the_tables();
        for tenure in office.tenures() {
            write(connection, &tenure)?;
        }
        if office.stated.iter().any(|s| s.single) {
            let stints = office.stints(&sound);
            for change in change::changes(&office, &stints, &against) {
                number += 1;
                change.write(connection, number)?;
            }
        }
    }
    Ok(())
}

fn offices(connection: &Connection) -> SqlResult<Vec<Office>> {
    let mut select = connection.prepare(
        "SELECT r.id, r.document, d.date, n.person, p.\"key\", p.name, r.post, r.single, r.standing, r.sector,
                r.organization, r.country, r.quote
         FROM role r JOIN document d ON d.number = r.document
         JOIN naming n ON n.document = r.document AND n.name = r.person
         JOIN person p ON p.number = n.person
         ORDER BY r.document, r.rowid",
    )?;
    let rows = select.query_map([], |row| {
        Ok(Stated {
            row: row.get(0)?,
            document: row.get(1)?,
            date: date(row, 2)?,
            person: row.get(3)?,
            key: row.get(4)?,
            name: row.get(5)?,
            post: row.get(6)?,
            single: row.get(7)?,
            standing: row.get(8)?,
            sector: row.get(9)?,
            organization: row.get(10)?,
            country: row.get(11)?,
            words: row.get(12)?,
        })
    })?;
    let mut offices: BTreeMap<(String, String), Vec<Stated>> = BTreeMap::new();
    for stated in rows {
        let stated = stated?;
        offices.entry((stated.post.clone(), stated.served().to_owned())).or_default().push(stated);
    }
    let mut terms = terms(connection)?;
    let office = |((post, code), stated): ((String, String), Vec<Stated>)| {
        let terms = terms.remove(&(post.clone(), code.clone())).unwrap_or_default();
        Office { post, code, stated, terms: terms.into_iter().collect() }
    };
    Ok(offices.into_iter().map(office).collect())
}

type Terms = BTreeMap<(String, String), BTreeSet<Term>>;

fn terms(connection: &Connection) -> SqlResult<Terms> {
    let mut select = connection.prepare(
        "SELECT DISTINCT post, code, date_from, date_to, person, name, office,
                place || ': ' || source || coalesce('; checked ' || checked, '')
         FROM term",
    )?;
    let mut terms = Terms::new();
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        terms.entry((row.get(0)?, row.get(1)?)).or_default().insert(Term {
            from: date(row, 2)?,
            to: date(row, 3)?,
            person: row.get(4)?,
            name: row.get(5)?,
            office: row.get(6)?,
            source: row.get(7)?,
        });
    }
    Ok(terms)
}

fn date(row: &Row<'_>, column: usize) -> SqlResult<Option<Date>> {
    let text: Option<String> = row.get(column)?;
    let parse = |text: String| {
        text.parse().map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(e)))
    };
    text.map(parse).transpose()
}

impl Office {
    /// What is stated and may be so by the tables, and what they speak against, each as places in the list.
    fn beside_the_tables(&self) -> (Vec<&Stated>, Vec<&Stated>) {
        // "The former Prime Minister … Prime Minister Abe": who is said to have held it is not said to hold it.
        let past = |s: &Stated| {
            let same = |o: &&Stated| (o.document, o.person) == (s.document, s.person);
            self.stated.iter().filter(same).any(|o| o.standing == "former")
        };
        let held = self.stated.iter().filter(|s| s.single && s.is_held() && s.date.is_some() && !past(s));
        held.partition(|stated| !self.is_against(stated))
    }

    /// Whether the tables know the person in this office, but not on the day; or know another of another name on the day.
    fn is_against(&self, stated: &Stated) -> bool {
        let Some(day) = stated.date else { return false };
        let mut own = self.terms.iter().filter(|term| Some(&term.person) == stated.key.as_ref()).peekable();
        if own.peek().is_some() {
            return !own.any(|term| term.includes(day));
        }
        let others: Vec<&Term> = self.holders(day).collect();
        !others.is_empty() && !others.iter().any(|term| alike(&term.name, &stated.name))
    }

    /// Who held the office on the day by the tables, where they know since when.
    fn holders(&self, day: Date) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.from.is_some() && term.includes(day))
    }

    /// What is stated of each person, in one go or, of an office that only one holds at a time, parted where another held it.
    fn tenures(&self) -> Vec<Vec<&Stated>> {
        let mut groups: BTreeMap<(u32, &str), Vec<&Stated>> = BTreeMap::new();
        for stated in &self.stated {
            groups.entry((stated.person, &stated.standing)).or_default().push(stated);
        }
        let all: Vec<&Stated> = self.stated.iter().filter(|s| s.single && s.is_held()).collect();
        let mut tenures = Vec::new();
        for group in groups.into_values() {
            let parted = group[0].single && group[0].is_held();
            tenures.extend(if parted { self.part(group, &all) } else { vec![group] });
        }
        tenures.sort_by_key(|tenure| (first(tenure).map(Date::first), tenure[0].document));
        tenures
    }

    /// The tenures among dated statements of holders, in the order of their dates.
    fn stints<'a>(&self, sound: &[&'a Stated]) -> Vec<Vec<&'a Stated>> {
        let mut groups: BTreeMap<u32, Vec<&Stated>> = BTreeMap::new();
        for &stated in sound {
            groups.entry(stated.person).or_default().push(stated);
        }
        let mut stints: Vec<Vec<&Stated>> =
            groups.into_values().flat_map(|group| self.part(group, sound)).collect();
        stints.sort_by_key(|s| (first(s).map(Date::first), last(s).map(Date::last), s[0].document));
        stints
    }

    /// Part what is stated of one person where the tables have two terms, or where they know none and two documents name another
    /// holder between.
    fn part<'a>(&self, mut group: Vec<&'a Stated>, all: &[&Stated]) -> Vec<Vec<&'a Stated>> {
        group.sort_by_key(|s| (s.date.map(Date::first), s.document));
        let own: Vec<&Term> =
            self.terms.iter().filter(|t| Some(&t.person) == group[0].key.as_ref()).collect();
        let parted = |one: Date, two: Date| {
            if !own.is_empty() {
                return !own.iter().any(|term| term.includes(one) && term.includes(two))
                    && own.iter().any(|term| term.includes(one))
                    && own.iter().any(|term| term.includes(two))
                    && all.iter().any(|s| between(one, s, two) && s.person != group[0].person);
            }
            let others = all.iter().filter(|s| s.person != group[0].person && between(one, s, two));
            others.map(|s| s.document).collect::<BTreeSet<_>>().len() > 1
        };
        let mut parts: Vec<Vec<&Stated>> = Vec::new();
        for &stated in &group {
            let before = parts.last().and_then(|part| part.last()).copied();
            let dates = before.and_then(|b: &Stated| b.date).zip(stated.date);
            match parts.last_mut().filter(|_| !dates.is_some_and(|(one, two)| parted(one, two))) {
                Some(part) => part.push(stated),
                None => parts.push(vec![stated]),
            }
        }
        parts
    }
}

/// Whether something is stated after one day and before another.
fn between(one: Date, stated: &Stated, two: Date) -> bool {
    stated.date.is_some_and(|day| one.last() < day.first() && day.last() < two.first())
}

fn first(tenure: &[&Stated]) -> Option<Date> {
    tenure.iter().filter_map(|s| s.date).min_by_key(|date| date.first())
}

fn last(tenure: &[&Stated]) -> Option<Date> {
    tenure.iter().filter_map(|s| s.date).max_by_key(|date| date.last())
}

fn write(connection: &Connection, tenure: &[&Stated]) -> SqlResult<()> {
    let documents: BTreeSet<u32> = tenure.iter().map(|s| s.document).collect();
    let rows: Vec<&str> = tenure.iter().map(|s| s.row.as_str()).collect();
    let one = tenure[0];
    connection
        .prepare_cached("INSERT INTO tenure VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?
        .execute(params![
            one.person,
            one.post,
            one.standing,
            one.organization,
            one.country,
            one.sector,
            first(tenure).map(|d| d.to_string()),
            last(tenure).map(|d| d.to_string()),
            u32::try_from(documents.len()).unwrap_or(u32::MAX),
            rows.join("; "),
        ])
        .map(|_| ())
}
