//! The words of a text, for formulae: cut into clauses, without names of persons, titles, times and numbers.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::plain::{Plain, is_blankless, is_word, word_length};

/// Hashing of what nobody chooses to our harm: numbers of words, and hashes of formulae.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = mix(self.0, number);
    }
}

/// The hash of a sequence, and one thing after it.
pub(super) fn mix(hash: u64, next: u64) -> u64 {
    let mixed = (hash.rotate_left(23) ^ next).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 32)
}

pub(super) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// A word as it stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// Its number in the vocabulary, from 1.
    pub(super) word: u32,
    pub(super) capital: bool,
    /// Something other than one blank comes before it.
    pub(super) begins: bool,
    /// First of a sentence or of a quotation: its capital tells nothing.
    pub(super) initial: bool,
}

/// Every form seen, numbered from 1 in the order of first sight.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<String, u32>,
    twins: QuickMap<u32, u32>,
    pub(super) forms: Vec<String>,
}

impl Vocabulary {
    pub(super) fn number(&mut self, form: &str) -> u32 {
        if let Some(&number) = self.numbers.get(form) {
            return number;
        }
        self.forms.push(form.to_owned());
        let number = u32::try_from(self.forms.len()).expect("fewer than 2^32 words");
        self.numbers.insert(form.to_owned(), number);
        number
    }

    /// The same form where it is a part of a name of several words ("Small Harbours Office").
    pub(super) fn twin(&mut self, number: u32) -> u32 {
        if let Some(&twin) = self.twins.get(&number) {
            return twin;
        }
        self.forms.push(self.forms[number as usize - 1].clone());
        let twin = u32::try_from(self.forms.len()).expect("fewer than 2^32 words");
        self.twins.insert(number, twin);
        twin
    }

    /// The words of a short text, such as a name.
    pub(super) fn numbers(&mut self, text: &str) -> Vec<u32> {
        tokens(text, self).iter().map(|token| token.word).collect()
    }
}

/// The words of a stretch of text. Those with a digit in front, and those of scripts without blanks, only part others.
pub(super) fn tokens(text: &str, vocabulary: &mut Vocabulary) -> Vec<Token> {
    let plain = Plain::of(text);
    let folded = plain.as_str();
    let mut tokens = Vec::new();
    let (mut end, mut broken) = (0, true);
    let mut initial = true;
    while let Some(word) = next_word(folded, end) {
        let between = &folded[end..word.start];
        broken |= between != " ";
        initial |= between.contains(['.', '!', '?', ':', '"', ';']) || end == 0;
        let form = &folded[word.clone()];
        let odd = form.starts_with(|c: char| c.is_ascii_digit())
            || form.contains(is_blankless_but_hangul)
            || is_link(folded, &word);
        end = word.end;
        if odd {
            broken = true;
            initial = false;
            continue;
        }
        let capital = plain.span(word.start, word.end).slice(text).starts_with(char::is_uppercase);
        tokens.push(Token { word: vocabulary.number(form), capital, begins: broken, initial });
        (broken, initial) = (false, false);
    }
    tokens
}

fn is_blankless_but_hangul(c: char) -> bool {
    is_blankless(c)
        && !matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}')
}

/// A part of an address: "www.fjord.example/treaty", "desk@fjord.example".
fn is_link(text: &str, word: &Range<usize>) -> bool {
    let start = text[..word.start].rfind(' ').map_or(0, |blank| blank + 1);
    let end = text[word.end..].find(' ').map_or(text.len(), |blank| word.end + blank);
    let between = &text.as_bytes()[start..end];
    let joined = |byte: &u8| matches!(byte, b'/' | b'@' | b'_' | b'#' | b'=');
    between.starts_with(b"www.") || between.iter().any(joined)
}

/// The next word from here on.
fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text[from..].find(is_word)?;
    Some(start..start + word_length(&text[start..]))
}

/// Which words may not stand in a formula.
#[derive(Debug, Default)]
pub(super) struct Masks {
    /// Sequences by their first word; whether they count with a capital only.
    sequences: QuickMap<u32, Vec<(Vec<u32>, bool)>>,
    /// Parts of persons' names.
    names: HashSet<u32>,
}

impl Masks {
    pub(super) fn sequence(&mut self, words: Vec<u32>, capital: bool) {
        if let Some(&first) = words.first() {
            self.sequences.entry(first).or_default().push((words, capital));
        }
    }

    pub(super) fn name(&mut self, words: Vec<u32>) {
        self.names.extend(words);
    }

    /// For each word, whether it is masked: it belongs to a sequence, or it is the name of a person, or with a capital
    /// beside such ("Norwegian Foreign Minister Zoë Dahl").
    pub(super) fn masked(&self, tokens: &[Token]) -> Vec<bool> {
        let mut masked = vec![false; tokens.len()];
        let mut titled = vec![false; tokens.len()];
        for (at, token) in tokens.iter().enumerate() {
            if token.capital && self.names.contains(&token.word) {
                titled[at] = true;
            }
            for (words, capital) in self.sequences.get(&token.word).into_iter().flatten() {
                let here = tokens.len() >= at + words.len()
                    && words.iter().zip(&tokens[at..]).all(|(word, token)| *word == token.word)
                    && tokens[at + 1..at + words.len()].iter().all(|token| !token.begins);
                if here && (token.capital || !capital) {
                    let marks = if *capital { &mut titled } else { &mut masked };
                    marks[at..at + words.len()].fill(true);
                }
            }
        }
        let mut at = 0;
        while at < tokens.len() {
            let run = 1 + tokens[at + 1..]
                .iter()
                .zip(&titled[at + 1..])
                .take_while(|(t, named)| !t.begins && (t.capital || **named))
                .count();
            let run = if tokens[at].capital || titled[at] { run } else { 1 };
            if titled[at..at + run].contains(&true) {
                masked[at..at + run].fill(true);
            }
            at += run;
        }
        masked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a text, `|` where a clause begins, `_` for each masked.
    fn shown(text: &str, masks: &[(&str, bool)], names: &[&str]) -> String {
        let mut vocabulary = Vocabulary::default();
        let mut all = Masks::default();
        for (words, capital) in masks {
            all.sequence(vocabulary.numbers(words), *capital);
        }
        for name in names {
            all.name(vocabulary.numbers(name));
        }
        let tokens = tokens(text, &mut vocabulary);
        let masked = all.masked(&tokens);
        let word = |(token, masked): (&Token, &bool)| {
            let form = if *masked { "_" } else { &vocabulary.forms[token.word as usize - 1] };
            format!("{}{form}", if token.begins { "| " } else { "" })
        };
        tokens.iter().zip(&masked).map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn clauses_end_at_punctuation_numbers_and_links() {
        let text =
            "The U.S. rules-based\norder, and 3 Norway’s ports; see www.fjord.example/treaty now. 港口 open";
        assert_eq!(
            shown(text, &[], &[]),
            "| the u.s. rules-based order | and | norway's ports | see | now | open"
        );
    }

    #[test]
    fn titles_and_names_are_masked_with_the_capitals_around_them() {
        let text = "Norwegian Foreign Minister Zoë Dahl reaffirmed steady support. A foreign minister, the harbour of Dahl.";
        let shown = shown(text, &[("foreign minister", true)], &["Zoë Dahl"]);
        assert_eq!(shown, "| _ _ _ _ _ reaffirmed steady support | a foreign minister | the harbour of _");
    }
}
