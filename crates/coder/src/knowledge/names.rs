//! Tables of actors compiled to bytes: what finds their names is made when they are compiled, and nothing when they are loaded.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::days::Days;
use super::index::{self, Draft};
use super::lexicon::{self, Lexicon};
use super::rows::{self, Rows};
use super::table::{Problem, Row, Schema, read};
use super::{offices, organizations, people, places, states};

/// What every compiled file begins with; another number means another layout.
const MAGIC: [u8; 8] = *b"CHNAMES5";

/// The tables, in the order in which they lie in the bytes and are checked.
pub(crate) const SCHEMAS: [Schema; 6] = [
    states::STATES,
    organizations::ORGANIZATIONS,
    states::SEATS,
    offices::OFFICES,
    people::PEOPLE,
    places::PLACES,
];

/// One of [`SCHEMAS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Table {
    States,
    Organizations,
    Seats,
    Offices,
    People,
    Places,
}

/// A set of names by which rows are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Index {
    /// States, demonyms, capitals, seats, organisations and places that are no town or unit, in the case of the tables.
    Exact,
    /// The same in capitals.
    Shouted,
    /// Offices, folded.
    Offices,
    /// All places, folded.
    Places,
    /// People by full name, folded, in the usual order of words and in that of the alphabet.
    People,
    /// People by surname, folded.
    Surnames,
    /// People by the codes of states and bodies that they have served.
    Serving,
}

const INDICES: usize = 7;
/// The tables, the indices, and the days of terms.
const PARTS: usize = SCHEMAS.len() + INDICES + 1;
const HEAD: usize = MAGIC.len() + 8 + PARTS * 16;

/// Tables of actors and what finds their names, as one run of bytes.
///
/// Bytes may be part of the program, come from a file, or be made from tables at run time; many may be looked up side by side.
#[derive(Clone)]
pub struct Names {
    bytes: Cow<'static, [u8]>,
    parts: [Range<usize>; PARTS],
}

/// Bytes that were not written by this version's [`Names::bytes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotNames;

impl fmt::Display for NotNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no compiled names of this version; compile them again from their tables")
    }
}

impl std::error::Error for NotNames {}

impl Names {
    /// Names of tables, given as path and text; a table is told by the end of its path (`…/places.csv`), any may be missing.
    ///
    /// # Errors
    ///
    /// Rows that cannot be read, such as those of a wrong width. What else may be wrong in a table is for [`check`](super::check()) to
    /// tell.
    pub fn of_tables(files: &[(String, String)]) -> Result<Self, Vec<Problem>> {
        let (mut tables, mut problems) = (Vec::new(), Vec::new());
        for schema in &SCHEMAS {
            let file = files.iter().find(|(path, _)| schema.is_of(path));
            let (rows, found) = file.map_or_else(Default::default, |(_, text)| read(schema, text));
            tables.push(rows);
            problems.extend(found);
        }
        match <[Vec<Row>; 6]>::try_from(tables) {
            Ok(tables) if problems.is_empty() => Ok(Self::of_rows(tables)),
            _ => Err(problems),
        }
    }

    /// Names of rows, one list for each table in the order of [`SCHEMAS`].
    pub(crate) fn of_rows(mut tables: [Vec<Row>; 6]) -> Self {
        for rows in &mut tables {
            rows.sort_by(|a, b| a.fields.cmp(&b.fields));
        }
        let Draft { exact, shouted, offices, places, people, surnames, serving } = index::names(&tables);
        let hashed = [exact, shouted, offices].map(lexicon::Draft::compile_hashed);
        let lexicons = [places, people, surnames, serving].map(lexicon::Draft::compile);
        let (mut head, mut body) = (Vec::new(), Vec::new());
        let days = Days::compile(&tables[Table::People as usize]);
        for part in tables.iter().map(|rows| rows::compile(rows)).chain(hashed).chain(lexicons).chain([days])
        {
            let start = HEAD + body.len();
            body.extend(part);
            head.extend([start, HEAD + body.len()].iter().flat_map(|&end| (end as u64).to_le_bytes()));
        }
        let stamp = stamp(stamp(FNV, &head), &body);
        let bytes = [&MAGIC[..], &stamp.to_le_bytes(), &head, &body].concat();
        Self::of_bytes(bytes.into()).expect("it was written a line above")
    }

    /// Names that were compiled before. Nothing is read but where the parts lie, however many there are.
    ///
    /// # Errors
    ///
    /// Bytes that are not of this layout. Only the frame is looked at: whoever alters bytes inside finds other names, or none.
    pub fn of_bytes(bytes: Cow<'static, [u8]>) -> Result<Self, NotNames> {
        let head = bytes.get(..HEAD).filter(|head| head.starts_with(&MAGIC)).ok_or(NotNames)?;
        let ends: Vec<usize> = head[MAGIC.len() + 8..]
            .chunks_exact(8)
            .filter_map(|end| usize::try_from(u64::from_le_bytes(*end.first_chunk()?)).ok())
            .collect();
        let parts: Vec<Range<usize>> = ends.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect();
        let parts = <[Range<usize>; PARTS]>::try_from(parts).map_err(|_| NotNames)?;
        let names = Self { bytes, parts };
        let is_lexicon = |bytes| Lexicon::of(bytes).is_some_and(|lexicon| lexicon.automaton().is_some());
        let sound = (0..SCHEMAS.len()).all(|i| names.part(i).and_then(Rows::of).is_some())
            && (SCHEMAS.len()..PARTS - 1).all(|i| names.part(i).is_some_and(is_lexicon))
            && names.part(PARTS - 1).and_then(Days::of).is_some();
        if sound { Ok(names) } else { Err(NotNames) }
    }

    /// What [`Names::of_bytes`] reads.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A hash of all that the tables hold.
    #[must_use]
    pub fn stamp(&self) -> u64 {
        self.bytes[MAGIC.len()..].first_chunk().map_or(0, |stamp| u64::from_le_bytes(*stamp))
    }

    /// The tables as CSV: path below `data/` and text.
    #[must_use]
    pub fn tables(&self) -> Vec<(String, String)> {
        let text = |(table, schema): (usize, &Schema)| {
            let rows = self.part(table).and_then(Rows::of);
            let rows = rows.into_iter().flat_map(|rows| (0..rows.len()).map(move |i| rows.row(i)));
            let rows: Vec<Vec<&str>> = rows.map(|row| row.all().collect()).collect();
            (schema.file.to_owned(), schema.write(&rows))
        };
        SCHEMAS.iter().enumerate().map(text).collect()
    }

    pub(crate) fn rows(&self, table: Table) -> Rows<'_> {
        self.part(table as usize).and_then(Rows::of).expect("looked at when they were loaded")
    }

    pub(crate) fn index(&self, index: Index) -> Lexicon<'_> {
        let part = self.part(SCHEMAS.len() + index as usize);
        part.and_then(Lexicon::of).expect("looked at when they were loaded")
    }

    /// When the terms of the table of people ran.
    pub(crate) fn days(&self) -> Days<'_> {
        self.part(PARTS - 1).and_then(Days::of).expect("looked at when they were loaded")
    }

    fn part(&self, part: usize) -> Option<&[u8]> {
        self.bytes.get(self.parts[part].clone())
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Names({:016x})", self.stamp())
    }
}

/// What a stamp starts from.
pub(crate) const FNV: u64 = 0xcbf2_9ce4_8422_2325;

/// A stamp after further bytes (FNV-1a).
pub(crate) fn stamp(stamp: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(stamp, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
