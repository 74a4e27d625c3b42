//! The parts of a page on two sides.

use chancery_coder::knowledge::Knowledge;
use chancery_corpus::{Account, Corpus, Entry, Grid, News, Square, Threads, Vocabulary};
use chancery_model::Polarity;
use maud::{Markup, html};

use crate::answers::{absent as absences, commitments as promises, ledger as meetings};
use crate::serve::asked::query;
use crate::serve::fault::Fault;
use crate::serve::pages::positions::stances;
use crate::serve::parts::{address, cell, clean, link, linked, person, rows, side};

/// So many links to statements are shown before the rest is folded.
const SHOWN: usize = 6;
/// Texts before that a text is held against.
const BEFORE: usize = 6;

/// The meetings, the latest first, with the days between, levels, offices then and what each said.
pub(super) fn ledger(
    corpus: &Corpus,
    entries: &[Entry],
    (after, of): (usize, usize),
    codes: &[String],
    (known, accounts): (&Knowledge, &[Account]),
) -> Result<Markup, Fault> {
    let outlet =
        |id: &str| accounts.iter().find(|account| account.id == id).and_then(|a| a.publisher.as_deref());
    let mut lines = Vec::new();
    for entry in entries.iter().rev() {
        lines.push((entry, corpus.tellings(&entry.id)?));
    }
    Ok(html! {
        div.scroll tabindex="0" role="region" aria-label="Meetings" {
            table.rows {
                thead {
                    tr {
                        @for title in ["Id", "Date", "Days since", "Level", "How", "Where", "Who", "Told", "What was said"] {
                            th scope="col" { (title) }
                        }
                    }
                }
                tbody {
                    @for (entry, tellings) in &lines {
                        tr {
                            td data-label="Id" { (link(&entry.id)) }
                            td.date data-label="Date" {
                                (when(entry)) @if entry.planned { " " span.tag { "planned" } }
                            }
                            td.number data-label="Days since" {
                                @if let Some(days) = entry.days_since { (days) }
                            }
                            td.number data-label="Level" {
                                @if let Some(level) = meetings::level(entry, known) { (level) }
                            }
                            td data-label="How" { (entry.format.replace('_', " ")) }
                            td data-label="Where" {
                                (clean(entry.place.as_deref().unwrap_or_default()))
                                @if let Some(code) = &entry.country { " " (side(code)) }
                            }
                            td data-label="Who" { (who(entry)) }
                            td data-label="Told" { (linked(&entry.told)) }
                            td data-label="What was said" {
                                @for (document, sides) in tellings {
                                    p {
                                        (link(document)) @if let Some(outlet) = outlet(document) { " " span.meta { (clean(outlet)) } } ":" @if sides.is_empty() { " no statement" }
                                        @for (code, ids) in sides.iter().filter(|(code, _)| codes.is_empty() || codes.contains(code)) {
                                            " " (side(code)) " " (folded(ids, &row))
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if entries.len() < of {
            p.meta { "The latest first: " (after + 1) " to " (after + entries.len()) " of " (of) "." }
        }
        p.meta {
            "Level: how high the lower side is represented, 1 heads of state and government, 2 ministers, to 5; empty where an office is not stated."
        }
    })
}

fn when(entry: &Entry) -> String {
    entry.when.map_or("no date".to_owned(), |(from, to)| {
        if from == to { from.to_string() } else { format!("{from} to {to}") }
    })
}

fn who(entry: &Entry) -> Markup {
    html! {
        @for (n, (code, name, offices)) in entry.persons.iter().enumerate() {
            @if n > 0 { "; " }
            (person(name)) " (" (side(code)) @if let Some(office) = offices.first() { ", " (clean(office)) }
            ")"
        }
    }
}

/// Links, each shown by some words; the rest folded.
fn folded(ids: &[String], shown: &dyn Fn(&str) -> String) -> Markup {
    let one = |id: &String| html! { a href=(address(id)) aria-label=(id) { (shown(id)) } " " };
    let (first, rest) = ids.split_at(ids.len().min(SHOWN));
    html! {
        @for id in first { (one(id)) }
        @if !rest.is_empty() { details { summary { (rest.len()) " more" } @for id in rest { (one(id)) } } }
    }
}

/// `s2` of `d7.s2`, where the document is named beside it.
fn row(id: &str) -> String {
    id.split_once('.').map_or(id, |(_, row)| row).to_owned()
}

/// Topics down, sides across.
pub(super) fn grid(grid: &Grid, of: usize, vocabulary: &Vocabulary) -> Markup {
    let square = |squares: &[Square]| {
        let of = |stance| squares.iter().filter(|s| s.polarity == stance).count();
        let ids: Vec<String> = squares.iter().rev().map(|s| s.id.clone()).collect();
        html! { (stances(of(Polarity::Support), of(Polarity::Neutral), of(Polarity::Oppose))) (folded(&ids, &str::to_owned)) }
    };
    html! {
        p.meta {
            "Claims of the " @if grid.texts < of { "last " } (grid.texts) " of " (of)
            " texts on meetings of these parties alone, the latest first; + in support, − against."
        }
        @if grid.rows.is_empty() { p.empty { "No claim is on a topic of the codebook." } } @else {
            div.scroll tabindex="0" role="region" aria-label="Who says what on which topic" {
                table.rows {
                    thead {
                        tr {
                            th scope="col" { "Topic" }
                            @for code in &grid.sides { th scope="col" { (side(code)) } }
                        }
                    }
                    tbody {
                        @for (topic, sides) in &grid.rows {
                            @let topic = &vocabulary.topics()[*topic];
                            tr {
                                th scope="row" { a href=(series(&grid.sides, &topic.id)) { (topic.label) } }
                                @for (code, squares) in grid.sides.iter().zip(sides) {
                                    td data-label=(clean(code)) { (square(squares)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn series(codes: &[String], topic: &str) -> String {
    let with = codes.iter().map(|code| ("with", code.as_str()));
    format!("/series{}", query(&with.chain([("topic", topic)]).collect::<Vec<_>>()))
}

/// What the last text leaves out that half of those before it say.
pub(super) fn absent(
    corpus: &Corpus,
    series: (&[String], &[String]),
    vocabulary: &Vocabulary,
) -> Result<Markup, Fault> {
    let Some(found) = corpus.omissions(series, None, (1, BEFORE), vocabulary)? else {
        return Ok(html! {});
    };
    let least = found.before.len().div_ceil(2).max(1);
    let cells = absences::rows(&found, least, vocabulary);
    Ok(html! {
        @if found.before.is_empty() {
            p.empty { (found.now.id) " is the only text of the series: there is nothing to hold it against." }
        } @else {
            p.meta { (clean(&absences::note(&found, least, vocabulary))) "." }
            (rows("Not said any more", &absences::COLUMNS, &cells, "It says all that they say."))
        }
    })
}

/// A thread for each commitment, those heard of last first.
pub(super) fn commitments(found: &Threads, of: usize) -> Markup {
    let mut threads: Vec<_> = found.threads.iter().collect();
    threads.sort_by_key(|t| (t.silent_for, std::cmp::Reverse(t.steps.len())));
    html! {
        p.meta {
            (clean(&promises::note(found))) "."
            @if found.texts < of { " These are the last of " (of) " texts." }
        }
        ul.entries {
            @for thread in threads {
                li {
                    @if let Some((_, _, first)) = thread.steps.first() {
                        p { strong { (clean(&first.holder)) } " " (clean(&first.words)) }
                    }
                    ol.steps {
                        @for (date, what, claim) in &thread.steps {
                            li {
                                @if let Some(date) = date { time { (date) } " " }
                                span.tag { (promises::step(*what)) } " " (link(&claim.id))
                                @if thread.steps.first().is_some_and(|first| first.2.id != claim.id) {
                                    " " (clean(&claim.words))
                                }
                            }
                        }
                    }
                    @if thread.silent_for > 0 { p.meta { "Not in the " (thread.silent_for) " texts after." } }
                }
            }
        }
    }
}

/// The texts with the way to compare each with the one before.
pub(super) fn texts(accounts: &[Account], of: usize) -> Markup {
    let title = |account: &Account| clean(account.title.as_deref().unwrap_or(&account.name));
    html! {
        ul.entries {
            @for pair in accounts.windows(2).rev() {
                li {
                    @if let Some(date) = pair[1].date { time { (date) } " " }
                    a href=(format!("/compare?a={}&b={}", pair[0].id, pair[1].id)) { (title(&pair[0])) " — " (title(&pair[1])) }
                    " " span.meta { (pair[0].id) " and " (pair[1].id) }
                }
            }
            @if accounts.len() < of { li { "and " (of - accounts.len()) " texts before them" } }
            @if let [only] = accounts { li { (link(&only.id)) " " (title(only)) ": there is no other text to compare with." } }
        }
    }
}

/// Formulae of their texts against all others.
pub(super) fn phrases(news: &News) -> Markup {
    let columns =
        ["phrase", "within", "of", "elsewhere", "of all others", "first", "last", "document", "sentence"];
    let row = |one: &chancery_corpus::Formula| {
        let counts = [one.within, news.within, one.before, news.before].map(serde_json::Value::from);
        let told = [&one.first, &one.last, &one.document, &one.sentence].map(|text| text.as_str().into());
        [one.words.as_str().into()].into_iter().chain(counts).chain(told).collect()
    };
    let cells: Vec<Vec<serde_json::Value>> = news.formulae.iter().map(row).collect();
    let cell = |column: &str, value: &serde_json::Value| match (column, value.as_str()) {
        ("phrase", Some(words)) => {
            html! { a href=(format!("/phrases{}", query(&[("q", words)]))) { (clean(words)) } }
        }
        _ => cell(column, value),
    };
    html! {
        p.meta {
            "Words that their " (news.within) " texts have more often than the " (news.before)
            " others, the most telling first. Of more than 1500 texts of either kind, so many are read, at even distances."
        }
        @if cells.is_empty() { p.empty { "No phrase differs by more than chance." } } @else {
            (crate::serve::parts::table("Phrases of these two", &columns, &cells, cell))
        }
    }
}
