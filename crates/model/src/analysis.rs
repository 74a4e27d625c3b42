//! The linguistic layers of a document, in the columns of CoNLL-U.

use crate::Span;

/// Sentences laid over a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysis {
    /// In the order of the text; each lies inside one block.
    pub sentences: Vec<Sentence>,
    /// Whether a network was asked what the words tell: a word without a belief then tells no event that the network sees.
    pub asked: bool,
}

/// One sentence with its dependency tree.
///
/// Invariant: `tokens` is not empty, in order; every `head` is 0 or the 1-based index of another token, and following
/// heads always reaches the one root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From the first to the last token.
    pub span: Span,
    /// Index of its block in `Document::blocks`.
    pub block: usize,
    /// Its words.
    pub tokens: Vec<Token>,
}

/// One UD word with its analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its place in the text.
    pub span: Span,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag.
    pub xpos: String,
    /// Features as CoNLL-U writes them, `_` where none: `Mood=Ind|Tense=Past`.
    pub feats: String,
    /// 1-based index of the head word in the sentence, 0 for the root.
    pub head: usize,
    /// Relation to the head, subtype included: `nsubj:pass`.
    pub deprel: String,
    /// Named-entity tag in BIO notation, `B-PER`, `I-ORG` or `O`. The types: PER persons, LOC states and places, GOV organs of a state,
    /// ORG other organisations, FAC buildings and sites, EVENT, LAW laws and documents, DATE, NUM amounts.
    pub name: String,
    /// What the network believes that the word tells, the likeliest first; nothing where it sees no event, or was not asked.
    pub tells: Vec<Belief>,
    /// How the network would fill the sides of the event that it tells; nothing where it sees none, or was not asked.
    pub leaning: Option<Leaning>,
}

/// How a network would fill the sides of an event, in hundredths of log odds: higher is likelier, of the choices for one side together.
///
/// Kept with an analysis in memory; CoNLL-U does not carry it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leaning {
    /// For each word of the sentence what speaks for the phrase that it heads: as actor, as recipient, as one of two actors, as one of
    /// two recipients.
    pub words: Vec<[i16; 4]>,
    /// For actor and recipient what speaks for nobody, for the public of the other side's state, for those whom a pattern has joined, and
    /// for any two phrases.
    pub others: [[i16; 4]; 2],
}

/// A kind of event that a word is believed to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belief {
    /// The kind, in the labels that the network was taught: a PLOVER type.
    pub kind: String,
    /// How sure the network is, in hundredths.
    pub percent: u8,
}

impl Token {
    /// The relation without its subtype: `nsubj` for `nsubj:pass`.
    #[must_use]
    pub fn relation(&self) -> &str {
        self.deprel.split(':').next().unwrap_or(&self.deprel)
    }

    /// Whether the feature, written `Name=Value`, is present.
    #[must_use]
    pub fn has(&self, feature: &str) -> bool {
        let (mut rest, feature) = (self.feats.as_bytes(), feature.as_bytes());
        while let Some(more) = rest.len().checked_sub(feature.len()) {
            let ends = rest.get(feature.len()).is_none_or(|&byte| byte == b'|');
            if ends && rest.starts_with(feature) {
                return true;
            }
            // What is left behind the next one may be too short for it.
            let Some(end) = rest[..more].iter().position(|&byte| byte == b'|') else { return false };
            rest = &rest[end + 1..];
        }
        false
    }
}

macro_rules! upos {
    ($($name:ident $doc:literal),*) => {
        /// The 17 universal parts of speech (universaldependencies.org/u/pos).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(clippy::upper_case_acronyms)]
        pub enum Upos { $(#[doc = $doc] $name),* }

        impl Upos {
            /// The tag as CoNLL-U writes it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),* }
            }

            /// The part of speech with this tag.
            #[must_use]
            pub fn parse(tag: &str) -> Option<Self> {
                match tag { $(stringify!($name) => Some(Self::$name),)* _ => None }
            }
        }
    };
}

upos!(
    ADJ "adjective", ADP "adposition", ADV "adverb", AUX "auxiliary", CCONJ "coordinating conjunction",
    DET "determiner", INTJ "interjection", NOUN "noun", NUM "numeral", PART "particle", PRON "pronoun",
    PROPN "proper noun", PUNCT "punctuation", SCONJ "subordinating conjunction", SYM "symbol", VERB "verb", X "other"
);
