//! CoNLL-U, the seam between language analysis and coding (universaldependencies.org/format).
//!
//! What is written carries each word's byte range in MISC (`Start=…|End=…`), so that an analysis made elsewhere can be laid
//! over the same document again.

mod read;
mod write;

use std::fmt;

pub use read::read;
pub use write::{write, write_with};

/// The comment under `# newdoc id` where a network was asked what the words tell.
const ASKED: &str = "# events = asked";

/// What is wrong in a CoNLL-U text, and on which line (1-based).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConlluError {
    /// Line.
    pub line: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for ConlluError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ConlluError {}

#[cfg(test)]
mod tests;
