//! Meetings as figures draw them: through time, as a network, by place.

use std::collections::{BTreeMap, BTreeSet};

use chancery_coder::knowledge::Knowledge;
use chancery_corpus::Table;
use chancery_formats::write::export::{Actor, Event, Graph};
use chancery_model::Modality;
use serde_json::{Value, json};

use super::events::site;

/// Columns of a meeting in time. `parties` are the sides by name, `who` the same with persons; `told` is `main` where a text reports
/// it, else `mention`.
pub(crate) const TIMELINE: [&str; 11] = [
    "id",
    "date_from",
    "date_to",
    "precision",
    "place",
    "parties",
    "format",
    "told",
    "documents",
    "planned",
    "who",
];

/// Codes of the sides of each meeting.
pub(crate) type Sides = BTreeMap<String, Vec<String>>;

/// The meetings, each with its sides and the number of its texts.
pub(crate) fn timeline(table: &Table, sides: &Sides, known: &Knowledge) -> Vec<Vec<Value>> {
    let at = TIMELINE.map(|name| column(table, if name == "who" { "parties" } else { name }));
    let name = |code: &String| known.name_of(code).unwrap_or(code).to_owned();
    let cell = |row: &[Value], column: &str, at: Option<usize>| match (column, at.map(|at| &row[at])) {
        (_, None) => Value::Null,
        ("parties", _) => {
            let codes = row[0].as_str().and_then(|id| sides.get(id));
            let mut names: Vec<String> = codes.into_iter().flatten().map(name).collect();
            names.sort();
            json!(names)
        }
        ("documents", Some(ids)) => json!(ids.as_str().unwrap_or_default().split(',').count()),
        ("planned", Some(planned)) => json!(planned.as_i64() == Some(1)),
        ("told", Some(told)) => {
            let mentioned = told.as_str().is_some_and(|told| told.starts_with("mentioned"));
            json!(if mentioned { "mention" } else { "main" })
        }
        (_, Some(value)) => value.clone(),
    };
    let row = |row: &Vec<Value>| TIMELINE.iter().zip(at).map(|(name, at)| cell(row, name, at)).collect();
    table.rows.iter().map(row).collect()
}

fn column(table: &Table, name: &str) -> Option<usize> {
    table.columns.iter().position(|own| own == name)
}

/// Between whom a network is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    /// Persons, and of a side without one the state or body.
    Persons,
    /// States and bodies, whoever came.
    States,
}

/// What a person is called most, by document and the name used there.
pub(crate) type Names = BTreeMap<(String, String), String>;

/// The meetings among the events, their sides as the network has them: each person under one name.
pub(crate) fn told_of(events: Vec<Event>, of: Of, names: &Names) -> Vec<Event> {
    let met = events.into_iter().filter(|e| e.meeting.is_some() && e.modality == Modality::Happened);
    let sides = |mut event: Event| {
        if of == Of::States {
            let mut seen = BTreeSet::new();
            let own = event.actors.iter().filter(|a| !a.code.is_empty() && seen.insert(a.code.clone()));
            event.actors = own.map(body).collect();
        }
        let document = event.id.split('.').next().unwrap_or_default().to_owned();
        for actor in event.actors.iter_mut().filter(|actor| actor.person) {
            let used = (document.clone(), actor.name.clone());
            actor.name = names.get(&used).cloned().unwrap_or(used.1);
        }
        event
    };
    met.map(sides).collect()
}

/// The state or body that an actor belongs to.
fn body(actor: &Actor) -> Actor {
    let bare = actor.code.split_once(':').map_or(actor.code.as_str(), |(_, name)| name);
    let own = if actor.code.contains(':') { None } else { actor.country_name.clone() };
    let name = own.unwrap_or_else(|| if actor.person { bare.to_owned() } else { actor.name.clone() });
    Actor { name, title: None, person: false, raw: actor.code.clone(), ..actor.clone() }
}

/// Columns of a tie.
pub(crate) const NETWORK: [&str; 6] = ["source", "target", "meetings", "first", "last", "months"];

