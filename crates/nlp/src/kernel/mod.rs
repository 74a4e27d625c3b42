//! Products of whole numbers, and the instruction sets that the forward pass is compiled for: the one place where the machine matters,
//! and where it may only matter for speed.
//!
//! A left matrix of unsigned bytes is multiplied with a [`Packed`] right one of signed bytes into exact 32-bit sums, so every machine
//! gives the same numbers. The steps on real numbers are plain code, which [`Kernel::run`] compiles once for each [`Machine`]: additions
//! keep the order in which they are written and are fused with products only where that is written, so these are the same everywhere, too.
//!
//! The only unsafe code of the crate is below this module. It rests on two invariants:
//! - a [`Kernel`] other than the plain one is only made by [`Kernel::available`], which has asked the machine for its instructions;
//! - [`Machine::tile`] is only called by [`Machine::multiply`], which has checked every length.
#![allow(unsafe_code)]

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod amx;
#[cfg(target_arch = "aarch64")]
mod neon;
mod plain;
#[cfg(test)]
mod tests;
#[cfg(target_arch = "x86_64")]
mod x86;

use std::fmt;

/// Outputs that are computed together: two panels.
pub(crate) const BLOCK: usize = 2 * PANEL;
/// Rows of a left matrix come in multiples of this.
pub(crate) const ROWS: usize = 16;
/// Outputs of a panel.
const PANEL: usize = 16;
/// Terms that lie side by side in a panel.
const GROUP: usize = 4;

/// Bytes that machines fetch at once: four terms of each output of a panel, or 64 terms of a row on the left.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct Line<T>(pub(crate) [T; 64]);

/// Lines that `terms` take; the last one is filled up.
pub(crate) fn lines(terms: usize) -> usize {
    terms.div_ceil(64)
}

/// A matrix of signed bytes, its outputs in panels: `[output / 16][input / 4][output % 16][input % 4]`. Zeros fill up the last block of
/// outputs and the last line of inputs.
pub(crate) struct Packed {
    groups: usize,
    bytes: Vec<Line<i8>>,
    excess: Vec<[i32; BLOCK]>,
}

/// [`BLOCK`] outputs of a [`Packed`] matrix.
#[derive(Clone, Copy)]
pub(crate) struct Block<'a> {
    /// One line a group of inputs.
    panels: [&'a [Line<i8>]; 2],
    /// What sums of unsigned bytes begin with, so that each byte counts as if 128 were taken away.
    start: &'a [i32; BLOCK],
}

impl Packed {
    /// Pack rows of `inputs` signed bytes each, one row an output.
    pub(crate) fn new(rows: &[u8], inputs: usize) -> Self {
        let groups = lines(inputs) * 64 / GROUP;
        let blocks = (rows.len() / inputs).div_ceil(BLOCK);
        let mut bytes = vec![Line([0; 64]); blocks * 2 * groups];
        let mut excess = vec![[0; BLOCK]; blocks];
        for (output, row) in rows.chunks_exact(inputs).enumerate() {
            let panel = &mut bytes[output / PANEL * groups..][..groups];
            for (input, byte) in row.iter().enumerate() {
                let weight = byte.cast_signed();
                panel[input / GROUP].0[output % PANEL * GROUP + input % GROUP] = weight;
                excess[output / BLOCK][output % BLOCK] -= 128 * i32::from(weight);
            }
        }
        Self { groups, bytes, excess }
    }

    /// The blocks, in order.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = Block<'_>> {
        self.bytes.chunks_exact(2 * self.groups).zip(&self.excess).map(|(lines, start)| {
            let (first, second) = lines.split_at(self.groups);
            Block { panels: [first, second], start }
        })
    }
}

/// Instructions that a [`Work`] may use.
pub(crate) trait Machine: Copy {
    /// Rows that a tile should have a multiple of, a divisor of [`ROWS`].
    const STEP: usize;

