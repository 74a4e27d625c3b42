//! The table of pages: from it come the addresses, the navigation and the description for programs.

use chancery_corpus::Corpus;
use serde_json::{Map, Value, json};

use super::asked::Asked;
use super::fault::Fault;
use super::page::Page;
use super::pages;

/// A page and how it is asked for.
pub(super) struct Route {
    /// `/documents/{id}`: a part in braces stands for any text.
    pub(super) path: &'static str,
    /// Its name in the navigation; empty where it is reached from other pages only.
    pub(super) name: &'static str,
    /// What it shows, in a sentence.
    pub(super) about: &'static str,
    /// What may follow the question mark.
    pub(super) parameters: &'static [Parameter],
    /// Makes it.
    pub(super) page: fn(&Corpus, &Asked) -> Result<Page, Fault>,
}

/// Something that an address may say after its question mark.
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
}

const fn parameter(name: &'static str, about: &'static str) -> Parameter {
    Parameter { name, about }
}

const COUNTRY: Parameter = parameter("country", "a state or organisation that takes part, by code or name");
const PERSON: Parameter = parameter("person", "a person who takes part; a part of the name will do");
const FROM: Parameter = parameter("from", "not over before this day, month or year begins");
const TO: Parameter = parameter("to", "not begun after this day, month or year ends");
const WITH: Parameter =
    parameter("with", "a side by code or name, or a person; once for each of those who met");
const SOMEBODY: Parameter = parameter("person", "who takes part; a part of the name will do");
const TOPIC: Parameter = parameter("topic", "a topic of the codebook, or words for it");
const OUTLET: Parameter = parameter("outlet", "a publisher");
const MEETINGS_OF: Parameter =
    parameter("country", "texts on meetings of this side; may be given more than once");
const PERIOD: &[Parameter] = &[
    parameter("since", "the first day, month or year of the period; without, the last sixth of the record"),
    parameter("until", "its last; without, the last text"),
    OUTLET,
    MEETINGS_OF,
    parameter("limit", "so many phrases at most"),
];
const AFTER: Parameter = parameter("after", "rows after this one, as the page before named it");
/// What every list understands.
const LIST: &[Parameter] = &[COUNTRY, PERSON, FROM, TO, AFTER];

