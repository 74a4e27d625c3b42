//! The plain form of all texts side by side, so that words are looked for without opening the documents, which are long.
//!
//! Derived when links are made. A row is some texts one after the other, a new line between, which no plain form holds.

use chancery_model::Span;
use rusqlite::{Connection, Result as SqlResult, params};

use super::packing::{pack, unpacked};
use super::plain::{Plain, Shift};

/// A row is full when it has so many bytes.
const FULL: usize = 1 << 16;

/// A text in its row.
pub(super) struct Shelved {
    pub(super) number: u32,
    /// Of the text as it is.
    pub(super) bytes: u32,
    /// Where its plain form begins in the row, and where it ends.
    start: usize,
    end: usize,
    /// Bytes without width at the end of the text.
    tail: u32,
    shifts: Vec<Shift>,
}

impl Shelved {
    /// The bytes of the text that a stretch of the row stands for, as [`Plain::span`] tells it.
    fn span(&self, start: usize, end: usize) -> Span {
        let (start, end) = (start - self.start, end - self.start);
        let last = match end == self.end - self.start {
            true => self.bytes - self.tail,
            false => self.origin(end, true),
        };
        let first = if start == self.end - self.start { self.bytes } else { self.origin(start, false) };
        Span { start: first, end: last.max(first) }
    }

    /// The place in the text; before what has no width, if that stands before it.
    fn origin(&self, place: usize, before: bool) -> u32 {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        let after = self.shifts.partition_point(|shift| shift.plain <= place);
        let Some(shift) = after.checked_sub(1).map(|at| self.shifts[at]) else { return place };
        let gap = if before && shift.plain == place { shift.gap } else { 0 };
        shift.text + (place - shift.plain) - gap
    }
}

/// Write all of it anew.
pub(super) fn derive(connection: &Connection) -> SqlResult<()> {
    connection.execute("DELETE FROM shelf", [])?;
    let mut select = connection.prepare("SELECT number, text FROM document ORDER BY number")?;
    let mut insert = connection.prepare("INSERT INTO shelf VALUES (?1, ?2, ?3)")?;
    let (mut first, mut last, mut facts, mut words) = (None, 0, Vec::new(), String::new());
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (number, text): (u32, &str) = (row.get(0)?, row.get_ref(1)?.as_str()?);
        let plain = Plain::of(text);
        if first.is_none() {
            (first, last) = (Some(number), number);
        }
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (shifts, tail) = plain.shifts();
        for fact in
            [number - last, narrow(text.len()), narrow(plain.as_str().len()), tail, narrow(shifts.len())]
        {
            pack(fact, &mut facts);
        }
        let mut before = Shift::default();
        for shift in shifts {
            pack(shift.plain - before.plain, &mut facts);
            pack(shift.text - before.text, &mut facts);
            pack(shift.gap, &mut facts);
            before = shift;
        }
        words.push_str(plain.as_str());
        words.push('\n');
        last = number;
        if words.len() >= FULL {
            insert.execute(params![first.take(), facts, words])?;
            (facts, words) = (Vec::new(), String::new());
        }
    }
    if first.is_some() {
        insert.execute(params![first, facts, words])?;
    }
    Ok(())
}

/// The texts of a row.
fn texts(first: u32, facts: &[u8]) -> Vec<Shelved> {
    let mut facts = unpacked(facts);
    let (mut number, mut start) = (first, 0);
    let mut texts = Vec::new();
    while let Some(more) = facts.next() {
        let mut next = || facts.next().unwrap_or_default();
        number += more;
        let (bytes, length, tail, count) = (next(), next() as usize, next(), next());
        let mut shift = Shift::default();
        let shifts = (0..count).map(|_| {
            shift = Shift { plain: shift.plain + next(), text: shift.text + next(), gap: next() };
            shift
        });
        let shifts = shifts.collect();
        texts.push(Shelved { number, bytes, start, end: start + length, tail, shifts });
        start += length + 1;
    }
    texts
}

/// A row, for who looks for words in it.
pub(super) struct Row<'a> {
    /// In the order of their numbers.
    pub(super) texts: Vec<Shelved>,
    /// Their plain forms.
    pub(super) words: &'a str,
}

impl Row<'_> {
    /// Which text a stretch of the row is of, and its bytes there.
    pub(super) fn origin(&self, start: usize, end: usize) -> (&Shelved, Span) {
        let after = self.texts.partition_point(|text| text.start <= start);
        let text = &self.texts[after.saturating_sub(1)];
        (text, text.span(start, end))
    }
}

/// Each row that holds one of these texts, which are in the order of their numbers.
pub(super) fn each(connection: &Connection, wanted: &[u32], mut read: impl FnMut(&Row<'_>)) -> SqlResult<()> {
    let mut select = connection.prepare("SELECT first, places, words FROM shelf ORDER BY first")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let texts = texts(row.get(0)?, row.get_ref(1)?.as_blob()?);
        let (Some(first), Some(last)) = (texts.first(), texts.last()) else { continue };
        let from = wanted.partition_point(|number| *number < first.number);
        if wanted.get(from).is_some_and(|number| *number <= last.number) {
            read(&Row { texts, words: row.get_ref(2)?.as_str()? });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_leads_back_as_the_plain_form_does() {
        let text = "\u{ad}Zoë  “said”\u{200b} — İstanbul\u{ad}’s  한국\u{3000}中国 Ⱥ\u{1}x end\u{200b}";
        let plain = Plain::of(text);
        let (shifts, tail) = plain.shifts();
        let all = plain.as_str();
        let shelved =
            Shelved { number: 1, bytes: text.len() as u32, start: 7, end: 7 + all.len(), tail, shifts };
        let places: Vec<usize> = (0..=all.len()).filter(|at| all.is_char_boundary(*at)).collect();
        for &start in &places {
            for &end in places.iter().filter(|end| **end >= start) {
                let (kept, told) = (shelved.span(start + 7, end + 7), plain.span(start, end));
                assert_eq!(kept, told, "{:?}", &all[start..end]);
            }
        }
    }
}
