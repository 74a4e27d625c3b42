//! Self-attention: every piece of a sentence looks at every other.

use super::{Matrix, real};

/// For each sentence and head, the values mixed by how well their keys answer each query. `lengths` are the sentences' rows.
pub(super) fn mix(heads: usize, lengths: &[usize], query: &Matrix, key: &Matrix, value: &Matrix) -> Matrix {
    let columns = query.columns;
    let width = columns / heads;
    let scale = 1.0 / (width as f32).sqrt();
    let mut out = Matrix::zeros(lengths.iter().sum(), columns);
    let mut shares = Vec::new();
    let mut first = 0;
    for &length in lengths {
        for head in 0..heads {
            let part = |row: usize| {
                let start = (first + row) * columns + head * width;
                start..start + width
            };
            for i in 0..length {
                let q = &query.data[part(i)];
                shares.clear();
                shares.extend((0..length).map(|j| real::dot(q, &key.data[part(j)]) * scale));
                real::softmax(&mut shares);
                let mixed = &mut out.data[part(i)];
                for (j, share) in shares.iter().enumerate() {
                    mixed.iter_mut().zip(&value.data[part(j)]).for_each(|(m, v)| *m += share * v);
                }
            }
        }
        first += length;
    }
    out
}
