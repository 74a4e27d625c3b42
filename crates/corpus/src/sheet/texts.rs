//! Which documents can hold a row that is asked for.

use rusqlite::Result as SqlResult;

use super::keys::{bind, table};
use crate::Corpus;
use crate::list::{Filter, Kind};

impl Corpus {
    /// The numbers of the documents that can hold a row of the kind, in order; of no kind, a row of any. None where the filter tells
    /// nothing of documents.
    pub(super) fn texts(&self, kind: Option<Kind>, filter: &Filter) -> SqlResult<Option<Vec<u32>>> {
        let mut sets = Vec::new();
        let kept = self.is_linked()?;
        if filter.country.is_some() {
            let layer =
                kind.map(|k| format!(" AND instr(\"row\", '.{}')", &table(k)[..1])).unwrap_or_default();
            let sql = format!(
                "SELECT DISTINCT document FROM participant WHERE code = :country{layer} ORDER BY document"
            );
            sets.push(self.numbers(&sql, filter)?);
        }
        if filter.person.is_some() {
            let sql = "SELECT DISTINCT n.document FROM naming n WHERE n.person IN
                         (SELECT person FROM spelling WHERE answers_to(name, :person)) ORDER BY n.document";
            sets.push(self.numbers(sql, filter)?);
        }
        if (filter.from.is_some() || filter.to.is_some()) && kind.is_some() {
            let (from, first, last) = match kind {
                Some(Kind::Events) if kept => ("extent", "date_from", "date_to"),
                Some(Kind::Events) => ("event", "date_from", "date_to"),
                _ => ("document", "ifnull(date, '')", "ifnull(date, '')"),
            };
            let number = if from == "document" { "number" } else { "document" };
            let dates = super::keys::dated(filter, first, last);
            let sql = format!("SELECT DISTINCT {number} FROM {from} WHERE 1{dates} ORDER BY {number}");
            sets.push(self.numbers(&sql, filter)?);
        }
        let common = |one: Vec<u32>, other: Vec<u32>| {
            one.into_iter().filter(|n| other.binary_search(n).is_ok()).collect::<Vec<u32>>()
        };
        Ok(sets.into_iter().reduce(common))
    }

    fn numbers(&self, sql: &str, filter: &Filter) -> SqlResult<Vec<u32>> {
        let mut select = self.connection.prepare(sql)?;
        bind(&mut select, filter, &[])?;
        let mut rows = select.raw_query();
        let mut numbers = Vec::new();
        while let Some(row) = rows.next()? {
            numbers.push(row.get(0)?);
        }
        Ok(numbers)
    }
}
