//! Who used which words when, and out of how many chances.

use chancery_corpus::{By, Corpus, Phrase, Scope, Searched, Share, Track, Tracked, Use};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::answers::phrase::{FORMS, TIDY, families, forms, key, parted, searched_line, share_counts, tidy};
use crate::codes::code;
use crate::serve::asked::{Asked, query};
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{cell, clean, field, form, given, link, rows, section, table};

/// Rows of a kind.
const ROWS: usize = 12;
/// Uses, each with its sentence.
const USES: usize = 100;

pub(in crate::serve) fn page(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let ask = ask(asked);
    let Some(words) = asked.get("q") else {
        let main = html! {
            p.about {
                "The first and last use of words, how often by month, speaker, outlet and dyad, and out of how many texts. \
                 A " code { "*" } " stands for the rest of a word, or for a whole one."
            }
            (ask)
            p.links { a href="/new" { "What is new" } " · " a href="/vanished" { "What has vanished" } }
        };
        return Ok(Page { title: "Phrases".to_owned(), main, twin: Twin::new(&TIDY, Vec::new()) });
    };
    let phrase: Phrase = words.parse().map_err(|wrong| Fault::asked(format!("q: {wrong}")))?;
    let scope = Scope {
        speaker: asked.get("speaker").map(str::to_owned),
        outlet: asked.get("outlet").map(str::to_owned),
        countries: asked.all("country").map(|c| code(c).map_err(Fault::asked)).collect::<Result<_, _>>()?,
        from: asked.date("from")?,
        to: asked.date("to")?,
    };
    // A phrase of one word has no variants.
    let open = families(std::slice::from_ref(&phrase)).unwrap_or_default();
    let Tracked { searched, tracks } = corpus.track_with_forms(&phrase, &open, &scope)?;
    let Some((track, variants)) = tracks.split_first() else {
        return Err(Fault::asked("q: give the words to look for"));
    };
    let uses = used(corpus, track, &phrase)?;
    let main = html! {
        p.about {
            "“" (clean(&track.phrase)) "”: " (track.texts) " of " (searched.texts) " texts, " (track.uses.len()) " uses. Looked through "
            (searched_line(searched).trim_start_matches("searched: ").trim_end()) "."
        }
        (ask)
        @if track.uses.is_empty() {
            p.empty {
                "Nothing matched"
                @if track.phrase.contains('*') {
                    "; a * stands for the rest of a word or for a whole one only"
                }
                "."
            }
        } @else {
            (section("ends", "First and last", &ends(&uses)))
            (section("months", "By month", &html! { (spark(track)) (details(track)) }))
            @for by in [By::Speaker, By::Outlet, By::Dyad] {
                (section(by.name(), &format!("By {}", by.name()), &shares(track, by)))
            }
            (section("variants", "With one word changed", &self::variants(&open, variants, searched)))
            (section("uses", "Uses", &html! {
                @if track.uses.len() > uses.len() {
                    p.meta {
                        "The first " (uses.len() - 1) " of " (track.uses.len())
                        " and the last; the period narrows them."
                    }
                }
                ul.entries { @for use_ in &uses { li { (told(use_)) } } }
            }))
        }
    };
    let twin = Twin::new(&TIDY, tidy(track, searched)).beside("searched", object(searched)).beside(
        "uses",
        uses.iter()
            .map(|u| json!({ "id": u.0, "date": u.1, "speaker": u.2, "sentence": u.3.concat() }))
            .collect(),
    );
    Ok(Page { title: format!("“{words}”"), main, twin })
}

fn ask(asked: &Asked) -> Markup {
    let country = asked.all("country").next().unwrap_or_default();
    let fields = html! {
        (field(asked, "q", "Words", "denuclear*"))
        (field(asked, "speaker", "Said by", "Wang Yi"))
        (field(asked, "outlet", "Outlet", "Xinhua"))
        (given("country", "On meetings of", "CHN", country))
        (field(asked, "from", "From", "2025-09"))
        (field(asked, "to", "To", "2025"))
    };
    form("/phrases", "Look for words", "Look", &fields)
}

