//! Marks that are one word together: emoticons, arrows, rules of dashes, stops in a row.

use super::addresses::is_file;
use super::chunk::Chunk;

impl Chunk<'_> {
    /// The end of the marks that begin with `first` at `at`.
    pub(super) fn signs(&self, first: char) -> usize {
        let after = self.at + first.len_utf8();
        if let Some(end) = self.emoticon() {
            return end;
        }
        match first {
            '.' if self.ending() > self.at => self.ending(),
            '.' | '!' | '?' => self.stops(),
            '-' | '=' | '_' | '~' | '<' | '>' | '|' | '+' | '*' => self.drawn(first),
            '#' | '…' | '`' | '$' | '’' | '‘' => self.run(self.at, |c| c == first),
            '\'' if self.peek(after) == Some('\'') => after + 1,
            _ => after,
        }
    }

    /// The end of a row of stops: `?!`, `.?`, but `?` and `...` apart.
    fn stops(&self) -> usize {
        let dots = self.run(self.at, |c| c == '.');
        let marks = self.run(dots, |c| matches!(c, '!' | '?'));
        let more = self.run(marks, |c| c == '.');
        match (dots - self.at, more - marks) {
            (3.., _) => dots,
            (_, 1) => more,
            _ => marks,
        }
    }

    /// The end of a file's ending that stands apart from its name: `Annex (draft).pdf`.
    fn ending(&self) -> usize {
        let end = self.run(self.at + 1, char::is_alphanumeric);
        let glued = self.text[self.start..self.at].ends_with([')', ']']);
        if glued && is_file(&self.text[self.at + 1..end]) { end } else { self.at }
    }

    /// The end of an arrow or a rule: `-->`, `----==`, else of the same mark repeated.
    fn drawn(&self, first: char) -> usize {
        let mark = |c| matches!(c, '-' | '=' | '_' | '~' | '<' | '>' | '|' | '+' | '*');
        let near = self.near(self.at, 24);
        let marks = &near[..near.find(|c| !mark(c)).unwrap_or(near.len())];
        let line = ["--", "==", "->", "<-"].iter().any(|part| marks.contains(part));
        if line { self.run(self.at, mark) } else { self.run(self.at, |c| c == first) }
    }

    /// The end of `:)`, `;-)`, `:P`, which no bracket before it opens.
    fn emoticon(&self) -> Option<usize> {
        let rest = self.rest(self.at);
        if let Some(face) = ["^_^", "-_-", "<3"].iter().find(|f| **f == rest) {
            return Some(self.at + face.len());
        }
        let face = rest.strip_prefix([':', ';', '='])?;
        let nose = usize::from(face.starts_with('-'));
        let mouth = face[nose..].chars().next()?;
        let end = self.at + 1 + nose + mouth.len_utf8();
        let stands = match mouth {
            ')' => {
                let before = &self.text[self.text.floor_char_boundary(self.at.saturating_sub(256))..self.at];
                before.rfind('(') <= before.rfind(')')
            }
            '(' => end == self.end,
            'D' | 'P' | 'p' | 'O' | '/' => end == self.end && self.at == self.start,
            _ => false,
        };
        stands.then_some(end)
    }
}
