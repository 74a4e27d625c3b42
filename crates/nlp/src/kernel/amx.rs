//! The matrix unit of newer Intel servers (AMX), written in assembly because Rust has no stable names for its instructions yet.

use std::arch::{asm, x86_64::__cpuid_count};

use super::{BLOCK, Block, Line, Machine, ROWS, Work};

/// Whether the machine has AMX for bytes, and Linux lets this process use it: it must be asked once, the answer holds for all threads.
pub(super) fn available() -> bool {
    /// AMX-TILE and AMX-INT8 in EDX of leaf 7.
    const FEATURES: u32 = 1 << 24 | 1 << 25;
    const ARCH_PRCTL: usize = 158;
    const ARCH_REQ_XCOMP_PERM: usize = 0x1023;
    const TILE_DATA: usize = 18;
    if __cpuid_count(0, 0).eax < 7 || __cpuid_count(7, 0).edx & FEATURES != FEATURES {
        return false;
    }
    let mut result = ARCH_PRCTL;
    // SAFETY: this call of the system only grants the process the use of tiles; where the system does not know it, it fails.
    unsafe {
        asm!("syscall", inout("rax") result, in("rdi") ARCH_REQ_XCOMP_PERM, in("rsi") TILE_DATA,
            out("rcx") _, out("r11") _, options(nostack));
    }
    result == 0
}

/// How the eight tiles are laid out: 16 rows of 64 bytes each.
#[repr(C, align(64))]
struct Layout {
    palette: u8,
    first_row: u8,
    reserved: [u8; 14],
    bytes: [u16; 16],
    rows: [u8; 16],
}

static LAYOUT: Layout = {
    let (mut bytes, mut rows) = ([0; 16], [0; 16]);
    let mut tile = 0;
    while tile < 8 {
        (bytes[tile], rows[tile]) = (64, 16);
        tile += 1;
    }
    Layout { palette: 1, first_row: 0, reserved: [0; 14], bytes, rows }
};

/// Tiles that are laid out on this thread, until dropped.
struct Tiles;

impl Drop for Tiles {
    fn drop(&mut self) {
        // SAFETY: the tiles were laid out by `amx`, which holds no values in them any more.
        unsafe { asm!("tilerelease", options(nostack, preserves_flags)) };
    }
}

/// Do some work with tiles at hand.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
pub(super) fn amx<W: Work>(work: W) -> W::Out {
    // SAFETY: `available` has made sure of tiles; the layout is a valid one.
    unsafe { asm!("ldtilecfg [{}]", in(reg) &raw const LAYOUT, options(nostack, readonly, preserves_flags)) };
    let _tiles = Tiles;
    work.run(Amx)
}

/// Products of whole tiles. Made only by [`amx`], so tiles are laid out wherever there is one.
#[derive(Clone, Copy)]
pub(super) struct Amx;

impl Machine for Amx {
    const STEP: usize = ROWS;

    #[inline(always)]
    unsafe fn tile(self, left: &[Line<u8>], block: Block<'_>, sums: &mut [[i32; BLOCK]]) {
        let width = left.len() / sums.len();
        let (pairs, rest) = sums.as_chunks_mut::<{ 2 * ROWS }>();
        let rows = left.chunks(2 * ROWS * width);
        // SAFETY: the rows are as many as the sums and as wide as the panels; tiles are laid out.
        unsafe {
            for (sums, rows) in pairs.iter_mut().zip(rows.clone()) {
                two(rows, block, sums);
            }
            if let (Some(sums), Some(rows)) = (rest.first_chunk_mut(), rows.last()) {
                one(rows, block, sums);
            }
        }
    }

    fn spin(self, rounds: u64) -> u64 {
        // SAFETY: tiles are laid out; nothing but tiles is touched.
        unsafe {
            for _ in 0..rounds {
                asm!(
                    "tdpbusd tmm0, tmm4, tmm6",
                    "tdpbusd tmm1, tmm4, tmm7",
                    "tdpbusd tmm2, tmm5, tmm6",
                    "tdpbusd tmm3, tmm5, tmm7",
                    options(nostack, nomem, preserves_flags)
                );
            }
        }
        rounds * 4 * 16 * 16 * 64
    }
}

