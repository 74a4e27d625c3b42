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
}
