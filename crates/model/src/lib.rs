//! The nouns of Chancery and their invariants: plain data, no input or output, no algorithms beyond look-ups.
//!
//! A [`Document`] is text with its blocks; an [`Analysis`] lays sentences and tokens over it; a [`Record`] is what the
//! coder read out of it. Every [`Span`] is a half-open byte range of `Document::text`, which nothing ever alters.
//!
//! Must not know: files, databases, grammar, politics.

mod analysis;
pub mod conllu;
mod date;
mod discourse;
mod document;
mod record;
mod reference;
mod span;

pub use analysis::{Analysis, Belief, Leaning, Sentence, Token, Upos};
pub use date::{Date, DateError};
pub use discourse::{Attribution, Discourse, Mention, MentionKind};
pub use document::{Block, BlockKind, Document, Source};
pub use record::{
    Act, Event, Format, Identity, Manner, Meeting, Modality, Note, Participant, Party, Polarity, Post,
    Provenance, Record, Role, SCHEMA, Silence, Standing, Statement, Term, Told, When,
};
pub use reference::{Reference, Referent};
pub use span::Span;
