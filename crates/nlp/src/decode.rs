//! From scores to labels and a tree.

use std::ops::Range;

use chancery_model::{Leaning, Upos};

use crate::Exit;
use crate::network::{FEATS, KINDS, LEMMA, NAME, Network, START, Scores, UPOS, XPOS};
use crate::weights::Labels;
use crate::wellformed;

/// How sure the network must be, in hundredths, that a word tells an event to be asked who does it.
const ASKED: u8 = 10;
/// Lemma rules that are tried on a word.
const LEMMA_RULES: usize = 4;
/// What the word of the rules counts beside the network's when it is asked whether a sentence begins, in log odds: that one does (right in
/// 96 of 100 cases), and that none does. Chosen on EWT dev and the project's newswire.
const RULES_BEGIN: f32 = 7.0;
const RULES_GO_ON: f32 = -0.5;
/// What speaks against a name beside the network's word, in log odds. Chosen on Universal NER's layer of EWT dev; it helps readouts more.
const NO_NAME: f32 = 1.5;

/// The numbers of one word's labels. Small, since many are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// 1-based, 0 for the root.
    pub(crate) head: u16,
    pub(crate) feats: u16,
    /// The best lemma rules, the best first.
    pub(crate) lemma: [u16; LEMMA_RULES],
    pub(crate) deprel: u8,
    pub(crate) upos: u8,
    pub(crate) xpos: u8,
    pub(crate) name: u8,
    /// How likely each kind of event is, in hundredths.
    pub(crate) tells: [u8; KINDS],
}

/// The words of one sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parse {
    pub(crate) words: Vec<Word>,
    /// How the sides are filled of the events that words tell, with the places of those.
    pub(crate) leanings: Vec<(usize, Leaning)>,
}

impl Parse {
    /// Put a later part of the same sentence after the first; its root hangs on the first root. Who acts may stand in the other part.
    pub(crate) fn append(&mut self, part: &Self, labels: &Labels) {
        let before = self.words.len() as u16;
        let root = self.words.iter().position(|w| w.head == 0).map(|at| at as u16 + 1);
        self.words.extend(part.words.iter().map(|word| match (word.head, root) {
            (0, Some(root)) => Word { head: root, deprel: labels.parataxis as u8, ..*word },
            (0, None) => *word,
            (head, _) => Word { head: head + before, ..*word },
        }));
        self.leanings.clear();
    }
}

/// Where sentences begin in a stretch of words, the first word among them. `rules` are the places that the tokeniser would begin one;
/// `may_begin` tells where one may at all.
pub(crate) fn starts(scores: Scores, rules: &[usize], may_begin: impl Fn(usize) -> bool) -> Vec<usize> {
    let begins = |word: usize| {
        let row = scores.tag(START, word + 1);
        let rule = if rules.contains(&word) { RULES_BEGIN } else { RULES_GO_ON };
        row[1] - row[0] + rule > 0.0
    };
    std::iter::once(0).chain((1..scores.words()).filter(|word| begins(*word) && may_begin(*word))).collect()
}

/// The best labels and the best tree of the words in a range.
pub(crate) fn parse(
    network: &Network,
    exit: Exit,
    scores: Scores,
    range: Range<usize>,
    labels: &Labels,
) -> Parse {
    let (side, first) = (range.len() + 1, range.start);
    // Rows and columns of the root and of the words in the range.
    let place = |at: usize| if at == 0 { 0 } else { first + at };
    let arcs: Vec<f32> = (0..side)
        .flat_map(|d| {
            let heads = scores.heads(place(d));
            (0..side).map(move |h| heads[place(h)])
        })
        .collect();
    let pick = |tag: usize, i: usize| best(scores.tag(tag, place(i + 1)), None);
    let upos: Vec<usize> = (0..range.len()).map(|i| pick(UPOS, i)).collect();
    let marks: Vec<bool> = upos.iter().map(|upos| labels.upos[*upos] == Upos::PUNCT).collect();
    let mut heads = tree(&arcs, range.len());
    wellformed::hang_marks(&mut heads, &marks);
    let pairs: Vec<(usize, usize)> =
        heads.iter().enumerate().map(|(i, h)| (place(i + 1), place(*h))).collect();
    let relations = network.relations(exit, scores, &pairs);
    let rows: Vec<&[f32]> = (0..range.len()).map(|i| relations.row(i)).collect();
    let deprels = labels.relations.choose(&heads, &marks, &rows);
    let rows: Vec<&[f32]> = (0..range.len()).map(|i| scores.tag(NAME, place(i + 1))).collect();
    let names = names(&labels.goes_on_from, &rows);
    let word = |i: usize| {
        let xpos = pick(XPOS, i);
        Word {
            head: heads[i] as u16,
            feats: fitting(scores.tag(FEATS, place(i + 1)), labels.bundles(upos[i], xpos)) as u16,
            lemma: ranked(scores.tag(LEMMA, place(i + 1))),
            deprel: deprels[i] as u8,
            upos: upos[i] as u8,
            xpos: xpos as u8,
            name: names[i] as u8,
            tells: hundredths(scores.tells(place(i + 1))),
        }
    };
    let words: Vec<Word> = (0..range.len()).map(word).collect();
    let told: Vec<usize> = (0..words.len()).filter(|i| words[*i].tells.iter().sum::<u8>() >= ASKED).collect();
    let leanings = if told.is_empty() { Vec::new() } else { network.leanings(scores, &range, &told) };
    Parse { words, leanings: told.into_iter().zip(leanings).collect() }
}

