//! Small layers that weigh words, or pairs of words, of finished trees: `training/discourse.py`.

use super::layers::{Quantised, Then};
use super::{Embedding, Linear, Matrix, Network, real};
use crate::weights::{Weights, WeightsError};

/// The last step of every such head: a sum of vectors and of rows of a table, what is below zero a tenth, weighed to one number.
struct Outlet {
    features: Embedding,
    weight: Vec<f32>,
    bias: f32,
}

impl Outlet {
    fn read(weights: &Weights, name: &str) -> Result<Self, WeightsError> {
        let features = weights.embedding(&format!("{name}.features.weight"))?;
        let (weight, bias) =
            (weights.floats(&format!("{name}.out.weight"))?, weights.floats(&format!("{name}.out.bias"))?);
        if weight.len() != features.width || bias.len() != 1 {
            return Err(WeightsError::sides(name));
        }
        Ok(Self { features, weight, bias: bias[0] })
    }

    fn score(&self, mut sum: Vec<f32>, rows: &[usize]) -> f32 {
        rows.iter().for_each(|row| self.features.add(*row, &mut sum));
        sum.iter_mut().for_each(|v| *v = if *v < 0.0 { *v * 0.1 } else { *v });
        real::dot(&sum, &self.weight) + self.bias
    }
}

/// Weighs words by themselves.
pub(crate) struct Single {
    side: Linear,
    outlet: Outlet,
}

impl Single {
    /// The head with these tensors, for vectors of so many numbers, its table of at least `rows` rows.
    pub(crate) fn read(
        weights: &Weights,
        name: &str,
        inputs: usize,
        rows: usize,
    ) -> Result<Self, WeightsError> {
        let (side, outlet) = (weights.linear(&format!("{name}.left"))?, Outlet::read(weights, name)?);
        let fits = side.sides() == (inputs, outlet.weight.len()) && outlet.features.scale.len() >= rows;
        fits.then_some(Self { side, outlet }).ok_or_else(|| WeightsError::sides(name))
    }

    /// The score of each row of a matrix, given the rows of the table that speak for it.
    pub(crate) fn scores(&self, network: &Network, words: &Matrix, rows: &[Vec<usize>]) -> Vec<f32> {
        let kernel = network.kernel;
        let sides = self.side.apply(kernel, &Quantised::new(kernel, words), Then::Keep);
        sides.rows().zip(rows).map(|(side, rows)| self.outlet.score(side.to_vec(), rows)).collect()
    }
}

/// Weighs pairs of words.
pub(crate) struct Pair {
    left: Linear,
    right: Linear,
    outlet: Outlet,
}

/// The words of a text as a [`Pair`] sees them on its left and on its right.
pub(crate) struct Sides {
    left: Matrix,
    right: Matrix,
}

impl Pair {
    /// The head with these tensors, for vectors of so many numbers, its table of at least `rows` rows.
    pub(crate) fn read(
        weights: &Weights,
        name: &str,
        inputs: usize,
        rows: usize,
    ) -> Result<Self, WeightsError> {
        let side = |side: &str| weights.linear(&format!("{name}.{side}"));
        let (left, right, outlet) = (side("left")?, side("right")?, Outlet::read(weights, name)?);
        let fits = left.sides() == right.sides()
            && left.sides().0 == inputs
            && left.sides().1 >= outlet.weight.len()
            && outlet.features.scale.len() >= rows;
        fits.then_some(Self { left, right, outlet }).ok_or_else(|| WeightsError::sides(name))
    }

    /// Both sides of each row of a matrix.
    pub(crate) fn sides(&self, network: &Network, words: &Matrix) -> Sides {
        let kernel = network.kernel;
        let bytes = Quantised::new(kernel, words);
        let side = |linear: &Linear| linear.apply(kernel, &bytes, Then::Keep);
        Sides { left: side(&self.left), right: side(&self.right) }
    }

    /// The score of row `left` with row `right`, given the rows of the table that speak of the pair.
    pub(crate) fn score(&self, sides: &Sides, left: usize, right: usize, rows: &[usize]) -> f32 {
        let (left, right) = (sides.left.row(left), sides.right.row(right));
        let width = self.outlet.weight.len();
        let sum = left[..width].iter().zip(right).map(|(l, r)| l + r).collect();
        self.outlet.score(sum, rows) + real::dot(&left[width..], &right[width..])
    }

    /// The score of row `left` with none.
    pub(crate) fn alone(&self, sides: &Sides, left: usize, rows: &[usize]) -> f32 {
        self.outlet.score(sides.left.row(left)[..self.outlet.weight.len()].to_vec(), rows)
    }
}
