//! Instructions of 64-bit ARM: NEON, which all have, and its dot products.

use std::arch::{aarch64::*, asm, is_aarch64_feature_detected};

use super::{BLOCK, Block, Line, Machine, Set, Work};

/// The sets that this machine has, the fastest last.
pub(super) fn available() -> impl Iterator<Item = Set> {
    let dotprod = is_aarch64_feature_detected!("dotprod");
    [Some(Set::Neon), dotprod.then_some(Set::Dotprod)].into_iter().flatten()
}

#[target_feature(enable = "dotprod")]
pub(super) fn dotprod<W: Work>(work: W) -> W::Out {
    work.run(Dotprod)
}

/// A group of a row in each quarter of a register, its bytes made signed by taking 128 away.
///
/// # Safety
/// `left` points to four bytes.
#[inline(always)]
unsafe fn signed(left: *const i32) -> int8x16_t {
    // SAFETY: as above; every machine of this kind has NEON.
    unsafe { veorq_s8(vreinterpretq_s8_s32(vdupq_n_s32(*left)), vdupq_n_s8(-128)) }
}

/// 16-bit products, which do not saturate.
#[derive(Clone, Copy)]
pub(super) struct Neon;

impl Machine for Neon {
    const STEP: usize = 1;

    #[inline(always)]
    unsafe fn tile(self, left: &[Line<u8>], block: Block<'_>, sums: &mut [[i32; BLOCK]]) {
        let (left, count) = (left.as_ptr().cast::<i32>(), block.panels[0].len());
        // SAFETY: there is a row of `count` groups for each of the sums; a line holds four registers, and a panel's sums are four, too.
        unsafe {
            for (row, sums) in sums.iter_mut().enumerate() {
                for (panel, sums) in block.panels.iter().zip(sums.as_chunks_mut::<16>().0) {
                    let mut all = [[vdupq_n_s32(0); 2]; 4];
                    for (group, weights) in panel.iter().enumerate() {
                        let left = signed(left.add(row * count + group));
                        for (all, weights) in all.iter_mut().zip(weights.0.as_chunks::<16>().0) {
                            let weights = vld1q_s8(weights.as_ptr());
                            let low = vmull_s8(vget_low_s8(left), vget_low_s8(weights));
                            all[0] = vpadalq_s16(all[0], low);
                            all[1] = vpadalq_s16(all[1], vmull_high_s8(left, weights));
                        }
                    }
                    for (all, sums) in all.iter().zip(sums.as_chunks_mut::<4>().0) {
                        vst1q_s32(sums.as_mut_ptr(), vpaddq_s32(all[0], all[1]));
                    }
                }
            }
        }
    }

    fn spin(self, rounds: u64) -> u64 {
        let (a, b) = std::hint::black_box((77, 5));
        // SAFETY: every machine of this kind has NEON.
        unsafe {
            let (a, b) = (vdupq_n_s8(a), vdupq_n_s8(b));
            let mut sums = [vdupq_n_s32(0); 8];
            for _ in 0..rounds {
                for sum in &mut sums {
                    let varied = veorq_s8(a, vreinterpretq_s8_s32(*sum));
                    *sum = vpadalq_s16(*sum, vmull_high_s8(varied, b));
                }
            }
            std::hint::black_box(sums);
        }
        rounds * 8 * 8
    }
}

/// Dot products of four bytes.
#[derive(Clone, Copy)]
pub(super) struct Dotprod;

impl Machine for Dotprod {
    const STEP: usize = 2;

    #[inline(always)]
    unsafe fn tile(self, left: &[Line<u8>], block: Block<'_>, sums: &mut [[i32; BLOCK]]) {
        let (left, count) = (left.as_ptr().cast::<i32>(), block.panels[0].len());
        for (n, sums) in sums.as_chunks_mut::<2>().0.iter_mut().enumerate() {
            // SAFETY: there are two rows of `count` groups for each two sums; the machine has dot products.
            unsafe { dot_tile(left.add(n * 2 * count), count, block, sums) };
        }
    }

    fn spin(self, rounds: u64) -> u64 {
        // SAFETY: the machine has dot products.
        unsafe { dot_spin(rounds) }
    }
}

/// Add the products of four bytes each.
#[inline]
#[target_feature(enable = "dotprod")]
fn dot(sums: &mut int32x4_t, a: int8x16_t, b: int8x16_t) {
    // SAFETY: only registers are touched.
    unsafe {
        asm!("sdot {0:v}.4s, {1:v}.16b, {2:v}.16b", inout(vreg) *sums, in(vreg) a, in(vreg) b,
            options(pure, nomem, nostack, preserves_flags));
    }
}

/// Sums of two rows.
///
/// # Safety
/// `left` points to two rows of `count` groups, and so do both panels.
#[target_feature(enable = "dotprod")]
unsafe fn dot_tile(left: *const i32, count: usize, block: Block<'_>, sums: &mut [[i32; BLOCK]; 2]) {
    // SAFETY: a line holds four registers; `group` is below `count`.
    unsafe {
        let mut all = [[vdupq_n_s32(0); 8]; 2];
        for group in 0..count {
            let rows = [0, 1].map(|row| signed(left.add(row * count + group)));
            for i in 0..8 {
                let weights = vld1q_s8(block.panels[i / 4][group].0.as_ptr().add(i % 4 * 16));
                dot(&mut all[0][i], rows[0], weights);
                dot(&mut all[1][i], rows[1], weights);
            }
        }
        for (all, sums) in all.iter().zip(sums) {
            for (all, sums) in all.iter().zip(sums.as_chunks_mut::<4>().0) {
                vst1q_s32(sums.as_mut_ptr(), *all);
            }
        }
    }
}

#[target_feature(enable = "dotprod")]
fn dot_spin(rounds: u64) -> u64 {
    let (a, b) = std::hint::black_box((vdupq_n_s8(77), vdupq_n_s8(5)));
    let mut sums = [vdupq_n_s32(0); 16];
    for _ in 0..rounds {
        for sum in &mut sums {
            dot(sum, a, b);
        }
    }
    std::hint::black_box(sums);
    rounds * 16 * 16
}
