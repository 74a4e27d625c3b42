//! Words within a stretch of text that holds no white space.

use chancery_model::Span;

use super::lists::{self, Kind};
use crate::pieces::is_invisible;

/// Split `text[start..end]`, which holds no white space, into words.
pub(super) fn split(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let mut chunk = Chunk { text, start, end, at: start };
    while chunk.at < chunk.end {
        let from = chunk.at;
        chunk.at = chunk.next_word();
        contractions(text, from, chunk.at, out);
    }
}

struct Chunk<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    at: usize,
}

impl Chunk<'_> {
    fn rest(&self, from: usize) -> &str {
        &self.text[from..self.end]
    }

    fn peek(&self, from: usize) -> Option<char> {
        self.rest(from).chars().next()
    }

    /// The end of the first run of characters that pass.
    fn run(&self, from: usize, pass: impl Fn(char) -> bool) -> usize {
        self.rest(from).find(|c| !pass(c)).map_or(self.end, |n| from + n)
    }

    /// The end of the word that begins at `at`; after `at`.
    fn next_word(&self) -> usize {
        let first = self.peek(self.at).expect("at is before the end");
        if let Some(end) = self.address() {
            return end;
        }
        let after = self.at + first.len_utf8();
        let end = match first {
            '\'' | '’' | '‘' if self.elision(after) > after => self.elision(after),
            '.' | '+' if self.at == self.start && self.peek(after).is_some_and(|c| c.is_ascii_digit()) => {
                self.number(after)
            }
            c if c.is_numeric() => self.number(self.at),
            c if in_word(c) => self.word(),
            '!' | '?' => self.run(self.at, |c| matches!(c, '!' | '?')),
            '.' | '-' | '*' | '=' | '_' | '~' | '#' | '…' | '`' | '<' | '>' | '|' | '+' => {
                self.run(self.at, |c| c == first)
            }
            '\'' if self.peek(after) == Some('\'') => after + 1,
            _ => after,
        };
        self.run(end, is_attached)
    }

    /// The end of a web or mail address that begins here.
    fn address(&self) -> Option<usize> {
        let rest = self.rest(self.at);
        let begins = |s: &str| rest.get(..s.len()).is_some_and(|r| r.eq_ignore_ascii_case(s));
        let closes = |c: char| matches!(c, ')' | ']' | '>' | '<' | '"' | '”' | '’' | '\'' | '»');
        let trim = |s: &str| {
            s.trim_end_matches(|c| closes(c) || matches!(c, '.' | ',' | ';' | ':' | '!' | '?')).len()
        };
        if ["http://", "https://", "ftp://", "www."].iter().any(|s| begins(s)) {
            let length = trim(&rest[..rest.find(['<', '>', '"', '”']).unwrap_or(rest.len())]);
            return (length > 4).then_some(self.at + length);
        }
        let local = rest.find(|c: char| !(c.is_alphanumeric() || "._+-".contains(c)))?;
        let domain = rest[local..].strip_prefix('@')?;
        let length =
            domain.find(|c: char| !(c.is_alphanumeric() || ".-_".contains(c))).unwrap_or(domain.len());
        let length = trim(&domain[..length]);
        (local > 0 && domain[..length].contains('.')).then_some(self.at + local + 1 + length)
    }

    /// The end of what an apostrophe before `after` leaves short: `'90s`, or `'s` that stands alone.
    fn elision(&self, after: usize) -> usize {
        let end = self.run(after, char::is_alphanumeric);
        let word = &self.text[after..end];
        let years = word.strip_suffix('s').unwrap_or(word);
        let years = years.len() == 2 && years.bytes().all(|b| b.is_ascii_digit());
        let alone = self.at == self.start && end == self.end && is_clitic(word);
        if years || alone || word.eq_ignore_ascii_case("em") { end } else { after }
    }

    /// The end of a number: figures with separators inside, then an ordinal's or a unit's letters.
    fn number(&self, from: usize) -> usize {
        let mut end = self.run(from, char::is_numeric);
        if let Some(phone) = self.telephone(from, end) {
            return phone;
        }
        let slashed = self.date(from);
        if slashed > end {
            return slashed;
        }
        while let Some(mark) = self.peek(end).filter(|c| matches!(c, '.' | ',' | ':'))
            && self.peek(end + mark.len_utf8()).is_some_and(char::is_numeric)
        {
            end = self.run(end + mark.len_utf8(), char::is_numeric);
        }
        let letters = self.run(end, in_word);
        match self.text[end..letters].to_lowercase().as_str() {
            "am" | "pm" | "a" | "p" | "km" | "kg" | "bn" => end,
            _ => letters,
        }
    }

    /// The end of `713-555-0142` or `555-0142`, where the figures from `from` begin one; `first` is the end of its first part.
    fn telephone(&self, from: usize, first: usize) -> Option<usize> {
        let end = self.run(from, |c| c.is_ascii_digit() || c == '-');
        let lengths: Vec<usize> = self.text[from..end].split('-').map(str::len).collect();
        (matches!(lengths[..], [3, 4] | [3, 3, 4] | [1, 3, 3, 4]) && end > first).then_some(end)
    }

    /// The end of `9/11` or `10/09/2025`, or `from`. Common fractions are no dates.
    fn date(&self, from: usize) -> usize {
        let end = self.run(from, |c| c.is_ascii_digit() || c == '/');
        let parts: Vec<&str> = self.text[from..end].split('/').collect();
        let short = |s: &&str| (1..=2).contains(&s.len());
        let date = match parts[..] {
            [a, b] => {
                short(&a) && short(&b) && !matches!((a, b), ("1", "2" | "3" | "4") | ("2", "3") | ("3", "4"))
            }
            [a, b, c] => short(&a) && short(&b) && matches!(c.len(), 2 | 4),
            _ => false,
        };
        if date { end } else { from }
    }

    /// The end of a word of letters: what is inside it, then the full stop of an abbreviation.
    fn word(&self) -> usize {
        let mut end = self.run(self.at, in_word);
        while let Some(mark) = self.peek(end) {
            let after = end + mark.len_utf8();
            let inside = self.peek(after).is_some_and(in_word)
                && match mark {
                    '\'' | '’' | '_' => true,
                    '-' | '\u{2010}' | '\u{2011}' => self.prefixed(end, after),
                    '.' => self.dotted(end, after),
                    '&' => self.text[self.at..end].chars().all(char::is_uppercase) && end - self.at <= 3,
                    _ => false,
                };
            if !inside {
                break;
            }
            end = self.run(after, in_word);
        }
        match self.peek(end) {
            Some('.') if self.keeps_stop(end) => end + 1,
            Some('$') if end - self.at <= 3 && self.text[self.at..end].chars().all(char::is_uppercase) => {
                end + 1
            }
            _ => end,
        }
    }

    /// Whether the hyphen at `end` stays inside the word.
    fn prefixed(&self, end: usize, after: usize) -> bool {
        lists::keeps_hyphen(&self.text[self.at..end]) && self.peek(after).is_some_and(char::is_alphanumeric)
    }

    /// Whether the stop at `end` lies inside an abbreviation (`U.S`, `Ph.D`) or the name of a host or file (`gov.uk`).
    fn dotted(&self, end: usize, after: usize) -> bool {
        let before = self.text[self.at..end].rsplit('.').next().unwrap_or_default();
        let next = &self.text[after..self.run(after, in_word)];
        let single = |s: &str| s.chars().count() == 1;
        let name = matches!(
            next,
            "com" | "org" | "net" | "gov" | "edu" | "int" | "eu" | "uk" | "ru" | "cn" | "info"
        );
        single(before) && (single(next) || next.len() == 2 && self.peek(after + 2) == Some('.'))
            || lists::abbreviation(&format!("{before}.{next}.")).is_some()
            || name
    }

    /// Whether the full stop at `end` belongs to the word before it.
    fn keeps_stop(&self, end: usize) -> bool {
        let word = &self.text[self.at..end];
        let after = &self.text[end + 1..];
        let next = after.trim_start().chars().next();
        if after.starts_with('.') {
            return false;
        }
        if word.contains('.') && word.split('.').all(|part| part.chars().count() == 1) {
            return true;
        }
        match lists::abbreviation(&self.text[self.at..=end]) {
            Some(Kind::Number) => next.is_some_and(char::is_numeric),
            Some(_) => true,
            None => {
                // An initial: a capital alone, before a name.
                let initial =
                    word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
                let name = after.trim_start().split(|c: char| !in_word(c)).next().unwrap_or_default();
                initial
                    && next.is_some_and(char::is_uppercase)
                    && !(lists::starts_sentence(name) && name.len() > 1)
            }
        }
    }
}

