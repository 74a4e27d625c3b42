//! Claims of two texts put side by side: which say the same, which the same in other words, which stand alone.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Claim;
use crate::rows::word;
use crate::wording::plain;

/// How alike two claims must be to be one claim in two wordings, between 0 and 1.
const ALIKE: f64 = 0.25;

/// Two claims that are one.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Number of the first text's claim.
    pub a: usize,
    /// Number of the second text's claim.
    pub b: usize,
    /// How alike they are, between 0 and 1.
    pub alike: f64,
    /// The words of both, what is common told from what is not.
    pub pieces: Vec<Piece>,
    /// What else differs.
    pub changes: Vec<Change>,
}

impl Pair {
    /// Whether both say it in the same words.
    #[must_use]
    pub fn verbatim(&self) -> bool {
        self.pieces.iter().all(|p| matches!(p, Piece::Both(_)))
    }
}

/// Words of a redline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Both(String),
    /// In the first only.
    A(String),
    /// In the second only.
    B(String),
}

/// What differs between two claims beside their words, from the first's to the second's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// What is done by saying it: a position became a commitment.
    Act(String, String),
    /// The stance.
    Polarity(String, String),
    /// A weaker or stronger wording of one ladder.
    Strength(String, String),
}

/// Pair the claims that are one, best first; each belongs to one pair at most.
pub(super) fn align(a: &[Claim], b: &[Claim]) -> Vec<Pair> {
    let weights = Weights::of(a.iter().chain(b));
    let (bags_a, bags_b): (Vec<_>, Vec<_>) = (a.iter().map(bag).collect(), b.iter().map(bag).collect());
    let mut scored = Vec::new();
    for (i, one) in a.iter().enumerate() {
        for (j, other) in b.iter().enumerate() {
            let alike = alike(one, other, weights.cosine(&bags_a[i], &bags_b[j]));
            if alike >= ALIKE {
                scored.push((alike, i, j));
            }
        }
    }
    scored.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut taken_a, mut taken_b) = (BTreeSet::new(), BTreeSet::new());
    let mut out = Vec::new();
    for (alike, i, j) in scored {
        if !taken_a.contains(&i) && !taken_b.contains(&j) {
            taken_a.insert(i);
            taken_b.insert(j);
            out.push(pair(a, b, (i, j), alike));
        }
    }
    out.sort_by_key(|p| (p.a, p.b));
    out
}

fn pair(a: &[Claim], b: &[Claim], (i, j): (usize, usize), alike: f64) -> Pair {
    let (one, other) = (&a[i], &b[j]);
    let mut changes = Vec::new();
    if one.act != other.act {
        changes.push(Change::Act(word(one.act), word(other.act)));
    }
    if one.polarity != other.polarity {
        changes.push(Change::Polarity(word(one.polarity), word(other.polarity)));
    }
    if let (Some(x), Some(y)) = (&one.strength, &other.strength)
        && x.ladder == y.ladder
        && x.step != y.step
    {
        changes.push(Change::Strength(x.wording.clone(), y.wording.clone()));
    }
    Pair { a: i, b: j, alike, pieces: redline(&one.words, &other.words), changes }
}

/// How alike two claims are: by their words, then by their topics and acts; claims in the name of others are never one.
fn alike(a: &Claim, b: &Claim, words: f64) -> f64 {
    let apart = !a.sides.is_empty() && !b.sides.is_empty() && a.sides.is_disjoint(&b.sides);
    if apart || opposed(a, b) {
        return 0.0;
    }
    let shared = a.topics.iter().filter(|t| b.topics.contains(t)).count();
    let all = a.topics.len() + b.topics.len() - shared;
    #[expect(clippy::cast_precision_loss, reason = "a claim has few topics")]
    let topics = if all == 0 { words } else { shared as f64 / all as f64 };
    let act = if a.act == b.act { 1.0 } else { 0.0 };
    0.7 * words + 0.2 * topics + 0.1 * act
}

