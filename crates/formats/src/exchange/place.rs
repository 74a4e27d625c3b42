//! Where quoted words stand in a text.

use chancery_model::{Document, Span};

/// Finds words of a document.
#[derive(Debug)]
pub(super) struct Places<'a> {
    document: &'a Document,
    /// The byte at which each code point of the input's own text begins, and its end.
    starts: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let base = document.source.text_offset as usize;
        let own = document.text.get(base..).unwrap_or_default();
        let starts = own.char_indices().map(|(at, _)| base + at).chain([document.text.len()]).collect();
        Self { document, starts }
    }

    fn own(&self) -> usize {
        self.starts.first().copied().unwrap_or(0)
    }

    /// The words at this code point of the text.
    pub(super) fn at(&self, words: &str, at: u64) -> Option<Span> {
        let start = *self.starts.get(usize::try_from(at).ok()?)?;
        let found = self.document.text.get(start..)?.starts_with(words);
        found.then(|| Span::new(start, start + words.len()))
    }

    /// The words from one byte of the document to the other.
    pub(super) fn bytes(&self, start: usize, end: usize) -> Option<Span> {
        self.document.text.get(start..end).map(|_| Span::new(start, end))
    }

    /// Code points from one to the other.
    pub(super) fn between(&self, start: u64, end: u64) -> Option<Span> {
        let byte = |at: u64| self.starts.get(usize::try_from(at).ok()?).copied();
        let (start, end) = (byte(start)?, byte(end)?);
        (start <= end).then(|| Span::new(start, end))
    }

    /// All places of the words: those of the text itself, then those of its title.
    pub(super) fn all(&self, words: &str) -> Vec<Span> {
        if words.is_empty() {
            return Vec::new();
        }
        let mut all = Vec::new();
        let (text, own) = (&self.document.text, self.own());
        for (from, until) in [(own, text.len()), (0, own)] {
            let mut at = from;
            while let Some(found) = text.get(at..until).and_then(|rest| rest.find(words)) {
                all.push(Span::new(at + found, at + found + words.len()));
                at += found + words.chars().next().map_or(1, char::len_utf8);
            }
        }
        all
    }

    /// The first place of the words, at this code point if they stand there.
    pub(super) fn first(&self, words: &str, at: Option<u64>) -> Option<Span> {
        at.and_then(|at| self.at(words, at)).or_else(|| self.all(words).first().copied())
    }

    /// The place of the words that is nearest to this one.
    pub(super) fn nearest(&self, words: &str, to: Span) -> Option<Span> {
        let away = |span: &Span| {
            if span.end <= to.start { to.start - span.end } else { span.start.saturating_sub(to.end) }
        };
        self.all(words).into_iter().min_by_key(away)
    }

    /// The parts of something that is interrupted, in their order; one of them stands at this code point, if any does.
    pub(super) fn parts(&self, parts: &[&str], at: Option<u64>) -> Result<Vec<Span>, String> {
        let missing = |words: &str| format!("'{words}' is not in the text, word for word");
        let anchor = at.and_then(|at| {
            let here = |(index, words): (usize, &&str)| Some((index, self.at(words, at)?));
            parts.iter().enumerate().filter_map(here).max_by_key(|(_, span)| span.len())
        });
        let (index, anchor) = match anchor {
            Some(anchor) => anchor,
            None => (0, self.first(parts[0], None).ok_or_else(|| missing(parts[0]))?),
        };
        let mut spans = vec![anchor; parts.len()];
        for before in (0..index).rev() {
            let (all, next) = (self.all(parts[before]), spans[before + 1]);
            let last = all.iter().filter(|span| span.end <= next.start).max_by_key(|span| span.start);
            spans[before] = *last.or(all.first()).ok_or_else(|| missing(parts[before]))?;
        }
        for after in index + 1..parts.len() {
            let (all, last) = (self.all(parts[after]), spans[after - 1]);
            let next = all.iter().filter(|span| span.start >= last.end).min_by_key(|span| span.start);
            spans[after] = *next.or(all.first()).ok_or_else(|| missing(parts[after]))?;
        }
        Ok(spans)
    }
}
