//! The forward pass of `training/model.py` on int8 weights.
//!
//! Activations are quantised row by row, so a sentence gives the same numbers whatever it is computed together with.

mod attention;
mod layers;
mod pair;
mod real;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicU64, Ordering};

use crate::Exit;
use crate::gazetteer::Gazetteer;
use crate::kernel::Kernel;
use crate::pieces::{Vocabulary, shape};
use crate::weights::{Weights, WeightsError};

pub(crate) use layers::{Embedding, Linear};
use layers::{Norm, Quantised, Then};
pub(crate) use pair::{Pair, Sides, Single};

/// Numbers in rows.
#[derive(Clone, Default)]
pub(crate) struct Matrix {
    columns: usize,
    data: Vec<f32>,
}

impl Matrix {
    fn zeros(rows: usize, columns: usize) -> Self {
        Self { columns, data: vec![0.0; rows * columns] }
    }

    /// A matrix of these rows, all as long as the first.
    pub(crate) fn of(rows: &[Vec<f32>]) -> Self {
        Self { columns: rows.first().map_or(0, Vec::len), data: rows.concat() }
    }

    /// Put the rows of another matrix after these, its first left out.
    pub(crate) fn extend_without_first(&mut self, other: &Self) {
        self.columns = other.columns;
        self.data.extend_from_slice(&other.data[other.columns..]);
    }

    pub(crate) fn row(&self, row: usize) -> &[f32] {
        &self.data[row * self.columns..(row + 1) * self.columns]
    }

    /// Make it one of this size; what it holds then has no meaning, unless that is its size already.
    fn resize(&mut self, rows: usize, columns: usize) {
        self.columns = columns;
        self.data.resize(rows * columns, 0.0);
    }

    fn rows(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.data.chunks_exact(self.columns)
    }

    fn rows_mut(&mut self) -> impl ExactSizeIterator<Item = &mut [f32]> {
        self.data.chunks_exact_mut(self.columns)
    }
}

/// One sentence as the network takes it: pieces from [CLS] to [SEP], with the word that each belongs to.
pub(crate) struct Sequence {
    pub(crate) ids: Vec<u32>,
    shapes: Vec<usize>,
    /// What the lists of known names say of each piece's word.
    lists: Vec<usize>,
    /// Word of each piece: 0 for [CLS], 1 for the first word; [SEP] has none and is left out.
    owners: Vec<usize>,
    words: usize,
}

impl Sequence {
    pub(crate) fn new(
        vocabulary: &Vocabulary,
        gazetteer: &Gazetteer,
        words: &[&str],
        pieces: &[Vec<u32>],
    ) -> Self {
        let mut sequence = Self {
            ids: vec![vocabulary.start],
            shapes: vec![0],
            lists: vec![0],
            owners: vec![0],
            words: words.len(),
        };
        let listed = gazetteer.rows(words);
        for (i, (word, pieces)) in words.iter().zip(pieces).enumerate() {
            sequence.ids.extend(pieces);
            sequence.shapes.extend(std::iter::repeat_n(shape(word), pieces.len()));
            sequence.lists.extend(std::iter::repeat_n(listed[i], pieces.len()));
            sequence.owners.extend(std::iter::repeat_n(i + 1, pieces.len()));
        }
        sequence.ids.push(vocabulary.end);
        sequence.shapes.push(0);
        sequence.lists.push(0);
        sequence
    }
}

/// What the network makes of one sentence. Row 0 of each matrix stands for the root.
pub(crate) struct Scores {
    pub(crate) words: usize,
    /// In the order of [`TAGS`].
    pub(crate) tags: [Matrix; TAGS.len()],
    /// `arcs[dependent * (words + 1) + head]`.
    pub(crate) arcs: Vec<f32>,
    label_head: Matrix,
    label_dependent: Matrix,
}

/// The heads that give each word one label.
pub(crate) const TAGS: [&str; 6] = ["upos", "xpos", "feats", "lemma", "name", "start"];

