//! The plain form of a text, and the way back to its bytes.

use std::ops::Range;

use chancery_model::Span;

/// A text in plain form: any run of white space one blank, curly quotes straight, dashes one hyphen, case folded, nothing that has no width.
///
/// Every byte of the plain form knows the character of the text that it comes from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plain {
    /// The plain form.
    pub(crate) text: String,
    /// For each byte of `text` the first byte of its character in the original.
    starts: Vec<u32>,
    /// For each byte of `text` the byte behind its character in the original.
    ends: Vec<u32>,
}

impl Plain {
    /// The plain form of a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut plain = Self::default();
        for (at, c) in text.char_indices() {
            let (start, end) = (at, at + c.len_utf8());
            match c {
                '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => {}
                c if c.is_whitespace() => {
                    if !plain.text.is_empty() && !plain.text.ends_with(' ') {
                        plain.push(' ', start, end);
                    }
                }
                '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '\u{2bc}' | '`'
                | '\u{b4}' => {
                    plain.push('\'', start, end);
                }
                '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' => plain.push('"', start, end),
                '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
                    plain.push('-', start, end);
                }
                c => c.to_lowercase().for_each(|low| plain.push(low, start, end)),
            }
        }
        if plain.text.ends_with(' ') {
            plain.text.pop();
            plain.starts.pop();
            plain.ends.pop();
        }
        plain
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        self.text.push(c);
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.starts.resize(self.text.len(), number(start));
        self.ends.resize(self.text.len(), number(end));
    }

    /// The bytes of the original that a stretch of the plain form comes from; the stretch is not empty.
    pub(crate) fn span(&self, at: Range<usize>) -> Span {
        Span { start: self.starts[at.start], end: self.ends[at.end - 1] }
    }

    /// Where a phrase stands in the original: whole words only, a trailing `*` allows any ending.
    pub(crate) fn uses(&self, phrase: &str) -> Vec<Span> {
        let (wanted, open) = (Self::of(phrase.trim_end_matches('*')).text, phrase.ends_with('*'));
        if wanted.is_empty() {
            return Vec::new();
        }
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let inner = |edge: Option<char>, beyond: Option<char>| letter(edge) && letter(beyond);
        let hits = self.text.match_indices(&wanted).filter(|(at, hit)| {
            let (before, behind) = (&self.text[..*at], &self.text[at + hit.len()..]);
            !inner(wanted.chars().next(), before.chars().next_back())
                && (open || !inner(wanted.chars().next_back(), behind.chars().next()))
        });
        hits.map(|(at, hit)| self.span(at..at + hit.len())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_in_any_dress_and_gives_the_bytes_of_the_text() {
        let text = "Das „Über-\u{a0}Ich“\u{2019}s  Größe — 한국의 ‘Free\nand Open’ Indo–Pacific";
        let plain = Plain::of(text);
        let found: Vec<&str> =
            plain.uses("FREE and open' indo-pacific").into_iter().map(|s| s.slice(text)).collect();
        assert_eq!(found, ["Free\nand Open’ Indo–Pacific"]);
        assert_eq!(plain.uses("größe")[0].slice(text), "Größe");
        assert!(plain.uses("pacif").is_empty());
        assert_eq!(plain.uses("pacif*").len(), 1);
    }
}