/// The probabilities of the kinds, behind that of none, in whole hundredths, rounded down.
fn hundredths(probabilities: &[f32]) -> [u8; KINDS] {
    let mut out = [0; KINDS];
    for (out, p) in out.iter_mut().zip(probabilities.iter().skip(1)) {
        *out = (p * 100.0) as u8;
    }
    out
}

/// The place of the highest score among these, the first of equals; among all, if there are none.
fn fitting(scores: &[f32], among: &[usize]) -> usize {
    let top = |best: usize, at: usize| if scores[at] > scores[best] { at } else { best };
    among.iter().copied().reduce(top).unwrap_or_else(|| best(scores, None))
}

/// The place of the highest score, the first of equals, leaving one place out.
fn best(scores: &[f32], except: Option<usize>) -> usize {
    let mut at = usize::from(except == Some(0));
    for (i, score) in scores.iter().enumerate() {
        if Some(i) != except && *score > scores[at] {
            at = i;
        }
    }
    at
}

/// The places of the highest scores, the highest first; of equals the first.
fn ranked(scores: &[f32]) -> [u16; LEMMA_RULES] {
    let mut places = [0; LEMMA_RULES];
    let mut tops = [f32::NEG_INFINITY; LEMMA_RULES];
    for (place, &score) in scores.iter().enumerate() {
        if score > tops[LEMMA_RULES - 1] {
            let at = tops.iter().position(|top| score > *top).unwrap_or(LEMMA_RULES - 1);
            tops.copy_within(at..LEMMA_RULES - 1, at + 1);
            places.copy_within(at..LEMMA_RULES - 1, at + 1);
            (tops[at], places[at]) = (score, place as u16);
        }
    }
    places
}

/// For each BIO tag, the tags that it goes on from: those of its type for an `I-`, none for others, which follow any.
pub(crate) fn goes_on_from(labels: &[String]) -> Vec<Vec<usize>> {
    let of_type = |kind: &str| (0..labels.len()).filter(|i| labels[*i].get(2..) == Some(kind)).collect();
    labels.iter().map(|label| label.strip_prefix("I-").map_or_else(Vec::new, of_type)).collect()
}

/// The best BIO tags of words in a row, one row of scores a word, the first of each for no name: an `I-` only goes on what it belongs to (Viterbi).
fn names(goes_on_from: &[Vec<usize>], rows: &[&[f32]]) -> Vec<usize> {
    let mut paths: Vec<Vec<usize>> = Vec::with_capacity(rows.len());
    let mut totals: Vec<f32> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let any = if at == 0 { 0 } else { best(&totals, None) };
        let last = |label: usize| {
            let higher = |best: usize, last: usize| if totals[last] > totals[best] { last } else { best };
            goes_on_from[label].iter().copied().reduce(higher).unwrap_or(any)
        };
        let from: Vec<usize> = match at {
            0 => vec![0; row.len()],
            _ => (0..row.len()).map(last).collect(),
        };
        let before = |label: usize| match at {
            0 if goes_on_from[label].is_empty() => 0.0,
            0 => f32::NEG_INFINITY,
            _ => totals[from[label]],
        };
        let score = |label: usize| row[label] + if label == 0 { NO_NAME } else { 0.0 };
        totals = (0..row.len()).map(|label| before(label) + score(label)).collect();
        paths.push(from);
    }
    let mut label = if rows.is_empty() { 0 } else { best(&totals, None) };
    let mut out = vec![0; rows.len()];
    for at in (0..rows.len()).rev() {
        out[at] = label;
        label = paths[at][label];
    }
    out
}

/// The heads of words 1..=n given `arcs[dependent * (n + 1) + head]`, with exactly one word under 0.
pub(crate) fn tree(arcs: &[f32], words: usize) -> Vec<usize> {
    let side = words + 1;
    let greedy: Vec<usize> = (1..side).map(|i| best(&arcs[i * side..(i + 1) * side], Some(i))).collect();
    if is_tree(&greedy) {
        return greedy;
    }
    // Taking enough from every arc under 0 makes the best tree use only one.
    let scores = (0..side * side).map(|at| f64::from(arcs[at]) - if at % side == 0 { 1e7 } else { 0.0 });
    let mut heads = arborescence(&scores.collect::<Vec<_>>(), side);
    heads.remove(0);
    heads
}

fn is_tree(heads: &[usize]) -> bool {
    heads.iter().filter(|h| **h == 0).count() == 1 && cycle(heads.len() + 1, |i| heads[i - 1]).is_none()
}

