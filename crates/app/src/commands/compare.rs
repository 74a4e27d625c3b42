//! `compare`: two texts claim by claim.

use std::path::Path;

use anyhow::{Result, bail};
use chancery_corpus::{Account, Change, Claim, Comparison, Corpus, Pair, Piece, Relation, Vocabulary};
use serde_json::{Value, json};

use super::marks::{Style, styled};
use crate::Ended;
use crate::cli::PageFormat;
use crate::output::{Output, complain, harmless};

/// Each claim of a joint text and which side tells it too.
fn owners(corpus: &Corpus, texts: [&str; 3], format: PageFormat) -> Result<Ended> {
    let vocabulary = Vocabulary::embedded();
    let found = corpus.owners(texts[0], [texts[1], texts[2]], vocabulary)?;
    let mut ids = vec![&found.joint.id, &found.sides[0].id, &found.sides[1].id];
    ids.dedup();
    if ids.len() < 3 {
        bail!("name three texts: the joint one, then those of its sides");
    }
    let [one, other] = found.sides.each_ref().map(|s| s.publisher.clone().unwrap_or_else(|| s.id.clone()));
    let whose = |pairs: &[Option<Pair>; 2]| match pairs {
        [Some(_), Some(_)] => "both".to_owned(),
        [Some(_), None] => one.clone(),
        [None, Some(_)] => other.clone(),
        [None, None] => "neither".to_owned(),
    };
    let ids = |pairs: &[Option<Pair>; 2]| -> Vec<String> {
        let of = |(side, pair): (&Account, &Option<Pair>)| pair.as_ref().map(|p| side.claims[p.b].id.clone());
        found.sides.iter().zip(pairs).filter_map(of).collect()
    };
    let mut out = Output::new();
    let claims = found.joint.claims.iter().zip(&found.claims);
    match format {
        PageFormat::Text => {
            let count = |wanted: &str| found.claims.iter().filter(|p| whose(p) == wanted).count();
            out.line(&harmless(&format!(
                "{} claims of {}: told by both {}, by {one} only {}, by {other} only {}, by neither {}",
                found.claims.len(),
                found.joint.id,
                count("both"),
                count(&one),
                count(&other),
                count("neither")
            )))?;
            for (claim, pairs) in claims {
                let told = ids(pairs).join(", ");
                out.line(&harmless(&format!(
                    "  {}  {}: {}   [{}]",
                    claim.id,
                    whose(pairs),
                    claim.words,
                    told
                )))?;
            }
        }
        PageFormat::Json => {
            let row = |(c, pairs)| json!({ "claim": claim(c, vocabulary), "told_by": whose(pairs), "with": ids(pairs) });
            out.line(&claims.map(row).collect::<Value>().to_string())?;
        }
    }
    out.finish()?;
    Ok(Ended::Well)
}

pub(super) fn compare(texts: &[String], seek: &[String], format: PageFormat, record: &Path) -> Result<Ended> {
    let corpus = Corpus::read(record)?;
    let (one, other) = match texts {
        [joint, one, other] => return owners(&corpus, [joint, one, other], format),
        [one, other] => (one.clone(), other.clone()),
        [meeting] if meeting.starts_with('M') => {
            let reports = corpus.reports_of(meeting)?;
            let [one, other, rest @ ..] = &reports[..] else {
                bail!(
                    "{meeting} is reported by one text only ({}); name a second text or meeting",
                    reports.join(", ")
                );
            };
            if !rest.is_empty() {
                complain(&format!(
                    "{meeting} is reported by more: {}; name two of them to compare others",
                    rest.join(", ")
                ));
            }
            (one.clone(), other.clone())
        }
        _ => bail!("name two texts or meetings, as in 'chancery compare d1 d2' or 'chancery compare M2 M3'"),
    };
    let vocabulary = Vocabulary::embedded();
    let found = corpus.compare((&one, &other), seek, vocabulary)?;
    if found.a.id == found.b.id {
        bail!("{one} and {other} are in one text, {}; compare two texts", found.a.id);
    }
    let mut out = Output::new();
    let colour = out.is_terminal();
    match format {
        PageFormat::Text => out.write(&page(&found, vocabulary, colour))?,
        PageFormat::Json => out.line(&object(&found, vocabulary).to_string())?,
    }
    out.finish()?;
    Ok(Ended::Well)
}