/// Every page, in the order of the navigation.
pub(super) const ROUTES: &[Route] = &[
    Route { path: "/", name: "", about: "What the record holds", parameters: &[], page: pages::home::page },
    Route {
        path: "/documents",
        name: "Documents",
        about: "The texts of the record",
        parameters: LIST,
        page: pages::lists::documents,
    },
    Route {
        path: "/documents/{id}",
        name: "",
        about: "A text with what was read out of it",
        parameters: &[],
        page: pages::document::page,
    },
    Route {
        path: "/meetings",
        name: "Meetings",
        about: "Who met whom; one row for one meeting, however many texts tell of it",
        parameters: LIST,
        page: pages::lists::meetings,
    },
    Route {
        path: "/meetings/{id}",
        name: "",
        about: "A meeting over documents: its accounts, and what speaks for and against their being one",
        parameters: &[],
        page: pages::meeting::page,
    },
    Route {
        path: "/people",
        name: "People",
        about: "Everyone who is named",
        parameters: LIST,
        page: pages::lists::people,
    },
    Route {
        path: "/timeline",
        name: "Timeline",
        about: "Meetings through time",
        parameters: LIST,
        page: pages::figures::timeline,
    },
    Route {
        path: "/network",
        name: "Network",
        about: "Who met whom; as GEXF too, at /network.gexf",
        parameters: &[COUNTRY, FROM, TO, parameter("of", "persons, or states")],
        page: pages::figures::network,
    },
    Route {
        path: "/map",
        name: "Map",
        about: "Where sides met",
        parameters: &[COUNTRY, PERSON, FROM, TO],
        page: pages::figures::map,
    },
    Route {
        path: "/people/{id}",
        name: "",
        about: "A person through time, by name or by the key of the tables of actors",
        parameters: &[],
        page: pages::person::page,
    },
    Route {
        path: "/dyad",
        name: "Dyads",
        about: "Two sides: meetings, topics, what is not said any more, commitments, phrases",
        parameters: &[WITH, SOMEBODY, AFTER],
        page: pages::dyad::page,
    },
    Route {
        path: "/brief",
        name: "Brief",
        about: "One cited page on two sides",
        parameters: &[WITH, SOMEBODY],
        page: pages::brief::page,
    },
    Route {
        path: "/series",
        name: "Series",
        about: "One topic through the texts on meetings of the same parties, each against the one before",
        parameters: &[WITH, SOMEBODY, TOPIC, AFTER],
        page: pages::series::page,
    },
    Route {
        path: "/compare",
        name: "Compare",
        about: "Two texts claim by claim, or a joint text held against those of its sides",
        parameters: &[
            parameter("a", "a text or a meeting"),
            parameter("b", "another; may be left away where a is a meeting of several texts"),
            parameter("joint", "a joint text, to be held against both"),
            parameter("seek", "words to look for in both; may be given more than once"),
        ],
        page: pages::compare::page,
    },
    Route {
        path: "/phrases",
        name: "Phrases",
        about: "When words were used, by whom, and out of how many texts",
        parameters: &[
            parameter("q", "the words; a * stands for the rest of a word or for a whole one"),
            parameter("speaker", "who says them; a part of the name will do"),
            OUTLET,
            MEETINGS_OF,
            FROM,
            TO,
        ],
        page: pages::phrases::page,
    },
    Route {
        path: "/new",
        name: "New",
        about: "Phrases that came up in a period",
        parameters: PERIOD,
        page: pages::news::new,
    },
    Route {
        path: "/vanished",
        name: "Vanished",
        about: "Phrases that were said before a period and not in it",
        parameters: PERIOD,
        page: pages::news::vanished,
    },
    Route {
        path: "/positions",
        name: "Positions",
        about: "What was said on a topic, in order of time",
        parameters: &[TOPIC, COUNTRY, PERSON, FROM, TO, AFTER],
        page: pages::positions::page,
    },
    Route {
        path: "/topics",
        name: "Topics",
        about: "The topics of the codebook and how many statements are on each",
        parameters: &[],
        page: pages::positions::topics,
    },
    Route {
        path: "/search",
        name: "Search",
        about: "Documents and statements that answer to words and fields",
        parameters: &[parameter(
            "q",
            "words, words in quotes, and fields: speaker: holder: addressee: topic: act: polarity: country: from: to:",
        )],
        page: pages::search::page,
    },
    Route {
        path: "/statements",
        name: "Statements",
        about: "Who said what in whose name",
        parameters: LIST,
        page: pages::lists::statements,
    },
    Route {
        path: "/events",
        name: "Events",
        about: "Who did what to whom, in PLOVER and CAMEO codes",
        parameters: LIST,
        page: pages::lists::events,
    },
    Route {
        path: "/roles",
        name: "Offices",
        about: "Who held which office, as stated",
        parameters: LIST,
        page: pages::lists::roles,
    },
    Route {
        path: "/doubts",
        name: "To check",
        about: "Events by how little sure they are, the least sure first",
        parameters: LIST,
        page: pages::lists::doubts,
    },
    Route {
        path: "/ingest",
        name: "Ingest",
        about: "What became of each input",
        parameters: &[],
        page: pages::ingest::page,
    },
    Route {
        path: "/corrections",
        name: "Corrections",
        about: "What people said of rows, with who and when",
        parameters: &[
            parameter("coder", "only what this person said"),
            parameter("undone", "also what was taken back, where anything is given"),
        ],
        page: pages::corrections::list,
    },
    Route {
        path: "/agreement",
        name: "",
        about: "How far people agree on rows, field by field, and where they do not",
        parameters: &[parameter("coder", "only between these people; may be given again")],
        page: pages::corrections::agreement,
    },
    Route {
        path: "/learn/{id}",
        name: "",
        about: "What the tables and the codebook could learn from a row, and what else that would change",
        parameters: &[
            parameter(
                "try",
                "the number of a line: texts are coded with it and without, and what differs is shown",
            ),
            parameter("line", "the same in other words"),
        ],
        page: pages::learn::page,
    },
    Route {
        path: "/edit/{id}",
        name: "",
        about: "The fields of a row, to be put right",
        parameters: &[],
        page: pages::edit::edit,
    },
    Route {
        path: "/add/{id}",
        name: "",
        about: "The fields of a row that was missed in a text",
        parameters: &[parameter("layer", "role, meeting, statement or event")],
        page: pages::edit::add,
    },
    Route {
        path: "/why/{id}",
        name: "",
        about: "The words, the rule and the reasoning behind a row",
        parameters: &[],
        page: pages::why::page,
    },
];

