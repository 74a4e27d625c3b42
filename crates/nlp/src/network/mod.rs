//! The forward pass of `training/model.py` on int8 weights.
//!
//! Activations are quantised row by row, so a sentence gives the same numbers whatever it is computed together with.

mod attention;
mod encoder;
mod lanes;
mod layers;
mod pair;
mod real;
mod tellers;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use chancery_model::Leaning;

use crate::Exit;
use crate::gazetteer::Gazetteer;
use crate::kernel::Kernel;
use crate::pieces::{Vocabulary, shape};
use crate::weights::{Weights, WeightsError};

use encoder::{Encoder, Scratch};
pub(crate) use layers::{Embedding, Linear};
use layers::{Quantised, Then};
pub(crate) use pair::{Pair, Sides, Single};
pub(crate) use tellers::{KINDS, Tellers};

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

/// What the network makes of sentences that it read together.
pub(crate) struct Batch {
    /// First row of each sentence: the root's, before those of its words; then the end of the last.
    bounds: Vec<usize>,
    tags: [Matrix; TAGS.len()],
    /// One matrix a sentence, a row a dependent, a column a head.
    arcs: Vec<Matrix>,
    label_head: Matrix,
    label_dependent: Matrix,
    /// Probabilities of no event and of each kind, and the vectors that they come from, where there are tellers.
    tells: Option<(Matrix, Matrix)>,
}

impl Batch {
    /// The scores of each sentence.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = Scores<'_>> {
        (0..self.arcs.len()).map(|sentence| Scores { batch: self, sentence })
    }
}

/// What the network makes of one sentence. Place 0 stands for the root, the others for its words.
#[derive(Clone, Copy)]
pub(crate) struct Scores<'a> {
    batch: &'a Batch,
    sentence: usize,
}

impl<'a> Scores<'a> {
    pub(crate) fn words(self) -> usize {
        self.batch.bounds[self.sentence + 1] - self.batch.bounds[self.sentence] - 1
    }

    /// The scores of the labels that one of [`TAGS`] may give a word.
    pub(crate) fn tag(self, tag: usize, place: usize) -> &'a [f32] {
        self.batch.tags[tag].row(self.batch.bounds[self.sentence] + place)
    }

    /// The probabilities that a word tells no event, or one of each kind; none where nothing was asked.
    pub(crate) fn tells(self, place: usize) -> &'a [f32] {
        let row = self.batch.bounds[self.sentence] + place;
        self.batch.tells.as_ref().map_or(&[], |(tells, _)| tells.row(row))
    }

    /// The scores of a word's heads.
    pub(crate) fn heads(self, dependent: usize) -> &'a [f32] {
        self.batch.arcs[self.sentence].row(dependent)
    }
}

/// The heads that give each word one label.
pub(crate) const TAGS: [&str; 6] = ["upos", "xpos", "feats", "lemma", "name", "start"];
/// Places in [`TAGS`].
pub(crate) const UPOS: usize = 0;
pub(crate) const XPOS: usize = 1;
pub(crate) const FEATS: usize = 2;
pub(crate) const LEMMA: usize = 3;
pub(crate) const NAME: usize = 4;
pub(crate) const START: usize = 5;

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
    /// One for each thread that has computed at the same time as others.
    scratch: Mutex<Vec<Scratch>>,
    encoder: Encoder,
    fast: Heads,
    accurate: Heads,
    /// Asked at the accurate exit.
    tellers: Option<Tellers>,
}

