//! Names that others have listed, made rows of the tables of actors.
//!
//! Dictionaries of TABARI and PETRARCH and plain CSV are read line by line: a line that cannot be used is told with what would be right, and
//! takes no other with it.

mod cameo;
mod dates;
mod dictionary;
mod found;
mod sheet;
mod tables;
mod words;

use crate::knowledge::{Knowledge, Problem};
use cameo::Cameo;
use tables::{Source, Tables};

/// A line that was not used, or not all of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trouble {
    /// 1-based.
    pub line: usize,
    /// The kind of trouble, the same for all lines that have it: "a malformed date".
    pub what: &'static str,
    /// What is wrong and what would be right.
    pub message: String,
}

/// What came of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// As it was given.
    pub file: String,
    /// How many lines it has.
    pub lines: usize,
    /// How many names became part of a row.
    pub taken: usize,
    /// How many the program knows by itself, with the same meaning.
    pub known: usize,
    /// How many the tables had.
    pub there: usize,
    /// By line.
    pub troubles: Vec<Trouble>,
}

/// What came of all files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The tables with what was in them and what has come: name of the file and CSV.
    pub tables: Vec<(String, String)>,
    /// One for each file.
    pub files: Vec<Taken>,
}

/// Take the names of dictionaries, given as name of the file and text, into the tables of a folder.
///
/// # Errors
///
/// What is wrong in the folder's tables, of which nothing may be lost.
pub fn import(files: &[(String, String)], folder: &[(String, String)]) -> Result<Imported, Vec<Problem>> {
    let known = Knowledge::embedded();
    let cameo = Cameo::new(&known);
    let mut tables = Tables::of(folder, &known)?;
    let mut out = Vec::new();
    for (file, text) in files {
        let text = text.trim_start_matches('\u{feff}');
        let (found, troubles) = if sheet::is_sheet(file, text) {
            sheet::read(text, &cameo)
        } else {
            let (entries, mut troubles) = dictionary::read(text);
            let found =
                entries.iter().filter_map(|entry| found::of(entry, &cameo, &known, &mut troubles)).collect();
            (found, troubles)
        };
        let mut source = Source { file, taken: 0, known: 0, there: 0, troubles };
        for one in found {
            tables.take(one, &mut source);
        }
        let Source { taken, known, there, mut troubles, .. } = source;
        troubles.sort();
        out.push(Taken { file: file.clone(), lines: text.lines().count(), taken, known, there, troubles });
    }
    Ok(Imported { tables: tables.write(), files: out })
}

#[cfg(test)]
mod tests;
