//! Inner products of many rows with many, 16 of the one side by side.

use super::real::{LANES, Lanes};

/// Rows that are taken together, so that there is always a sum whose last addition is done.
pub(super) const ROWS: usize = 8;

/// Parts of rows, `width` numbers from every `columns`, each beside that of 15 others: `[row / 16][column][row % 16]`. The last block is
/// filled up with zeros.
#[inline(always)]
pub(super) fn across(data: &[f32], columns: usize, width: usize, out: &mut Vec<Lanes>) {
    out.clear();
    out.resize(data.len().div_ceil(columns).div_ceil(LANES) * width, Lanes::all(0.0));
    for (row, part) in data.chunks(columns).enumerate() {
        let lanes = &mut out[row / LANES * width..][..width];
        for (lanes, v) in lanes.iter_mut().zip(part) {
            lanes.0[row % LANES] = *v;
        }
    }
}

/// The inner products of a block that [`across`] has made with rows, one every `columns`: those of a row in lanes, and lanes of no meaning
/// until [`ROWS`] divides their number.
#[inline(always)]
pub(super) fn against(block: &[Lanes], rows: &[f32], columns: usize, out: &mut Vec<Lanes>) {
    let (width, count) = (block.len(), rows.len().div_ceil(columns));
    out.resize(count.next_multiple_of(ROWS), Lanes::all(0.0));
    for (first, out) in (0..).step_by(ROWS).zip(out.chunks_exact_mut(ROWS)) {
        // The last row is taken again where there are too few.
        let rows: [&[f32]; ROWS] = std::array::from_fn(|i| {
            let at = (first + i).min(count - 1) * columns;
            &rows[at..at + width]
        });
        let mut sums = [Lanes::all(0.0); ROWS];
        for (column, lanes) in block.iter().enumerate() {
            for i in 0..ROWS {
                sums[i].add_product(rows[i][column], lanes);
            }
        }
        out.copy_from_slice(&sums);
    }
}
