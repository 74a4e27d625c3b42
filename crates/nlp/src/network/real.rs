//! The real-valued steps, written so that every machine computes the same: additions in a fixed order, no fused operations, no
//! functions of the system's mathematics library.

/// Sums that run side by side, so that the compiler may use vectors without changing the order of additions.
const LANES: usize = 16;

/// The sum of a function of the numbers.
pub(super) fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0; LANES];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for (sum, v) in sums.iter_mut().zip(chunk) {
            *sum += of(*v);
        }
    }
    fold(sums) + rest.iter().fold(0.0, |s, v| s + of(*v))
}

/// The inner product.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0; LANES];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    for (a, b) in a.iter().zip(b) {
        for i in 0..LANES {
            sums[i] += a[i] * b[i];
        }
    }
    fold(sums) + a_rest.iter().zip(b_rest).fold(0.0, |s, (a, b)| s + a * b)
}

fn fold(mut sums: [f32; LANES]) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            sums[i] += sums[i + width];
        }
        width /= 2;
    }
    sums[0]
}

/// The largest absolute value, 0 of nothing.
pub(super) fn largest(values: &[f32]) -> f32 {
    let mut tops = [0.0f32; LANES];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for (top, v) in tops.iter_mut().zip(chunk) {
            *top = if v.abs() > *top { v.abs() } else { *top };
        }
    }
    tops.iter().chain(rest).fold(0.0, |top, v| if v.abs() > top { v.abs() } else { top })
}

/// e to the power of x, to about the last bit of `f32`, for -87 < x < 88; beyond that the value at the bound.
pub(super) fn exp(x: f32) -> f32 {
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 88.0 { 88.0 } else { x };
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

/// GELU in its tanh form, in place: `x / (1 + exp(-2u))` with `u = sqrt(2 / pi) (x + 0.044715 x^3)`.
pub(super) fn gelu(values: &mut [f32]) {
    for v in values {
        let x = *v;
        *v = x / (1.0 + exp(-1.595_769 * (x + 0.044_715 * x * x * x)));
    }
}

/// Turn scores into shares that add up to 1, in place.
pub(super) fn softmax(scores: &mut [f32]) {
    let top = scores.iter().fold(f32::NEG_INFINITY, |top, v| if *v > top { *v } else { top });
    scores.iter_mut().for_each(|v| *v = exp(*v - top));
    let inverse = 1.0 / sum(scores, |v| v);
    scores.iter_mut().for_each(|v| *v *= inverse);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_agrees_with_the_library_to_a_millionth() {
        for i in -8700..8800 {
            let x = i as f32 / 100.0;
            let want = f64::from(x).exp();
            assert!((f64::from(exp(x)) / want - 1.0).abs() < 1e-6, "exp({x}) = {} but {want}", exp(x));
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(-1e9) > 0.0 && exp(1e9).is_finite());
    }

    #[test]
    fn gelu_is_nothing_far_below_zero_and_the_number_far_above() {
        let mut values = [-20.0, -1.0, 0.0, 1.0, 20.0];
        gelu(&mut values);
        let want = [0.0, -0.158_808, 0.0, 0.841_192, 20.0];
        assert!(values.iter().zip(want).all(|(v, w)| (v - w).abs() < 1e-5), "{values:?}");
    }

    #[test]
    fn shares_add_up_to_one() {
        let mut scores: Vec<f32> = (0..37).map(|i| i as f32 * 0.3 - 400.0).collect();
        softmax(&mut scores);
        assert!((sum(&scores, |v| v) - 1.0).abs() < 1e-6);
        assert!(scores.is_sorted());
    }
}
