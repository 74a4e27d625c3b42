//! From lines to paragraphs: blank lines part them, and so do single line ends in texts that are not hard-wrapped.

use std::ops::Range;

use super::{debris, stamp};

/// A text with longer lines than this is not hard-wrapped, in characters.
const WRAPPED: usize = 130;

/// The paragraphs in a part of the text, without white space at their ends.
pub(super) fn pieces(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut chunk: Vec<Range<usize>> = Vec::new();
    let mut at = part.start;
    for line in text[part].split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let start = at + (line.len() - line.trim_start().len());
        let end = start + line.trim().len();
        let blank = line.trim().is_empty();
        let half = line.len() == 1 && at > 0 && text.as_bytes()[at - 1] == b'\r' && line == "\n";
        at += line.len();
        if half {
            continue;
        }
        if blank {
            part_chunk(text, &mut chunk, &mut pieces);
        } else {
            chunk.push(start..end);
        }
    }
    part_chunk(text, &mut chunk, &mut pieces);
    pieces
}

fn part_chunk(text: &str, chunk: &mut Vec<Range<usize>>, pieces: &mut Vec<Range<usize>>) {
    let width = chunk.iter().map(|line| text[line.clone()].chars().count()).max().unwrap_or(0);
    let mut piece: Option<Range<usize>> = None;
    let mut alone = false;
    for line in chunk.drain(..) {
        let words = &text[line.clone()];
        let own = stands_alone(words);
        piece = match piece {
            Some(open) if !own && !alone && goes_on(&text[open.clone()], words, width) => {
                Some(open.start..line.end)
            }
            other => {
                pieces.extend(other);
                Some(line)
            }
        };
        alone = own;
    }
    pieces.extend(piece);
}

fn stands_alone(line: &str) -> bool {
    stamp::whole(line).is_some() || stamp::is_byline(line) || debris::reason(line).is_some()
}

/// Whether the next line goes on with the paragraph that is open.
fn goes_on(open: &str, next: &str, width: usize) -> bool {
    let last = open.rsplit(['\n', '\r', '\u{2028}', '\u{2029}']).next().unwrap_or(open).trim();
    let ended = last
        .trim_end_matches(['"', '”', '’', '\'', ')', ']', '*', '»'])
        .ends_with(['.', '!', '?', ':', ';', '。']);
    let fresh = !next.starts_with(|c: char| c.is_lowercase());
    if debris::mark(next).is_some() || last.ends_with(';') {
        return false;
    }
    if width > WRAPPED {
        return !ended && !fresh;
    }
    let first = next.split_whitespace().next().map_or(0, |w| w.chars().count());
    let had_room = (last.chars().count() + 1 + first) * 10 < width * 9;
    !(had_room && ended && fresh)
}
