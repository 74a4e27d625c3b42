//! GDELT 2.0: events (61 columns) and mentions (16 columns), parted by tabs, without a header.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::dyads::{Dyad, dyads};
use super::event::{Actor, Event, Mention, digits};
use super::table::{Column, Kind, Table};

/// Quad class and Goldstein value of a CAMEO code.
type Meaning<'a> = &'a dyn Fn(&str) -> Option<(u8, f64)>;

/// The sentences that GDELT would call the lead.
const LEAD: u32 = 3;
/// GDELT's type of a mention that was read on the web, and of one known by a citation only.
const WEB: u8 = 1;
const CITATION: u8 = 2;
/// What GDELT writes for an offset that it did not find.
const NOWHERE: i64 = -1;

/// Events that happened and their mentions, in the columns of GDELT; `meaning` tells the quad class and the Goldstein value of a CAMEO
/// code.
#[must_use]
pub fn gdelt(events: &[Event], meaning: Meaning<'_>) -> (Table, Table) {
    let dyads = dyads(events);
    let rows = dyads.iter().map(|dyad| row(dyad, meaning)).collect();
    let title = "One pair of actors of one event that happened.";
    let table = Table::new("events", title, columns(), rows);
    let each = dyads.iter().flat_map(|dyad| dyad.event.mentions.iter().map(|m| mention(dyad, m))).collect();
    let title = "One time that a document tells of an event.";
    (table, Table::new("mentions", title, mention_columns(), each))
}

fn columns() -> Vec<Column> {
    use Kind::{Integer, Number, Text};
    let mut columns = vec![
        Column::new(
            "GLOBALEVENTID",
            Integer,
            "Number of the pair, unique in the file: the event's number times 100000, and the place of the pair in it.",
        ),
        Column::new(
            "SQLDATE",
            Integer,
            "First day, YYYYMMDD; the date of the document where the event has none.",
        ),
        Column::new("MonthYear", Integer, "Its month, YYYYMM."),
        Column::new("Year", Integer, "Its year."),
        Column::new(
            "FractionDate",
            Number,
            "Its year and the part of it that had passed, in GDELT's approximation.",
        ),
    ];
    for actor in ["Actor1", "Actor2"] {
        let fields = [
            ("Code", "CAMEO's code of the actor: country, known group and type in one."),
            ("Name", "Name in capitals."),
            ("CountryCode", "ISO 3166-1 alpha-3 of the country."),
            ("KnownGroupCode", "CAMEO's code of a known group."),
            ("EthnicCode", "Never known."),
            ("Religion1Code", "Never known."),
            ("Religion2Code", "Never known."),
            ("Type1Code", "PLOVER sector."),
            ("Type2Code", "Never known."),
            ("Type3Code", "Never known."),
        ];
        columns.extend(fields.map(|(field, about)| Column::new(&format!("{actor}{field}"), Text, about)));
    }
    columns.extend([
        Column::new("IsRootEvent", Integer, "1 where it is told in the first three sentences of a document."),
        Column::new("EventCode", Text, "CAMEO code with its leading zero; of an event without one, the default of its PLOVER type."),
        Column::new("EventBaseCode", Text, "Its first three digits."),
        Column::new("EventRootCode", Text, "Its first two digits."),
        Column::new("QuadClass", Integer, "CAMEO's quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."),
        Column::new("GoldsteinScale", Number, "Goldstein's scale, -10 to 10."),
        Column::new("NumMentions", Integer, "How often it is told."),
        Column::new("NumSources", Integer, "By how many publishers."),
        Column::new("NumArticles", Integer, "In how many documents."),
        Column::new("AvgTone", Number, "Never known."),
    ]);
    for geo in ["Actor1Geo", "Actor2Geo", "ActionGeo"] {
        let whose = if geo == "ActionGeo" { "Of the event. " } else { "Never known. " };
        let fields = [
            ("Type", Integer, "1 a country, 4 a town outside the United States, 3 one inside."),
            ("FullName", Text, "Town, unit and country, by name."),
            ("CountryCode", Text, "FIPS 10-4; never known."),
            ("ADM1Code", Text, "Never known."),
            ("ADM2Code", Text, "Never known."),
            ("Lat", Number, "Latitude of the town."),
            ("Long", Number, "Longitude of the town."),
            ("FeatureID", Text, "Never known."),
        ];
        columns.extend(fields.map(|(field, kind, about)| {
            Column::new(&format!("{geo}_{field}"), kind, &format!("{whose}{about}"))
        }));
    }
    columns.extend([
        Column::new(
            "DATEADDED",
            Integer,
            "Date of the document that tells it best, YYYYMMDDHHMMSS at midnight.",
        ),
        Column::new("SOURCEURL", Text, "Address of that document, else its id in the record."),
    ]);
    columns
}

