//! Dictionaries of TABARI and PETRARCH, of actors and of agents: names, and codes between brackets.
//!
//! ```text
//! FROST_PARTY_ [NORPTY]          ; one line
//! ZOE_DAHL_                      # or a block
//! +Z_DAHL_
//!     [NORGOV 310101-350607]
//!     [NORELI >350607]
//! HARBOUR_WARDEN {HARBOUR_WARDENS} [~GOV]
//! ```

use chancery_model::Date;

use super::{Trouble, dates};

/// A name, its other spellings and its codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// 1-based line of its name.
    pub(super) line: usize,
    /// As written, the usual one first, each with its line.
    pub(super) names: Vec<(usize, String)>,
    /// In the order of the file.
    pub(super) codes: Vec<Dated>,
    /// Some line of it was reported.
    troubled: bool,
}

/// A code and when it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) line: usize,
    pub(super) code: String,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
}

/// The entries that have a name and a code, and what is wrong with other lines.
pub(super) fn read(text: &str) -> (Vec<Entry>, Vec<Trouble>) {
    let mut reader = Reader::default();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.split(['#', ';']).next().unwrap_or_default().trim();
        if !line.is_empty() && !line.starts_with("<!--") {
            reader.line(number, line);
        }
    }
    reader.end();
    (reader.entries, reader.troubles)
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    troubles: Vec<Trouble>,
    current: Option<Entry>,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) {
        if !line.starts_with(['+', '[']) {
            self.end();
        }
        if line.contains("->") || line.contains('=') {
            let message = "rules ('->', '=') are no names; write NAME_ [CODE]";
            return self.trouble(number, "a rule where a name should be", message);
        }
        let open = line.find('[').unwrap_or(line.len());
        let (words, brackets) = line.split_at(open);
        let words = words.split('{').next().unwrap_or_default().trim();
        if words.contains([']', '}', '(', ')']) {
            let message = format!("'{words}' has a bracket that was never opened; write NAME_ [CODE]");
            return self.trouble(number, "unbalanced brackets", message);
        }
        if let Some(alias) = words.strip_prefix('+') {
            self.name(number, alias.trim());
        } else if !words.is_empty() {
            self.current = Some(Entry {
                line: number,
                names: vec![(number, words.to_owned())],
                codes: Vec::new(),
                troubled: false,
            });
        }
        self.codes(number, brackets);
    }

    fn name(&mut self, number: usize, alias: &str) {
        match &mut self.current {
            _ if alias.is_empty() => self.trouble(number, "an alias without words", "write it after '+'"),
            Some(entry) => entry.names.push((number, alias.to_owned())),
            None => {
                let message = format!("'{alias}' follows no name; write the name on a line before it");
                self.trouble(number, "an alias or code of no name", message);
            }
        }
    }

    /// Every `[CODE dates]` of a line.
    fn codes(&mut self, number: usize, mut rest: &str) {
        while let Some(start) = rest.find('[') {
            let inside = &rest[start + 1..];
            let Some(end) = inside.find(']').filter(|end| !inside[..*end].contains('[')) else {
                let message = format!("'[{}' is not closed; write ']' behind it", inside.trim());
                self.trouble(number, "unbalanced brackets", message);
                match inside.find('[') {
                    Some(next) => rest = &inside[next..],
                    None => return,
                }
                continue;
            };
            self.code(number, inside[..end].trim());
            rest = &inside[end + 1..];
        }
        if rest.contains(']') {
            self.trouble(number, "unbalanced brackets", "a ']' too many; take it out");
        }
    }

    fn code(&mut self, number: usize, inside: &str) {
        let end = inside.find(|c: char| c.is_whitespace() || c == '<' || c == '>').unwrap_or(inside.len());
        let (code, when) = inside.split_at(end);
        let span = dates::span(when);
        match (&mut self.current, span) {
            _ if code.is_empty() || code == "---" => {
                self.trouble(number, "no code", "'[]' is empty; write a code in it, such as NORGOV");
            }
            (None, _) => {
                let message = format!("'[{inside}]' follows no name; write the name before it");
                self.trouble(number, "an alias or code of no name", message);
            }
            (Some(_), Err(message)) => self.trouble(number, "a malformed date", message),
            (Some(entry), Ok((from, to))) => {
                entry.codes.push(Dated { line: number, code: code.to_owned(), from, to });
            }
        }
    }

    fn end(&mut self) {
        let Some(entry) = self.current.take() else { return };
        if !entry.codes.is_empty() {
            self.entries.push(entry);
        } else if !entry.troubled {
            let message =
                format!("'{}' has no code; write one between brackets, such as [NORGOV]", entry.names[0].1);
            self.trouble(entry.line, "no code", message);
        }
    }

    fn trouble(&mut self, line: usize, what: &'static str, message: impl Into<String>) {
        if let Some(entry) = &mut self.current {
            entry.troubled = true;
        }
        self.troubles.push(Trouble { line, what, message: message.into() });
    }
}
