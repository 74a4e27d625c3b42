//! International organisations, parties, armed groups, companies and bodies.

use super::table::{Cell, Row, Schema};

pub(crate) const ORGANIZATIONS: Schema = Schema {
    file: "actors/organizations.csv",
    columns: &[
        ("code", Cell::Required),
        ("name", Cell::Required),
        ("aliases", Cell::Text),
        ("kind", Cell::OneOf(&["armed_group", "body", "company", "igo", "party"])),
        ("country", Cell::State),
        ("adjectives", Cell::Text),
        ("source", Cell::Required),
    ],
    key: 1,
};

/// What an organisation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrganizationKind {
    /// Of states: its code begins with `IGO:`.
    International,
    /// A political party.
    Party,
    /// A group under arms that is no state's force.
    ArmedGroup,
    /// A company.
    Company,
    /// Any other body: a parliament, a commission, a charity.
    Body,
}

/// An organisation that acts or holds offices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// `IGO:<short name>` or `ORG:<name>`.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Abbreviations, other spellings, and organs that speak for it.
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: OrganizationKind,
    /// Code of its home state; empty where it has none.
    pub country: String,
    /// Adjectives made of its name: "European" is none, since it says too little.
    pub adjectives: Vec<String>,
}

impl Organization {
    pub(crate) fn of(row: &Row) -> Self {
        let list = |column| row.list(column).map(str::to_owned).collect();
        Self {
            code: row.fields[0].clone(),
            name: row.fields[1].clone(),
            aliases: list(2),
            kind: match row.fields[3].as_str() {
                "igo" => OrganizationKind::International,
                "party" => OrganizationKind::Party,
                "armed_group" => OrganizationKind::ArmedGroup,
                "company" => OrganizationKind::Company,
                _ => OrganizationKind::Body,
            },
            country: row.fields[4].clone(),
            adjectives: list(5),
        }
    }

    /// Every word for it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).chain(&self.adjectives).map(String::as_str)
    }
}
