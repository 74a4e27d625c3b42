//! Two texts claim by claim: what differs, in words and for programs.

use anyhow::{Result, bail};
use chancery_corpus::{
    Account, Change, Claim, Comparison, Corpus, Family, ListChange, Owners, Pair, Piece, Relation, Vocabulary,
};
use serde_json::{Value, json};

/// What is compared with what, in a sentence.
pub(crate) fn relation(found: &Comparison) -> String {
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

/// The share of words that must be common for a redline to be read, in hundredths.
const READABLE: usize = 45;

/// Whether a redline of the pair can be read: of what has little in common it cannot.
pub(crate) fn readable(pair: &Pair) -> bool {
    common(pair) >= READABLE
}

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

/// What differs beside the words.
pub(crate) fn change(change: &Change) -> String {
    match change {
        Change::Act(from, to) => format!("{from} → {to}"),
        Change::Polarity(from, to) => format!("stance {from} → {to}"),
        Change::Strength(from, to) => format!("strength: {from} → {to}"),
    }
}

/// In how many earlier texts of the parties a claim of the second text is made; nothing where there are too few.
pub(crate) fn before(found: &Comparison, claim: usize) -> Option<String> {
    match (found.texts_before, found.before[claim]) {
        (0 | 1, _) => None,
        (texts, 0) => Some(format!("new: in none of {texts} texts before")),
        (texts, n) => Some(format!("in {n} of {texts} texts before")),
    }
}

/// What the other text says on the topics of a claim that only one makes; nothing of a claim without topics.
pub(crate) fn near(claim: &Claim, near: &[String], other: &str) -> Option<String> {
    match (claim.topics.is_empty(), near) {
        (true, _) => None,
        (_, []) => Some(format!("its topic is nowhere in {other}")),
        (_, near) if near.len() > 3 => Some(format!("same topic: {} and others", near[..3].join(", "))),
        (_, near) => Some(format!("same topic: {}", near.join(", "))),
    }
}

/// What became of a list.
pub(crate) fn listed(list: &ListChange) -> String {
    let mut what = Vec::new();
    what.extend(list.reordered.then(|| "in another order".to_owned()));
    what.extend((!list.left_out.is_empty()).then(|| format!("without {}", list.left_out.join(", "))));
    what.extend((!list.added.is_empty()).then(|| format!("with {}", list.added.join(", "))));
    what.join("; ")
}

/// Of each claim of a joint text: who tells it too (a side's name, `both`, `neither`), and the ids of their claims.
pub(crate) fn whose(found: &Owners) -> Vec<(String, Vec<String>)> {
    let [one, other] = found.sides.each_ref().map(|s| s.publisher.clone().unwrap_or_else(|| s.id.clone()));
    let row = |pairs: &[Option<Pair>; 2]| {
        let who = match pairs {
            [Some(_), Some(_)] => "both".to_owned(),
            [Some(_), None] => one.clone(),
            [None, Some(_)] => other.clone(),
            [None, None] => "neither".to_owned(),
        };
        let of = |(side, pair): (&Account, &Option<Pair>)| pair.as_ref().map(|p| side.claims[p.b].id.clone());
        (who, found.sides.iter().zip(pairs).filter_map(of).collect())
    };
    found.claims.iter().map(row).collect()
}

/// The two texts that a comparison means: as named, or of one meeting the first two that report it, and those left over.
///
/// # Errors
/// One text is named that is no meeting, a meeting that one text reports, or no meeting at all.
pub(crate) fn meant(corpus: &Corpus, texts: &[&str]) -> Result<(String, String, Vec<String>)> {
    match texts {
        [one, other] => Ok(((*one).to_owned(), (*other).to_owned(), Vec::new())),
        [meeting] if meeting.starts_with('M') => {
            let reports = corpus.reports_of(meeting)?;
            let [one, other, rest @ ..] = &reports[..] else {
                bail!(
                    "{meeting} is reported by one text only ({}); name a second text or meeting",
                    reports.join(", ")
                );
            };
            Ok((one.clone(), other.clone(), rest.to_vec()))
        }
        _ => bail!("name two texts or meetings, as in 'chancery compare d1 d2' or 'chancery compare M2 M3'"),
    }
}

/// Compare two texts, which must be two.
///
/// # Errors
/// As [`Corpus::compare`], or both are in one text.
pub(crate) fn compared(
    corpus: &Corpus,
    (one, other): (&str, &str),
    seek: &[String],
    vocabulary: &Vocabulary,
) -> Result<Comparison> {
    let found = corpus.compare((one, other), seek, vocabulary)?;
    if found.a.id == found.b.id {
        bail!("{one} and {other} are in one text, {}; compare two texts", found.a.id);
    }
    Ok(found)
}

/// The claims of a joint text held against the texts of two sides, which must be three.
///
/// # Errors
/// As [`Corpus::owners`], or two are one text.
pub(crate) fn owned(corpus: &Corpus, texts: [&str; 3], vocabulary: &Vocabulary) -> Result<Owners> {
    let found = corpus.owners(texts[0], [texts[1], texts[2]], vocabulary)?;
    let mut ids = [&found.joint.id, &found.sides[0].id, &found.sides[1].id].to_vec();
    ids.dedup();
    if ids.len() < 3 {
        bail!("name three texts: the joint one, then those of its sides");
    }
    Ok(found)
}

/// Whether a wording is one of these, case aside.
pub(crate) fn among(wordings: &[String], wording: &str) -> bool {
    wordings.iter().any(|w| w.to_lowercase() == wording.to_lowercase())
}

/// A claim for programs.
pub(crate) fn claim(claim: &Claim, vocabulary: &Vocabulary) -> Value {
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
pub(crate) fn pieces(pieces: &[Piece]) -> Value {
    let piece = |p: &Piece| match p {
        Piece::Both(words) => json!({ "both": words }),
        Piece::A(words) => json!({ "a": words }),
        Piece::B(words) => json!({ "b": words }),
    };
    pieces.iter().map(piece).collect()
}

/// All of it for programs.
pub(crate) fn object(found: &Comparison, vocabulary: &Vocabulary) -> Value {
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
    let list = |l: &ListChange| json!({ "a": l.a, "b": l.b, "list_a": l.list_a, "list_b": l.list_b, "reordered": l.reordered, "left_out": l.left_out, "added": l.added });
    let family = |f: &Family| {
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
