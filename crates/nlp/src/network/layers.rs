//! The parts that networks are made of.

use super::real::LANES;
use super::{Matrix, lanes, real};
use crate::kernel::{BLOCK, Kernel, Line, Machine, Packed, ROWS, Work, lines};
use crate::weights::{Weights, WeightsError};

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
    pub(super) fn read(weights: &Weights, name: &str) -> Result<Self, WeightsError> {
        let part = |part: &str| weights.floats(&format!("{name}.{part}"));
        Ok(Self { weight: part("weight")?, bias: part("bias")? })
    }

    /// Bring each row to mean 0 and variance 1, then scale and shift it.
    pub(super) fn apply(&self, kernel: Kernel, rows: &mut [f32]) {
        kernel.run(Normalise { norm: self, rows });
    }
}

struct Normalise<'a> {
    norm: &'a Norm,
    rows: &'a mut [f32],
}

impl Work for Normalise<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self, _: impl Machine) {
        let columns = self.norm.weight.len();
        let width = columns as f32;
        for row in self.rows.chunks_exact_mut(columns) {
            let mean = real::sum(row, |v| v) / width;
            let variance = real::sum(row, |v| (v - mean) * (v - mean)) / width;
            let scale = 1.0 / (variance + 1e-12).sqrt();
            for ((v, weight), bias) in row.iter_mut().zip(&self.norm.weight).zip(&self.norm.bias) {
                *v = (*v - mean) * scale * weight + bias;
            }
        }
    }
}

/// A matrix as bytes: value = (byte - 128) * scale of its row.
#[derive(Default)]
pub(super) struct Quantised {
    /// The rows, each from a new line on, and rows of no meaning until [`ROWS`] divides them.
    lines: Vec<Line<u8>>,
    scale: Vec<f32>,
}

impl Quantised {
    pub(super) fn new(kernel: Kernel, x: &Matrix) -> Self {
        let mut out = Self::default();
        out.fill(kernel, &x.data, x.columns);
        out
    }

    /// Hold other rows, of so many columns.
    pub(super) fn fill(&mut self, kernel: Kernel, rows: &[f32], columns: usize) {
        self.scale.resize(rows.len() / columns.max(1), 0.0);
        self.lines.resize(self.scale.len().next_multiple_of(ROWS) * lines(columns), Line([0; 64]));
        kernel.run(Quantise { rows, columns, out: self });
    }
}

struct Quantise<'a> {
    rows: &'a [f32],
    columns: usize,
    out: &'a mut Quantised,
}

impl Work for Quantise<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self, _: impl Machine) {
        let width = lines(self.columns);
        let rows = self.rows.chunks_exact(self.columns);
        let rows = rows.zip(self.out.lines.chunks_exact_mut(width)).zip(&mut self.out.scale);
        for ((row, lines), scale) in rows {
            let largest = real::largest(row).max(1e-12);
            let inverse = 127.0 / largest;
            let (whole, rest) = row.as_chunks::<64>();
            for (line, values) in lines.iter_mut().zip(whole) {
                line.0.iter_mut().zip(values).for_each(|(byte, v)| *byte = real::byte(v * inverse));
            }
            for (byte, v) in lines[width - 1].0.iter_mut().zip(rest) {
                *byte = real::byte(v * inverse);
            }
            *scale = largest / 127.0;
        }
    }
}

/// A linear layer: bytes with one scale an output, and a bias.
pub(crate) struct Linear {
    weight: Packed,
    inputs: usize,
    outputs: usize,
    scale: Vec<[f32; BLOCK]>,
    bias: Vec<[f32; BLOCK]>,
}

/// What becomes of the outputs of a linear layer.
#[derive(Clone, Copy)]
pub(super) enum Then {
    /// They stay as they are.
    Keep,
    /// What is below zero is a tenth.
    Leak,
    /// GELU.
    Gelu,
    /// They are added to what was there.
    Add,
}

impl Linear {
    /// The layer with these rows of `inputs` signed bytes, one row an output.
    pub(crate) fn new(rows: &[u8], inputs: usize, scale: Vec<f32>, bias: Vec<f32>) -> Self {
        let blocks = |values: &[f32]| {
            let blocks = values.chunks(BLOCK);
            blocks.map(|b| std::array::from_fn(|i| b.get(i).copied().unwrap_or_default())).collect()
        };
        Self {
            weight: Packed::new(rows, inputs),
            inputs,
            outputs: bias.len(),
            scale: blocks(&scale),
            bias: blocks(&bias),
        }
    }

    /// Weights that each row is multiplied with.
    pub(super) fn weights(&self) -> usize {
        self.inputs * self.outputs
    }

    /// How many numbers it takes and gives.
    pub(super) fn sides(&self) -> (usize, usize) {
        (self.inputs, self.outputs)
    }

