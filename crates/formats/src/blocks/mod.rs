//! The parts of a text: which are read for meaning, and which are set aside, with the reason.
//!
//! Every character that is not white space lands in exactly one block, in the order of the text.

mod agency;
mod caption;
mod dateline;
mod debris;
mod lines;
mod speaker;
mod stamp;

use std::collections::BTreeMap;
use std::ops::Range;

use chancery_model::{Block, BlockKind, Date, Span};

use crate::dates::Day;

/// A text's blocks, and what the blocks that are set aside tell about it.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) blocks: Vec<Block>,
    pub(crate) stamp: Option<Date>,
    pub(crate) dateline: Option<Dateline>,
    pub(crate) publisher: Option<String>,
}

/// What a dateline says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dateline {
    pub(crate) place: String,
    pub(crate) day: Option<Day>,
    pub(crate) agency: Option<String>,
}

/// How many pieces from either end may be stamps of the page.
const EDGE: usize = 6;

/// Cut a text into blocks; `headline` is where its headline is known to stand.
pub(crate) fn lay_out(text: &str, headline: Option<Range<usize>>) -> Layout {
    let (mut pieces, mut known) = (Vec::new(), None);
    if let Some(range) = headline {
        pieces.extend(lines::pieces(text, 0..range.start));
        known = Some(pieces.len());
        pieces.push(range.clone());
        pieces.extend(lines::pieces(text, range.end..text.len()));
    } else {
        pieces.extend(lines::pieces(text, 0..text.len()));
    }
    let mut composer = Composer::new(text, &pieces, known);
    for index in 0..pieces.len() {
        composer.piece(index);
    }
    let mut layout = composer.layout;
    let credit = composer.credit;
    layout.publisher =
        layout.dateline.as_ref().and_then(|d| d.agency.clone()).or(layout.publisher).or(credit);
    layout
}

/// Goes through the pieces in order and sets blocks.
struct Composer<'a> {
    text: &'a str,
    pieces: &'a [Range<usize>],
    labels: BTreeMap<&'a str, usize>,
    transcript: bool,
    headline: Option<usize>,
    listing: bool,
    credit: Option<String>,
    layout: Layout,
}

impl<'a> Composer<'a> {
    fn new(text: &'a str, pieces: &'a [Range<usize>], headline: Option<usize>) -> Self {
        let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
        for piece in pieces {
            if let Some(label) = speaker::candidate(&text[piece.clone()]) {
                *labels.entry(label).or_default() += 1;
            }
        }
        let transcript = labels.keys().any(|label| speaker::is_sure(label));
        let layout = Layout::default();
        Self { text, pieces, labels, transcript, headline, listing: false, credit: None, layout }
    }

    fn push(&mut self, kind: BlockKind, range: Range<usize>, reason: Option<&str>) {
        let span = Span::new(range.start, range.end).trim(self.text);
        if !span.is_empty() {
            self.layout.blocks.push(Block { kind, span, reason: reason.map(str::to_owned) });
        }
    }

    fn piece(&mut self, index: usize) {
        let Range { mut start, end } = self.pieces[index].clone();
        let text = self.text;
        if self.headline == Some(index) {
            return self.push(BlockKind::Headline, start..end, None);
        }
        if let Some(mark) = debris::mark(&text[start..end]) {
            self.push(BlockKind::Debris, start..start + mark.length, Some(mark.reason));
            start += mark.length;
            if mark.item {
                return self.push(BlockKind::ListItem, start..end, None);
            }
        }
        if self.page(index, start..end) {
            return;
        }
        if index < EDGE
            && let Some(prefix) = stamp::prefix(&text[start..end])
        {
            self.stamp(&prefix);
            self.push(BlockKind::Debris, start..start + prefix.length, Some("date left over from the page"));
            start += prefix.length;
        }
        if self.is_headline(index, &text[start..end]) {
            self.headline = Some(index);
            return self.push(BlockKind::Headline, start..end, None);
        }
        if let Some(at) = caption::credit(&text[start..end], index + 1 == self.pieces.len()) {
            let kind = if at.caption { BlockKind::Caption } else { BlockKind::Paragraph };
            self.credit = self.credit.take().or(at.agency);
            self.push(kind, start..start + at.start, at.caption.then_some("words under a picture"));
            return self.push(BlockKind::Credit, start + at.start..end, Some("credit of a picture or text"));
        }
        self.running(index, start..end);
    }

