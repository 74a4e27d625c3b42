//! Which files the paths of a command line name, and what is read from them.

use std::fs;
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chancery_corpus::Raw;
use chancery_formats::Reading;

/// One file to read, or why there is none.
#[derive(Debug)]
pub(crate) struct Input {
    /// As it is named to the user.
    pub(crate) name: String,
    /// Named on the command line itself, not found in a folder: then it must give something.
    pub(crate) named: bool,
    source: Source,
}

#[derive(Debug)]
enum Source {
    File(PathBuf),
    Standard,
    Trouble(String),
}

/// A file that cannot hold one document: spans count bytes in 32 bits.
const TOO_LONG: u64 = u32::MAX as u64;

impl Input {
    fn trouble(path: &Path, why: String) -> Self {
        Self { name: name(path), named: true, source: Source::Trouble(why) }
    }

    /// The documents in it, each with the bytes it was read from, or why the file cannot be read.
    pub(crate) fn read(&self) -> Result<impl Iterator<Item = (Reading, Arc<Raw>)> + use<>, String> {
        let bytes = match &self.source {
            Source::Trouble(why) => return Err(why.clone()),
            Source::File(path) => match fs::metadata(path) {
                Ok(file) if file.len() > TOO_LONG => {
                    return Err("longer than 4 GiB; cut it into parts".to_owned());
                }
                _ => fs::read(path),
            },
            Source::Standard => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            }
        };
        let bytes = bytes.map_err(|e| explained(&e))?;
        let readings = chancery_formats::read(&self.name, &bytes);
        let whole = Arc::new(Raw::new(bytes));
        let lines = if readings.len() > 1 { lines(whole.bytes()) } else { Vec::new() };
        Ok(readings.into_iter().map(move |reading| {
            let raw = line_of(&reading, &whole, &lines).map_or_else(|| whole.clone(), Arc::new);
            (reading, raw)
        }))
    }
}

/// Where each line begins and ends.
fn lines(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut start = 0;
    let line = |line: &[u8]| {
        let range = start..start + line.len();
        start = range.end + 1;
        range
    };
    bytes.split(|&b| b == b'\n').map(line).collect()
}

/// The one line of the file that the document was read from, where it was just that.
fn line_of(reading: &Reading, whole: &Raw, lines: &[Range<usize>]) -> Option<Raw> {
    let document = reading.outcome.as_ref().ok()?;
    let (_, number) = reading.place.rsplit_once(':')?;
    let line = lines.get(number.parse::<usize>().ok()?.checked_sub(1)?)?;
    let line = &whole.bytes()[line.clone()];
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let raw = Raw::new(line.to_vec());
    (raw.sha256() == document.source.raw_sha256).then_some(raw)
}

/// The files that the paths name: folders are walked in the order of their names, hidden files and `without` left out.
pub(crate) fn inputs(paths: &[PathBuf], without: Option<&Path>) -> Vec<Input> {
    let without = without.and_then(|path| path.canonicalize().ok());
    let mut inputs = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Input { name: "-".to_owned(), named: true, source: Source::Standard });
        } else {
            match fs::metadata(path) {
                Ok(file) if file.is_dir() => walk(path, without.as_deref(), &mut inputs),
                Ok(_) => {
                    inputs.push(Input { name: name(path), named: true, source: Source::File(path.clone()) });
                }
                Err(error) => inputs.push(Input::trouble(path, explained(&error))),
            }
        }
    }
    inputs
}

fn walk(folder: &Path, without: Option<&Path>, inputs: &mut Vec<Input>) {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return inputs.push(Input::trouble(folder, explained(&error))),
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden || without.is_some_and(|record| is_record(&path, record)) {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&path, without, inputs),
            // A link to a folder could lead back here; a pipe or device could never end.
            Ok(_) if fs::metadata(&path).is_ok_and(|file| !file.is_file()) => {}
            Ok(_) => inputs.push(Input { name: name(&path), named: false, source: Source::File(path) }),
            Err(error) => inputs.push(Input::trouble(&path, explained(&error))),
        }
    }
}

/// Whether the path is the record itself or one of the files that SQLite keeps beside it.
fn is_record(path: &Path, record: &Path) -> bool {
    let Ok(path) = path.canonicalize() else { return false };
    let beside = |ending: &str| {
        let mut name = record.as_os_str().to_owned();
        name.push(ending);
        path == Path::new(&name)
    };
    ["", "-wal", "-shm", "-journal"].iter().any(|ending| beside(ending))
}

fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn explained(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read; ask for permission to read it".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}
