//! The reference kernel, in plain code.

use super::{GROUP, PANEL};

pub(super) fn multiply(rows: &[u8], inputs: usize, panel: &[i8], out: &mut [i32]) {
    for (row, out) in rows.chunks_exact(inputs).zip(out.as_chunks_mut::<PANEL>().0) {
        let mut sums = [0i32; PANEL];
        for (a, b) in row.as_chunks::<GROUP>().0.iter().zip(panel.as_chunks::<{ GROUP * PANEL }>().0) {
            for (sum, b) in sums.iter_mut().zip(b.as_chunks::<GROUP>().0) {
                *sum += (0..GROUP).map(|k| i32::from(a[k]) * i32::from(b[k])).sum::<i32>();
            }
        }
        *out = sums;
    }
}
