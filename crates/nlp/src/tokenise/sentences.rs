//! Where sentences end.

use chancery_model::Span;

use super::lists::{self, Kind};

/// The sentences of a text, each its words; none is empty.
pub(crate) fn sentences(text: &str) -> Vec<Vec<Span>> {
    let words = super::words(text);
    let scan = Scan { text, enclosed: enclosed(text, &words), words: &words };
    let mut out = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < words.len() {
        at = scan.ending(start, at).unwrap_or(at + 1);
        if at == words.len() || scan.ends_before(start, at) {
            out.push(words[start..at].to_vec());
            start = at;
        }
    }
    out
}

struct Scan<'a> {
    text: &'a str,
    words: &'a [Span],
    /// For each word, the place of the bracket that opens around it.
    enclosed: Vec<Option<usize>>,
}

impl Scan<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |span| span.slice(self.text))
    }

    fn glued(&self, at: usize) -> bool {
        at > 0 && self.words[at].start == self.words[at - 1].end
    }

    /// The word after an ending that `at` begins: after its quotation marks and brackets.
    fn ending(&self, start: usize, at: usize) -> Option<usize> {
        let word = self.word(at);
        if !(is_stop(word) || is_abbreviation(word)) || self.enclosed[at].is_some_and(|open| open > start) {
            return None;
        }
        let mut next = at + 1;
        while next < self.words.len() && self.glued(next) && is_closing(self.word(next)) {
            next += 1;
        }
        Some(next)
    }

    /// Whether a sentence that began at `start` ends before the word `next`.
    fn ends_before(&self, start: usize, next: usize) -> bool {
        let last = (start..next).rev().find(|i| !is_closing(self.word(*i))).unwrap_or(start);
        let (end, first) = (self.word(last), self.word(next));
        let stop = is_stop(end);
        if !stop && !is_abbreviation(end) || self.enclosed[last].is_some_and(|open| open > start) {
            return false;
        }
        if self.enclosed[next].is_some_and(|open| open < next && open >= start) {
            return false;
        }
        // "1. The sides agreed" and "2.1. Trade" are one sentence each.
        if last == start + 1
            && stop
            && self.word(start).chars().all(|c| c.is_numeric() || c.is_uppercase() || c == '.')
        {
            return false;
        }
        let opens = is_opening(first) || matches!(first, "-" | "--" | "–" | "—");
        let begin = if opens { self.word(next + 1) } else { first };
        let capital =
            begin.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || is_unicased(c));
        if !stop {
            return match kind(end) {
                Kind::Title | Kind::Number => false,
                Kind::Word => lists::starts_sentence(begin) || opens && capital && next > last + 1,
                Kind::End => capital,
            };
        }
        if self.glued(next) && !opens {
            return capital && first.chars().count() > 1 && !matches!(end, "…" | "..." | "..");
        }
        capital || matches!(first, "“" | "\"" | "*" | "•")
    }
}

/// For each word inside brackets that close again, the place of the outermost opening one.
fn enclosed(text: &str, words: &[Span]) -> Vec<Option<usize>> {
    let mut out = vec![None; words.len()];
    let mut open: Vec<usize> = Vec::new();
    for (i, span) in words.iter().enumerate() {
        match span.slice(text) {
            "(" | "[" => open.push(i),
            ")" | "]" => {
                if let Some(from) = open.pop() {
                    out[from..=i].fill(Some(from));
                }
            }
            _ => {}
        }
    }
    out
}

/// Letters without case, as of Chinese.
fn is_unicased(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

fn is_stop(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？'))
}

fn is_closing(word: &str) -> bool {
    matches!(word, "”" | "’" | "\"" | "'" | "''" | ")" | "]" | "»" | "**" | "*")
}

fn is_opening(word: &str) -> bool {
    matches!(word, "“" | "‘" | "\"" | "'" | "``" | "(" | "[" | "«" | "**" | "*")
}

fn is_abbreviation(word: &str) -> bool {
    word.ends_with('.') && word.chars().any(char::is_alphabetic)
}

fn kind(abbreviation: &str) -> Kind {
    lists::abbreviation(abbreviation).unwrap_or(Kind::Word)
}
