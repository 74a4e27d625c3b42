//! The keys of the rows of a sheet, in their order, and the rows of keys.
//!
//! A `+` before a column keeps SQLite from entering by its index.

use std::collections::BTreeMap;

use rusqlite::types::Value as SqlValue;
use rusqlite::{OptionalExtension, Result as SqlResult, named_params, params_from_iter};
use serde_json::Value;

use crate::Corpus;
use crate::list::{Filter, Kind, value};
use crate::store::number_of;

/// The later of two vague dates begins not after the other ends: dates are compared to the precision that both have. The bounds by
/// year and by end say no more, but can be found in an index. What has no date is not between any.
pub(super) fn dated(filter: &Filter, first: &str, last: &str) -> String {
    let mut sql = String::new();
    if filter.from.is_some() {
        sql += &format!(" AND {last} >= substr(:from, 1, 4) AND {last} >= substr(:from, 1, length({last}))");
    }
    if filter.to.is_some() {
        sql += &format!(
            " AND {first} <> '' AND {first} <= :to || '~' AND substr({first}, 1, length(:to)) <= substr(:to, 1, length({first}))"
        );
    }
    sql
}

/// The date of a document as its index has it.
const DATE: &str = "ifnull(date, '')";

impl Corpus {
    /// The keys of up to so many rows after one.
    pub(super) fn keys(
        &self,
        kind: Kind,
        filter: &Filter,
        after: Option<&str>,
        size: usize,
    ) -> SqlResult<Vec<String>> {
        match kind {
            Kind::Statements | Kind::Events | Kind::Roles => self.keys_by_text(kind, filter, after, size),
            Kind::Documents => self.keys_of_documents(filter, after, size),
            Kind::Meetings => self.keys_of_meetings(filter, after, size),
            Kind::People => self.keys_of_people(filter, after, size),
            Kind::Doubts => self.keys_of_doubts(filter, after, size),
            _ => Ok(Vec::new()),
        }
    }

