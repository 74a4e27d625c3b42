//! International organisations, parties, armed groups, companies and bodies.

use super::rows::{Cells, parts};
use super::table::{Cell, Schema};

pub(crate) const ORGANIZATIONS: Schema = Schema {
    file: "actors/organizations.csv",
    columns: &[
        ("code", Cell::Required),
        ("name", Cell::Required),
        ("aliases", Cell::Text),
        ("kind", Cell::OneOf(&["armed_force", "armed_group", "body", "company", "igo", "party"])),
        ("country", Cell::State),
        ("adjectives", Cell::Text),
        ("sector", Cell::Text),
        ("cameo", Cell::Text),
        ("from", Cell::Date),
        ("to", Cell::Date),
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

impl OrganizationKind {
    /// As the table writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::International => "igo",
            Self::Party => "party",
            Self::ArmedGroup => "armed_group",
            Self::Company => "company",
            Self::Body => "body",
        }
    }
}

/// An organisation that acts or holds offices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization<'a> {
    /// `IGO:<short name>` or `ORG:<name>`.
    pub code: &'a str,
    /// Full name.
    pub name: &'a str,
    aliases: &'a str,
    /// What it is.
    pub kind: OrganizationKind,
    /// Code of its home state; empty where it has none.
    pub country: &'a str,
    /// PLOVER sector: `REB`; empty where the table does not tell.
    pub sector: &'a str,
}

impl<'a> Organization<'a> {
    /// Abbreviations, other spellings, and organs that speak for it.
    #[must_use]
    pub fn aliases(&self) -> Vec<&'a str> {
        parts(self.aliases)
    }

    pub(crate) fn of(row: Cells<'a>) -> Self {
        let [code, name, aliases, kind, country, _, sector] = row.first();
        Self {
            code,
            name,
            aliases,
            kind: match kind {
                "igo" => OrganizationKind::International,
                "party" => OrganizationKind::Party,
                "armed_group" => OrganizationKind::ArmedGroup,
                "company" => OrganizationKind::Company,
                _ => OrganizationKind::Body,
            },
            country,
            sector,
        }
    }
}
