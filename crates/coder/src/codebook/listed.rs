//! The words that a place of a pattern lists.

use super::lexis::{Lexis, Word};

/// Words of a place: single ones, and such of two parts (`war_game`, `give_up`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Listed {
    /// Sorted.
    single: Vec<Word>,
    /// Words of two parts, sorted: the one that stands in the place (the last of a noun, the verb before its particle), and the other.
    parted: Vec<(Word, Word)>,
}

impl Listed {
    /// Nouns, their other half before them.
    pub(super) fn nouns(words: &[Word], lexis: &mut Lexis) -> Self {
        Self::of(words, |word| {
            lexis.parts(word, |text| text.rsplit_once('_')).map(|(first, last)| (last, first))
        })
    }

    /// Verbs, their particle behind them.
    pub(super) fn verbs(words: &[Word], lexis: &mut Lexis) -> Self {
        Self::of(words, |word| lexis.parts(word, |text| text.split_once('_')))
    }

    fn of(words: &[Word], mut part: impl FnMut(Word) -> Option<(Word, Word)>) -> Self {
        let mut out = Self { single: Vec::with_capacity(words.len()), parted: Vec::new() };
        for &word in words {
            match part(word) {
                Some(parts) => out.parted.push(parts),
                None => out.single.push(word),
            }
        }
        out.single.sort_unstable();
        out.single.dedup();
        out.parted.sort_unstable();
        out
    }

    /// Whether nothing is listed: then any word will do.
    pub(crate) fn is_empty(&self) -> bool {
        self.single.is_empty() && self.parted.is_empty()
    }

    /// Whether a word is listed by itself.
    #[inline]
    pub(crate) fn has(&self, word: Word) -> bool {
        self.single.binary_search(&word).is_ok()
    }

    /// With which other parts a word is listed.
    pub(crate) fn beside(&self, word: Word) -> impl Iterator<Item = Word> {
        let from = self.parted.partition_point(|parts| parts.0 < word);
        self.parted[from..].iter().take_while(move |parts| parts.0 == word).map(|parts| parts.1)
    }

    /// The words that may stand in the place, by themselves or with another part.
    pub(super) fn firsts(&self) -> impl Iterator<Item = Word> {
        self.all().map(|(word, _)| word)
    }

    /// The words in order, each with its other part if it has one.
    pub(crate) fn words<'l>(&self, lexis: &'l Lexis) -> Vec<(&'l str, Option<&'l str>)> {
        let text = |word: Word| lexis.text(word);
        let mut out: Vec<_> = self.all().map(|(word, other)| (text(word), other.map(text))).collect();
        out.sort_unstable();
        out
    }

    fn all(&self) -> impl Iterator<Item = (Word, Option<Word>)> {
        let parted = self.parted.iter().map(|(word, other)| (*word, Some(*other)));
        self.single.iter().map(|word| (*word, None)).chain(parted)
    }

    /// Whether it lists all words of another.
    pub(super) fn covers(&self, other: &Self) -> bool {
        other.all().all(|(word, half)| match half {
            Some(half) => self.beside(word).any(|h| h == half),
            None => self.has(word),
        })
    }

    /// A list for each word.
    pub(super) fn each(&self) -> Vec<Self> {
        let one = |(word, half): (Word, Option<Word>)| match half {
            Some(half) => Self { parted: vec![(word, half)], ..Self::default() },
            None => Self { single: vec![word], ..Self::default() },
        };
        self.all().map(one).collect()
    }
}