    fn keys_of_documents(&self, filter: &Filter, after: Option<&str>, size: usize) -> SqlResult<Vec<String>> {
        let after = match after.and_then(number_of) {
            Some(number) => self
                .connection
                .query_row(
                    "SELECT ifnull(date, ''), number FROM document WHERE number = ?1",
                    [number],
                    |row| Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?)),
                )
                .optional()?,
            None => None,
        };
        let holds = self.texts(None, filter)?;
        let sql = format!(
            "SELECT number FROM document WHERE (:none OR (ifnull(date, ''), number) < (:date, :number)){}
             ORDER BY ifnull(date, '') DESC, number DESC",
            dated(filter, DATE, DATE)
        );
        let (date, number) = after.clone().unwrap_or_default();
        let mut select = self.connection.prepare(&sql)?;
        bind(
            &mut select,
            filter,
            &[(":none", after.is_none().into()), (":date", date.into()), (":number", number.into())],
        )?;
        let mut rows = select.raw_query();
        let mut keys = Vec::new();
        while let Some(row) = rows.next()? {
            let number: u32 = row.get(0)?;
            if holds.as_ref().is_none_or(|h| h.binary_search(&number).is_ok()) {
                keys.push(format!("d{number}"));
                if keys.len() == size {
                    break;
                }
            }
        }
        Ok(keys)
    }

    fn keys_of_meetings(&self, filter: &Filter, after: Option<&str>, size: usize) -> SqlResult<Vec<String>> {
        let after: Option<u32> = after.and_then(|a| a.strip_prefix('M')?.parse().ok());
        let mut sql = "SELECT number FROM encounter WHERE (:after IS NULL OR (ifnull(date_from, ''), number)
                 < (SELECT ifnull(x.date_from, ''), x.number FROM encounter x WHERE x.number = :after))"
            .to_owned();
        sql += &dated(filter, "date_from", "date_to");
        if filter.country.is_some() {
            sql += " AND EXISTS (SELECT 1 FROM side s WHERE s.code = :country AND s.encounter = number)";
        }
        if filter.person.is_some() {
            sql += &format!(
                " AND number IN (SELECT m.encounter FROM encounter_member m WHERE m.meeting IN ({}))",
                rows_of_person('m')
            );
        }
        sql += " ORDER BY ifnull(date_from, '') DESC, number DESC LIMIT :size";
        self.collected(&sql, filter, &[(":after", after.into()), (":size", (size as i64).into())], "M")
    }

    fn keys_of_people(&self, filter: &Filter, after: Option<&str>, size: usize) -> SqlResult<Vec<String>> {
        let after: Option<u32> = after.and_then(|a| a.parse().ok());
        let mut sql = "SELECT s.number FROM person s WHERE (:after IS NULL OR (s.name, s.number)
                 > (SELECT x.name, x.number FROM person x WHERE x.number = :after))"
            .to_owned();
        if filter.country.is_some() {
            sql += " AND instr('; ' || s.code || '; ', '; ' || :country || '; ')";
        }
        if filter.person.is_some() {
            sql += " AND s.number IN (SELECT person FROM spelling WHERE answers_to(name, :person))";
        }
        sql += &dated(filter, "s.first_date", "s.last_date");
        sql += " ORDER BY s.name, s.number LIMIT :size";
        self.collected(&sql, filter, &[(":after", after.into()), (":size", (size as i64).into())], "")
    }

    fn keys_of_doubts(&self, filter: &Filter, after: Option<&str>, size: usize) -> SqlResult<Vec<String>> {
        const ORDER: &str = "ifnull(confidence, 101), disputed IS NULL, document, rowid";
        let mut sql = format!(
            "SELECT id FROM event e WHERE (:after IS NULL OR ({ORDER}) > (SELECT {ORDER} FROM event x WHERE x.id = :after))"
        );
        sql += " AND NOT EXISTS (SELECT 1 FROM correction c WHERE c.\"row\" = e.id AND c.undone IS NULL)";
        // In the order of doubt, each event is looked at until there are enough; those of a person are few and sorted at last.
        sql += &dated(filter, "+date_from", "+date_to");
        let mut order = ORDER;
        if filter.person.is_some() {
            sql += &format!(" AND e.id IN ({})", rows_of_person('e'));
            order = "+ifnull(confidence, 101), disputed IS NULL, document, rowid";
        }
        if filter.country.is_some() {
            sql += &of_country("e");
        }
        sql += &format!(" ORDER BY {order} LIMIT :size");
        let after = after.map(str::to_owned);
        self.collected(&sql, filter, &[(":after", after.into()), (":size", (size as i64).into())], "")
    }

    /// Rows of documents, text by text.
    fn keys_by_text(
        &self,
        kind: Kind,
        filter: &Filter,
        after: Option<&str>,
        size: usize,
    ) -> SqlResult<Vec<String>> {
        let table = table(kind);
        let document = after.and_then(number_of).unwrap_or(0);
        let start: i64 = match after {
            Some(id) => self
                .connection
                .query_row(&format!("SELECT rowid FROM {table} WHERE id = ?1"), [id], |row| row.get(0))
                .optional()?
                .unwrap_or(0),
            None => 0,
        };
        let Some(texts) = self.texts(Some(kind), filter)? else {
            let sql = format!(
                "SELECT id FROM {table} WHERE (document, rowid) > (:document, :start) ORDER BY document, rowid LIMIT :size"
            );
            let from =
                [(":document", document.into()), (":start", start.into()), (":size", (size as i64).into())];
            return self.collected(&sql, filter, &from, "");
        };
        let dates =
            if kind == Kind::Events { dated(filter, "t.date_from", "t.date_to") } else { String::new() };
        let sql = format!(
            "SELECT t.id FROM {table} t WHERE t.document = :document AND (:document > :from_document OR t.rowid > :start)
             {}{dates} ORDER BY t.rowid",
            taking_part(filter)
        );
        let mut keys = Vec::new();
        let mut select = self.connection.prepare(&sql)?;
        for text in texts.into_iter().filter(|&text| text >= document) {
            let more =
                [(":document", text.into()), (":from_document", document.into()), (":start", start.into())];
            bind(&mut select, filter, &more)?;
            let mut rows = select.raw_query();
            while let Some(row) = rows.next()? {
                keys.push(row.get(0)?);
                if keys.len() == size {
                    return Ok(keys);
                }
            }
        }
        Ok(keys)
    }

    fn collected(
        &self,
        sql: &str,
        filter: &Filter,
        more: &[(&str, SqlValue)],
        prefix: &str,
    ) -> SqlResult<Vec<String>> {
        let mut select = self.connection.prepare(sql)?;
        bind(&mut select, filter, more)?;
        let mut rows = select.raw_query();
        let mut keys = Vec::new();
        while let Some(row) = rows.next()? {
            let key: SqlValue = row.get(0)?;
            keys.push(match key {
                SqlValue::Integer(number) => format!("{prefix}{number}"),
                SqlValue::Text(text) => text,
                _ => String::new(),
            });
        }
        Ok(keys)
    }

    /// The rows of these keys, in the order of the keys.
    pub(super) fn rows_of(
        &self,
        kind: Kind,
        columns: &[&str],
        keys: &[String],
    ) -> SqlResult<Vec<Vec<Value>>> {
        let (key, number) = match kind {
            Kind::Documents | Kind::Meetings => ("number", 1),
            Kind::People => ("number", 0),
            _ => ("id", usize::MAX),
        };
        let quoted: Vec<String> = columns.iter().map(|name| format!("\"{name}\"")).collect();
        let marks = vec!["?"; keys.len()].join(", ");
        let sql =
            format!("SELECT {key}, {} FROM {} WHERE {key} IN ({marks})", quoted.join(", "), kind.view());
        let given = keys.iter().map(|k| match number {
            usize::MAX => SqlValue::from(k.clone()),
            prefix => SqlValue::from(k[prefix..].parse::<i64>().unwrap_or(0)),
        });
        let mut select = self.connection.prepare(&sql)?;
        let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let mut rows = select.query(params_from_iter(given))?;
        while let Some(row) = rows.next()? {
            let own = match row.get::<_, SqlValue>(0)? {
                SqlValue::Integer(n) => n.to_string(),
                SqlValue::Text(text) => text,
                _ => String::new(),
            };
            let values = (1..=columns.len()).map(|at| row.get_ref(at).map(value));
            found.insert(own, values.collect::<SqlResult<_>>()?);
        }
        let own = |k: &String| if number == usize::MAX { k.clone() } else { k[number..].to_owned() };
        Ok(keys.iter().filter_map(|k| found.remove(&own(k))).collect())
    }
}

