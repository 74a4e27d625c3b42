//! Which lists of words have one that stands around a word: most patterns name a word that is not there.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::lexis::Word;
use super::listed::Listed;
use super::pattern::{Filler, Pattern, Place};
use crate::words::WordHasher;

/// The number of a list; 0 where any word will do.
type Number = u16;

/// The lists that patterns name, numbered, by their words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists {
    /// For each word of the lexis.
    of: Vec<Vec<Number>>,
    count: usize,
}

/// Lists of which a word stands there.
#[derive(Debug, Clone)]
pub(crate) struct Named(Vec<u64>);

/// The lists while they are numbered; equal ones are one.
pub(super) struct Numbering<'p> {
    numbers: HashMap<&'p Listed, Number, BuildHasherDefault<WordHasher>>,
    lists: Lists,
}

impl<'p> Numbering<'p> {
    /// Of a lexis of so many words.
    pub(super) fn of(words: usize) -> Self {
        Self { numbers: HashMap::default(), lists: Lists { of: vec![Vec::new(); words], count: 1 } }
    }

    /// Lists of which a word must stand around the one that tells the event, two at most.
    pub(super) fn needed(&mut self, pattern: &'p Pattern) -> [Number; 2] {
        // What stands behind another verb belongs to that.
        let other_verb = |p: &Place| matches!(p.filler, Filler::Do(_) | Filler::Doing(_));
        let own = pattern.places.iter().position(other_verb).map_or(pattern.places.len(), |i| i + 1);
        let places = pattern.places[..own].iter().chain(&pattern.subject).filter(|p| !p.optional);
        let mut lists = places.filter_map(|place| match &place.filler {
            Filler::Words(listed) | Filler::RecipientAt(listed) => Some(listed),
            Filler::Do(listed) | Filler::Doing(listed) => Some(listed).filter(|listed| !listed.is_empty()),
            _ => None,
        });
        [lists.next(), lists.next()].map(|listed| listed.map_or(0, |listed| self.number(listed)))
    }

    fn number(&mut self, listed: &'p Listed) -> Number {
        let Self { numbers, lists } = self;
        *numbers.entry(listed).or_insert_with(|| {
            let number = Number::try_from(lists.count).unwrap_or(0);
            lists.count += 1;
            listed.firsts().for_each(|word| lists.of[word.place()].push(number));
            number
        })
    }

    pub(super) fn done(self) -> Lists {
        self.lists
    }
}

impl Lists {
    /// Those that have one of these words.
    pub(crate) fn named(&self, words: impl Iterator<Item = Word>) -> Named {
        let mut named = Named(vec![0; self.count.div_ceil(64)]);
        named.0[0] = 1;
        for number in words.flat_map(|word| &self.of[word.place()]) {
            named.0[usize::from(number / 64)] |= 1 << (number % 64);
        }
        named
    }
}

impl Named {
    /// Whether lists are among them.
    #[inline]
    pub(super) fn have(&self, numbers: [Number; 2]) -> bool {
        numbers.iter().all(|number| self.0[usize::from(number / 64)] >> (number % 64) & 1 == 1)
    }
}
