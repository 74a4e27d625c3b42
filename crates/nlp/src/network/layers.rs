//! The parts that networks are made of.

use super::{Matrix, real};
use crate::kernel::{Kernel, PANEL, Packed};

/// A table of vectors: one row of bytes an entry, and its scale.
pub(crate) struct Embedding {
    pub(crate) bytes: &'static [u8],
    pub(crate) width: usize,
    pub(crate) scale: Vec<f32>,
}

impl Embedding {
    /// Add an entry to a vector.
    pub(super) fn add(&self, entry: usize, out: &mut [f32]) {
        let scale = self.scale[entry];
        let row = &self.bytes[entry * self.width..(entry + 1) * self.width];
        out.iter_mut().zip(row).for_each(|(o, b)| *o += f32::from(b.cast_signed()) * scale);
    }
}

/// Layer normalisation.
pub(super) struct Norm {
    pub(super) weight: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

impl Norm {
    /// Bring each row to mean 0 and variance 1, then scale and shift it.
    pub(super) fn apply(&self, x: &mut Matrix) {
        let width = x.columns as f32;
        for row in x.rows_mut() {
            let mean = real::sum(row, |v| v) / width;
            let variance = real::sum(row, |v| (v - mean) * (v - mean)) / width;
            let scale = 1.0 / (variance + 1e-12).sqrt();
            for ((v, weight), bias) in row.iter_mut().zip(&self.weight).zip(&self.bias) {
                *v = (*v - mean) * scale * weight + bias;
            }
        }
    }
}

impl Matrix {
    pub(super) fn add(&mut self, other: &Matrix) {
        self.data.iter_mut().zip(&other.data).for_each(|(a, b)| *a += b);
    }
}

/// A matrix as bytes: value = (byte - 128) * scale of its row.
pub(super) struct Quantised {
    columns: usize,
    bytes: Vec<u8>,
    scale: Vec<f32>,
}

impl Quantised {
    pub(super) fn new(x: &Matrix) -> Self {
        let (mut bytes, mut scale) = (Vec::with_capacity(x.data.len()), Vec::new());
        for row in x.rows() {
            let largest = real::largest(row).max(1e-12);
            let inverse = 127.0 / largest;
            // Adding a half and cutting rounds, halves away from zero.
            bytes.extend(row.iter().map(|v| {
                let v = v * inverse;
                ((v + 0.5f32.copysign(v)) as i32 + 128) as u8
            }));
            scale.push(largest / 127.0);
        }
        Self { columns: x.columns, bytes, scale }
    }
}

/// A linear layer: bytes with one scale an output, and a bias.
pub(crate) struct Linear {
    weight: Packed,
    scale: Vec<f32>,
    bias: Vec<f32>,
    /// 128 times the sum of each output's bytes: what the unsigned bytes of the left side give too much.
    excess: Vec<i32>,
}

impl Linear {
    /// The layer with these rows of `inputs` signed bytes, one row an output.
    pub(crate) fn new(rows: &[u8], inputs: usize, scale: Vec<f32>, bias: Vec<f32>) -> Self {
        let excess = rows.chunks_exact(inputs);
        let excess =
            excess.map(|row| row.iter().map(|b| i32::from(b.cast_signed())).sum::<i32>() * 128).collect();
        Self { weight: Packed::new(rows, inputs), scale, bias, excess }
    }

    pub(super) fn apply(&self, kernel: Kernel, x: &Quantised) -> Matrix {
        let columns = self.bias.len();
        let mut out = Matrix::zeros(x.scale.len(), columns);
        let mut sums = vec![0; x.scale.len() * PANEL];
        for (first, panel) in (0..).step_by(PANEL).zip(self.weight.panels()) {
            kernel.multiply(&x.bytes, x.columns, panel, &mut sums);
            let last = columns.min(first + PANEL);
            let (scale, bias) = (&self.scale[first..last], &self.bias[first..last]);
            let excess = &self.excess[first..last];
            for ((row, sums), row_scale) in out.rows_mut().zip(sums.chunks_exact(PANEL)).zip(&x.scale) {
                let out = &mut row[first..last];
                for i in 0..out.len() {
                    out[i] = (sums[i] - excess[i]) as f32 * (row_scale * scale[i]) + bias[i];
                }
            }
        }
        out
    }
}
