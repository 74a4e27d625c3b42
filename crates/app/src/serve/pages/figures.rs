//! Meetings as figures: through time, between whom, and where; each with its table.

use std::collections::BTreeMap;

use chancery_coder::knowledge::Knowledge;
use chancery_corpus::{Corpus, Filter, Kind};

use maud::{Markup, html};
use serde_json::{Value, json};

use crate::answers::figures::{
    MEETINGS, MET, NETWORK, Of, PLACES, Parties, TIMELINE, WHERE, met, network as graph_of, nodes, placed,
    ties, timeline as lines,
};
use crate::serve::asked::Asked;
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{clean, field, filter, form, links, onward, plain, rows};

/// Meetings of a sheet of the timeline.
const SHEET: usize = 2000;
/// Meetings of a network: the latest.
const LATEST: usize = 10_000;
/// Rows of the table beside a figure; JSON and CSV have all.
const SHOWN: usize = 100;

/// A figure that a script draws, and the table for who has none, or would rather read.
fn figure(kind: &str, asked: &Asked, caption: &Markup, table: &Markup) -> Markup {
    html! {
        figure data-figure=(kind) data-source=(asked.form("json")) { figcaption { (caption) } }
        details.table open { summary { "The same as a table" } (table) }
    }
}

/// A table of the first rows.
fn first(caption: &str, columns: &[&str], all: &[Vec<Value>]) -> Markup {
    html! {
        (rows(caption, columns, &all[..all.len().min(SHOWN)], "Nothing in the record answers to this."))
        @if all.len() > SHOWN { p.meta { "and " (all.len() - SHOWN) " more; JSON and CSV have them" } }
    }
}

/// Who took part in the meetings of these rows, which begin with an id.
fn parties(corpus: &Corpus, meetings: &[Vec<Value>]) -> Result<Parties, Fault> {
    let ids: Vec<&str> = meetings.iter().filter_map(|row| row[0].as_str()).collect();
    Ok(corpus.parties(&ids)?)
}

pub(in crate::serve) fn timeline(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let (meetings, next) =
        corpus.sheet_of((Kind::Meetings, &MEETINGS), &asked.filter()?, asked.get("after"), SHEET)?;
    let parties = parties(corpus, &meetings)?;
    let sheet = lines(meetings, &parties, &Knowledge::embedded());
    let next = next.map(|next| asked.with("after", Some(&next)));
    let columns = ["id", "date", "place", "who", "format", "told", "texts"];
    let readable = |row: &Vec<Value>| {
        let [id, from, to, _, place, _, format, told, documents, planned, who] = &row[..] else {
            return row.clone();
        };
        let date = if from == to { from.clone() } else { json!(format!("{} to {}", plain(from), plain(to))) };
        let format = json!(plain(format).replace('_', " "));
        let told = match (planned.as_bool(), told.as_str()) {
            (Some(true), _) => "planned",
            (_, Some("main")) => "reported",
            _ => "mentioned",
        };
        [id, &date, place, who, &format, &json!(told), documents].map(Clone::clone).to_vec()
    };
    let shown: Vec<Vec<Value>> = sheet.iter().map(readable).collect();
    let main = html! {
        p.about { "Each meeting by its date, as exactly as it is known." }
        (filter(asked))
        (figure("timeline", asked, &html! { (sheet.len()) " meetings" }, &first("Meetings", &columns, &shown)))
        (onward(next.as_deref()))
    };
    let mut twin = Twin::new(&TIMELINE, sheet);
    twin.next = next;
    Ok(Page { title: "Timeline".to_owned(), main, twin })
}

