//! Words to look for, in exactly this form.

use std::fmt;
use std::ops::Range;

use chancery_model::Span;
use memchr::memmem;

use super::plain::{Plain, is_word, parts, plain, word_length};

/// So many words are the most.
const LONGEST: usize = 200;

/// Words to look for, in plain form and as whole words. A `*` after letters stands for the rest of the word, and by
/// itself for any word. It is no regular expression.
///
/// ```
/// use chancery_corpus::{Phrase, Plain};
/// let phrase: Phrase = "denuclear*".parse().unwrap();
/// let text = "Complete\ndenuclearization";
/// assert_eq!(phrase.spans(&Plain::of(text))[0].slice(text), "denuclearization");
/// ```
#[derive(Debug, Clone)]
pub struct Phrase {
    plain: String,
    pieces: Vec<Piece>,
    /// Finds the first piece that is literal.
    finder: memmem::Finder<'static>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    /// The rest of a word, perhaps nothing.
    Rest,
    Word,
}

/// Why something is no phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhraseError {
    /// No word in it.
    Empty,
    /// Nothing but `*`.
    Any,
    /// Too many words: so many.
    Long(usize),
}

impl fmt::Display for PhraseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("an empty phrase; give the words to look for, in quotes"),
            Self::Any => f.write_str("a phrase of '*' alone; give a word beside it"),
            Self::Long(words) => write!(f, "a phrase of {words} words; {LONGEST} are the most"),
        }
    }
}

impl std::error::Error for PhraseError {}

impl std::str::FromStr for Phrase {
    type Err = PhraseError;

    fn from_str(words: &str) -> Result<Self, PhraseError> {
        let plain = plain(words);
        let count = plain.split(' ').count();
        if plain.is_empty() {
            return Err(PhraseError::Empty);
        }
        if count > LONGEST || plain.len() > LONGEST * 100 {
            return Err(PhraseError::Long(count));
        }
        let pieces = pieces(&plain);
        let first = pieces.iter().find_map(|piece| match piece {
            Piece::Literal(words) if !words.trim().is_empty() => Some(words),
            _ => None,
        });
        let first = first.ok_or(PhraseError::Any)?;
        // What comes before the first literal is at most one word: "* *" begins with a blank literal and two words.
        if pieces[0] == Piece::Word && pieces[1] != Piece::Literal(first.clone()) {
            return Err(PhraseError::Any);
        }
        let finder = memmem::Finder::new(first.as_bytes()).into_owned();
        Ok(Self { finder, pieces, plain })
    }
}

fn pieces(plain: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    for (at, c) in plain.char_indices() {
        let (before, after) = (plain[..at].chars().next_back(), plain[at + c.len_utf8()..].chars().next());
        let begins = before.is_none_or(|c| c == ' ');
        if c != '*'
            || after.is_some_and(|c| is_word(c) || c == '*')
            || !begins && !before.is_some_and(is_word)
        {
            literal.push(c);
            continue;
        }
        if !literal.is_empty() {
            pieces.push(Piece::Literal(std::mem::take(&mut literal)));
        }
        pieces.push(if begins { Piece::Word } else { Piece::Rest });
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    pieces
}

impl Phrase {
    /// Its plain form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.plain
    }

    /// Where a text in plain form has it, as bytes of the text.
    #[must_use]
    pub fn spans(&self, text: &Plain<'_>) -> Vec<Span> {
        self.places(text.as_str()).map(|place| text.span(place.start, place.end)).collect()
    }

    /// Where a plain form has it, as bytes of the plain form; no two overlap.
    pub(crate) fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            while let Some(found) = self.finder.find(&text.as_bytes()[from..]) {
                let at = from + found;
                if let Some(place) = self.fit(text, at) {
                    from = place.end;
                    return Some(place);
                }
                from = at + text[at..].chars().next().map_or(1, char::len_utf8);
            }
            None
        })
    }

    /// The whole place, where the first literal is found at a byte.
    fn fit(&self, text: &str, at: usize) -> Option<Range<usize>> {
        let mut pieces = self.pieces.as_slice();
        let mut start = at;
        if pieces[0] == Piece::Word {
            start = at - word_before(&text[..at]);
            pieces = &pieces[1..];
            if start == at {
                return None;
            }
        }
        let mut end = at;
        for piece in pieces {
            let rest = &text[end..];
            end += match piece {
                Piece::Literal(words) => rest.starts_with(words.as_str()).then_some(words.len())?,
                Piece::Rest => word_length(rest),
                Piece::Word => Some(word_length(rest)).filter(|length| *length > 0)?,
            };
        }
        let around = |place: usize| (text[..place].chars().next_back(), text[place..].chars().next());
        let whole = |(before, after)| parts(before, after);
        (whole(around(start)) && whole(around(end))).then_some(start..end)
    }

    /// The families this phrase belongs to: itself with one word after the other left open.
    #[must_use]
    pub fn families(&self) -> Vec<Phrase> {
        let words: Vec<&str> = self.plain.split(' ').collect();
        let open = |slot: usize| {
            let mut words = words.clone();
            words[slot] = "*";
            words.join(" ").parse().ok()
        };
        (0..words.len()).filter(|_| words.len() > 1).filter_map(open).collect()
    }
}