/// The navigation: the page that stands in it, and those that are reached beside it.
const SECTIONS: &[&[&str]] = &[
    &["/documents", "/ingest"],
    &["/meetings", "/timeline", "/network", "/map"],
    &["/people", "/roles"],
    &["/dyad", "/brief", "/series"],
    &["/compare", "/series"],
    &["/statements", "/positions", "/topics"],
    &["/events"],
    &["/phrases", "/new", "/vanished"],
    &["/doubts", "/corrections"],
];
/// Reached from the head of each page.
const ELSEWHERE: &[&str] = &["/search"];

/// The pages that stand in the navigation: those of the sections, and what belongs to none.
pub(super) fn navigation() -> impl Iterator<Item = &'static Route> {
    let heads = SECTIONS.iter().filter_map(|section| route(section.first()?));
    let known = |path: &&str| SECTIONS.concat().contains(path) || ELSEWHERE.contains(path);
    heads.chain(ROUTES.iter().filter(move |r| !r.name.is_empty() && !known(&r.path)))
}

/// The pages beside one, itself among them; nothing of a section of one page.
pub(super) fn section(path: &str) -> Vec<&'static Route> {
    let own = SECTIONS.iter().find(|section| section.len() > 1 && section.contains(&path));
    own.into_iter().flat_map(|section| section.iter()).filter_map(|path| route(path)).collect()
}

/// Whether a page of the navigation leads to this one.
pub(super) fn leads(head: &Route, path: &str) -> bool {
    let list = path.split_once("/{").map_or(path, |(list, _)| list);
    let own = SECTIONS.iter().find(|section| section.contains(&list));
    own.map_or(head.path == list, |section| section.first() == Some(&head.path))
}

fn route(path: &str) -> Option<&'static Route> {
    ROUTES.iter().find(|route| route.path == path)
}

/// In which form the rows are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Html,
    Json,
    Csv,
    /// A network, where a page is one.
    Gexf,
}

/// The page of an address and what it asks for; `path` as sent.
pub(super) fn find(path: &str, query: &str) -> Option<(&'static Route, Form, Asked)> {
    let endings = [(".json", Form::Json), (".csv", Form::Csv), (".gexf", Form::Gexf)];
    let ended = endings.into_iter().find_map(|(ending, form)| Some((path.strip_suffix(ending)?, form)));
    let (path, form) = ended.unwrap_or((path, Form::Html));
    let path = if path == "/index" && form != Form::Html { "/" } else { path };
    ROUTES.iter().find_map(|route| {
        let id = matched(route.path, path)?;
        Some((route, form, Asked::new(path, id, query)))
    })
}

/// What stands in the place of the braces, decoded; nothing where the path is another.
fn matched(pattern: &str, path: &str) -> Option<String> {
    let Some((before, _)) = pattern.split_once('{') else {
        return (pattern == path).then(String::new);
    };
    let part = path.strip_prefix(before).filter(|part| !part.is_empty() && !part.contains('/'))?;
    percent_encoding::percent_decode_str(part).decode_utf8().ok().map(|part| part.into_owned())
}

