//! States and territories, and the words that stand for their governments.

use super::table::{Cell, Row, Schema};

pub(crate) const STATES: Schema = Schema {
    file: "actors/states.csv",
    columns: &[
        ("code", Cell::Required),
        ("name", Cell::Required),
        ("official_name", Cell::Text),
        ("aliases", Cell::Text),
        ("demonyms", Cell::Text),
        ("capital", Cell::Text),
        ("source", Cell::Required),
    ],
    key: 1,
};

pub(crate) const SEATS: Schema = Schema {
    file: "actors/seats.csv",
    columns: &[("name", Cell::Required), ("code", Cell::Actor), ("source", Cell::Required)],
    key: 1,
};

/// A state or territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// ISO 3166-1 alpha-3; `XKX` for Kosovo, `SCG` for what was Serbia and Montenegro until 2006.
    pub code: String,
    /// Short name: "South Korea".
    pub name: String,
    /// Further names, the official one among them.
    pub aliases: Vec<String>,
    /// Adjectives and names of its people, singular: "Danish", "Dane".
    pub demonyms: Vec<String>,
    /// Its capital and further spellings of it, the usual one first.
    pub capitals: Vec<String>,
}

impl State {
    pub(crate) fn of(row: &Row) -> Self {
        let list = |column| row.list(column).map(str::to_owned).collect();
        let mut aliases: Vec<String> = list(2);
        aliases.extend(row.list(3).map(str::to_owned));
        Self {
            code: row.fields[0].clone(),
            name: row.fields[1].clone(),
            aliases,
            demonyms: list(4),
            capitals: list(5),
        }
    }

    /// The capital under its usual name.
    #[must_use]
    pub fn capital(&self) -> Option<&str> {
        self.capitals.first().map(String::as_str)
    }

    /// Name and aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }
}

/// The plural of a demonym, where adding an s makes one: "Danes", but "Chinese" and "Danish" have none.
pub(crate) fn plural(demonym: &str) -> Option<String> {
    let none = ["ese", "ish", "ch", "s", "x", "ic", "man", "sh"];
    (!none.iter().any(|end| demonym.ends_with(end)) || demonym.ends_with("German"))
        .then(|| format!("{demonym}s"))
}
