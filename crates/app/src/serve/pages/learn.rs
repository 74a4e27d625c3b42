//! What the tables and the codebook could learn from a row that somebody put right: lines to copy, each with what else in the
//! record rests on the same rule or names the same person.

use chancery_corpus::{Corpus, Correction, Judged, MOST, Row, Stored, Touched, Verdict};
use chancery_model::{Event, Participant, Span};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::corrections::rows;
use crate::serve::asked::Asked;
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{clean, link};

/// So many of the other rows are shown.
const SHOWN: usize = 20;

/// A line that could be added to a file.
struct Lesson {
    /// What it would do.
    what: &'static str,
    /// The file of the data folder, and where in it.
    place: String,
    /// The line.
    line: String,
    /// What else it concerns.
    touched: Touched,
}

pub(in crate::serve) fn page(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let stored = corpus.document(&asked.id)?;
    let said = corpus.corrections(&Judged { of: Some(asked.id.clone()), ..Judged::default() })?;
    let own = asked.id.split_once('.').map(|(_, row)| row);
    let now = rows(&stored.record).into_iter().find(|row| Some(row.id()) == own);
    let judged = said.iter().find(|c| c.counts);
    let row = now.as_ref().or_else(|| judged.map(Correction::anchor));
    let row =
        row.ok_or_else(|| Fault::missing(format!("{} is no row that is there or was judged", asked.id)))?;
    let found = judged.and_then(|c| c.found.as_ref());
    let mut lessons = Vec::new();
    if let Row::Event(event) = row {
        let verdict = judged.map_or(Verdict::Accept, |c| c.verdict);
        lessons.extend(example(corpus, &stored, event, found, verdict)?);
    }
    for who in people(row) {
        lessons.extend(term(corpus, &stored, who)?);
    }
    for (from, to) in renamed(found, row) {
        lessons.extend(alias(corpus, from, to)?);
    }
    let main = html! {
        p.about { "From " (link(&asked.id)) ". Lines to copy into a folder of yours; " code { "chancery check FOLDER" } " tries them, "
            code { "--codebook" } " and " code { "--actors" } " read by them. Nothing is changed here." }
        @if lessons.is_empty() {
            p.empty { "The tables know everybody in this row, and it is no event: there is nothing to teach." }
        }
        @for lesson in &lessons { (shown(lesson)) }
    };
    let columns = ["what", "place", "line", "also"];
    let cells = lessons.iter().map(|l| {
        let also: Vec<Value> = l.touched.rows.iter().map(|(id, _)| json!(id)).collect();
        vec![json!(l.what), json!(l.place), json!(l.line), json!(also)]
    });
    Ok(Page { title: format!("Teach by {}", asked.id), main, twin: Twin::new(&columns, cells.collect()) })
}

fn shown(lesson: &Lesson) -> Markup {
    let all = lesson.touched.all;
    let more = if all == MOST { " or more" } else { "" };
    html! {
        section data-citation=(clean(&lesson.line)) {
            h2 { (lesson.what) }
            p { "In " code { (clean(&lesson.place)) } ":" }
            pre { code { (clean(&lesson.line)) } }
            p.actions { button type="button" data-copy { "Copy" } }
            @if all == 0 {
                p.note { "No other row of the record rests on this." }
            } @else {
                details {
                    summary { "It concerns " (all) (more) @if all == 1 { " row" } @else { " rows" } " of the record" }
                    ul { @for (id, words) in &lesson.touched.rows { li { (link(id)) " " q { (clean(words)) } } } }
                }
            }
        }
    }
}

/// The sentence as an example of the rule that read it, or of the page of its type.
fn example(
    corpus: &Corpus,
    stored: &Stored,
    event: &Event,
    found: Option<&Row>,
    verdict: Verdict,
) -> Result<Option<Lesson>, Fault> {
    let Some(sentence) = stored.sentences.iter().find(|s| s.contains(event.quote)) else { return Ok(None) };
    let words = one_line(stored, *sentence);
    let before = match found {
        Some(Row::Event(before)) => before,
        _ => event,
    };
    let rule = before.provenance.iter().find(|p| p.field == "row" && !p.rule.starts_with("correction"));
    let rule = rule.map(|p| p.rule.clone());
    let (what, list, line) = match verdict {
        Verdict::Reject => ("An example that must not fire", "Silent:", format!("- {words}")),
        _ => {
            let line = format!("- {words} → {} > {}", codes(&event.actor), codes(&event.recipient));
            ("An example that must fire", "Fires:", line)
        }
    };
    let page = format!("codebook/en/{}.md", event.plover.to_lowercase());
    let place = match &rule {
        Some(rule) if rule.ends_with("#reader") => {
            format!("{page}, below “{list}” of a rule for it: no rule read this, the second opinion did")
        }
        Some(rule) => format!("{page}, rule {rule}, below “{list}”"),
        None => format!("{page}, below “{list}” of the rule that should read it"),
    };
    let touched = rule.map_or(Ok(Touched::default()), |rule| corpus.read_by(&rule, SHOWN))?;
    Ok(Some(Lesson { what, place, line, touched }))
}

