//! Two texts claim by claim, or a joint text held against those of its sides.

use chancery_corpus::{Account, Comparison, Corpus, Couple, Owners, Pair, Vocabulary};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::answers::comparison::{
    among, before, change, compared, listed, meant, near, object, owned, readable, relation, whose,
};
use crate::serve::asked::Asked;
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{address, clean, field, form, link, linked, redline, section};

const COLUMNS: [&str; 8] = ["where", "a", "b", "holder", "words_a", "words_b", "changes", "before"];

pub(in crate::serve) fn page(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let vocabulary = Vocabulary::embedded();
    let named: Vec<&str> = ["a", "b"].into_iter().filter_map(|name| asked.get(name)).collect();
    if named.is_empty() {
        return ask(corpus, asked);
    }
    if let Some(joint) = asked.get("joint") {
        let [one, other] = named[..] else {
            return Err(Fault::asked("name the texts of both sides too, as in ?joint=d3&a=d1&b=d2"));
        };
        return Ok(joined(&owned(corpus, [joint, one, other], vocabulary)?, asked));
    }
    let (one, other, rest) = match named[..] {
        [one] if !one.starts_with('M') => {
            return Err(Fault::asked(format!("name a second text beside {one}, as in ?a={one}&b=d2")));
        }
        _ => meant(corpus, &named)?,
    };
    let seek: Vec<String> = asked.all("seek").map(str::to_owned).collect();
    let found = compared(corpus, (&one, &other), &seek, vocabulary)?;
    Ok(two(&found, &rest, vocabulary, asked))
}

fn fields(asked: &Asked) -> Markup {
    let fields = html! {
        (field(asked, "a", "Text or meeting", "d1"))
        (field(asked, "b", "Another", "d2"))
        (field(asked, "joint", "Joint text of both", "d3"))
        (field(asked, "seek", "Look for words", "denuclear*"))
    };
    form("/compare", "Compare texts", "Compare", &fields)
}

/// Pairs that are offered of each kind.
const OFFERED: usize = 15;

fn ask(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let told_twice = corpus.told_twice(OFFERED)?;
    let mut successive = corpus.successive(2 * OFFERED)?;
    successive.retain(|couple| told_twice.iter().all(|known| known.texts != couple.texts));
    successive.truncate(OFFERED);
    let kinds = [
        ("told-twice", "Two texts on one meeting", told_twice, "No meeting is reported by two texts."),
        (
            "successive",
            "A text and the one before it on meetings of the same sides",
            successive,
            "No two other texts report meetings of the same sides.",
        ),
    ];
    let main = html! {
        p.about {
            "Two texts, or two meetings, claim by claim: what both say, what only one says, and what changed in the words. \
             Write ids as in the lists, " code { "d1" } " or " code { "M2" } ", or take one of the pairs below."
        }
        (fields(asked))
        @for (id, title, couples, nothing) in &kinds { (section(id, title, &offered(couples, nothing))) }
        p {
            a href="/dyad" { "Meetings of two sides" }
            " lead to more; " a href="/series" { "one topic" } " can be followed through all of them."
        }
    };
    let row = |(kind, couple): (&str, &Couple)| {
        vec![
            json!(kind),
            json!(couple.texts[0].0),
            json!(couple.texts[1].0),
            json!(couple.of),
            json!(couple.date),
        ]
    };
    let rows = kinds
        .iter()
        .flat_map(|(kind, _, couples, _)| couples.iter().map(|couple| row((kind, couple))))
        .collect();
    let twin = Twin::new(&["kind", "a", "b", "of", "date"], rows);
    Ok(Page { title: "Compare".to_owned(), main, twin })
}

/// Pairs of texts, the latest first, each a way to its comparison.
fn offered(couples: &[Couple], nothing: &str) -> Markup {
    html! {
        @if couples.is_empty() { p.empty { (nothing) } } @else {
            ul.entries {
                @for Couple { texts: [a, b], of, date } in couples {
                    li {
                        @if let Some(date) = date { time { (date) } " " }
                        a href=(format!("/compare?a={}&b={}", a.0, b.0)) { (clean(&a.1)) " — " (clean(&b.1)) }
                        " " span.meta { (a.0) " and " (b.0) ", " (linked(of)) }
                    }
                }
            }
            @if couples.len() == OFFERED { p.meta { "The latest " (OFFERED) "." } }
        }
    }
}

