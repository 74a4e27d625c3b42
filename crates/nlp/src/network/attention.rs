//! Self-attention: every piece of a sentence looks at every other.

use super::Matrix;
use super::lanes::{self, ROWS};
use super::real::{self, LANES, Lanes};
use crate::kernel::{Kernel, Machine, Work};

/// For each sentence and head, the values mixed by how well their keys answer each query. `lengths` are the sentences' rows; a head has
/// a multiple of [`ROWS`] columns.
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

    /// [`LANES`] queries are answered side by side: no step but the first and the last moves numbers between lanes.
    #[inline(always)]
    fn run(self, _: impl Machine) {
        let columns = self.query.columns;
        let width = columns / self.heads;
        let scale = 1.0 / (width as f32).sqrt();
        let (mut queries, mut shares) = (Vec::new(), Vec::new());
        let mut first = 0;
        for &length in self.lengths {
            for start in (first * columns..).step_by(width).take(self.heads) {
                let part = |matrix: &'_ Matrix| start..start + (length - 1) * matrix.columns + width;
                lanes::across(&self.query.data[part(self.query)], columns, width, &mut queries);
                let (keys, values) = (&self.key.data[part(self.key)], &self.value.data[part(self.value)]);
                for (block, queries) in (0..length).step_by(LANES).zip(queries.chunks_exact(width)) {
                    lanes::against(queries, keys, columns, &mut shares);
                    share(&mut shares[..length], scale);
                    for part in (0..width).step_by(ROWS) {
                        let sums = sum(&shares[..length], &values[part..], columns);
                        let out = self.out.data[start + block * columns + part..].chunks_mut(columns);
                        for (lane, out) in out.take(LANES.min(length - block)).enumerate() {
                            out.iter_mut().zip(&sums).for_each(|(out, sum)| *out = sum.0[lane]);
                        }
                    }
                }
            }
            first += length;
        }
    }
}

/// Turn scores, one row a key and one lane a query, into shares: each lane adds up to 1.
#[inline(always)]
fn share(scores: &mut [Lanes], scale: f32) {
    let mut top = scores[0];
    scores.iter().for_each(|row| top.with(row, real::larger));
    let mut sum = Lanes::all(0.0);
    for row in scores.iter_mut() {
        row.with(&top, |score, top| real::exp((score - top) * scale));
        sum.with(row, |sum, share| sum + share);
    }
    let inverse = Lanes(sum.0.map(|v| 1.0 / v));
    scores.iter_mut().for_each(|row| row.with(&inverse, |share, inverse| share * inverse));
}

/// The sums of the first [`ROWS`] columns of the values, each row times its share.
#[inline(always)]
fn sum(shares: &[Lanes], values: &[f32], columns: usize) -> [Lanes; ROWS] {
    let mut sums = [Lanes::all(0.0); ROWS];
    for (share, values) in shares.iter().zip(values.chunks(columns)) {
        let Some(values) = values.first_chunk::<ROWS>() else { break };
        // Counted, not zipped: so the compiler keeps the sums in registers.
        for i in 0..ROWS {
            sums[i].add_product(values[i], share);
        }
    }
    sums
}
