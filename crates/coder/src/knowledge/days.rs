//! When terms of office ran and whose they were, as numbers: who served on a day is found without reading rows.

use chancery_model::Date;

use super::rows::{number, u32_of};
use super::table::Row;

/// For each row of `people.csv` the number of its person's first row, and from when to when the term ran.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Days<'a>(&'a [u8]);

/// Numbers of one row.
const WIDTH: usize = 3;

/// A day that does not come: where the beginning is not known, no day counts; where the end is not, none is too late.
const NEVER: usize = u32::MAX as usize;

impl<'a> Days<'a> {
    /// The days in these bytes; none where the bytes hold none.
    pub(crate) fn of(bytes: &'a [u8]) -> Option<Self> {
        bytes.len().is_multiple_of(4 * WIDTH).then_some(Self(bytes))
    }

    /// The rows of the person of this first row whose terms include some day of a date, by terms whose beginning is known.
    pub(crate) fn on(self, first: usize, date: Date) -> impl Iterator<Item = usize> + use<'a> {
        let rows = self.0.get(4 * WIDTH * first..).unwrap_or_default().as_chunks::<{ 4 * WIDTH }>().0;
        let cell = |row: &[u8], column: usize| number(row, column).unwrap_or(NEVER);
        let own = (first..).zip(rows).take_while(move |(_, row)| cell(*row, 0) == first);
        let (from, to) = (ordinal(date.first()), ordinal(date.last()));
        own.filter(move |(_, row)| cell(*row, 1) <= to && from <= cell(*row, 2)).map(|(number, _)| number)
    }

    /// The days of rows as bytes; the rows of one person stand together.
    pub(crate) fn compile(rows: &[Row]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut first = 0;
        for (number, row) in rows.iter().enumerate() {
            if rows[first].fields[0] != row.fields[0] {
                first = number;
            }
            let date = |column: usize| row.fields[column].parse::<Date>().ok();
            let from = date(3).map_or(NEVER, |from| ordinal(from.first()));
            let to = date(4).map_or(NEVER, |to| ordinal(to.last()));
            bytes.extend([first, from, to].into_iter().flat_map(|n| u32_of(n).to_le_bytes()));
        }
        bytes
    }
}

/// A number for a day, greater for later days.
fn ordinal(day: Date) -> usize {
    let (year, month, day) = day.parts();
    let year = usize::try_from(year).unwrap_or_default();
    (year * 16 + usize::from(month.unwrap_or_default())) * 32 + usize::from(day.unwrap_or_default())
}
