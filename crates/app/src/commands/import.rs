//! `import`: names that others have listed, made tables of actors.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use chancery_coder::import::{Taken, import};

use crate::Ended;
use crate::actors;
use crate::answers::count;
use crate::output::{Output, complain, harmless};

/// So many lines of one kind of trouble are printed.
const PRINTED: usize = 50;

pub(super) fn actors(paths: &[PathBuf], folder: &Path, report: Option<&Path>) -> Result<Ended> {
    let (mut files, mut ended) = (Vec::new(), Ended::Well);
    for path in paths {
        match fs::read(path) {
            Ok(bytes) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                files.push((name, text(bytes)));
            }
            Err(error) => {
                complain(&format!("skipped  {}: {error}", path.display()));
                ended = Ended::WithFailures;
            }
        }
    }
    let there = if folder.is_dir() { actors::files(folder, &["csv"])? } else { Vec::new() };
    let imported = import(&files, &there).or_else(|problems| {
        bail!("{}: {}; mend it first, see `chancery check`", folder.display(), problems[0])
    })?;
    if imported.files.iter().all(|file| file.taken + file.known + file.there == 0) {
        ended = Ended::WithFailures;
    }
    let changed = imported.tables.iter().filter(|table| !there.contains(table));
    for (name, text) in changed {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        write(&folder.join(name), text)?;
    }
    if let Some(path) = report {
        let lines = |file: &Taken| {
            file.troubles.iter().map(|t| line(&file.file, t.line, &t.message)).collect::<String>()
        };
        write(path, &imported.files.iter().map(lines).collect::<String>())?;
    }
    let mut out = Output::new();
    for file in &imported.files {
        out.write(&harmless(&told(file)))?;
    }
    let rows: Vec<String> =
        imported.tables.iter().map(|(name, _)| folder.join(name).display().to_string()).collect();
    if !rows.is_empty() {
        out.line(&format!("tables: {}", rows.join(", ")))?;
    }
    out.finish()?;
    Ok(ended)
}

/// Whole or not at all: what was in the file is not lost when the disk is full.
fn write(path: &Path, text: &str) -> Result<()> {
    let beside = path.with_extension("part");
    let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    written.with_context(|| path.display().to_string())
}

/// Old dictionaries are often Latin-1.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| error.as_bytes().iter().copied().map(char::from).collect())
}

fn line(file: &str, line: usize, message: &str) -> String {
    format!("{file}:{line}: {message}\n")
}

/// What came of a file, with the first lines of each kind of trouble.
fn told(file: &Taken) -> String {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut out = format!(
        "{}: {}, {} taken, {} known to the program, {} there already, {} to look at\n",
        file.file,
        count(number(file.lines), "line", "lines"),
        count(number(file.taken), "name", "names"),
        file.known,
        file.there,
        count(number(file.troubles.len()), "line", "lines"),
    );
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for trouble in &file.troubles {
        let seen = kinds.entry(trouble.what).or_default();
        *seen += 1;
        if *seen <= PRINTED {
            out.push_str(&line(&file.file, trouble.line, &trouble.message));
        }
    }
    for (what, seen) in kinds.into_iter().filter(|(_, seen)| *seen > PRINTED) {
        out.push_str(&format!("… and {} more lines with {what}; --report FILE has all\n", seen - PRINTED));
    }
    out
}
