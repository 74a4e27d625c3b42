//! What the tables and the codebook could learn from a row that somebody put right: lines to copy, each with what else in the
//! record rests on the same rule or names the same person.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use chancery_coder::knowledge::Knowledge;
use chancery_corpus::{Corpus, Correction, Judged, MOST, Row, Stored, Touched, Verdict};
use chancery_model::{Event, Participant, Span};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::corrections::rows;
use crate::serve::asked::Asked;
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{clean, link};
use crate::trial::{Effect, Gain, TEXTS, Trial, What, rule_section, with_example};

/// So many of the other rows, and of what a trial shows, are listed.
const SHOWN: usize = 20;
const EFFECTS: usize = 200;
/// How long texts are coded anew for a trial.
const LIMIT: Duration = Duration::from_secs(10);

/// One trial at a time: it takes a processor for itself.
static TRIAL: Mutex<()> = Mutex::new(());

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
    /// The same as it can be tried; none where trying it would tell nothing.
    gain: Option<Gain>,
}

pub(in crate::serve) fn page(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let stored = corpus.document(&asked.id)?;
    let mut lessons = lessons(corpus, &stored, &asked.id)?;
    let tried = match asked.get("try") {
        None => None,
        Some(number) => {
            let chosen = number.parse::<usize>().ok().and_then(|n| lessons.get_mut(n.checked_sub(1)?));
            let gain = chosen.and_then(|lesson| lesson.gain.as_mut());
            let gain = gain.ok_or_else(|| Fault::asked(format!("there is no line {number} to try here")))?;
            asked.get("line").into_iter().for_each(|line| rewrite(gain, line));
            Some((number, tried(corpus, &stored.id, gain)?))
        }
    };
    let main = html! {
        p.about { "From " (link(&asked.id)) ". Lines to copy into a folder of yours; " code { "chancery check FOLDER" } " tries them, "
            code { "--codebook" } " and " code { "--actors" } " read by them. Nothing is changed here." }
        @if lessons.is_empty() {
            p.empty { "The tables know everybody in this row, and it is no event: there is nothing to learn from it." }
        }
        @for (number, lesson) in (1..).zip(&lessons) {
            @let own = tried.as_ref().filter(|(asked, _)| *asked == number.to_string()).map(|(_, trial)| trial);
            (shown(&asked.path, number, lesson, own))
        }
    };
    let twin = match &tried {
        Some((_, trial)) => {
            Twin::new(&["change", "document", "what", "sentence"], trial.effects.iter().map(cells).collect())
                .beside("tried", json!(trial.tried))
                .beside("all", json!(trial.all))
                .beside("late", json!(trial.late))
        }
        None => {
            let columns = ["what", "place", "line", "also"];
            let cells = lessons.iter().map(|l| {
                let also: Vec<Value> = l.touched.rows.iter().map(|(id, _)| json!(id)).collect();
                vec![json!(l.what), json!(l.place), json!(l.line), json!(also)]
            });
            Twin::new(&columns, cells.collect())
        }
    };
    Ok(Page { title: format!("What can be learnt from {}", asked.id), main, twin })
}

/// What the tables and the codebook could learn from a row.
fn lessons(corpus: &Corpus, stored: &Stored, id: &str) -> Result<Vec<Lesson>, Fault> {
    let said = corpus.corrections(&Judged { of: Some(id.to_owned()), ..Judged::default() })?;
    let own = id.split_once('.').map(|(_, row)| row);
    let now = rows(&stored.record).into_iter().find(|row| Some(row.id()) == own);
    let judged = said.iter().find(|c| c.counts);
    let row = now.as_ref().or_else(|| judged.map(Correction::anchor));
    let row = row.ok_or_else(|| Fault::missing(format!("{id} is no row that is there or was judged")))?;
    let found = judged.and_then(|c| c.found.as_ref());
    let mut lessons = Vec::new();
    if let Row::Event(event) = row {
        let verdict = judged.map_or(Verdict::Accept, |c| c.verdict);
        lessons.extend(example(corpus, stored, event, found, verdict)?);
    }
    for (name, code) in people(row) {
        lessons.extend(term(corpus, stored, name, code)?);
    }
    for (from, to) in renamed(found, row) {
        lessons.extend(alias(corpus, from, to)?);
    }
    Ok(lessons)
}

