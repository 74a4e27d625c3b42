//! Who meets whom as a network: GEXF with spells for a time line, and GraphML.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Date, Modality};
use roxmltree::{Document, Node as Element, ParsingOptions};

use super::event::{Actor, Event};
use super::table::clean;

/// Attributes of a node, in order.
const NODE: [(&str, &str); 6] = [
    ("kind", "string"),
    ("country", "string"),
    ("cow", "integer"),
    ("sector", "string"),
    ("title", "string"),
    ("meetings", "integer"),
];
/// Attributes of an edge, in order.
const EDGE: [(&str, &str); 4] =
    [("first", "string"), ("last", "string"), ("dates", "string"), ("meetings", "string")];

/// Which language of graphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GraphFormat {
    /// GEXF 1.2, which Gephi and networkx read.
    Gexf,
    /// GraphML.
    Graphml,
}

/// Actors and the meetings between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Node {
    id: String,
    label: String,
    attributes: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Edge {
    ends: (String, String),
    weight: usize,
    attributes: BTreeMap<String, String>,
}

impl Graph {
    /// How many actors, and how many pairs of them that met.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.nodes.len(), self.edges.len())
    }

    /// Id, label and attributes of each actor.
    pub fn nodes(&self) -> impl Iterator<Item = (&str, &str, &BTreeMap<String, String>)> {
        self.nodes.iter().map(|node| (node.id.as_str(), node.label.as_str(), &node.attributes))
    }

    /// The ids of each pair that met, how often, and what is known of it.
    pub fn edges(&self) -> impl Iterator<Item = (&str, &str, usize, &BTreeMap<String, String>)> {
        self.edges.iter().map(|e| (e.ends.0.as_str(), e.ends.1.as_str(), e.weight, &e.attributes))
    }

    /// What the attributes of nodes and edges mean: name, of what, and the sentence of the codebook.
    #[must_use]
    pub fn codebook() -> [(&'static str, &'static str, &'static str); 12] {
        [
            ("label", "node", "Name of the person, else of the state or organisation."),
            ("kind", "node", "person, state or organization."),
            ("country", "node", "ISO 3166-1 alpha-3 of the state."),
            ("cow", "node", "Its number among the Correlates of War."),
            ("sector", "node", "PLOVER sector."),
            ("title", "node", "Office, as stated in the last document that tells of a meeting."),
            ("meetings", "node", "In how many meetings it took part."),
            ("weight", "edge", "How often the two met, each from another side."),
            ("first", "edge", "First day of the first meeting that has a date."),
            ("last", "edge", "Last day of the last."),
            (
                "dates",
                "edge",
                "From and to of each meeting that has a date; in GEXF as spells too, which end a day later since Gephi shows none of no length.",
            ),
            ("meetings", "edge", "Ids of the meetings in the record."),
        ]
    }
}

/// Name and code of an actor.
type Key = (String, String);
/// Id of a meeting, and its first and last day.
type Met<'a> = (&'a str, Option<(Date, Date)>);

/// A meeting that took place.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting<'a> {
    /// Id in the record.
    pub id: &'a str,
    /// First and last day, where it is known to the month.
    pub days: Option<(Date, Date)>,
    /// Who took part.
    pub actors: &'a [Actor],
}

/// The graph of the meetings that took place among the events.
#[must_use]
pub fn graph(events: &[Event]) -> Graph {
    let happened = events.iter().filter(|event| event.modality == Modality::Happened);
    graph_of(happened.filter_map(|event| {
        let days = event.month.and(event.from.zip(event.to));
        Some(Meeting { id: event.meeting.as_deref()?, days, actors: &event.actors })
    }))
}

