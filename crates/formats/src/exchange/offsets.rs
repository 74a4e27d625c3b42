//! Places in a text as other programs count them.

use chancery_model::Span;

/// What a place is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Unicode code points, as in Python.
    CodePoint,
    /// UTF-16 code units, as in JavaScript and Java.
    Utf16,
}

/// The places of a text in one unit.
#[derive(Debug)]
pub(super) struct Offsets<'a> {
    text: &'a str,
    /// The byte of each unit, and the end; of the second of a pair the byte after that of the first, which is inside the character.
    bytes: Vec<usize>,
}

impl<'a> Offsets<'a> {
    pub(super) fn new(text: &'a str, unit: Unit) -> Self {
        let mut bytes = Vec::with_capacity(text.len() + 1);
        for (at, letter) in text.char_indices() {
            bytes.push(at);
            if unit == Unit::Utf16 && letter.len_utf16() == 2 {
                bytes.push(at + 1);
            }
        }
        bytes.push(text.len());
        Self { text, bytes }
    }

    /// First place and place after the last.
    pub(super) fn of(&self, span: Span) -> (usize, usize) {
        let place = |byte: u32| self.bytes.partition_point(|at| *at < byte as usize);
        (place(span.start), place(span.end))
    }

    /// The words from one place to the other, where both stand between characters.
    pub(super) fn span(&self, start: u64, end: u64) -> Option<Span> {
        let byte = |at: u64| self.bytes.get(usize::try_from(at).ok()?).copied();
        let (start, end) = (byte(start)?, byte(end)?);
        (start < end && self.text.get(start..end).is_some()).then(|| Span::new(start, end))
    }
}
