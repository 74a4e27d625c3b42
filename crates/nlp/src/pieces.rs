//! Word pieces: how the network spells words. The same as `training/data.py`.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Pieces that stand for one word at most.
const LONGEST: usize = 16;

/// The word pieces that the network knows.
pub(crate) struct Vocabulary {
    ids: HashMap<Box<str>, u32>,
    pub(crate) start: u32,
    pub(crate) end: u32,
    unknown: u32,
}

impl Vocabulary {
    /// The vocabulary whose nth piece has id n; none if a special piece is missing.
    pub(crate) fn new(pieces: &[String]) -> Option<Self> {
        let ids: HashMap<Box<str>, u32> = pieces.iter().map(|p| p.as_str().into()).zip(0..).collect();
        let (start, end, unknown) = (*ids.get("[CLS]")?, *ids.get("[SEP]")?, *ids.get("[UNK]")?);
        Some(Self { ids, start, end, unknown })
    }

    /// The ids that spell a word: at least one, at most 16.
    pub(crate) fn pieces(&self, word: &str) -> Vec<u32> {
        let mut out = Vec::new();
        for part in normalise(word) {
            let before = out.len();
            if self.spell(&part, &mut out).is_none() {
                out.truncate(before);
                out.push(self.unknown);
            }
            if out.len() >= LONGEST {
                break;
            }
        }
        out.truncate(LONGEST);
        if out.is_empty() {
            out.push(self.unknown);
        }
        out
    }

    /// The longest pieces from left to right; none if they do not reach the end.
    fn spell(&self, part: &str, out: &mut Vec<u32>) -> Option<()> {
        let mut rest = part;
        let mut key = String::new();
        while !rest.is_empty() {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(24).collect::<Vec<_>>();
            let (end, id) = ends.into_iter().rev().find_map(|end| {
                key.clear();
                if rest.len() < part.len() {
                    key.push_str("##");
                }
                key.push_str(&rest[..end]);
                self.ids.get(key.as_str()).map(|id| (end, *id))
            })?;
            out.push(id);
            rest = &rest[end..];
        }
        Some(())
    }
}

/// Lower case, accents off, parted at punctuation. Soft hyphens and zero-width characters are dropped.
pub(crate) fn normalise(word: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut current = String::new();
    for c in word.to_lowercase().nfd().filter(|c| !is_combining_mark(*c) && !is_invisible(*c)) {
        let c = match c {
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            '–' | '—' => '-',
            other => other,
        };
        if c.is_alphanumeric() {
            current.push(c);
        } else {
            if !current.is_empty() {
                parts.push(std::mem::take(&mut current));
            }
            if !c.is_whitespace() {
                parts.push(c.to_string());
            }
        }
    }
    if !current.is_empty() {
        parts.push(current);
    }
    parts
}

/// Whether a character has no shape of its own: soft hyphen, zero-width spaces and joiners, marks of direction.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Shapes that words may have.
pub(crate) const SHAPES: usize = 9;

/// The number of the word's shape, below [`SHAPES`]: what the vocabulary, being in lower case, does not tell.
pub(crate) fn shape(word: &str) -> usize {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let Some(&first) = letters.first() else {
        return if word.chars().any(char::is_numeric) { 6 } else { 7 };
    };
    let lower = |c: &char| c.is_lowercase();
    let upper = |c: &char| c.is_uppercase();
    if word.contains('.') && letters.len() > 1 && first.is_uppercase() {
        8
    } else if letters.iter().all(lower) {
        1
    } else if letters.len() == 1 && first.is_uppercase() {
        5
    } else if letters.iter().all(upper) {
        3
    } else if first.is_uppercase() && letters[1..].iter().all(lower) {
        2
    } else if letters.iter().any(upper) {
        4
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(pieces: &[&str]) -> Vocabulary {
        let specials = ["[CLS]", "[SEP]", "[UNK]"];
        let all: Vec<String> = specials.iter().chain(pieces).map(|p| (*p).to_owned()).collect();
        Vocabulary::new(&all).expect("it has the special pieces")
    }

    #[test]
    fn the_longest_known_piece_is_taken_first() {
        assert_eq!(vocabulary(&["min", "minister", "##ial", "##i"]).pieces("Ministerial"), [4, 5]);
    }

    #[test]
    fn accents_case_and_curly_quotes_do_not_matter() {
        let v = vocabulary(&["erdogan", "'", "s"]);
        assert_eq!(v.pieces("Erdoğan"), v.pieces("erdo\u{ad}gan"));
        assert_eq!(v.pieces("’s"), [4, 5]);
    }

    #[test]
    fn a_part_that_cannot_be_spelt_is_unknown_as_a_whole() {
        assert_eq!(vocabulary(&["a", "-"]).pieces("ab-a"), [2, 4, 3]);
        assert_eq!(vocabulary(&[]).pieces(""), [2]);
    }

    #[test]
    fn shapes_tell_case_and_figures() {
        let words = ["said", "Minister", "NATO", "iPhone", "A", "2019", ",", "U.S.", "Jr.", "李强"];
        assert_eq!(words.map(shape), [1, 2, 3, 4, 5, 6, 7, 8, 8, 0]);
    }
}
