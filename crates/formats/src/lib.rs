//! Bytes in, documents out; records in, bytes out.
//!
//! [`read`] sniffs what bytes hold and makes [`Document`](chancery_model::Document)s of them, each cut into blocks; the
//! functions of [`write`] turn records and rows into text; [`exchange`] reads back what people made of them. A reader may choose text,
//! never change it; writers are pure.
//!
//! Must not know: files, databases, grammar, politics.

mod assemble;
mod blocks;
mod dates;
mod decode;
pub mod exchange;
mod read;
mod title;
pub mod write;

pub use read::{Format, Reading, Skip, formats, read};
