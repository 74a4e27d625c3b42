//! Who says which stretch of a text: the content of each statement, under the speaker's name over all documents.

use std::collections::{BTreeMap, HashMap};

use chancery_model::{Participant, Span};
use rusqlite::{Connection, OptionalExtension, Result as SqlResult, params};
use serde::Deserialize;

use crate::load::parse;

const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS saying (
      document INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, speaker TEXT NOT NULL,
      PRIMARY KEY (document, start, stop, speaker)) STRICT, WITHOUT ROWID;
    DELETE FROM saying;";

/// Who says what in all texts; a person by name, a state or body that speaks without one by its code.
#[derive(Debug, Default)]
pub(super) struct Sayings {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
    /// By document.
    rows: Vec<Saying>,
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
        let from = self.rows.partition_point(|row| row.document < document);
        let until = self.rows[from..].partition_point(|row| row.document == document);
        &self.rows[from..from + until]
    }

    /// The speakers, by number.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    fn put(&mut self, document: u32, span: Span, speaker: &str) {
        let speaker = match self.numbers.get(speaker) {
            Some(&number) => number,
            None => {
                let number = u32::try_from(self.names.len()).expect("fewer than 2^32 speakers");
                self.names.push(speaker.to_owned());
                self.numbers.insert(speaker.to_owned(), number);
                number
            }
        };
        self.rows.push(Saying { document, span, speaker });
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
    let sayings = read(connection, None)?;
    connection.execute_batch(TABLE)?;
    put(connection, &sayings)
}

/// Write what is said in one document anew, where what is derived stands otherwise.
pub(super) fn anew(connection: &Connection, document: u32) -> SqlResult<()> {
    if !is_kept(connection)? {
        return Ok(());
    }
    let sayings = read(connection, Some(document))?;
    connection.execute("DELETE FROM saying WHERE document = ?1", [document])?;
    put(connection, &sayings)
}

fn put(connection: &Connection, sayings: &Sayings) -> SqlResult<()> {
    let mut insert = connection.prepare("INSERT OR IGNORE INTO saying VALUES (?1, ?2, ?3, ?4)")?;
    for row in &sayings.rows {
        let speaker = &sayings.names[row.speaker as usize];
        insert.execute(params![row.document, row.span.start, row.span.end, speaker])?;
    }
    Ok(())
}

/// As derived, else as the records tell it.
pub(super) fn load(connection: &Connection) -> SqlResult<Sayings> {
    if !is_kept(connection)? {
        return read(connection, None);
    }
    let mut sayings = Sayings::default();
    let mut select = connection.prepare(
        "SELECT document, start, stop, speaker FROM saying ORDER BY document, start, stop, speaker",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (start, end): (u32, u32) = (row.get(1)?, row.get(2)?);
        sayings.put(row.get(0)?, Span { start, end }, row.get_ref(3)?.as_str()?);
    }
    Ok(sayings)
}

/// Whether what is derived for wordings is there and of these texts.
pub(super) fn is_kept(connection: &Connection) -> SqlResult<bool> {
    let kept = "SELECT 1 FROM setting WHERE name = 'linked' AND value <> 0
                AND EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'wording')
                AND EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'news')";
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
    Ok(sayings)
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
