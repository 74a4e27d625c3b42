//! `meetings`, `statements`, `events`, `roles`, `people`, `documents`.

use std::path::Path;

use anyhow::Result;
use chancery_corpus::{Corpus, Filter, Kind};
use chancery_formats::write::{TableFormat, write_rows};

use crate::Ended;
use crate::cli::{List, ListFormat, Listed};
use crate::output::{Output, complain};

impl From<Listed> for Kind {
    fn from(listed: Listed) -> Self {
        match listed {
            Listed::Meetings => Self::Meetings,
            Listed::Statements => Self::Statements,
            Listed::Events => Self::Events,
            Listed::Roles => Self::Roles,
            Listed::People => Self::People,
            Listed::Documents => Self::Documents,
        }
    }
}

impl From<ListFormat> for TableFormat {
    fn from(format: ListFormat) -> Self {
        match format {
            ListFormat::Table => Self::Table,
            ListFormat::Jsonl => Self::Jsonl,
            ListFormat::Csv => Self::Csv,
        }
    }
}

/// Rows of a command of its own, for reading or for programs; `note` is told where people read.
pub(super) fn rows(
    columns: &[&str],
    rows: &[Vec<serde_json::Value>],
    format: ListFormat,
    note: &str,
) -> Result<Ended> {
    let mut out = Output::new();
    if rows.is_empty() && format == ListFormat::Table {
        complain("nothing in the record answers to this");
    } else {
        out.write(&write_rows(columns, rows, format.into(), out.width()))?;
    }
    out.finish()?;
    if format == ListFormat::Table && !note.is_empty() {
        complain(note);
    }
    Ok(Ended::Well)
}

/// Says that there are no rows, and whom nobody knows of those who were asked for.
pub(super) fn nothing(corpus: &Corpus, persons: &[String]) -> Result<()> {
    let mut said = false;
    for unknown in persons.iter().map(|name| crate::answers::unknown(corpus, name)) {
        if let Some(words) = unknown? {
            complain(&crate::output::harmless(&words));
            said = true;
        }
    }
    if !said {
        complain("nothing in the record answers to this");
    }
    Ok(())
}

/// Every row of a kind, as a table.
pub(super) fn all(kind: Kind, record: &Path) -> Result<Ended> {
    print(&Corpus::read(record)?, kind, &Filter::default(), TableFormat::Table)
}

pub(super) fn list(kind: Kind, list: &List) -> Result<Ended> {
    let filter =
        Filter { country: list.country.clone(), person: list.person.clone(), from: list.from, to: list.to };
    print(&Corpus::read(&list.record.path)?, kind, &filter, list.format.into())
}

/// Everyone, one person through time, or what changes.
pub(super) fn people(name: Option<String>, changes: bool, mut list: List) -> Result<Ended> {
    let kind = match (&name, changes) {
        (_, true) => Kind::Changes,
        (Some(_), false) => Kind::Careers,
        (None, false) => Kind::People,
    };
    list.person = name.or(list.person);
    self::list(kind, &list)
}

fn print(corpus: &Corpus, kind: Kind, filter: &Filter, format: TableFormat) -> Result<Ended> {
    let listing = corpus.list(kind, filter)?;
    let mut out = Output::new();
    if listing.rows.is_empty() && format == TableFormat::Table {
        nothing(corpus, filter.person.as_slice())?;
    } else {
        out.write(&write_rows(listing.columns, &listing.rows, format, out.width()))?;
    }
    out.finish()?;
    Ok(Ended::Well)
}
