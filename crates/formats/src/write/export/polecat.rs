//! POLECAT: 40 columns parted by tabs, one line a real event, lists joined by `; `, `None` where there is nothing.

use serde_json::{Value, json};

use super::event::{Actor, Event};
use super::plover::contexts;
use super::table::{Column, Kind, Table};

const NONE: &str = "None";

/// Events in the columns of POLECAT's releases.
#[must_use]
pub fn polecat(events: &[Event], version: &str) -> Table {
    use Kind::{Number, Text};
    let columns = [
        ("Event ID", Text, "Id of the event in the record; unique in the file."),
        ("Event Date", Text, "First day, YYYY-MM-DD; the date of the document where the event has none."),
        ("Event Type", Text, "PLOVER type."),
        ("Event Mode", Text, "PLOVER mode."),
        ("Intensity", Number, "PLOVER's score of conflict and cooperation, -10 to 10."),
        (
            "Quad Code",
            Text,
            "VERBAL COOPERATION, MATERIAL COOPERATION, VERBAL CONFLICT or MATERIAL CONFLICT.",
        ),
        (
            "Contexts",
            Text,
            "PLOVER contexts; future, hypothetical or negation where it is not told as having happened.",
        ),
        (
            "Actor Name",
            Text,
            "Who acts: persons by their fullest names, else states and organisations; of a meeting, all parties.",
        ),
        ("Actor Country", Text, "ISO 3166-1 alpha-3, or IGO; one for each name."),
        ("Actor COW", Text, "Number among the Correlates of War on the day of the event; one for each name."),
        ("Primary Actor Sector", Text, "PLOVER sector of the first."),
        ("Actor Sectors", Text, "PLOVER sectors; one for each name."),
        ("Actor Title", Text, "Offices as the document states them; one for each name."),
        ("Actor Name Raw", Text, "Names as the record has them: of persons, else codes."),
        ("Wikipedia Actor ID", Text, "Never known."),
        ("Recipient Name", Text, "Toward whom; of a meeting, nobody."),
        ("Recipient Country", Text, "As of the actor."),
        ("Recipient COW", Text, "As of the actor."),
        ("Primary Recipient Sector", Text, "As of the actor."),
        ("Recipient Sectors", Text, "As of the actor."),
        ("Recipient Title", Text, "As of the actor."),
        ("Recipient Name Raw", Text, "As of the actor."),
        ("Wikipedia Recipient ID", Text, "Never known."),
        ("Placename", Text, "Town, else country, by its usual name."),
        ("City", Text, "Town."),
        ("District", Text, "Never known."),
        ("Province", Text, "First-order unit of the country."),
        ("Country", Text, "ISO 3166-1 alpha-3."),
        ("Latitude", Number, "Of the town, in degrees (WGS 84)."),
        ("Longitude", Number, "Of the town, in degrees (WGS 84)."),
        ("GeoNames ID", Text, "Never known."),
        ("Raw Placename", Text, "In the text's words."),
        ("Feature Type", Text, "PPL for a town, PCLI for a country."),
        ("Source", Text, "Publisher of the document that tells it best."),
        ("Publication Date", Text, "Date of that document."),
        ("Story People", Text, "Persons that it names in its rows."),
        ("Story Organizations", Text, "Organisations that it names in its rows."),
        ("Story Locations", Text, "Places that it names in its rows."),
        ("Language", Text, "Language of that document, as a BCP 47 tag, where given."),
        ("Version", Text, "Version of Chancery."),
    ];
    let columns = columns.map(|(name, kind, about)| Column::new(name, kind, about)).to_vec();
    let rows = events.iter().map(|event| row(event, version)).collect();
    Table::new("events", "One real event, however many documents tell it.", columns, rows)
}

fn row(event: &Event, version: &str) -> Vec<Value> {
    let (site, best) = (&event.site, event.mentions.first());
    let feature = site.city.as_ref().map(|_| "PPL").or(site.country.as_ref().map(|_| "PCLI"));
    let quad = match event.quad {
        Some(1) => json!("VERBAL COOPERATION"),
        Some(2) => json!("MATERIAL COOPERATION"),
        Some(3) => json!("VERBAL CONFLICT"),
        Some(4) => json!("MATERIAL CONFLICT"),
        _ => Value::Null,
    };
    let mut row = vec![
        json!(event.id),
        json!(event.from.map(|date| date.to_string())),
        json!(event.plover),
        json!(event.mode),
        json!(event.score),
        quad,
        joined(contexts(event)),
    ];
    row.extend(party(&event.actors));
    row.extend(party(&event.recipients));
    row.extend([
        json!(site.city.as_ref().or(site.country_name.as_ref())),
        json!(site.city),
        Value::Null,
        json!(site.province),
        json!(site.country),
        json!(site.coordinates.map(|c| c.0)),
        json!(site.coordinates.map(|c| c.1)),
        Value::Null,
        json!(site.raw),
        json!(feature),
        json!(best.and_then(|m| m.publisher.as_ref())),
        json!(best.and_then(|m| m.date).map(|date| date.to_string())),
        joined(event.people.clone()),
        joined(event.organizations.clone()),
        joined(event.places.clone()),
        json!(best.and_then(|m| m.language.as_ref())),
        json!(version),
    ]);
    row
}

/// The eight columns on those of one part.
fn party(actors: &[Actor]) -> [Value; 8] {
    let each = |of: fn(&Actor) -> Option<String>| -> Value {
        let known: Vec<Option<String>> = actors.iter().map(of).collect();
        if known.iter().all(Option::is_none) {
            return Value::Null;
        }
        joined(known.into_iter().map(|item| item.unwrap_or_else(|| NONE.to_owned())).collect())
    };
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    [
        each(|a| Some(a.name.clone())),
        each(|a| a.plover_code().map(str::to_owned)),
        each(|a| a.cow.map(|cow| cow.to_string())),
        json!(actors.first().and_then(|a| filled(&a.sector))),
        each(|a| Some(a.sector.clone()).filter(|s| !s.is_empty())),
        each(|a| a.title.clone()),
        each(|a| Some(a.raw.clone())),
        Value::Null,
    ]
}

/// A list in one cell; a semicolon inside an item would part it, and becomes a comma.
fn joined(items: Vec<String>) -> Value {
    let items: Vec<String> = items.into_iter().map(|item| item.replace(';', ",")).collect();
    if items.is_empty() { Value::Null } else { json!(items.join("; ")) }
}
