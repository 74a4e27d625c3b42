//! A person: offices through time, appearances, meetings with others, what is said.

use chancery_corpus::{Corpus, Life, Meant, Person, Turnover};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::answers::count;
use crate::answers::unknown;
use crate::serve::asked::{Asked, part, query};
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{clean, link, person, rows, section, side};

/// Rows of each kind.
const ROWS: usize = 60;

const COLUMNS: [&str; 8] = ["kind", "id", "date", "to", "what", "code", "with", "words"];

pub(in crate::serve) fn page(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let id = asked.id.trim();
    match corpus.meant(id)? {
        Meant::Nobody(_) => Err(Fault::missing(unknown(corpus, id)?.unwrap_or_default())),
        Meant::Persons(persons) => match &persons[..] {
            [one] => Ok(shown(one, &corpus.life(one, ROWS)?)),
            several => Ok(choice(id, several)),
        },
    }
}

/// Several persons of one name.
fn choice(id: &str, persons: &[Person]) -> Page {
    let main = html! {
        p.about { (persons.len()) " persons answer to this name." }
        ul.entries {
            @for one in persons {
                @let key = one.key.clone().unwrap_or_else(|| one.number.to_string());
                li {
                    a href=(format!("/people/{}", part(&key))) { (clean(&one.name)) }
                    " " span.meta { (clean(&one.codes.join(", "))) }
                }
            }
        }
    };
    let row = |p: &Person| vec![json!(p.name), json!(p.key), json!(p.number), json!(p.codes)];
    let twin = Twin::new(&["name", "key", "number", "codes"], persons.iter().map(row).collect());
    Page { title: format!("Who is {id}?"), main, twin }
}

fn shown(who: &Person, life: &Life) -> Page {
    let name = who.name.as_str();
    let of = |page: &str| format!("{page}{}", query(&[("person", name)]));
    let main = html! {
        dl.facts {
            div { dt { "serves" } dd { @for code in &who.codes { (side(code)) " " } } }
            div {
                dt { "spellings" }
                dd {
                    @for (n, (spelling, documents)) in life.spellings.iter().enumerate() {
                        @if n > 0 { "; " } (clean(spelling)) " (" (documents) ")"
                    }
                }
            }
            @if let Some(key) = &who.key { div { dt { "in the tables" } dd { code { (clean(key)) } } } }
            div { dt { "last seen" } dd { (last_seen(life)) } }
        }
        (section("career", "Offices through time", &career(life)))
        @if !life.changes.is_empty() { (section("changes", "Changes of office", &changes(&life.changes))) }
        (section("others", "Met with", &others(life)))
        (section("meetings", "Meetings", &meetings(life)))
        p.links {
            a href=(of("/meetings")) { "All meetings" } " · " a href=(of("/timeline")) { "on a timeline" }
        }
        (section("statements", &format!("Statements ({})", life.spoken), &statements(life)))
        p.links { a href=(of("/statements")) { "All statements" } }
        (section("appearances", &format!("Named in {}", count(life.documents, "text", "texts")), &appearances(life)))
    };
    let beside = json!({
        "name": who.name, "key": who.key, "codes": who.codes,
        "spellings": life.spellings.iter().map(|(name, documents)| json!({ "name": name, "documents": documents })).collect::<Vec<_>>(),
        "last_seen": life.last_seen, "last_of_record": life.last_of_record,
        "statements": life.spoken, "documents": life.documents,
    });
    let twin = Twin::new(&COLUMNS, twin_rows(life)).beside("person", beside);
    Page { title: who.name.clone(), main, twin }
}

fn last_seen(life: &Life) -> Markup {
    html! {
        @match (life.last_seen, life.last_of_record) {
            (Some(seen), Some(last)) => {
                time { (seen) }
                @if let (Some(text), true) = (life.appearances.first(), last.days_since(seen) >= 0) {
                    ", " (link(&text.document)) ", " (last.days_since(seen))
                    " days before the record's last date, " time { (last) }
                }
            }
            _ => "in no text with a date",
        }
    }
}

fn career(life: &Life) -> Markup {
    let row = |t: &chancery_corpus::Term| {
        let basis = if t.basis == "stated" { "texts" } else { "tables of actors" };
        vec![json!(t.office), json!(t.code), json!(t.from), json!(t.to), json!(basis), json!(t.documents)]
            .into_iter()
            .chain([json!(t.evidence)])
            .collect()
    };
    let cells: Vec<Vec<Value>> = life.career.iter().map(row).collect();
    let columns = ["office", "of", "from", "to", "told_by", "texts", "evidence"];
    let cell = |column: &str, value: &Value| match (column, value.as_str()) {
        ("evidence", Some(ids)) if ids.starts_with('d') && !ids.contains(':') => evidence(ids),
        ("evidence", Some(words)) => html! { (clean(words)) },
        ("of", Some(code)) => side(code),
        _ => crate::serve::parts::cell(column, value),
    };
    html! {
        @if cells.is_empty() { p.empty { "No text states an office." } } @else {
            (crate::serve::parts::table("Offices through time", &columns, &cells, cell))
        }
    }
}