/// The graph of meetings.
#[must_use]
pub fn graph_of<'a>(meetings: impl Iterator<Item = Meeting<'a>>) -> Graph {
    let mut actors: BTreeMap<Key, (&Actor, BTreeSet<&str>)> = BTreeMap::new();
    let mut met: BTreeMap<[Key; 2], Vec<Met<'_>>> = BTreeMap::new();
    let key = |actor: &Actor| (actor.name.clone(), actor.code.clone());
    for meeting in meetings {
        for actor in meeting.actors {
            let (known, meetings) = actors.entry(key(actor)).or_insert_with(|| (actor, BTreeSet::new()));
            meetings.insert(meeting.id);
            if actor.title.is_some() {
                *known = actor;
            }
        }
        let pairs =
            meeting.actors.iter().flat_map(|one| meeting.actors.iter().map(move |other| [one, other]));
        let sides = pairs.filter(|[one, other]| key(one) < key(other) && one.code != other.code);
        for pair in sides.map(|pair| pair.map(key)).collect::<BTreeSet<_>>() {
            met.entry(pair).or_default().push((meeting.id, meeting.days));
        }
    }
    let id: BTreeMap<_, _> = actors.keys().zip(0..).map(|(key, n)| (key.clone(), format!("n{n}"))).collect();
    let nodes = actors.iter().map(|(key, (actor, meetings))| node(&id[key], actor, meetings.len()));
    let edges =
        met.iter().map(|(pair, meetings)| edge((id[&pair[0]].clone(), id[&pair[1]].clone()), meetings));
    Graph { nodes: nodes.collect(), edges: edges.collect() }
}

fn node(id: &str, actor: &Actor, meetings: usize) -> Node {
    let kind = match (actor.person, actor.code.contains(':')) {
        (true, _) => "person",
        (false, true) => "organization",
        (false, false) => "state",
    };
    let attributes = known([
        ("kind", Some(kind.to_owned())),
        ("country", actor.country.clone()),
        ("cow", actor.cow.map(|cow| cow.to_string())),
        ("sector", Some(actor.sector.clone())),
        ("title", actor.title.clone()),
        ("meetings", Some(meetings.to_string())),
    ]);
    Node { id: id.to_owned(), label: clean(&actor.name), attributes }
}

fn edge(ends: (String, String), meetings: &[Met<'_>]) -> Edge {
    let days: Vec<(Date, Date)> = meetings.iter().filter_map(|(_, days)| *days).collect();
    let ids: Vec<&str> = meetings.iter().map(|(id, _)| *id).collect();
    let spells: Vec<String> = days.iter().map(|(from, to)| format!("{from}/{to}")).collect();
    let attributes = known([
        ("first", days.iter().map(|d| d.0).min().map(|date| date.to_string())),
        ("last", days.iter().map(|d| d.1).max().map(|date| date.to_string())),
        ("dates", Some(spells.join("; "))),
        ("meetings", Some(ids.join("; "))),
    ]);
    Edge { ends, weight: meetings.len(), attributes }
}

fn known<const N: usize>(fields: [(&str, Option<String>); N]) -> BTreeMap<String, String> {
    let filled = |(key, value): (&str, Option<String>)| {
        value
            .map(|value| clean(&value))
            .filter(|value| !value.is_empty())
            .map(|value| (key.to_owned(), value))
    };
    fields.into_iter().filter_map(filled).collect()
}

/// The graph as XML.
#[must_use]
pub fn write_graph(graph: &Graph, format: GraphFormat) -> String {
    match format {
        GraphFormat::Gexf => gexf(graph),
        GraphFormat::Graphml => graphml(graph),
    }
}

fn gexf(graph: &Graph) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n\
         <graph mode=\"dynamic\" defaultedgetype=\"undirected\" timeformat=\"date\">\n",
    );
    for (class, keys) in [("node", &NODE[..]), ("edge", &EDGE[..])] {
        out += &format!("<attributes class=\"{class}\" mode=\"static\">\n");
        for (key, kind) in keys {
            out += &format!("<attribute id=\"{class}_{key}\" title=\"{key}\" type=\"{kind}\"/>\n");
        }
        out += "</attributes>\n";
    }
    let values = |class: &str, attributes: &BTreeMap<String, String>| {
        let value = |(key, value): (&String, &String)| {
            format!("<attvalue for=\"{class}_{key}\" value=\"{}\"/>", escape(value))
        };
        format!("<attvalues>{}</attvalues>", attributes.iter().map(value).collect::<String>())
    };
    out += "<nodes>\n";
    for node in &graph.nodes {
        let label = escape(&node.label);
        out += &format!(
            "<node id=\"{}\" label=\"{label}\">{}</node>\n",
            node.id,
            values("node", &node.attributes)
        );
    }
    out += "</nodes>\n<edges>\n";
    for (number, edge) in graph.edges.iter().enumerate() {
        let (source, target) = &edge.ends;
        out += &format!(
            "<edge id=\"e{number}\" source=\"{source}\" target=\"{target}\" weight=\"{}\">{}{}</edge>\n",
            edge.weight,
            values("edge", &edge.attributes),
            spells(edge)
        );
    }
    out + "</edges>\n</graph>\n</gexf>\n"
}

