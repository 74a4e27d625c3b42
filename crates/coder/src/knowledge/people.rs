//! Officials and the offices that they have held.

use chancery_model::Date;

use super::rows::{Rows, parts};
use super::table::{Cell, Problem, Row, Schema};

pub(crate) const PEOPLE: Schema = Schema {
    file: "actors/people.csv",
    columns: &[
        ("id", Cell::Required),
        ("office", Cell::Required),
        ("organization", Cell::Actor),
        ("from", Cell::Date),
        ("to", Cell::Date),
        ("name", Cell::Required),
        ("surname", Cell::Required),
        ("aliases", Cell::Text),
        ("country", Cell::State),
        ("gender", Cell::OneOf(&["", "f", "m"])),
        ("source", Cell::Required),
        ("checked", Cell::Date),
    ],
    key: 5,
};

/// The column of other names, `|` between them.
pub const ALIASES: usize = 7;

/// A table of people of these rows: path below `data/`, and text.
#[must_use]
pub fn table(rows: &[Vec<&str>]) -> (String, String) {
    (PEOPLE.file.to_owned(), PEOPLE.write(rows))
}

/// One office for one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term<'a> {
    /// As in `offices.csv` where it stands there.
    pub office: &'a str,
    /// Code of the body or international organisation served; empty where it is the state.
    pub organization: &'a str,
    /// When it began, if known.
    pub from: Option<Date>,
    /// When it ended, if it did and that is known.
    pub to: Option<Date>,
    /// Where the editors have it from.
    pub source: &'a str,
    /// When they last looked.
    pub checked: Option<Date>,
    /// Line of the table, sorted as [`check`](super::check()) asks.
    pub line: usize,
}

impl<'a> Term<'a> {
    fn of_cells(row: usize, cells: [&'a str; 12]) -> Self {
        let [_, office, organization, from, to, .., source, checked] = cells;
        let date = |cell: &str| cell.parse().ok();
        // The heading is line 1.
        Self {
            office,
            organization,
            from: date(from),
            to: date(to),
            source,
            checked: date(checked),
            line: row + 2,
        }
    }

    /// Whether it includes some day of a date; an end that is not known excludes none.
    #[must_use]
    pub fn includes(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from.first() <= date.last())
            && self.to.is_none_or(|to| date.first() <= to.last())
    }
}

/// An official.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person<'a> {
    /// Stable within the table: "xi-jinping".
    pub id: &'a str,
    /// Usual full name.
    pub name: &'a str,
    /// The part by which readouts call the person again: "Xi", "bin Salman".
    pub surname: &'a str,
    /// Other full names and spellings.
    pub aliases: Vec<&'a str>,
    /// Code of the country; the country of origin for those who serve an international organisation.
    pub country: &'a str,
    /// Whether English news call her "she", if the tables say.
    pub female: Option<bool>,
    /// In the order of the table; never empty.
    pub offices: Vec<Term<'a>>,
}

impl<'a> Person<'a> {
    /// Whether the table knows the country but no body other than the state that the person served.
    #[must_use]
    pub fn country_only(&self) -> bool {
        !self.country.is_empty() && self.offices.iter().all(|term| term.organization.is_empty())
    }

    /// The full names by which the person is known, the usual one first.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }

    /// The offices that may have been held on some day of `date`: terms without dates count as held.
    pub fn held(&self, date: Date) -> impl Iterator<Item = &Term<'a>> {
        self.offices.iter().filter(move |term| term.includes(date))
    }

    /// Code of whom the person served on that day: an international organisation, else the country.
    #[must_use]
    pub fn serves(&self, date: Date) -> &'a str {
        let code = self.held(date).map(|term| term.organization).find(|code| code.starts_with("IGO:"));
        code.unwrap_or(self.country)
    }

    /// The person whose first row has this number in a sorted table.
    pub(crate) fn of(rows: Rows<'a>, first: usize) -> Self {
        let [id, _, _, _, _, name, surname, aliases, country, gender] = rows.row(first).first();
        Self {
            id,
            name,
            surname,
            aliases: parts(aliases),
            country,
            female: match gender {
                "f" => Some(true),
                "m" => Some(false),
                _ => None,
            },
            offices: rows_of(rows, first).map(|(row, cells)| Term::of_cells(row, cells)).collect(),
        }
    }
}

/// The code of whom a row of the table tells that somebody served, and the office.
pub(crate) fn office<'a>(rows: Rows<'a>, row: usize) -> (&'a str, &'a str) {
    let [_, office, organization, _, _, _, _, _, country] = rows.row(row).first();
    (if organization.is_empty() { country } else { organization }, office)
}

/// The rows of the person whose first row this is, each with its number.
fn rows_of<'a>(rows: Rows<'a>, first: usize) -> impl Iterator<Item = (usize, [&'a str; 12])> {
    let id = rows.row(first).cell(0);
    let own = (first..rows.len()).take_while(move |&i| rows.row(i).cell(0) == id);
    own.map(move |i| (i, rows.row(i).first()))
}

/// Terms that end before they begin, and rows of one person that do not agree.
pub(crate) fn check(rows: &[Row]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut problem = |row: &Row, message: String| {
        problems.push(Problem { file: PEOPLE.file.to_owned(), line: row.line, message });
    };
    for row in rows {
        let date = |column: usize| row.fields[column].parse::<Date>().ok();
        if let (Some(from), Some(to)) = (date(3), date(4))
            && to.last() < from.first()
        {
            problem(row, format!("'to' {to} lies before 'from' {from}"));
        }
    }
    for pair in rows.windows(2) {
        let (before, row) = (&pair[0], &pair[1]);
        if before.fields[0] == row.fields[0] {
            for column in 5..=9 {
                if before.fields[column] != row.fields[column] {
                    let name = PEOPLE.columns[column].0;
                    let message = format!(
                        "'{name}' '{}' differs from '{}' on line {}, the same person",
                        row.fields[column], before.fields[column], before.line
                    );
                    problem(row, message);
                }
            }
        }
    }
    problems
}