    /// The outputs for each row.
    pub(super) fn apply(&self, kernel: Kernel, x: &Quantised, then: Then) -> Matrix {
        let mut out = Matrix::default();
        out.resize(x.scale.len(), self.outputs);
        self.apply_to(kernel, x, then, &mut out.data);
        out
    }

    /// Put the outputs for each row into rows that are there for them.
    pub(super) fn apply_to(&self, kernel: Kernel, x: &Quantised, then: Then, out: &mut [f32]) {
        kernel.run(Product { linear: self, x, then, out });
    }
}

struct Product<'a> {
    linear: &'a Linear,
    x: &'a Quantised,
    then: Then,
    out: &'a mut [f32],
}

impl Work for Product<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self, machine: impl Machine) {
        match self.then {
            Then::Keep => self.each(machine, |_, v| v),
            Then::Leak => self.each(machine, |_, v| if v < 0.0 { v * 0.1 } else { v }),
            Then::Gelu => self.each(machine, |_, v| real::gelu(v)),
            Then::Add => self.each(machine, |old, v| old + v),
        }
    }
}

impl Product<'_> {
    /// Multiply, and put `then(old value, output)` in place of each value.
    #[inline(always)]
    fn each<M: Machine>(self, machine: M, then: impl Fn(f32, f32) -> f32) {
        /// Rows whose sums are used while they are near.
        const NEAR: usize = 2 * ROWS;
        let columns = self.linear.outputs;
        let width = self.x.lines.len() / self.x.scale.len().next_multiple_of(ROWS).max(1);
        let mut sums = [[0; BLOCK]; NEAR];
        let blocks = self.linear.weight.blocks().zip(&self.linear.scale).zip(&self.linear.bias);
        for (first, ((block, scale), bias)) in (0..columns).step_by(BLOCK).zip(blocks) {
            let last = columns.min(first + BLOCK);
            for (row, scales) in (0..).step_by(NEAR).zip(self.x.scale.chunks(NEAR)) {
                let sums = &mut sums[..scales.len().next_multiple_of(M::STEP)];
                machine.multiply(&self.x.lines[row * width..][..sums.len() * width], block, sums);
                let rows = self.out[row * columns..].chunks_exact_mut(columns);
                for ((out, sums), row_scale) in rows.zip(sums).zip(scales) {
                    let value = |i: usize| sums[i] as f32 * (row_scale * scale[i]) + bias[i];
                    let out = &mut out[first..last];
                    match <&mut [f32; BLOCK]>::try_from(&mut *out) {
                        Ok(out) => (0..BLOCK).for_each(|i| out[i] = then(out[i], value(i))),
                        Err(_) => (0..out.len()).for_each(|i| out[i] = then(out[i], value(i))),
                    }
                }
            }
        }
    }
}

/// The inner products of each row of the first with the rows of the second: as many rows as the first has, each of as many columns as the
/// second has rows.
pub(super) fn pairs(kernel: Kernel, rows: &[f32], others: &[f32], columns: usize) -> Matrix {
    let mut out = Matrix::default();
    out.resize(rows.len() / columns, others.len() / columns);
    kernel.run(Pairs { rows, others, columns, out: &mut out });
    out
}

struct Pairs<'a> {
    rows: &'a [f32],
    others: &'a [f32],
    columns: usize,
    out: &'a mut Matrix,
}

impl Work for Pairs<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self, _: impl Machine) {
        let (mut blocks, mut products) = (Vec::new(), Vec::new());
        lanes::across(self.others, self.columns, self.columns, &mut blocks);
        for (first, block) in (0..).step_by(LANES).zip(blocks.chunks_exact(self.columns)) {
            lanes::against(block, self.rows, self.columns, &mut products);
            for (out, products) in self.out.rows_mut().zip(&products) {
                out[first..].iter_mut().zip(&products.0).for_each(|(out, product)| *out = *product);
            }
        }
    }
}

/// Each form's products with its row: a form is as many stretches of a row's width and one number as there are columns in the outcome.
pub(super) fn forms(kernel: Kernel, forms: &Matrix, rows: &Matrix) -> Matrix {
    let mut out = Matrix::default();
    out.resize(rows.rows().len(), forms.columns / (rows.columns + 1));
    kernel.run(Forms { forms, rows, out: &mut out });
    out
}

struct Forms<'a> {
    forms: &'a Matrix,
    rows: &'a Matrix,
    out: &'a mut Matrix,
}

impl Work for Forms<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self, _: impl Machine) {
        let width = self.rows.columns;
        for ((out, forms), row) in self.out.rows_mut().zip(self.forms.rows()).zip(self.rows.rows()) {
            for (out, form) in out.iter_mut().zip(forms.chunks_exact(width + 1)) {
                *out = real::dot(&form[..width], row) + form[width];
            }
        }
    }
}
