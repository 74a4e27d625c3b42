//! The coder on checked trees: what it makes of a text when no parser stands between.
//!
//! The documents in `testdata` are the project's own, each a text with its blocks and a CoNLL-U tree that was corrected by
//! hand. Every test is one behaviour; `UPDATE_EXPECT=1` writes the rows anew, to be read before they are kept.
#![allow(clippy::unwrap_used)]

mod damage;
mod document;
mod meetings;
mod record;
mod render;
mod statements;
mod testdata;
mod who;
