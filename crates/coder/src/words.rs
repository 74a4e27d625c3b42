//! Words by which tables and lists are asked: quick to look up, since every word of a text is looked up many times.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A list of words, asked whether a word is on it.
pub(crate) type WordList = HashSet<String, BuildHasherDefault<WordHasher>>;

/// What is known by a word.
pub(crate) type WordMap<T> = HashMap<String, T, BuildHasherDefault<WordHasher>>;

/// A hash for short words from tables that are part of the program; no defence against words made to collide.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WordHasher(u64);

impl WordHasher {
    fn mix(&mut self, eight: u64) {
        self.0 = (self.0.rotate_left(5) ^ eight).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        eights.iter().for_each(|eight| self.mix(u64::from_le_bytes(*eight)));
        let four = |four: &[u8; 4]| u64::from(u32::from_le_bytes(*four));
        // Four or more are read as their first four and their last four, which may overlap.
        let rest_of = match rest {
            [] => 0,
            [one] => u64::from(*one),
            [one, two] => u64::from(u16::from_le_bytes([*one, *two])),
            [one, two, three] => four(&[*one, *two, *three, 0]),
            [..] => rest.first_chunk().map_or(0, four) | rest.last_chunk().map_or(0, |last| four(last) << 32),
        };
        self.mix(rest_of.wrapping_add(bytes.len() as u64));
    }

    fn write_u8(&mut self, _: u8) {
        // What ends a text, so that texts in a row do not run together: a word stands alone.
    }

    fn finish(&self) -> u64 {
        // Tables look at the first and the last bits.
        self.0 ^ self.0 >> 32
    }
}

/// The hash of a word.
pub(crate) fn hash(word: &str) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_knows_its_words_and_no_others() {
        let words = ["", "a", "ab", "agreement", "agreements", "counter-offensive", "communiqué"];
        let list: WordList = words.map(str::to_owned).into_iter().collect();
        assert!(words.iter().all(|word| list.contains(*word)));
        assert!(["b", "ba", "agreemen", "agreement "].iter().all(|word| !list.contains(*word)));
    }
}
