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

/// Every row of a kind, as a table.
pub(super) fn all(kind: Kind, record: &Path) -> Result<Ended> {
    print(&Corpus::read(record)?, kind, &Filter::default(), TableFormat::Table)
}

pub(super) fn list(kind: Kind, list: &List) -> Result<Ended> {
    let filter = Filter {
        country: list.country.as_ref().map(|code| canonical(code)),
        person: list.person.clone(),
        from: list.from,
        to: list.to,
    };
    let format = match list.format {
        ListFormat::Table => TableFormat::Table,
        ListFormat::Jsonl => TableFormat::Jsonl,
        ListFormat::Csv => TableFormat::Csv,
    };
    print(&Corpus::read(&list.record.path)?, kind, &filter, format)
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
        complain("nothing in the record answers to this");
    } else {
        out.write(&write_rows(listing.columns, &listing.rows, format, out.width()))?;
    }
    out.finish()?;
    Ok(Ended::Well)
}

/// State codes are upper-case; the short names of organisations keep their case.
pub(super) fn canonical(code: &str) -> String {
    if code.contains(':') { code.to_owned() } else { code.to_uppercase() }
}
