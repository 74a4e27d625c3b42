//! The views of the record as tables, described by the page that documents them.

use anyhow::Result;
use chancery_corpus::{Corpus, Filter, Kind};
use chancery_formats::write::export::{Column, Kind as CellKind, Table};

/// The page that has a section for each view and a line for each column; a test of the record holds it to that.
const PAGE: &str = include_str!("../../../../../docs/schema.md");

/// A view with all its columns.
pub(super) fn table(corpus: &Corpus, kind: Kind, filter: &Filter) -> Result<Table> {
    let found = corpus.table(kind, filter)?;
    let section = PAGE.split("\n## ").find(|s| s.lines().next() == Some(kind.view())).unwrap_or_default();
    let column = |name: &String| {
        let line = section.lines().find_map(|line| line.strip_prefix(&format!("| `{name}` | ")));
        let about = line.map(|about| about.trim_end_matches(" |").replace("\\|", "|")).unwrap_or_default();
        let integer = kind.integers().contains(&name.as_str());
        Column::new(name, if integer { CellKind::Integer } else { CellKind::Text }, &about)
    };
    let title = section.split("\n\n").nth(1).unwrap_or_default().replace('\n', " ");
    Ok(Table::new(kind.view(), &title, found.columns.iter().map(column).collect(), found.rows))
}