/// The nodes of some cycle that heads run in, node 0 being the root.
fn cycle(side: usize, head: impl Fn(usize) -> usize) -> Option<Vec<usize>> {
    let mut seen_from = vec![0; side];
    for start in 1..side {
        let mut at = start;
        while at != 0 && seen_from[at] == 0 {
            seen_from[at] = start;
            at = head(at);
        }
        if at != 0 && seen_from[at] == start {
            let mut nodes = vec![at];
            while head(nodes[nodes.len() - 1]) != at {
                nodes.push(head(nodes[nodes.len() - 1]));
            }
            return Some(nodes);
        }
    }
    None
}

/// The heads of the best spanning tree from node 0 (Chu and Liu, Edmonds); `heads[0]` is 0.
fn arborescence(scores: &[f64], side: usize) -> Vec<usize> {
    let score = |dependent: usize, head: usize| scores[dependent * side + head];
    let top = |i: usize| {
        let others = (0..side).filter(|h| *h != i);
        others.fold(usize::from(i == 0), |b, h| if b == i || score(i, h) > score(i, b) { h } else { b })
    };
    let mut heads: Vec<usize> = (0..side).map(|i| if i == 0 { 0 } else { top(i) }).collect();
    let Some(ring) = cycle(side, |i| heads[i]) else { return heads };

    // Contract the ring into one node, the last of a smaller graph.
    let outside: Vec<usize> = (0..side).filter(|i| !ring.contains(i)).collect();
    let (small, knot) = (outside.len() + 1, outside.len());
    let mut contracted = vec![f64::NEG_INFINITY; small * small];
    let (mut enter, mut leave) = (vec![0; small], vec![0; small]);
    for (i, &node) in outside.iter().enumerate() {
        for (h, &head) in outside.iter().enumerate() {
            contracted[i * small + h] = score(node, head);
        }
        let gain = |r: usize| score(r, node) - score(r, heads[r]);
        enter[i] = ring.iter().copied().fold(ring[0], |b, r| if gain(r) > gain(b) { r } else { b });
        contracted[knot * small + i] = gain(enter[i]);
        leave[i] =
            ring.iter().copied().fold(ring[0], |b, r| if score(node, r) > score(node, b) { r } else { b });
        contracted[i * small + knot] = score(node, leave[i]);
    }
    let inner = arborescence(&contracted, small);
    for (i, &node) in outside.iter().enumerate().skip(1) {
        heads[node] = if inner[i] == knot { leave[i] } else { outside[inner[i]] };
    }
    heads[enter[inner[knot]]] = outside[inner[knot]];
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arcs(side: usize, strong: &[(usize, usize, f32)]) -> Vec<f32> {
        let mut scores = vec![0.0; side * side];
        for (dependent, head, score) in strong {
            scores[dependent * side + head] = *score;
        }
        scores
    }

    #[test]
    fn the_best_heads_stand_where_they_form_a_tree() {
        assert_eq!(tree(&arcs(4, &[(1, 2, 5.0), (2, 0, 5.0), (3, 2, 5.0)]), 3), [2, 0, 2]);
    }

    #[test]
    fn a_ring_is_broken_where_it_costs_least() {
        let scores = arcs(4, &[(1, 2, 5.0), (2, 1, 5.0), (3, 2, 5.0), (1, 0, 1.0), (2, 0, 4.0)]);
        assert_eq!(tree(&scores, 3), [2, 0, 2]);
    }

    #[test]
    fn two_roots_become_one() {
        let scores = arcs(4, &[(1, 0, 5.0), (2, 0, 9.0), (3, 2, 5.0), (1, 3, 2.0)]);
        assert_eq!(tree(&scores, 3), [3, 0, 2]);
    }

    #[test]
    fn any_scores_give_a_tree() {
        let mut state = 7u32;
        for words in 1..40 {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as f32
            };
            let scores: Vec<f32> = (0..(words + 1) * (words + 1)).map(|_| next()).collect();
            assert!(is_tree(&tree(&scores, words)), "{words} words");
        }
    }

    #[test]
    fn a_name_goes_on_only_what_it_belongs_to() {
        let labels = goes_on_from(&["O", "B-PER", "I-PER", "B-ORG", "I-ORG"].map(str::to_owned));
        let first: &[f32] = &[0.0, 4.0, 0.0, 3.0, 9.0];
        let second: &[f32] = &[0.0, 0.0, 2.0, 0.0, 4.0];
        assert_eq!(names(&labels, &[first, second]), [3, 4]);
        assert_eq!(names(&labels, &[second]), [0]);
        assert!(names(&labels, &[]).is_empty());
    }

    #[test]
    fn features_are_chosen_among_those_that_go_with_the_tags() {
        assert_eq!(fitting(&[9.0, 1.0, 2.0], &[1, 2]), 2);
        assert_eq!(fitting(&[9.0, 1.0, 2.0], &[]), 0);
    }

    #[test]
    fn the_highest_scores_come_first_and_of_equals_the_first() {
        assert_eq!(ranked(&[0.5, 3.0, -1.0, 3.0, 7.0]), [4, 1, 3, 0]);
        assert_eq!(ranked(&[1.0]), [0; LEMMA_RULES]);
    }
}
