//! Where sentences end.

use chancery_model::Span;

use super::lists::{self, Kind};

/// Words of one stretch, beyond which it is cut where the rules would begin a sentence.
const LONGEST_STRETCH: usize = 150;

/// Words beyond which a stretch is cut wherever that is.
const LONGEST_SENTENCE: usize = 10_000;
/// Closing marks in a row that are looked through for what ends a sentence.
const MOST_MARKS: usize = 16;

/// A run of words between two places where sentences part for sure. It holds one sentence or several.
///
/// Invariant: `words` is not empty; `starts` rises, and each of its numbers is over 0 and the index of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// In the order of the text.
    pub(crate) words: Vec<Span>,
    /// The words at which the rules would begin a sentence, without being sure.
    pub(crate) starts: Vec<usize>,
}

/// The stretches of a text, which together hold its words.
pub(crate) fn stretches(text: &str) -> Vec<Stretch> {
    let words = super::words(text);
    let scan = Scan { text, enclosed: enclosed(text, &words), words: &words };
    let mut out = Vec::new();
    let (mut first, mut starts) = (0, Vec::new());
    let (mut start, mut at) = (0, 0);
    while at < words.len() {
        at = scan.ending(start, at).unwrap_or(at + 1);
        match if at == words.len() { Verdict::Ends } else { scan.verdict(start, at) } {
            Verdict::GoesOn => continue,
            Verdict::MayEnd => starts.push(at - first),
            Verdict::Ends => {
                let words = words[first..at].to_vec();
                shorten(Stretch { words, starts: std::mem::take(&mut starts) }, &mut out);
                first = at;
            }
        }
        start = at;
    }
    out
}

/// Whether a sentence may begin at word `at` over 0: not at a mark that closes something, not after one that opens it, and not after the
/// number of an item ("3. The ministers …").
pub(crate) fn may_begin(words: &[&str], at: usize) -> bool {
    let closes = matches!(words[at], "”" | ")" | "]" | "»" | "''" | "," | ";" | ":") || is_stop(words[at]);
    let opens = matches!(words[at - 1], "“" | "‘" | "``" | "(" | "[" | "«");
    let number = |word: &str| !word.is_empty() && word.len() <= 3 && word.chars().all(char::is_numeric);
    let first = |at: usize| at == 0 || is_stop(words[at - 1]) || words[at - 1] == ":";
    let item = match words[at - 1] {
        "." | ")" => at > 1 && number(words[at - 2]) && first(at - 2),
        word => word.strip_suffix(['.', ')']).is_some_and(number) && first(at - 1),
    };
    !(closes || opens || item)
}

/// Put the stretch, cut at its starts as far as it is too long.
fn shorten(stretch: Stretch, out: &mut Vec<Stretch>) {
    let Stretch { words, starts } = stretch;
    let mut first = 0;
    let mut held: Vec<usize> = Vec::new();
    for (i, start) in starts.iter().enumerate() {
        let next = starts.get(i + 1).copied().unwrap_or(words.len());
        held.push(start - first);
        if next - first > LONGEST_STRETCH {
            held.pop();
            out.push(Stretch { words: words[first..*start].to_vec(), starts: std::mem::take(&mut held) });
            first = *start;
        }
    }
    let rest = &words[first..];
    if rest.len() <= LONGEST_SENTENCE {
        out.push(Stretch { words: rest.to_vec(), starts: held });
    } else {
        out.extend(
            rest.chunks(LONGEST_SENTENCE).map(|part| Stretch { words: part.to_vec(), starts: Vec::new() }),
        );
    }
}

/// The sentences of a text by the rules alone, each its words; none is empty.
#[cfg(test)]
pub(super) fn sentences(text: &str) -> Vec<Vec<Span>> {
    let mut out = Vec::new();
    for Stretch { words, starts } in stretches(text) {
        let mut from = 0;
        for to in starts.into_iter().chain([words.len()]) {
            out.push(words[from..to].to_vec());
            from = to;
        }
    }
    out
}