/// What a layer computes on its way, kept so that the next need not ask for memory.
#[derive(Default)]
struct Scratch {
    bytes: Quantised,
    query: Matrix,
    key: Matrix,
    value: Matrix,
    mixed: Matrix,
    up: Matrix,
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

/// What is read off the words after some layer.
struct Heads {
    /// Layers before it.
    depth: usize,
    tags: [Linear; TAGS.len()],
    arc_head: Linear,
    arc_dependent: Linear,
    arc: Linear,
    label_head: Linear,
    label_dependent: Linear,
    label: Linear,
}

impl Layer {
    /// Weights that each piece is multiplied with.
    fn weights(&self) -> usize {
        let Self { query, key, value, output, up, down, .. } = self;
        [query, key, value, output, up, down].map(Linear::weights).iter().sum()
    }
}

impl Heads {
    /// Weights that each word is multiplied with before its head is known.
    fn weights(&self) -> usize {
        let Self { tags, arc_head, arc_dependent, arc, label_head, label_dependent, .. } = self;
        let others = [arc_head, arc_dependent, arc, label_head, label_dependent];
        tags.iter().chain(others).map(Linear::weights).sum()
    }
}

/// The network with its weights.
pub(crate) struct Network {
    kernel: Kernel,
    /// Multiplications of bytes done so far.
    done: AtomicU64,
    attention_heads: usize,
    words: Embedding,
    positions: Embedding,
    shapes: Embedding,
    lists: Embedding,
    kinds: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    fast: Heads,
    accurate: Heads,
}

impl Network {
    pub(crate) fn read(weights: &Weights) -> Result<Self, WeightsError> {
        let norm = |name: &str| {
            Ok(Norm {
                weight: weights.floats(&format!("{name}.weight"))?,
                bias: weights.floats(&format!("{name}.bias"))?,
            })
        };
        let layer = |i: usize| {
            let linear = |name: &str| weights.linear(&format!("layers.{i}.{name}"));
            Ok(Layer {
                query: linear("query")?,
                key: linear("key")?,
                value: linear("value")?,
                output: linear("output")?,
                attention_norm: norm(&format!("layers.{i}.attention_norm"))?,
                up: linear("up")?,
                down: linear("down")?,
                norm: norm(&format!("layers.{i}.norm"))?,
            })
        };
        let heads = |exit: Exit| {
            let linear = |name: &str| weights.linear(&format!("heads.{}.{name}", exit.name()));
            let [a, b, c, d, e, f] = TAGS.map(|name| linear(&format!("tags.{name}")));
            Ok(Heads {
                depth: weights.depth(exit)?,
                tags: [a?, b?, c?, d?, e?, f?],
                arc_head: linear("arc_head")?,
                arc_dependent: linear("arc_dependent")?,
                arc: linear("arc")?,
                label_head: linear("label_head")?,
                label_dependent: linear("label_dependent")?,
                label: linear("label")?,
            })
        };
        Ok(Self {
            kernel: Kernel::detect(),
            done: AtomicU64::new(0),
            attention_heads: weights.attention_heads(),
            words: weights.embedding("words.weight")?,
            positions: weights.embedding("positions.weight")?,
            shapes: weights.embedding("shapes.weight")?,
            lists: weights.embedding("lists.weight")?,
            kinds: weights.floats("kinds")?,
            norm: norm("norm")?,
            layers: (0..weights.layers()).map(layer).collect::<Result<_, WeightsError>>()?,
            fast: heads(Exit::Fast)?,
            accurate: heads(Exit::Accurate)?,
        })
    }

    /// Compute with this kernel from now on.
    pub(crate) fn set_kernel(&mut self, kernel: Kernel) {
        self.kernel = kernel;
    }

