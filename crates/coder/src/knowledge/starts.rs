//! How the names of a lexicon begin: most words of a text begin none, which one bit tells.

use super::key::Spelling;

/// The first letters of a key, up to [`Start::LETTERS`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Start(u64);

impl Start {
    /// How many letters count.
    const LETTERS: usize = 6;

    /// The first letters of a word that is long enough by itself, as most are.
    pub(crate) fn of_long(word: &str, spelling: Spelling) -> Option<Self> {
        let first = word.as_bytes().first_chunk::<{ Self::LETTERS }>()?;
        let plain = first.iter().all(u8::is_ascii_alphanumeric);
        plain.then(|| Self::of(first.iter().map(|&letter| spelling.letter(letter))))
    }

    pub(crate) fn of(letters: impl Iterator<Item = u8>) -> Self {
        letters.take(Self::LETTERS).fold(Self::default(), Self::and)
    }

    /// The first two letters of a word, if it is plain from them how a name begins; they are told apart from a whole key of two letters.
    fn of_pair(word: &str, spelling: Spelling) -> Option<Self> {
        let pair = *word.as_bytes().first_chunk::<2>()?;
        pair.iter().all(u8::is_ascii_alphanumeric).then(|| Self::pair(pair.map(|b| spelling.letter(b))))
    }

    fn pair([first, second]: [u8; 2]) -> Self {
        Self(u64::MAX).and(first).and(second)
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

/// What a name at the first of some words may begin with: as many of their letters as count, or fewer that end with a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opening {
    starts: [Start; Start::LETTERS],
    count: usize,
    /// Whether this can be told at a glance.
    told: bool,
}

/// Whether a name of a lexicon may begin with the first two letters of some words.
pub(crate) fn may_begin(names: Starts, words: &[&str], spelling: Spelling) -> bool {
    let pair = words.first().and_then(|word| Start::of_pair(word, spelling));
    pair.is_none_or(|pair| names.has(pair))
}

impl Opening {
    pub(crate) fn of(words: &[&str], spelling: Spelling) -> Self {
        let mut opening = Self { starts: [Start::default(); Start::LETTERS], count: 0, told: true };
        let (mut start, mut letters) = (Start::default(), 0);
        for word in words {
            let before = letters;
            for &byte in word.as_bytes() {
                if byte.is_ascii_alphanumeric() {
                    start = start.and(spelling.letter(byte));
                    letters += 1;
                    if letters == Start::LETTERS {
                        break;
                    }
                } else if !byte.is_ascii() {
                    opening.told = false;
                    return opening;
                }
            }
            // A word may add no letter.
            if letters > before {
                opening.add(start);
            }
            if letters == Start::LETTERS {
                break;
            }
        }
        opening
    }

    fn add(&mut self, start: Start) {
        self.starts[self.count] = start;
        self.count += 1;
    }

    /// Whether a name of a lexicon may begin so.
    pub(crate) fn may_be_of(&self, names: Starts) -> bool {
        !self.told || self.starts[..self.count].iter().any(|start| names.has(*start))
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
        for key in keys {
            let pair = key.as_bytes().first_chunk::<2>().map(|pair| Start::pair(*pair));
            for bit in pair.into_iter().chain([Start::of(key.bytes())]).map(Start::bit) {
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
    fn words_open_with_as_many_letters_as_count_or_fewer_that_end_with_one() {
        let bytes = Starts::compile(["EU", "ABCDEF"].into_iter());
        let (starts, _) = Starts::split_from(&bytes).expect("as many bytes as there are");
        let may = |words: &[&str]| Opening::of(words, Spelling::Squeezed).may_be_of(starts);
        assert!(may(&["EU", "and", "others"]) && may(&["(", "A", "B", "-", "C", "D", "E", "F", "G"]));
        assert!(may(&["É", "tat"]), "what cannot be told at a glance may be anything");
        assert!(!may(&["E", "and", "U"]) && !may(&["(", ")"]) && !may(&[]));
    }

    #[test]
    fn the_first_two_letters_of_a_word_tell_that_no_name_begins_so_where_they_are_plain() {
        let bytes = Starts::compile(["Peru", "EU", "Cote"].into_iter());
        let (starts, _) = Starts::split_from(&bytes).expect("as many bytes as there are");
        let may = |word: &str| may_begin(starts, &[word], Spelling::Squeezed);
        assert!(["Peru", "Pedro", "EU", "Côte", "E", "E.U.", ""].iter().all(|word| may(word)));
        assert!(!["the", "peru", "China"].iter().any(|word| may(word)));
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
