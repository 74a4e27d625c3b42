//! What holds between the sentences of a document: who is meant, and who says what.

/// What a text mentions, and what it says on whose word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Discourse {
    /// In the order of their heads.
    pub mentions: Vec<Mention>,
    /// In the order of their cues.
    pub attributions: Vec<Attribution>,
}

/// A phrase that stands for somebody or something.
///
/// Invariant: `first <= head < end`, all within the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Index in `Analysis::sentences`.
    pub sentence: usize,
    /// Its first word, an index in `Sentence::tokens`.
    pub first: usize,
    /// The word after its last. Clauses and phrases set beside it are left out, so that it may have gaps.
    pub end: usize,
    /// Its grammatical head.
    pub head: usize,
    /// How it refers.
    pub kind: MentionKind,
    /// Number of the chain of mentions of the same, counted from 0 in the order of their first mentions; none if it stands alone.
    pub chain: Option<usize>,
}

/// How a phrase refers to what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MentionKind {
    /// "he", "their", "itself".
    Pronoun,
    /// "I", "our", "yourselves".
    Speaker,
    /// "this", "those" by themselves.
    Demonstrative,
    /// Headed by a proper noun.
    Name,
    /// A common noun with "the", "this" or whose it is.
    Definite,
    /// Any other common noun.
    Noun,
}

impl MentionKind {
    /// The name used in formats and documentation.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pronoun => "pronoun",
            Self::Speaker => "speaker",
            Self::Demonstrative => "demonstrative",
            Self::Name => "name",
            Self::Definite => "definite",
            Self::Noun => "noun",
        }
    }
}

/// Words that tell on whose word something is said or held: "the minister said that …", "according to the ministry".
///
/// Invariant: all words are indices in `Sentence::tokens` of the one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Index in `Analysis::sentences`.
    pub sentence: usize,
    /// "said", "according".
    pub cue: usize,
    /// Head of the phrase of who says it, where the sentence has one.
    pub source: Option<usize>,
    /// Root of what is said, where the sentence has it.
    pub content: Option<usize>,
}