fn object(searched: Searched) -> Value {
    json!({
        "texts": searched.texts, "bytes": searched.bytes, "undated": searched.undated,
        "first": searched.first, "last": searched.last,
    })
}

/// Document, date, speakers, and the sentence parted at the words.
type Told = (String, Option<String>, String, [String; 3]);

/// The first uses and the last, with their sentences.
fn used(corpus: &Corpus, track: &Track, phrase: &Phrase) -> Result<Vec<Told>, Fault> {
    let rest = track.uses.get(USES..).and_then(<[Use]>::last);
    let uses = track.uses.iter().take(USES).chain(rest);
    uses.map(|one| {
        let sentence = parted(&corpus.sentence(one)?, phrase);
        let date = one.date.map(|d| d.to_string());
        Ok((format!("d{}", one.document), date, one.speakers.join("; "), sentence))
    })
    .collect()
}

fn told((id, date, speakers, [before, words, after]): &Told) -> Markup {
    html! {
        @if let Some(date) = date { time { (date) } " " }
        (link(id)) " " @if !speakers.is_empty() { strong { (clean(speakers)) } " " }
        (clean(before)) mark { (clean(words)) } (clean(after))
    }
}

fn ends(uses: &[Told]) -> Markup {
    let dated: Vec<&Told> = uses.iter().filter(|one| one.1.is_some()).collect();
    html! {
        dl.facts {
            @for (name, one) in [("first", dated.first()), ("last", dated.last())] {
                @if let Some(one) = one { div { dt { (name) } dd { (told(one)) } } }
            }
        }
    }
}

/// How many texts have it, month by month.
pub(super) fn spark(track: &Track) -> Markup {
    let months: Vec<(i32, &Share)> =
        track.shares.iter().filter(|s| s.by == By::Month).filter_map(counted).collect();
    let (Some((first, from)), Some((last, _))) = (months.first(), months.last()) else { return html! {} };
    let texts = |month: i32| months.iter().find(|(at, _)| *at == month).map_or(0, |(_, share)| share.texts);
    let values: Vec<String> = (*first..=*last).map(|month| texts(month).to_string()).collect();
    html! { figure data-figure="spark" data-values=(values.join(" ")) data-from=(from.key) {} }
}

/// A month as a number.
fn counted(share: &Share) -> Option<(i32, &Share)> {
    let (year, month) = share.key.split_once('-')?;
    Some((year.parse::<i32>().ok()? * 12 + month.parse::<i32>().ok()? - 1, share))
}

fn details(track: &Track) -> Markup {
    html! { details { summary { "Month by month" } (shares(track, By::Month)) } }
}

/// Of each speaker, outlet or dyad, how many texts have it and of how many.
fn shares(track: &Track, by: By) -> Markup {
    let of: Vec<&Share> =
        track.shares.iter().filter(|s| s.by == by && (by == By::Month || s.uses > 0)).collect();
    let most = if by == By::Month { of.len() } else { ROWS };
    let cells: Vec<Vec<Value>> = of
        .iter()
        .take(most)
        .map(|share| [Value::from(key(share))].into_iter().chain(share_counts(share)).collect())
        .collect();
    let columns = [by.name(), "texts", "of", "uses", "first", "last"];
    html! {
        (rows(&format!("By {}", by.name()), &columns, &cells, "None."))
        @if of.len() > most { p.meta { "and " (of.len() - most) " more; JSON and CSV have all" } }
    }
}

fn variants(families: &[Phrase], tracks: &[Track], searched: Searched) -> Markup {
    if families.is_empty() {
        return html! { p.empty { "A phrase of one word has no variants." } };
    }
    let cells = forms(families, tracks, searched, ROWS);
    let cell = |column: &str, value: &Value| match (column, value.as_str()) {
        ("family" | "words", Some(words)) => {
            html! { a href=(format!("/phrases{}", query(&[("q", words)]))) { (clean(words)) } }
        }
        _ => cell(column, value),
    };
    html! { @if cells.is_empty() { p.empty { "None." } } @else { (table("Variants", &FORMS, &cells, cell)) } }
}
