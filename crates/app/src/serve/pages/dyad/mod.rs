//! Two sides: their meetings, what they say on what, what is not said any more and what was promised.

mod parts;

use chancery_coder::knowledge::Knowledge;
use chancery_corpus::{Corpus, Grid, Ledger, Threads, Vocabulary};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::answers::ledger::{COLUMNS, row, sides};
use crate::serve::asked::{Asked, query};
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{clean, form, given, onward, section};

/// Pairs that are offered where none is named.
const OFFERED: usize = 40;
/// Meetings of a sheet of the ledger.
const LEDGER: usize = 50;
/// Phrases of a dyad.
const PHRASES: usize = 20;
/// Texts of a dyad that are read for its topics and commitments: the last.
const TEXTS: usize = 40;

/// The codes and persons that an address names.
pub(super) fn sides_of(asked: &Asked) -> Result<(Vec<String>, Vec<String>), Fault> {
    let named: Vec<&str> = asked.all("with").collect();
    let (codes, mut persons) = sides(&named)?;
    persons.extend(asked.all("person").map(str::to_owned));
    Ok((codes, persons))
}

/// Two fields for sides and one for a person.
pub(super) fn fields(asked: &Asked) -> Markup {
    let with: Vec<&str> = asked.all("with").collect();
    let side = |at: usize, hint: &str| {
        given("with", ["One side", "The other"][at], hint, with.get(at).copied().unwrap_or_default())
    };
    html! {
        (side(0, "CHN or China")) (side(1, "PRK or a person"))
        (given("person", "With", "Kim Jong Un", asked.get("person").unwrap_or_default()))
    }
}

pub(in crate::serve) fn page(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let (codes, persons) = sides_of(asked)?;
    let ask = form("/dyad", "Two sides", "Show", &fields(asked));
    if codes.is_empty() && persons.is_empty() {
        return offered(corpus, &ask);
    }
    let after: usize = asked.get("after").and_then(|after| after.parse().ok()).unwrap_or(0);
    let Ledger { of, held, entries } = corpus.ledger_part(&codes, &persons, after, LEDGER)?;
    let next =
        (of > after.saturating_add(LEDGER)).then(|| asked.with("after", Some(&(after + LEDGER).to_string())));
    let who = [codes.clone(), persons.clone()].concat();
    if of == 0 {
        return Err(nobody(corpus, &who)?);
    }
    let vocabulary = Vocabulary::embedded();
    let known = Knowledge::embedded();
    let series = (&codes[..], &persons[..]);
    let alone = if codes.is_empty() { Vec::new() } else { corpus.readouts(&codes, &persons)? };
    let last = &alone[alone.len().saturating_sub(TEXTS)..];
    let accounts = corpus.accounts(last, vocabulary)?;
    let link_to = |page: &str| {
        let with = codes.iter().map(|code| ("with", code.as_str()));
        let pairs: Vec<(&str, &str)> = with.chain(persons.iter().map(|p| ("person", p.as_str()))).collect();
        format!("{page}{}", query(&pairs))
    };
    let main = html! {
        p.about {
            (held) " meetings held, " (of - held) " planned. " (alone.len())
            " texts report meetings of these parties alone."
        }
        (ask)
        p.links {
            @if !codes.is_empty() { a href=(link_to("/brief")) { "Brief" } " · " }
            a href=(link_to("/series")) { "Follow a topic" }
            @if let [.., before, last] = &alone[..] {
                " · " a href=(format!("/compare?a={before}&b={last}")) { "Compare the last two texts" }
            }
        }
        (section("ledger", "Meetings", &parts::ledger(corpus, &entries, (after, of), &codes, (&known, &accounts))?))
        (onward(next.as_deref()))
        @if !alone.is_empty() {
            (section("grid", "Who says what on which topic", &parts::grid(&Grid::of(&accounts, &codes), alone.len(), vocabulary)))
            (section("absent", "Not said any more", &parts::absent(corpus, series, vocabulary)?))
            (section("commitments", "Commitments", &parts::commitments(&Threads::of(&accounts), alone.len())))
            (section("texts", "Texts, one against the next", &parts::texts(&accounts, alone.len())))
        }
        @if codes.len() > 1 { (section("phrases", "Phrases of these two", &phrases(corpus, &codes)?)) }
    };
    let rows = entries.iter().map(|entry| row(entry, &known)).collect();
    let twin = Twin { next, ..Twin::new(&COLUMNS, rows) }.beside("meetings", json!(of));
    Ok(Page { title: who.join(" – "), main, twin })
}

/// The formulae that these parties' texts have more often than others.
fn phrases(corpus: &Corpus, codes: &[String]) -> Result<Markup, Fault> {
    // Who never met has no texts, which is no fault of the page.
    Ok(corpus.favoured(codes, PHRASES).map_or_else(
        |_| html! { p.empty { "No text tells of a meeting of these two." } },
        |news| parts::phrases(&news),
    ))
}

/// What to say of two who never met: whom else the first met.
fn nobody(corpus: &Corpus, who: &[String]) -> Result<Fault, Fault> {
    let met = corpus.dyads(10_000)?;
    let of = met.iter().filter_map(|dyad| {
        let at = dyad.codes.iter().position(|code| who.contains(code))?;
        Some((dyad.codes[at].as_str(), dyad.codes[1 - at].as_str()))
    });
    let near: Vec<String> = of.take(5).map(|(one, other)| format!("{one} – {other}")).collect();
    let near = match near.is_empty() {
        true => String::new(),
        false => format!("; those who did: {}", near.join(", ")),
    };
    Ok(Fault::missing(format!("the record has no meeting of {}{near}", who.join(" and "))))
}

/// The pairs that met most often.
fn offered(corpus: &Corpus, ask: &Markup) -> Result<Page, Fault> {
    let dyads = corpus.dyads(OFFERED)?;
    let columns = ["one", "other", "meetings", "first", "last"];
    let rows: Vec<Vec<Value>> = dyads
        .iter()
        .map(|d| {
            let (first, last) = d.dates.clone().unzip();
            vec![json!(d.codes[0]), json!(d.codes[1]), json!(d.meetings), json!(first), json!(last)]
        })
        .collect();
    let main = html! {
        p.about {
            "Meetings of two sides in order, what each says on what, what is not said any more, and what was promised."
        }
        (ask)
        @if rows.is_empty() { p.empty { "No two sides met in this record." } } @else {
            p.meta { "Who met most often, by all meetings of the record" @if rows.len() == OFFERED { "; the first " (OFFERED) } "." }
            div.scroll tabindex="0" role="region" aria-label="Who met most often" {
                table.rows {
                    thead {
                        tr {
                            @for title in ["Sides", "Meetings", "First", "Last"] {
                                th scope="col" { (title) }
                            }
                        }
                    }
                    tbody {
                        @for dyad in &dyads {
                            @let [one, other] = &dyad.codes;
                            @let (first, last) = dyad.dates.clone().unwrap_or_default();
                            tr {
                                th scope="row" {
                                    a href=(format!("/dyad{}", query(&[("with", one), ("with", other)]))) {
                                        (clean(one)) " – " (clean(other))
                                    }
                                }
                                td.number data-label="Meetings" { (dyad.meetings) }
                                td.date data-label="First" { (first) }
                                td.date data-label="Last" { (last) }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(Page { title: "Two sides".to_owned(), main, twin: Twin::new(&columns, rows) })
}