    /// Set a piece aside as a whole, if it belongs to the page rather than to the text.
    fn page(&mut self, index: usize, range: Range<usize>) -> bool {
        let words = &self.text[range.clone()];
        let edge = index < EDGE || index + EDGE > self.pieces.len();
        if let Some(stamp) = stamp::whole(words) {
            if edge {
                self.stamp(&stamp);
            }
            self.push(BlockKind::Byline, range, Some("stamp of the page or time of the record"));
        } else if stamp::is_byline(words) {
            self.push(BlockKind::Byline, range, Some("who wrote it"));
        } else if let Some(reason) = debris::reason(words) {
            self.push(BlockKind::Debris, range, Some(reason));
        } else if index < EDGE && self.is_place_of_record(index, words) {
            self.push(BlockKind::Dateline, range, Some("place of the record"));
        } else {
            return false;
        }
        true
    }

    /// Running text: a dateline or a speaker may stand before it.
    fn running(&mut self, index: usize, range: Range<usize>) {
        let Range { mut start, end } = range;
        let words = &self.text[start..end];
        let mut kind = BlockKind::Paragraph;
        if self.layout.dateline.is_none()
            && index < 2 * EDGE
            && let Some((length, dateline)) = dateline::prefix(words)
            && !(self.transcript && dateline.agency.is_none() && dateline.day.is_none())
        {
            self.layout.dateline = Some(dateline);
            self.push(
                BlockKind::Dateline,
                start..start + length,
                Some("place, date and agency of the report"),
            );
            start += length;
        } else if let Some(length) = self.speaker(words) {
            self.push(BlockKind::Speaker, start..start + length, Some("who speaks"));
            start += length;
        } else if caption::is_caption(words) {
            return self.push(BlockKind::Caption, start..end, Some("words under a picture"));
        } else if self.is_item(index, words) {
            kind = BlockKind::ListItem;
        }
        start = end - self.text[start..end].trim_start().len();
        if let Some(length) = debris::direction(&self.text[start..end]) {
            self.push(BlockKind::Debris, start..start + length, Some("remark of the record keeper"));
            start += length;
        }
        self.push(kind, start..end, None);
    }

    fn stamp(&mut self, stamp: &stamp::Stamp) {
        self.layout.stamp = self.layout.stamp.or(stamp.date);
        self.layout.publisher = self.layout.publisher.take().or_else(|| stamp.publisher.clone());
    }

    /// A short first piece without a full stop, with more text to come.
    fn is_headline(&self, index: usize, words: &str) -> bool {
        let letters = words.chars().count();
        self.headline.is_none()
            && index < EDGE
            && index + 1 < self.pieces.len()
            && self.layout.blocks.iter().all(|b| matches!(b.kind, BlockKind::Debris | BlockKind::Byline))
            && letters <= 250
            && words.split_whitespace().nth(1).is_some()
            && !words.ends_with(['.', ':', ';', ',', '…', ')', ']'])
            && dateline::prefix(words).is_none()
            && self.speaker(words).is_none()
    }

    fn speaker(&self, words: &str) -> Option<usize> {
        if self.transcript
            && let Some(length) = speaker::question(words)
        {
            return Some(length);
        }
        let label = speaker::candidate(words)?;
        let again = self.labels.get(label).is_some_and(|n| *n > 1);
        let believed = speaker::is_sure(label) || again || (self.transcript && speaker::is_name(label));
        believed.then_some(label.len())
    }

    /// "East Room" before "4:16 P.M.".
    fn is_place_of_record(&self, index: usize, words: &str) -> bool {
        self.pieces.get(index + 1).is_some_and(|next| stamp::is_time(&self.text[next.clone()]))
            && words.split_whitespace().count() <= 8
            && !words.ends_with(['.', ':', '?', '!'])
    }

    /// A piece that ends with a semicolon after one that ends with a colon, and all that follow it up to the full stop.
    fn is_item(&mut self, index: usize, words: &str) -> bool {
        let before = index.checked_sub(1).map_or("", |i| &self.text[self.pieces[i].clone()]);
        let item = words.ends_with(';') && (self.listing || before.ends_with(':'));
        let last = self.listing && !item;
        self.listing = item;
        item || last
    }
}

#[cfg(test)]
mod tests;
