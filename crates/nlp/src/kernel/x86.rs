//! Instructions of x86-64: AVX2, AVX-VNNI, AVX-512 VNNI.

use std::arch::x86_64::*;

use super::{BLOCK, Block, GROUP, Line, Machine, Set, Work};

/// The sets that this machine has, the fastest last.
pub(super) fn available() -> impl Iterator<Item = Set> {
    let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
    let avx512 = avx2
        && is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512vnni");
    let sets = [
        avx2.then_some(Set::Avx2),
        (avx2 && is_x86_feature_detected!("avxvnni")).then_some(Set::AvxVnni),
        avx512.then_some(Set::Avx512),
        #[cfg(target_os = "linux")]
        (avx512 && super::amx::available()).then_some(Set::Amx),
    ];
    sets.into_iter().flatten()
}

#[target_feature(enable = "avx2,fma")]
pub(super) fn avx2<W: Work>(work: W) -> W::Out {
    work.run(Avx2)
}

#[target_feature(enable = "avx2,fma,avxvnni")]
pub(super) fn avx_vnni<W: Work>(work: W) -> W::Out {
    work.run(AvxVnni)
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
pub(super) fn avx512<W: Work>(work: W) -> W::Out {
    work.run(Avx512)
}

/// The left side of a tile as groups of four bytes.
fn groups(left: &[Line<u8>]) -> *const i32 {
    left.as_ptr().cast()
}

/// 16-bit products, which do not saturate.
#[derive(Clone, Copy)]
pub(super) struct Avx2;

impl Machine for Avx2 {
    const STEP: usize = 2;

    #[inline(always)]
    unsafe fn tile(self, left: &[Line<u8>], block: Block<'_>, sums: &mut [[i32; BLOCK]]) {
        let count = block.panels[0].len();
        for (n, sums) in sums.as_chunks_mut::<2>().0.iter_mut().enumerate() {
            // SAFETY: there are two rows of `count` groups for each two sums; the machine has AVX2.
            unsafe { avx2_tile(groups(left).add(n * 2 * count), count, block, sums) };
        }
    }

    fn spin(self, rounds: u64) -> u64 {
        // SAFETY: the machine has AVX2.
        unsafe { avx2_spin(rounds) }
    }
}

/// Sums of two rows. Products are taken in 16 bits and added in 32.
///
/// # Safety
/// `left` points to two rows of `count` groups, and so do both panels.
#[target_feature(enable = "avx2")]
unsafe fn avx2_tile(left: *const i32, count: usize, block: Block<'_>, sums: &mut [[i32; BLOCK]; 2]) {
    for (p, panel) in block.panels.iter().enumerate() {
        let mut all = [[_mm256_setzero_si256(); 4]; 2];
        for (group, weights) in panel.iter().enumerate() {
            let weights = weights.0.as_chunks::<16>().0;
            // SAFETY: `group` is below `count`.
            let [a, b] = [0, 1]
                .map(|row| unsafe { _mm256_cvtepu8_epi16(_mm_set1_epi32(*left.add(row * count + group))) });
            for i in 0..4 {
                // SAFETY: a quarter of a line is 16 bytes long.
                let w = _mm256_cvtepi8_epi16(unsafe { _mm_loadu_si128(weights[i].as_ptr().cast()) });
                all[0][i] = _mm256_add_epi32(all[0][i], _mm256_madd_epi16(a, w));
                all[1][i] = _mm256_add_epi32(all[1][i], _mm256_madd_epi16(b, w));
            }
        }
        for (all, sums) in all.iter().zip(sums.iter_mut()) {
            for half in 0..2 {
                // Each output has two partial sums side by side; the addition deals them out by halves, the other puts them in order.
                let pairs = _mm256_hadd_epi32(all[2 * half], all[2 * half + 1]);
                let ordered = _mm256_permute4x64_epi64::<0b11_01_10_00>(pairs);
                let at = p * 16 + half * 8;
                // SAFETY: eight numbers from `at` lie within the block.
                unsafe {
                    let start = _mm256_loadu_si256(block.start.as_ptr().add(at).cast());
                    _mm256_storeu_si256(sums.as_mut_ptr().add(at).cast(), _mm256_add_epi32(start, ordered));
                }
            }
        }
    }
}

#[target_feature(enable = "avx2")]
fn avx2_spin(rounds: u64) -> u64 {
    let (a, b) = std::hint::black_box((_mm256_set1_epi16(77), _mm256_set1_epi16(5)));
    let mut sums = [_mm256_setzero_si256(); 12];
    for _ in 0..rounds {
        for sum in &mut sums {
            *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(_mm256_xor_si256(a, *sum), b));
        }
    }
    std::hint::black_box(sums);
    rounds * 12 * 16
}

/// Dot products of four bytes in 256 bits.
#[derive(Clone, Copy)]
pub(super) struct AvxVnni;

impl Machine for AvxVnni {
    const STEP: usize = 2;

    #[inline(always)]
    unsafe fn tile(self, left: &[Line<u8>], block: Block<'_>, sums: &mut [[i32; BLOCK]]) {
        let count = block.panels[0].len();
        for (n, sums) in sums.as_chunks_mut::<2>().0.iter_mut().enumerate() {
            // SAFETY: there are two rows of `count` groups for each two sums; the machine has AVX-VNNI.
            unsafe { avx_vnni_tile(groups(left).add(n * 2 * count), count, block, sums) };
        }
    }

