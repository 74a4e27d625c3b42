//! From scores to labels and a tree.

use crate::network::{Network, Scores};
use crate::weights::Labels;

/// Lemma rules that are tried on a word.
const LEMMA_RULES: usize = 8;

/// The numbers of the labels of each word, and its head (1-based, 0 for the root).
#[derive(Default)]
pub(crate) struct Parse {
    pub(crate) heads: Vec<usize>,
    pub(crate) deprels: Vec<usize>,
    pub(crate) upos: Vec<usize>,
    pub(crate) xpos: Vec<usize>,
    pub(crate) feats: Vec<usize>,
    /// The best lemma rules of each word, the best first.
    pub(crate) lemma: Vec<Vec<usize>>,
    pub(crate) names: Vec<usize>,
}

impl Parse {
    /// Put the parse of a later part of the same sentence after this one; its root hangs on the first root.
    pub(crate) fn append(&mut self, part: Parse, labels: &Labels) {
        let before = self.heads.len();
        let root = self.heads.iter().position(|h| *h == 0).map(|at| at + 1);
        for (head, deprel) in part.heads.into_iter().zip(part.deprels) {
            let (head, deprel) = match (head, root) {
                (0, Some(root)) => (root, labels.parataxis),
                (0, None) => (0, deprel),
                _ => (head + before, deprel),
            };
            self.heads.push(head);
            self.deprels.push(deprel);
        }
        for (all, more) in [
            (&mut self.upos, part.upos),
            (&mut self.xpos, part.xpos),
            (&mut self.feats, part.feats),
            (&mut self.names, part.names),
        ] {
            all.extend(more);
        }
        self.lemma.extend(part.lemma);
    }
}

/// The best labels of each word and the best tree over them.
pub(crate) fn parse(network: &Network, scores: &Scores, labels: &Labels) -> Parse {
    let heads = tree(&scores.arcs, scores.words);
    let relations = network.relations(scores, &heads);
    let deprels = heads
        .iter()
        .enumerate()
        .map(|(i, head)| if *head == 0 { labels.root } else { best(relations.row(i), Some(labels.root)) });
    let deprels = deprels.collect();
    let [upos, xpos, feats, lemma, names] = &scores.tags;
    let pick =
        |matrix: &crate::network::Matrix| (1..=scores.words).map(|i| best(matrix.row(i), None)).collect();
    Parse {
        deprels,
        heads,
        upos: pick(upos),
        xpos: pick(xpos),
        feats: pick(feats),
        lemma: (1..=scores.words).map(|i| ranked(lemma.row(i))).collect(),
        names: pick(names),
    }
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
fn ranked(scores: &[f32]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..scores.len()).collect();
    places.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
    places.truncate(LEMMA_RULES);
    places
}

/// The BIO tag of word `i`; an `I-` that goes on from nothing of its kind begins a name.
pub(crate) fn name(labels: &[String], names: &[usize], i: usize) -> String {
    let tag = &labels[names[i]];
    match tag.strip_prefix("I-") {
        Some(kind) if i == 0 || labels[names[i - 1]].get(2..) != Some(kind) => format!("B-{kind}"),
        _ => tag.clone(),
    }
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
    fn a_name_begins_with_b() {
        let labels = ["O", "B-PER", "I-PER", "I-ORG"].map(str::to_owned);
        let tags: Vec<String> = (0..4).map(|i| name(&labels, &[2, 2, 3, 0], i)).collect();
        assert_eq!(tags, ["B-PER", "I-PER", "B-ORG", "O"]);
    }
}
