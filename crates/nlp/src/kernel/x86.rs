//! Kernels for x86-64. The only unsafe code of the crate; lengths are checked by `Kernel::multiply` before it gets here.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::{GROUP, PANEL};

pub(super) fn multiply_vnni(rows: &[u8], inputs: usize, panel: &[i8], out: &mut [i32]) {
    const TILE: usize = 8;
    for (rows, out) in rows.chunks(TILE * inputs).zip(out.chunks_mut(TILE * PANEL)) {
        // SAFETY: `Kernel::Vnni` is only made where the machine has AVX-512 F and VNNI.
        unsafe {
            match rows.len() / inputs {
                1 => vnni_tile::<1>(rows, inputs, panel, out),
                2 => vnni_tile::<2>(rows, inputs, panel, out),
                3 => vnni_tile::<3>(rows, inputs, panel, out),
                4 => vnni_tile::<4>(rows, inputs, panel, out),
                5 => vnni_tile::<5>(rows, inputs, panel, out),
                6 => vnni_tile::<6>(rows, inputs, panel, out),
                7 => vnni_tile::<7>(rows, inputs, panel, out),
                _ => vnni_tile::<TILE>(rows, inputs, panel, out),
            }
        }
    }
}

/// Sums of `TILE` rows with one panel.
///
/// # Safety
/// The machine must have AVX-512 F and VNNI.
#[target_feature(enable = "avx512f,avx512vnni")]
unsafe fn vnni_tile<const TILE: usize>(rows: &[u8], inputs: usize, panel: &[i8], out: &mut [i32]) {
    let mut sums = [_mm512_setzero_si512(); TILE];
    let panel = panel.as_chunks::<{ GROUP * PANEL }>().0;
    let mut left: [&[[u8; GROUP]]; TILE] = [&[]; TILE];
    for (left, row) in left.iter_mut().zip(rows.chunks_exact(inputs)) {
        *left = &row.as_chunks::<GROUP>().0[..panel.len()];
    }
    for (group, weights) in panel.iter().enumerate() {
        // SAFETY: `weights` is 64 bytes long; the load needs no alignment.
        let weights = unsafe { _mm512_loadu_si512(weights.as_ptr().cast()) };
        for (sum, left) in sums.iter_mut().zip(&left) {
            *sum = _mm512_dpbusd_epi32(*sum, _mm512_set1_epi32(i32::from_le_bytes(left[group])), weights);
        }
    }
    for (sum, out) in sums.iter().zip(out.as_chunks_mut::<PANEL>().0) {
        // SAFETY: `out` is 64 bytes long; the store needs no alignment.
        unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), *sum) };
    }
}

pub(super) fn multiply_avx2(rows: &[u8], inputs: usize, panel: &[i8], out: &mut [i32]) {
    for (row, out) in rows.chunks_exact(inputs).zip(out.as_chunks_mut::<PANEL>().0) {
        // SAFETY: `Kernel::Avx2` is only made where the machine has AVX2.
        unsafe { avx2_row(row, panel, out) };
    }
}

/// Sums of one row with one panel. Products are taken in 16 bits and added in 32, so that nothing saturates.
///
/// # Safety
/// The machine must have AVX2.
#[target_feature(enable = "avx2")]
unsafe fn avx2_row(row: &[u8], panel: &[i8], out: &mut [i32; PANEL]) {
    let mut sums = [_mm256_setzero_si256(); 4];
    for (left, weights) in row.as_chunks::<GROUP>().0.iter().zip(panel.as_chunks::<{ GROUP * PANEL }>().0) {
        let left = _mm256_cvtepu8_epi16(_mm_set1_epi32(i32::from_le_bytes(*left)));
        for (sum, quarter) in sums.iter_mut().zip(weights.as_chunks::<16>().0) {
            // SAFETY: `quarter` is 16 bytes long; the load needs no alignment.
            let right = _mm256_cvtepi8_epi16(unsafe { _mm_loadu_si128(quarter.as_ptr().cast()) });
            *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(left, right));
        }
    }
    for (pair, out) in sums.as_chunks::<2>().0.iter().zip(out.as_chunks_mut::<8>().0) {
        // Each output has two partial sums side by side; the addition deals them out by halves, the shuffle puts them in order.
        let ordered = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(pair[0], pair[1]));
        // SAFETY: `out` is 32 bytes long; the store needs no alignment.
        unsafe { _mm256_storeu_si256(out.as_mut_ptr().cast(), ordered) };
    }
}
