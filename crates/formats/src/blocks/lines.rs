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
    let style = Style::of(chunk.iter().map(|line| &text[line.clone()]));
    let mut piece: Option<Range<usize>> = None;
    let mut alone = false;
    for line in chunk.drain(..) {
        let words = &text[line.clone()];
        let own = stands_alone(words);
        piece = match piece {
            Some(open) if !own && !alone && style.goes_on(&text[open.clone()], words) => {
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

/// How the lines between two blank lines end.
enum Style {
    /// Wherever a paragraph ends.
    Long,
    /// After a sentence, nearly all of them.
    Sentences,
    /// Where the next word would have passed this width, in characters.
    Wrapped(usize),
}

impl Style {
    fn of<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Self {
        let width = lines.clone().map(|line| line.chars().count()).max().unwrap_or(0);
        let (ended, all) = lines.fold((0, 0), |(n, all), line| (n + usize::from(is_ended(line)), all + 1));
        match width {
            _ if width > WRAPPED => Self::Long,
            _ if ended * 4 > all * 3 => Self::Sentences,
            _ => Self::Wrapped(width),
        }
    }

    /// Whether the next line goes on with the paragraph that is open.
    fn goes_on(&self, open: &str, next: &str) -> bool {
        let last = open.rsplit(['\n', '\r', '\u{2028}', '\u{2029}']).next().unwrap_or(open).trim();
        if debris::mark(next).is_some() || last.ends_with(';') {
            return false;
        }
        let ended = is_ended(last);
        let fresh = !next.starts_with(|c: char| c.is_lowercase());
        match self {
            Self::Long => !ended && !fresh,
            Self::Sentences => !(ended && fresh),
            Self::Wrapped(width) => {
                let first = next.split_whitespace().next().map_or(0, |w| w.chars().count());
                let had_room = (last.chars().count() + 1 + first) * 10 < width * 9;
                !(had_room && ended && fresh)
            }
        }
    }
}

/// Whether a sentence ends with the line; a title or an abbreviated state ("Mr.", "U.S.") ends none.
fn is_ended(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '*', '»']);
    let word = line.rsplit(char::is_whitespace).next().unwrap_or(line);
    let stem = word.strip_suffix('.').unwrap_or("");
    let short =
        ["Mr", "Mrs", "Ms", "Dr", "Gen", "Sen", "Gov", "No", "St"].contains(&stem) || stem.contains('.');
    !short && line.ends_with(['.', '!', '?', ':', ';', '。'])
}
