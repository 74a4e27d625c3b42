//! Numbers as few bytes: seven bits a byte, the lowest first.

/// Put a number at the end.
pub(super) fn pack(number: u32, bytes: &mut Vec<u8>) {
    let mut rest = number;
    while rest >= 0x80 {
        bytes.push(rest.to_le_bytes()[0] | 0x80);
        rest >>= 7;
    }
    bytes.push(rest.to_le_bytes()[0]);
}

/// The numbers; what was cut off at the end is none.
pub(super) fn unpacked(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut bytes = bytes.iter();
    std::iter::from_fn(move || {
        let (mut number, mut shift) = (0_u32, 0_u32);
        for &byte in bytes.by_ref() {
            number |= u32::from(byte & 0x7f).wrapping_shl(shift);
            if byte & 0x80 == 0 {
                return Some(number);
            }
            shift += 7;
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out() {
        let numbers = [0, 1, 127, 128, 300, 70_000, u32::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|&number| pack(number, &mut bytes));
        assert_eq!(unpacked(&bytes).collect::<Vec<_>>(), numbers);
        assert_eq!(unpacked(&bytes[..bytes.len() - 1]).count(), numbers.len() - 1);
    }
}
