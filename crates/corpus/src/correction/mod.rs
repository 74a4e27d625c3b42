//! What people say of the rows, kept apart from what the machine found.
//!
//! A [`Correction`] is tied to a text by its words, never by ids of rows, so that it outlives new ids, another coder and another
//! record. The record of a document stays what the machine found; the tables are laid out from [`corrected`], which puts the two
//! together anew each time. Nothing is deleted: what is taken back is marked as undone.

mod agree;
mod alike;
mod apply;
mod desk;
mod keep;
mod recoded;
mod review;
mod row;
mod sheet;
mod slot;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use agree::{Agreement, Conflict, alpha};
pub use apply::corrected;
pub use desk::{Judged, Judgement};
pub(crate) use keep::layout;
pub use recoded::{Recoded, recoded};
pub use review::Reviewed;
pub use row::Row;

/// A kind of row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Layer {
    Role,
    Meeting,
    Statement,
    Event,
}

impl Layer {
    /// Every kind of row.
    pub const ALL: [Self; 4] = [Self::Role, Self::Meeting, Self::Statement, Self::Event];

    /// `role`, `meeting`, `statement` or `event`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Meeting => "meeting",
            Self::Statement => "statement",
            Self::Event => "event",
        }
    }

    /// What the ids of its rows begin with: `s` of `s3`.
    #[must_use]
    pub fn letter(self) -> char {
        self.word().chars().next().unwrap_or_default()
    }

    /// The layer of this name.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.word() == word)
    }
}

/// What somebody says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is right.
    Accept,
    /// It is there, and otherwise.
    Edit,
    /// There is no such row.
    Reject,
    /// The machine missed it.
    Add,
}

impl Verdict {
    /// `accept`, `edit`, `reject` or `add`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Edit => "edit",
            Self::Reject => "reject",
            Self::Add => "add",
        }
    }

    /// The verdict of this name.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Accept, Self::Edit, Self::Reject, Self::Add].into_iter().find(|v| v.word() == word)
    }
}

/// What a person says of the words of a text.
///
/// Invariant: `found` or `given` is there; `given` is missing only of a rejection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Counted from 1.
    pub number: u32,
    /// [`crate::key`] of the document's text.
    pub key: String,
    /// Name of the document, when it was judged.
    pub name: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Who judged.
    pub who: String,
    /// When, as the caller tells time: `2031-12-31 10:00`.
    pub made: String,
    /// The row that was judged as the machine had it; of one that a person added, as it was added.
    pub found: Option<Row>,
    /// The row as it should be.
    pub given: Option<Row>,
    /// What else the person says.
    pub note: Option<String>,
    /// Whether it settles what others do not agree on.
    pub settles: bool,
    /// When it was taken back.
    pub undone: Option<String>,
    /// The row that it bears on (`d3.s2`), where its text is in the record; of what is rejected, the id that is free now.
    pub row: Option<String>,
    /// The words that it is about, where its text is in the record.
    pub words: Option<String>,
    /// Whether the row is as this correction says, rather than as another one of the same row.
    pub counts: bool,
}

impl Correction {
    /// The row that it is about: as found, else as added.
    #[must_use]
    pub fn anchor(&self) -> &Row {
        self.found.as_ref().or(self.given.as_ref()).expect("a correction is about a row")
    }

    /// The kind of row.
    #[must_use]
    pub fn layer(&self) -> Layer {
        self.anchor().layer()
    }

    /// Whether it has not been taken back.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.undone.is_none()
    }

    /// What makes it the same correction in another record.
    fn identity(&self) -> impl PartialEq + '_ {
        let Self { key, verdict, who, made, found, given, note, settles, .. } = self;
        (key, verdict, who, made, found, given, note, settles)
    }
}