/// The gain in the words that somebody writes.
fn rewrite(gain: &mut Gain, words: &str) {
    let own = match gain {
        Gain::Person { line, .. } => line,
        Gain::Alias { name, .. } => name,
        Gain::Rule { section, .. } => section,
    };
    words.clone_into(own);
}

fn tried(corpus: &Corpus, first: &str, gain: &Gain) -> Result<Trial, Fault> {
    let Ok(_one) = TRIAL.try_lock() else {
        let words = "another line is being tried; ask again in a few seconds".to_owned();
        return Err(Fault { status: 503, words });
    };
    Ok(gain.tried(corpus, first, Instant::now() + LIMIT)?)
}

fn shown(path: &str, number: usize, lesson: &Lesson, trial: Option<&Trial>) -> Markup {
    let all = lesson.touched.all;
    let more = if all == MOST { " or more" } else { "" };
    html! {
        section id=(format!("line-{number}")) data-citation=(clean(&lesson.line)) {
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
            @match &lesson.gain {
                Some(gain) => (trying(path, number, gain, trial.is_some())),
                None => p.note { "There is nothing to preview: what read the row, if anything did, is no rule on a page of the codebook, so that there is none to try." },
            }
            @if let Some(trial) = trial { (preview(trial)) }
        }
    }
}

/// The line as it can be tried, and changed before.
fn trying(path: &str, number: usize, gain: &Gain, open: bool) -> Markup {
    let (label, words, rows) = match gain {
        Gain::Person { line, .. } => ("The line", line, 2),
        Gain::Alias { name, .. } => ("The spelling", name, 1),
        Gain::Rule { section, .. } => ("The rule with the example", section, 16),
    };
    html! {
        @if let Gain::Rule { .. } = gain {
            p.note { "An example is a test: alone it changes no row, it says what the rule must do. Change the words of the rule below to see what                 that would change." }
        }
        form.try action=(format!("{path}#line-{number}")) method="get" {
            input type="hidden" name="try" value=(number);
            @if let Gain::Rule { .. } = gain {
                details open[open] { summary { "The rule" } (area(label, words, rows)) }
            } @else { (area(label, words, rows)) }
            button type="submit" { "Preview what it would change" }
        }
    }
}

fn area(label: &str, words: &str, rows: usize) -> Markup {
    html! { label { span { (label) } textarea name="line" rows=(rows) spellcheck="false" { (clean(words)) } } }
}

fn preview(trial: &Trial) -> Markup {
    let Trial { tried, all, late, others, effects, failures } = trial;
    let texts = |n: usize| if n == 1 { "1 text".to_owned() } else { format!("{n} texts") };
    html! {
        h3 { "What it would change" }
        p {
            @if *all == 1 { "The one text with the name or the rule" } @else if tried == all { "All " (texts(*all)) " with the name or the rule" } @else { "The latest " (tried) " of " (texts(*all)) " with the name or the rule" }
            @if *tried == 1 { " was" } @else { " were" } " coded twice, without the line and with it"
            @if *late { "; then the time ran out (" (LIMIT.as_secs()) " seconds)" }
            @if !*late && tried < all { "; no more than " (TEXTS) " are tried" }
            ". "
            @if *others > 0 { (texts(*others)) " of them were read by another version of the program, or with folders of yours; here both readings are this program's. " }
            "Rows are those that the machine finds; what people said of them stands."
        }
        @for failure in failures { p.error { "The rule " (clean(failure)) } }
        @if effects.is_empty() { p.empty { "Nothing would be otherwise in them." } } @else {
            ul.entries {
                @for effect in effects.iter().take(EFFECTS) {
                    @let [change, _, what, sentence] = words(effect);
                    li {
                        span.tag { (change) } " " (link(&effect.id)) " " (clean(&what))
                        @if !sentence.is_empty() { " " q { (clean(&sentence)) } }
                    }
                }
            }
            @if effects.len() > EFFECTS { p.note { "And " (effects.len() - EFFECTS) " more; all are in the JSON and CSV of this page." } }
        }
    }
}