fn two(found: &Comparison, rest: &[String], vocabulary: &Vocabulary, asked: &Asked) -> Page {
    let (a, b) = (&found.a, &found.b);
    let silent = |account: &Account| {
        html! { a href=(format!("/documents/{}#silent", account.id)) { (account.silent().count()) " of " (account.id) } }
    };
    let main = html! {
        p.about { (clean(&relation(found))) }
        @if !rest.is_empty() { p.note { "More texts report this meeting: " (linked(&rest.join(", "))) "." } }
        div.sides { (heading(a, &found.meetings[0])) (heading(b, &found.meetings[1])) }
        (section("both", &format!("Said in both ({})", found.pairs.len()), &both(found)))
        @for (side, (own, other)) in [(a, b), (b, a)].into_iter().enumerate() {
            (section(["only-a", "only-b"][side], &format!("Only in {} ({})", own.id, found.only[side].len()), &only(found, side, own, other)))
        }
        @if !found.topics.is_empty() {
            (section("topics", "Topics and their wordings", &topics(found, vocabulary)))
        }
        @if !found.lists.is_empty() { (section("lists", "Lists that changed", &lists(found))) }
        @if !found.families.is_empty() {
            (section("families", "One idea in several wordings", &families(found)))
        }
        @if !found.sought.is_empty() { (section("sought", "Looked for", &sought(found))) }
        p.note { "Sentences that gave no claim: " (silent(a)) ", " (silent(b)) "." }
        (fields(asked))
    };
    let all = object(found, vocabulary);
    let mut twin = Twin::new(&COLUMNS, rows(found));
    if let Value::Object(all) = all {
        twin.beside = all;
    }
    Page { title: format!("{} and {}", a.id, b.id), main, twin }
}

/// What a text is, and which meetings it reports.
fn heading(account: &Account, meetings: &[String]) -> Markup {
    html! {
        section.card {
            h2 { (link(&account.id)) " " (clean(account.title.as_deref().unwrap_or(&account.name))) }
            p.meta {
                @if let Some(date) = account.date { time { (date) } ", " }
                (clean(account.publisher.as_deref().unwrap_or("publisher unknown")))
            }
            @for meeting in meetings {
                @let (id, words) = meeting.split_once(' ').unwrap_or((meeting, ""));
                p { (link(id)) " " (clean(words)) }
            }
            @if meetings.is_empty() { p { "reports no meeting" } }
        }
    }
}

fn both(found: &Comparison) -> Markup {
    let (a, b) = (&found.a, &found.b);
    html! {
        @if found.pairs.is_empty() { p.empty { "No claim of the one is like one of the other." } } @else {
            p.meta { del { "struck" } ": only in " (a.id) "; " ins { "underlined" } ": only in " (b.id) "; the rest stands in both." }
            div.scroll tabindex="0" role="region" aria-label="Said in both" {
                table.claims {
                    thead {
                        tr {
                            th scope="col" { "In whose name" } th scope="col" { (a.id) }
                            th scope="col" { (b.id) }
                        }
                    }
                    tbody { @for pair in &found.pairs { (row(found, pair)) } }
                }
            }
        }
    }
}

fn row(found: &Comparison, pair: &Pair) -> Markup {
    let (one, other) = (&found.a.claims[pair.a], &found.b.claims[pair.b]);
    let who = match one.holder == other.holder {
        true => one.holder.clone(),
        false => format!("{} / {}", one.holder, other.holder),
    };
    let chips = html! {
        @for change in &pair.changes { " " span.tag { (clean(&self::change(change))) } }
        @if let Some(before) = before(found, pair.b) { " " span.tag { (before) } }
    };
    html! {
        tr {
            th scope="row" { (clean(&who)) }
            td { (claim(&one.id, &html! { (clean(&one.words)) })) }
            td {
                @if pair.verbatim() {
                    (claim(&other.id, &html! { "in the same words" }))
                } @else if readable(pair) {
                    (claim(&other.id, &redline(&pair.pieces)))
                } @else {
                    (claim(&other.id, &html! { (clean(&other.words)) }))
                }
                (chips)
            }
        }
    }
}

/// A claim's words with the way to its card.
fn claim(id: &str, words: &Markup) -> Markup {
    html! { (words) " " a.id href=(address(id)) { (id) } }
}

fn only(found: &Comparison, side: usize, own: &Account, other: &Account) -> Markup {
    html! {
        @if found.only[side].is_empty() { p.empty { "Nothing." } } @else {
            ul.entries {
                @for (number, near_by) in &found.only[side] {
                    @let one = &own.claims[*number];
                    li {
                        strong { (clean(&one.holder)) } " " span.act { (one.act_name()) } " "
                        (claim(&one.id, &html! { (clean(&one.words)) }))
                        @if let Some(near) = near(one, near_by, &other.id) { " " span.tag { (near) } }
                        @if side == 1 {
                            @if let Some(before) = before(found, *number) { " " span.tag { (before) } }
                        }
                    }
                }
            }
        }
    }
}

fn topics(found: &Comparison, vocabulary: &Vocabulary) -> Markup {
    let words = |own: &[String], other: &[String]| {
        html! {
            @if own.is_empty() { span.meta { "nothing said" } }
            @for (n, wording) in own.iter().enumerate() {
                @if n > 0 { ", " }
                @if among(other, wording) { (clean(wording)) } @else { strong { (clean(wording)) } }
            }
        }
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label="Topics and their wordings" {
            table.rows {
                thead {
                    tr {
                        th scope="col" { "Topic" } th scope="col" { (found.a.id) }
                        th scope="col" { (found.b.id) }
                    }
                }
                tbody {
                    @for (topic, [a, b]) in &found.topics {
                        tr {
                            th scope="row" { (vocabulary.topics()[*topic].label) }
                            td data-label=(found.a.id) { (words(a, b)) }
                            td data-label=(found.b.id) { (words(b, a)) }
                        }
                    }
                }
            }
        }
    }
}