    /// The sums of `byte - 128` times weight for each row and output. Exact for up to 65 000 terms. `left` has as many rows as `sums`, a
    /// multiple of [`Self::STEP`].
    #[inline(always)]
    fn multiply(self, left: &[Line<u8>], block: Block<'_>, sums: &mut [[i32; BLOCK]]) {
        let [first, second] = block.panels;
        assert!(sums.len().is_multiple_of(Self::STEP) && first.len() == second.len());
        assert_eq!(left.len() * 64 / GROUP, sums.len() * first.len());
        // SAFETY: the lengths are those that `tile` asks for, and whoever has a `Machine` has its instructions.
        unsafe { self.tile(left, block, sums) }
    }

    /// [`Self::multiply`] without its checks.
    ///
    /// # Safety
    /// There are `STEP` times n `sums`, both panels have the same number of groups, a multiple of 16, and `left` has as many terms for
    /// each of the sums.
    unsafe fn tile(self, left: &[Line<u8>], block: Block<'_>, sums: &mut [[i32; BLOCK]]);

    /// Multiply `rounds` times in registers only; returns the number of multiplications done.
    fn spin(self, rounds: u64) -> u64;
}

/// Something to compute, written once and compiled for each machine. Implementations are `#[inline(always)]`, and so is what they call.
pub(crate) trait Work {
    /// What comes out.
    type Out;

    /// Compute.
    fn run(self, machine: impl Machine) -> Self::Out;
}

/// How the network is computed: one of the instruction sets that this machine has. All give the same numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kernel(Set);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Plain,
    #[cfg(target_arch = "aarch64")]
    Neon,
    #[cfg(target_arch = "aarch64")]
    Dotprod,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
    Amx,
}

impl Kernel {
    /// The fastest kernel that this machine can run.
    pub(crate) fn detect() -> Self {
        Self::available().pop().unwrap_or(Self(Set::Plain))
    }

    /// The kernels that this machine can run, the fastest last.
    #[must_use]
    pub fn available() -> Vec<Self> {
        let plain = std::iter::once(Set::Plain);
        #[cfg(target_arch = "x86_64")]
        let sets = plain.chain(x86::available());
        #[cfg(target_arch = "aarch64")]
        let sets = plain.chain(neon::available());
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        let sets = plain;
        sets.map(Self).collect()
    }

    /// What the instruction set is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.0 {
            Set::Plain => "plain",
            #[cfg(target_arch = "aarch64")]
            Set::Neon => "NEON",
            #[cfg(target_arch = "aarch64")]
            Set::Dotprod => "NEON with dot products",
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Set::AvxVnni => "AVX-VNNI",
            #[cfg(target_arch = "x86_64")]
            Set::Avx512 => "AVX-512 VNNI",
            #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
            Set::Amx => "AMX",
        }
    }

    /// Keep the multipliers as busy as they can be, without any memory, for `rounds`: the multiplications of bytes done. Timed, it tells
    /// the machine's peak.
    #[must_use]
    pub fn spin(self, rounds: u64) -> u64 {
        struct Spin(u64);
        impl Work for Spin {
            type Out = u64;

            #[inline(always)]
            fn run(self, machine: impl Machine) -> u64 {
                machine.spin(self.0)
            }
        }
        self.run(Spin(rounds))
    }

    /// Do some work with the instructions of this kernel.
    pub(crate) fn run<W: Work>(self, work: W) -> W::Out {
        match self.0 {
            Set::Plain => work.run(plain::Plain),
            #[cfg(target_arch = "aarch64")]
            Set::Neon => work.run(neon::Neon),
            // SAFETY (here and below): a kernel of this set is only made where the machine has it.
            #[cfg(target_arch = "aarch64")]
            Set::Dotprod => unsafe { neon::dotprod(work) },
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => unsafe { x86::avx2(work) },
            #[cfg(target_arch = "x86_64")]
            Set::AvxVnni => unsafe { x86::avx_vnni(work) },
            #[cfg(target_arch = "x86_64")]
            Set::Avx512 => unsafe { x86::avx512(work) },
            #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
            Set::Amx => unsafe { amx::amx(work) },
        }
    }
}

impl fmt::Display for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
