//! Who says which stretch of a text: the content of each statement, under the speaker's name over all documents.

use std::collections::{BTreeMap, HashMap};

use chancery_model::{Participant, Span};
use rusqlite::{Connection, OptionalExtension, Result as SqlResult, params};
use serde::Deserialize;

use super::packing::{pack, unpacked};
use crate::load::parse;

/// A row of the table holds what is said in so many documents.
const DOCUMENTS: usize = 500;

/// Who says what in all texts; a person by name, a state or body that speaks without one by its code.
#[derive(Debug, Default)]
pub(super) struct Sayings {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
    /// By document.
    rows: Vec<Saying>,
    /// Where those of each document begin, by its number, as far as they are counted.
    begins: Vec<u32>,
}

/// That a stretch of a document is said by the speaker of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Saying {
    pub(super) document: u32,
    pub(super) span: Span,
    pub(super) speaker: u32,
}

impl Sayings {
    /// What is said in a document.
    pub(super) fn of(&self, document: u32) -> &[Saying] {
        let begin = |at: usize| self.begins.get(at).map_or(self.rows.len(), |&begin| begin as usize);
        let at = document as usize;
        &self.rows[begin(at)..begin(at + 1)]
    }

    /// Count where the rows of each document begin; they must be in order.
    fn counted(self) -> Self {
        let last = self.rows.last().map_or(0, |row| row.document as usize);
        let mut begins = vec![0; if self.rows.is_empty() { 0 } else { last + 2 }];
        self.rows.iter().for_each(|row| begins[row.document as usize + 1] += 1);
        let mut all = 0;
        for begin in &mut begins {
            all += *begin;
            *begin = all;
        }
        Self { begins, ..self }
    }

    /// The speakers, by number.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    fn put(&mut self, document: u32, span: Span, speaker: &str) {
        let speaker = self.number(speaker);
        self.rows.push(Saying { document, span, speaker });
    }

    fn number(&mut self, speaker: &str) -> u32 {
        if let Some(&number) = self.numbers.get(speaker) {
            return number;
        }
        let number = u32::try_from(self.names.len()).expect("fewer than 2^32 speakers");
        self.names.push(speaker.to_owned());
        self.numbers.insert(speaker.to_owned(), number);
        number
    }
}

/// What of a record tells it.
#[derive(Deserialize)]
struct Statements {
    statements: Vec<Said>,
}

#[derive(Deserialize)]
struct Said {
    speaker: Vec<Participant>,
    content: Vec<Span>,
}

pub(super) fn derive(connection: &Connection) -> SqlResult<()> {
    connection.execute_batch("DELETE FROM speech; DELETE FROM speaker")?;
    let sayings = read(connection, None)?;
    let mut rows = sayings.rows.as_slice();
    while let Some(first) = rows.first() {
        let (mut last, mut documents) = (first.document, 1);
        let more = rows.iter().take_while(|row| {
            documents += usize::from(row.document != last);
            last = row.document;
            documents <= DOCUMENTS
        });
        let (own, rest) = rows.split_at(more.count());
        put(connection, first.document, own, &sayings.names)?;
        rows = rest;
    }
    Ok(())
}

