//! The forward pass of `training/model.py` on int8 weights.
//!
//! Activations are quantised row by row, so a sentence gives the same numbers whatever it is computed together with.

mod attention;
mod layers;
mod real;

use crate::kernel::Kernel;
use crate::pieces::{Vocabulary, shape};
use crate::weights::{Weights, WeightsError};

pub(crate) use layers::{Embedding, Linear};
use layers::{Norm, Quantised};

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

    pub(crate) fn row(&self, row: usize) -> &[f32] {
        &self.data[row * self.columns..(row + 1) * self.columns]
    }

    fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.data.chunks_exact(self.columns)
    }

    fn rows_mut(&mut self) -> impl Iterator<Item = &mut [f32]> {
        self.data.chunks_exact_mut(self.columns)
    }
}

/// One sentence as the network takes it: pieces from [CLS] to [SEP], with the word that each belongs to.
pub(crate) struct Sequence {
    pub(crate) ids: Vec<u32>,
    shapes: Vec<usize>,
    /// Word of each piece: 0 for [CLS], 1 for the first word; [SEP] has none and is left out.
    owners: Vec<usize>,
    words: usize,
}

impl Sequence {
    pub(crate) fn new(vocabulary: &Vocabulary, words: &[&str], pieces: &[Vec<u32>]) -> Self {
        let (mut ids, mut shapes, mut owners) = (vec![vocabulary.start], vec![0], vec![0]);
        for (i, (word, pieces)) in words.iter().zip(pieces).enumerate() {
            ids.extend(pieces);
            shapes.extend(std::iter::repeat_n(shape(word), pieces.len()));
            owners.extend(std::iter::repeat_n(i + 1, pieces.len()));
        }
        ids.push(vocabulary.end);
        shapes.push(0);
        Self { ids, shapes, owners, words: words.len() }
    }
}

/// What the network makes of one sentence. Row 0 of each matrix stands for the root.
pub(crate) struct Scores {
    pub(crate) words: usize,
    /// upos, xpos, feats, lemma, name.
    pub(crate) tags: [Matrix; 5],
    /// `arcs[dependent * (words + 1) + head]`.
    pub(crate) arcs: Vec<f32>,
    label_head: Matrix,
    label_dependent: Matrix,
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

/// The network with its weights.
pub(crate) struct Network {
    kernel: Kernel,
    attention_heads: usize,
    relation_count: usize,
    words: Embedding,
    positions: Embedding,
    shapes: Embedding,
    kinds: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    tags: [Linear; 5],
    arc_head: Linear,
    arc_dependent: Linear,
    arc: Linear,
    label_head: Linear,
    label_dependent: Linear,
    label: Linear,
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
        let tag = |name: &str| weights.linear(&format!("tags.{name}"));
        Ok(Self {
            kernel: Kernel::detect(),
            attention_heads: weights.attention_heads(),
            relation_count: weights.relations(),
            words: weights.embedding("words.weight")?,
            positions: weights.embedding("positions.weight")?,
            shapes: weights.embedding("shapes.weight")?,
            kinds: weights.floats("kinds")?,
            norm: norm("norm")?,
            layers: (0..weights.layers()).map(layer).collect::<Result<_, WeightsError>>()?,
            tags: [tag("upos")?, tag("xpos")?, tag("feats")?, tag("lemma")?, tag("name")?],
            arc_head: weights.linear("arc_head")?,
            arc_dependent: weights.linear("arc_dependent")?,
            arc: weights.linear("arc")?,
            label_head: weights.linear("label_head")?,
            label_dependent: weights.linear("label_dependent")?,
            label: weights.linear("label")?,
        })
    }

    /// The scores of each sentence.
    pub(crate) fn run(&self, sentences: &[&Sequence]) -> Vec<Scores> {
        let mut x = self.embed(sentences);
        let lengths: Vec<usize> = sentences.iter().map(|s| s.ids.len()).collect();
        for layer in &self.layers {
            self.layer(layer, &lengths, &mut x);
        }
        let mut first = 0;
        let scores = sentences.iter().map(|s| {
            let pieces = &x.data[first * x.columns..(first + s.ids.len()) * x.columns];
            first += s.ids.len();
            self.score(s, &pool(s, pieces, x.columns))
        });
        scores.collect()
    }

    fn embed(&self, sentences: &[&Sequence]) -> Matrix {
        let mut x = Matrix::zeros(sentences.iter().map(|s| s.ids.len()).sum(), self.kinds.len());
        let places = sentences.iter().flat_map(|s| s.ids.iter().zip(&s.shapes).enumerate());
        for (row, (position, (id, shape))) in x.rows_mut().zip(places) {
            row.copy_from_slice(&self.kinds);
            self.words.add(*id as usize, row);
            self.positions.add(position, row);
            self.shapes.add(*shape, row);
        }
        self.norm.apply(&mut x);
        x
    }

    fn layer(&self, layer: &Layer, lengths: &[usize], x: &mut Matrix) {
        let quantised = Quantised::new(x);
        let linear = |l: &Linear| l.apply(self.kernel, &quantised);
        let (query, key, value) = (linear(&layer.query), linear(&layer.key), linear(&layer.value));
        let mixed = attention::mix(self.attention_heads, lengths, &query, &key, &value);
        x.add(&layer.output.apply(self.kernel, &Quantised::new(&mixed)));
        layer.attention_norm.apply(x);
        let mut up = layer.up.apply(self.kernel, &Quantised::new(x));
        real::gelu(&mut up.data);
        x.add(&layer.down.apply(self.kernel, &Quantised::new(&up)));
        layer.norm.apply(x);
    }

    fn score(&self, sentence: &Sequence, words: &Matrix) -> Scores {
        let quantised = Quantised::new(words);
        let linear = |l: &Linear| l.apply(self.kernel, &quantised);
        let active = |l: &Linear| {
            let mut out = linear(l);
            out.data.iter_mut().for_each(|v| *v = v.max(*v * 0.1));
            out
        };
        let (heads, dependents) = (active(&self.arc_head), active(&self.arc_dependent));
        let dependents = self.arc.apply(self.kernel, &Quantised::new(&dependents));
        let arcs = dependents.rows().flat_map(|d| heads.rows().map(|h| real::dot(d, h))).collect();
        Scores {
            words: sentence.words,
            tags: [0, 1, 2, 3, 4].map(|i| linear(&self.tags[i])),
            arcs,
            label_head: active(&self.label_head),
            label_dependent: active(&self.label_dependent),
        }
    }

    /// The scores of the relations between each word and its head: row 0 for the first word.
    pub(crate) fn relations(&self, scores: &Scores, heads: &[usize]) -> Matrix {
        let mut chosen = Matrix { columns: scores.label_head.columns, data: Vec::new() };
        heads.iter().for_each(|head| chosen.data.extend(scores.label_head.row(*head)));
        let forms = self.label.apply(self.kernel, &Quantised::new(&chosen));
        let width = scores.label_dependent.columns;
        let mut out = Matrix::zeros(heads.len(), self.relation_count);
        for (i, (out, form)) in out.rows_mut().zip(forms.rows()).enumerate() {
            let dependent = scores.label_dependent.row(i + 1);
            for (out, form) in out.iter_mut().zip(form.chunks_exact(width + 1)) {
                *out = real::dot(&form[..width], dependent) + form[width];
            }
        }
        out
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
