//! Every formula of the record with the texts that have it, found when links are made: what came up or went in a period is
//! then counted from these lists, and no text is read.
//!
//! Of formulae that stand in the same texts, one within the other, only the longest are kept: the shorter would never be told
//! beside it, and what differs from one of them in a word is a part of one that is kept.

use std::ops::Range;

use rusqlite::{Connection, Result as SqlResult, params};

use super::formula::{Counts, Found, LENGTHS, Search, Side, exactly, fewest, is_formula, key, worth};
use super::packing::{pack, unpacked};
use super::stream::{FEWEST, Part, Stream};
use super::words::{QuickMap, mix};

/// The formulae, their words one after the other, and their texts as they are kept.
#[derive(Debug, Default)]
pub(super) struct Formulary {
    /// As of a stream in which each formula is a text of its own.
    stream: Stream,
    texts: Vec<u8>,
    places: Vec<Range<usize>>,
    /// In how many texts each is.
    of: Vec<u32>,
}

/// Write all of it anew, from the words of all texts.
pub(super) fn derive(connection: &Connection, stream: &Stream) -> SqlResult<()> {
    connection.execute("DELETE FROM formulary", [])?;
    let mut insert =
        connection.prepare("INSERT INTO formulary (words, texts, number) VALUES (?1, ?2, ?3)")?;
    let levels = levels(stream);
    let closed = closed(&levels, stream);
    let mut lists = lists(&closed, stream);
    for ((level, closed), lists) in levels.iter().zip(closed).zip(&mut lists) {
        let mut order: Vec<(u32, u64)> = closed.into_iter().map(|(key, at)| (at, key)).collect();
        order.sort_unstable();
        for (at, key) in order {
            let mut words = Vec::new();
            level.words(key, stream).iter().for_each(|&word| pack(word, &mut words));
            insert.execute(params![words, std::mem::take(&mut lists[at as usize].1), level.found[&key].1])?;
        }
    }
    Ok(())
}

/// The texts of each formula: the last, and the steps from one to the next.
type List = (u32, Vec<u8>);

/// The texts of all formulae, of each length by their numbers.
fn lists(closed: &[QuickMap<u64, u32>], stream: &Stream) -> Vec<Vec<List>> {
    let mut lists: Vec<Vec<List>> = closed.iter().map(|own| vec![(0, Vec::new()); own.len()]).collect();
    let telling = |word: u32| stream.parts[word as usize] != Part::Edge;
    for (number, place) in &stream.texts {
        let words = &stream.words[place.clone()];
        for start in (0..words.len()).filter(|&start| words[start] != 0 && telling(words[start])) {
            let mut key = key(&words[start..=start]);
            let longer = words[start + 1..].iter().take_while(|word| **word != 0);
            for ((&word, closed), lists) in longer.zip(closed).zip(&mut lists) {
                key = mix(key, u64::from(word));
                let Some(&at) = closed.get(&key).filter(|_| telling(word)) else { continue };
                let (last, list) = &mut lists[at as usize];
                if *last != *number {
                    pack(number - *last, list);
                    *last = *number;
                }
            }
        }
    }
    lists
}

/// All formulae of one length that stand in enough texts: where the last stands, and in how many.
struct Level {
    length: usize,
    found: QuickMap<u64, (u32, u32)>,
}

impl Level {
    fn words<'a>(&self, key: u64, stream: &'a Stream) -> &'a [u32] {
        let at = self.found[&key].0 as usize;
        &stream.words[at..at + self.length]
    }
}

fn levels(stream: &Stream) -> Vec<Level> {
    let sides = vec![Some(Side::Within); stream.texts.len()];
    let mut search = Search::new(stream, &sides, Side::Within, FEWEST);
    let level = |length| {
        if length > *LENGTHS.start() {
            search.lengthen(length);
        }
        let places = search.places();
        let entries = exactly(stream, &sides, Side::Within, &places, length);
        let enough = entries.into_iter().filter(|(_, entry)| {
            let words = &stream.words[entry.at as usize..entry.at as usize + length];
            entry.counts.within >= FEWEST && is_formula(words, &stream.parts)
        });
        let found = enough.map(|(key, entry)| (key, (entry.at, entry.counts.within))).collect();
        Level { length, found }
    };
    LENGTHS.map(level).collect()
}

