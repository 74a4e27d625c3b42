//! What can go wrong with the record, in the user's words.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// What is wrong with a record, and where.
#[derive(Debug)]
pub struct CorpusError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong.
    pub trouble: Trouble,
}

/// The ways in which a record can be out of reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such file.
    Missing,
    /// It is some other file.
    NotARecord,
    /// A later Chancery wrote it.
    Newer {
        /// Its schema version.
        found: i64,
    },
    /// An earlier Chancery wrote it.
    Older {
        /// Its schema version.
        found: i64,
    },
    /// It can be read but not written.
    ReadOnly,
    /// Another program is writing to it.
    Locked,
    /// It took longer than was allowed.
    Slow,
    /// The disk, or the quota, is full.
    Full,
    /// It, or its folder, cannot be opened.
    Closed,
    /// Its bytes are not as they were written.
    Damaged(String),
    /// It holds no row or document of this id.
    NoSuch(String),
    /// A meeting that no text reports; these documents mention it.
    OnlyMentioned(String, Vec<String>),
    /// These ids name a single account, and there is nothing to link it with.
    AlreadyOne(String),
    /// An account that cannot be split from a meeting: it is not of it, or the only one.
    NotAmong {
        /// The account.
        account: String,
        /// The meeting.
        meeting: String,
        /// The accounts of the meeting.
        members: Vec<String>,
    },
    /// No decision on links has this number.
    NoDecision(u32),
    /// No correction has this number, or bears on this row, that holds.
    NoCorrection(String),
    /// A correction that does not fit, and why.
    Unfit(String),
    /// Nobody and nothing in it is called so.
    Unknown {
        /// "speaker", "outlet".
        what: &'static str,
        /// What was asked for.
        name: String,
        /// What comes nearest.
        nearest: Option<String>,
    },
    /// It has no text to answer from, and why.
    NoTexts(String),
    /// Anything else, in the words of SQLite.
    Other(String),
}

impl CorpusError {
    pub(crate) fn new(path: &Path, trouble: Trouble) -> Self {
        Self { path: path.to_owned(), trouble }
    }

    pub(crate) fn of(path: &Path, error: &rusqlite::Error) -> Self {
        let trouble = match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Trouble::NotARecord,
            Some(ErrorCode::ReadOnly) => Trouble::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Trouble::Locked,
            Some(ErrorCode::OperationInterrupted) => Trouble::Slow,
            Some(ErrorCode::DiskFull) => Trouble::Full,
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Trouble::Closed,
            Some(ErrorCode::DatabaseCorrupt) => Trouble::Damaged(error.to_string()),
            Some(ErrorCode::SystemIoFailure) if no_space(error) => Trouble::Full,
            _ => Trouble::Other(error.to_string()),
        };
        Self::new(path, trouble)
    }
}

/// SQLite reports a full disk under the shared-memory file, and a file size limit, as input/output errors.
fn no_space(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_WRITE};
    error
        .sqlite_error()
        .is_some_and(|e| [SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_WRITE].contains(&e.extended_code))
}

impl CorpusError {
    /// What is wrong, without the name of the file.
    #[must_use]
    pub fn trouble_words(&self) -> String {
        let all = self.to_string();
        all.strip_prefix(&format!("{}: ", self.path.display())).unwrap_or(&all).to_owned()
    }
}

impl fmt::Display for CorpusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match &self.trouble {
            Trouble::Missing => {
                f.write_str("no record here; 'chancery add PATH' makes one, --record FILE names another")
            }
            Trouble::NotARecord => f.write_str("not a record of Chancery; name another file with --record"),
            Trouble::Newer { found } => write!(
                f,
                "a record of version {found}, and this Chancery reads up to {}; use the newer Chancery that wrote it",
                crate::VERSION
            ),
            Trouble::Older { found } => write!(
                f,
                "a record of version {found}, and this Chancery keeps version {}; add its texts to a new record",
                crate::VERSION
            ),
            Trouble::ReadOnly => f.write_str(
                "the record is read-only; allow writing to it, or name another file with --record",
            ),
            Trouble::Slow => f.write_str("this takes too long; ask for less, as a country or a period"),
            Trouble::Locked => f.write_str("another program is writing to the record; wait until it is done"),
            Trouble::Full => f.write_str(
                "the disk is full; what was added so far is safe, make room and run the same command again",
            ),
            Trouble::Closed => {
                f.write_str("cannot be opened; see that its folder exists and may be written to")
            }
            Trouble::Damaged(why) => {
                write!(f, "the record is damaged ({why}); restore it from a copy, or add again")
            }
            Trouble::NoSuch(id) => write!(f, "nothing here has the id '{id}'; ids look like d1, d1.s3 or M1"),
            Trouble::OnlyMentioned(id, documents) => {
                let documents = documents.join(", ");
                write!(f, "{id} is only mentioned, in {documents}; no text of the record reports it")
            }
            Trouble::AlreadyOne(ids) => {
                write!(f, "{ids} is one account; name two meetings or accounts to link")
            }
            Trouble::NotAmong { account, meeting, members } if members.contains(account) => {
                write!(f, "{account} is all there is of {meeting}; there is nothing to split it from")
            }
            Trouble::NotAmong { account, meeting, members } => {
                write!(f, "{account} is not of {meeting}, which has {}", members.join(", "))
            }
            Trouble::NoDecision(number) => {
                write!(f, "no decision has the number {number}; 'chancery links' lists them")
            }
            Trouble::NoCorrection(what) => {
                write!(f, "no correction of '{what}' holds; 'chancery corrections' lists them")
            }
            Trouble::Unfit(why) => f.write_str(why),
            Trouble::Unknown { what, name, nearest: None } => write!(f, "no {what} '{name}' in the record"),
            Trouble::Unknown { what, name, nearest: Some(nearest) } => {
                write!(f, "no {what} '{name}' in the record; the nearest is '{nearest}'")
            }
            Trouble::NoTexts(why) => f.write_str(why),
            Trouble::Other(why) => write!(f, "the record cannot be used: {why}"),
        }
    }
}

impl std::error::Error for CorpusError {}
