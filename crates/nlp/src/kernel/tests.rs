//! Every kernel against plain arithmetic.

use super::*;

/// Numbers that look random and are the same every time.
fn bytes(count: usize, mut state: u32) -> Vec<u8> {
    let mut byte = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..count).map(|_| byte()).collect()
}

/// Rows as lines, filled up with bytes that must not matter.
fn left(rows: &[u8], inputs: usize) -> Vec<Line<u8>> {
    let mut all = vec![Line([99; 64]); (rows.len() / inputs).next_multiple_of(ROWS) * lines(inputs)];
    for (row, lines) in rows.chunks(inputs).zip(all.chunks_mut(lines(inputs))) {
        row.chunks(64).zip(lines).for_each(|(part, line)| line.0[..part.len()].copy_from_slice(part));
    }
    all
}

struct Sums<'a>(&'a [Line<u8>], Block<'a>, usize);

impl Work for Sums<'_> {
    type Out = Vec<[i32; BLOCK]>;

    #[inline(always)]
    fn run(self, machine: impl Machine) -> Self::Out {
        let mut sums = vec![[-1; BLOCK]; self.2];
        machine.multiply(self.0, self.1, &mut sums);
        sums
    }
}

#[test]
fn every_kernel_gives_the_sums_of_the_reference() {
    for (rows, inputs) in [(16, 4), (16, 96), (32, 256), (48, 384), (64, 1536)] {
        let (left_bytes, right) = (bytes(rows * inputs, 1), bytes(41 * inputs, 2));
        let (packed, left) = (Packed::new(&right, inputs), left(&left_bytes, inputs));
        assert_eq!(packed.blocks().count(), 2);
        for (number, block) in packed.blocks().enumerate() {
            let mut want = vec![[0; BLOCK]; rows];
            for (want, row) in want.iter_mut().zip(left_bytes.chunks(inputs)) {
                for (want, column) in want.iter_mut().zip(right.chunks(inputs).skip(number * BLOCK)) {
                    let products =
                        row.iter().zip(column).map(|(a, b)| (i32::from(*a) - 128) * i32::from(*b as i8));
                    *want = products.sum();
                }
            }
            for kernel in Kernel::available() {
                assert!(kernel.run(Sums(&left, block, rows)) == want, "{kernel} on {rows} rows of {inputs}");
            }
        }
    }
}

#[test]
fn the_largest_products_do_not_saturate() {
    for (byte, weight) in [(255, 127), (0, 127), (255, -128), (0, -128)] {
        let packed = Packed::new(&vec![i8::cast_unsigned(weight); BLOCK * 1536], 1536);
        let block = packed.blocks().next().expect("one block");
        let left = left(&vec![byte; 16 * 1536], 1536);
        let want = (i32::from(byte) - 128) * i32::from(weight) * 1536;
        for kernel in Kernel::available() {
            assert!(kernel.run(Sums(&left, block, 16)) == [[want; BLOCK]; 16], "{kernel}: {byte} * {weight}");
        }
    }
}

#[test]
#[should_panic(expected = "left == right")]
fn rows_that_do_not_fit_the_panel_are_refused() {
    let packed = Packed::new(&[1; BLOCK * 64], 64);
    let block = packed.blocks().next().expect("one block");
    Kernel::detect().run(Sums(&[Line([0; 64]); 15], block, 16));
}
