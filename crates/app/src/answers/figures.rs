//! Meetings as figures draw them: through time, as a network, by place.

use std::collections::{BTreeMap, BTreeSet};

use chancery_coder::knowledge::Knowledge;
use chancery_coder::ontology::Ontology;
use chancery_corpus::Figure;
use chancery_formats::write::export::{Actor, Graph, Meeting, Site, graph_of};
use chancery_model::{Date, Participant};
use serde_json::{Value, json};

use super::events::{actor, site};

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

/// Columns of the view of meetings that a timeline is made of, in the order of [`TIMELINE`]; of these `told` and `documents` change.
pub(crate) const MEETINGS: [&str; 10] =
    ["id", "date_from", "date_to", "precision", "place", "format", "told", "documents", "planned", "parties"];

/// Who took part in each meeting.
pub(crate) type Parties = BTreeMap<String, Vec<Participant>>;

/// The meetings, each with its sides and the number of its texts.
pub(crate) fn timeline(meetings: Vec<Vec<Value>>, parties: &Parties, known: &Knowledge) -> Vec<Vec<Value>> {
    let name = |p: &Participant| known.name_of(&p.code).unwrap_or(&p.code).to_owned();
    let row = |row: Vec<Value>| -> Option<Vec<Value>> {
        let [id, from, to, precision, place, format, told, documents, planned, who] =
            <[Value; 10]>::try_from(row).ok()?;
        let sides = id.as_str().and_then(|id| parties.get(id)).into_iter().flatten();
        let sides: BTreeSet<String> = sides.filter(|p| !p.code.is_empty()).map(name).collect();
        let texts = documents.as_str().unwrap_or_default().split(',').count();
        let mentioned = told.as_str().is_some_and(|told| told.starts_with("mentioned"));
        let told = json!(if mentioned { "mention" } else { "main" });
        let planned = json!(planned.as_i64() == Some(1));
        Some(vec![id, from, to, precision, place, json!(sides), format, told, json!(texts), planned, who])
    };
    meetings.into_iter().filter_map(row).collect()
}

/// Between whom a network is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    /// Persons, and of a side without one the state or body.
    Persons,
    /// States and bodies, whoever came.
    States,
}

/// Columns of the view of meetings that a network is made of.
pub(crate) const MET: [&str; 4] = ["id", "date_from", "date_to", "planned"];

/// A meeting with its sides.
pub(crate) struct Met<'a> {
    id: &'a str,
    from: Option<Date>,
    to: Option<Date>,
    actors: Vec<Actor>,
}

/// The meetings that took place, each person under one name.
pub(crate) fn met<'a>(
    meetings: &'a [Vec<Value>],
    parties: &Parties,
    of: Of,
    known: &Knowledge,
) -> Vec<Met<'a>> {
    let ontology = Ontology::embedded();
    let one = |row: &'a Vec<Value>| -> Option<Met<'a>> {
        let [id, from, to, planned] = &row[..] else { return None };
        let id = id.as_str().filter(|_| planned.as_i64() != Some(1))?;
        let date = |value: &Value| value.as_str().and_then(|text| text.parse::<Date>().ok());
        let (from, to) = (date(from), date(to));
        let mut actors: Vec<Actor> = Vec::new();
        for side in parties.get(id)?.iter().filter(|p| of == Of::Persons || !p.code.is_empty()) {
            let participant = match of {
                Of::Persons => side.clone(),
                Of::States => Participant { name: None, sector: None, ..side.clone() },
            };
            let actor = actor(&Figure { participant, title: None }, from, known, &ontology);
            if !actors.contains(&actor) {
                actors.push(actor);
            }
        }
        // A side stands for itself only where it sent nobody who is named.
        let named: BTreeSet<String> = actors.iter().filter(|a| a.person).map(|a| a.code.clone()).collect();
        actors.retain(|actor| actor.person || !named.contains(&actor.code));
        Some(Met { id, from, to, actors })
    };
    meetings.iter().filter_map(one).collect()
}

/// The network of the meetings.
pub(crate) fn network(met: &[Met<'_>]) -> Graph {
    graph_of(met.iter().map(|one| {
        let known = one.from.zip(one.to).filter(|(from, _)| from.parts().1.is_some());
        let days = known.map(|(from, to)| (from.first(), to.last()));
        Meeting { id: one.id, days, actors: &one.actors }
    }))
}

/// Columns of a tie.
pub(crate) const NETWORK: [&str; 6] = ["source", "target", "meetings", "first", "last", "months"];

/// Who met whom: ids of nodes, how often, first and last day, and the month of each meeting; of a vaguer date the first month it may be.
pub(crate) fn ties(graph: &Graph, met: &[Met<'_>]) -> Vec<Vec<Value>> {
    let month = |from: Date| from.first().to_string().chars().take(7).collect::<String>();
    let months: BTreeMap<&str, String> =
        met.iter().filter_map(|one| Some((one.id, one.from.map(month)?))).collect();
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

/// Columns of the view of meetings that a map is made of.
pub(crate) const WHERE: [&str; 5] = ["id", "place", "country", "date_from", "date_to"];

/// A place with its meetings: id, first and last day.
#[derive(Default)]
struct Spot {
    coordinates: (f64, f64),
    ids: Vec<String>,
    first: Option<String>,
    last: Option<String>,
}

/// The meetings under the towns that the tables know.
pub(crate) fn placed(meetings: &[Vec<Value>], known: &Knowledge) -> Placed {
    let mut spots: BTreeMap<(String, String), Spot> = BTreeMap::new();
    let mut lost: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut sites: BTreeMap<(&str, &str), Site> = BTreeMap::new();
    for row in meetings {
        let [id, place, country, from, to] = [0, 1, 2, 3, 4].map(|at| row[at].as_str());
        let id = id.unwrap_or_default().to_owned();
        let asked = (place.unwrap_or_default(), country.unwrap_or_default());
        let site = sites.entry(asked).or_insert_with(|| site(place, country, known));
        let (Some(city), Some(coordinates)) = (site.city.clone(), site.coordinates) else {
            lost.entry(asked.0.to_owned()).or_default().push(id);
            continue;
        };
        let spot = spots.entry((city, site.country.clone().unwrap_or_default())).or_default();
        spot.coordinates = coordinates;
        spot.ids.push(id);
        spot.first = [spot.first.take(), from.map(str::to_owned)].into_iter().flatten().min();
        spot.last = [spot.last.take(), to.map(str::to_owned)].into_iter().flatten().max();
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
