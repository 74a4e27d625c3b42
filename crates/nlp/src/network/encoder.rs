//! An encoder: vectors of words after layers of attention over the pieces of their sentence.

use super::layers::{Embedding, Linear, Norm, Quantised, Then};
use super::{Matrix, Sequence, attention, lanes};
use crate::kernel::Kernel;
use crate::weights::{Weights, WeightsError};

/// Rows that go through a layer's feed-forward part together: its weights and what becomes of so many rows lie near the processor.
const NEAR_ROWS: usize = 64;

/// What is computed on the way, kept so that the next layer or batch need not ask for memory.
#[derive(Default)]
pub(super) struct Scratch {
    x: Matrix,
    pub(super) bytes: Quantised,
    query: Matrix,
    key: Matrix,
    value: Matrix,
    mixed: Matrix,
    pub(super) up: Matrix,
}

struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    output: Linear,
    attention_norm: Norm,
    up: Linear,
    down: Linear,
    norm: Norm,
}

impl Layer {
    /// Bring the vectors of all pieces through the layer; `lengths` are the pieces of each sentence.
    fn apply(&self, kernel: Kernel, attention_heads: usize, lengths: &[usize], scratch: &mut Scratch) {
        let Scratch { x, bytes, query, key, value, mixed, up } = scratch;
        let (count, columns) = (x.rows().len(), x.columns);
        for matrix in [&mut *query, &mut *key, &mut *value] {
            matrix.resize(count, columns);
        }
        let block = NEAR_ROWS * columns;
        for (i, x) in x.data.chunks(block).enumerate() {
            bytes.fill(kernel, x, columns);
            let place = i * block..i * block + x.len();
            self.query.apply_to(kernel, bytes, Then::Keep, &mut query.data[place.clone()]);
            self.key.apply_to(kernel, bytes, Then::Keep, &mut key.data[place.clone()]);
            self.value.apply_to(kernel, bytes, Then::Keep, &mut value.data[place]);
        }
        attention::mix(kernel, attention_heads, lengths, [query, key, value], mixed);
        for (x, mixed) in x.data.chunks_mut(block).zip(mixed.data.chunks(block)) {
            bytes.fill(kernel, mixed, columns);
            self.output.apply_to(kernel, bytes, Then::Add, x);
            self.attention_norm.apply(kernel, x);
            bytes.fill(kernel, x, columns);
            up.resize(x.len() / columns, self.up.sides().1);
            self.up.apply_to(kernel, bytes, Then::Gelu, &mut up.data);
            bytes.fill(kernel, &up.data, up.columns);
            self.down.apply_to(kernel, bytes, Then::Add, x);
            self.norm.apply(kernel, x);
        }
    }

    /// Weights that each piece is multiplied with.
    fn weights(&self) -> usize {
        let Self { query, key, value, output, up, down, .. } = self;
        [query, key, value, output, up, down].map(Linear::weights).iter().sum()
    }
}

/// Tables of vectors and layers over them.
pub(super) struct Encoder {
    attention_heads: usize,
    words: Embedding,
    positions: Embedding,
    shapes: Embedding,
    lists: Embedding,
    kinds: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

impl Encoder {
    pub(super) fn read(weights: &Weights) -> Result<Self, WeightsError> {
        let layer = |i: usize| {
            let linear = |name: &str| weights.linear(&format!("layers.{i}.{name}"));
            let norm = |name: &str| Norm::read(weights, &format!("layers.{i}.{name}"));
            Ok(Layer {
                query: linear("query")?,
                key: linear("key")?,
                value: linear("value")?,
                output: linear("output")?,
                attention_norm: norm("attention_norm")?,
                up: linear("up")?,
                down: linear("down")?,
                norm: norm("norm")?,
            })
        };
        let (attention_heads, kinds) = (weights.attention_heads(), weights.floats("kinds")?);
        if attention_heads == 0 || !kinds.len().is_multiple_of(attention_heads * lanes::ROWS) {
            return Err(WeightsError::sides("query"));
        }
        Ok(Self {
            attention_heads,
            words: weights.embedding("words.weight")?,
            positions: weights.embedding("positions.weight")?,
            shapes: weights.embedding("shapes.weight")?,
            lists: weights.embedding("lists.weight")?,
            kinds,
            norm: Norm::read(weights, "norm")?,
            layers: (0..weights.layers()).map(layer).collect::<Result<_, WeightsError>>()?,
        })
    }

