//! Which words tell an event, and of what kind: a small network over the word vectors of several layers, trained after the encoder by
//! `training/events.py`.

use super::lanes::ROWS;
use super::layers::{Linear, Norm, Quantised, Then};
use super::{Matrix, attention, real};
use crate::kernel::Kernel;
use crate::weights::{Weights, WeightsError};

/// Kinds of events that there may be.
pub(crate) const KINDS: usize = 16;

/// One layer of a transformer, which norms before it computes, over the vectors of the words of a sentence; and scores of each word for no
/// event and for each kind.
pub(crate) struct Tellers {
    /// Encoder layers whose vectors stand side by side; 0 for the vectors before the first.
    pub(super) layers: Vec<usize>,
    /// The kinds, in the order of the scores behind the first, which is for none.
    pub(crate) kinds: Vec<String>,
    /// What is taken from each number of those vectors, and by what it is multiplied then.
    mean: Vec<f32>,
    scale: Vec<f32>,
    hidden: Linear,
    attention_heads: usize,
    attention_norm: Norm,
    query: Linear,
    key: Linear,
    value: Linear,
    mixed: Linear,
    norm: Norm,
    up: Linear,
    down: Linear,
    last_norm: Norm,
    out: Linear,
}

impl Tellers {
    /// Read them from their own weights file; `depth` is the deepest layer of the encoder and `width` its numbers a word.
    pub(crate) fn read(weights: &Weights, depth: usize, width: usize) -> Result<Self, WeightsError> {
        let (layers, kinds) = (weights.layers_read().to_vec(), weights.events().to_vec());
        let linear = |name: &str| weights.linear(name);
        let norm = |name: &str| {
            let part = |part: &str| weights.floats(&format!("{name}.{part}"));
            Ok(Norm { weight: part("weight")?, bias: part("bias")? })
        };
        let read = Self {
            mean: weights.floats("input.mean")?,
            scale: weights.floats("input.scale")?,
            hidden: linear("hidden")?,
            attention_heads: weights.attention_heads(),
            attention_norm: norm("attention_norm")?,
            query: linear("query")?,
            key: linear("key")?,
            value: linear("value")?,
            mixed: linear("mixed")?,
            norm: norm("norm")?,
            up: linear("up")?,
            down: linear("down")?,
            last_norm: norm("last_norm")?,
            out: linear("out")?,
            layers,
            kinds,
        };
        if read.fits(depth, width) { Ok(read) } else { Err(WeightsError::sides("events")) }
    }

    /// Whether all sides fit each other.
    fn fits(&self, depth: usize, width: usize) -> bool {
        let (input, own) = self.hidden.sides();
        let sorted =
            self.layers.is_sorted_by(|a, b| a < b) && self.layers.last().is_some_and(|l| *l <= depth);
        let norms = [&self.attention_norm, &self.norm, &self.last_norm];
        sorted
            && input == self.layers.len() * width
            && [&self.mean, &self.scale].iter().all(|v| v.len() == input)
            && norms.iter().all(|n| n.weight.len() == own && n.bias.len() == own)
            && [&self.query, &self.key, &self.value, &self.mixed].iter().all(|l| l.sides() == (own, own))
            && self.up.sides().0 == own
            && self.down.sides() == (self.up.sides().1, own)
            && own.is_multiple_of(self.attention_heads * ROWS)
            && self.out.sides() == (own, self.kinds.len() + 1)
            && self.kinds.len() <= KINDS
    }

    /// The probability of each kind for each row: `states` are the vectors of the words after each of the layers, `lengths` the rows of
    /// each sentence.
    pub(super) fn probabilities(&self, kernel: Kernel, states: &[Matrix], lengths: &[usize]) -> Matrix {
        let mut x = self.hidden.apply(kernel, &Quantised::new(kernel, &self.beside(states)), Then::Keep);
        let normed = |norm: &Norm, x: &Matrix| {
            let mut x = x.clone();
            norm.apply(kernel, &mut x.data);
            Quantised::new(kernel, &x)
        };
        let bytes = normed(&self.attention_norm, &x);
        let [query, key, value] =
            [&self.query, &self.key, &self.value].map(|l| l.apply(kernel, &bytes, Then::Keep));
        let mut mixed = Matrix::default();
        attention::mix(kernel, self.attention_heads, lengths, [&query, &key, &value], &mut mixed);
        self.mixed.apply_to(kernel, &Quantised::new(kernel, &mixed), Then::Add, &mut x.data);
        let up = self.up.apply(kernel, &normed(&self.norm, &x), Then::Gelu);
        self.down.apply_to(kernel, &Quantised::new(kernel, &up), Then::Add, &mut x.data);
        let mut scores = self.out.apply(kernel, &normed(&self.last_norm, &x), Then::Keep);
        for row in scores.rows_mut() {
            let top = row.iter().copied().fold(f32::MIN, real::larger);
            row.iter_mut().for_each(|v| *v = real::exp(*v - top));
            let all: f32 = row.iter().sum();
            row.iter_mut().for_each(|v| *v /= all);
        }
        scores
    }

    /// The vectors of each word side by side, brought to the same size.
    fn beside(&self, states: &[Matrix]) -> Matrix {
        let rows = states.first().map_or(0, |m| m.rows().len());
        let mut beside = Matrix::zeros(rows, self.mean.len());
        for (row, out) in beside.rows_mut().enumerate() {
            let vector = states.iter().flat_map(|state| state.row(row));
            for (((out, v), mean), scale) in out.iter_mut().zip(vector).zip(&self.mean).zip(&self.scale) {
                *out = (v - mean) * scale;
            }
        }
        beside
    }
}
