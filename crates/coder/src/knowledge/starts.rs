//! How the names of a lexicon begin: most words of a text begin none, which one bit tells.

use super::key::Spelling;

/// The first letters of a key, up to [`Start::LETTERS`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Start(u64);

impl Start {
    /// How many letters count.
    const LETTERS: usize = 6;

    pub(crate) fn of(letters: impl Iterator<Item = u8>) -> Self {
        letters.take(Self::LETTERS).fold(Self::default(), Self::and)
    }

    /// The first three letters of a word, or two, if it is plain from them how a name begins; they are told apart from a whole key of so
    /// many letters.
    fn of_few(word: &str, spelling: Spelling) -> Option<Self> {
        let few = |letters: &[u8]| {
            let plain = letters.iter().all(u8::is_ascii_alphanumeric);
            plain.then(|| letters.iter().fold(Self::FEW, |start, &letter| start.and(spelling.letter(letter))))
        };
        let three = word.as_bytes().first_chunk::<3>().and_then(|three| few(three));
        three.or_else(|| few(word.as_bytes().first_chunk::<2>()?))
    }

    /// What the first letters of a key begin with where they are but two or three.
    const FEW: Self = Self(u64::MAX);

    /// The first two letters of a key, and the first three.
    fn few(key: &[u8]) -> impl Iterator<Item = Self> {
        [2, 3].into_iter().filter_map(|few| Some(key.get(..few)?.iter().copied().fold(Self::FEW, Self::and)))
    }

    /// The same with one more letter.
    fn and(self, letter: u8) -> Self {
        Self(self.0 << 8 | u64::from(letter))
    }

    /// The bit that stands for it; several may share one.
    fn bit(self) -> usize {
        (self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS)) as usize
    }
}

/// Whether a name of a lexicon may begin with the first two or three letters of some words.
pub(crate) fn may_begin(names: Starts, words: &[&str], spelling: Spelling) -> bool {
    let few = words.first().and_then(|word| Start::of_few(word, spelling));
    few.is_none_or(|few| names.has(few))
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
        for key in keys {
            for bit in Start::few(key.as_bytes()).chain([Start::of(key.bytes())]).map(Start::bit) {
                bytes[bit / 8] |= 1 << (bit % 8);
            }
        }
        bytes
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letters_of_a_word_tell_that_no_name_begins_so_where_they_are_plain() {
        let bytes = Starts::compile(["Peru", "EU", "Cote"].into_iter());
        let (starts, _) = Starts::split_from(&bytes).expect("as many bytes as there are");
        let may = |word: &str| may_begin(starts, &[word], Spelling::Squeezed);
        assert!(["Peru", "Perm", "EU", "Côte", "E", "E.U.", ""].iter().all(|word| may(word)));
        assert!(!["the", "peru", "China", "Pedro"].iter().any(|word| may(word)));
    }

    #[test]
    fn names_are_known_by_their_first_letters_and_few_others_are() {
        let bytes = Starts::compile(["Peru", "UnitedNations", "EU"].into_iter());
        let (starts, rest) = Starts::split_from(&bytes).expect("as many bytes as there are");
        let may = |word: &str| starts.has(Start::of(word.bytes()));
        assert!(rest.is_empty() && ["Peru", "United", "UnitedNations", "EU"].iter().all(|word| may(word)));
        assert!(!["the", "united", "Unit", "Peruvian", "E"].iter().any(|word| may(word)));
    }
}
