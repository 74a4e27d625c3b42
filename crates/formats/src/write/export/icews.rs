//! ICEWS: the 20 columns of the Dataverse files, parted by tabs, one line a pair of source and target.

use serde_json::{Value, json};

use super::dyads::dyads;
use super::event::{Actor, Event};
use super::table::{Column, Kind, Table};

/// Name and Goldstein value of a CAMEO code.
type Meaning<'a> = &'a dyn Fn(&str) -> Option<(String, f64)>;

/// Events that happened in the columns of ICEWS; `meaning` tells what a CAMEO code is called and where it stands on Goldstein's scale.
#[must_use]
pub fn icews(events: &[Event], meaning: Meaning<'_>) -> Table {
    use Kind::{Integer, Number, Text};
    let columns = [
        (
            "Event ID",
            Integer,
            "Number of the pair, unique in the file: the event's number times 100000, and the place of the pair in it.",
        ),
        ("Event Date", Text, "First day, YYYY-MM-DD; the date of the document where the event has none."),
        ("Source Name", Text, "Who acts: the first person named of a side, else the state or organisation."),
        ("Source Sectors", Text, "Sector of the source, in words."),
        ("Source Country", Text, "Country of the source, by name."),
        ("Event Text", Text, "What CAMEO calls the code."),
        (
            "CAMEO Code",
            Text,
            "CAMEO code with its leading zero; of an event without one, the default of its PLOVER type.",
        ),
        ("Intensity", Number, "Goldstein's scale, -10 to 10."),
        (
            "Target Name",
            Text,
            "Toward whom; of a meeting, each other side, so that each pair stands once in each direction.",
        ),
        ("Target Sectors", Text, "Sector of the target, in words."),
        ("Target Country", Text, "Country of the target, by name."),
        ("Story ID", Integer, "Number of the document that tells it best: 7 for d7."),
        ("Sentence Number", Integer, "Number of the sentence in it, from 1."),
        ("Publisher", Text, "Publisher of that document."),
        ("City", Text, "Town."),
        ("District", Text, "Never known."),
        ("Province", Text, "First-order unit of the country."),
        ("Country", Text, "Country, by name."),
        ("Latitude", Number, "Of the town, in degrees (WGS 84)."),
        ("Longitude", Number, "Of the town, in degrees (WGS 84)."),
    ];
    let columns = columns.map(|(name, kind, about)| Column::new(name, kind, about)).to_vec();
    let row = |dyad: super::dyads::Dyad<'_>| {
        let (event, best) = (dyad.event, dyad.event.mentions.first());
        let known = dyad.cameo.as_deref().and_then(meaning);
        let story = best.and_then(|m| m.document.strip_prefix('d')?.parse::<u64>().ok());
        let mut row = vec![json!(dyad.id), json!(event.from.map(|date| date.to_string()))];
        row.extend(side(dyad.source));
        row.extend([
            json!(known.as_ref().map(|k| &k.0)),
            json!(dyad.cameo),
            json!(known.as_ref().map(|k| k.1)),
        ]);
        row.extend(side(dyad.target));
        row.extend([
            json!(story),
            json!(best.and_then(|m| m.sentence)),
            json!(best.and_then(|m| m.publisher.as_ref())),
            json!(event.site.city),
            Value::Null,
            json!(event.site.province),
            json!(event.site.country_name),
            json!(event.site.coordinates.map(|c| c.0)),
            json!(event.site.coordinates.map(|c| c.1)),
        ]);
        row
    };
    let rows = dyads(events).into_iter().map(row).collect();
    Table::new("events", "One pair of source and target of one event that happened.", columns, rows)
}

fn side(actor: Option<&Actor>) -> [Value; 3] {
    [
        json!(actor.map(|a| &a.name)),
        json!(actor.map(|a| &a.sector_name)),
        json!(actor.and_then(|a| a.country_name.as_ref())),
    ]
}