/// Of each length the formulae that no longer one of the same texts holds, numbered in the order of their words.
fn closed(levels: &[Level], stream: &Stream) -> Vec<QuickMap<u64, u32>> {
    let mut held: Vec<QuickMap<u64, ()>> = levels.iter().map(|_| QuickMap::default()).collect();
    for level in levels {
        let all: Vec<(u64, u32)> = level.found.iter().map(|(&key, &(_, texts))| (key, texts)).collect();
        for (own, texts) in all {
            let words = level.words(own, stream);
            for (shorter, held) in levels.iter().zip(&mut held).take_while(|(s, _)| s.length < level.length) {
                for part in words.windows(shorter.length).map(key) {
                    if shorter.found.get(&part).is_some_and(|(_, count)| *count == texts) {
                        held.insert(part, ());
                    }
                }
            }
        }
    }
    let of = |(level, held): (&Level, &QuickMap<u64, ()>)| {
        let mut kept: Vec<u64> = level.found.keys().copied().filter(|key| !held.contains_key(key)).collect();
        kept.sort_unstable_by_key(|&key| level.words(key, stream));
        kept.into_iter().zip(0..).collect()
    };
    levels.iter().zip(&held).map(of).collect()
}

impl Formulary {
    /// As derived.
    pub(super) fn load(connection: &Connection) -> SqlResult<Self> {
        let mut all = Self {
            stream: Stream { parts: super::stream::kinds(connection)?, ..Stream::default() },
            ..Self::default()
        };
        let numbers = all.stream.parts.len();
        let mut select = connection.prepare("SELECT words, texts, number FROM formulary ORDER BY rowid")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let start = all.stream.words.len();
            all.stream.words.extend(unpacked(row.get_ref(0)?.as_blob()?).map(|word| match word {
                word if (word as usize) < numbers => word,
                _ => 0,
            }));
            all.stream.texts.push((0, start..all.stream.words.len()));
            let start = all.texts.len();
            all.texts.extend_from_slice(row.get_ref(1)?.as_blob()?);
            all.places.push(start..all.texts.len());
            all.of.push(row.get(2)?);
        }
        Ok(all)
    }

    /// Its words as a stream, for who asks what kind of word each is.
    pub(super) fn stream(&self) -> &Stream {
        &self.stream
    }

    fn words(&self, at: usize) -> &[u32] {
        &self.stream.words[self.stream.texts[at].1.clone()]
    }

    /// The documents that have a formula, in the order of their numbers.
    pub(super) fn documents(&self, at: usize) -> impl Iterator<Item = u32> + '_ {
        unpacked(&self.texts[self.places[at].clone()]).scan(0, |last, more| {
            *last += more;
            Some(*last)
        })
    }

    /// How many texts of either side have it.
    pub(super) fn counts(&self, at: usize, sides: &BySide) -> Counts {
        let mut counts = [0_u32; 3];
        self.documents(at).for_each(|document| counts[sides.of(document)] += 1);
        Counts { before: counts[1], within: counts[2] }
    }

    /// The formulae that are surprisingly common on a side, as `formula::formulae` finds them, each with its number here.
    pub(super) fn formulae(&self, sides: &BySide, texts: Counts, side: Side) -> Vec<(Found, usize)> {
        let fewest = fewest(texts, side);
        let mut levels: Vec<QuickMap<u64, Found>> = LENGTHS.map(|_| QuickMap::default()).collect();
        let mut numbers: QuickMap<u64, usize> = QuickMap::default();
        for at in (0..self.of.len()).filter(|at| self.of[*at] >= fewest) {
            let (words, counts) = (self.words(at), self.counts(at, sides));
            if let Some(found) = worth(words, counts, texts, side, fewest) {
                numbers.insert(key(words), at);
                levels[words.len() - LENGTHS.start()].insert(key(words), found);
            }
        }
        let numbered = |found: Found| {
            let at = numbers[&key(&found.words)];
            (found, at)
        };
        super::formula::longest(levels, side).into_iter().map(numbered).collect()
    }

    /// In how many texts a formula is.
    pub(super) fn of(&self, at: usize) -> u32 {
        self.of[at]
    }
}

/// On which side each document is, by its number.
pub(super) struct BySide(Vec<u8>);

impl BySide {
    pub(super) fn new(sides: impl IntoIterator<Item = (u32, Option<Side>)>) -> Self {
        let mut all = Vec::new();
        for (document, side) in sides {
            let at = document as usize;
            if all.len() <= at {
                all.resize(at + 1, 0);
            }
            all[at] = match side {
                None => 0,
                Some(Side::Before) => 1,
                Some(Side::Within) => 2,
            };
        }
        Self(all)
    }

    fn of(&self, document: u32) -> usize {
        usize::from(self.0.get(document as usize).copied().unwrap_or_default().min(2))
    }
}
