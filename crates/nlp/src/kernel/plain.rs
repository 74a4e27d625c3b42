//! Plain code for any machine: the reference.

use super::{BLOCK, Block, GROUP, Line, Machine, PANEL};

/// No instructions beyond those of the target.
#[derive(Clone, Copy)]
pub(super) struct Plain;

impl Machine for Plain {
    const STEP: usize = 1;

    #[inline(always)]
    unsafe fn tile(self, left: &[Line<u8>], block: Block<'_>, sums: &mut [[i32; BLOCK]]) {
        let width = block.panels[0].len() * GROUP / 64;
        for (row, sums) in left.chunks_exact(width).zip(sums) {
            *sums = *block.start;
            for (panel, sums) in block.panels.iter().zip(sums.as_chunks_mut::<PANEL>().0) {
                for (line, panel) in row.iter().zip(panel.as_chunks::<16>().0) {
                    for (a, b) in line.0.as_chunks::<GROUP>().0.iter().zip(panel) {
                        for (sum, b) in sums.iter_mut().zip(b.0.as_chunks::<GROUP>().0) {
                            *sum += (0..GROUP).map(|k| i32::from(a[k]) * i32::from(b[k])).sum::<i32>();
                        }
                    }
                }
            }
        }
    }

    fn spin(self, rounds: u64) -> u64 {
        let left = std::hint::black_box([Line([77; 64])]);
        let panel = std::hint::black_box([Line([5; 64]); 16]);
        let block = Block { panels: [&panel; 2], start: &[0; BLOCK] };
        let mut sums = [[0; BLOCK]];
        for _ in 0..rounds {
            self.multiply(&left, block, &mut sums);
            std::hint::black_box(&mut sums);
        }
        rounds * 64 * BLOCK as u64
    }
}
