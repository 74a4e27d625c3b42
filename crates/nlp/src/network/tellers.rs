//! Which words tell an event, of what kind, and who does it to whom: an encoder of its own, trained by `training/events.py`, and what
//! is read off it.

use chancery_model::Leaning;

use super::encoder::Encoder;
use super::layers::{Linear, Norm, Quantised, Then};
use super::{Matrix, real};
use crate::kernel::Kernel;
use crate::weights::{Weights, WeightsError};

/// Kinds of events that there may be.
pub(crate) const KINDS: usize = 16;

/// What a word that is asked about and one that answers are compared by: actor, recipient, one of two actors, one of two recipients.
const ANSWERS: usize = 4;

/// Scores of each word for no event and for each kind, and of each other word for what such a word tells.
pub(crate) struct Tellers {
    /// What the words mean here: the encoder of the trees knows how they hang together.
    pub(super) encoder: Encoder,
    /// The kinds, in the order of the scores behind the first, which is for none.
    pub(crate) kinds: Vec<String>,
    norm: Norm,
    out: Linear,
    /// What a word asks and answers about who acts, and, with the root, what it says of those who are no phrase.
    asks: Linear,
    answers: Linear,
    others: Linear,
}

impl Tellers {
    /// Read them from their own weights file; they take the sentences that `other` takes.
    pub(super) fn read(weights: &Weights, other: &Encoder) -> Result<Self, WeightsError> {
        let read = Self {
            encoder: Encoder::read(weights)?,
            kinds: weights.events().to_vec(),
            norm: Norm::read(weights, "last_norm")?,
            out: weights.linear("out")?,
            asks: weights.linear("asks")?,
            answers: weights.linear("answers")?,
            others: weights.linear("others")?,
        };
        let width = read.encoder.width();
        let fits = read.encoder.reads_like(other)
            && read.norm.weight.len() == width
            && read.out.sides() == (width, read.kinds.len() + 1)
            && read.asks.sides() == read.answers.sides()
            && read.asks.sides().0 == width
            && read.asks.sides().1.is_multiple_of(ANSWERS)
            && read.others.sides() == (2 * width, 2 * ANSWERS)
            && read.kinds.len() <= KINDS;
        fits.then_some(read).ok_or_else(|| WeightsError::sides("events"))
    }

    /// The vectors of the encoder as everything here is read off them.
    pub(super) fn normed(&self, kernel: Kernel, mut words: Matrix) -> Matrix {
        self.norm.apply(kernel, &mut words.data);
        words
    }

    /// The probability of no event and of each kind for each row of vectors.
    pub(super) fn probabilities(&self, kernel: Kernel, words: &Matrix) -> Matrix {
        let mut scores = self.out.apply(kernel, &Quantised::new(kernel, words), Then::Keep);
        for row in scores.rows_mut() {
            let top = row.iter().copied().fold(f32::MIN, real::larger);
            row.iter_mut().for_each(|v| *v = real::exp(*v - top));
            let all: f32 = row.iter().sum();
            row.iter_mut().for_each(|v| *v /= all);
        }
        scores
    }

    /// Who does what some words of a sentence tell, and to whom, from the vectors of its words and of its root.
    pub(super) fn leanings(
        &self,
        kernel: Kernel,
        root: &[f32],
        words: &[f32],
        told: &[usize],
    ) -> Vec<Leaning> {
        let columns = root.len();
        let own = |word: usize| &words[word * columns..(word + 1) * columns];
        let apply = |linear: &Linear, rows: &[f32], columns: usize| {
            let mut bytes = Quantised::default();
            bytes.fill(kernel, rows, columns);
            linear.apply(kernel, &bytes, Then::Keep)
        };
        let answers = apply(&self.answers, words, columns);
        let asks =
            apply(&self.asks, &told.iter().flat_map(|w| own(*w)).copied().collect::<Vec<_>>(), columns);
        let beside_root: Vec<f32> = told.iter().flat_map(|w| own(*w).iter().chain(root)).copied().collect();
        let others = apply(&self.others, &beside_root, 2 * columns);
        let compared = asks.columns / ANSWERS;
        let scale = 100.0 / (compared as f32).sqrt();
        let each = asks.rows().zip(others.rows());
        each.map(|(ask, others)| Leaning {
            words: answers
                .rows()
                .map(|answer| {
                    let mut pairs = ask.chunks_exact(compared).zip(answer.chunks_exact(compared));
                    std::array::from_fn(|_| {
                        let (ask, answer) = pairs.next().unwrap_or_default();
                        (real::dot(ask, answer) * scale) as i16
                    })
                })
                .collect(),
            others: std::array::from_fn(|side| {
                std::array::from_fn(|other| (others[side * ANSWERS + other] * 100.0) as i16)
            }),
        })
        .collect()
    }
}
