//! A set of names in which the longest one that starts a run of words is found.

use std::cell::OnceCell;

use fst::raw::{Builder, Fst, Output};

use super::key::Spelling;
use super::rows::{number, u32_of};
use super::starts::{Opening, Start, Starts, may_begin};

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

    /// The names as bytes: how they begin, the length of the automaton, the automaton, the lists of targets.
    ///
    /// A name leads to twice its target; one of several targets to one more than twice the place of their list, which opens with
    /// its length.
    pub(crate) fn compile(mut self) -> Vec<u8> {
        self.names.sort_by(|a, b| a.0.cmp(&b.0));
        let (mut automaton, mut lists) = (Builder::memory(), Vec::new());
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
            automaton.insert(&same[0].0, value).expect("names are sorted, and none comes twice");
        }
        let automaton = automaton.into_inner().expect("memory takes every byte");
        let mut bytes = Starts::compile(self.names.iter().map(|name| name.0.as_str()));
        bytes.extend((automaton.len() as u64).to_le_bytes());
        bytes.extend(automaton);
        bytes.extend(lists);
        bytes
    }
}

/// A run of words, at the first of which a name is looked for.
pub(crate) struct Run<'w> {
    words: &'w [&'w str],
    spelling: Spelling,
    opening: OnceCell<Opening>,
}

impl<'w> Run<'w> {
    pub(crate) fn new(words: &'w [&'w str], spelling: Spelling) -> Self {
        Self { words, spelling, opening: OnceCell::new() }
    }

    /// Whether a name of a lexicon may begin so: nearly always the first two letters tell that none does.
    fn may_open(&self, names: Starts) -> bool {
        let opening = || self.opening.get_or_init(|| Opening::of(self.words, self.spelling));
        let long = || self.words.first().and_then(|word| Start::of_long(word, self.spelling));
        may_begin(names, self.words, self.spelling)
            && long().map_or_else(|| opening().may_be_of(names), |start| names.has(start))
    }
}

/// Compiled names.
pub(crate) struct Lexicon<'a> {
    starts: Starts<'a>,
    automaton: &'a [u8],
    lists: &'a [u8],
}

impl<'a> Lexicon<'a> {
    /// The names in these bytes; none where the bytes are no lexicon.
    pub(crate) fn of(bytes: &'a [u8]) -> Option<Self> {
        let (starts, rest) = Starts::split_from(bytes)?;
        let (length, rest) = rest.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (automaton, lists) = rest.split_at_checked(length)?;
        Some(Self { starts, automaton, lists })
    }

    /// The automaton, where the bytes are one.
    pub(crate) fn automaton(&self) -> Option<Fst<&'a [u8]>> {
        Fst::new(self.automaton).ok()
    }

    /// Whether a key of which these are the first letters, or all, may name anything.
    pub(crate) fn may_have(&self, letters: impl Iterator<Item = u8>) -> bool {
        self.starts.has(Start::of(letters))
    }

    /// Whether a whole key names anything.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.may_have(key.bytes()) && self.automaton().is_some_and(|automaton| automaton.contains_key(key))
    }

    /// What a whole key names, in the order in which it was added.
    pub(crate) fn get(&self, key: &str) -> Targets<'a> {
        let known = self.starts.has(Start::of(key.bytes()));
        let value = self.automaton().filter(|_| known).and_then(|automaton| automaton.get(key));
        value.map_or_else(Targets::default, |value| self.targets(value))
    }

    /// How many of the words make the longest name that starts at the first of them, and what it names.
    ///
    /// Words that add nothing to the key, such as commas and apostrophes, count only inside a name.
    pub(crate) fn longest(&self, run: &Run) -> Option<(usize, Targets<'a>)> {
        if !run.may_open(self.starts) {
            return None;
        }
        let automaton = self.automaton()?;
        let (mut node, mut value, mut best) = (automaton.root(), Output::zero(), None);
        for (i, word) in run.words.iter().enumerate() {
            let mut silent = true;
            for byte in run.spelling.letters(&run.spelling.plain(word)) {
                let Some(at) = node.find_input(byte) else { return best };
                let step = node.transition(at);
                value = value.cat(step.out);
                node = automaton.node(step.addr);
                silent = false;
            }
            if silent {
                if i == 0 || !may_part_a_name(word) {
                    break;
                }
                continue;
            }
            if node.is_final() {
                best = Some((i + 1, self.targets(value.cat(node.final_output()))));
            }
        }
        best
    }

    fn targets(&self, value: Output) -> Targets<'a> {
        let number_of = |value: u64| usize::try_from(value / 2).ok();
        if value.value().is_multiple_of(2) {
            return Targets { next: number_of(value.value()), rest: &[] };
        }
        let list = number_of(value.value()).and_then(|place| self.lists.get(place..)).unwrap_or_default();
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
