//! What was said on a topic, through time; and the topics there are.

use chancery_corpus::{Corpus, Held, Vocabulary};
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
/// In so many names positions are outlined.
const HOLDERS: usize = 20;

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
    let from: usize = asked.get("after").and_then(|after| after.parse().ok()).unwrap_or(0);
    let found = corpus.position_sheet(&asked.filter()?, &topics, vocabulary, (from, ROWS))?;
    let rows: Vec<Vec<Value>> = found.rows.iter().map(row).collect();
    let next =
        (found.of > from.saturating_add(ROWS)).then(|| asked.with("after", Some(&(from + ROWS).to_string())));
    let main = html! {
        p.about { (clean(&note(found.of, found.searched, &topics, vocabulary))) "." }
        (ask())
        @if rows.is_empty() {
            p.empty { "Nothing in the record answers to this." }
        } @else {
            (grid(&found.held))
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
fn grid(held: &[Held]) -> Markup {
    let mut years: Vec<Option<i16>> = held.iter().flat_map(|one| &one.years).map(|(year, _)| *year).collect();
    years.sort_by_key(|year| (year.is_none(), *year));
    years.dedup();
    let label = |year: &Option<i16>| year.map_or("no date".to_owned(), |year| format!("{year:04}"));
    html! {
        div.scroll tabindex="0" role="region" aria-label="By year" {
            table.rows {
                thead {
                    tr { th scope="col" { "In the name of" } @for at in &years { th scope="col" { (label(at)) } } }
                }
                tbody {
                    @for one in held.iter().take(HOLDERS) {
                        tr {
                            th scope="row" { (clean(&one.holder)) }
                            @for at in &years {
                                td data-label=(label(at)) {
                                    @if let Some((_, of)) = one.years.iter().find(|(year, _)| year == at) {
                                        (stances(of.support, of.neutral, of.oppose)) " " (link(&of.last))
                                    }
                                }
                            }
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
