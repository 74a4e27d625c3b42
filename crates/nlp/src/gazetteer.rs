//! Lists of known names, as one more thing that the network knows of each word. The same as `training/names.py`.

use std::collections::{HashMap, HashSet};

use crate::pieces::normalise;

/// The lists, in the order of their numbers.
pub(crate) const LISTS: [&str; 4] = ["place", "person", "surname", "organization"];
/// Numbers that a word may have: none, and for each list the first word of a name and another word of it.
pub(crate) const ROWS: usize = 1 + 2 * LISTS.len();

/// Names by their parts, as [`normalise`] parts words.
#[derive(Default)]
pub(crate) struct Gazetteer {
    forms: HashMap<Box<str>, usize>,
    /// What longer names begin with.
    beginnings: HashSet<Box<str>>,
}

impl Gazetteer {
    /// The gazetteer of these lists, one after another; each name is its parts joined by spaces. A name counts for the first list
    /// that has it.
    pub(crate) fn new<'a>(lists: impl Iterator<Item = &'a [String]>) -> Self {
        let mut gazetteer = Self::default();
        for (number, forms) in lists.enumerate() {
            for form in forms {
                gazetteer.forms.entry(form.as_str().into()).or_insert(number);
                gazetteer.beginnings.extend(form.match_indices(' ').map(|(at, _)| form[..at].into()));
            }
        }
        gazetteer
    }

    /// One number a word, below [`ROWS`]: from left to right the longest name that begins with a capital.
    pub(crate) fn rows(&self, words: &[&str]) -> Vec<usize> {
        let mut out = vec![0; words.len()];
        let mut first = 0;
        while first < words.len() {
            let (end, number) = self.longest(&words[first..]).unwrap_or((1, None));
            if let Some(number) = number {
                out[first..first + end].fill(2 + 2 * number);
                out[first] = 1 + 2 * number;
            }
            first += end;
        }
        out
    }

    /// The longest name that these words begin with: its words, and its list.
    fn longest(&self, words: &[&str]) -> Option<(usize, Option<usize>)> {
        words.first()?.chars().next().filter(|c| c.is_uppercase())?;
        let (mut best, mut key) = (None, String::new());
        for (at, word) in words.iter().enumerate() {
            for part in normalise(word) {
                if !key.is_empty() {
                    key.push(' ');
                }
                key.push_str(&part);
            }
            if let Some(number) = self.forms.get(key.as_str()) {
                best = Some((at + 1, Some(*number)));
            }
            if !self.beginnings.contains(key.as_str()) {
                break;
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gazetteer() -> Gazetteer {
        let lists = [&["zenda", "people ' s republic of sylvania", "people"][..], &["anna rassendyll"]];
        let lists = lists.map(|list| list.iter().map(|form| (*form).to_owned()).collect::<Vec<_>>());
        Gazetteer::new(lists.iter().map(Vec::as_slice))
    }

    #[test]
    fn the_longest_name_is_found_whatever_the_cutting_into_words() {
        let parted = ["the", "People", "’s", "Republic", "of", "Sylvania"];
        assert_eq!(gazetteer().rows(&parted), [0, 1, 2, 2, 2, 2]);
        assert_eq!(gazetteer().rows(&["People's", "Republic", "of", "Sylvania"]), [1, 2, 2, 2]);
        assert_eq!(gazetteer().rows(&["People", "’s", "Republic", "of", "Zenda"]), [1, 0, 0, 0, 1]);
    }

    #[test]
    fn a_name_begins_with_a_capital() {
        assert_eq!(gazetteer().rows(&["zenda", "Zenda", "ANNA", "Rassendyll", "Anna"]), [0, 1, 3, 4, 0]);
        assert_eq!(gazetteer().rows(&[]), [0; 0]);
    }
}
