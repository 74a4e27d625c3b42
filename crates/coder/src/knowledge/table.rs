//! CSV tables with their line numbers, and the checks that every table shares.

use std::fmt;

use chancery_model::Date;

/// What is wrong in a data file: where, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Path of the file below `data/`: `actors/states.csv`.
    pub file: String,
    /// 1-based line.
    pub line: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// What a column may hold.
#[derive(Debug, Clone, Copy)]
pub enum Cell {
    /// Anything.
    Text,
    /// Anything but nothing.
    Required,
    /// Nothing, or a date of day, month or year precision.
    Date,
    /// Nothing, or a whole number.
    Number,
    /// Nothing, or degrees from minus to plus so many, with decimals.
    Degrees(u8),
    /// One of these words; nothing only if it is among them.
    OneOf(&'static [&'static str]),
    /// Nothing, or the code of a state in `states.csv`.
    State,
    /// Nothing, or the code of a state or of an organisation in `organizations.csv`.
    Actor,
}

/// The shape of a table: its file, its columns, and how many of the first ones must differ from row to row.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// Path below `data/`.
    pub file: &'static str,
    /// Name and content of each column, in order.
    pub columns: &'static [(&'static str, Cell)],
    /// A row is told from others by its first `key` columns.
    pub key: usize,
}

impl Schema {
    /// Whether a file is this table, by the end of its path.
    pub(crate) fn is_of(&self, path: &str) -> bool {
        let name = |p: &str| p.rsplit(['/', '\\']).next().map(str::to_owned);
        name(path) == name(self.file)
    }

    /// Rows as CSV under the header.
    pub(crate) fn write(&self, rows: &[Vec<&str>]) -> String {
        let mut out = csv::Writer::from_writer(Vec::new());
        let header: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        let written = std::iter::once(&header).chain(rows).try_for_each(|row| out.write_record(row));
        let text = written.ok().and_then(|()| out.into_inner().ok()).unwrap_or_default();
        String::from_utf8(text).unwrap_or_default()
    }
}

/// One row and the line on which it starts.
#[derive(Debug, Clone)]
pub struct Row {
    /// 1-based line.
    pub line: usize,
    /// Its fields, as many as the schema has columns.
    pub fields: Vec<String>,
}

impl Row {
    /// The parts of a field that are separated by `|`.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &str> {
        self.fields[column].split('|').map(str::trim).filter(|part| !part.is_empty())
    }
}

/// The codes that cells may refer to.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    /// Of states.
    pub states: Vec<String>,
    /// Of organisations.
    pub organizations: Vec<String>,
}

/// Read a table: its sound rows, and what is wrong with header and widths.
#[must_use]
pub fn read(schema: &Schema, text: &str) -> (Vec<Row>, Vec<Problem>) {
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    let mut problem = |line: usize, message: String| {
        problems.push(Problem { file: schema.file.to_owned(), line, message });
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let header: Vec<&str> = schema.columns.iter().map(|(name, _)| *name).collect();
    let mut first = true;
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, |p| usize::try_from(p.line()).unwrap_or(1));
                problem(line, "not UTF-8; save the file as UTF-8".to_owned());
                continue;
            }
        };
        let line = record.position().map_or(1, |p| usize::try_from(p.line()).unwrap_or(1));
        if std::mem::take(&mut first) {
            if record.iter().ne(header.iter().copied()) {
                problem(line, format!("the header must be '{}'", header.join(",")));
            }
        } else if record.len() == header.len() {
            rows.push(Row { line, fields: record.iter().map(|f| f.trim().to_owned()).collect() });
        } else {
            problem(line, format!("{} columns where the header has {}", record.len(), header.len()));
        }
    }
    (rows, problems)
}

/// Check every row of a table against its schema: cells, order, repeated keys.
#[must_use]
pub fn check(schema: &Schema, rows: &[Row], codes: &Codes) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut problem = |line: usize, message: String| {
        problems.push(Problem { file: schema.file.to_owned(), line, message });
    };
    for row in rows {
        for ((name, cell), value) in schema.columns.iter().zip(&row.fields) {
            if let Some(message) = cell_problem(name, *cell, value, codes) {
                problem(row.line, message);
            }
        }
    }
    for pair in rows.windows(2) {
        let (before, row) = (&pair[0], &pair[1]);
        if before.fields[..schema.key] == row.fields[..schema.key] {
            problem(row.line, format!("'{}' stands on line {} already", row.fields[0], before.line));
        } else if before.fields > row.fields {
            let message = format!(
                "'{}' comes before '{}' in a sorted file; move the row",
                row.fields[0], before.fields[0]
            );
            problem(row.line, message);
        }
    }
    problems
}

fn cell_problem(name: &str, cell: Cell, value: &str, codes: &Codes) -> Option<String> {
    match cell {
        Cell::Text => None,
        Cell::Required => value.is_empty().then(|| format!("'{name}' is empty")),
        Cell::OneOf(words) => unknown(name, value, words.iter().copied()),
        _ if value.is_empty() => None,
        Cell::Number => value
            .parse::<u64>()
            .is_err()
            .then(|| format!("'{name}' {value} is no whole number; write digits only")),
        Cell::Degrees(most) => {
            value.parse::<f64>().ok().is_none_or(|d| d.abs() > f64::from(most)).then(|| {
                format!("'{name}' {value} is no degree; write one from -{most} to {most}, such as 47.38")
            })
        }
        Cell::Date => value.parse::<Date>().is_err().then(|| format!("'{name}' {value} {}", no_date(value))),
        Cell::State => unknown(name, value, codes.states.iter().map(String::as_str)),
        Cell::Actor => {
            unknown(name, value, codes.states.iter().chain(&codes.organizations).map(String::as_str))
        }
    }
}

fn unknown<'a>(name: &str, value: &str, valid: impl Iterator<Item = &'a str> + Clone) -> Option<String> {
    if valid.clone().any(|v| v == value) {
        return None;
    }
    let hint = match did_you_mean(value, valid.clone()) {
        Some(hint) => hint,
        None if valid.clone().count() < 10 => {
            format!("; write one of {}", valid.collect::<Vec<_>>().join(", "))
        }
        None => String::new(),
    };
    Some(format!("'{name}' '{value}' is unknown{hint}"))
}

fn no_date(value: &str) -> String {
    let mut parts = value.splitn(3, '-').map(|p| p.parse::<u8>().unwrap_or(0));
    let year: Option<i16> = value.get(..4).and_then(|y| y.parse().ok());
    parts.next();
    let near = match (year, parts.next(), parts.next()) {
        (Some(y), Some(m @ 1..=12), Some(29..)) => Date::month(y, m).map(Date::last),
        _ => None,
    };
    near.map_or_else(
        || "is no date; write YYYY-MM-DD, YYYY-MM or YYYY".to_owned(),
        |d| format!("is no date; did you mean {d}?"),
    )
}

/// The valid value that takes the fewest changes of one letter; among equals one of the same letters, then the first in order; none
/// where all are far.
#[must_use]
pub fn nearest<'a>(value: &str, valid: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let best = valid.map(|v| (distance(value, v), letters(v) != letters(value), v)).min()?;
    (best.0 <= 1 + value.chars().count() / 3).then_some(best.2)
}

/// `; did you mean 'city'?`, if a valid value is near.
pub(crate) fn did_you_mean<'a>(value: &str, valid: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest(value, valid).map(|near| format!("; did you mean '{near}'?"))
}

/// How many letters must be added, dropped, replaced or swapped with their neighbour to make one word the other
/// (optimal string alignment).
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let above = &rows[i - 1];
            let replaced = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}
