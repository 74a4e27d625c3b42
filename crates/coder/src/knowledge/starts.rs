//! How the names of a lexicon begin: most words of a text begin none, which one bit tells.

/// The first letters of a key, up to four.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Start(u32);

impl Start {
    /// How many letters count.
    pub(crate) const LETTERS: usize = 4;

    pub(crate) fn of(letters: impl Iterator<Item = u8>) -> Self {
        Self(letters.take(Self::LETTERS).fold(0, |all, letter| all << 8 | u32::from(letter)))
    }

    /// The bit that stands for it; several may share one.
    fn bit(self) -> usize {
        (self.0.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
    }
}

/// There are as many bits as this power of two.
const BITS: u32 = 16;

/// The starts of names, one bit each, as bytes of a compiled file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Starts<'a>(&'a [u8; Starts::BYTES]);

impl<'a> Starts<'a> {
    const BYTES: usize = 1 << (BITS - 3);

    /// The starts that open these bytes, and what follows them.
    pub(crate) fn split_from(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        bytes.split_first_chunk().map(|(starts, rest)| (Self(starts), rest))
    }

    /// Whether a name may begin so.
    pub(crate) fn has(self, start: Start) -> bool {
        let bit = start.bit();
        self.0[bit / 8] >> (bit % 8) & 1 == 1
    }

    /// The starts of keys as bytes: those of one letter, of two, and so on, since a word of a text may be short.
    pub(crate) fn compile<'k>(keys: impl Iterator<Item = &'k str>) -> Vec<u8> {
        let mut bytes = vec![0; Self::BYTES];
        for key in keys {
            for length in 1..=key.len().min(Start::LETTERS) {
                let bit = Start::of(key.bytes().take(length)).bit();
                bytes[bit / 8] |= 1 << (bit % 8);
            }
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_begin_with_any_of_its_first_letters_and_few_others() {
        let bytes = Starts::compile(["Peru", "UnitedNations", "EU"].into_iter());
        let (starts, rest) = Starts::split_from(&bytes).unwrap();
        let may = |word: &str| starts.has(Start::of(word.bytes()));
        assert!(rest.is_empty() && ["P", "Peru", "U", "United", "Unit", "EU"].iter().all(|word| may(word)));
        assert!(!["the", "united", "Per1", "EUR"].iter().any(|word| may(word)));
    }
}
