//! Places and the countries that they are in.

use super::table::{Cell, Row, Schema};

pub(crate) const PLACES: Schema = Schema {
    file: "actors/places.csv",
    columns: &[
        ("name", Cell::Required),
        ("country", Cell::State),
        ("kind", Cell::OneOf(&["city", "region", "venue", "water"])),
        ("population", Cell::Number),
        ("source", Cell::Required),
    ],
    key: 1,
};

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A town.
    City,
    /// A province, a part of a state, or a part of the world.
    Region,
    /// A building or estate where people meet.
    Venue,
    /// A sea, strait or canal.
    Water,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Code of its country; empty for what lies in none or in several.
    pub country: String,
    /// What it is.
    pub kind: PlaceKind,
}

impl Place {
    pub(crate) fn of(row: &Row) -> Self {
        Self {
            name: row.fields[0].clone(),
            country: row.fields[1].clone(),
            kind: match row.fields[2].as_str() {
                "city" => PlaceKind::City,
                "region" => PlaceKind::Region,
                "venue" => PlaceKind::Venue,
                _ => PlaceKind::Water,
            },
        }
    }
}
