//! How the names of a lexicon begin: most words of a text begin none, which one bit tells.

/// The first letters of a key, up to [`Start::LETTERS`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Start(u64);

impl Start {
    /// How many letters count.
    const LETTERS: u32 = 6;

    pub(crate) fn of(letters: impl Iterator<Item = u8>) -> Self {
        letters.take(Self::LETTERS as usize).fold(Self::default(), Self::and)
    }

    /// The same with one more letter.
    pub(crate) fn and(self, letter: u8) -> Self {
        Self(self.0 << 8 | u64::from(letter))
    }

    /// Whether it has all letters that count: a name of fewer has them all before a word of a text ends.
    pub(crate) fn is_full(self) -> bool {
        self.0 >> (8 * (Self::LETTERS - 1)) > 0
    }

    /// The bit that stands for it; several may share one.
    fn bit(self) -> usize {
        (self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS)) as usize
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

    /// Whether a name may begin so, or be no longer.
    pub(crate) fn has(self, start: Start) -> bool {
        let bit = start.bit();
        self.0[bit / 8] >> (bit % 8) & 1 == 1
    }

    /// The starts of keys as bytes.
    pub(crate) fn compile<'k>(keys: impl Iterator<Item = &'k str>) -> Vec<u8> {
        let mut bytes = vec![0; Self::BYTES];
        for bit in keys.map(|key| Start::of(key.bytes()).bit()) {
            bytes[bit / 8] |= 1 << (bit % 8);
        }
        bytes
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_their_first_letters_and_few_others_are() {
        let bytes = Starts::compile(["Peru", "UnitedNations", "EU"].into_iter());
        let (starts, rest) = Starts::split_from(&bytes).unwrap();
        let may = |word: &str| starts.has(Start::of(word.bytes()));
        assert!(rest.is_empty() && ["Peru", "United", "UnitedNations", "EU"].iter().all(|word| may(word)));
        assert!(!["the", "united", "Unit", "Peruvian", "E"].iter().any(|word| may(word)));
    }
}