/// Rows that state an office: some, and the rest folded.
fn evidence(ids: &str) -> Markup {
    let ids: Vec<String> = ids.split("; ").map(str::to_owned).collect();
    let (shown, rest) = ids.split_at(ids.len().min(4));
    html! {
        (crate::serve::parts::links(shown))
        @if !rest.is_empty() {
            details { summary { (rest.len()) " more" } (crate::serve::parts::links(rest)) }
        }
    }
}

fn changes(changes: &[Turnover]) -> Markup {
    html! {
        ul.entries {
            @for one in changes {
                li {
                    span.tag {
                        (match one.kind.as_str() { "succession" => "followed", "overlap" => "side by side", _ => "against the tables" })
                    }
                    " "
                    (clean(&one.office)) " of " (side(&one.code)) ": "
                    (person(&one.before)) " " (clean(&one.before_from)) " to " (clean(&one.before_to))
                    @if let Some(after) = &one.after {
                        ", " (person(after)) " " (clean(one.after_from.as_deref().unwrap_or_default())) " to " (clean(one.after_to.as_deref().unwrap_or_default()))
                    }
                    @if let Some(tables) = &one.tables { p.meta { "Tables: " (clean(tables)) } }
                }
            }
        }
    }
}

fn others(life: &Life) -> Markup {
    let row = |o: &chancery_corpus::Other| {
        let side = if o.same_side { "same side" } else { "" };
        vec![json!(o.name), json!(o.code), json!(o.meetings), json!(side), json!(o.last), json!(o.id)]
    };
    let cells: Vec<Vec<Value>> = life.others.iter().map(row).collect();
    let columns = ["name", "code", "meetings", "side", "last", "id"];
    html! { (rows("Met with", &columns, &cells, "No text reports a meeting with a named person.")) }
}

fn meetings(life: &Life) -> Markup {
    let row = |m: &chancery_corpus::Met| {
        let planned = if m.planned { "planned" } else { "" };
        let format = m.format.replace('_', " ");
        vec![json!(m.id), json!(m.date), json!(m.place), json!(m.parties), json!(format), json!(planned)]
    };
    let cells: Vec<Vec<Value>> = life.meetings.iter().map(row).collect();
    rows("Meetings", &["id", "date", "place", "parties", "format", "planned"], &cells, "None.")
}

fn statements(life: &Life) -> Markup {
    let row = |s: &chancery_corpus::Spoken| {
        vec![json!(s.id), json!(s.date), json!(s.holder), json!(s.act), json!(s.polarity), json!(s.content)]
    };
    let cells: Vec<Vec<Value>> = life.statements.iter().map(row).collect();
    rows("Statements", &["id", "date", "holder", "act", "polarity", "content"], &cells, "None.")
}

fn appearances(life: &Life) -> Markup {
    let row = |a: &chancery_corpus::Appearance| {
        vec![json!(a.document), json!(a.date), json!(a.title), json!(a.parts)]
    };
    let cells: Vec<Vec<Value>> = life.appearances.iter().map(row).collect();
    rows("Appearances", &["document", "date", "title", "as"], &cells, "None.")
}

fn twin_rows(life: &Life) -> Vec<Vec<Value>> {
    let none = Value::Null;
    let mut out = Vec::new();
    for t in &life.career {
        let words = json!(t.evidence);
        out.push(vec![
            json!("office"),
            json!(t.basis),
            json!(t.from),
            json!(t.to),
            json!(t.office),
            json!(t.code),
            none.clone(),
            words,
        ]);
    }
    for m in &life.meetings {
        out.push(vec![
            json!("meeting"),
            json!(m.id),
            json!(m.date),
            none.clone(),
            json!(m.format),
            none.clone(),
            json!(m.parties),
            json!(m.place),
        ]);
    }
    for o in &life.others {
        let meetings = json!(count(o.meetings, "meeting", "meetings"));
        out.push(vec![
            json!("with"),
            json!(o.id),
            json!(o.last),
            none.clone(),
            meetings,
            json!(o.code),
            json!(o.name),
            none.clone(),
        ]);
    }
    for s in &life.statements {
        out.push(vec![
            json!("statement"),
            json!(s.id),
            json!(s.date),
            none.clone(),
            json!(s.act),
            json!(s.holder),
            none.clone(),
            json!(s.content),
        ]);
    }
    for a in &life.appearances {
        out.push(vec![
            json!("named"),
            json!(a.document),
            json!(a.date),
            none.clone(),
            json!(a.parts),
            none.clone(),
            none.clone(),
            json!(a.title),
        ]);
    }
    out
}