fn page(found: &Comparison, vocabulary: &Vocabulary, colour: bool) -> String {
    let (a, b) = (&found.a, &found.b);
    let mut page = String::new();
    for (account, meetings) in [(a, &found.meetings[0]), (b, &found.meetings[1])] {
        page += &format!("{}\n", heading(account, meetings));
    }
    page += &format!("{}\n", harmless(&relation(found)));
    let mut part = |title: String, lines: Vec<String>| {
        if !lines.is_empty() {
            page += &format!("\n{}\n", styled(&title, &[Style::Strong], colour));
            lines.iter().for_each(|line| page += &format!("  {line}\n"));
        }
    };
    let both: Vec<String> = found.pairs.iter().map(|p| pair(found, p, colour)).collect();
    part(format!("Said in both ({})", both.len()), both);
    for (side, (own, other)) in [(a, b), (b, a)].into_iter().enumerate() {
        let line = |(claim, near): &(usize, Vec<String>)| {
            let before = if side == 1 { before(found, *claim) } else { String::new() };
            alone(&own.claims[*claim], near, &other.id) + &before
        };
        let lines: Vec<String> = found.only[side].iter().map(line).collect();
        part(format!("Only in {} ({})", own.id, lines.len()), lines);
    }
    part("Topics and their wordings".to_owned(), topics(found, vocabulary));
    let list = |l: &chancery_corpus::ListChange| {
        let mut what = Vec::new();
        what.extend(l.reordered.then(|| "in another order".to_owned()));
        what.extend((!l.left_out.is_empty()).then(|| format!("without {}", l.left_out.join(", "))));
        what.extend((!l.added.is_empty()).then(|| format!("with {}", l.added.join(", "))));
        harmless(&format!(
            "{}: {} → {}: {}: {}",
            l.a,
            l.list_a.join(", "),
            l.b,
            l.list_b.join(", "),
            what.join("; ")
        ))
    };
    part("Lists that changed".to_owned(), found.lists.iter().map(list).collect());
    let family = |f: &chancery_corpus::Family| {
        let member = |(word, holder, id): &(String, String, String)| format!("{word} ({holder}, {id})");
        format!("{}: {}", f.shared, f.members.iter().map(member).collect::<Vec<_>>().join(", "))
    };
    part("One idea in several wordings".to_owned(), found.families.iter().map(family).collect());
    part("Looked for".to_owned(), sought(found));
    let silent = |account: &Account| format!("{} of {}", account.silent().count(), account.id);
    page += &format!("\nSentences that gave no claim: {}, {}\n", silent(a), silent(b));
    page
}

fn heading(account: &Account, meetings: &[String]) -> String {
    let date = account.date.map(|d| d.to_string()).unwrap_or_default();
    let publisher = account.publisher.as_deref().unwrap_or("publisher unknown");
    let title = account.title.as_deref().unwrap_or(&account.name);
    let meetings = if meetings.is_empty() { "reports no meeting".to_owned() } else { meetings.join("; ") };
    harmless(&format!("{:4} {date:10}  {publisher}  {title}\n     {meetings}", account.id))
}

/// What is compared with what, in a sentence.
fn relation(found: &Comparison) -> String {
    match &found.relation {
        Relation::TwoSides => {
            let name = |a: &Account| a.publisher.clone().unwrap_or_default();
            format!("Two readouts of one meeting: by {} and by {}.", name(&found.a), name(&found.b))
        }
        Relation::Twice => "Two texts of one outlet on one meeting.".to_owned(),
        Relation::Series { one_outlet, days } => {
            let outlet = if *one_outlet {
                "successive readouts of one outlet"
            } else {
                "successive readouts of two outlets"
            };
            let days = days.map(|d| format!(", {d} days apart")).unwrap_or_default();
            format!(
                "Two of a series: {outlet} on meetings of the same parties{days}; not two sides of one meeting."
            )
        }
        Relation::Unrelated => {
            "Neither a meeting nor parties in common: compared as any two texts.".to_owned()
        }
    }
}

fn pair(found: &Comparison, pair: &Pair, colour: bool) -> String {
    let (one, other) = (&found.a.claims[pair.a], &found.b.claims[pair.b]);
    let who = if one.holder == other.holder {
        one.holder.clone()
    } else {
        format!("{} / {}", one.holder, other.holder)
    };
    let words = match (pair.verbatim(), common(pair)) {
        (true, _) => harmless(&other.words),
        // A redline of what has little in common cannot be read.
        (_, common) if common < READABLE => {
            format!(
                "{}\n{:>width$}  {}",
                harmless(&one.words),
                "→",
                harmless(&other.words),
                width = one.id.len() + other.id.len() + 2
            )
        }
        _ => redlined(&pair.pieces, colour),
    };
    let changes: Vec<String> = pair.changes.iter().map(change).collect();
    let changes = if changes.is_empty() { String::new() } else { format!("   [{}]", changes.join("; ")) };
    let before = before(found, pair.b);
    format!("{} {}  {who}: {words}{changes}{before}", one.id, other.id)
}