/// Whether words are made of such characters.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || is_attached(c)
}

/// Whether a character belongs to the one before it: accents that stand alone, variation selectors, invisible characters.
fn is_attached(c: char) -> bool {
    is_invisible(c)
        || unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{fe00}'..='\u{fe0f}')
}

fn is_clitic(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "s" | "m" | "re" | "ve" | "ll" | "d")
}

/// Put a word, parted before its clitics: `do|n't`, `Li|'s`, `can|not`.
fn contractions(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let word = &text[start..end];
    let lower = word.to_lowercase();
    let cut = if lower.len() != word.len() {
        None
    } else {
        match lower.as_str() {
            "cannot" | "gonna" | "gotta" | "wanna" => Some(3),
            _ => clitic(&lower),
        }
    };
    match cut.filter(|cut| *cut > 0 && *cut < word.len() && word.is_char_boundary(*cut)) {
        Some(cut) => {
            contractions(text, start, start + cut, out);
            out.push(Span::new(start + cut, end));
        }
        None => out.push(Span::new(start, end)),
    }
}

/// Where the last clitic of a word begins.
fn clitic(word: &str) -> Option<usize> {
    let (apostrophe, mark) = word.char_indices().rev().find(|(_, c)| matches!(c, '\'' | '’'))?;
    let after = &word[apostrophe + mark.len_utf8()..];
    if after == "t" && word[..apostrophe].ends_with('n') {
        return Some(apostrophe - 1);
    }
    is_clitic(after).then_some(apostrophe)
}