    /// How many layers it has.
    pub(super) fn depth(&self) -> usize {
        self.layers.len()
    }

    /// Numbers in the vector of a word.
    pub(super) fn width(&self) -> usize {
        self.kinds.len()
    }

    /// Whether its tables have a row for whatever the other's have.
    pub(super) fn reads_like(&self, other: &Self) -> bool {
        let tables = |e: &Self| [&e.words, &e.positions, &e.shapes, &e.lists].map(|t| t.scale.len());
        tables(self) == tables(other)
    }

    /// Weights that each piece is multiplied with in the first layers.
    pub(super) fn weights(&self, depth: usize) -> usize {
        self.layers[..depth].iter().map(Layer::weights).sum()
    }

    /// The vectors of the root and of the words of each sentence after some layers, one sentence after the other.
    pub(super) fn words(
        &self,
        kernel: Kernel,
        depth: usize,
        sentences: &[&Sequence],
        scratch: &mut Scratch,
    ) -> Matrix {
        self.embed(kernel, sentences, &mut scratch.x);
        let lengths: Vec<usize> = sentences.iter().map(|s| s.ids.len()).collect();
        for layer in &self.layers[..depth] {
            layer.apply(kernel, self.attention_heads, &lengths, scratch);
        }
        pooled(sentences, &scratch.x)
    }

    fn embed(&self, kernel: Kernel, sentences: &[&Sequence], x: &mut Matrix) {
        x.resize(sentences.iter().map(|s| s.ids.len()).sum(), self.width());
        let places = sentences.iter().flat_map(|s| s.ids.iter().zip(&s.shapes).zip(&s.lists).enumerate());
        for (row, (position, ((id, shape), list))) in x.rows_mut().zip(places) {
            row.copy_from_slice(&self.kinds);
            self.words.add(*id as usize, row);
            self.positions.add(position, row);
            self.shapes.add(*shape, row);
            self.lists.add(*list, row);
        }
        self.norm.apply(kernel, &mut x.data);
    }
}

/// The vectors of the root and of the words of each sentence, from those of their pieces.
fn pooled(sentences: &[&Sequence], x: &Matrix) -> Matrix {
    let mut words = Matrix::zeros(sentences.iter().map(|s| s.words + 1).sum(), x.columns);
    let (mut pieces, mut rows) = (&x.data[..], &mut words.data[..]);
    for sentence in sentences {
        let (own, later) = pieces.split_at(sentence.ids.len() * x.columns);
        let (out, after) = rows.split_at_mut((sentence.words + 1) * x.columns);
        pool(sentence, own, x.columns, out);
        (pieces, rows) = (later, after);
    }
    words
}

/// The vectors of the root and of each word, into rows of zeros: the means of their pieces.
fn pool(sentence: &Sequence, pieces: &[f32], columns: usize, words: &mut [f32]) {
    let mut counts = vec![0.0; sentence.words + 1];
    for (owner, piece) in sentence.owners.iter().zip(pieces.chunks_exact(columns)) {
        counts[*owner] += 1.0;
        let sum = &mut words[owner * columns..(owner + 1) * columns];
        sum.iter_mut().zip(piece).for_each(|(s, p)| *s += p);
    }
    for (row, count) in words.chunks_exact_mut(columns).zip(counts) {
        row.iter_mut().for_each(|v| *v /= count);
    }
}
