//! The real-valued steps, written so that every machine computes the same: additions in a fixed order, fused with a product only where
//! it says so (`mul_add`, which rounds once on every machine), no functions of the system's mathematics library. All are inlined into the
//! [`Work`](crate::kernel::Work) that uses them, to be compiled for its machine.

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
            *sum = factor.mul_add(*v, *sum);
        }
    }

    /// Each lane and the other's, made one.
    #[inline(always)]
    pub(super) fn with(&mut self, other: &Self, of: impl Fn(f32, f32) -> f32) {
        for (own, v) in self.0.iter_mut().zip(&other.0) {
            *own = of(*own, *v);
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
            *sum = a.mul_add(*b, *sum);
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
pub(super) fn larger(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

/// The byte whose distance from 128 is nearest to a number from -127 to 127, halves to the even one.
#[inline(always)]
pub(super) fn byte(value: f32) -> u8 {
    // Beside 1.5 * 2^23 there is only room for whole numbers, which are in the last bits.
    (value + (12_582_912.0 + 128.0)).to_bits() as u8
}

/// e to the power of x to a millionth, for -87 < x < 87; beyond that the value at the bound.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 87.0 { 87.0 } else { x };
    // x = n ln 2 + r; adding and taking away 1.5 * 2^23 rounds to a whole n.
    const SHIFT: f32 = 12_582_912.0;
    let shifted = x.mul_add(std::f32::consts::LOG2_E, SHIFT);
    let n = shifted - SHIFT;
    let r = n.mul_add(2.121_944_4e-4, n.mul_add(-0.693_359_4, x));
    // The polynomial of degree 5 that is nowhere far from e^r for 2 |r| < ln 2.
    let mut p: f32 = 8.381_11e-3;
    for c in [4.191_754e-2, 1.666_632_6e-1, 4.999_886_9e-1, 1.0, 1.0] {
        p = p.mul_add(r, c);
    }
    // The last bits of `shifted` hold n: moved into the exponent they make 2^n.
    let power = f32::from_bits(shifted.to_bits().wrapping_add(127) << 23);
    p * power
}

/// GELU in its tanh form, `x / (1 + exp(-2u))` with `u = sqrt(2 / pi) (x + 0.044715 x^3)`, to 5/100 000 of the larger of 1 and |x|: less than
/// a hundredth of what is lost when it becomes a byte.
#[inline(always)]
pub(super) fn gelu(x: f32) -> f32 {
    let low = if x < -4.0 { -4.0 } else { x };
    let near = if low > 4.0 { 4.0 } else { low };
    let square = near * near;
    // 1 / (1 + exp(-2u)) is nearly 1/2 + x p(x^2) for |x| < 4; further out it hardly changes.
    let mut p = GELU[0];
    for c in &GELU[1..] {
        p = p.mul_add(square, *c);
    }
    low * near.mul_add(p, 0.5)
}

/// From the highest power on.
const GELU: [f32; 8] = [
    -1.458_681_6e-9,
    1.150_925_4e-7,
    -3.966_066_7e-6,
    7.942_576_5e-5,
    -1.043_323_4e-3,
    9.654_328e-3,
    -6.609_84e-2,
    3.986_169_7e-1,
];

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
    fn gelu_is_nothing_far_below_zero_and_the_number_far_above() {
        for i in -2000..2000 {
            let x = f64::from(i) / 100.0;
            let want = x / (1.0 + (-1.595_769_121_6 * (x + 0.044_715 * x * x * x)).exp());
            let got = f64::from(gelu(x as f32));
            assert!((got - want).abs() < 5e-5 * x.abs().max(1.0), "gelu({x}) = {got} but {want}");
        }
    }

    #[test]
    fn bytes_are_the_nearest_whole_numbers_above_128() {
        let bytes = [-127.0, -0.51, -0.5, 0.0, 1.5, 2.5, 126.51, 127.0].map(byte);
        assert_eq!(bytes, [1, 127, 128, 128, 130, 130, 255, 255]);
    }
}