/// A term of office for somebody whom the tables do not know.
fn term(corpus: &Corpus, stored: &Stored, who: &Participant) -> Result<Option<Lesson>, Fault> {
    let Some(name) = &who.name else { return Ok(None) };
    if stored.record.people.iter().any(|known| known.name == *name) || who.code.is_empty() {
        return Ok(None);
    }
    let office = stored.record.roles.iter().find(|role| role.person == *name).map(|role| role.office.clone());
    let Some(office) = office else { return Ok(None) };
    let surname = name.split(' ').next_back().unwrap_or(name);
    let id = name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-");
    let date = stored.document.reference_date().map(|d| d.to_string()).unwrap_or_default();
    let source = stored.document.source.publisher.clone().unwrap_or_else(|| stored.document.id.clone());
    let (organ, country) =
        if who.code.contains(':') { (who.code.as_str(), "") } else { ("", who.code.as_str()) };
    let cells = [
        &id,
        &office.to_lowercase(),
        organ,
        "",
        "",
        name,
        surname,
        "",
        country,
        "",
        &format!("{source} {date}"),
        &date,
    ];
    let line = cells.map(|cell| cell.replace([',', '"', '\n'], " ")).join(",");
    let touched = corpus.naming(name, SHOWN)?;
    Ok(Some(Lesson {
        what: "A person whom the tables do not know",
        place: "actors/people.csv".to_owned(),
        line,
        touched,
    }))
}

/// Another spelling of somebody whom the tables know.
fn alias(corpus: &Corpus, from: &str, to: &str) -> Result<Option<Lesson>, Fault> {
    let touched = corpus.naming(from, SHOWN)?;
    let place = format!("actors/people.csv, in each row of {to}, column aliases");
    Ok(Some(Lesson { what: "Another spelling of a name", place, line: from.to_owned(), touched }))
}

/// Everybody with a name in a row.
fn people(row: &Row) -> Vec<&Participant> {
    let all: Vec<&Vec<Participant>> = match row {
        Row::Statement(s) => vec![&s.speaker, &s.holder, &s.addressee],
        Row::Event(e) => vec![&e.actor, &e.recipient],
        Row::Role(_) | Row::Meeting(_) => vec![],
    };
    let mut people: Vec<&Participant> = all.into_iter().flatten().filter(|p| p.name.is_some()).collect();
    people.dedup_by_key(|p| p.name.clone());
    people
}

/// Names that somebody put in the place of others: from, to.
fn renamed<'a>(found: Option<&'a Row>, row: &'a Row) -> Vec<(&'a str, &'a str)> {
    let Some(found) = found else { return Vec::new() };
    if let (Row::Role(before), Row::Role(after)) = (found, row) {
        let changed = before.person != after.person;
        return changed.then_some((before.person.as_str(), after.person.as_str())).into_iter().collect();
    }
    let (before, after) = (people(found), people(row));
    let pairs = before.iter().zip(&after).filter(|_| before.len() == after.len());
    let names = pairs.filter_map(|(b, a)| Some((b.name.as_deref()?, a.name.as_deref()?)));
    names.filter(|(b, a)| b != a).collect()
}

/// As examples write who takes part: `TCD, SDN.REB`, `-` for nobody.
fn codes(who: &[Participant]) -> String {
    let code = |p: &Participant| match &p.sector {
        Some(sector) => format!("{}.{sector}", p.code),
        None => p.code.clone(),
    };
    match who {
        [] => "-".to_owned(),
        who => who.iter().map(code).collect::<Vec<_>>().join(", "),
    }
}

fn one_line(stored: &Stored, span: Span) -> String {
    stored.document.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}
