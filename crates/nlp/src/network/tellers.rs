//! Which words tell an event, and of what kind: an encoder of its own, trained by `training/events.py`, and what is read off it.

use super::encoder::Encoder;
use super::layers::{Linear, Norm, Quantised, Then};
use super::{Matrix, real};
use crate::kernel::Kernel;
use crate::weights::{Weights, WeightsError};

/// Kinds of events that there may be.
pub(crate) const KINDS: usize = 16;

/// Scores of each word for no event and for each kind.
pub(crate) struct Tellers {
    /// What the words mean here: the encoder of the trees knows how they hang together.
    pub(super) encoder: Encoder,
    /// The kinds, in the order of the scores behind the first, which is for none.
    pub(crate) kinds: Vec<String>,
    norm: Norm,
    out: Linear,
}

impl Tellers {
    /// Read them from their own weights file; they take the sentences that `other` takes.
    pub(super) fn read(weights: &Weights, other: &Encoder) -> Result<Self, WeightsError> {
        let read = Self {
            encoder: Encoder::read(weights)?,
            kinds: weights.events().to_vec(),
            norm: Norm::read(weights, "last_norm")?,
            out: weights.linear("out")?,
        };
        let width = read.encoder.width();
        let fits = read.encoder.reads_like(other)
            && read.norm.weight.len() == width
            && read.out.sides() == (width, read.kinds.len() + 1)
            && read.kinds.len() <= KINDS;
        fits.then_some(read).ok_or_else(|| WeightsError::sides("events"))
    }

    /// The probability of no event and of each kind for each row, from the encoder's vectors.
    pub(super) fn probabilities(&self, kernel: Kernel, mut words: Matrix) -> Matrix {
        self.norm.apply(kernel, &mut words.data);
        let mut scores = self.out.apply(kernel, &Quantised::new(kernel, &words), Then::Keep);
        for row in scores.rows_mut() {
            let top = row.iter().copied().fold(f32::MIN, real::larger);
            row.iter_mut().for_each(|v| *v = real::exp(*v - top));
            let all: f32 = row.iter().sum();
            row.iter_mut().for_each(|v| *v /= all);
        }
        scores
    }
}