/// Write what is said in one document anew, where what is derived stands otherwise.
pub(super) fn anew(connection: &Connection, document: u32) -> SqlResult<()> {
    if !is_kept(connection)? {
        return Ok(());
    }
    let now = read(connection, Some(document))?;
    let mut of = Sayings::default();
    // The row that it is a part of, else the one that comes before all others.
    let row = "SELECT first, said FROM speech ORDER BY first <= ?1 DESC, abs(first - ?1) LIMIT 1";
    let row = connection.query_row(row, [document], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (first, said): (u32, Vec<u8>) = row.unwrap_or((document, Vec::new()));
    let names = speakers_by_number(connection)?;
    unpack(first, &said, |document, span, speaker| {
        names.get(&speaker).into_iter().for_each(|name| of.put(document, span, name));
    });
    of.rows.retain(|row| row.document != document);
    for row in &now.rows {
        of.put(document, row.span, &now.names[row.speaker as usize]);
    }
    of.rows.sort();
    connection.execute("DELETE FROM speech WHERE first = ?1", [first])?;
    put(connection, first.min(document), &of.rows, &of.names)
}

/// Write a row.
fn put(connection: &Connection, first: u32, rows: &[Saying], names: &[String]) -> SqlResult<()> {
    let mut add = connection.prepare_cached("INSERT OR IGNORE INTO speaker (name) VALUES (?1)")?;
    let mut find = connection.prepare_cached("SELECT number FROM speaker WHERE name = ?1")?;
    let mut numbers: HashMap<u32, u32> = HashMap::new();
    let (mut last, mut said) = (first, Vec::new());
    for row in rows {
        let number = match numbers.get(&row.speaker) {
            Some(&number) => number,
            None => {
                let name = &names[row.speaker as usize];
                add.execute([name])?;
                let number = find.query_row([name], |row| row.get(0))?;
                numbers.insert(row.speaker, number);
                number
            }
        };
        for fact in [row.document - last, row.span.start, row.span.end - row.span.start, number] {
            pack(fact, &mut said);
        }
        last = row.document;
    }
    connection.execute("INSERT INTO speech VALUES (?1, ?2)", params![first, said]).map(|_| ())
}

fn unpack(first: u32, said: &[u8], mut each: impl FnMut(u32, Span, u32)) {
    let (mut facts, mut document) = (unpacked(said), first);
    while let Some(more) = facts.next() {
        let mut next = || facts.next().unwrap_or_default();
        document += more;
        let start = next();
        each(document, Span { start, end: start + next() }, next());
    }
}

fn speakers_by_number(connection: &Connection) -> SqlResult<HashMap<u32, String>> {
    let mut select = connection.prepare("SELECT number, name FROM speaker")?;
    select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// As derived, else as the records tell it.
pub(super) fn load(connection: &Connection) -> SqlResult<Sayings> {
    if !is_kept(connection)? {
        return read(connection, None);
    }
    let names = speakers_by_number(connection)?;
    let mut sayings = Sayings::default();
    let mut known: Vec<Option<u32>> = Vec::new();
    let mut select = connection.prepare("SELECT first, said FROM speech ORDER BY first")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        unpack(row.get(0)?, row.get_ref(1)?.as_blob()?, |document, span, number| {
            let at = number as usize;
            if known.len() <= at {
                known.resize(at + 1, None);
            }
            let known = &mut known[at];
            let speaker = known.or_else(|| names.get(&number).map(|name| sayings.number(name)));
            *known = speaker;
            sayings.rows.extend(speaker.map(|speaker| Saying { document, span, speaker }));
        });
    }
    Ok(sayings.counted())
}

/// Whether what is derived for wordings is there and of these texts.
pub(super) fn is_kept(connection: &Connection) -> SqlResult<bool> {
    let kept = "SELECT 1 FROM setting WHERE name = 'linked' AND value <> 0
                AND EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'wording')
                AND EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'formulary')";
    Ok(connection.query_row(kept, [], |_| Ok(())).optional()?.is_some())
}

/// What all records tell, or that of one document.
fn read(connection: &Connection, only: Option<u32>) -> SqlResult<Sayings> {
    let mut names: BTreeMap<(u32, String), String> = BTreeMap::new();
    let one = |column: &str| only.map(|number| format!(" WHERE {column} = {number}")).unwrap_or_default();
    let mut select = connection.prepare(&format!(
        "SELECT n.document, n.name, p.name FROM naming n JOIN person p ON p.number = n.person{}",
        one("n.document")
    ))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        names.insert((row.get(0)?, row.get(1)?), row.get(2)?);
    }
    let mut sayings = Sayings::default();
    let mut select = connection.prepare(&format!(
        "SELECT number, coalesce(corrected, record) FROM document{} ORDER BY number",
        one("number")
    ))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let document: u32 = row.get(0)?;
        let record: Statements = parse(row, 1)?;
        for said in record.statements {
            for speaker in speakers(document, said.speaker, &names) {
                said.content.iter().for_each(|&span| sayings.put(document, span, &speaker));
            }
        }
    }
    sayings.rows.sort();
    sayings.rows.dedup();
    Ok(sayings.counted())
}

/// Persons, and of those that have none here, states and bodies.
fn speakers(
    document: u32,
    speakers: Vec<Participant>,
    names: &BTreeMap<(u32, String), String>,
) -> Vec<String> {
    let named: Vec<String> = speakers.iter().filter(|s| s.name.is_some()).map(|s| s.code.clone()).collect();
    let mut shown: Vec<String> = Vec::new();
    for speaker in speakers {
        match speaker.name {
            Some(name) => {
                let key = (document, name);
                shown.push(names.get(&key).cloned().unwrap_or(key.1));
            }
            None if !named.contains(&speaker.code) => shown.push(speaker.code),
            None => {}
        }
    }
    shown.sort();
    shown.dedup();
    shown
}
