//! The table of corrections, and the rows of a document laid out with them.

use std::collections::BTreeSet;

use chancery_model::{Document, Party, Record, Span};
use rusqlite::{Connection, OptionalExtension, Result as SqlResult, Row as SqlRow, Transaction, params};
use serde_json::Value;

use super::apply::{Applied, apply};
use super::row::rows;
use super::{Correction, Layer, Row, Verdict};
use crate::claims::topical;
use crate::link::Stale;
use crate::load::parse;
use crate::rows::Rows;
use crate::store::json;
use crate::{happening, people, tally, wording};

const COLUMNS: &str = "number, \"key\", name, layer, verdict, who, made, found, given, note, settles, undone, \"row\", counts, words";

/// The corrections that meet a condition, by number.
pub(super) fn read(
    connection: &Connection,
    condition: &str,
    values: impl rusqlite::Params,
) -> SqlResult<Vec<Correction>> {
    let sql = format!("SELECT {COLUMNS} FROM correction WHERE {condition} ORDER BY number");
    let mut select = connection.prepare(&sql)?;
    select.query_map(values, correction)?.collect()
}

/// All that was ever said of a text, as far as it fits it.
pub(super) fn of_text(connection: &Connection, key: &str, text: &str) -> SqlResult<Vec<Correction>> {
    let mut said = read(connection, "\"key\" = ?1", [key])?;
    said.retain(|c| [&c.found, &c.given].into_iter().flatten().all(|row| row.check(text).is_ok()));
    Ok(said)
}

fn correction(row: &SqlRow<'_>) -> SqlResult<Correction> {
    let wrong = |column: usize, what: String| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, what.into())
    };
    let word = |column: usize| row.get::<_, String>(column);
    let layer = Layer::of(&word(3)?).ok_or_else(|| wrong(3, "no such layer".to_owned()))?;
    let verdict = Verdict::of(&word(4)?).ok_or_else(|| wrong(4, "no such verdict".to_owned()))?;
    let judged = |column: usize| -> SqlResult<Option<Row>> {
        if row.get_ref(column)? == rusqlite::types::ValueRef::Null {
            return Ok(None);
        }
        let value: Value = parse(row, column)?;
        Row::parse(layer, &value).map(Some).map_err(|e| wrong(column, e))
    };
    let (found, given) = (judged(7)?, judged(8)?);
    if found.is_none() && given.is_none() {
        return Err(wrong(7, "a correction of nothing".to_owned()));
    }
    Ok(Correction {
        number: row.get(0)?,
        key: row.get(1)?,
        name: row.get(2)?,
        verdict,
        who: row.get(5)?,
        made: row.get(6)?,
        found,
        given,
        note: row.get(9)?,
        settles: row.get(10)?,
        undone: row.get(11)?,
        row: row.get(12)?,
        counts: row.get(13)?,
        words: row.get(14)?,
    })
}

/// Keep a correction under the next number.
pub(super) fn insert(connection: &Connection, correction: &Correction) -> SqlResult<u32> {
    let c = correction;
    connection
        .prepare_cached(
            "INSERT INTO correction (number, \"key\", name, layer, verdict, who, made, found, given, note, settles, undone)
             VALUES ((SELECT ifnull(max(number), 0) + 1 FROM correction), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            c.key,
            c.name,
            c.layer().word(),
            c.verdict.word(),
            c.who,
            c.made,
            c.found.as_ref().map(json),
            c.given.as_ref().map(json),
            c.note,
            c.settles,
            c.undone,
        ])?;
    Ok(u32::try_from(connection.last_insert_rowid()).expect("fewer than 2^32 corrections"))
}

/// A document of the record with what its rows are laid out from.
pub(super) struct Page {
    pub(super) number: u32,
    pub(super) document: Document,
    /// What the machine found.
    pub(super) machine: Record,
    /// What the rows are now.
    pub(super) record: Record,
    pub(super) sentences: Vec<Span>,
    pub(super) key: String,
}

pub(super) fn page(connection: &Connection, number: u32) -> SqlResult<Option<Page>> {
    let read = |row: &SqlRow<'_>| {
        let document =
            Document { id: row.get(0)?, source: parse(row, 1)?, text: row.get(2)?, blocks: parse(row, 3)? };
        Ok(Page {
            number,
            document,
            machine: parse(row, 4)?,
            record: parse(row, 5)?,
            sentences: Vec::new(),
            key: row.get(6)?,
        })
    };
    let sql = "SELECT name, source, text, blocks, record, coalesce(corrected, record), \"key\" FROM document WHERE number = ?1";
    let Some(mut page) = connection.query_row(sql, [number], read).optional()? else { return Ok(None) };
    let mut select =
        connection.prepare("SELECT start, stop FROM sentence WHERE document = ?1 ORDER BY number")?;
    let spans = select.query_map([number], |row| Ok(Span { start: row.get(0)?, end: row.get(1)? }))?;
    page.sentences = spans.collect::<SqlResult<_>>()?;
    Ok(Some(page))
}

/// The record that the rows of a text are laid out from; none of its own where nobody said anything of it.
pub(crate) fn layout(
    transaction: &Transaction<'_>,
    key: &str,
    document: &Document,
    machine: &Record,
    sentences: &[Span],
) -> SqlResult<Option<Record>> {
    let corrections = of_text(transaction, key, &document.text)?;
    if corrections.is_empty() {
        return Ok(None);
    }
    let Applied { record, bearing } = apply(machine, sentences, &corrections);
    let number: u32 =
        transaction.query_row("SELECT number FROM document WHERE \"key\" = ?1", [key], |row| row.get(0))?;
    let mut update = transaction.prepare_cached(
        "UPDATE correction SET \"row\" = ?2, counts = ?3, words = ?4, start = ?5, stop = ?6 WHERE number = ?1",
    )?;
    for correction in &corrections {
        let (row, counts) = &bearing[&correction.number];
        let spans = correction.anchor().words();
        let words: Vec<&str> = spans.iter().filter_map(|span| document.text.get(range(*span))).collect();
        let (start, stop) =
            (spans.iter().map(|span| span.start).min(), spans.iter().map(|span| span.end).max());
        update.execute(params![
            correction.number,
            format!("d{number}.{row}"),
            counts,
            words.join(" … "),
            start,
            stop
        ])?;
    }
    transaction
        .execute("UPDATE document SET corrected = ?2 WHERE number = ?1", params![number, json(&record)])?;
    Ok(Some(record))
}