/// An effect: what becomes of it, in which text, what it says, its sentence.
fn words(effect: &Effect) -> [String; 4] {
    let (change, what) = match &effect.what {
        What::Row(change, layer, says) => (*change, format!("{}: {says}", layer.word())),
        What::Name(name, was, is) => {
            let person =
                |of: &Option<String>| of.clone().unwrap_or_else(|| "nobody of the tables".to_owned());
            ("is known", format!("{name}: {} → {}", person(was), person(is)))
        }
    };
    [change.to_owned(), effect.id.clone(), what, effect.sentence.clone()]
}

fn cells(effect: &Effect) -> Vec<Value> {
    words(effect).map(Value::from).to_vec()
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
        Some(rule) if rule_section(rule).is_none() => {
            format!(
                "codebook/events.toml, rule {}; folders of yours do not replace that file",
                rule.split_once('#').map_or(rule.as_str(), |(_, name)| name)
            )
        }
        Some(rule) => format!("{page}, rule {rule}, below “{list}”"),
        None => format!("{page}, below “{list}” of the rule that should read it"),
    };
    let touched = rule.as_ref().map_or(Ok(Touched::default()), |rule| corpus.read_by(rule, SHOWN))?;
    let gain = rule.and_then(|name| {
        let section = with_example(rule_section(&name)?, list, &line);
        Some(Gain::Rule { name, section })
    });
    Ok(Some(Lesson { what, place, line, touched, gain }))
}

/// A term of office for somebody whom the tables do not know.
fn term(corpus: &Corpus, stored: &Stored, name: &str, code: &str) -> Result<Option<Lesson>, Fault> {
    if stored.record.people.iter().any(|known| known.name == name) || code.is_empty() {
        return Ok(None);
    }
    let office = stored.record.roles.iter().find(|role| role.person == name).map(|role| role.office.clone());
    let Some(office) = office else { return Ok(None) };
    // Names in which the surname goes first are written so: TANIGAWA Haruko.
    let shouted = |word: &&str| word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    let surname = name.split(' ').find(shouted).or(name.split(' ').next_back()).unwrap_or(name);
    let id = name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-");
    let date = stored.document.reference_date().map(|d| d.to_string()).unwrap_or_default();
    let source = stored.document.source.publisher.clone().unwrap_or_else(|| stored.document.id.clone());
    let (organ, country) = if code.contains(':') { (code, "") } else { ("", code) };
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
        gain: Some(Gain::Person { name: name.to_owned(), line: line.clone() }),
        line,
        touched,
    }))
}

/// Another spelling of somebody whom the tables know.
fn alias(corpus: &Corpus, from: &str, to: &str) -> Result<Option<Lesson>, Fault> {
    let touched = corpus.naming(from, SHOWN)?;
    let place = format!("actors/people.csv, in each row of {to}, column aliases");
    let gain = Gain::Alias { of: to.to_owned(), name: from.to_owned() };
    let known = Knowledge::embedded().person(to).is_some();
    let what = "Another spelling of a name";
    Ok(known.then(|| Lesson { what, place, line: from.to_owned(), touched, gain: Some(gain) }))
}

/// Everybody with a name in a row, and the code of whom they serve.
fn people(row: &Row) -> Vec<(&str, &str)> {
    let parts: Vec<&Vec<Participant>> = match row {
        Row::Statement(s) => vec![&s.speaker, &s.holder, &s.addressee],
        Row::Event(e) => vec![&e.actor, &e.recipient],
        Row::Role(role) => {
            return vec![(&role.person, &role.country)];
        }
        Row::Meeting(meeting) => {
            let names =
                meeting.parties.iter().flat_map(|party| party.persons.iter().map(move |name| (name, party)));
            return names.map(|(name, party)| (name.as_str(), party.code.as_str())).collect();
        }
    };
    let named = parts.into_iter().flatten().filter_map(|p| Some((p.name.as_deref()?, p.code.as_str())));
    let mut people: Vec<(&str, &str)> = named.collect();
    people.dedup();
    people
}

/// Names that somebody put in the place of others: from, to.
fn renamed<'a>(found: Option<&'a Row>, row: &'a Row) -> Vec<(&'a str, &'a str)> {
    let Some(found) = found else { return Vec::new() };
    let (before, after) = (people(found), people(row));
    let pairs = before.iter().zip(&after).filter(|_| before.len() == after.len());
    pairs.map(|((b, _), (a, _))| (*b, *a)).filter(|(b, a)| b != a).collect()
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