pub(in crate::serve) fn network(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let of = match asked.get("of") {
        None | Some("persons") => Of::Persons,
        Some("states") => Of::States,
        Some(other) => return Err(Fault::asked(format!("of: '{other}' is neither 'persons' nor 'states'"))),
    };
    let filter = asked.filter()?;
    let mut meetings = corpus.columns(Kind::Meetings, &MET, &filter)?;
    let all = meetings.len();
    let meetings = meetings.split_off(all.saturating_sub(LATEST));
    let known = Knowledge::embedded();
    let met = met(&meetings, &parties(corpus, &meetings)?, of, &known);
    let graph = graph_of(&met);
    let (nodes, ties) = (nodes(&graph), ties(&graph, &met));
    let label: BTreeMap<String, Value> =
        nodes.iter().map(|node| (plain(&node["id"]), node["label"].clone())).collect();
    let mut named = ties.clone();
    named.sort_by_key(|row| std::cmp::Reverse(row[2].as_u64()));
    for row in &mut named {
        for end in [0, 1] {
            row[end] = label.get(&plain(&row[end])).cloned().unwrap_or_default();
        }
        row.truncate(5);
    }
    let kind = |name: &str, words: &str, own: Of| {
        html! { a href=(asked.with("of", Some(name))) aria-current=[(of == own).then_some("true")] { (words) } }
    };
    let fields = html! {
        @if of == Of::States { input type="hidden" name="of" value="states"; }
        (field(asked, "country", "Country", "CHN"))
        (field(asked, "from", "From", "2025-09"))
        (field(asked, "to", "To", "2025"))
    };
    let columns = ["one", "other", "meetings", "first", "last"];
    let main = html! {
        p.about {
            "Who met whom, each from another side, in meetings that took place."
            @if all > LATEST {
                " Of the latest " (LATEST) " of " (all) " meetings; a country or a period shows others."
            }
        }
        (form("/network", "Narrow the network", "Show", &fields))
        p.links { (kind("persons", "Persons", Of::Persons)) " · " (kind("states", "States", Of::States)) }
        (figure("network", asked, &html! { (nodes.len()) " nodes, " (ties.len()) " ties. " a href=(asked.form("gexf")) { "GEXF for Gephi" } }, &first("Who met whom", &columns, &named)))
    };
    let mut twin = Twin::new(&NETWORK, ties).beside("nodes", Value::Array(nodes));
    twin.graph = Some(graph);
    Ok(Page { title: "Network".to_owned(), main, twin })
}

pub(in crate::serve) fn map(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let filter: Filter = asked.filter()?;
    let found = placed(&corpus.columns(Kind::Meetings, &WHERE, &filter)?, &Knowledge::embedded());
    let columns = ["place", "country", "meetings", "first", "last"];
    let brief = |row: &Vec<Value>| [0, 1, 4, 5, 6].map(|at| row[at].clone()).to_vec();
    let shown: Vec<Vec<Value>> = found.rows.iter().map(brief).collect();
    let lost: usize = found.lost.iter().map(|(_, ids)| ids.len()).sum();
    let main = html! {
        p.about { "A place for each town where sides met, as large as meetings there were many." }
        (self::filter(asked))
        (figure("map", asked, &html! { (found.rows.len()) " places" }, &first("Places", &columns, &shown)))
        section #lost {
            h2 { (lost) " meetings are not on the map" }
            p.meta {
                (found.unplaced.len())
                " of them name no place; of the others the tables know no coordinates: calls, regions, and places of unknown name."
            }
            @if lost > 0 {
                details {
                    summary { "Their places and meetings" }
                    ul.entries {
                        @for (place, ids) in found.lost.iter().take(SHOWN) {
                            li {
                                strong { @if place.is_empty() { "no place" } @else { (clean(place)) } } " "
                                (links(&ids[..ids.len().min(20)]))
                                @if ids.len() > 20 { " and " (ids.len() - 20) " more" }
                            }
                        }
                    }
                }
            }
        }
    };
    let lost = found.lost.iter().map(|(place, ids)| json!({ "place": place, "ids": ids })).collect();
    let twin = Twin::new(&PLACES, found.rows).beside("without_coordinates", lost);
    Ok(Page { title: "Map".to_owned(), main, twin })
}
