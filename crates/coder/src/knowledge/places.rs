//! Places: where they lie, and when a name in a text may be taken for one.

use super::rows::Cells;
use super::table::{Cell, Problem, Row, Schema};

pub(crate) const PLACES: Schema = Schema {
    file: "actors/places.csv",
    columns: &[
        ("name", Cell::Required),
        ("country", Cell::State),
        ("admin", Cell::Text),
        ("kind", Cell::OneOf(&["city", "unit", "region", "venue", "water"])),
        ("population", Cell::Number),
        ("latitude", Cell::Degrees(90)),
        ("longitude", Cell::Degrees(180)),
        ("aliases", Cell::Text),
        ("found", Cell::OneOf(&["", "in", "state"])),
        ("source", Cell::Required),
    ],
    key: 3,
};

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A town.
    City,
    /// A first-order unit that is a place as a town is: its name may be a part of others, "Chukotka Autonomous Area".
    Unit,
    /// A province, a part of a state, or a part of the world, whose name is always its own.
    Region,
    /// A building or estate where people meet.
    Venue,
    /// A sea, strait or canal.
    Water,
}

/// How much of its sentence a name needs to be taken for the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// Nothing but its capital letter: "Sochi".
    Alone,
    /// A word of place before it: "in Evian".
    In,
    /// Its state or first-order unit after it: "Reading, England".
    State,
}

/// What a text says around a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Around<'a> {
    /// Nothing of use.
    Nothing,
    /// "in" or "at" stands before it, or it is a dateline.
    In,
    /// These words stand after it, parted by a comma: "Guyana" in "Georgetown, Guyana".
    Before(&'a str),
}

/// A place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place<'a> {
    /// Its name.
    pub name: &'a str,
    /// Code of its country; empty for what lies in none or in several.
    pub country: &'a str,
    /// Name of the first-order unit of that country that it lies in, if known.
    pub admin: &'a str,
    /// What it is.
    pub kind: PlaceKind,
    /// How many people live there, if known.
    pub population: Option<u64>,
    /// Latitude and longitude in degrees (WGS 84), if known.
    pub coordinates: Option<(f64, f64)>,
    /// How much of its sentence its name needs.
    pub found: Found,
}

impl<'a> Place<'a> {
    pub(crate) fn of(row: Cells<'a>) -> Self {
        let [name, country, admin, kind, population, latitude, longitude, _, found] = row.first();
        Self {
            name,
            country,
            admin,
            kind: match kind {
                "city" => PlaceKind::City,
                "unit" => PlaceKind::Unit,
                "region" => PlaceKind::Region,
                "venue" => PlaceKind::Venue,
                _ => PlaceKind::Water,
            },
            population: population.parse().ok(),
            coordinates: latitude.parse().ok().zip(longitude.parse().ok()),
            found: match found {
                "in" => Found::In,
                "state" => Found::State,
                _ => Found::Alone,
            },
        }
    }
}

/// Rows that give half of a position.
pub(crate) fn check(rows: &[Row]) -> Vec<Problem> {
    let half = |row: &&Row| row.fields[5].is_empty() != row.fields[6].is_empty();
    let problem = |row: &Row| {
        let (there, missing) =
            if row.fields[5].is_empty() { ("longitude", "latitude") } else { ("latitude", "longitude") };
        let message = format!("'{there}' stands without '{missing}'; give both or none");
        Problem { file: PLACES.file.to_owned(), line: row.line, message }
    };
    rows.iter().filter(half).map(problem).collect()
}