/// All pages as OpenAPI 3.1 describes them.
pub(super) fn openapi() -> Value {
    let text = json!({ "type": "string" });
    let mut paths = Map::new();
    for route in ROUTES {
        let mut parameters: Vec<Value> = route
            .parameters
            .iter()
            .map(|p| json!({ "name": p.name, "in": "query", "description": p.about, "schema": text }))
            .collect();
        if route.path.contains("{id}") {
            parameters.push(json!({ "name": "id", "in": "path", "required": true, "schema": text }));
        }
        let path = if route.path == "/" { "/index" } else { route.path };
        for (ending, kind, schema) in [
            ("json", "application/json", json!({ "$ref": "#/components/schemas/Rows" })),
            ("csv", "text/csv", text.clone()),
        ] {
            let refused = json!({ "description": "What is wrong and what would be right", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Fault" } } } });
            paths.insert(
                format!("{path}.{ending}"),
                json!({ "get": {
                    "summary": route.about,
                    "parameters": parameters,
                    "responses": {
                        "200": { "description": route.about, "content": { kind: { "schema": schema } } },
                        "400": refused, "404": refused,
                    },
                } }),
            );
        }
    }
    if let Some(mut network) = paths.get("/network.json").cloned() {
        let responses = &mut network["get"]["responses"];
        responses["200"]["content"] = json!({ "application/gexf+xml": { "schema": text } });
        paths.insert("/network.gexf".to_owned(), network);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Chancery", "version": env!("CARGO_PKG_VERSION"), "description": "The record of this machine. Every address without its ending is the same as a page." },
        "paths": paths,
        "components": { "schemas": {
            "Rows": { "type": "object", "required": ["title", "rows", "next"], "properties": {
                "title": text,
                "rows": { "type": "array", "items": { "type": "object" } },
                "next": { "type": ["string", "null"], "description": "Address of the rows that follow, without ending" },
            } },
            "Fault": { "type": "object", "required": ["fault"], "properties": { "fault": text } },
        } },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_finds_its_page_its_form_and_its_id() {
        let (route, form, asked) = find("/documents/d1.csv", "").expect("there is such a page");
        assert_eq!((route.path, form, asked.id.as_str()), ("/documents/{id}", Form::Csv, "d1"));
        let (_, _, asked) = find("/why/M%C3%A9", "").expect("there is such a page");
        assert_eq!(asked.id, "Mé");
        assert!(find("/documents/", "").is_none() && find("/documents/d1/x", "").is_none());
        assert!(find("/nowhere", "").is_none() && find("/why/%ff", "").is_none());
    }

    #[test]
    fn no_two_pages_share_an_address_or_a_name() {
        for (at, route) in ROUTES.iter().enumerate() {
            let others = &ROUTES[at + 1..];
            assert!(
                others.iter().all(|o| o.path != route.path && (o.name.is_empty() || o.name != route.name))
            );
            assert!(!route.about.is_empty() && !route.about.ends_with('.'));
        }
    }

    #[test]
    fn every_section_is_of_pages_and_every_named_page_is_reached() {
        let all: Vec<&str> = SECTIONS.concat();
        assert!(all.iter().chain(ELSEWHERE).all(|path| route(path).is_some_and(|r| !r.name.is_empty())));
        assert!(navigation().count() <= 10, "a bar of more is a list");
        let leading =
            |path: &str| navigation().filter(|head| leads(head, path)).map(|r| r.path).collect::<Vec<_>>();
        assert_eq!(leading("/map"), ["/meetings"]);
        assert_eq!(leading("/people/{id}"), ["/people"]);
        assert_eq!(section("/new").len(), 3);
    }

    #[test]
    fn every_page_is_described_in_both_forms() {
        let described = openapi();
        for route in ROUTES {
            let path = if route.path == "/" { "/index" } else { route.path };
            for ending in ["json", "csv"] {
                assert!(described["paths"][format!("{path}.{ending}")]["get"]["summary"].is_string());
            }
        }
    }
}
