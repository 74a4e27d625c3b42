//! `compare`: two texts claim by claim.

use std::path::Path;

use anyhow::Result;
use chancery_corpus::{Account, Claim, Comparison, Corpus, Pair, Piece, Vocabulary};
use serde_json::{Value, json};

use super::marks::{Style, styled};
use crate::Ended;
use crate::answers::comparison::{
    among, before, change, claim, compared, listed, meant, near, object, owned, readable, relation, whose,
};
use crate::cli::PageFormat;
use crate::output::{Output, complain, harmless};

/// Each claim of a joint text and which side tells it too.
fn owners(corpus: &Corpus, texts: [&str; 3], format: PageFormat) -> Result<Ended> {
    let vocabulary = Vocabulary::embedded();
    let found = owned(corpus, texts, vocabulary)?;
    let [one, other] = found.sides.each_ref().map(|s| s.publisher.clone().unwrap_or_else(|| s.id.clone()));
    let told = whose(&found);
    let mut out = Output::new();
    let claims = found.joint.claims.iter().zip(&told);
    match format {
        PageFormat::Text => {
            let count = |wanted: &str| told.iter().filter(|(who, _)| who == wanted).count();
            out.line(&harmless(&format!(
                "{} claims of {}: told by both {}, by {one} only {}, by {other} only {}, by neither {}",
                found.claims.len(),
                found.joint.id,
                count("both"),
                count(&one),
                count(&other),
                count("neither")
            )))?;
            for (claim, (who, ids)) in claims {
                let told = ids.join(", ");
                out.line(&harmless(&format!("  {}  {who}: {}   [{told}]", claim.id, claim.words)))?;
            }
        }
        PageFormat::Json => {
            let row = |(c, (who, ids)): (&Claim, &(String, Vec<String>))| json!({ "claim": claim(c, vocabulary), "told_by": who, "with": ids });
            out.line(&claims.map(row).collect::<Value>().to_string())?;
        }
    }
    out.finish()?;
    Ok(Ended::Well)
}

pub(super) fn compare(texts: &[String], seek: &[String], format: PageFormat, record: &Path) -> Result<Ended> {
    let corpus = Corpus::read(record)?;
    if let [joint, one, other] = texts {
        return owners(&corpus, [joint, one, other], format);
    }
    let names: Vec<&str> = texts.iter().map(String::as_str).collect();
    let (one, other, rest) = meant(&corpus, &names)?;
    if !rest.is_empty() {
        complain(&format!(
            "{} is reported by more: {}; name two of them to compare others",
            names[0],
            rest.join(", ")
        ));
    }
    let vocabulary = Vocabulary::embedded();
    let found = compared(&corpus, (&one, &other), seek, vocabulary)?;
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
            let before = if side == 1 { before(found, *claim) } else { None };
            alone(&own.claims[*claim], near, &other.id) + &bracketed(before)
        };
        let lines: Vec<String> = found.only[side].iter().map(line).collect();
        part(format!("Only in {} ({})", own.id, lines.len()), lines);
    }
    part("Topics and their wordings".to_owned(), topics(found, vocabulary));
    let list = |l: &chancery_corpus::ListChange| {
        let (one, other) = (l.list_a.join(", "), l.list_b.join(", "));
        harmless(&format!("{}: {one} → {}: {other}: {}", l.a, l.b, listed(l)))
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

fn pair(found: &Comparison, pair: &Pair, colour: bool) -> String {
    let (one, other) = (&found.a.claims[pair.a], &found.b.claims[pair.b]);
    let who = if one.holder == other.holder {
        one.holder.clone()
    } else {
        format!("{} / {}", one.holder, other.holder)
    };
    let words = match (pair.verbatim(), readable(pair)) {
        (true, _) => harmless(&other.words),
        (_, false) => {
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
    let before = bracketed(before(found, pair.b));
    format!("{} {}  {who}: {words}{changes}{before}", one.id, other.id)
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

fn alone(claim: &Claim, near_by: &[String], other: &str) -> String {
    let near = bracketed(near(claim, near_by, other));
    harmless(&format!("{}  {} {}: {}{near}", claim.id, claim.holder, claim.act_name(), claim.words))
}

/// A remark at the end of a line.
fn bracketed(remark: Option<String>) -> String {
    remark.map(|remark| format!("   [{remark}]")).unwrap_or_default()
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
