//! What was said on a topic, through time; and the topics there are.

use std::collections::HashMap;

use chancery_corpus::{Corpus, Positions, Vocabulary};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::series::topic;
use crate::answers::positions::{COLUMNS, meant, note, row};
use crate::serve::asked::{Asked, query};
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{cell, clean, field, form, link, table};

/// Rows on a page.
const ROWS: usize = 200;

pub(in crate::serve) fn page(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let vocabulary = Vocabulary::embedded();
    let ask = || {
        let fields = html! {
            (topic(asked, vocabulary))
            (field(asked, "country", "In the name of", "CHN"))
            (field(asked, "person", "Said by", "Wang Yi"))
            (field(asked, "from", "From", "2025-09"))
            (field(asked, "to", "To", "2025"))
        };
        form("/positions", "Ask for a topic", "Show", &fields)
    };
    let Some(wanted) = asked.get("topic") else {
        let main = html! {
            p.about {
                "What somebody said on a topic, in order of time. " a href="/topics" { "All topics" } "."
            }
            (ask())
        };
        return Ok(Page { title: "Positions".to_owned(), main, twin: Twin::new(&COLUMNS, Vec::new()) });
    };
    let topics = meant(vocabulary, wanted)?;
    let found = corpus.positions(&asked.filter()?, &topics, vocabulary)?;
    let from: usize = asked.get("after").and_then(|after| after.parse().ok()).unwrap_or(0);
    let rows: Vec<Vec<Value>> = found.rows.iter().skip(from).take(ROWS).map(row).collect();
    let next =
        (found.rows.len() > from + ROWS).then(|| asked.with("after", Some(&(from + ROWS).to_string())));
    let main = html! {
        p.about { (clean(&note(&found, &topics, vocabulary))) "." }
        (ask())
        @if rows.is_empty() {
            p.empty { "Nothing in the record answers to this." }
        } @else {
            (grid(&found))
            (table("Positions", &COLUMNS, &rows, cell))
        }
        (crate::serve::parts::onward(next.as_deref()))
    };
    let mut twin = Twin::new(&COLUMNS, rows).beside("searched", json!(found.searched));
    twin.next = next;
    let title = topics.iter().map(|t| vocabulary.topics()[*t].label.as_str()).collect::<Vec<_>>().join("; ");
    Ok(Page { title, main, twin })
}

/// Years across, in whose name down; each square counts stances and leads to the last of them.
fn grid(found: &Positions) -> Markup {
    let year = |p: &chancery_corpus::Position| {
        p.date.map_or("no date".to_owned(), |d| format!("{:04}", d.parts().0))
    };
    let mut years: Vec<String> = found.rows.iter().map(year).collect();
    years.dedup();
    years.sort();
    years.dedup();
    let mut holders: Vec<(&str, usize)> = Vec::new();
    for position in &found.rows {
        match holders.iter_mut().find(|(name, _)| *name == position.holder) {
            Some(known) => known.1 += 1,
            None => holders.push((&position.holder, 1)),
        }
    }
    holders.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    holders.truncate(20);
    let mut squares: HashMap<(&str, String), Vec<&chancery_corpus::Position>> = HashMap::new();
    for position in found.rows.iter().filter(|p| holders.iter().any(|(holder, _)| *holder == p.holder)) {
        squares.entry((&position.holder, year(position))).or_default().push(position);
    }
    let square = |holder: &str, at: &String| {
        let own = squares.get(&(holder, at.clone())).map(Vec::as_slice).unwrap_or_default();
        let of = |stance: &str| own.iter().filter(|p| p.polarity == stance).count();
        html! {
            @if let Some(last) = own.last() {
                (stances(of("support"), of("neutral"), of("oppose"))) " " (link(&last.id))
            }
        }
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label="By year" {
            table.rows {
                thead {
                    tr { th scope="col" { "In the name of" } @for at in &years { th scope="col" { (at) } } }
                }
                tbody {
                    @for (holder, _) in &holders {
                        tr {
                            th scope="row" { (clean(holder)) }
                            @for at in &years { td data-label=(at) { (square(holder, at)) } }
                        }
                    }
                }
            }
        }
    }
}

/// How many support, stand aside, oppose.
pub(super) fn stances(support: usize, neutral: usize, oppose: usize) -> Markup {
    html! {
        @if support > 0 { span.badge.good title="in support" { "+" (support) } " " }
        @if neutral > 0 { span.badge title="neither for nor against" { (neutral) } " " }
        @if oppose > 0 { span.badge.bad title="against" { "−" (oppose) } " " }
    }
}

/// Every topic, with how many statements are on it.
pub(in crate::serve) fn topics(corpus: &Corpus, _: &Asked) -> Result<Page, Fault> {
    let vocabulary = Vocabulary::embedded();
    let (counts, on_any) = corpus.topic_counts(vocabulary)?;
    let statements = corpus.totals()?.statements;
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|&topic| std::cmp::Reverse(counts[topic]));
    let rows: Vec<Vec<Value>> = order
        .iter()
        .map(|&t| {
            vec![json!(vocabulary.topics()[t].id), json!(vocabulary.topics()[t].label), json!(counts[t])]
        })
        .collect();
    let columns = ["topic", "label", "statements"];
    let cell = |column: &str, value: &Value| match (column, value.as_str()) {
        ("topic", Some(id)) => html! { a href=(format!("/positions{}", query(&[("topic", id)]))) { (id) } },
        _ => cell(column, value),
    };
    let main = html! {
        p.about { (on_any) " of " (statements) " statements have a wording of a topic." }
        (table("Topics", &columns, &rows, cell))
    };
    Ok(Page { title: "Topics".to_owned(), main, twin: Twin::new(&columns, rows) })
}
