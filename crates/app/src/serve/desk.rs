//! The record as requests share it: readers that cannot write, and one writer.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Result;
use chancery_corpus::{Corpus, CorpusError};

/// How long the questions of one page may take.
const LIMIT: Duration = Duration::from_secs(15);

/// An open record.
pub(super) struct Desk {
    record: PathBuf,
    /// Connections that wait for the next request.
    idle: Mutex<Vec<Corpus>>,
    writing: Mutex<()>,
}

impl Desk {
    /// The record, which must be there; its links are made first if a killed run left them undone.
    pub(super) fn open(record: &Path) -> Result<Self> {
        let first = Corpus::read(record)?;
        Ok(Self { record: record.to_owned(), idle: Mutex::new(vec![first]), writing: Mutex::new(()) })
    }

    /// Read something. A reader that panics is not used again, and the others go on.
    pub(super) fn read<T>(&self, read: impl FnOnce(&Corpus) -> T) -> Result<T, CorpusError> {
        let waiting = locked(&self.idle).pop();
        let mut corpus = waiting.map_or_else(|| Corpus::look(&self.record), Ok)?;
        corpus.until(Some(Instant::now() + LIMIT))?;
        let found = read(&corpus);
        locked(&self.idle).push(corpus);
        Ok(found)
    }

    /// Write something, one at a time.
    pub(super) fn write<T>(&self, write: impl FnOnce(&mut Corpus) -> T) -> Result<T, CorpusError> {
        let _one = locked(&self.writing);
        Ok(write(&mut Corpus::open(&self.record)?))
    }
}

/// What a panic left behind is whole: both locks guard what is swapped in one step.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
