//! Figures, and what is written together with them.

use super::chunk::{Chunk, in_word};

impl Chunk<'_> {
    /// The end of a number: figures with separators inside, then an ordinal's letters. Units are words of their own.
    pub(super) fn number(&self, from: usize) -> usize {
        let mut end = self.run(from, char::is_numeric);
        if let Some(end) = self.telephone(from, end).or_else(|| self.date(from)) {
            return end;
        }
        while let Some(mark) = self.peek(end).filter(|c| matches!(c, '.' | ',' | ':'))
            && self.peek(end + mark.len_utf8()).is_some_and(char::is_numeric)
            && (mark != ',' || !self.counts_on(end))
        {
            end = self.run(end + mark.len_utf8(), char::is_numeric);
        }
        if let Some(decade) = self.decade(from, end) {
            return decade;
        }
        let letters = self.run(end, in_word);
        if is_unit(&self.text[end..letters]) { end } else { letters }
    }

    /// Whether the comma at `end` stands between numbers that are counted out: `13,14`, not `2,500`.
    fn counts_on(&self, end: usize) -> bool {
        let figures = |s: &str| s.parse::<u32>().ok();
        let before = self.text[self.at..end].rsplit(',').next().and_then(figures);
        let next = figures(&self.text[end + 1..self.run(end + 1, char::is_numeric)]);
        before.is_some_and(|n| next == n.checked_add(1))
    }

    /// The end of `70's`, where the figures end at `end`.
    fn decade(&self, from: usize, end: usize) -> Option<usize> {
        let figures = &self.text[from..end];
        let apostrophe = self.peek(end).filter(|c| matches!(c, '\'' | '’'))?;
        let after = end + apostrophe.len_utf8();
        let decade = figures.len() == 2 || figures.len() == 4 && figures.ends_with('0');
        let alone = self.run(after, char::is_alphanumeric) == after + 1;
        (decade && alone && self.peek(after) == Some('s')).then_some(after + 1)
    }

    /// The end of `713-555-0142`, `713/555-0142`, `555-0142`, or of a postal code `77030-2707`, where the figures from `from` begin
    /// one; `first` is the end of its first part.
    fn telephone(&self, from: usize, first: usize) -> Option<usize> {
        let near = self.near(from, 24);
        let length = near.find(|c: char| !(c.is_ascii_digit() || c == '-' || c == '/')).unwrap_or(near.len());
        let end = from + length;
        let part = |(i, c): (usize, char)| c == '-' || c == '/' && i == 3;
        let mut lengths = Vec::new();
        let mut start = 0;
        for (i, _) in self.text[from..end].char_indices().filter(|at| part(*at)) {
            lengths.push(i - start);
            start = i + 1;
        }
        lengths.push(end - from - start);
        let figures = !self.text[from + 4.min(end - from)..end].contains('/');
        let shape = matches!(lengths[..], [3, 4] | [5, 4] | [1, 4] | [3, 3, 4] | [1, 3, 3, 4]);
        (shape && figures && end > first).then_some(end)
    }

    /// The end of `9/11`, `10/09/2025` or `10-09-2025`.
    fn date(&self, from: usize) -> Option<usize> {
        let mark = self.peek(self.run(from, |c| c.is_ascii_digit())).filter(|c| matches!(c, '/' | '-'))?;
        let near = self.near(from, 24);
        let length = near.find(|c: char| !(c.is_ascii_digit() || c == mark)).unwrap_or(near.len());
        let parts: Vec<&str> = near[..length].split(mark).collect();
        let at_most = |s: &str, most: u32| {
            (1..=2).contains(&s.len()) && s.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n))
        };
        let date = match parts[..] {
            // Common fractions, and "4/5 of them", are no dates.
            [a, b] => mark == '/' && at_most(a, 12) && at_most(b, 31) && (b.len() == 2 && b != "10"),
            [a, b, c] => {
                (at_most(a, 12) && at_most(b, 31) || at_most(a, 31) && at_most(b, 12))
                    && matches!(c.len(), 2 | 4)
            }
            _ => false,
        };
        date.then_some(from + length)
    }
}

/// Whether the letters after a figure are a word of their own: `5 pm`, `3 km`, `2.5 bn`, but `20th`, `1990s`, `5G`.
fn is_unit(letters: &str) -> bool {
    match letters {
        "m" | "M" | "k" | "K" | "b" | "a" | "p" | "x" | "t" => true,
        "am" | "pm" => true,
        "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH" => false,
        _ => letters.chars().count() > 1 && letters.chars().all(char::is_alphabetic),
    }
}