fn range(span: Span) -> std::ops::Range<usize> {
    span.start as usize..span.end as usize
}

/// Lay the rows of a document out anew, after something was said of them; links are stale where they rest on what changed.
pub(crate) fn lay_out(transaction: &Transaction<'_>, number: u32) -> SqlResult<()> {
    let Some(page) = page(transaction, number)? else { return Ok(()) };
    let Page { document, machine, record: before, sentences, key, .. } = &page;
    let after = layout(transaction, key, document, machine, sentences)?.unwrap_or_else(|| machine.clone());
    if after == *before {
        return Ok(());
    }
    // Rows are put back under the same ids: what refers to them is looked at when all is done.
    transaction.pragma_update(None, "defer_foreign_keys", true)?;
    for table in ["role", "meeting", "statement", "event", "participant", "provenance"] {
        transaction.execute(&format!("DELETE FROM {table} WHERE document = ?1"), [number])?;
    }
    Rows { transaction, document, number }.again(sentences, &after)?;
    let known = happening::of_document(transaction, number)?;
    unlink(transaction, number, before, &after)?;
    let mut stale = stale(before, &after);
    if stale == Stale::Events && Stale::of(transaction)? == Stale::Nothing {
        happening::again(transaction, number, known)?;
        stale = Stale::Nothing;
    }
    stale.mark(transaction)?;
    if stale != Stale::All {
        people::count(transaction, Some(number))?;
        wording::said_anew(transaction, number)?;
        topical::anew(transaction, number)?;
        let more = |of: fn(&Record) -> usize| of(&after) as i64 - of(before) as i64;
        let counts = [
            ("statements", more(|r| r.statements.len())),
            ("silent", more(|r| r.silent.len())),
            ("events", more(|r| r.events.len())),
        ];
        tally::recount(transaction, number, &counts)?;
    }
    Ok(())
}

/// What must be derived anew, once this record has become that.
fn stale(before: &Record, after: &Record) -> Stale {
    let differ = |layer| {
        let said = |record| rows(record, layer).into_iter().map(|row| (row.id().to_owned(), row.fields()));
        !said(before).eq(said(after))
    };
    if differ(Layer::Role) || named(before) != named(after) {
        Stale::All
    } else if differ(Layer::Meeting) {
        Stale::Meetings
    } else if differ(Layer::Event) {
        Stale::Events
    } else {
        Stale::Nothing
    }
}

/// Who is named in a record, and for whom.
fn named(record: &Record) -> BTreeSet<(String, String)> {
    let parties: Vec<_> = record.meetings.iter().flat_map(|m| &m.parties).map(Party::participants).collect();
    let said = record.statements.iter().flat_map(|s| [&s.speaker, &s.holder, &s.addressee]);
    let done = record.events.iter().flat_map(|e| [&e.actor, &e.recipient]);
    let all = parties.iter().chain(said).chain(done).flatten();
    all.filter_map(|who| Some((who.name.clone()?, who.code.clone()))).collect()
}

/// Let nothing that is derived refer to rows that are gone; the rest stands until it is derived anew.
fn unlink(transaction: &Transaction<'_>, number: u32, before: &Record, after: &Record) -> SqlResult<()> {
    let ids = |record: &Record, layer| {
        rows(record, layer).iter().map(|row| format!("d{number}.{}", row.id())).collect::<BTreeSet<_>>()
    };
    for id in ids(before, Layer::Meeting).difference(&ids(after, Layer::Meeting)) {
        for sql in [
            "DELETE FROM bond WHERE meeting = ?1",
            "UPDATE happening SET encounter = NULL WHERE encounter IN
               (SELECT encounter FROM encounter_member WHERE meeting = ?1) AND encounter NOT IN
               (SELECT encounter FROM encounter_member WHERE meeting <> ?1)",
            "DELETE FROM bond WHERE encounter IN (SELECT encounter FROM encounter_member WHERE meeting = ?1)
               AND encounter NOT IN (SELECT encounter FROM encounter_member WHERE meeting <> ?1)",
        ] {
            transaction.execute(sql, [id])?;
        }
        let encounter: Option<u32> = transaction
            .query_row("SELECT encounter FROM encounter_member WHERE meeting = ?1", [id], |row| row.get(0))
            .optional()?;
        transaction.execute("DELETE FROM encounter_member WHERE meeting = ?1", [id])?;
        transaction.execute(
            "DELETE FROM encounter WHERE number = ?1 AND number NOT IN (SELECT encounter FROM encounter_member)",
            [encounter],
        )?;
    }
    for id in ids(before, Layer::Event).difference(&ids(after, Layer::Event)) {
        for sql in [
            "DELETE FROM happening_member WHERE event = ?1",
            "UPDATE happening SET event = (SELECT m.event FROM happening_member m WHERE m.happening = number LIMIT 1)
             WHERE event = ?1 AND number IN (SELECT happening FROM happening_member)",
            "DELETE FROM happening WHERE event = ?1",
        ] {
            transaction.execute(sql, [id])?;
        }
    }
    Ok(())
}