/// What the rules say of the place before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// No sentence ends here.
    GoesOn,
    /// One ends here, as far as the rules can tell.
    MayEnd,
    /// One ends here for sure.
    Ends,
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
        at > 0 && at < self.words.len() && self.words[at].start == self.words[at - 1].end
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
        while let Some(after) = self.footnote(next) {
            next = after;
        }
        Some(next)
    }

    /// The last of the words `start..next` before marks that close something, and footnotes.
    fn last(&self, start: usize, next: usize) -> usize {
        let earlier = |last: &usize| {
            let open = self.enclosed[*last].filter(|open| self.footnote(*open) == Some(*last + 1))?;
            open.checked_sub(1).filter(|before| *before >= start)
        };
        let last = std::iter::successors(Some(next - 1), earlier).take(MOST_MARKS).last().unwrap_or(start);
        (start..=last).rev().take(MOST_MARKS).find(|i| !is_closing(self.word(*i))).unwrap_or(start)
    }

    /// The word after a footnote's number, `[12]`, that stands at `at`.
    fn footnote(&self, at: usize) -> Option<usize> {
        let figures = |i| self.word(i).chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | ','));
        let close = (at + 1..self.words.len().min(at + 5)).find(|i| self.word(*i) == "]")?;
        (self.word(at) == "[" && close > at + 1 && (at + 1..close).all(figures)).then_some(close + 1)
    }

    /// Whether a sentence that began at `start` ends before the word `next`.
    fn verdict(&self, start: usize, next: usize) -> Verdict {
        match self.ends_before(start, next) {
            false => Verdict::GoesOn,
            true if self.is_sure(start, next) => Verdict::Ends,
            true => Verdict::MayEnd,
        }
    }

    /// Whether an end before `next` leaves no doubt: a stop after a common word, or after any whole word if a usual first word
    /// follows; then a space and a capital; and no quotation that goes on.
    fn is_sure(&self, start: usize, next: usize) -> bool {
        let last = self.last(start, next);
        if last == start {
            return false;
        }
        let (before, first) = (self.word(last - 1), self.word(next));
        let stop = matches!(self.word(last), "." | "!" | "?" | "。" | "！" | "？") && self.glued(last);
        let common =
            before.chars().count() > 2 && before.chars().all(|c| c.is_alphabetic() && !c.is_uppercase());
        let whole = before.chars().count() > 2 && before.chars().all(char::is_alphanumeric);
        let capital = first.chars().next().is_some_and(char::is_uppercase);
        let named = first.chars().count() > 1 || matches!(first, "A" | "I");
        let begins =
            capital && named && !self.glued(next) && (common || whole && lists::starts_sentence(first));
        stop && begins && self.is_balanced(start, next)
    }

    /// Whether the words `start..next` close each quotation that they open.
    fn is_balanced(&self, start: usize, next: usize) -> bool {
        let count = |marks: &[&str]| (start..next).filter(|i| marks.contains(&self.word(*i))).count();
        count(&["\""]) % 2 == 0 && count(&["“", "``", "«"]) == count(&["”", "''", "»"])
    }

    /// Whether by the rules a sentence that began at `start` ends before the word `next`.
    fn ends_before(&self, start: usize, next: usize) -> bool {
        let last = self.last(start, next);
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
        let capital = begin
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_numeric() || is_unicased(c) || "$€£¥".contains(c))
            || matches!(begin, "al" | "el") && self.glued(next + 1) && self.word(next + 1) == "-";
        if !stop {
            return match kind(end) {
                Kind::Word if matches!(end, "a.m." | "p.m.") => capital && !self.dates_hour(next),
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

    /// Whether the word says of which day or zone the hour before it is: `9 a.m. Monday`, `5 p.m. EST`, `at 5 p.m. Beijing time`.
    fn dates_hour(&self, at: usize) -> bool {
        let word = self.word(at);
        word.chars().all(|c| c.is_uppercase() || c.is_numeric())
            || lists::is_day_or_month(word)
            || self.word(at + 1).eq_ignore_ascii_case("time")
    }
}

/// For each word inside brackets that close again, the place of the outermost opening one.
fn enclosed(text: &str, words: &[Span]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut pairs = Vec::new();
    for (i, span) in words.iter().enumerate() {
        match span.slice(text) {
            "(" | "[" => open.push(i),
            ")" | "]" => pairs.extend(open.pop().map(|from| (from, i))),
            _ => {}
        }
    }
    pairs.sort_unstable();
    let mut out = vec![None; words.len()];
    let mut covered = 0;
    for (from, to) in pairs {
        if from >= covered {
            out[from..=to].fill(Some(from));
            covered = to + 1;
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