/// Sums of 32 rows: tiles 0 to 3 add up, 4 and 5 hold rows, 6 and 7 weights.
///
/// # Safety
/// `left` has 32 rows of as many groups as each panel has, a multiple of 16; tiles are laid out.
unsafe fn two(left: &[Line<u8>], block: Block<'_>, sums: &mut [[i32; BLOCK]; 2 * ROWS]) {
    let width = left.len() / (2 * ROWS);
    // SAFETY: tiles are read at 64 bytes of 16 rows each, and of 16 lines of a panel, `width` times; the starts are read anew for
    // each row; sums are 128 bytes apart.
    unsafe {
        asm!(
            "tileloadd tmm0, [{start} + {zero}]",
            "tileloadd tmm1, [{start} + {zero} + 64]",
            "tileloadd tmm2, [{start} + {zero}]",
            "tileloadd tmm3, [{start} + {zero} + 64]",
            "2:",
            "tileloadd tmm4, [{upper} + {stride}]",
            "tileloadd tmm6, [{first} + {line}]",
            "tdpbusd tmm0, tmm4, tmm6",
            "tileloadd tmm7, [{second} + {line}]",
            "tdpbusd tmm1, tmm4, tmm7",
            "tileloadd tmm5, [{lower} + {stride}]",
            "tdpbusd tmm2, tmm5, tmm6",
            "tdpbusd tmm3, tmm5, tmm7",
            "add {upper}, 64",
            "add {lower}, 64",
            "add {first}, 1024",
            "add {second}, 1024",
            "dec {count}",
            "jnz 2b",
            "tilestored [{sums} + {apart}], tmm0",
            "tilestored [{sums} + {apart} + 64], tmm1",
            "tilestored [{sums} + {apart} + 2048], tmm2",
            "tilestored [{sums} + {apart} + 2112], tmm3",
            start = in(reg) block.start.as_ptr(),
            zero = in(reg) 0usize,
            upper = inout(reg) left.as_ptr() => _,
            lower = inout(reg) left.as_ptr().add(ROWS * width) => _,
            first = inout(reg) block.panels[0].as_ptr() => _,
            second = inout(reg) block.panels[1].as_ptr() => _,
            stride = in(reg) width * 64,
            line = in(reg) 64usize,
            count = inout(reg) width => _,
            sums = in(reg) sums.as_mut_ptr(),
            apart = in(reg) BLOCK * 4,
            options(nostack)
        );
    }
}

/// Sums of 16 rows: tiles 0 and 1 add up, 4 holds rows, 6 and 7 weights.
///
/// # Safety
/// `left` has 16 rows of as many groups as each panel has, a multiple of 16; tiles are laid out.
unsafe fn one(left: &[Line<u8>], block: Block<'_>, sums: &mut [[i32; BLOCK]; ROWS]) {
    let width = left.len() / ROWS;
    // SAFETY: as in `two`.
    unsafe {
        asm!(
            "tileloadd tmm0, [{start} + {zero}]",
            "tileloadd tmm1, [{start} + {zero} + 64]",
            "2:",
            "tileloadd tmm4, [{rows} + {stride}]",
            "tileloadd tmm6, [{first} + {line}]",
            "tdpbusd tmm0, tmm4, tmm6",
            "tileloadd tmm7, [{second} + {line}]",
            "tdpbusd tmm1, tmm4, tmm7",
            "add {rows}, 64",
            "add {first}, 1024",
            "add {second}, 1024",
            "dec {count}",
            "jnz 2b",
            "tilestored [{sums} + {apart}], tmm0",
            "tilestored [{sums} + {apart} + 64], tmm1",
            start = in(reg) block.start.as_ptr(),
            zero = in(reg) 0usize,
            rows = inout(reg) left.as_ptr() => _,
            first = inout(reg) block.panels[0].as_ptr() => _,
            second = inout(reg) block.panels[1].as_ptr() => _,
            stride = in(reg) width * 64,
            line = in(reg) 64usize,
            count = inout(reg) width => _,
            sums = in(reg) sums.as_mut_ptr(),
            apart = in(reg) BLOCK * 4,
            options(nostack)
        );
    }
}
