//! Who is who across documents.
//!
//! Names are of one person where the coder found the same person of the tables behind them, where a part of such a name holds the same
//! office of the same state, else where they are the same word for word, accents and case aside. Namesakes that serve different states stay apart: silence beats a guess.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Result as SqlResult, params};

use crate::name::{alike, fold};

/// A name in one document.
struct Naming {
    document: u32,
    name: String,
    /// In the tables of actors.
    key: Option<String>,
    /// State served; empty where the document does not tell, or it is none.
    state: String,
    /// The offices that only one person at a time holds and that the document gives the name.
    posts: Vec<String>,
}

/// What tells one person from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Known(String),
    /// Folded name, state.
    Named(Vec<String>, String),
}

/// Write the persons and their namings anew.
pub(crate) fn derive(connection: &Connection) -> SqlResult<()> {
    connection
        .execute_batch("DELETE FROM change; DELETE FROM tenure; DELETE FROM spelling; DELETE FROM naming; DELETE FROM person;")?;
    let usual = usual_names(connection)?;
    let mut persons: BTreeMap<Who, Vec<Naming>> = BTreeMap::new();
    for (who, naming) in told_apart(namings(connection)?) {
        persons.entry(who).or_default().push(naming);
    }
    let mut persons: Vec<(Who, Vec<Naming>)> = persons.into_iter().collect();
    persons.sort_by_key(|(_, namings)| namings.iter().map(|n| (n.document, n.name.clone())).min());
    let mut person = connection.prepare("INSERT INTO person (number, key, name) VALUES (?1, ?2, ?3)")?;
    let mut naming = connection.prepare("INSERT INTO naming VALUES (?1, ?2, ?3)")?;
    for (number, (who, namings)) in (1_u32..).zip(&persons) {
        let key = match who {
            Who::Known(key) => Some(key),
            Who::Named(..) => None,
        };
        let name = key.and_then(|key| usual.get(key)).unwrap_or_else(|| commonest(namings));
        person.execute(params![number, key, name])?;
        for n in namings {
            naming.execute(params![n.document, n.name, number])?;
        }
    }
    connection.execute_batch("INSERT INTO spelling SELECT DISTINCT person, name FROM naming")
}

/// Fill in where and as what each person is named, or those of one document; meetings must be linked.
pub(crate) fn count(connection: &Connection, document: Option<u32>) -> SqlResult<()> {
    let those = match document {
        Some(number) => {
            format!("WHERE a.number IN (SELECT n.person FROM naming n WHERE n.document = {number})")
        }
        None => String::new(),
    };
    connection.execute_batch(&format!(
        "UPDATE person SET code = f.code, offices = f.offices, meetings = f.meetings, statements = f.statements,
                documents = f.documents, first_date = f.first_date, last_date = f.last_date, sector = f.sector
         FROM (SELECT a.number AS number,
                      (SELECT group_concat(c.code, '; ')
                       FROM (SELECT DISTINCT q.code FROM appearances q WHERE q.number = a.number AND q.code <> '') c) AS code,
                      (SELECT group_concat(o.office, '; ')
                       FROM (SELECT DISTINCT r.office FROM appearances q JOIN role r ON r.id = q.id
                             WHERE q.number = a.number) o) AS offices,
                      count(DISTINCT CASE WHEN a.part = 'party' THEN e.encounter END) AS meetings,
                      count(DISTINCT CASE WHEN a.part = 'speaker' THEN a.id END) AS statements,
                      count(DISTINCT a.document) AS documents, min(a.date) AS first_date, max(a.date) AS last_date,
                      (SELECT group_concat(t.sector, '; ')
                       FROM (SELECT DISTINCT u.sector FROM tenure u
                             WHERE u.person = a.number AND u.sector <> '') t) AS sector
               FROM appearances a LEFT JOIN encounter_member e ON e.meeting = a.id {those} GROUP BY a.number) f
         WHERE f.number = person.number",
    ))
}

