//! Formulae that came up in a period, and those that went.

use chancery_corpus::{Corpus, Formula, Phrase, Scope, Wanted};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::answers::formulae::{COLUMNS, period, row};
use crate::answers::phrase::parted;
use crate::codes::code;
use crate::serve::asked::{Asked, query};
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{clean, field, form, given, link};

/// Formulae on a page, unless more are asked for.
const ROWS: usize = 40;

pub(in crate::serve) fn new(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    page(
        corpus,
        asked,
        Wanted::New,
        "New phrases",
        "What came up, or came up more, in a period against all before it.",
    )
}

pub(in crate::serve) fn vanished(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    page(
        corpus,
        asked,
        Wanted::Vanished,
        "Vanished phrases",
        "What was said before a period, and in it no more or less.",
    )
}

fn page(corpus: &Corpus, asked: &Asked, wanted: Wanted, title: &str, about: &str) -> Result<Page, Fault> {
    let countries: Vec<String> =
        asked.all("country").map(|c| code(c).map_err(Fault::asked)).collect::<Result<_, _>>()?;
    let scope = Scope { outlet: asked.get("outlet").map(str::to_owned), countries, ..Scope::default() };
    let period_asked = (asked.date("since")?, asked.date("until")?);
    let limit = asked.number("limit", ROWS, 500)?;
    let ask = {
        let fields = html! {
            (field(asked, "since", "Since", "2025-09"))
            (field(asked, "until", "Until", "2025-12"))
            (field(asked, "outlet", "Outlet", "Xinhua"))
            (given("country", "On meetings of", "CHN", asked.all("country").next().unwrap_or_default()))
        };
        form(&asked.path, "Choose a period", "Show", &fields)
    };
    let news = match corpus.news(wanted, period_asked, &scope, limit) {
        Ok(news) => news,
        // A young record has nothing to hold its texts against; who asked for no period did nothing wrong.
        Err(wrong) if period_asked == (None, None) => {
            let main = html! { p.about { (about) } (ask) p.empty { (clean(&wrong.trouble_words())) } };
            return Ok(Page { title: title.to_owned(), main, twin: Twin::new(&COLUMNS, Vec::new()) });
        }
        Err(wrong) => return Err(wrong.into()),
    };
    let rows: Vec<Vec<Value>> = news.formulae.iter().map(|one| row(one, &news)).collect();
    let main = html! {
        p.about { (about) " " (period(&news)) }
        (ask)
        @if news.formulae.is_empty() { p.empty { "No phrase differs by more than chance." } } @else {
            div.scroll tabindex="0" role="region" aria-label=(title) {
                table.rows {
                    thead {
                        tr {
                            @for head in ["Phrase", "Trend", "Before", "Within", "First", "Last", "Instead of", "Where"] {
                                th scope="col" { (head) }
                            }
                        }
                    }
                    tbody { @for one in &news.formulae { (line(one)) } }
                }
            }
        }
    };
    let (from, to) = news.period;
    let twin = Twin::new(&COLUMNS, rows)
        .beside("period", json!([from, to]))
        .beside("before", json!(news.before))
        .beside("within", json!(news.within));
    Ok(Page { title: title.to_owned(), main, twin })
}

fn line(one: &Formula) -> Markup {
    let phrase = one.words.parse::<Phrase>();
    let [before, words, after] = phrase.map_or_else(
        |_| [one.sentence.clone(), String::new(), String::new()],
        |phrase| parted(&one.sentence, &phrase),
    );
    html! {
        tr {
            th scope="row" {
                a href=(format!("/phrases{}", query(&[("q", &one.words)]))) { (clean(&one.words)) }
            }
            td data-label="Trend" { span.tag { (one.trend.name()) } }
            td.number data-label="Before" { (one.before) }
            td.number data-label="Within" { (one.within) }
            td.date data-label="First" { (one.first) }
            td.date data-label="Last" { (one.last) }
            td data-label="Instead of" {
                @if let Some((words, before, within)) = &one.rival {
                    (clean(words)) " " (before) " → " (within)
                }
            }
            td.words data-label="Where" {
                (link(&one.document)) " " (clean(&before)) mark { (clean(&words)) } (clean(&after))
            }
        }
    }
}
