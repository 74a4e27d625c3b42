//! A set of names in which the longest one that starts a run of words is found.

use std::collections::BTreeMap;
use std::ops::Bound;

/// Names by their key, each with the number of what it names.
///
/// Invariant: no key is empty.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lexicon {
    names: BTreeMap<String, usize>,
}

impl Lexicon {
    /// Add a name unless it is there already: what is added first wins.
    pub(crate) fn add(&mut self, key: String, target: usize) {
        if !key.is_empty() {
            self.names.entry(key).or_insert(target);
        }
    }

    /// What a whole key names.
    pub(crate) fn get(&self, key: &str) -> Option<usize> {
        self.names.get(key).copied()
    }

    /// How many of the words make the longest name that starts at the first of them, and what it names.
    ///
    /// Words that add nothing to the key, such as commas and apostrophes, count only inside a name.
    pub(crate) fn longest(&self, words: &[&str], key_of: fn(&str) -> String) -> Option<(usize, usize)> {
        let (mut key, mut best) = (String::new(), None);
        for (i, word) in words.iter().enumerate() {
            let part = key_of(word);
            if part.is_empty() {
                if i == 0 || !may_part_a_name(word) {
                    break;
                }
                continue;
            }
            key += &part;
            match self.names.range::<str, _>((Bound::Included(key.as_str()), Bound::Unbounded)).next() {
                Some((name, &target)) if name.starts_with(&key) => {
                    if name.len() == key.len() {
                        best = Some((i + 1, target));
                    }
                }
                _ => break,
            }
        }
        best
    }
}

/// Whether punctuation may stand inside a name: "Guinea-Bissau", "Workers' Party", "Communist Party of China (CPC)".
fn may_part_a_name(word: &str) -> bool {
    !word.contains(['.', ';', ':', '"', '“', '”', '!', '?', '/', '—', '–'])
}
