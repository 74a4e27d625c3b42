//! Sentences seen before are not computed again: readouts repeat themselves.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem;
use std::sync::{Mutex, PoisonError};

use crate::Stretch;
use crate::decode::Parse;

/// Stretches in a generation; about 25 MB.
const GENERATION: usize = 1 << 16;

/// What the network made of the stretches met last.
///
/// Holds two generations. What is asked for again moves to the young one; when that is full, it becomes the old one and the old one is
/// forgotten. So memory is bounded, and whatever is met often stays.
pub(crate) struct Cache {
    /// None if nothing is kept.
    kept: Option<Mutex<Generations>>,
}

/// 128 bits of the words: two texts with the same would have to be looked for.
pub(crate) type Key = (u64, u64);

#[derive(Default)]
struct Generations {
    young: HashMap<Key, Vec<Parse>>,
    old: HashMap<Key, Vec<Parse>>,
}

impl Default for Cache {
    fn default() -> Self {
        Self { kept: Some(Mutex::default()) }
    }
}

impl Cache {
    /// A cache that keeps nothing.
    pub(crate) fn none() -> Self {
        Self { kept: None }
    }

    /// The keys under which stretches are kept; none if nothing is.
    pub(crate) fn keys(&self, stretches: &[Stretch]) -> Vec<Key> {
        if self.kept.is_some() { stretches.iter().map(key).collect() } else { Vec::new() }
    }

    /// What is known under each key.
    pub(crate) fn find(&self, keys: &[Key]) -> Vec<Option<Vec<Parse>>> {
        let Some(kept) = &self.kept else { return Vec::new() };
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        keys.iter().map(|key| kept.find(key)).collect()
    }

    /// Keep what was made of new stretches.
    pub(crate) fn keep<'a>(&self, new: impl Iterator<Item = (Key, &'a [Parse])>) {
        let Some(kept) = &self.kept else { return };
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        new.for_each(|(key, parses)| kept.put(key, parses));
    }
}

impl Generations {
    fn find(&mut self, key: &Key) -> Option<Vec<Parse>> {
        if let Some(found) = self.young.get(key) {
            return Some(found.clone());
        }
        let found = self.old.remove(key)?;
        self.put(*key, &found);
        Some(found)
    }

    fn put(&mut self, key: Key, parses: &[Parse]) {
        if self.young.len() >= GENERATION {
            self.old = mem::take(&mut self.young);
        }
        self.young.entry(key).or_insert_with(|| parses.to_vec());
    }
}

fn key(stretch: &Stretch) -> Key {
    let half = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        seed.hash(&mut hasher);
        stretch.hash(&mut hasher);
        hasher.finish()
    };
    (half(0), half(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Word;

    fn parses(head: u16) -> Vec<Parse> {
        vec![Parse { words: vec![Word { head, ..Word::default() }], ..Parse::default() }]
    }

    fn stretch<'a>(words: &'a [&'a str]) -> Stretch<'a> {
        Stretch { words, starts: Some(&[]) }
    }

    #[test]
    fn a_stretch_is_known_by_its_words_and_not_by_their_letters() {
        let cache = Cache::default();
        let known = parses(1);
        cache.keep(cache.keys(&[stretch(&["ab", "c"])]).into_iter().map(|key| (key, &known[..])));
        let asked =
            [stretch(&["ab", "c"]), stretch(&["a", "bc"]), Stretch { words: &["ab", "c"], starts: None }];
        assert_eq!(cache.find(&cache.keys(&asked)), [Some(parses(1)), None, None]);
    }

    #[test]
    fn what_is_asked_for_stays_and_the_rest_is_forgotten_in_time() {
        let mut kept = Generations::default();
        for number in 0..3 * GENERATION as u64 {
            kept.put((number, 0), &parses(0));
            assert!(kept.find(&(0, 0)).is_some());
            assert!(kept.young.len() <= GENERATION && kept.old.len() <= GENERATION);
        }
        assert!(kept.find(&(1, 0)).is_none());
    }

    #[test]
    fn a_cache_of_nothing_keeps_nothing() {
        let cache = Cache::none();
        let known = parses(1);
        cache.keep([((0, 0), &known[..])].into_iter());
        assert!(cache.keys(&[stretch(&["a"])]).is_empty() && cache.find(&[(0, 0)]).is_empty());
    }
}
