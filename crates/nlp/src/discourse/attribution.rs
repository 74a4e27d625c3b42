//! Who says what: cues, and for each its source and its content in the same sentence: `training/quotes.py`.

use chancery_model::{Attribution, Upos};

use super::tree::{Tree, Word, place};
use crate::network::{Matrix, Network, Pair, Single};
use crate::weights::{Weights, WeightsError};

/// The least score of a cue: set for precision.
const CUE: f32 = 0.5;

const RELATIONS: [&str; 19] = [
    "nsubj",
    "nsubj:pass",
    "csubj",
    "obj",
    "iobj",
    "obl",
    "ccomp",
    "xcomp",
    "advcl",
    "parataxis",
    "conj",
    "acl",
    "appos",
    "nmod",
    "case",
    "amod",
    "advmod",
    "mark",
    "other",
];
const QUOTES: [&str; 9] = ["\"", "“", "”", "''", "``", "«", "»", "‘", "’"];

// Where each feature's rows begin in the table of cues.
const CUE_OWN: usize = 10;
const CUE_BELOW: usize = CUE_OWN + 19;
const CUE_SUBJECT: usize = CUE_BELOW + 19;
const CUE_QUOTED: usize = CUE_SUBJECT + 2;
const CUE_ROWS: usize = CUE_QUOTED + 2;

// And in the tables of sources and contents.
const DOWN: usize = 0;
const UP: usize = DOWN + 19;
const BESIDE: usize = UP + 19;
const FAR: usize = BESIDE + 6;
const UPOS: usize = FAR + 3;
const SIDE: usize = UPOS + 10;
const NONE: usize = SIDE + 4;
const PAIR_ROWS: usize = NONE + 1;

/// The heads of attribution.
pub(super) struct Attributions {
    cue: Single,
    source: Pair,
    content: Pair,
}

impl Attributions {
    pub(super) fn read(weights: &Weights) -> Result<Self, WeightsError> {
        Ok(Self {
            cue: Single::read(weights, "quote.cue", weights.width()?, CUE_ROWS)?,
            source: Pair::read(weights, "quote.source", weights.width()?, PAIR_ROWS)?,
            content: Pair::read(weights, "quote.content", weights.width()?, PAIR_ROWS)?,
        })
    }

    /// The attributions of a sentence, in the order of their cues.
    pub(super) fn find(
        &self,
        network: &Network,
        tree: &Tree,
        vectors: &Matrix,
        sentence: usize,
    ) -> Vec<Attribution> {
        let rows: Vec<_> = (0..tree.words.len()).map(|i| cue_rows(tree, i)).collect();
        let scores = self.cue.scores(network, vectors, &rows);
        let cues: Vec<usize> = (0..scores.len()).filter(|i| scores[*i] >= CUE).collect();
        if cues.is_empty() {
            return Vec::new();
        }
        let may_speak = |word: &Word| {
            matches!(word.upos(), Upos::NOUN | Upos::PROPN | Upos::PRON | Upos::NUM | Upos::DET | Upos::X)
        };
        let may_be_said = |word: &Word| word.upos() != Upos::PUNCT;
        let sources = partners(&self.source, network, tree, vectors, &cues, may_speak);
        let contents = partners(&self.content, network, tree, vectors, &cues, may_be_said);
        let both = sources.into_iter().zip(contents);
        let each = cues.into_iter().zip(both);
        each.map(|(cue, (source, content))| Attribution { sentence, cue, source, content }).collect()
    }
}

/// For each cue the word that is more likely its partner than any other and than none.
fn partners(
    pair: &Pair,
    network: &Network,
    tree: &Tree,
    vectors: &Matrix,
    cues: &[usize],
    may_be: impl Fn(&Word) -> bool,
) -> Vec<Option<usize>> {
    let sides = pair.sides(network, vectors);
    let best = |cue: &usize| {
        let mut best = (pair.alone(&sides, *cue, &[NONE]), None);
        let others = tree.words.iter().enumerate().filter(|(i, word)| i != cue && may_be(word));
        for (other, _) in others {
            let score = pair.score(&sides, *cue, other, &pair_rows(tree, *cue, other));
            if score > best.0 {
                best = (score, Some(other));
            }
        }
        best.1
    };
    cues.iter().map(best).collect()
}

fn relation(word: &Word) -> usize {
    place(&RELATIONS, word.deprel(), word.relation())
}

fn upos(word: &Word) -> usize {
    match word.upos() {
        Upos::NOUN => 0,
        Upos::PROPN => 1,
        Upos::PRON => 2,
        Upos::VERB => 3,
        Upos::AUX => 4,
        Upos::ADJ => 5,
        Upos::ADP => 6,
        Upos::SCONJ => 7,
        Upos::ADV => 8,
        _ => 9,
    }
}

/// The rows that speak for a word's being a cue.
fn cue_rows(tree: &Tree, i: usize) -> Vec<usize> {
    let word = &tree.words[i];
    let near = &tree.words[i.saturating_sub(3)..tree.words.len().min(i + 4)];
    let quoted = near.iter().any(|w| w.upos() == Upos::PUNCT && QUOTES.contains(&w.form));
    let subject = tree.below(i).any(|(_, w)| w.relation() == "nsubj");
    let mut below: Vec<usize> = tree.below(i).map(|(_, w)| CUE_BELOW + relation(w)).collect();
    below.sort_unstable();
    below.dedup();
    let own = [
        upos(word),
        CUE_OWN + relation(word),
        CUE_SUBJECT + usize::from(subject),
        CUE_QUOTED + usize::from(quoted),
    ];
    own.into_iter().chain(below).collect()
}

/// The rows that speak of the way in the tree from a cue to another word.
fn pair_rows(tree: &Tree, cue: usize, other: usize) -> [usize; 3] {
    let (c, x) = (&tree.words[cue], &tree.words[other]);
    let subject = x.relation() == "nsubj";
    let above = tree.above(cue);
    let over = above.and_then(|(_, word)| word.head);
    let way = if x.head == Some(cue) {
        DOWN + relation(x)
    } else if c.head == Some(other) {
        UP + relation(c)
    } else if c.head.is_some() && x.head == c.head {
        let inherits = matches!(c.relation(), "conj" | "xcomp");
        BESIDE + if subject { 0 } else { 2 - usize::from(inherits) }
    } else if over == Some(other) {
        BESIDE + 4 - usize::from(c.relation() == "case")
    } else if tree.above(other).is_some_and(|(_, word)| word.head == Some(cue)) {
        BESIDE + 5
    } else if over.is_some() && x.head == over && subject {
        FAR
    } else {
        FAR + 2 - usize::from(subject)
    };
    let side = usize::from(other > cue) + 2 * usize::from(other.abs_diff(cue) > 8);
    [way, UPOS + upos(x), SIDE + side]
}
