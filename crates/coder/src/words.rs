//! Words by which tables and lists are asked: quick to look up, since every word of a text is looked up many times.

use std::hash::Hasher;

use serde::Deserialize;

/// What is known by a word, for tables that are made once: nearly always it is one slot that tells that a word is none of them.
#[derive(Debug, Clone)]
pub(crate) struct WordMap<T> {
    /// The words, each with what is known by it, in the order in which they came.
    entries: Vec<(String, T)>,
    /// As many as a power of two, two thirds of them free at least; or none.
    slots: Vec<Slot>,
}

/// Where a word stands among the entries, and half of its hash.
#[derive(Debug, Clone, Copy)]
struct Slot {
    half: u32,
    place: u32,
}

impl Slot {
    const FREE: Self = Self { half: 0, place: u32::MAX };
}

impl<T> Default for WordMap<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), slots: Vec::new() }
    }
}

impl<T> WordMap<T> {
    pub(crate) fn get(&self, word: &str) -> Option<&T> {
        self.find(word).map(|place| &self.entries[place].1)
    }

    pub(crate) fn insert(&mut self, word: String, known: T) {
        match self.find(&word) {
            Some(place) => self.entries[place].1 = known,
            None => self.add(word, known),
        }
    }

    /// What is known by a word, to be altered; it is of the words from now on.
    pub(crate) fn entry(&mut self, word: &str) -> &mut T
    where
        T: Default,
    {
        let place = self.find(word).unwrap_or_else(|| {
            self.add(word.to_owned(), T::default());
            self.entries.len() - 1
        });
        &mut self.entries[place].1
    }

    /// The words, each with what is known by it.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &T)> {
        self.entries.iter().map(|(word, known)| (word, known))
    }

    fn find(&self, word: &str) -> Option<usize> {
        let hash = hash(word);
        let (half, last) = (half(hash), self.slots.len().wrapping_sub(1));
        let mut at = first(hash) & last;
        loop {
            let slot = self.slots.get(at)?;
            if slot.place == u32::MAX {
                return None;
            }
            let place = slot.place as usize;
            if slot.half == half && self.entries[place].0 == word {
                return Some(place);
            }
            at = (at + 1) & last;
        }
    }

    /// Add a word that is none of them as yet.
    fn add(&mut self, word: String, known: T) {
        let new = hash(&word);
        self.entries.push((word, known));
        if 3 * self.entries.len() <= self.slots.len() {
            return self.mark(new, self.entries.len() - 1);
        }
        self.slots = vec![Slot::FREE; (3 * self.entries.len()).next_power_of_two()];
        for place in 0..self.entries.len() {
            self.mark(hash(&self.entries[place].0), place);
        }
    }

    fn mark(&mut self, hash: u64, place: usize) {
        let last = self.slots.len() - 1;
        let mut at = first(hash) & last;
        while self.slots[at].place != u32::MAX {
            at = (at + 1) & last;
        }
        let place = u32::try_from(place).expect("tables have fewer words");
        self.slots[at] = Slot { half: half(hash), place };
    }
}

/// Where the slots begin in which a word of this hash may be.
#[expect(clippy::cast_possible_truncation, reason = "only the lowest bits count")]
fn first(hash: u64) -> usize {
    hash as usize
}

/// What a slot keeps of a hash: what does not tell where it is.
fn half(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// A list of words, asked whether a word is on it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct WordList(WordMap<()>);

impl WordList {
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.0.find(word).is_some()
    }

    pub(crate) fn insert(&mut self, word: String) {
        self.0.insert(word, ());
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &String> {
        self.0.entries.iter().map(|(word, ())| word)
    }
}

impl From<Vec<String>> for WordList {
    fn from(words: Vec<String>) -> Self {
        words.into_iter().collect()
    }
}

impl FromIterator<String> for WordList {
    fn from_iter<I: IntoIterator<Item = String>>(words: I) -> Self {
        let mut list = Self::default();
        words.into_iter().for_each(|word| list.insert(word));
        list
    }
}

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
        self.mix(few(rest).wrapping_add(bytes.len() as u64));
    }

    fn write_u8(&mut self, _: u8) {
        // What ends a text, so that texts in a row do not run together: a word stands alone.
    }

    fn finish(&self) -> u64 {
        // Tables look at the first and the last bits.
        self.0 ^ self.0 >> 32
    }
}

/// All of fewer than eight bytes at once. Four or more are read as their first four and their last four, which may overlap.
fn few(bytes: &[u8]) -> u64 {
    let four = |four: &[u8; 4]| u64::from(u32::from_le_bytes(*four));
    match bytes {
        [] => 0,
        [one] => u64::from(*one),
        [one, two] => u64::from(u16::from_le_bytes([*one, *two])),
        [one, two, three] => four(&[*one, *two, *three, 0]),
        [..] => bytes.first_chunk().map_or(0, four) | bytes.last_chunk().map_or(0, |last| four(last) << 32),
    }
}

/// Whether a word is plain, and has no capitals: most words.
pub(crate) fn is_small(word: &str) -> bool {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    // The highest bit of each byte that is not plain, or no less than 'A' and no more than 'Z'.
    let others = |eight: u64| {
        let (from, behind) = (eight.wrapping_add(EACH * (128 - 65)), eight.wrapping_add(EACH * (127 - 90)));
        (eight | from & !behind) & (EACH << 7)
    };
    let (eights, rest) = word.as_bytes().as_chunks::<8>();
    others(few(rest)) == 0 && eights.iter().all(|eight| others(u64::from_le_bytes(*eight)) == 0)
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
        assert!(words.iter().all(|word| list.contains(word)));
        assert!(["b", "ba", "agreemen", "agreement "].iter().all(|word| !list.contains(word)));
        assert!(!WordList::default().contains("a"));
    }

    #[test]
    fn a_word_is_small_if_it_is_plain_and_has_no_capitals() {
        assert!(
            ["", "a", "@[`{", "agreement", "counter-offensive", "1990s"].iter().all(|word| is_small(word))
        );
        assert!(
            ["A", "agrZ", "agreemenT", "Agreement", "côte", "communiqué"].iter().all(|word| !is_small(word))
        );
    }

    #[test]
    fn what_is_known_by_a_word_may_be_altered_and_added_to() {
        let mut map: WordMap<usize> = WordMap::default();
        (0..100).for_each(|number| map.insert(format!("word {}", number % 50), number));
        *map.entry("word 7") += 1;
        *map.entry("word") += 1;
        assert_eq!(
            ["word 0", "word 7", "word", "w"].map(|word| map.get(word).copied()),
            [Some(50), Some(58), Some(1), None]
        );
        assert_eq!(map.iter().count(), 51);
    }
}
