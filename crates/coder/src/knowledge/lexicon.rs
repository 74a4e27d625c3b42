//! A set of names in which the longest one that starts a run of words is found.

use fst::raw::{Builder, Fst};

use super::hashed::{Hashed, Letters};
use super::rows::{number, u32_of};

/// Names that are yet to be compiled, each with the number of what it names.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    names: Vec<(String, u32)>,
}

impl Draft {
    /// Add a name; what is added first comes first among those of one name.
    pub(crate) fn add(&mut self, key: String, target: u32) {
        if !key.is_empty() {
            self.names.push((key, target));
        }
    }

    /// The names as bytes, among which whole ones are asked for: their hashes, the length of the automaton, the automaton, the lists of
    /// targets.
    pub(crate) fn compile(self) -> Vec<u8> {
        let (names, lists) = self.numbered();
        let mut automaton = Builder::memory();
        for (name, value) in &names {
            automaton.insert(name, *value).expect("names are sorted, and none comes twice");
        }
        bytes_of(Hashed::compile_keys(names.iter().map(|name| name.0.as_str())), automaton, lists)
    }

    /// The same with slots and no automaton, among which the longest that starts a run of words is asked for.
    pub(crate) fn compile_hashed(self) -> Vec<u8> {
        let (names, lists) = self.numbered();
        let hashed = Hashed::compile(names.iter().map(|(name, value)| (name.as_str(), *value)));
        bytes_of(hashed, Builder::memory(), lists)
    }

    /// Each name once, in order, with the number that it leads to; and the lists of targets.
    ///
    /// A name leads to twice its target; one of several targets to one more than twice the place of their list, which opens with
    /// its length.
    fn numbered(mut self) -> (Vec<(String, u64)>, Vec<u8>) {
        self.names.sort_by(|a, b| a.0.cmp(&b.0));
        let (mut names, mut lists) = (Vec::new(), Vec::new());
        for same in self.names.chunk_by(|a, b| a.0 == b.0) {
            let mut targets: Vec<u32> = Vec::new();
            for (_, target) in same {
                if !targets.contains(target) {
                    targets.push(*target);
                }
            }
            let value = match targets[..] {
                [only] => u64::from(only) * 2,
                _ => {
                    let place = lists.len() as u64;
                    lists.extend(u32_of(targets.len()).to_le_bytes());
                    lists.extend(targets.iter().flat_map(|target| target.to_le_bytes()));
                    place * 2 + 1
                }
            };
            names.push((same[0].0.clone(), value));
        }
        (names, lists)
    }
}

fn bytes_of(hashed: Vec<u8>, automaton: Builder<Vec<u8>>, lists: Vec<u8>) -> Vec<u8> {
    let automaton = automaton.into_inner().expect("memory takes every byte");
    [hashed, (automaton.len() as u64).to_le_bytes().to_vec(), automaton, lists].concat()
}

/// Compiled names.
pub(crate) struct Lexicon<'a> {
    hashed: Hashed<'a>,
    automaton: &'a [u8],
    lists: &'a [u8],
}

impl<'a> Lexicon<'a> {
    /// The names in these bytes; none where the bytes are no lexicon.
    pub(crate) fn of(bytes: &'a [u8]) -> Option<Self> {
        let (hashed, rest) = Hashed::split_from(bytes)?;
        let (length, rest) = rest.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (automaton, lists) = rest.split_at_checked(length)?;
        Some(Self { hashed, automaton, lists })
    }

    /// The automaton, where the bytes are one.
    pub(crate) fn automaton(&self) -> Option<Fst<&'a [u8]>> {
        Fst::new(self.automaton).ok()
    }

    /// Whether a name may begin with these letters, or be them; among names of which whole ones are asked for, whether one may be them.
    pub(crate) fn may_begin(&self, letters: Letters) -> bool {
        self.hashed.may_begin(letters)
    }

    /// Whether a whole key names anything.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.value(key).is_some()
    }

    /// What a whole key names, in the order in which it was added.
    pub(crate) fn get(&self, key: &str) -> Targets<'a> {
        self.value(key).map_or_else(Targets::default, |value| self.targets(value))
    }

    fn value(&self, key: &str) -> Option<u64> {
        let automaton = self.hashed.may_have(key).then(|| self.automaton()).flatten()?;
        automaton.get(key).map(|value| value.value())
    }

    /// How many of the words make the longest name that starts at the first of them, and what it names, by the letters of each.
    ///
    /// Words that add nothing to the key, such as commas and apostrophes, count only inside a name.
    pub(crate) fn longest(
        &self,
        words: &[&str],
        each: impl Iterator<Item = Letters>,
    ) -> Option<(usize, Targets<'a>)> {
        let (mut letters, mut best) = (Letters::NONE, None);
        for (i, more) in each.enumerate() {
            if more == Letters::NONE {
                if i == 0 || !may_part_a_name(words[i]) {
                    break;
                }
                continue;
            }
            letters = letters.and(more);
            if !self.hashed.may_begin(letters) {
                break;
            }
            if let Some(value) = self.hashed.get(letters) {
                best = Some((i + 1, value));
            }
        }
        best.map(|(length, value)| (length, self.targets(value)))
    }

    fn targets(&self, value: u64) -> Targets<'a> {
        let number_of = |value: u64| usize::try_from(value / 2).ok();
        if value.is_multiple_of(2) {
            return Targets { next: number_of(value), rest: &[] };
        }
        let list = number_of(value).and_then(|place| self.lists.get(place..)).unwrap_or_default();
        let count = number(list, 0).unwrap_or(0);
        let rest = list.get(8..4 + 4 * count).unwrap_or_default();
        Targets { next: number(list, 1), rest }
    }
}

/// What one name stands for, best first.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Targets<'a> {
    next: Option<usize>,
    rest: &'a [u8],
}

impl Iterator for Targets<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let next = self.next.take();
        self.next = number(self.rest, 0);
        self.rest = self.rest.get(4..).unwrap_or_default();
        next
    }
}

/// Whether punctuation may stand inside a name: "Guinea-Bissau", "Workers' Party", "Communist Party of China (CPC)".
fn may_part_a_name(word: &str) -> bool {
    !word.contains(['.', ';', ':', '"', '“', '”', '!', '?', '/', '—', '–'])
}