/// Length of the word at the end.
fn word_before(text: &str) -> usize {
    let begin = text
        .rfind(|c| !is_word(c) && !matches!(c, '-' | '\''))
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    text[begin..].trim_start_matches(['-', '\'']).len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[track_caller]
    fn check(phrase: &str, text: &str, expect: &[&str]) {
        let phrase: Phrase = phrase.parse().unwrap();
        let plain = Plain::of(text);
        let found: Vec<&str> = phrase.spans(&plain).into_iter().map(|span| span.slice(text)).collect();
        assert_eq!(found, expect, "{phrase:?} in {text}");
    }

    #[test]
    fn words_are_whole_at_alphabetic_ends() {
        check("pact", "Pact. Impact, compact; the PACT's end", &["Pact", "PACT"]);
        check("договор", "Договор и договоры, «договор»", &["Договор", "договор"]);
        check("café", "Café, cafés, cafe\u{301}", &["Café"]);
        check("nato", "在NATO的", &["NATO"]);
    }

    #[test]
    fn scripts_without_blanks_are_searched_inside_words() {
        check("港口", "开放港口条约,港口", &["港口", "港口"]);
        check("항구", "항구를 열고 새항구도", &["항구", "항구"]);
        check("ท่าเรือ", "เปิดท่าเรือใหม่", &["ท่าเรือ"]);
    }

    #[test]
    fn a_star_is_the_rest_of_a_word_or_any_word() {
        check("demin*", "Demining; de-mining, demin, redemining", &["Demining", "demin"]);
        check(
            "steady *",
            "a steady course, steady. Steady  long-term plan",
            &["steady course", "Steady  long-term"],
        );
        check("* course", "The steady course, course", &["steady course"]);
        check("the * ports", "the U.S. ports, the deep-sea ports", &["the U.S. ports", "the deep-sea ports"]);
        check("open * harbour", "open the harbour, open harbour", &["open the harbour"]);
        check("(a+)+$ .*", "(a+)+$ .*", &["(a+)+$ .*"]);
    }

    #[test]
    fn what_is_no_phrase_is_told() {
        for (words, wrong) in [
            ("", PhraseError::Empty),
            (" \u{a0}\u{200b} ", PhraseError::Empty),
            ("* *", PhraseError::Any),
            (&"harbour ".repeat(10_000), PhraseError::Long(10_000)),
        ] {
            assert_eq!(words.parse::<Phrase>().unwrap_err(), wrong);
        }
    }

    #[test]
    fn a_family_leaves_one_word_open() {
        let phrase: Phrase = "steady open harbour".parse().unwrap();
        let families = phrase.families();
        let families: Vec<&str> = families.iter().map(Phrase::as_str).collect();
        assert_eq!(families, ["* open harbour", "steady * harbour", "steady open *"]);
        assert!("harbour".parse::<Phrase>().unwrap().families().is_empty());
    }
}
