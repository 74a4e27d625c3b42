//! Offices and honorifics.

use super::rows::Cells;
use super::table::{Cell, Schema};

pub(crate) const OFFICES: Schema = Schema {
    file: "actors/offices.csv",
    columns: &[
        ("phrase", Cell::Required),
        ("sector", Cell::OneOf(&["BUS", "GOV", "IGO", "JUD", "LEG", "MIL", "OTH", "PTY", "REL"])),
        ("level", Cell::OneOf(&["1", "2", "3", "4", "5"])),
        ("scope", Cell::OneOf(&["any", "organization", "party", "state"])),
        ("kind", Cell::OneOf(&["honorific", "office"])),
        ("post", Cell::Text),
        ("example", Cell::Text),
        ("source", Cell::Required),
    ],
    key: 1,
};

/// Whom an office can serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A state.
    State,
    /// A party.
    Party,
    /// Any organisation.
    Organization,
    /// A state or an organisation.
    Any,
}

/// An office as readouts write it, without its state or body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Office<'a> {
    /// Lower case, singular: "deputy prime minister".
    pub phrase: &'a str,
    /// PLOVER sector: `GOV`, `MIL`, `LEG`, `JUD`, `PTY`, `IGO`, `REL`, `BUS`, `OTH`.
    pub sector: &'a str,
    /// 1 for heads of state and government to 5.
    pub level: u8,
    /// Whom it can serve.
    pub scope: Scope,
    /// Whether it is a form of address ("his majesty") and no office.
    pub honorific: bool,
    /// One name for all phrases of an office that only one person at a time holds of a state, or of an international organisation:
    /// "foreign minister" of "minister of foreign affairs and trade". Empty where several may.
    pub post: &'a str,
}

/// An office of which nothing is read as yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Title<'a>(pub(super) Cells<'a>);

impl<'a> Title<'a> {
    /// As [`Office::level`].
    pub(crate) fn level(self) -> u8 {
        level(self.0.cell(2))
    }

    /// As [`Office::post`].
    pub(crate) fn post(self) -> &'a str {
        self.0.cell(5)
    }

    /// As [`Office::honorific`].
    pub(crate) fn is_honorific(self) -> bool {
        self.0.cell(4) == "honorific"
    }
}

fn level(cell: &str) -> u8 {
    cell.parse().unwrap_or(5)
}

impl<'a> Office<'a> {
    pub(crate) fn of(row: Cells<'a>) -> Self {
        let [phrase, sector, level, scope, honorific, post] = row.first();
        Self {
            phrase,
            sector,
            level: self::level(level),
            scope: match scope {
                "state" => Scope::State,
                "party" => Scope::Party,
                "organization" => Scope::Organization,
                _ => Scope::Any,
            },
            honorific: honorific == "honorific",
            post,
        }
    }
}
