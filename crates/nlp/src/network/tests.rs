//! Every step of the network on every kernel, bit by bit.

use super::layers::{Norm, Then};
use super::*;
use crate::kernel::Kernel;

/// A matrix whose numbers look random, lie within `size` and are the same every time.
fn matrix(rows: usize, columns: usize, size: f32) -> Matrix {
    let mut state = columns as u32;
    let mut number = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state as f32 / u32::MAX as f32 * 2.0 - 1.0) * size
    };
    Matrix { columns, data: (0..rows * columns).map(|_| number()).collect() }
}

/// The last bits of the numbers, too.
fn bits(x: &Matrix) -> Vec<u32> {
    x.data.iter().map(|v| v.to_bits()).collect()
}

/// Whether each kernel gives the same bits.
fn same(of: impl Fn(Kernel) -> Matrix) {
    let want = bits(&of(Kernel::available()[0]));
    for kernel in Kernel::available() {
        assert!(bits(&of(kernel)) == want, "{kernel}");
    }
}

#[test]
fn every_kernel_gives_the_same_bits_of_linear_layers() {
    let weights: Vec<u8> = (0..70 * 200).map(|i| (i * 37 + i / 7) as u8).collect();
    let linear = Linear::new(&weights, 200, vec![0.013; 70], matrix(1, 70, 2.0).data);
    for then in [Then::Keep, Then::Leak, Then::Gelu, Then::Add] {
        same(|kernel| {
            let mut out = matrix(37, 70, 1.0);
            linear.apply_to(kernel, &Quantised::new(kernel, &matrix(37, 200, 3.0)), then, &mut out.data);
            out
        });
    }
}

#[test]
fn every_kernel_gives_the_same_bits_of_attention() {
    let [query, key, value] = [96, 97, 98].map(|seed| Matrix { columns: 96, ..matrix(96, seed, 4.0) });
    same(|kernel| {
        let mut out = Matrix::default();
        attention::mix(kernel, 3, &[1, 16, 30, 5], [&query, &key, &value], &mut out);
        out
    });
}

#[test]
fn attention_mixes_values_by_the_shares_of_their_keys() {
    let (query, key, value) = (matrix(7, 32, 2.0), matrix(7, 32, 1.5), matrix(7, 32, 1.0));
    let mut out = Matrix::default();
    attention::mix(Kernel::detect(), 2, &[7], [&query, &key, &value], &mut out);
    for (row, got) in out.rows().enumerate() {
        for (column, got) in got.iter().enumerate() {
            let part = column / 16 * 16..column / 16 * 16 + 16;
            let score = |i: usize| -> f64 {
                let products = query.row(row)[part.clone()].iter().zip(&key.row(i)[part.clone()]);
                (products.map(|(a, b)| f64::from(a * b)).sum::<f64>() / 4.0).exp()
            };
            let all: f64 = (0..7).map(score).sum();
            let want: f64 = (0..7).map(|i| score(i) / all * f64::from(value.row(i)[column])).sum();
            assert!((f64::from(*got) - want).abs() < 1e-5, "{got} but {want}");
        }
    }
}

#[test]
fn every_kernel_gives_the_same_bits_of_the_other_steps() {
    let norm = Norm { weight: matrix(1, 90, 1.0).data, bias: matrix(1, 90, 0.1).data };
    same(|kernel| {
        let mut x = matrix(5, 90, 9.0);
        norm.apply(kernel, &mut x.data);
        x
    });
    same(|kernel| layers::forms(kernel, &matrix(5, 3 * 21, 1.0), &matrix(5, 20, 2.0)));
    same(|kernel| layers::pairs(kernel, &matrix(5, 50, 1.0).data, &matrix(17, 50, 2.0).data, 50));
}
