//! Many records in one SQLite file: stored, listed, linked.
//!
//! A document goes in with its record in one transaction, so that a killed run leaves whole documents only. Everything that
//! joins documents ([`Corpus::link`]) is derived: it can be dropped and rebuilt, and never edits a record.
//!
//! Must not know: how a text is read, analysed or coded; the terminal.

mod claims;
mod correction;
mod error;
mod export;
mod happening;
mod link;
mod list;
mod load;
mod name;
mod people;
mod person;
mod rows;
mod search;
mod sheet;
mod store;
mod tally;
mod tenure;
mod touch;
mod wording;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags, Result as SqlResult, TransactionBehavior};

pub use claims::{
    Absence, Account, Change, Claim, Comparison, Dyad, Entry, Family, Fault, Grid, Held, Ledger, ListChange,
    Omission, Omissions, Owners, Pair, Piece, Position, PositionSheet, Positions, Relation, Report, Said,
    Series, Square, Stances, Step, Strength, Thread, Threads, Topic, Turn, Vocabulary,
};
pub use correction::{
    Agreement, Conflict, Correction, Judged, Judgement, Layer, Reviewed, Row, Verdict, alpha, corrected,
};
pub use error::{CorpusError, Trouble};
pub use export::{Figure, Happening, Mention, Story, Table};
pub use link::{Decision, Named, Ruling, decisions_from_csv, decisions_to_csv};
pub use list::{Filter, Kind, Listing};
pub use load::{Bond, Encounter, Stored};
pub use name::distance;
pub use person::{Appearance, Life, Meant, Met, Other, Person, Spoken, Term, Turnover};
pub use search::{Hit, Hits, Mark, Sought, Who, Word, words};
pub use sheet::Sheet;
pub use store::{Added, Ingest, Known, Outcome, Raw, Totals, key};
pub use touch::{MOST, Touched};
pub use wording::{
    By, Formula, News, Phrase, PhraseError, Plain, Scope, Searched, Share, Track, Tracked, Trend, Use,
    Wanted, plain,
};

/// Version of the schema; a record of a greater one is refused.
pub const VERSION: i64 = 6;

/// What a connection keeps of the file, in KiB below zero.
const CACHE: i64 = -16_384;

/// Marks an SQLite file as a record of Chancery ("Chan").
const APPLICATION: i64 = 0x4368_616e;

/// A record that is open.
#[derive(Debug)]
pub struct Corpus {
    connection: Connection,
    path: PathBuf,
}

impl Corpus {
    /// Open the record for writing, and make it if there is none.
    ///
    /// # Errors
    /// The file is something else, of a newer version, read-only, locked, or the disk is full.
    pub fn open(path: &Path) -> Result<Self, CorpusError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut corpus = Self::connect(path, path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        if corpus.connection.is_readonly("main").map_err(corpus.wrong())? {
            return Err(CorpusError::new(path, Trouble::ReadOnly));
        }
        if corpus.is_blank().map_err(corpus.wrong())? {
            let made = make(&mut corpus.connection);
            made.map_err(corpus.wrong())?;
        }
        corpus.check_version()?;
        Ok(corpus)
    }

    /// Open an existing record for reading. Links that a killed run left undone are made first, where writing is allowed.
    ///
    /// # Errors
    /// There is no such file, or it is something else, or of a newer version.
    pub fn read(path: &Path) -> Result<Self, CorpusError> {
        let corpus = Self::look(path)?;
        if !corpus.is_linked().map_err(corpus.wrong())?
            && let Ok(mut writer) = Self::open(path)
        {
            writer.link()?;
        }
        Ok(corpus)
    }

    /// Open an existing record for reading as it stands: what joins documents may be older than the rows.
    ///
    /// # Errors
    /// There is no such file, or it is something else, or of a newer version.
    pub fn look(path: &Path) -> Result<Self, CorpusError> {
        if !path.exists() {
            return Err(CorpusError::new(path, Trouble::Missing));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut corpus = Self::connect(path, path, flags)?;
        if let Err(trouble @ CorpusError { trouble: Trouble::Closed | Trouble::ReadOnly, .. }) =
            corpus.check_version()
        {
            // A folder without write permission cannot hold the lock file: read the file as it stands.
            let uri = PathBuf::from(format!("file:{}?immutable=1", escape(path)));
            corpus = Self::connect(path, &uri, flags | OpenFlags::SQLITE_OPEN_URI).map_err(|_| trouble)?;
        }
        corpus.check_version()?;
        Ok(corpus)
    }

    fn connect(path: &Path, name: &Path, flags: OpenFlags) -> Result<Self, CorpusError> {
        let open = || -> SqlResult<Connection> {
            let connection = Connection::open_with_flags(name, flags)?;
            connection.busy_timeout(Duration::from_secs(5))?;
            connection.pragma_update(None, "foreign_keys", true)?;
            connection.pragma_update(None, "cache_size", CACHE)?;
            let pure = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
            connection.create_scalar_function("answers_to", 2, pure, |arguments| {
                let (name, wanted): (Option<String>, String) = (arguments.get(0)?, arguments.get(1)?);
                Ok(name.is_some_and(|name| name::answers_to(&name, &wanted)))
            })?;
            Ok(connection)
        };
        let connection = open().map_err(|e| CorpusError::of(path, &e))?;
        Ok(Self { connection, path: path.to_owned() })
    }

    fn is_blank(&self) -> SqlResult<bool> {
        let tables: i64 =
            self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
        Ok(tables == 0 && pragma(&self.connection, "application_id")? == 0)
    }

    fn check_version(&self) -> Result<(), CorpusError> {
        let read = |name| pragma(&self.connection, name).map_err(self.wrong());
        let (application, found) = (read("application_id")?, read("user_version")?);
        match application {
            APPLICATION if found > VERSION => Err(CorpusError::new(&self.path, Trouble::Newer { found })),
            APPLICATION if found < VERSION => Err(CorpusError::new(&self.path, Trouble::Older { found })),
            APPLICATION => Ok(()),
            _ => Err(CorpusError::new(&self.path, Trouble::NotARecord)),
        }
    }

    /// From now on, let no question go on after this time; none lets all go on.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn until(&mut self, end: Option<Instant>) -> Result<(), CorpusError> {
        /// Steps of SQLite between two looks at the clock, some tenths of a millisecond.
        const STEPS: i32 = 100_000;
        let late = end.map(|end| move || Instant::now() > end);
        self.connection.progress_handler(STEPS, late).map_err(self.wrong())
    }

    /// Let the file hold at most so many pages, or what it holds now, as a full disk would; the pages it then may hold.
    ///
    /// # Errors
    /// The record cannot be read.
    #[doc(hidden)]
    pub fn limit_pages(&self, pages: u32) -> Result<u32, CorpusError> {
        let limit = |row: &rusqlite::Row<'_>| row.get(0);
        self.connection
            .query_row(&format!("PRAGMA max_page_count = {pages}"), [], limit)
            .map_err(self.wrong())
    }

    /// Turns an error of SQLite into one that names this record.
    fn wrong(&self) -> impl Fn(rusqlite::Error) -> CorpusError + use<> {
        let path = self.path.clone();
        move |e| CorpusError::of(&path, &e)
    }
}

fn pragma(connection: &Connection, name: &str) -> SqlResult<i64> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}

fn make(connection: &mut Connection) -> SqlResult<()> {
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if pragma(&transaction, "application_id")? == 0 {
        transaction.execute_batch(include_str!("schema.sql"))?;
        transaction.execute_batch(tally::TABLES)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()
}

/// The path as a URI writes it.
fn escape(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
