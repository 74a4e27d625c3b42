//! A publication and its text.

use serde::{Deserialize, Serialize};

use crate::{Date, Span};

/// The publication a text comes from. (So "source" never means the acting side of an event.)
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Where the bytes were read: a path, `-`, or `path:line` in a file of many documents.
    pub path: String,
    /// Who published it ("Xinhua"), as found or as given.
    pub publisher: Option<String>,
    /// The headline given beside the text, where the format has one.
    pub title: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Language as a BCP 47 tag, as given.
    pub language: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Day that the dateline gives ("PYONGYANG, Oct. 9"), its year taken from the publication.
    pub dateline: Option<Date>,
    /// Place that the dateline gives.
    pub dateline_place: Option<String>,
    /// Place where the publisher says it happened (the `place` field).
    pub place: Option<String>,
    /// Byte of `Document::text` at which the input's own text begins; what comes before is its separate title.
    pub text_offset: u32,
    /// SHA-256 of the raw bytes, in hexadecimal.
    pub raw_sha256: String,
}

/// One text with the blocks that were seen in it.
///
/// Invariant: `text` is what was decoded, character for character, and is never altered; `blocks` are in order, do not
/// overlap, and hold every character that is not white space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The input's `id`, else the file name without its ending.
    pub id: String,
    /// Where it was published.
    pub source: Source,
    /// The text.
    pub text: String,
    /// Its parts, in order.
    pub blocks: Vec<Block>,
}

/// A stretch of a document with one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is.
    pub span: Span,
    /// Why it was set aside, where it was ("stamp of the web page").
    pub reason: Option<String>,
}

/// What a block is for. Only some kinds are read for meaning: see [`BlockKind::is_read`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Title of the text.
    Headline,
    /// Who wrote it, or when the page was stamped.
    Byline,
    /// Words under a picture.
    Caption,
    /// Who took the picture.
    Credit,
    /// "PYONGYANG, Oct. 9 (Xinhua) --" before the first sentence.
    Dateline,
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// "President of Russia Vladimir Putin:" before a turn of a transcript.
    Speaker,
    /// Left-overs of a web page: navigation, share buttons, separators.
    Debris,
}

impl BlockKind {
    /// Whether its sentences are analysed and coded. Headlines and captions are, but what they repeat is not told twice.
    #[must_use]
    pub fn is_read(self) -> bool {
        matches!(self, Self::Headline | Self::Caption | Self::Paragraph | Self::ListItem)
    }

    /// The name used in formats and documentation.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Byline => "byline",
            Self::Caption => "caption",
            Self::Credit => "credit",
            Self::Dateline => "dateline",
            Self::Paragraph => "paragraph",
            Self::ListItem => "list_item",
            Self::Speaker => "speaker",
            Self::Debris => "debris",
        }
    }
}

impl Document {
    /// The words a span stands for.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        span.slice(&self.text)
    }

    /// The day from which "today" and "last month" are counted: the dateline's, else the publication's.
    #[must_use]
    pub fn reference_date(&self) -> Option<Date> {
        self.source.dateline.or(self.source.published)
    }

    /// The offset of a byte in Unicode code points, counted from where the input's own text begins.
    ///
    /// Negative for bytes of a separate title.
    #[must_use]
    pub fn code_point(&self, byte: u32) -> i64 {
        let base = self.source.text_offset as usize;
        let at = byte as usize;
        let count = |s: &str| i64::try_from(s.chars().count()).expect("shorter than 2^63");
        if at >= base { count(&self.text[base..at]) } else { -count(&self.text[at..base]) }
    }
}