fn row(dyad: &Dyad<'_>, meaning: Meaning<'_>) -> Vec<Value> {
    let event = dyad.event;
    let best = event.mentions.first();
    let day = event.from.map(digits);
    let known = dyad.cameo.as_deref().and_then(meaning);
    let code = |length: usize| dyad.cameo.as_deref().and_then(|code| code.get(..length));
    let distinct = |of: fn(&Mention) -> Option<&String>| -> usize {
        event.mentions.iter().filter_map(of).collect::<BTreeSet<_>>().len()
    };
    let is_root = event.mentions.iter().any(|m| m.sentence.is_some_and(|sentence| sentence <= LEAD));
    let mut row = vec![
        json!(dyad.id),
        json!(day),
        json!(day.map(|day| day / 100)),
        json!(day.map(|day| day / 10_000)),
        json!(day.map(fraction)),
    ];
    row.extend(actor(dyad.source));
    row.extend(actor(dyad.target));
    row.extend([
        json!(u8::from(is_root)),
        json!(dyad.cameo),
        json!(code(3)),
        json!(code(2)),
        json!(known.map(|k| k.0)),
        json!(known.map(|k| k.1)),
        json!(event.mentions.len()),
        json!(distinct(|m| m.publisher.as_ref())),
        json!(distinct(|m| Some(&m.document))),
        Value::Null,
    ]);
    row.extend([const { Value::Null }; 16]);
    row.extend(place(event));
    row.extend([json!(best.and_then(|m| m.date).or(event.from).map(midnight)), json!(best.map(address))]);
    row
}

fn actor(actor: Option<&Actor>) -> [Value; 10] {
    let mut cells = [const { Value::Null }; 10];
    if let Some(actor) = actor {
        let parts = [actor.country.as_deref(), actor.group.as_deref(), Some(actor.sector.as_str())];
        cells[0] = json!(parts.into_iter().flatten().collect::<String>());
        cells[1] = json!(actor.name.to_uppercase());
        cells[2] = json!(actor.country);
        cells[3] = json!(actor.group);
        cells[7] = json!(actor.sector);
    }
    cells
}

fn place(event: &Event) -> [Value; 8] {
    let site = &event.site;
    let names = [&site.city, &site.province, &site.country_name];
    let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
    let kind = match (&site.city, site.country.as_deref()) {
        (Some(_), Some("USA")) => Some(3),
        (Some(_), _) => Some(4),
        (None, Some(_)) => Some(1),
        (None, None) => None,
    };
    [
        json!(kind),
        json!(names.join(", ")),
        Value::Null,
        Value::Null,
        Value::Null,
        json!(site.coordinates.map(|c| c.0)),
        json!(site.coordinates.map(|c| c.1)),
        Value::Null,
    ]
}

/// 20150218 → 2015.1315: GDELT counts months of 30 days.
fn fraction(day: u64) -> f64 {
    let passed = ((day / 100 % 100 - 1) * 30 + day % 100) * 10_000 / 365;
    let written = format!("{}.{:04}", day / 10_000, passed.min(9_999));
    written.parse().unwrap_or_default()
}

fn midnight(date: chancery_model::Date) -> u64 {
    digits(date) * 1_000_000
}

fn address(mention: &Mention) -> &str {
    mention.url.as_deref().unwrap_or(&mention.document)
}

fn mention_columns() -> Vec<Column> {
    use Kind::{Integer, Number, Text};
    let columns = [
        ("GLOBALEVENTID", Integer, "The pair in the table of events."),
        ("EventTimeDate", Integer, "Day of the event, YYYYMMDDHHMMSS at midnight."),
        ("MentionTimeDate", Integer, "Date of the document, YYYYMMDDHHMMSS at midnight."),
        ("MentionType", Integer, "1 where the document has an address on the web, else 2."),
        ("MentionSourceName", Text, "Publisher."),
        ("MentionIdentifier", Text, "Address, else id of the document in the record."),
        ("SentenceID", Integer, "Number of the sentence, from 1."),
        ("Actor1CharOffset", Integer, "Always -1, GDELT's mark for not found."),
        ("Actor2CharOffset", Integer, "Always -1, GDELT's mark for not found."),
        (
            "ActionCharOffset",
            Integer,
            "Where the words that state it begin in the text, in characters from 0; -1 where not found.",
        ),
        ("InRawText", Integer, "Always 1: the text was not rewritten to find it."),
        ("Confidence", Integer, "Never known."),
        ("MentionDocLen", Integer, "How many characters the text has."),
        ("MentionDocTone", Number, "Never known."),
        ("MentionDocTranslationInfo", Text, "Never known: nothing is translated."),
        ("Extras", Text, "Id of the row in the record: chancery why tells the words and the rule."),
    ];
    columns.map(|(name, kind, about)| Column::new(name, kind, about)).to_vec()
}

fn mention(dyad: &Dyad<'_>, mention: &Mention) -> Vec<Value> {
    vec![
        json!(dyad.id),
        json!(dyad.event.from.map(midnight)),
        json!(mention.date.map(midnight)),
        json!(if mention.url.is_some() { WEB } else { CITATION }),
        json!(mention.publisher),
        json!(address(mention)),
        json!(mention.sentence),
        json!(NOWHERE),
        json!(NOWHERE),
        json!(mention.offset.map_or(NOWHERE, i64::from)),
        json!(1),
        Value::Null,
        json!(mention.length),
        Value::Null,
        Value::Null,
        json!(mention.event),
    ]
}
