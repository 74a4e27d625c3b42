//! The input formats: one table, one file a format.

mod html;
mod json;
mod markdown;
mod text;

use chancery_model::Document;
use sha2::{Digest, Sha256};

use crate::assemble::{Given, assemble};
use crate::decode::decode;

/// The longest text that is read as one document, in bytes.
pub(crate) const LONGEST: usize = 20_000_000;

/// Every input format; the first whose sniff says yes reads.
const FORMATS: &[Format] = &[json::FORMAT, html::FORMAT, markdown::FORMAT, text::FORMAT];

/// What came of one document of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// A path, or `path:line` in a file of many documents.
    pub place: String,
    /// The document, or why there is none.
    pub outcome: Result<Document, Skip>,
    /// What a person should look at, though it was read.
    pub suspects: Vec<String>,
}

/// Why an input gave no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// In the user's words.
    pub why: String,
    /// Whether the input is damaged, rather than merely not to be read.
    pub failed: bool,
}

/// An input format.
#[derive(Debug)]
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// What it is, in one line.
    pub description: &'static str,
    /// How names of its files end.
    pub endings: &'static [&'static str],
    pub(crate) sniff: fn(&Input) -> bool,
    pub(crate) read: fn(&Input) -> Vec<Reading>,
}

/// A decoded input, before its format is known.
pub(crate) struct Input<'a> {
    pub(crate) path: &'a str,
    pub(crate) text: &'a str,
    pub(crate) sha256: String,
    pub(crate) suspects: Vec<String>,
}

impl Input<'_> {
    /// The file name without its ending; `stdin` for `-`.
    pub(crate) fn stem(&self) -> &str {
        if self.path == "-" {
            return "stdin";
        }
        let name = self.path.rsplit(['/', '\\']).next().unwrap_or(self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    /// Whether the name ends in one of the endings.
    pub(crate) fn ends(&self, endings: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, e)| endings.iter().any(|x| e.eq_ignore_ascii_case(x)))
    }

    /// The first bytes, enough to sniff.
    pub(crate) fn head(&self) -> &str {
        let text = self.text.trim_start();
        &text[..text.floor_char_boundary(4096)]
    }

    /// The whole input as one document, unless it is too long or holds no word.
    pub(crate) fn document(&self, given: Given) -> Vec<Reading> {
        let reading = if given.text.len() > LONGEST {
            skip(self.path, too_long(given.text.len()), false)
        } else {
            assemble(self.path, self.stem(), &self.sha256, given, self.suspects.clone())
        };
        vec![reading]
    }
}

/// The input formats, in the order in which they are tried.
#[must_use]
pub fn formats() -> &'static [Format] {
    FORMATS
}

/// Read the documents in the bytes of one input, called `name` (a path, or `-`).
///
/// The format is sniffed from the content, the ending of the name being only a hint. Never fails as a whole: what cannot
/// be read comes back as a [`Skip`] in its place.
#[must_use]
pub fn read(name: &str, bytes: &[u8]) -> Vec<Reading> {
    let decoded = match decode(bytes) {
        Ok(decoded) => decoded,
        Err(why) => return vec![skip(name, why, false)],
    };
    if decoded.text.trim().is_empty() {
        return vec![skip(name, "empty".to_owned(), false)];
    }
    let input = Input {
        path: name,
        text: &decoded.text,
        sha256: sha256(bytes),
        suspects: decoded.suspect.into_iter().collect(),
    };
    let format = FORMATS.iter().find(|f| (f.sniff)(&input)).expect("plain text sniffs everything");
    (format.read)(&input)
}

pub(crate) fn skip(place: &str, why: String, failed: bool) -> Reading {
    Reading { place: place.to_owned(), outcome: Err(Skip { why, failed }), suspects: Vec::new() }
}

pub(crate) fn too_long(bytes: usize) -> String {
    format!(
        "{} MB in one document; up to {} MB are read, cut it into its articles",
        bytes / 1_000_000,
        LONGEST / 1_000_000
    )
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests;
