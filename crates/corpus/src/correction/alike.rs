//! Whether two rows are of the same words and matter, and how surely.

use std::collections::BTreeSet;

use chancery_model::{Event, Meeting, Participant, Role, Span, When};

use super::Row;
use crate::name::same_person;

/// The rows are the same in every field.
const IDENTICAL: f64 = 10.0;

/// How well a row stands for another one of the same layer; 0 where it does not.
pub(super) fn likeness(one: &Row, other: &Row) -> f64 {
    let words = Overlap::of(&one.words(), &other.words());
    let like = match (one, other) {
        (Row::Role(one), Row::Role(other)) => roles(one, other, words),
        (Row::Meeting(one), Row::Meeting(other)) => meetings(one, other, words),
        (Row::Statement(_), Row::Statement(_)) => statements(words),
        (Row::Event(one), Row::Event(other)) => events(one, other, words),
        _ => 0.0,
    };
    if like > 0.0 && one.fields() == other.fields() { IDENTICAL + like } else { like }
}

/// The pairs of two lists by how well they belong together (likeness, place in the one, place in the other): the likest first, and
/// each at most once. For each of the one, its place in the other.
pub(super) fn assigned(
    mut likeness: Vec<(f64, usize, usize)>,
    one: usize,
    other: usize,
) -> Vec<Option<usize>> {
    likeness.retain(|(like, _, _)| *like > 0.0);
    likeness.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut pairs, mut taken) = (vec![None; one], vec![false; other]);
    for (_, a, b) in likeness {
        if pairs[a].is_none() && !taken[b] {
            (pairs[a], taken[b]) = (Some(b), true);
        }
    }
    pairs
}

/// Whether two persons who judged the rows must have meant the same one.
pub(super) fn is_one(one: &Row, other: &Row) -> bool {
    let least = match one {
        Row::Role(_) | Row::Statement(_) => 0.5,
        Row::Meeting(_) | Row::Event(_) => 1.0,
    };
    likeness(one, other) >= least
}

/// How many bytes two lists of words share: of both together, and of the shorter.
#[derive(Debug, Clone, Copy)]
struct Overlap {
    of_all: f64,
    of_shorter: f64,
}

impl Overlap {
    fn of(one: &[Span], other: &[Span]) -> Self {
        let shared: usize = one.iter().flat_map(|a| other.iter().map(|b| common(*a, *b))).sum();
        let length = |spans: &[Span]| spans.iter().map(|span| span.len()).sum::<usize>();
        let (one, other) = (length(one), length(other));
        let share = |whole: usize| if whole == 0 { 0.0 } else { shared as f64 / whole as f64 };
        Self { of_all: share((one + other).saturating_sub(shared)), of_shorter: share(one.min(other)) }
    }
}

fn common(one: Span, other: Span) -> usize {
    let (start, end) = (one.start.max(other.start), one.end.min(other.end));
    end.saturating_sub(start) as usize
}

/// The content is the same to a half, or one holds most of the other.
fn statements(words: Overlap) -> f64 {
    match words {
        Overlap { of_all, .. } if of_all >= 0.5 => of_all,
        Overlap { of_all, of_shorter } if of_shorter >= 0.8 => of_all / 2.0,
        _ => 0.0,
    }
}

/// The same person in the same office wherever it is stated, or one of the two in the same words.
fn roles(one: &Role, other: &Role, words: Overlap) -> f64 {
    let person = same_person(&one.person, &other.person);
    let office = one.office.to_lowercase() == other.office.to_lowercase();
    let served = one.country == other.country || one.organization == other.organization;
    match (person, office && served) {
        (true, true) => 1.0 + words.of_all,
        (true, false) if words.of_shorter > 0.0 => 0.5 + words.of_all / 2.0,
        (false, true) if words.of_shorter > 0.5 => words.of_all / 2.0,
        _ => 0.0,
    }
}

/// The same parties in days that meet wherever it is told, or the same words.
fn meetings(one: &Meeting, other: &Meeting, words: Overlap) -> f64 {
    let codes = |m: &Meeting| m.parties.iter().map(|party| party.code.clone()).collect::<BTreeSet<_>>();
    match codes(one) == codes(other) {
        true if may_meet(one.when, other.when) => 1.0 + words.of_all,
        true if words.of_shorter > 0.0 => 0.5 + words.of_all / 2.0,
        false if words.of_all >= 0.5 => words.of_all / 2.0,
        _ => 0.0,
    }
}

/// The same kind of event in words that meet: the same sides, or mostly the same words.
fn events(one: &Event, other: &Event, words: Overlap) -> f64 {
    if one.plover != other.plover || words.of_shorter == 0.0 {
        return 0.0;
    }
    let sides = [(&one.actor, &other.actor), (&one.recipient, &other.recipient)];
    let same = sides.into_iter().filter(|(one, other)| codes(one) == codes(other)).count();
    match same {
        2 => 1.0 + words.of_all,
        _ if words.of_shorter >= 0.5 => (words.of_all + 0.5 * same as f64) / 2.0,
        _ => 0.0,
    }
}

pub(super) fn codes(participants: &[Participant]) -> BTreeSet<(&str, Option<&str>)> {
    participants.iter().map(|p| (p.code.as_str(), p.sector.as_deref())).collect()
}

pub(super) fn may_meet(one: Option<When>, other: Option<When>) -> bool {
    one.zip(other)
        .is_none_or(|(one, other)| one.from.first() <= other.to.last() && other.from.first() <= one.to.last())
}
