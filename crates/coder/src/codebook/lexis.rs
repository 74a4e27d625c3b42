//! The lexis of the codebook, all words that it has: a list of words is one of numbers, and a word of a text is looked up once for all.

use crate::words::WordMap;

/// A word of the codebook, by its number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Word(u32);

impl Word {
    /// A word that the codebook does not have: no list has it.
    pub(crate) const OTHER: Self = Self(0);

    /// Its place in what is kept for each word.
    #[inline]
    pub(super) fn place(self) -> usize {
        self.0 as usize
    }
}

/// All words of the codebook.
#[derive(Debug, Clone)]
pub(crate) struct Lexis {
    words: WordMap<Word>,
    texts: Vec<Text>,
}

#[derive(Debug, Clone, Default)]
struct Text {
    text: Box<str>,
    /// Whether it has parts: `war_game`.
    parted: bool,
}

impl Default for Lexis {
    fn default() -> Self {
        Self { words: WordMap::default(), texts: vec![Text::default()] }
    }
}

impl Lexis {
    /// The word that is written so.
    pub(crate) fn word(&self, text: &str) -> Word {
        self.words.get(text).copied().unwrap_or(Word::OTHER)
    }

    /// The same; it is a word of the codebook from now on.
    pub(super) fn add(&mut self, text: &str) -> Word {
        if let Some(&known) = self.words.get(text) {
            return known;
        }
        let word = u32::try_from(self.texts.len()).map_or(Word::OTHER, Word);
        self.words.insert(text.to_owned(), word);
        self.texts.push(Text { text: text.into(), parted: text.contains('_') });
        word
    }

    /// How a word is written.
    pub(crate) fn text(&self, word: Word) -> &str {
        &self.texts[word.place()].text
    }

    /// The two parts of a word, where it has parts.
    pub(super) fn parts(
        &mut self,
        word: Word,
        part: fn(&str) -> Option<(&str, &str)>,
    ) -> Option<(Word, Word)> {
        let text = self.texts.get(word.place()).filter(|text| text.parted)?.text.clone();
        part(&text).map(|(first, last)| (self.add(first), self.add(last)))
    }

    /// How many there are, with the one that stands for all others.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}

/// A set of words, one bit each.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordSet(Vec<u64>);

impl WordSet {
    #[inline]
    pub(crate) fn has(&self, word: Word) -> bool {
        self.0.get(word.place() / 64).is_some_and(|bits| bits >> (word.place() % 64) & 1 == 1)
    }
}

impl FromIterator<Word> for WordSet {
    fn from_iter<T: IntoIterator<Item = Word>>(words: T) -> Self {
        let mut bits = Vec::new();
        for place in words.into_iter().map(Word::place) {
            bits.resize(bits.len().max(place / 64 + 1), 0);
            bits[place / 64] |= 1 << (place % 64);
        }
        Self(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_number_and_a_word_of_two_parts_has_two_more() {
        let mut words = Lexis::default();
        let (game, war_game) = (words.add("game"), words.add("war_game"));
        assert_eq!((words.add("game"), words.word("game"), words.text(game)), (game, game, "game"));
        let parts = words.parts(war_game, |text| text.split_once('_'));
        assert_eq!(parts, Some((words.word("war"), game)));
        assert_eq!(words.parts(game, |text| text.split_once('_')), None);
        assert_eq!(words.word("peace"), Word::OTHER);
        // Two of one hash.
        let mechanism = words.add("mechanism");
        assert_eq!((words.word("mechanics"), words.word("mechanism")), (Word::OTHER, mechanism));
    }
}
