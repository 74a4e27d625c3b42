//! Patterns that never decide: wherever one fits, another fits that comes before it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::super::lexis::Word;
use super::super::listed::Listed;
use super::super::page::Fault;
use super::super::pattern::{Filler, Pattern, Place};
use super::super::{Entry, Pages, Prepositions};

/// A pattern by the numbers of its page, its rule there and its line.
type At = (usize, usize, usize);

/// A remark for each pattern of which every alternative is covered by patterns that say at least as much and come first.
pub(super) fn remarks(pages: &Pages, paths: &[&str]) -> Vec<(String, Fault)> {
    let pattern = |at: &At| &pages.pages[at.0].rules[at.1].patterns[at.2];
    // As the coder tries them: what says most first; of equals, what stands first.
    let rank = |at: &At| (Reverse(pattern(at).weight()), *at);
    let mut out = Vec::new();
    for entry in all_patterns(pages) {
        let own = pattern(&entry);
        let at_lemmas = own.lemmas.iter().flat_map(|(lemma, _)| pages.at(*lemma)).map(Entry::place);
        let mut before: Vec<At> =
            at_lemmas.filter(|e| rank(e) < rank(&entry) && is_like(pattern(e), own)).collect();
        before.sort_unstable();
        before.dedup();
        let mut by = BTreeSet::new();
        if !covered(own, &before, &pattern, &mut by) {
            continue;
        }
        let place = |e: &At| match e.0 == entry.0 {
            true => format!("line {}", pattern(e).line),
            false => format!("{}:{}", paths[e.0], pattern(e).line),
        };
        let places: Vec<String> = by.iter().take(3).map(place).collect();
        let more = if by.len() > 3 { " and others" } else { "" };
        let what = format!(
            "this pattern never decides: wherever it fits it is forestalled by {}{more}; delete it, or let it say more",
            places.join(", ")
        );
        out.push((paths[entry.0].to_owned(), (own.line, what)));
    }
    out
}

fn all_patterns(pages: &Pages) -> Vec<At> {
    let rules =
        pages.pages.iter().enumerate().flat_map(|(p, page)| (0..page.rules.len()).map(move |r| (p, r)));
    rules.flat_map(|(p, r)| (0..pages.pages[p].rules[r].patterns.len()).map(move |i| (p, r, i))).collect()
}

/// Whether each alternative of a pattern is covered by one of the others; `by` those that do it.
fn covered<'p>(
    own: &Pattern,
    others: &[At],
    pattern: &impl Fn(&At) -> &'p Pattern,
    by: &mut BTreeSet<At>,
) -> bool {
    if let Some(other) = others.iter().find(|at| covers(pattern(at), own)) {
        by.insert(*other);
        return true;
    }
    !others.is_empty()
        && alternatives(own).is_some_and(|parts| parts.iter().all(|part| covered(part, others, pattern, by)))
}

/// Whether two patterns are of one shape, so that the first may fit wherever the second does.
fn is_like(other: &Pattern, own: &Pattern) -> bool {
    // Where "of" is a place of its own it does not tell who acts.
    let of = |p: &Pattern| p.places.iter().any(|place| place.prepositions.iter().any(|q| q == "of"));
    other.predicate == own.predicate
        && other.negated == own.negated
        && (own.ahead || !other.ahead)
        && other.subject.is_some() == own.subject.is_some()
        && other.places.len() >= own.places.len()
        && other.places[own.places.len()..].iter().all(|place| place.optional)
        && of(other) == of(own)
}

/// Whether a pattern fits wherever another of its shape does.
fn covers(other: &Pattern, own: &Pattern) -> bool {
    own.lemmas.iter().all(|lemma| other.lemmas.contains(lemma))
        && own.subject.iter().zip(&other.subject).all(|(own, other)| place_covers(other, own))
        && own.places.iter().zip(&other.places).all(|(own, other)| place_covers(other, own))
}

fn place_covers(other: &Place, own: &Place) -> bool {
    let sectors = |other: &[String], own: &[String]| other.is_empty() || !own.is_empty() && all(other, own);
    let verbs = |other: &Listed, own: &Listed| other.is_empty() || !own.is_empty() && other.covers(own);
    other.optional == own.optional
        && other.prepositions.is_empty() == own.prepositions.is_empty()
        && all(&other.prepositions, &own.prepositions)
        && match (&other.filler, &own.filler) {
            (Filler::Actor(other), Filler::Actor(own)) => sectors(other, own),
            (Filler::Recipient(other), Filler::Recipient(own)) => sectors(other, own),
            (Filler::Do(other), Filler::Do(own)) => verbs(other, own),
            (Filler::Doing(other), Filler::Doing(own)) => verbs(other, own),
            (Filler::RecipientAt(other), Filler::RecipientAt(own)) => other.covers(own),
            (Filler::Words(other), Filler::Words(own)) => other.covers(own),
            (other, own) => other == own,
        }
}

fn all(other: &[String], own: &[String]) -> bool {
    own.iter().all(|word| other.contains(word))
}

/// The pattern once for each alternative of the first place that has several; none where each has one.
fn alternatives(pattern: &Pattern) -> Option<Vec<Pattern>> {
    if pattern.lemmas.len() > 1 {
        let one = |lemma: &(Word, Option<Word>)| Pattern { lemmas: vec![*lemma], ..pattern.clone() };
        return Some(pattern.lemmas.iter().map(one).collect());
    }
    if let Some(parts) = pattern.subject.as_ref().and_then(narrowed) {
        return Some(
            parts.into_iter().map(|place| Pattern { subject: Some(place), ..pattern.clone() }).collect(),
        );
    }
    let (at, parts) =
        pattern.places.iter().enumerate().find_map(|(at, place)| Some((at, narrowed(place)?)))?;
    let one = |place: Place| {
        let mut part = pattern.clone();
        part.places[at] = place;
        part
    };
    Some(parts.into_iter().map(one).collect())
}

/// A place once for each of its prepositions, else once for each of its words or sectors.
fn narrowed(place: &Place) -> Option<Vec<Place>> {
    if place.prepositions.len() > 1 {
        let one = |p: &String| Place { prepositions: Prepositions::of(vec![p.clone()]), ..place.clone() };
        return Some(place.prepositions.iter().map(one).collect());
    }
    let each = |words: &[String], filler: fn(Vec<String>) -> Filler| -> Vec<Filler> {
        words.iter().map(|word| filler(vec![word.clone()])).collect()
    };
    let listed = |words: &Listed, filler: fn(Listed) -> Filler| -> Vec<Filler> {
        words.each().into_iter().map(filler).collect()
    };
    let fillers = match &place.filler {
        Filler::Actor(sectors) => each(sectors, Filler::Actor),
        Filler::Recipient(sectors) => each(sectors, Filler::Recipient),
        Filler::RecipientAt(nouns) => listed(nouns, Filler::RecipientAt),
        Filler::Words(nouns) => listed(nouns, Filler::Words),
        Filler::Do(verbs) => listed(verbs, Filler::Do),
        Filler::Doing(verbs) => listed(verbs, Filler::Doing),
        _ => return None,
    };
    let one = |filler: Filler| Place { filler, ..place.clone() };
    (fillers.len() > 1).then(|| fillers.into_iter().map(one).collect())
}
