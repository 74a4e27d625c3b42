//! The plain form of a text, in which wordings are compared, with the way back to its bytes.

use chancery_model::Span;
use unicode_normalization::char::is_combining_mark;

/// A text in plain form: white space of any length is one blank, quotes are straight, dashes of any kind and number one
/// hyphen, letters small, and what has no width is gone.
///
/// Invariant: every place in the plain form leads back to the bytes of the text that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plain<'a> {
    text: &'a str,
    plain: String,
    /// Where the distance between a place here and its place in the text changes: both places.
    shifts: Vec<(u32, u32)>,
}

impl<'a> Plain<'a> {
    /// The plain form of the text, which must be shorter than 4 GiB, as documents are.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let mut folding =
            Folding { plain: Vec::with_capacity(text.len() + 4), shifts: Vec::new(), distance: Some(0) };
        folding.all(text);
        let plain = String::from_utf8(folding.plain).expect("only whole characters are pushed");
        Self { text, plain, shifts: folding.shifts }
    }

    /// The plain form itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.plain
    }

    /// The bytes of the text that this stretch of the plain form stands for.
    #[must_use]
    pub fn span(&self, start: usize, end: usize) -> Span {
        let first = self.origin(start);
        // What has no width belongs to neither neighbour.
        let last = self.text[..self.origin(end)].trim_end_matches(has_no_width).len();
        Span::new(first, last.max(first))
    }

    /// Where the distance between both places changes, and how many bytes without width end the text.
    pub(super) fn shifts(&self) -> (Vec<Shift>, u32) {
        let gap = |until: usize| {
            let before = &self.text[..until];
            u32::try_from(until - before.trim_end_matches(has_no_width).len()).unwrap_or(u32::MAX)
        };
        let shift = |&(plain, text): &(u32, u32)| Shift { plain, text, gap: gap(text as usize) };
        (self.shifts.iter().map(shift).collect(), gap(self.text.len()))
    }

    fn origin(&self, place: usize) -> usize {
        if place >= self.plain.len() {
            return self.text.len();
        }
        let after = self.shifts.partition_point(|&(plain, _)| plain as usize <= place);
        match after.checked_sub(1).map(|at| self.shifts[at]) {
            Some((plain, text)) => text as usize + (place - plain as usize),
            None => place,
        }
    }
}

/// A place in a plain form, its place in the text, and how many bytes without width stand before it there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) plain: u32,
    pub(super) text: u32,
    pub(super) gap: u32,
}

/// The plain form of a short text, without blanks around it.
#[must_use]
pub fn plain(text: &str) -> String {
    Plain::of(text).as_str().trim().to_owned()
}

struct Folding {
    plain: Vec<u8>,
    shifts: Vec<(u32, u32)>,
    /// Between a place here and its place in the text; none after what has no width.
    distance: Option<usize>,
}

impl Folding {
    fn all(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let mut last = self.plain.last().copied().unwrap_or_default();
            let same = |&byte: &u8| {
                let same =
                    byte.is_ascii_graphic() && byte != b'-' || matches!(byte, b' ' | b'-') && byte != last;
                last = byte;
                same
            };
            let run = bytes[at..].iter().copied().take_while(same).count();
            if run > 0 {
                self.place(at);
                let begin = self.plain.len();
                self.plain.extend_from_slice(&bytes[at..at + run]);
                self.plain[begin..].make_ascii_lowercase();
                at += run;
                continue;
            }
            let c = text[at..].chars().next().expect("at is a boundary before the end");
            self.one(c, at);
            at += c.len_utf8();
        }
    }

    fn one(&mut self, c: char, at: usize) {
        match c {
            _ if c.is_whitespace() => self.once(b' ', at),
            _ if is_dash(c) => self.once(b'-', at),
            '\u{2018}'..='\u{201b}' | '\u{b4}' | '\u{2032}' | '\u{2bc}' | '\u{ff07}' => self.push('\'', at),
            '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' | '\u{ff02}' => self.push('"', at),
            _ if has_no_width(c) => self.distance = None,
            'ς' => self.push('σ', at),
            _ => c.to_lowercase().for_each(|small| self.push(small, at)),
        }
    }

    /// The first of a run only.
    fn once(&mut self, byte: u8, at: usize) {
        if self.plain.last() != Some(&byte) {
            self.push(char::from(byte), at);
        }
    }

    fn push(&mut self, c: char, at: usize) {
        self.place(at);
        self.plain.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn place(&mut self, at: usize) {
        let distance = at.wrapping_sub(self.plain.len());
        if self.distance != Some(distance) {
            self.distance = Some(distance);
            let narrow = |n: usize| u32::try_from(n).expect("documents are shorter than 4 GiB");
            self.shifts.push((narrow(self.plain.len()), narrow(at)));
        }
    }
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Soft hyphens, joiners, marks of direction and of byte order, controls.
fn has_no_width(c: char) -> bool {
    let format = matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}');
    format || c.is_control() && !c.is_whitespace()
}

/// Whether the character is a part of a word.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && is_combining_mark(c)
}

/// Whether it belongs to a script that sets no blanks between words, or joins particles to them: Han, kana, Hangul, Thai
/// and its neighbours.
pub(crate) fn is_blankless(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{318f}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ffdc}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a word may begin or end between the two.
pub(crate) fn parts(before: Option<char>, after: Option<char>) -> bool {
    let inside = |c: Option<char>| c.is_some_and(|c| is_word(c) && !is_blankless(c));
    !(inside(before) && inside(after))
}

/// Length of the word that a plain form begins with, with hyphens and apostrophes inside it; single letters with full stops
/// ("u.s.") are one word.
pub(crate) fn word_length(text: &str) -> usize {
    let (mut length, mut letters) = (0, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let stop = c == '.' && letters == 1;
        let inside = at > 0
            && (stop || matches!(c, '-' | '\''))
            && chars.peek().is_some_and(|(_, next)| is_word(*next));
        let last = stop && text[..at].contains('.');
        if !is_word(c) && !inside && !last {
            break;
        }
        letters = if is_word(c) { letters + 1 } else { 0 };
        length = at + c.len_utf8();
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_quotes_dashes_and_letters_are_made_one() {
        let text = "The\u{a0}“Rules\u{2011}based”\n\n order — Fjord’s\tCO\u{ad}OPERATION --- Ж ΣΑΣ";
        assert_eq!(plain(text), "the \"rules-based\" order - fjord's cooperation - ж σασ");
        assert_eq!(plain("\u{feff}  \u{200b} \n"), "");
    }

    #[test]
    fn every_place_leads_back() {
        let text = "Zoë  “said”\u{200b} — İstanbul\u{ad}’s  한국\u{3000}中国";
        let plain = Plain::of(text);
        for words in ["zoë", "\"said\"", "i̇stanbul's", "한국 中国", "-"] {
            let at = plain.as_str().find(words).unwrap_or_else(|| panic!("{words} in {plain:?}"));
            let span = plain.span(at, at + words.len());
            assert_eq!(super::plain(span.slice(text)), words, "{:?}", span.slice(text));
        }
        let at = plain.as_str().find("\"said\"").expect("it is there");
        assert_eq!(plain.span(at, at + 6).slice(text), "“said”", "nothing without width at the end");
    }
}
