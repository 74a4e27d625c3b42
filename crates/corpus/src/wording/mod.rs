//! Wordings: who used which words when, out of how many texts.
//!
//! Words are compared in plain form ([`Plain`]) and looked for as they are ([`Phrase`]); formulae are counted as numbers of
//! words (`stream`). Each count comes with what it was counted in.
//!
//! Must not know: the terminal.

mod chances;
mod drift;
mod formula;
mod formulary;
mod news;
mod packing;
mod phrase;
mod plain;
mod said;
mod scope;
mod shelf;
mod spotted;
mod stream;
mod track;
mod words;

pub use news::{Formula, News, Trend, Wanted};
pub use phrase::{Phrase, PhraseError};
pub(crate) use plain::parts;
pub use plain::{Plain, plain};
pub use scope::Scope;
pub use track::{By, Searched, Share, Track, Tracked, Use};

use rusqlite::{Connection, Result as SqlResult};

/// Write all that is derived for wordings anew.
pub(crate) fn derive(connection: &Connection) -> SqlResult<()> {
    said::derive(connection)?;
    scope::derive(connection)?;
    shelf::derive(connection)?;
    stream::derive(connection)
}

/// Write who meets in which text anew, after meetings were corrected.
pub(crate) fn met_anew(connection: &Connection) -> SqlResult<()> {
    scope::derive(connection)
}

/// Write what one document says anew, after its statements were corrected.
pub(crate) fn said_anew(connection: &Connection, document: u32) -> SqlResult<()> {
    said::anew(connection, document)
}
