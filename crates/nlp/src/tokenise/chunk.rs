//! Words within a run of text that holds no white space.

use chancery_model::Span;

use super::clitics;
use super::lists::{self, Kind};
use crate::pieces::is_invisible;

/// Split `text[start..end]`, which holds no white space, into words.
pub(super) fn split(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let mut chunk = Chunk { text, start, end, at: start };
    while chunk.at < chunk.end {
        let from = chunk.at;
        chunk.at = chunk.next_word();
        clitics::part(text, from, chunk.at, out);
    }
}

pub(super) struct Chunk<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where the next word begins.
    pub(super) at: usize,
}

impl Chunk<'_> {
    pub(super) fn rest(&self, from: usize) -> &str {
        &self.text[from..self.end]
    }

    pub(super) fn peek(&self, from: usize) -> Option<char> {
        self.rest(from).chars().next()
    }

    /// What stands from here on, as far as a pattern of so many bytes may reach: no chunk, however long, is read again at each word.
    pub(super) fn near(&self, from: usize, bytes: usize) -> &str {
        let rest = self.rest(from);
        &rest[..rest.floor_char_boundary(bytes)]
    }

    /// The end of the first run of characters that pass.
    pub(super) fn run(&self, from: usize, pass: impl Fn(char) -> bool) -> usize {
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
            c => self.signs(c),
        };
        self.run(end, is_attached)
    }

    /// The end of what an apostrophe before `after` leaves short: `'90s`, or `'s` after a word that takes no part in it.
    fn elision(&self, after: usize) -> usize {
        let end = self.run(after, char::is_alphanumeric);
        let word = &self.text[after..end];
        let years = word.strip_suffix('s').unwrap_or(word);
        let years = years.len() == 2 && years.bytes().all(|b| b.is_ascii_digit());
        let alone = clitics::is_clitic(word) && !self.peek(end).is_some_and(|c| matches!(c, '\'' | '’'));
        if years || alone || word.eq_ignore_ascii_case("em") { end } else { after }
    }

    /// The end of a word of letters: what is inside it, then the full stop of an abbreviation.
    fn word(&self) -> usize {
        if let Some(short) = lists::SLASHED.iter().find(|s| self.stands(s)) {
            return self.at + short.len();
        }
        let mut end = self.run(self.at, in_word);
        while let Some(mark) = self.peek(end) {
            let after = end + mark.len_utf8();
            let inside = self.peek(after).is_some_and(in_word)
                && match mark {
                    '\'' | '’' | '_' => true,
                    '`' => self.run(after, in_word) <= after + 2,
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

    /// Whether this short form with a slash stands here, whole.
    fn stands(&self, short: &str) -> bool {
        let rest = self.rest(self.at);
        let whole = |c: char| !in_word(c) && c != '/';
        rest.get(..short.len()).is_some_and(|r| r.eq_ignore_ascii_case(short))
            && rest[short.len()..].chars().next().is_none_or(whole)
    }

    /// Whether the hyphen at `end` stays inside the word.
    fn prefixed(&self, end: usize, after: usize) -> bool {
        lists::keeps_hyphen(&self.text[self.at..end]) && self.peek(after).is_some_and(char::is_alphanumeric)
    }

    /// Whether the stop at `end` lies inside an abbreviation: `U.S`, `Ph.D`.
    fn dotted(&self, end: usize, after: usize) -> bool {
        let before = self.text[self.at..end].rsplit('.').next().unwrap_or_default();
        let next = &self.text[after..self.run(after, in_word)];
        let single = |s: &str| s.chars().count() == 1;
        single(before) && (single(next) || next.len() == 2 && self.peek(after + 2) == Some('.'))
            || lists::abbreviation(&format!("{before}.{next}.")).is_some()
    }

    /// Whether the full stop at `end` belongs to the word before it.
    fn keeps_stop(&self, end: usize) -> bool {
        let word = &self.text[self.at..end];
        let after = &self.text[end + 1..];
        let next = after.trim_start().chars().next();
        let name = after.trim_start().split(|c: char| !in_word(c)).next().unwrap_or_default();
        // The last stop is the sentence's where that ends here for sure, save for names of letters with stops: the U.S.
        let last = || next.is_none() || lists::starts_sentence(name);
        if after.starts_with("..") {
            return false;
        }
        if word.contains('.') && word.split('.').all(|part| part.chars().count() == 1) {
            return !(word.ends_with(".m") && last());
        }
        match lists::abbreviation(&self.text[self.at..=end]) {
            Some(Kind::Number) => next.is_some_and(char::is_numeric),
            Some(Kind::Title) => true,
            Some(Kind::End) => next.is_some_and(char::is_lowercase) || after.starts_with(['.', ',', ')']),
            Some(Kind::Word) => !last() || after.starts_with('.'),
            None if after.starts_with('.') => false,
            None => {
                // An initial: a capital alone, before a name.
                let initial =
                    word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
                let named =
                    next.is_some_and(char::is_uppercase) && !(lists::starts_sentence(name) && name.len() > 1);
                let doubled = after.starts_with('-') && after[1..].starts_with(char::is_uppercase);
                initial && (named || doubled)
            }
        }
    }
}

/// Whether words are made of such characters.
pub(super) fn in_word(c: char) -> bool {
    c.is_alphanumeric() || is_attached(c)
}

/// Whether a character belongs to the one before it: accents that stand alone, variation selectors, invisible characters.
fn is_attached(c: char) -> bool {
    is_invisible(c)
        || unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{fe00}'..='\u{fe0f}')
}
