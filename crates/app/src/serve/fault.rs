//! Why a page cannot be given, in the user's words.

use chancery_corpus::{CorpusError, Trouble};

/// What is wrong with a request, or with the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// HTTP's number for it.
    pub(super) status: u16,
    /// What is wrong and what would be right.
    pub(super) words: String,
}

impl Fault {
    /// What was asked for is not understood.
    pub(super) fn asked(words: impl Into<String>) -> Self {
        Self { status: 400, words: words.into() }
    }

    /// There is no such thing.
    pub(super) fn missing(words: impl Into<String>) -> Self {
        Self { status: 404, words: words.into() }
    }
}

impl From<CorpusError> for Fault {
    fn from(error: CorpusError) -> Self {
        let status = match error.trouble {
            Trouble::NoSuch(_) => 404,
            Trouble::Locked | Trouble::Slow => 503,
            Trouble::Missing
            | Trouble::NotARecord
            | Trouble::Newer { .. }
            | Trouble::Older { .. }
            | Trouble::ReadOnly
            | Trouble::Full
            | Trouble::Closed
            | Trouble::Damaged(_)
            | Trouble::Other(_) => 500,
            _ => 400,
        };
        Self { status, words: error.trouble_words() }
    }
}

impl From<anyhow::Error> for Fault {
    fn from(error: anyhow::Error) -> Self {
        match error.downcast::<CorpusError>() {
            Ok(error) => error.into(),
            Err(error) => Self::asked(format!("{error:#}")),
        }
    }
}