/// The share of words that must be common for a redline to be read, in hundredths.
const READABLE: usize = 45;

/// The share of the words of both claims that are common, in hundredths.
fn common(pair: &Pair) -> usize {
    let count = |wanted: fn(&Piece) -> Option<&String>| -> usize {
        pair.pieces.iter().filter_map(wanted).map(|w| w.split(' ').count()).sum()
    };
    let both = count(|p| if let Piece::Both(w) = p { Some(w) } else { None });
    let (a, b) = (
        count(|p| if let Piece::A(w) = p { Some(w) } else { None }),
        count(|p| if let Piece::B(w) = p { Some(w) } else { None }),
    );
    200 * both / (2 * both + a + b).max(1)
}

/// A redline: what is gone and what is new, in colour or in brackets.
pub(super) fn redlined(pieces: &[Piece], colour: bool) -> String {
    let shown = |piece: &Piece| match (piece, colour) {
        (Piece::Both(words), _) => harmless(words),
        (Piece::A(words), true) => styled(&harmless(words), &[Style::Gone], true),
        (Piece::B(words), true) => styled(&harmless(words), &[Style::New], true),
        (Piece::A(words), false) => format!("[-{}-]", harmless(words)),
        (Piece::B(words), false) => format!("{{+{}+}}", harmless(words)),
    };
    pieces.iter().map(shown).collect::<Vec<_>>().join(" ")
}

fn change(change: &Change) -> String {
    match change {
        Change::Act(from, to) => format!("{from} → {to}"),
        Change::Polarity(from, to) => format!("stance {from} → {to}"),
        Change::Strength(from, to) => format!("strength: {from} → {to}"),
    }
}

/// In how many earlier texts of the parties a claim of the second text is made.
fn before(found: &Comparison, claim: usize) -> String {
    match (found.texts_before, found.before[claim]) {
        (0 | 1, _) => String::new(),
        (texts, 0) => format!("   [new: in none of {texts} texts before]"),
        (texts, n) => format!("   [in {n} of {texts} texts before]"),
    }
}

fn alone(claim: &Claim, near: &[String], other: &str) -> String {
    let act = claim.act_name();
    let near = match (claim.topics.is_empty(), near) {
        (true, _) => String::new(),
        (_, []) => format!("   [its topic is nowhere in {other}]"),
        (_, near) if near.len() > 3 => format!("   [same topic: {} and others]", near[..3].join(", ")),
        (_, near) => format!("   [same topic: {}]", near.join(", ")),
    };
    harmless(&format!("{}  {} {act}: {}{near}", claim.id, claim.holder, claim.words))
}

fn topics(found: &Comparison, vocabulary: &Vocabulary) -> Vec<String> {
    let (a, b) = (&found.a.id, &found.b.id);
    let row = |(topic, [in_a, in_b]): &(usize, [Vec<String>; 2])| {
        let label = &vocabulary.topics()[*topic].label;
        let (both, own): (Vec<&String>, Vec<&String>) = in_a.iter().partition(|w| among(in_b, w));
        let others: Vec<&String> = in_b.iter().filter(|w| !among(in_a, w)).collect();
        let part = |what: &str, words: &[&String]| {
            let words: Vec<&str> = words.iter().map(|w| w.as_str()).collect();
            (!words.is_empty()).then(|| format!("{what}{}", words.join(", ")))
        };
        let parts =
            [part("", &both), part(&format!("only {a} "), &own), part(&format!("only {b} "), &others)];
        match (in_a.is_empty(), in_b.is_empty()) {
            (false, true) => format!("only {a}  {label}: {}", in_a.join(", ")),
            (true, _) => format!("only {b}  {label}: {}", in_b.join(", ")),
            _ => format!("both     {label}: {}", parts.into_iter().flatten().collect::<Vec<_>>().join("; ")),
        }
    };
    found.topics.iter().map(|t| harmless(&row(t))).collect()
}

/// Whether a wording is one of these, case aside.
fn among(wordings: &[String], wording: &str) -> bool {
    wordings.iter().any(|w| w.to_lowercase() == wording.to_lowercase())
}

