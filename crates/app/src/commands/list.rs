//! `meetings`, `statements`, `events`, `roles`, `people`, `documents`.

use anyhow::Result;
use chancery_corpus::{Corpus, Filter, Kind};
use chancery_formats::write::{TableFormat, write_rows};

use crate::Ended;
use crate::cli::{List, ListFormat};
use crate::output::{Output, complain};

pub(super) fn list(kind: Kind, list: &List) -> Result<Ended> {
    let corpus = Corpus::read(&list.record.path)?;
    let filter = Filter {
        country: list.country.as_ref().map(|code| canonical(code)),
        person: list.person.clone(),
        from: list.from,
        to: list.to,
    };
    let listing = corpus.list(kind, &filter)?;
    let format = match list.format {
        ListFormat::Table => TableFormat::Table,
        ListFormat::Jsonl => TableFormat::Jsonl,
        ListFormat::Csv => TableFormat::Csv,
    };
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
fn canonical(code: &str) -> String {
    if code.contains(':') { code.to_owned() } else { code.to_uppercase() }
}