/// The table below a view of rows of documents.
pub(super) fn table(kind: Kind) -> &'static str {
    match kind {
        Kind::Statements => "statement",
        Kind::Roles => "role",
        _ => "event",
    }
}

fn taking_part(filter: &Filter) -> String {
    let mut sql = String::new();
    if filter.country.is_some() {
        sql += &of_country("t");
    }
    if filter.person.is_some() {
        sql += " AND EXISTS (SELECT 1 FROM participant p WHERE p.\"row\" = t.id AND answers_to(p.name, :person))";
    }
    sql
}

/// That the country takes part in the row of a table: one look into the index by country, document and row.
fn of_country(table: &str) -> String {
    format!(
        " AND EXISTS (SELECT 1 FROM participant p WHERE p.code = :country AND p.document = {table}.document AND p.\"row\" = {table}.id)"
    )
}

/// The ids of the rows of a kind, by its letter, in which somebody who is called so takes part.
fn rows_of_person(letter: char) -> String {
    format!(
        "SELECT p.\"row\" FROM participant p WHERE p.name IN (SELECT name FROM spelling WHERE answers_to(name, :person))
         AND instr(p.\"row\", '.{letter}')"
    )
}

/// Binds what the filter and the query name.
pub(super) fn bind(
    select: &mut rusqlite::Statement<'_>,
    filter: &Filter,
    more: &[(&str, SqlValue)],
) -> SqlResult<()> {
    let (from, to) = (filter.from.map(|d| d.to_string()), filter.to.map(|d| d.to_string()));
    for (name, value) in named_params! {
        ":country": filter.country, ":person": filter.person, ":from": from, ":to": to
    } {
        if let Some(at) = select.parameter_index(name)? {
            select.raw_bind_parameter(at, value)?;
        }
    }
    for (name, value) in more {
        if let Some(at) = select.parameter_index(name)? {
            select.raw_bind_parameter(at, value)?;
        }
    }
    Ok(())
}