/// Each name of each document, with the state that its roles give, else any other row.
fn namings(connection: &Connection) -> SqlResult<Vec<Naming>> {
    let mut select = connection.prepare(
        "SELECT p.document, p.name, i.person,
                coalesce(max(CASE WHEN p.part = 'person' AND length(p.code) = 3 THEN p.code END),
                         max(CASE WHEN length(p.code) = 3 THEN p.code END), ''),
                (SELECT group_concat(r.post, '|') FROM role r
                 WHERE r.document = p.document AND r.person = p.name AND r.single)
         FROM participant p LEFT JOIN identity i ON i.document = p.document AND i.name = p.name
         WHERE p.name IS NOT NULL GROUP BY p.document, p.name ORDER BY p.document, p.name",
    )?;
    let rows = select.query_map([], |row| {
        let posts: Option<String> = row.get(4)?;
        let posts = posts.iter().flat_map(|posts| posts.split('|')).map(str::to_owned).collect();
        Ok(Naming { document: row.get(0)?, name: row.get(1)?, key: row.get(2)?, state: row.get(3)?, posts })
    })?;
    rows.collect()
}

/// The names under which the tables list persons.
fn usual_names(connection: &Connection) -> SqlResult<BTreeMap<String, String>> {
    let mut select = connection.prepare("SELECT DISTINCT person, name FROM term")?;
    select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn told_apart(namings: Vec<Naming>) -> Vec<(Who, Naming)> {
    let mut known: BTreeMap<(Vec<String>, String), BTreeSet<String>> = BTreeMap::new();
    let mut states: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
    for naming in &namings {
        let name = fold(&naming.name);
        if let Some(key) = &naming.key {
            known.entry((name.clone(), naming.state.clone())).or_default().insert(key.clone());
        }
        if !naming.state.is_empty() {
            states.entry(name).or_default().insert(naming.state.clone());
        }
    }
    let of_office = of_office(&namings);
    let who = |naming: &Naming| {
        let name = fold(&naming.name);
        // A name whose state is not told is that of the only one of the name.
        let only = states.get(&name).filter(|states| states.len() == 1).and_then(|states| states.first());
        let state = if naming.state.is_empty() { only } else { Some(&naming.state) };
        let state = state.cloned().unwrap_or_default();
        let key = naming.key.clone().or_else(|| {
            let keys = known.get(&(name.clone(), state.clone()))?;
            keys.first().filter(|_| keys.len() == 1).cloned()
        });
        let key = key.or_else(|| only_holder(&of_office, naming));
        key.map_or(Who::Named(name, state), Who::Known)
    };
    let all: Vec<Who> = namings.iter().map(who).collect();
    all.into_iter().zip(namings).collect()
}

type Holders<'a> = BTreeMap<(&'a str, &'a str), BTreeSet<(&'a str, &'a str)>>;

/// Of each single office of a state, the known persons whom documents give it, by key and name.
fn of_office(namings: &[Naming]) -> Holders<'_> {
    let mut holders = Holders::new();
    for naming in namings {
        if let Some(key) = &naming.key {
            for post in &naming.posts {
                holders.entry((post, &naming.state)).or_default().insert((key, &naming.name));
            }
        }
    }
    holders
}

/// "President Lopez Obrador": the one known person who is given the same office of the same state under a fuller name, or in other letters.
fn only_holder(holders: &Holders<'_>, naming: &Naming) -> Option<String> {
    let held = naming.posts.iter().filter_map(|post| holders.get(&(post.as_str(), naming.state.as_str())));
    let fits = held.flatten().filter(|(_, name)| alike(name, &naming.name));
    let keys: BTreeSet<&str> = fits.map(|(key, _)| *key).collect();
    keys.first().filter(|_| keys.len() == 1).map(|&key| key.to_owned())
}

/// The name that most documents give, of several the longest.
fn commonest(namings: &[Naming]) -> &String {
    let mut times: BTreeMap<&String, usize> = BTreeMap::new();
    for naming in namings {
        *times.entry(&naming.name).or_default() += 1;
    }
    let best = times.into_iter().max_by_key(|(name, times)| (*times, name.len(), *name));
    best.expect("a person is named").0
}
