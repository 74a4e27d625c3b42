//! Self-attention: every piece of a sentence looks at every other.

use super::Matrix;
use super::real::{self, LANES, Lanes};
use crate::kernel::{Kernel, Machine, Work};

/// Queries that are answered together, so that each key and value is fetched once for all.
const QUERIES: usize = 4;

/// For each sentence and head, the values mixed by how well their keys answer each query. `lengths` are the sentences' rows.
pub(super) fn mix(
    kernel: Kernel,
    heads: usize,
    lengths: &[usize],
    [query, key, value]: [&Matrix; 3],
    out: &mut Matrix,
) {
    out.resize(lengths.iter().sum(), query.columns);
    kernel.run(Mix { heads, lengths, query, key, value, out });
}

struct Mix<'a> {
    heads: usize,
    lengths: &'a [usize],
    query: &'a Matrix,
    key: &'a Matrix,
    value: &'a Matrix,
    out: &'a mut Matrix,
}

impl Work for Mix<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self, _: impl Machine) {
        let columns = self.query.columns;
        let width = columns / self.heads;
        let (mut keys, mut values, mut scores) = (Vec::new(), Vec::new(), Vec::new());
        let mut first = 0;
        for &length in self.lengths {
            scores.resize(QUERIES * length.div_ceil(LANES), Lanes::all(0.0));
            for start in (first * columns..).step_by(width).take(self.heads) {
                across(&self.key.data[start..], columns, width, length, &mut keys);
                along(&self.value.data[start..], columns, width, length, &mut values);
                for row in (0..length).step_by(QUERIES) {
                    // The last query is asked again where there are too few.
                    let places: [usize; QUERIES] =
                        std::array::from_fn(|i| start + (row + i).min(length - 1) * columns);
                    score(places.map(|at| &self.query.data[at..at + width]), &keys, &mut scores);
                    for shares in scores.chunks_exact_mut(length.div_ceil(LANES)) {
                        real::softmax(shares, length);
                    }
                    for (i, part) in (0..width).step_by(LANES).enumerate() {
                        let sums = sum(&scores, &values[i * length..(i + 1) * length]);
                        let count = LANES.min(width - part);
                        for (sums, at) in sums.iter().zip(places) {
                            self.out.data[at + part..][..count].copy_from_slice(&sums.0[..count]);
                        }
                    }
                }
            }
            first += length;
        }
    }
}

/// The rows' parts of `width` columns, each column beside that of 15 other rows: `[row / 16][column][row % 16]`.
#[inline(always)]
fn across(data: &[f32], columns: usize, width: usize, rows: usize, out: &mut Vec<Lanes>) {
    out.clear();
    out.resize(rows.div_ceil(LANES) * width, Lanes::all(0.0));
    for (row, part) in data.chunks(columns).take(rows).enumerate() {
        let lanes = &mut out[row / LANES * width..][..width];
        for (lanes, v) in lanes.iter_mut().zip(part) {
            lanes.0[row % LANES] = *v;
        }
    }
}

/// The rows' parts of `width` columns: `[column / 16][row][column % 16]`.
#[inline(always)]
fn along(data: &[f32], columns: usize, width: usize, rows: usize, out: &mut Vec<Lanes>) {
    out.clear();
    out.resize(width.div_ceil(LANES) * rows, Lanes::all(0.0));
    for (row, part) in data.chunks(columns).take(rows).enumerate() {
        for (i, part) in part[..width].chunks(LANES).enumerate() {
            out[i * rows + row].0[..part.len()].copy_from_slice(part);
        }
    }
}

/// How well each key answers each query: `[query][key / 16][key % 16]`.
#[inline(always)]
fn score(queries: [&[f32]; QUERIES], keys: &[Lanes], scores: &mut [Lanes]) {
    let width = queries[0].len();
    let scale = 1.0 / (width as f32).sqrt();
    let count = keys.len() / width;
    for (i, keys) in keys.chunks_exact(width).enumerate() {
        let mut sums = [Lanes::all(0.0); QUERIES];
        for (column, key) in keys.iter().enumerate() {
            for (sum, query) in sums.iter_mut().zip(queries) {
                sum.add_product(query[column], key);
            }
        }
        for (q, sum) in sums.iter().enumerate() {
            scores[q * count + i] = Lanes(sum.0.map(|v| v * scale));
        }
    }
}

/// The values of all rows, each times its share for each query, added up.
#[inline(always)]
fn sum(shares: &[Lanes], values: &[Lanes]) -> [Lanes; QUERIES] {
    let count = shares.len() / QUERIES;
    let mut sums = [Lanes::all(0.0); QUERIES];
    for (i, values) in values.chunks(LANES).enumerate() {
        for (lane, value) in values.iter().enumerate() {
            for (q, sum) in sums.iter_mut().enumerate() {
                sum.add_product(shares[q * count + i].0[lane], value);
            }
        }
    }
    sums
}
