//! The words that a place of a pattern lists.

use crate::words::{WordList, WordMap};

/// Words of a place: single ones, and such of two parts (`war_game`, `give_up`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Listed {
    single: WordList,
    /// The other parts of words of two, by the one that stands in the place: the last of a noun, the verb before its particle.
    parted: WordMap<Vec<String>>,
}

impl Listed {
    /// Nouns, their other half before them.
    pub(super) fn nouns(words: Vec<String>) -> Self {
        Self::of(words, |word| word.rsplit_once('_').map(|(first, last)| (last, first)))
    }

    /// Verbs, their particle behind them.
    pub(super) fn verbs(words: Vec<String>) -> Self {
        Self::of(words, |word| word.split_once('_'))
    }

    fn of(words: Vec<String>, part: fn(&str) -> Option<(&str, &str)>) -> Self {
        let mut out = Self::default();
        for word in words {
            match part(&word) {
                Some((here, other)) => {
                    out.parted.entry(here.to_owned()).or_default().push(other.to_owned());
                }
                None => {
                    out.single.insert(word);
                }
            }
        }
        out
    }

    /// Whether nothing is listed: then any word will do.
    pub(crate) fn is_empty(&self) -> bool {
        self.single.is_empty() && self.parted.is_empty()
    }

    /// Whether a word is listed by itself.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.single.contains(word)
    }

    /// With which other parts a word is listed.
    pub(crate) fn beside(&self, word: &str) -> &[String] {
        self.parted.get(word).map_or(&[], Vec::as_slice)
    }

    /// The words in order, each with its other part if it has one.
    pub(crate) fn words(&self) -> Vec<(&str, Option<&str>)> {
        let single = self.single.iter().map(|word| (word.as_str(), None));
        let others = self.parted.iter().flat_map(|(word, others)| others.iter().map(move |o| (word, o)));
        let mut out: Vec<_> =
            single.chain(others.map(|(word, o)| (word.as_str(), Some(o.as_str())))).collect();
        out.sort_unstable();
        out
    }

    /// Whether it lists all words of another.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let listed = |(word, half): &(&str, Option<&str>)| match half {
            Some(half) => self.beside(word).iter().any(|h| h == half),
            None => self.has(word),
        };
        other.words().iter().all(listed)
    }

    /// A list for each word.
    pub(super) fn each(&self) -> Vec<Self> {
        let one = |(word, half): (&str, Option<&str>)| match half {
            Some(half) => Self {
                parted: [(word.to_owned(), vec![half.to_owned()])].into_iter().collect(),
                ..Self::default()
            },
            None => Self { single: std::iter::once(word.to_owned()).collect(), ..Self::default() },
        };
        self.words().into_iter().map(one).collect()
    }
}
