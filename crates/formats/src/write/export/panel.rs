//! Panels: how many events of each kind between two states, or of one, in each month; a true zero is told from no coverage.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Date, Modality};
use serde_json::{Value, json};

use super::dyads::pairs;
use super::event::Event;
use super::table::{Column, Kind, Table};

/// What a row of a panel is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// An actor, a recipient and a month.
    DyadMonth,
    /// A state and a month.
    CountryMonth,
}

/// What the counting needs to know beyond the events.
pub struct Frame<'a> {
    /// How many documents are dated in a month (`2031-03`).
    pub documents: &'a BTreeMap<String, u32>,
    /// The PLOVER types and their quad classes, in the order of the columns.
    pub types: &'a [(String, u8)],
    /// The number of a state among the Correlates of War in a month.
    pub cow: &'a dyn Fn(&str, Date) -> Option<u16>,
}

type Month = (i16, u8);
/// How often a unit has each type in each month, and the roles that it has in them.
type Counts<'a> = BTreeMap<(Vec<&'a str>, Month), Count<'a>>;

#[derive(Debug, Default)]
struct Count<'a> {
    types: BTreeMap<&'a str, u64>,
    as_actor: u64,
    as_recipient: u64,
}

/// The panel of the events that happened within one month: a row for each unit that has any event and each month from the first to
/// the last that has an event or a document.
///
/// A month is covered where a document of the record is dated in it. In other months what was not counted is not zero but unknown:
/// the cell is empty. What later documents tell of such a month is counted there all the same.
#[must_use]
pub fn panel(events: &[Event], unit: Unit, frame: &Frame<'_>) -> Table {
    let counts = count(events, unit);
    let units: BTreeSet<&Vec<&str>> = counts.keys().map(|(unit, _)| unit).collect();
    let documents = frame.documents.keys().filter_map(|month| month_of(month));
    let months: BTreeSet<Month> = counts.keys().map(|(_, month)| *month).chain(documents).collect();
    let none = Count::default();
    let mut rows = Vec::new();
    for unit_codes in units {
        for month in
            months.first().zip(months.last()).into_iter().flat_map(|(&first, &last)| through(first, last))
        {
            let count = counts.get(&(unit_codes.clone(), month)).unwrap_or(&none);
            rows.push(row(unit_codes, month, count, unit, frame));
        }
    }
    let (name, title) = match unit {
        Unit::DyadMonth => ("dyad_month", "An actor, a recipient and a month."),
        Unit::CountryMonth => ("country_month", "A state or organisation and a month."),
    };
    Table::new(name, title, columns(unit, frame.types), rows)
}

fn count(events: &[Event], unit: Unit) -> Counts<'_> {
    let mut counts = Counts::new();
    for event in events.iter().filter(|event| event.modality == Modality::Happened) {
        let Some(month) = event.month else { continue };
        match unit {
            Unit::DyadMonth => {
                for (actor, recipient) in pairs(event) {
                    let count = counts.entry((vec![actor, recipient], month)).or_default();
                    *count.types.entry(&event.plover).or_default() += 1;
                }
            }
            Unit::CountryMonth => {
                let units = |actors: &'_ [super::Actor]| -> BTreeSet<String> {
                    actors.iter().filter_map(|a| a.unit().map(str::to_owned)).collect()
                };
                let (actors, recipients) = (units(&event.actors), units(&event.recipients));
                let both = event.actors.iter().chain(&event.recipients).filter_map(|a| a.unit());
                for code in both.collect::<BTreeSet<&str>>() {
                    let count = counts.entry((vec![code], month)).or_default();
                    *count.types.entry(&event.plover).or_default() += 1;
                    count.as_actor += u64::from(actors.contains(code));
                    count.as_recipient += u64::from(recipients.contains(code));
                }
            }
        }
    }
    counts
}

fn row(codes: &[&str], month: Month, count: &Count<'_>, unit: Unit, frame: &Frame<'_>) -> Vec<Value> {
    let name = format!("{:04}-{:02}", month.0, month.1);
    let documents = frame.documents.get(&name).copied().unwrap_or(0);
    let known = |number: u64| if number > 0 || documents > 0 { json!(number) } else { Value::Null };
    let cow = |code: &&str| Date::month(month.0, month.1).and_then(|date| (frame.cow)(code, date));
    let mut row: Vec<Value> = codes.iter().map(|code| json!(code)).collect();
    row.extend(codes.iter().map(|code| json!(cow(code))));
    row.extend([json!(name), json!(month.0), json!(documents), json!(u8::from(documents > 0))]);
    row.push(known(count.types.values().sum()));
    if unit == Unit::CountryMonth {
        row.extend([known(count.as_actor), known(count.as_recipient)]);
    }
    let of = |name: &str| count.types.get(name).copied().unwrap_or(0);
    row.extend((1..=4).map(|quad| known(frame.types.iter().filter(|t| t.1 == quad).map(|t| of(&t.0)).sum())));
    row.extend(frame.types.iter().map(|t| known(of(&t.0))));
    row
}

fn columns(unit: Unit, types: &[(String, u8)]) -> Vec<Column> {
    use Kind::{Integer, Text};
    let mut columns = Vec::new();
    let code = "ISO 3166-1 alpha-3 of the state, also for its bodies, parties and armed groups; else the record's code, IGO:UN.";
    let cow = "Its number among the Correlates of War in that month; empty where it has none.";
    match unit {
        Unit::DyadMonth => columns.extend([
            Column::new("actor", Text, &format!("Who acts. {code}")),
            Column::new(
                "recipient",
                Text,
                &format!(
                    "Toward whom. {code} Of a meeting each other side, so that it counts in both directions."
                ),
            ),
            Column::new("actor_cow", Integer, cow),
            Column::new("recipient_cow", Integer, cow),
        ]),
        Unit::CountryMonth => {
            columns.extend([Column::new("country", Text, code), Column::new("cow", Integer, cow)]);
        }
    }
    columns.extend([
        Column::new("month", Text, "YYYY-MM."),
        Column::new("year", Integer, "Its year."),
        Column::new("documents", Integer, "How many documents of the whole record are dated in that month."),
        Column::new("coverage", Integer, "1 where there is such a document, else 0; counts are then empty unless a later document tells of an event in that month."),
        Column::new("events", Integer, "How many real events happened in that month."),
    ]);
    if unit == Unit::CountryMonth {
        columns.push(Column::new(
            "as_actor",
            Integer,
            "In how many of them it acts; of a meeting, all parties act.",
        ));
        columns.push(Column::new("as_recipient", Integer, "Toward it how many of them are done."));
    }
    let quads = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"];
    columns.extend(quads.map(|quad| {
        Column::new(
            quad,
            Integer,
            &format!("How many are of PLOVER's quad class {}.", quad.replace('_', " ")),
        )
    }));
    let of_type =
        |name: &String| Column::new(&name.to_lowercase(), Integer, &format!("How many are {name}."));
    columns.extend(types.iter().map(|(name, _)| of_type(name)));
    columns
}

fn month_of(text: &str) -> Option<Month> {
    let (year, month) = text.split_once('-')?;
    Some((year.parse().ok()?, month.parse().ok()?))
}

/// Every month from one to another.
fn through(first: Month, last: Month) -> impl Iterator<Item = Month> {
    let next = |&(year, month): &Month| Some(if month == 12 { (year + 1, 1) } else { (year, month + 1) });
    std::iter::successors(Some(first), next).take_while(move |month| *month <= last)
}
