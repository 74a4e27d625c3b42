//! Products of whole numbers: the one place where the machine matters, and where it may only matter for speed.
//!
//! A left matrix of unsigned bytes is multiplied with a [`Packed`] right one of signed bytes into exact 32-bit sums, so every kernel
//! gives the same numbers. Sums stay below 2^31 for up to 65 000 terms.

mod scalar;
#[cfg(target_arch = "x86_64")]
mod x86;

/// Columns that are multiplied together.
pub(crate) const PANEL: usize = 16;
/// Terms that lie side by side in a panel.
const GROUP: usize = 4;

/// A matrix of signed bytes, its outputs in panels: `[output / 16][input / 4][output % 16][input % 4]`, zeros after the last output.
pub(crate) struct Packed {
    inputs: usize,
    bytes: Vec<i8>,
}

impl Packed {
    /// Pack rows of `inputs` bytes each, one row an output. `inputs` is a multiple of 4.
    pub(crate) fn new(rows: &[u8], inputs: usize) -> Self {
        let outputs = rows.len() / inputs;
        let mut bytes = vec![0; outputs.div_ceil(PANEL) * PANEL * inputs];
        for (output, row) in rows.chunks_exact(inputs).enumerate() {
            let base = output / PANEL * PANEL * inputs + output % PANEL * GROUP;
            for (group, four) in row.as_chunks::<GROUP>().0.iter().enumerate() {
                let at = base + group * PANEL * GROUP;
                bytes[at..at + GROUP].copy_from_slice(&four.map(u8::cast_signed));
            }
        }
        Self { inputs, bytes }
    }

    /// The panels, in order.
    pub(crate) fn panels(&self) -> impl Iterator<Item = &[i8]> {
        self.bytes.chunks_exact(self.inputs * PANEL)
    }
}

/// How products are computed on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kernel {
    /// Plain code for any machine: the reference.
    Scalar,
    /// 16-bit products on x86 with AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// Byte products on x86 with AVX-512 VNNI.
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

impl Kernel {
    /// The fastest kernel that this machine can run.
    pub(crate) fn detect() -> Self {
        Self::available().pop().unwrap_or(Self::Scalar)
    }

    /// The kernels that this machine can run, the fastest last.
    pub(crate) fn available() -> Vec<Self> {
        #[cfg_attr(not(target_arch = "x86_64"), allow(unused_mut))]
        let mut kernels = vec![Self::Scalar];
        #[cfg(target_arch = "x86_64")]
        {
            if std::arch::is_x86_feature_detected!("avx2") {
                kernels.push(Self::Avx2);
            }
            if std::arch::is_x86_feature_detected!("avx512f")
                && std::arch::is_x86_feature_detected!("avx512vnni")
            {
                kernels.push(Self::Vnni);
            }
        }
        kernels
    }

    /// Multiply each row of `inputs` bytes with a panel: `out[row * 16 + column]`.
    pub(crate) fn multiply(self, rows: &[u8], inputs: usize, panel: &[i8], out: &mut [i32]) {
        assert!(inputs > 0 && inputs.is_multiple_of(GROUP) && rows.len().is_multiple_of(inputs));
        assert_eq!(panel.len(), inputs * PANEL);
        assert_eq!(out.len(), rows.len() / inputs * PANEL);
        match self {
            Self::Scalar => scalar::multiply(rows, inputs, panel, out),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => x86::multiply_avx2(rows, inputs, panel, out),
            #[cfg(target_arch = "x86_64")]
            Self::Vnni => x86::multiply_vnni(rows, inputs, panel, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kernel_gives_the_sums_of_the_reference() {
        let mut state = 1u32;
        let mut byte = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        for (rows, inputs) in [(1, 4), (3, 96), (7, 256), (17, 384), (32, 1536)] {
            let left: Vec<u8> = (0..rows * inputs).map(|_| byte()).collect();
            let right: Vec<u8> = (0..19 * inputs).map(|_| byte()).collect();
            let packed = Packed::new(&right, inputs);
            for (number, panel) in packed.panels().enumerate() {
                let mut want = vec![0; rows * PANEL];
                for (i, row) in left.chunks(inputs).enumerate() {
                    for (j, column) in right.chunks(inputs).enumerate().skip(number * PANEL).take(PANEL) {
                        let products =
                            row.iter().zip(column).map(|(a, b)| i32::from(*a) * i32::from(*b as i8));
                        want[i * PANEL + j % PANEL] = products.sum();
                    }
                }
                for kernel in Kernel::available() {
                    let mut got = vec![-1; rows * PANEL];
                    kernel.multiply(&left, inputs, panel, &mut got);
                    assert_eq!(got, want, "{kernel:?} on {rows} rows of {inputs}");
                }
            }
        }
    }

    #[test]
    fn the_largest_products_do_not_saturate() {
        let (left, right) = (vec![255; 1536], vec![127; PANEL * 1536]);
        let packed = Packed::new(&right, 1536);
        for kernel in Kernel::available() {
            let mut out = vec![0; PANEL];
            kernel.multiply(&left, 1536, &packed.bytes, &mut out);
            assert_eq!(out, vec![255 * 127 * 1536; PANEL], "{kernel:?}");
        }
    }
}