    fn spin(self, rounds: u64) -> u64 {
        // SAFETY: the machine has AVX-VNNI.
        unsafe { avx_vnni_spin(rounds) }
    }
}

/// Sums of two rows.
///
/// # Safety
/// `left` points to two rows of `count` groups, and so do both panels.
#[target_feature(enable = "avx2,avxvnni")]
unsafe fn avx_vnni_tile(left: *const i32, count: usize, block: Block<'_>, sums: &mut [[i32; BLOCK]; 2]) {
    // SAFETY: each load and store is of an eighth of a block, half a line, or one of `count` groups.
    unsafe {
        let start = block.start.as_ptr().cast::<__m256i>();
        let mut all = [[0, 1, 2, 3].map(|i| _mm256_loadu_si256(start.add(i))); 2];
        for group in 0..count {
            let [a, b] = [0, 1].map(|row| _mm256_set1_epi32(*left.add(row * count + group)));
            let [upper, lower] = &mut all;
            for (i, (upper, lower)) in upper.iter_mut().zip(lower).enumerate() {
                let line = block.panels[i / 2].as_ptr().add(group).cast::<__m256i>();
                let weights = _mm256_loadu_si256(line.add(i % 2));
                *upper = _mm256_dpbusd_avx_epi32(*upper, a, weights);
                *lower = _mm256_dpbusd_avx_epi32(*lower, b, weights);
            }
        }
        for (all, sums) in all.iter().zip(sums) {
            for (i, sum) in all.iter().enumerate() {
                _mm256_storeu_si256(sums.as_mut_ptr().cast::<__m256i>().add(i), *sum);
            }
        }
    }
}

#[target_feature(enable = "avx2,avxvnni")]
fn avx_vnni_spin(rounds: u64) -> u64 {
    let (a, b) = std::hint::black_box((_mm256_set1_epi8(77), _mm256_set1_epi8(5)));
    let mut sums = [_mm256_setzero_si256(); 12];
    for _ in 0..rounds {
        for sum in &mut sums {
            *sum = _mm256_dpbusd_avx_epi32(*sum, a, b);
        }
    }
    std::hint::black_box(sums);
    rounds * 12 * 32
}

/// Dot products of four bytes in 512 bits.
#[derive(Clone, Copy)]
pub(super) struct Avx512;

/// Rows of a tile.
const TALL: usize = 8;

impl Machine for Avx512 {
    const STEP: usize = TALL;

    #[inline(always)]
    unsafe fn tile(self, left: &[Line<u8>], block: Block<'_>, sums: &mut [[i32; BLOCK]]) {
        let count = block.panels[0].len();
        for (n, sums) in sums.as_chunks_mut::<TALL>().0.iter_mut().enumerate() {
            // SAFETY: there are as many rows of `count` groups as sums; the machine has AVX-512 VNNI.
            unsafe { avx512_tile(groups(left).add(n * TALL * count), count, block, sums) };
        }
    }

    fn spin(self, rounds: u64) -> u64 {
        // SAFETY: the machine has AVX-512 VNNI.
        unsafe { avx512_spin(rounds) }
    }
}

/// Sums of [`TALL`] rows.
///
/// # Safety
/// `left` points to so many rows of `count` groups, and both panels have `count` groups.
#[target_feature(enable = "avx512f,avx512vnni")]
unsafe fn avx512_tile(left: *const i32, count: usize, block: Block<'_>, sums: &mut [[i32; BLOCK]; TALL]) {
    // SAFETY: each load and store is of half a block, a line, or one of `count` groups.
    unsafe {
        let start = block.start.as_ptr().cast::<__m512i>();
        let mut all = [[_mm512_loadu_si512(start), _mm512_loadu_si512(start.add(1))]; TALL];
        for group in 0..count {
            let [first, second] = block.panels.map(|p| _mm512_load_si512(p.as_ptr().add(group).cast()));
            for (row, all) in all.iter_mut().enumerate() {
                let left = _mm512_set1_epi32(*left.add(row * count + group));
                all[0] = _mm512_dpbusd_epi32(all[0], left, first);
                all[1] = _mm512_dpbusd_epi32(all[1], left, second);
            }
        }
        for (all, sums) in all.iter().zip(sums) {
            let sums = sums.as_mut_ptr().cast::<__m512i>();
            _mm512_storeu_si512(sums, all[0]);
            _mm512_storeu_si512(sums.add(1), all[1]);
        }
    }
}

#[target_feature(enable = "avx512f,avx512vnni")]
pub(super) fn avx512_spin(rounds: u64) -> u64 {
    let (a, b) = std::hint::black_box((_mm512_set1_epi8(77), _mm512_set1_epi8(5)));
    let mut sums = [_mm512_setzero_si512(); 16];
    for _ in 0..rounds {
        for sum in &mut sums {
            *sum = _mm512_dpbusd_epi32(*sum, a, b);
        }
    }
    std::hint::black_box(sums);
    rounds * 16 * 4 * GROUP as u64 * 4
}