/// The times of an edge, each ending the day after the last.
fn spells(edge: &Edge) -> String {
    let dates = edge.attributes.get("dates").map(String::as_str).unwrap_or_default();
    let spell = |dates: &str| {
        let (from, to) = dates.split_once('/')?;
        let end = after(to.parse().ok()?);
        Some(format!("<spell start=\"{from}\" end=\"{end}\"/>"))
    };
    let spells: String = dates.split("; ").filter_map(spell).collect();
    if spells.is_empty() { spells } else { format!("<spells>{spells}</spells>") }
}

/// The day after.
fn after(date: Date) -> Date {
    let (year, month, day) = date.last().parts();
    let (month, day) = (month.unwrap_or(12), day.unwrap_or(31));
    let next = Date::day(year, month, day + 1).or_else(|| Date::day(year, month + 1, 1));
    next.or_else(|| Date::day(year + 1, 1, 1)).unwrap_or(date)
}

fn graphml(graph: &Graph) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    let mut key = |class: &str, name: &str, kind: &str| {
        let kind = if kind == "integer" { "int" } else { kind };
        out += &format!(
            "<key id=\"{class}_{name}\" for=\"{class}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>\n"
        );
    };
    key("node", "label", "string");
    NODE.iter().for_each(|(name, kind)| key("node", name, kind));
    key("edge", "weight", "int");
    EDGE.iter().for_each(|(name, kind)| key("edge", name, kind));
    out += "<graph edgedefault=\"undirected\">\n";
    let data = |class: &str, attributes: &BTreeMap<String, String>| -> String {
        let one = |(key, value): (&String, &String)| {
            format!("<data key=\"{class}_{key}\">{}</data>", escape(value))
        };
        attributes.iter().map(one).collect()
    };
    for node in &graph.nodes {
        let label = escape(&node.label);
        out += &format!(
            "<node id=\"{}\"><data key=\"node_label\">{label}</data>{}</node>\n",
            node.id,
            data("node", &node.attributes)
        );
    }
    for edge in &graph.edges {
        let (source, target) = &edge.ends;
        out += &format!(
            "<edge source=\"{source}\" target=\"{target}\"><data key=\"edge_weight\">{}</data>{}</edge>\n",
            edge.weight,
            data("edge", &edge.attributes)
        );
    }
    out + "</graph>\n</graphml>\n"
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The graph in the XML.
///
/// # Errors
/// The text is no such graph, for the reason given.
pub fn read_graph(xml: &str, format: GraphFormat) -> Result<Graph, String> {
    let options = ParsingOptions { nodes_limit: u32::MAX, ..ParsingOptions::default() };
    let document = Document::parse_with_options(xml, options).map_err(|error| error.to_string())?;
    let elements = |name: &'static str| document.descendants().filter(move |e| e.has_tag_name(name));
    let mut graph = Graph::default();
    for element in elements("node") {
        let (id, mut attributes) = (attribute(element, "id")?, values(element, format, "node_"));
        let label = match format {
            GraphFormat::Gexf => attribute(element, "label")?,
            GraphFormat::Graphml => attributes.remove("label").unwrap_or_default(),
        };
        graph.nodes.push(Node { id, label, attributes });
    }
    for element in elements("edge") {
        let mut attributes = values(element, format, "edge_");
        let weight = match format {
            GraphFormat::Gexf => attribute(element, "weight")?,
            GraphFormat::Graphml => attributes.remove("weight").unwrap_or_default(),
        };
        let weight = weight.parse().map_err(|_| format!("'{weight}' is no weight"))?;
        graph.edges.push(Edge {
            ends: (attribute(element, "source")?, attribute(element, "target")?),
            weight,
            attributes,
        });
    }
    Ok(graph)
}

fn attribute(element: Element<'_, '_>, name: &str) -> Result<String, String> {
    element.attribute(name).map(str::to_owned).ok_or_else(|| format!("a node or edge has no '{name}'"))
}

fn values(element: Element<'_, '_>, format: GraphFormat, class: &str) -> BTreeMap<String, String> {
    let value = |e: Element<'_, '_>| {
        let (key, value) = match format {
            GraphFormat::Gexf => (e.attribute("for")?, e.attribute("value")?),
            GraphFormat::Graphml => (e.attribute("key")?, e.text().unwrap_or_default()),
        };
        Some((key.strip_prefix(class)?.to_owned(), value.to_owned()))
    };
    element.descendants().filter_map(value).collect()
}
