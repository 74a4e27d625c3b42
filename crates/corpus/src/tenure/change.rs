//! Successions and contradictions in one office.

use std::collections::BTreeMap;

use chancery_model::Date;
use rusqlite::{Connection, Result as SqlResult, params};

use super::{Office, Stated, Term, first, last};

/// What is stated of one person in an office: from when to when, in which words.
struct Side {
    name: String,
    from: Date,
    to: Date,
    words: String,
}

/// One after another, one beside another, or one whom the tables do not have there.
pub(super) struct Change {
    kind: &'static str,
    post: String,
    code: String,
    before: Side,
    after: Option<Side>,
    tables: Vec<String>,
}

/// The changes in an office: stints that follow each other, stints that overlap, and what the tables speak against.
pub(super) fn changes(office: &Office, stints: &[Vec<&Stated>], against: &[&Stated]) -> Vec<Change> {
    let mut changes = Vec::new();
    let change = |kind, before, after, tables| Change {
        kind,
        post: office.post.clone(),
        code: office.code.clone(),
        before,
        after,
        tables,
    };
    for (i, one) in stints.iter().enumerate() {
        for other in stints[i + 1..].iter().filter(|other| other[0].person != one[0].person) {
            if let (Some((from, to)), Some((begin, end))) = (span(one), span(other))
                && overlap((from, to), (begin, end))
            {
                let beside = |s: &&Stated| s.date.is_some_and(|d| from <= d.last() && d.first() <= to);
                let words = other.iter().copied().filter(beside).collect::<Vec<_>>();
                let within = |s: &&Stated| s.date.is_some_and(|d| begin <= d.last() && d.first() <= end);
                let near: Vec<&Stated> = one.iter().copied().filter(within).collect();
                let near = if near.is_empty() { one.clone() } else { near };
                if let (Some(before), Some(after)) =
                    (side(one, near.first().copied()), side(other, words.first().copied()))
                {
                    let tables = said(office, &[(one[0], begin), (other[0], begin)]);
                    changes.push(change("overlap", before, Some(after), tables));
                }
            }
        }
    }
    for pair in stints.windows(2) {
        let (one, other) = (&pair[0], &pair[1]);
        if let (Some(before), Some(after)) = (span(one), span(other))
            && one[0].person != other[0].person
            && !overlap(before, after)
            && let (Some(a), Some(b)) = (side(one, one.last().copied()), side(other, other.first().copied()))
        {
            let tables = said(office, &[(one[0], before.1), (other[0], after.0)]);
            changes.push(change("succession", a, Some(b), tables));
        }
    }
    let mut persons: BTreeMap<u32, Vec<&Stated>> = BTreeMap::new();
    for &stated in against {
        persons.entry(stated.person).or_default().push(stated);
    }
    for stated in persons.values() {
        let Some(day) = first(stated) else { continue };
        let own = office.terms.iter().filter(|term| Some(&term.person) == stated[0].key.as_ref());
        let mut tables: Vec<String> = own.map(row).collect();
        tables.extend(office.holders(day).map(row));
        tables.dedup();
        if let Some(before) = side(stated, stated.first().copied()) {
            changes.push(change("tables", before, None, tables));
        }
    }
    changes
}

/// First and last day on which a stint is stated.
fn span(stint: &[&Stated]) -> Option<(Date, Date)> {
    first(stint).map(Date::first).zip(last(stint).map(Date::last))
}

/// Whether two spans share more than the day of a handover.
fn overlap(one: (Date, Date), other: (Date, Date)) -> bool {
    one == other || one.1 > other.0 && other.1 > one.0
}

/// What is stated of a stint, with the words of one of its rows.
fn side(stint: &[&Stated], of: Option<&Stated>) -> Option<Side> {
    let of = of?;
    Some(Side {
        name: of.name.clone(),
        from: first(stint)?,
        to: last(stint)?,
        words: format!("{} \"{}\"", of.row, of.words.split_whitespace().collect::<Vec<_>>().join(" ")),
    })
}

/// The terms of these persons, each for its day.
fn said(office: &Office, of: &[(&Stated, Date)]) -> Vec<String> {
    let nearest = |(stated, day): &(&Stated, Date)| {
        let own = office.terms.iter().filter(|term| Some(&term.person) == stated.key.as_ref());
        own.min_by_key(|term| !term.includes(*day))
    };
    of.iter().filter_map(nearest).map(row).collect()
}

fn row(term: &Term) -> String {
    let date = |date: Option<Date>| date.map(|d| d.to_string()).unwrap_or_default();
    format!("{} {} {}/{} ({})", term.name, term.office, date(term.from), date(term.to), term.source)
}

impl Change {
    pub(super) fn write(&self, connection: &Connection, number: u32) -> SqlResult<()> {
        let after = self.after.as_ref();
        connection
            .prepare_cached(
                "INSERT INTO change VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(params![
                number,
                self.kind,
                self.post,
                self.code,
                self.before.name,
                self.before.from.to_string(),
                self.before.to.to_string(),
                self.before.words,
                after.map(|s| &s.name),
                after.map(|s| s.from.to_string()),
                after.map(|s| s.to.to_string()),
                after.map(|s| &s.words),
                (!self.tables.is_empty()).then(|| self.tables.join("; ")),
            ])
            .map(|_| ())
    }
}