impl Network {
    pub(crate) fn read(weights: &Weights) -> Result<Self, WeightsError> {
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
            scratch: Mutex::default(),
            encoder: Encoder::read(weights)?,
            fast: heads(Exit::Fast)?,
            accurate: heads(Exit::Accurate)?,
            tellers: None,
        })
    }

    /// Learn which words tell an event.
    pub(crate) fn learn(&mut self, events: &Weights) -> Result<(), WeightsError> {
        self.tellers = Some(Tellers::read(events, &self.encoder)?);
        Ok(())
    }

    /// The kinds of events that words may tell.
    pub(crate) fn kinds(&self) -> &[String] {
        self.tellers.as_ref().map_or(&[], |t| &t.kinds)
    }

    /// Whether words are asked what they tell at this exit.
    pub(crate) fn is_asked(&self, exit: Exit) -> bool {
        self.tellers.is_some() && exit == Exit::Accurate
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

    /// The scores of sentences at an exit.
    pub(crate) fn run(&self, exit: Exit, sentences: &[&Sequence]) -> Batch {
        let (kernel, heads) = (self.kernel, self.heads(exit));
        let tellers = self.tellers.as_ref().filter(|_| self.is_asked(exit));
        let words = self.words(exit, sentences);
        self.count(words.rows().len(), heads.weights());
        let bytes = Quantised::new(kernel, &words);
        let linear = |l: &Linear| l.apply(kernel, &bytes, Then::Keep);
        let active = |l: &Linear| l.apply(kernel, &bytes, Then::Leak);
        let (above, below) = (active(&heads.arc_head), active(&heads.arc_dependent));
        let below = heads.arc.apply(kernel, &Quantised::new(kernel, &below), Then::Keep);
        let bounds: Vec<usize> = bounds(sentences.iter().map(|s| s.words + 1)).collect();
        let arcs = bounds.windows(2).map(|pair| {
            let part = pair[0] * above.columns..pair[1] * above.columns;
            layers::pairs(kernel, &below.data[part.clone()], &above.data[part], above.columns)
        });
        Batch {
            arcs: arcs.collect(),
            tags: std::array::from_fn(|i| linear(&heads.tags[i])),
            label_head: active(&heads.label_head),
            label_dependent: active(&heads.label_dependent),
            tells: tellers.map(|t| {
                let words = t.normed(kernel, self.encoded(&t.encoder, t.encoder.depth(), sentences));
                (t.probabilities(kernel, &words), words)
            }),
            bounds,
        }
    }

    /// Who does what some words tell, and to whom; `told` are places within a range of the sentence's words.
    pub(crate) fn leanings(&self, scores: Scores, range: &Range<usize>, told: &[usize]) -> Vec<Leaning> {
        let (Some(tellers), Some((_, vectors))) = (&self.tellers, &scores.batch.tells) else {
            return Vec::new();
        };
        let first = scores.batch.bounds[scores.sentence];
        let rows = first + 1 + range.start..first + 1 + range.end;
        let words = &vectors.data[rows.start * vectors.columns..rows.end * vectors.columns];
        tellers.leanings(self.kernel, vectors.row(first), words, told)
    }

    /// The vectors of the root and of the words of a sentence at an exit.
    pub(crate) fn vectors(&self, exit: Exit, sentence: &Sequence) -> Matrix {
        self.words(exit, &[sentence])
    }

    /// The vectors of the root and of the words of each sentence at an exit, one sentence after the other.
    fn words(&self, exit: Exit, sentences: &[&Sequence]) -> Matrix {
        self.encoded(&self.encoder, self.heads(exit).depth, sentences)
    }

    /// The same after some layers of an encoder.
    fn encoded(&self, encoder: &Encoder, depth: usize, sentences: &[&Sequence]) -> Matrix {
        let mut scratch = self.take_scratch();
        let words = encoder.words(self.kernel, depth, sentences, &mut scratch);
        self.keep_scratch(scratch);
        self.count(sentences.iter().map(|s| s.ids.len()).sum(), encoder.weights(depth));
        words
    }

    fn take_scratch(&self) -> Scratch {
        self.scratch.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn keep_scratch(&self, scratch: Scratch) {
        self.scratch.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
    }

    /// The scores of the relations between words and their heads, both as places in the sentence: one row a pair.
    pub(crate) fn relations(&self, exit: Exit, scores: Scores, pairs: &[(usize, usize)]) -> Matrix {
        let Scores { batch, sentence } = scores;
        let chosen = |matrix: &Matrix, places: &mut dyn Iterator<Item = usize>| Matrix {
            columns: matrix.columns,
            data: places.flat_map(|at| matrix.row(batch.bounds[sentence] + at)).copied().collect(),
        };
        let above = chosen(&batch.label_head, &mut pairs.iter().map(|(_, head)| *head));
        let below = chosen(&batch.label_dependent, &mut pairs.iter().map(|(dependent, _)| *dependent));
        let label = &self.heads(exit).label;
        self.count(pairs.len(), label.weights());
        let mut scratch = self.take_scratch();
        let Scratch { bytes, up: forms, .. } = &mut scratch;
        bytes.fill(self.kernel, &above.data, above.columns);
        forms.resize(pairs.len(), label.sides().1);
        label.apply_to(self.kernel, bytes, Then::Keep, &mut forms.data);
        let relations = layers::forms(self.kernel, forms, &below);
        self.keep_scratch(scratch);
        relations
    }
}

/// 0, and how much there is up to the end of each.
fn bounds(sizes: impl Iterator<Item = usize>) -> impl Iterator<Item = usize> {
    let ends = sizes.scan(0, |end, size| {
        *end += size;
        Some(*end)
    });
    std::iter::once(0).chain(ends)
}