    /// Multiplications of bytes done so far.
    pub(crate) fn multiplications(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    fn count(&self, rows: usize, weights: usize) {
        self.done.fetch_add((rows * weights) as u64, Ordering::Relaxed);
    }

    fn heads(&self, exit: Exit) -> &Heads {
        match exit {
            Exit::Fast => &self.fast,
            Exit::Accurate => &self.accurate,
        }
    }

    /// The scores of each sentence at an exit.
    pub(crate) fn run(&self, exit: Exit, sentences: &[&Sequence]) -> Vec<Scores> {
        let heads = self.heads(exit);
        let words = self.vectors(exit, sentences);
        sentences.iter().zip(&words).map(|(s, words)| self.score(heads, s, words)).collect()
    }

    /// The vectors of the root and of the words of each sentence at an exit.
    pub(crate) fn vectors(&self, exit: Exit, sentences: &[&Sequence]) -> Vec<Matrix> {
        let mut x = self.embed(sentences);
        let lengths: Vec<usize> = sentences.iter().map(|s| s.ids.len()).collect();
        let mut scratch = Scratch::default();
        for layer in &self.layers[..self.heads(exit).depth] {
            self.layer(layer, &lengths, &mut x, &mut scratch);
            self.count(x.rows().len(), layer.weights());
        }
        let mut first = 0;
        let words = sentences.iter().map(|s| {
            let pieces = &x.data[first * x.columns..(first + s.ids.len()) * x.columns];
            first += s.ids.len();
            pool(s, pieces, x.columns)
        });
        words.collect()
    }

    fn embed(&self, sentences: &[&Sequence]) -> Matrix {
        let mut x = Matrix::zeros(sentences.iter().map(|s| s.ids.len()).sum(), self.kinds.len());
        let places = sentences.iter().flat_map(|s| s.ids.iter().zip(&s.shapes).zip(&s.lists).enumerate());
        for (row, (position, ((id, shape), list))) in x.rows_mut().zip(places) {
            row.copy_from_slice(&self.kinds);
            self.words.add(*id as usize, row);
            self.positions.add(position, row);
            self.shapes.add(*shape, row);
            self.lists.add(*list, row);
        }
        self.norm.apply(self.kernel, &mut x);
        x
    }

    fn layer(&self, layer: &Layer, lengths: &[usize], x: &mut Matrix, scratch: &mut Scratch) {
        let kernel = self.kernel;
        let Scratch { bytes, query, key, value, mixed, up } = scratch;
        bytes.fill(kernel, x);
        layer.query.apply_to(kernel, bytes, Then::Keep, query);
        layer.key.apply_to(kernel, bytes, Then::Keep, key);
        layer.value.apply_to(kernel, bytes, Then::Keep, value);
        attention::mix(kernel, self.attention_heads, lengths, [query, key, value], mixed);
        bytes.fill(kernel, mixed);
        layer.output.apply_to(kernel, bytes, Then::Add, x);
        layer.attention_norm.apply(kernel, x);
        bytes.fill(kernel, x);
        layer.up.apply_to(kernel, bytes, Then::Gelu, up);
        bytes.fill(kernel, up);
        layer.down.apply_to(kernel, bytes, Then::Add, x);
        layer.norm.apply(kernel, x);
    }

    fn score(&self, heads: &Heads, sentence: &Sequence, words: &Matrix) -> Scores {
        let kernel = self.kernel;
        self.count(words.rows().len(), heads.weights());
        let bytes = Quantised::new(kernel, words);
        let linear = |l: &Linear| l.apply(kernel, &bytes, Then::Keep);
        let active = |l: &Linear| l.apply(kernel, &bytes, Then::Leak);
        let (above, below) = (active(&heads.arc_head), active(&heads.arc_dependent));
        let below = heads.arc.apply(kernel, &Quantised::new(kernel, &below), Then::Keep);
        let arcs = layers::pairs(kernel, &below, &above);
        Scores {
            words: sentence.words,
            tags: std::array::from_fn(|i| linear(&heads.tags[i])),
            arcs,
            label_head: active(&heads.label_head),
            label_dependent: active(&heads.label_dependent),
        }
    }

    /// The scores of the relations between words and their heads, both as places in the sentence: one row a pair.
    pub(crate) fn relations(&self, exit: Exit, scores: &Scores, pairs: &[(usize, usize)]) -> Matrix {
        let chosen = |matrix: &Matrix, places: &mut dyn Iterator<Item = usize>| Matrix {
            columns: matrix.columns,
            data: places.flat_map(|at| matrix.row(at)).copied().collect(),
        };
        let above = chosen(&scores.label_head, &mut pairs.iter().map(|(_, head)| *head));
        let below = chosen(&scores.label_dependent, &mut pairs.iter().map(|(dependent, _)| *dependent));
        let bytes = Quantised::new(self.kernel, &above);
        self.count(pairs.len(), self.heads(exit).label.weights());
        let forms = self.heads(exit).label.apply(self.kernel, &bytes, Then::Keep);
        layers::forms(self.kernel, &forms, &below)
    }
}

/// The vectors of the root and of each word: the means of their pieces.
fn pool(sentence: &Sequence, pieces: &[f32], columns: usize) -> Matrix {
    let mut words = Matrix::zeros(sentence.words + 1, columns);
    let mut counts = vec![0.0; sentence.words + 1];
    for (owner, piece) in sentence.owners.iter().zip(pieces.chunks_exact(columns)) {
        counts[*owner] += 1.0;
        let sum = &mut words.data[owner * columns..(owner + 1) * columns];
        sum.iter_mut().zip(piece).for_each(|(s, p)| *s += p);
    }
    for (row, count) in words.rows_mut().zip(counts) {
        row.iter_mut().for_each(|v| *v /= count);
    }
    words
}