/// Whether one supports what the other opposes.
fn opposed(a: &Claim, b: &Claim) -> bool {
    use chancery_model::Polarity::{Oppose, Support};
    matches!((a.polarity, b.polarity), (Support, Oppose) | (Oppose, Support))
}

/// The content words of a claim by their stems.
fn bag(claim: &Claim) -> BTreeMap<String, f64> {
    let mut out = BTreeMap::new();
    for stem in stems(&claim.words) {
        *out.entry(stem).or_insert(0.0) += 1.0;
    }
    out
}

/// Stems of the words that say something, in order.
pub(super) fn stems(text: &str) -> Vec<String> {
    let plain = plain(text);
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !EMPTY.contains(w));
    words.map(stem).collect()
}

/// Words that say little of what a claim is about.
const EMPTY: [&str; 58] = [
    "a",
    "an",
    "the",
    "of",
    "to",
    "in",
    "on",
    "for",
    "and",
    "or",
    "with",
    "by",
    "at",
    "from",
    "as",
    "that",
    "this",
    "these",
    "those",
    "its",
    "his",
    "her",
    "their",
    "our",
    "it",
    "he",
    "she",
    "they",
    "we",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "has",
    "have",
    "had",
    "will",
    "would",
    "all",
    "any",
    "both",
    "between",
    "which",
    "who",
    "not",
    "no",
    "more",
    "further",
    "also",
    "two",
    "s",
    "side",
    "sides",
    "over",
    "including",
    "each",
];

/// A word without its ending: enough to know "deepen" in "deepening", no more.
fn stem(word: &str) -> String {
    let endings = ["ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s", "ly", "e", "y"];
    let cut = endings.iter().find_map(|e| word.strip_suffix(e).filter(|rest| rest.chars().count() > 3));
    cut.unwrap_or(word).to_owned()
}

/// Words by how much they tell claims apart.
struct Weights(BTreeMap<String, f64>);

impl Weights {
    fn of<'c>(claims: impl Iterator<Item = &'c Claim>) -> Self {
        let (mut counts, mut all): (BTreeMap<String, f64>, f64) = (BTreeMap::new(), 0.0);
        for claim in claims {
            all += 1.0;
            for stem in bag(claim).into_keys() {
                *counts.entry(stem).or_insert(0.0) += 1.0;
            }
        }
        Self(counts.into_iter().map(|(stem, n)| (stem, (1.0 + all / n).ln())).collect())
    }

    fn cosine(&self, a: &BTreeMap<String, f64>, b: &BTreeMap<String, f64>) -> f64 {
        let weight = |stem: &String| self.0.get(stem).copied().unwrap_or_default();
        let norm = |bag: &BTreeMap<String, f64>| {
            bag.iter().map(|(s, n)| (n * weight(s)).powi(2)).sum::<f64>().sqrt()
        };
        let dot: f64 = a.iter().filter_map(|(s, n)| Some(n * b.get(s)? * weight(s).powi(2))).sum();
        let both = norm(a) * norm(b);
        if both > 0.0 { dot / both } else { 0.0 }
    }
}

/// The words of two texts, what is common told from what is not.
pub(super) fn redline(a: &str, b: &str) -> Vec<Piece> {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
    let key = |w: &&str| plain(w).trim_matches(|c: char| matches!(c, '.' | ',' | ';' | ':')).to_owned();
    let (keys_a, keys_b): (Vec<String>, Vec<String>) =
        (a.iter().map(key).collect(), b.iter().map(key).collect());
    let mut out = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &keys_a, &keys_b) {
        let (old, new) = (a[op.old_range()].join(" "), b[op.new_range()].join(" "));
        match op {
            DiffOp::Equal { .. } => out.push(Piece::Both(new)),
            DiffOp::Delete { .. } => out.push(Piece::A(old)),
            DiffOp::Insert { .. } => out.push(Piece::B(new)),
            DiffOp::Replace { .. } => out.extend([Piece::A(old), Piece::B(new)]),
        }
    }
    out
}
