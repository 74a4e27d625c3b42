//! What pages ask for often, counted and laid out when links are made: totals, sides of meetings, texts by their parties.
//!
//! Derived like the links, and as old as they are.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Result as SqlResult, params};

/// The tables and indexes, made where they are not there yet.
pub(crate) const TABLES: &str = include_str!("tally.sql");

/// What is counted: its name, and whose rows.
pub(crate) const COUNTED: [(&str, &str); 8] = [
    ("documents", "document"),
    ("meetings", "encounter"),
    ("people", "person"),
    ("roles", "role"),
    ("statements", "statement"),
    ("events", "event"),
    ("silent", "sentence WHERE silent IS NOT NULL"),
    ("sentences", "sentence"),
];

/// Whether all of it is there.
pub(crate) fn is_kept(connection: &Connection) -> SqlResult<bool> {
    let last = "SELECT 1 FROM sqlite_schema WHERE name = 'formulary'";
    Ok(connection.query_row(last, [], |_| Ok(())).optional()?.is_some())
}

/// Write all of it anew; meetings, persons and happenings must be linked.
pub(crate) fn derive(connection: &Connection) -> SqlResult<()> {
    connection.execute_batch("DELETE FROM total; DELETE FROM extent;")?;
    for (name, rows) in COUNTED {
        connection.execute(&format!("INSERT INTO total SELECT ?1, count(*) FROM {rows}"), [name])?;
    }
    connection.execute_batch(
        "INSERT INTO extent SELECT document, min(nullif(date_from, '')), max(date_to) FROM event GROUP BY document;",
    )?;
    met(connection)
}

/// Write anew what rests on meetings alone.
pub(crate) fn met(connection: &Connection) -> SqlResult<()> {
    connection.execute_batch(
        "DELETE FROM side; DELETE FROM dyad; DELETE FROM report;
         REPLACE INTO total SELECT 'meetings', count(*) FROM encounter;
         INSERT OR IGNORE INTO side SELECT p.code, e.encounter FROM encounter_member e
           JOIN participant p ON p.\"row\" = e.meeting AND p.part = 'party' WHERE p.code <> '';",
    )?;
    dyads(connection)?;
    reports(connection)
}

/// Rows of one document are other ones now, so many more of some kinds, and no meeting or person is.
pub(crate) fn recount(connection: &Connection, document: u32, counts: &[(&str, i64)]) -> SqlResult<()> {
    if !is_kept(connection)? {
        return Ok(());
    }
    let mut update = connection.prepare("UPDATE total SET number = number + ?2 WHERE name = ?1")?;
    for (name, more) in counts {
        update.execute(params![name, more])?;
    }
    connection.execute("DELETE FROM extent WHERE document = ?1", [document])?;
    let own = "INSERT INTO extent SELECT document, min(nullif(date_from, '')), max(date_to) FROM event
               WHERE document = ?1 GROUP BY document";
    connection.execute(own, [document]).map(|_| ())
}

/// How often two met, and the first and the last date.
type Often = (u32, Option<String>, Option<String>);

fn dyads(connection: &Connection) -> SqlResult<()> {
    let mut select = connection.prepare(
        "SELECT s.encounter, s.code, e.date_from, e.date_to FROM side s JOIN encounter e ON e.number = s.encounter
         ORDER BY s.encounter, s.code",
    )?;
    let mut dyads: BTreeMap<(String, String), Often> = BTreeMap::new();
    let (mut last, mut before): (u32, Vec<String>) = (0, Vec::new());
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (encounter, code): (u32, String) = (row.get(0)?, row.get(1)?);
        let (from, to): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
        if encounter != last {
            (last, before) = (encounter, Vec::new());
        }
        for one in &before {
            let dyad = dyads.entry((one.clone(), code.clone())).or_default();
            dyad.0 += 1;
            dyad.1 = [dyad.1.take(), from.clone()].into_iter().flatten().min();
            dyad.2 = [dyad.2.take(), to.clone()].into_iter().flatten().max();
        }
        before.push(code);
    }
    let mut insert = connection.prepare("INSERT INTO dyad VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for ((one, other), (meetings, first, last)) in dyads {
        insert.execute(params![one, other, meetings, first, last])?;
    }
    Ok(())
}

fn reports(connection: &Connection) -> SqlResult<()> {
    let mut select = connection.prepare(
        "SELECT m.id, m.document, ifnull(d.date, ''), p.code FROM meeting m JOIN document d ON d.number = m.document
         LEFT JOIN participant p ON p.\"row\" = m.id AND p.part = 'party' AND p.code <> ''
         WHERE m.told = 'main' ORDER BY m.rowid",
    )?;
    let mut insert = connection.prepare("INSERT INTO report VALUES (?1, ?2, ?3, ?4)")?;
    let mut put = |meeting: Option<(String, u32, String)>, codes: &mut BTreeSet<String>| -> SqlResult<()> {
        if let Some((id, document, date)) = meeting {
            insert.execute(params![parties(&*codes), date, document, id])?;
        }
        codes.clear();
        Ok(())
    };
    let mut meeting: Option<(String, u32, String)> = None;
    let mut codes = BTreeSet::new();
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get_ref(0)?.as_str()?;
        if meeting.as_ref().is_none_or(|meeting| meeting.0 != id) {
            let next = (id.to_owned(), row.get(1)?, row.get(2)?);
            put(meeting.replace(next), &mut codes)?;
        }
        codes.extend(row.get::<_, Option<String>>(3)?);
    }
    put(meeting, &mut codes)
}

/// Parties as a report has them.
pub(crate) fn parties<'a>(codes: impl IntoIterator<Item = &'a String>) -> String {
    let codes: BTreeSet<&str> = codes.into_iter().map(String::as_str).collect();
    codes.into_iter().collect::<Vec<_>>().join(" ")
}
