//! States and territories, and the words that stand for their governments.

use super::rows::{Cells, parts};
use super::table::{Cell, Schema};

pub(crate) const STATES: Schema = Schema {
    file: "actors/states.csv",
    columns: &[
        ("code", Cell::Required),
        ("name", Cell::Required),
        ("official_name", Cell::Text),
        ("aliases", Cell::Text),
        ("demonyms", Cell::Text),
        ("capital", Cell::Text),
        ("capital_dates", Cell::Text),
        ("alpha2", Cell::Text),
        ("numeric", Cell::Text),
        ("cow", Cell::Text),
        ("gw", Cell::Text),
        ("from", Cell::Date),
        ("to", Cell::Date),
        ("source", Cell::Required),
    ],
    key: 1,
};

pub(crate) const SEATS: Schema = Schema {
    file: "actors/seats.csv",
    columns: &[
        ("name", Cell::Required),
        ("code", Cell::Actor),
        ("body", Cell::Text),
        ("source", Cell::Required),
    ],
    key: 1,
};

/// A state or territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State<'a> {
    /// ISO 3166-1 alpha-3; `XKX` for Kosovo, `SCG` for what was Serbia and Montenegro until 2006.
    pub code: &'a str,
    /// Short name: "South Korea".
    pub name: &'a str,
    /// Further names, the official one among them.
    pub aliases: Vec<&'a str>,
    /// Adjectives and names of its people, singular: "Danish", "Dane".
    pub demonyms: Vec<&'a str>,
    /// Its capital and further spellings of it, the usual one first.
    pub capitals: Vec<&'a str>,
    /// ISO 3166-1 alpha-2; empty for those that have none.
    pub alpha2: &'a str,
    /// Whether it is, or was, a state of its own: one with a number in the COW state system.
    pub sovereign: bool,
}

impl<'a> State<'a> {
    pub(crate) fn of(row: Cells<'a>) -> Self {
        let [code, name, aliases, others, demonyms, capitals, _, alpha2, _, number] = row.first();
        Self {
            code,
            name,
            aliases: [parts(aliases), parts(others)].concat(),
            demonyms: parts(demonyms),
            capitals: parts(capitals),
            alpha2,
            sovereign: !number.is_empty(),
        }
    }

    /// The capital under its usual name.
    #[must_use]
    pub fn capital(&self) -> Option<&'a str> {
        self.capitals.first().copied()
    }

    /// Name and aliases.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

/// The plural of a demonym, where adding an s makes one: "Danes", but "Chinese" and "Danish" have none.
pub(crate) fn plural(demonym: &str) -> Option<String> {
    let none = ["ese", "ish", "ch", "s", "x", "ic", "man", "sh"];
    (!none.iter().any(|end| demonym.ends_with(end)) || demonym.ends_with("German"))
        .then(|| format!("{demonym}s"))
}