fn sought(found: &Comparison) -> Vec<String> {
    let bytes = found.a.bytes + found.b.bytes;
    let in_neither: Vec<&str> =
        found.sought.iter().filter(|s| s.uses == [0, 0]).map(|s| s.phrase.as_str()).collect();
    let mut out = Vec::new();
    if !in_neither.is_empty() {
        out.push(format!("in neither: {} (2 texts, {bytes} bytes searched)", in_neither.join(", ")));
    }
    for one in found.sought.iter().filter(|s| s.uses != [0, 0]) {
        let [a, b] = one.uses;
        out.push(format!("{}: {a} in {}, {b} in {}", one.phrase, found.a.id, found.b.id));
    }
    out
}

/// A claim for programs.
pub(super) fn claim(claim: &Claim, vocabulary: &Vocabulary) -> Value {
    let topic = |t: &usize| vocabulary.topics()[*t].id.clone();
    let strength =
        claim.strength.as_ref().map(|s| json!({ "ladder": s.ladder, "step": s.step, "wording": s.wording }));
    json!({
        "id": claim.id,
        "speaker": claim.speaker,
        "holder": claim.holder,
        "act": claim.act,
        "polarity": claim.polarity,
        "words": claim.words,
        "spans": claim.spans.iter().map(|s| [s.start, s.end]).collect::<Vec<_>>(),
        "topics": claim.topics.iter().map(topic).collect::<Vec<_>>(),
        "strength": strength,
    })
}

/// Pieces of a redline for programs.
pub(super) fn pieces(pieces: &[Piece]) -> Value {
    let piece = |p: &Piece| match p {
        Piece::Both(words) => json!({ "both": words }),
        Piece::A(words) => json!({ "a": words }),
        Piece::B(words) => json!({ "b": words }),
    };
    pieces.iter().map(piece).collect()
}

fn object(found: &Comparison, vocabulary: &Vocabulary) -> Value {
    let text = |account: &Account, meetings: &[String]| {
        json!({
            "id": account.id,
            "name": account.name,
            "title": account.title,
            "publisher": account.publisher,
            "date": account.date,
            "bytes": account.bytes,
            "meetings": meetings,
            "silent": account.silent().map(|c| &c.id).collect::<Vec<_>>(),
        })
    };
    let both = |p: &Pair| {
        json!({
            "a": claim(&found.a.claims[p.a], vocabulary),
            "b": claim(&found.b.claims[p.b], vocabulary),
            "alike": (p.alike * 100.0).round() / 100.0,
            "redline": pieces(&p.pieces),
            "changes": p.changes.iter().map(change).collect::<Vec<_>>(),
        })
    };
    let only = |account: &Account, rows: &[(usize, Vec<String>)]| -> Value {
        let row = |(n, near): &(usize, Vec<String>)| json!({ "claim": claim(&account.claims[*n], vocabulary), "same_topic": near });
        rows.iter().map(row).collect()
    };
    let topic = |(t, [a, b]): &(usize, [Vec<String>; 2])| {
        let topic = &vocabulary.topics()[*t];
        json!({ "topic": topic.id, "label": topic.label, "a": a, "b": b })
    };
    let list = |l: &chancery_corpus::ListChange| json!({ "a": l.a, "b": l.b, "list_a": l.list_a, "list_b": l.list_b, "reordered": l.reordered, "left_out": l.left_out, "added": l.added });
    let family = |f: &chancery_corpus::Family| {
        let member = |(word, holder, id): &(String, String, String)| json!({ "word": word, "holder": holder, "claim": id });
        json!({ "shared": f.shared, "members": f.members.iter().map(member).collect::<Vec<_>>() })
    };
    json!({
        "relation": relation(found),
        "a": text(&found.a, &found.meetings[0]),
        "b": text(&found.b, &found.meetings[1]),
        "both": found.pairs.iter().map(both).collect::<Vec<_>>(),
        "before": { "texts": found.texts_before, "claims_of_b": found.before },
        "only_a": only(&found.a, &found.only[0]),
        "only_b": only(&found.b, &found.only[1]),
        "topics": found.topics.iter().map(topic).collect::<Vec<_>>(),
        "lists": found.lists.iter().map(list).collect::<Vec<_>>(),
        "families": found.families.iter().map(family).collect::<Vec<_>>(),
        "sought": found.sought.iter().map(|s| json!({ "phrase": s.phrase, "uses": s.uses })).collect::<Vec<_>>(),
    })
}
