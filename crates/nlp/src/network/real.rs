//! The real-valued steps, written so that every machine computes the same: additions in a fixed order, no fused operations, no
//! functions of the system's mathematics library. All are inlined into the [`Work`](crate::kernel::Work) that uses them, to be compiled
//! for its machine.

/// Numbers that are computed side by side, so that the compiler may use vectors without changing the order of additions.
pub(super) const LANES: usize = 16;

/// [`LANES`] numbers.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(super) struct Lanes(pub(super) [f32; LANES]);

impl Lanes {
    /// The same number in each lane.
    #[inline(always)]
    pub(super) fn all(value: f32) -> Self {
        Self([value; LANES])
    }

    /// Add the products of a number with others.
    #[inline(always)]
    pub(super) fn add_product(&mut self, factor: f32, other: &Self) {
        for (sum, v) in self.0.iter_mut().zip(&other.0) {
            *sum += factor * v;
        }
    }

    /// The lanes in one, halves upon halves.
    #[inline(always)]
    fn fold(self, of: impl Fn(f32, f32) -> f32) -> f32 {
        // Else the compiler takes the pairs of the last step for the vectors of the loop before.
        let mut lanes = std::hint::black_box(self);
        let mut width = LANES / 2;
        while width > 0 {
            for i in 0..width {
                lanes.0[i] = of(lanes.0[i], lanes.0[i + width]);
            }
            width /= 2;
        }
        lanes.0[0]
    }
}

/// The sum of a function of the numbers.
#[inline(always)]
pub(super) fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = Lanes::all(0.0);
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for (sum, v) in sums.0.iter_mut().zip(chunk) {
            *sum += of(*v);
        }
    }
    sums.fold(|a, b| a + b) + rest.iter().fold(0.0, |s, v| s + of(*v))
}

/// The inner product.
#[inline(always)]
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = Lanes::all(0.0);
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.0.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.fold(|a, b| a + b) + a_rest.iter().zip(b_rest).fold(0.0, |s, (a, b)| s + a * b)
}

/// The largest absolute value, 0 of nothing.
#[inline(always)]
pub(super) fn largest(values: &[f32]) -> f32 {
    let mut tops = Lanes::all(0.0);
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for (top, v) in tops.0.iter_mut().zip(chunk) {
            *top = larger(*top, v.abs());
        }
    }
    rest.iter().fold(tops.fold(larger), |top, v| larger(top, v.abs()))
}

#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

/// The byte whose distance from 128 is nearest to a number from -127 to 127, halves to the even one.
#[inline(always)]
pub(super) fn byte(value: f32) -> u8 {
    // Beside 1.5 * 2^23 there is only room for whole numbers, which are in the last bits.
    (value + (12_582_912.0 + 128.0)).to_bits() as u8
}

/// e to the power of x, to about the last bit of `f32`, for -87 < x < 87; beyond that the value at the bound.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 87.0 { 87.0 } else { x };
    // x = n ln 2 + r; adding and taking away 1.5 * 2^23 rounds to a whole n.
    const SHIFT: f32 = 12_582_912.0;
    let shifted = x * std::f32::consts::LOG2_E + SHIFT;
    let n = shifted - SHIFT;
    let r = (x - n * 0.693_359_4) + n * 2.121_944_4e-4;
    let mut p = 1.987_569_1e-4;
    for c in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5, 1.0, 1.0] {
        p = p * r + c;
    }
    // The last bits of `shifted` hold n: moved into the exponent they make 2^n.
    let power = f32::from_bits(shifted.to_bits().wrapping_add(127) << 23);
    p * power
}

/// GELU in its tanh form: `x / (1 + exp(-2u))` with `u = sqrt(2 / pi) (x + 0.044715 x^3)`.
#[inline(always)]
pub(super) fn gelu(x: f32) -> f32 {
    x * inverse(1.0 + exp(-1.595_769 * (x + 0.044_715 * x * x * x)))
}

/// 1 / x to about the last bit, for 1 <= x < 1e38. Faster than division, which most machines do less often than anything else.
#[inline(always)]
fn inverse(x: f32) -> f32 {
    // The exponent turned around is right to an eighth; each of Newton's steps squares the error.
    let mut y = f32::from_bits(0x7ef3_11c7_u32.wrapping_sub(x.to_bits()));
    for _ in 0..3 {
        y *= 2.0 - x * y;
    }
    y
}

/// Turn the first `count` scores into shares that add up to 1, in place, and those after them into nothing.
#[inline(always)]
pub(super) fn softmax(scores: &mut [Lanes], count: usize) {
    let count = count as u32;
    let mut tops = Lanes::all(f32::NEG_INFINITY);
    for (first, lanes) in (0u32..).step_by(LANES).zip(scores.iter_mut()) {
        for ((top, v), i) in tops.0.iter_mut().zip(&lanes.0).zip(0..) {
            *top = if first + i < count { larger(*top, *v) } else { *top };
        }
    }
    let top = tops.fold(larger);
    let mut sums = Lanes::all(0.0);
    for (first, lanes) in (0u32..).step_by(LANES).zip(scores.iter_mut()) {
        for ((sum, v), i) in sums.0.iter_mut().zip(&mut lanes.0).zip(0..) {
            *v = if first + i < count { exp(*v - top) } else { 0.0 };
            *sum += *v;
        }
    }
    let inverse = 1.0 / sums.fold(|a, b| a + b);
    scores.iter_mut().flat_map(|lanes| &mut lanes.0).for_each(|v| *v *= inverse);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_agrees_with_the_library_to_a_millionth() {
        for i in -8700..8700 {
            let x = i as f32 / 100.0;
            let want = f64::from(x).exp();
            assert!((f64::from(exp(x)) / want - 1.0).abs() < 1e-6, "exp({x}) = {} but {want}", exp(x));
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(-1e9) > 0.0 && exp(1e9).is_finite());
    }

    #[test]
    fn inverses_agree_with_division_to_a_millionth() {
        for i in 0..3700 {
            let x = 10f32.powf(i as f32 / 100.0);
            assert!((inverse(x) * x - 1.0).abs() < 1e-6, "1 / {x} = {}", inverse(x));
        }
    }

    #[test]
    fn gelu_is_nothing_far_below_zero_and_the_number_far_above() {
        for (x, want) in [(-20.0, 0.0), (-1.0, -0.158_808), (0.0, 0.0), (1.0, 0.841_192), (20.0, 20.0)] {
            assert!((gelu(x) - want).abs() < 1e-5, "gelu({x}) = {}", gelu(x));
        }
    }

    #[test]
    fn shares_add_up_to_one_and_what_is_not_asked_for_gets_none() {
        let score = |i: usize| if i < 37 { i as f32 * 0.3 - 400.0 } else { 1e9 };
        let mut scores = [0, 1, 2].map(|n| Lanes(std::array::from_fn(|i| score(n * LANES + i))));
        softmax(&mut scores, 37);
        let shares: Vec<f32> = scores.iter().flat_map(|lanes| lanes.0).collect();
        assert!((sum(&shares, |v| v) - 1.0).abs() < 1e-6);
        assert!(shares[..37].is_sorted() && shares[37..] == [0.0; 11]);
    }

    #[test]
    fn bytes_are_the_nearest_whole_numbers_above_128() {
        let bytes = [-127.0, -0.51, -0.5, 0.0, 1.5, 2.5, 126.51, 127.0].map(byte);
        assert_eq!(bytes, [1, 127, 128, 128, 130, 130, 255, 255]);
    }
}