fn lists(found: &Comparison) -> Markup {
    html! {
        ul.entries {
            @for list in &found.lists {
                li {
                    p { (link(&list.a)) " " (clean(&list.list_a.join(", "))) }
                    p { (link(&list.b)) " " (clean(&list.list_b.join(", "))) }
                    p { span.tag { (clean(&listed(list))) } }
                }
            }
        }
    }
}

fn families(found: &Comparison) -> Markup {
    html! {
        ul.entries {
            @for family in &found.families {
                li {
                    strong { (clean(&family.shared)) } ": "
                    @for (n, (word, holder, id)) in family.members.iter().enumerate() {
                        @if n > 0 { ", " }
                        (clean(word)) " (" (clean(holder)) ", " (link(id)) ")"
                    }
                }
            }
        }
    }
}

fn sought(found: &Comparison) -> Markup {
    let bytes = found.a.bytes + found.b.bytes;
    let (neither, some): (Vec<_>, Vec<_>) = found.sought.iter().partition(|one| one.uses == [0, 0]);
    html! {
        @if !neither.is_empty() {
            p {
                "In neither: "
                (clean(&neither.iter().map(|one| one.phrase.as_str()).collect::<Vec<_>>().join(", "))) "."
            }
        }
        @if !some.is_empty() {
            ul {
                @for one in some {
                    li {
                        (clean(&one.phrase)) ": " (one.uses[0]) " in " (found.a.id) ", " (one.uses[1]) " in "
                        (found.b.id)
                    }
                }
            }
        }
        p.meta { "2 texts, " (bytes) " bytes searched." }
    }
}

fn rows(found: &Comparison) -> Vec<Vec<Value>> {
    let (a, b) = (&found.a, &found.b);
    let mut rows = Vec::new();
    for pair in &found.pairs {
        let (one, other) = (&a.claims[pair.a], &b.claims[pair.b]);
        let changes: Vec<String> = pair.changes.iter().map(change).collect();
        let before = before(found, pair.b);
        let (one_id, other_id) = (json!(one.id), json!(other.id));
        let holder = json!(other.holder);
        let row =
            [json!("both"), one_id, other_id, holder, json!(one.words), json!(other.words), json!(changes)];
        rows.push(row.into_iter().chain([json!(before)]).collect());
    }
    for (number, _) in &found.only[0] {
        let one = &a.claims[*number];
        let row = [json!("a"), json!(one.id), Value::Null, json!(one.holder), json!(one.words)];
        rows.push(row.into_iter().chain([Value::Null, json!([]), Value::Null]).collect());
    }
    for (number, _) in &found.only[1] {
        let one = &b.claims[*number];
        let row = [json!("b"), Value::Null, json!(one.id), json!(one.holder), Value::Null, json!(one.words)];
        rows.push(row.into_iter().chain([json!([]), json!(before(found, *number))]).collect());
    }
    rows
}

/// Each claim of a joint text and which side tells it too.
fn joined(found: &Owners, asked: &Asked) -> Page {
    let told = whose(found);
    let names = found.sides.each_ref().map(|s| s.publisher.clone().unwrap_or_else(|| s.id.clone()));
    let count = |wanted: &str| told.iter().filter(|(who, _)| who == wanted).count();
    let main = html! {
        p.about {
            (told.len()) " claims of " (link(&found.joint.id)) ": told by both " (count("both")) ", by " (clean(&names[0])) " only "
            (count(&names[0])) ", by " (clean(&names[1])) " only " (count(&names[1])) ", by neither " (count("neither")) "."
        }
        div.sides {
            @for account in [&found.joint, &found.sides[0], &found.sides[1]] { (heading(account, &[])) }
        }
        div.scroll tabindex="0" role="region" aria-label="Claims of the joint text" {
            table.claims {
                thead {
                    tr { th scope="col" { "Told by" } th scope="col" { "Claim" } th scope="col" { "With" } }
                }
                tbody {
                    @for (one, (who, ids)) in found.joint.claims.iter().zip(&told) {
                        tr {
                            th scope="row" { (clean(who)) }
                            td { (claim(&one.id, &html! { (clean(&one.words)) })) }
                            td { @for id in ids { (link(id)) " " } }
                        }
                    }
                }
            }
        }
        (fields(asked))
    };
    let row = |(one, (who, ids)): (&chancery_corpus::Claim, &(String, Vec<String>))| {
        vec![json!(one.id), json!(who), json!(one.words), json!(ids)]
    };
    let rows = found.joint.claims.iter().zip(&told).map(row).collect();
    let title = format!("{}: whose clause it is", found.joint.id);
    Page { title, main, twin: Twin::new(&["id", "told_by", "words", "with"], rows) }
}