/// Who met whom: ids of nodes, how often, first and last day, and the month of each meeting; of a vaguer date the first month it may be.
pub(crate) fn ties(graph: &Graph, met: &[Event]) -> Vec<Vec<Value>> {
    let month = |event: &Event| event.from.map(|from| from.to_string().chars().take(7).collect::<String>());
    let months: BTreeMap<&str, String> =
        met.iter().filter_map(|event| Some((event.meeting.as_deref()?, month(event)?))).collect();
    let row = |(source, target, weight, attributes): (&str, &str, usize, &BTreeMap<String, String>)| {
        let meetings = attributes.get("meetings").map(String::as_str).unwrap_or_default();
        let mut months: Vec<&String> = meetings.split("; ").filter_map(|id| months.get(id)).collect();
        months.sort();
        let [first, last] = ["first", "last"].map(|name| attributes.get(name));
        vec![json!(source), json!(target), json!(weight), json!(first), json!(last), json!(months)]
    };
    graph.edges().map(row).collect()
}

/// The nodes of a network.
pub(crate) fn nodes(graph: &Graph) -> Vec<Value> {
    let node = |(id, label, attributes): (&str, &str, &BTreeMap<String, String>)| json!({ "id": id, "label": label, "country": attributes.get("country"), "kind": attributes.get("kind") });
    graph.nodes().map(node).collect()
}

/// Columns of a place.
pub(crate) const PLACES: [&str; 8] =
    ["place", "country", "latitude", "longitude", "meetings", "first", "last", "ids"];

/// Meetings by place.
pub(crate) struct Placed {
    /// Places with coordinates, those of most meetings first.
    pub(crate) rows: Vec<Vec<Value>>,
    /// The words for places without coordinates, empty where there are none, with their meetings.
    pub(crate) lost: Vec<(String, Vec<String>)>,
    /// Meetings without a place.
    pub(crate) unplaced: Vec<String>,
}

/// A place with its meetings: id, first and last day.
#[derive(Default)]
struct Spot {
    coordinates: (f64, f64),
    ids: Vec<String>,
    first: Option<String>,
    last: Option<String>,
}

/// The meetings under the towns that the tables know.
pub(crate) fn placed(table: &Table, known: &Knowledge) -> Placed {
    let at = |name| column(table, name);
    let [id, place, country, from, to] = ["id", "place", "country", "date_from", "date_to"].map(at);
    let mut spots: BTreeMap<(String, String), Spot> = BTreeMap::new();
    let mut lost: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in &table.rows {
        let text = |at: Option<usize>| at.and_then(|at| row[at].as_str());
        let id = text(id).unwrap_or_default().to_owned();
        let site = site(text(place), text(country), known);
        let (Some(city), Some(coordinates)) = (site.city, site.coordinates) else {
            lost.entry(text(place).unwrap_or_default().to_owned()).or_default().push(id);
            continue;
        };
        let spot = spots.entry((city, site.country.unwrap_or_default())).or_default();
        spot.coordinates = coordinates;
        spot.ids.push(id);
        let (from, to) = (text(from).map(str::to_owned), text(to).map(str::to_owned));
        spot.first = [spot.first.take(), from].into_iter().flatten().min();
        spot.last = [spot.last.take(), to].into_iter().flatten().max();
    }
    let mut spots: Vec<((String, String), Spot)> = spots.into_iter().collect();
    spots.sort_by_key(|(_, spot)| std::cmp::Reverse(spot.ids.len()));
    let row = |((place, country), spot): ((String, String), Spot)| {
        let (latitude, longitude) = spot.coordinates;
        let meetings = spot.ids.len();
        let [place, country, ids] = [json!(place), json!(country), json!(spot.ids)];
        let dates = [json!(spot.first), json!(spot.last)];
        [place, country, json!(latitude), json!(longitude), json!(meetings)]
            .into_iter()
            .chain(dates)
            .chain([ids])
            .collect()
    };
    let unplaced = lost.get("").cloned().unwrap_or_default();
    let mut lost: Vec<(String, Vec<String>)> = lost.into_iter().collect();
    lost.sort_by_key(|(place, ids)| (place.is_empty(), std::cmp::Reverse(ids.len())));
    Placed { rows: spots.into_iter().map(row).collect(), lost, unplaced }
}
